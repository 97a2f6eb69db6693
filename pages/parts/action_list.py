"""The list of actions: its views and its search, and each action with where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data import contract
from data.contract import fold
from pages.charts.style import Row
from pages.parts import menu
from pages.parts.notes import day
from pages.text import date, language, later, number, plural, say
from pages.text.markup import Child, Markup, tag

VIEW = "vis"
SEARCH = "sok"
"""What the address calls the view of the list and the words searched for."""

OPEN = "apne"

MOST_ROWS = 100
"""More than these nobody reads from a screen; the search finds the others."""

VIEWS = {
    OPEN: ("open", later("Still open")),
    "over_frist": ("overdue", later("Overdue")),
    "uten_frist": ("no_due_date", later("No due date")),
    "ikke_oppdatert": ("stale", later("Not updated")),
    "over_180_dager": ("old", later("Open over 180 days")),
    "ikke_tilbakemeldt": (
        "not_told_back",
        later("Done in the last year, not told back in 30 days"),
    ),
    "ferdige": ("done", later("All done")),
    "lant_av_nabo": ("borrowed", later("Borrowed from a neighbour")),
    "alle": ("everything", later("All actions")),
}
"""The views of the list: from the address to the view's code in SQL, and what it is called."""


def view_links(counts: Row, view: str, kept: Mapping[str, str]) -> Markup:
    """The views of the list as links, each with how many rows it holds.

    Args:
        counts: The row of asked/action_views.sql.
        view: The chosen one, as the address says it.
        kept: What the address holds beside: municipality, month, search.
    """
    links = [
        tag(
            "li",
            tag(
                "a",
                say(words),
                " ",
                tag("span", number(counts[code]), class_="of"),
                href=menu.address("actions", **{**kept, VIEW: name}) + "#tiltakene",
                target="_self",
                aria_current="true" if name == view else None,
            ),
        )
        for name, (code, words) in VIEWS.items()
    ]
    return tag("nav", tag("ul", links), class_="choice views", aria_label=say("Which actions"))


def themes_like(search: str) -> str:
    """The codes of the themes whose words hold what is searched for, with commas between."""
    # Signs fold away, and what is left of “<b>” would be in every theme with a b in it.
    is_word = all(sign.isalnum() or sign in " -" for sign in search)
    wanted = fold(search) if is_word else ""
    values = contract.load("actions").column("theme").values
    found = [
        value.code
        for value in values
        if wanted and any(wanted in fold(text) for text in value.texts)
    ]
    return ",".join(found)


def theme_words(code: str | None) -> str:
    """What a theme is called; a code that the contract does not know is shown as it is."""
    for value in contract.load("actions").column("theme").values:
        if value.code == code:
            return value.words[language()]
    return code or ""


def listed_words(rows: Sequence[Row], search: str) -> Markup:
    """How many actions the list holds, and what was searched for."""
    n = rows[0]["rows_in_all"] if rows else 0
    words = plural("{n} action", "{n} actions", n)
    if search:
        words = say("{actions} with “{search}”", actions=words, search=search)
    if n > MOST_ROWS:
        words = say(
            "{actions}. The first {most} are shown; search to find the others.",
            actions=words,
            most=MOST_ROWS,
        )
    return tag("p", words, class_="note", role="status")


def action_list(rows: Sequence[Row], *, of_all: bool, is_search: bool = False) -> Markup:
    """The actions, each with where it came from, down to the line of the file.

    Args:
        rows: The answer of asked/actions_listed.sql.
        of_all: Every municipality's, so that each row says whose it is.
        is_search: They are those that hold what was searched for.
    """
    if not rows:
        words = say("No action is in this view.")
        if is_search:
            words = say("No action is in this view. “All actions” may have more.")
        return tag("p", words, class_="empty")
    heads = [say("Action"), say("Theme"), say("Responsible"), say("Due"), say("Where it stands")]
    heads += [say("From")]
    if of_all:
        heads.insert(1, say("Municipality"))
    body = [_line(row, heads, of_all=of_all) for row in rows]
    return tag(
        "table",
        tag("caption", say("Improvement actions in this view"), class_="unseen"),
        tag(
            "thead",
            tag("tr", [tag("th", head, scope="col") for head in heads], role="row"),
            role="rowgroup",
        ),
        tag("tbody", body, role="rowgroup"),
        class_="list",
        role="table",
    )


def _line(row: Row, heads: Sequence[str], *, of_all: bool) -> Markup:
    found: list[Child] = [
        theme_words(row["theme"]),
        row["owner_role"] or "",
        _due(row),
        standing(row),
        _origin(row),
    ]
    if of_all:
        found.insert(0, row["municipality"])
    title = tag(
        "th",
        tag("span", row["title"] or row["action_id"], class_="name"),
        tag("span", row["action_id"], class_="quiet") if row["title"] else None,
        _borrowed(row),
        scope="row",
        role="rowheader",
    )
    named = zip(heads[1:], found, strict=True)
    return tag("tr", title, [_cell(head, child) for head, child in named], role="row")


def _cell(head: str, child: Child) -> Markup:
    # On a phone a row is a card, and each of its lines says what it is.
    label = tag("span", head, class_="label", aria_hidden="true")
    return tag("td", label, tag("span", child), role="cell", class_=None if child else "blank")


def _borrowed(row: Row) -> Markup | None:
    if not row["borrowed_from"]:
        return None
    words = say("borrowed from a neighbour: {place}", place=row["borrowed_from"])
    return tag("span", words, class_="mark-borrowed")


def _due(row: Row) -> Child:
    if row["due_on"] is None:
        is_lacking = row["lacks_due_date"]
        return tag("span", say("no due date"), class_="mark-worse") if is_lacking else None
    due = day(row["due_on"])
    if not row["is_overdue"]:
        return due
    late = plural("{n} day overdue", "{n} days overdue", row["days_overdue"])
    return [due, tag("span", late, class_="mark-worse")]


def standing(row: Row) -> Child:
    """Open and for how long, or done and told back, as the dates say."""
    if row["is_open"]:
        age = row["age_days"]
        # It was opened on the month's last day.
        words = plural("open for {n} day", "open for {n} days", age) if age else say("just opened")
        stale = plural("not updated for {n} day", "not updated for {n} days", row["days_unchanged"])
        return [words, tag("span", stale, class_="mark-worse") if row["is_stale"] else None]
    if not row["is_done"]:
        return say("closed without action")
    words = say("done {date}", date=date(row["done_on"]))
    if row["told_back_on"] is None:
        mark = "mark-worse" if row["awaits_telling"] else "mark-same"
        return [words, tag("span", say("not told back"), class_=mark)]
    told = say("told back {date}", date=date(row["told_back_on"]))
    return [words, tag("span", told, class_="mark-same")]


def _origin(row: Row) -> Child:
    """The line of the file, and the decision that it was before."""
    found: list[str | Markup | None] = []
    if row["decision_id"] is not None:
        words = say(
            "Decision {n}, the meeting {date}",
            n=row["decision_id"],
            date=date(row["decided_on"]),
        )
        found.append(tag("span", words))
    if row["file_name"]:
        found += [
            tag("span", row["file_name"], class_="file"),
            tag("span", say("line {n}", n=number(row["line"])), class_="quiet"),
        ]
    return found
