"""The actions as tables: by age, the steps of the loop, and the list with its views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data import contract
from data.contract import fold
from pages.charts.style import Row
from pages.parts import menu
from pages.parts.notes import day, note
from pages.parts.table import Column, folded, table
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
    "ikke_tilbakemeldt": ("not_told_back", later("Done, not told back")),
    "ferdige": ("done", later("All done")),
    "lant_av_nabo": ("borrowed", later("Borrowed from a neighbour")),
    "alle": ("everything", later("All actions")),
}
"""The views of the list: from the address to the view's code in SQL, and what it is called."""

STEPS = {
    "answered": later("Recommendations that have a leader's answer"),
    "done": later("Actions past their due date that are done"),
    "told_back": later("Done actions that users have been told about"),
}

LEAKS = {
    "answered": (
        later(
            "Most stops before a leader answers: {n} of {of} recommendations of the "
            "last year has no answer."
        ),
        later(
            "Most stops before a leader answers: {n} of {of} recommendations of the "
            "last year have no answer."
        ),
    ),
    "done": (
        later("Most stops before an action is done: {n} of {of} due in the last year is not done."),
        later(
            "Most stops before an action is done: {n} of {of} due in the last year are not done."
        ),
    ),
    "told_back": (
        later(
            "Most stops before users are told: {n} of {of} actions done in the last year is "
            "not told back."
        ),
        later(
            "Most stops before users are told: {n} of {of} actions done in the last year are "
            "not told back."
        ),
    ),
}


def leak_sentence(steps: Sequence[Row]) -> str:
    """Where the loop from feedback to "told back" leaks most.

    Args:
        steps: The answer of asked/loop_steps.sql.
    """
    for row in steps:
        if row["is_largest_leak"]:
            one, many = LEAKS[row["step"]]
            leaked = row["leaked"]
            message = one if leaked == 1 else many
            return say(message, n=number(leaked), of=number(row["due"]))
    if any(row["due"] for row in steps):
        return say("Nothing has stopped on its way in the last year.")
    return say("Nothing fell due in the last year.")


def loop_table(steps: Sequence[Row]) -> Markup:
    """The steps of the loop: what was due in the last 12 months, and what happened.

    Args:
        steps: The answer of asked/loop_steps.sql.
    """
    columns = [
        Column(say("Step"), _step, is_head=True),
        Column(say("Happened"), _happened),
        Column(say("Stopped"), _stopped),
    ]
    caption = say("From recommendation to told back, what was due in the last 12 months")
    return table(caption, columns, steps, is_caption_shown=False)


def _step(row: Row) -> str:
    message = STEPS[row["step"]]
    return say(message)


def _happened(row: Row) -> str:
    if not row["due"]:
        return say("none due")
    return say("{part} of {whole}", part=number(row["happened"]), whole=number(row["due"]))


def _stopped(row: Row) -> Markup | str:
    words = number(row["leaked"])
    if row["is_largest_leak"]:
        return tag("span", say("{n}, the most", n=words), class_="mark-worse")
    return words


def unanswered_table(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The recommendations that wait for a leader's answer.

    Args:
        rows: The answer of asked/recommendations_unanswered.sql.
    """
    columns = [Column(say("Recommendation"), lambda row: row["feedback_id"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Theme"), lambda row: theme_words(row["theme"])),
        Column(say("Came on"), lambda row: day(row["recommendation_on"])),
        Column(say("Has waited"), _waited),
    ]
    caption = say("Recommendations that wait for a leader's answer")
    shown = table(caption, columns, rows, is_caption_shown=False)
    summary = plural(
        "{n} recommendation waits for an answer",
        "{n} recommendations wait for an answer",
        len(rows),
    )
    return folded(summary, shown, is_open=not of_all) if rows else note(summary)


def _waited(row: Row) -> Markup:
    words = plural("{n} day", "{n} days", row["days_waiting"])
    return tag("span", words, class_="mark-worse" if row["is_late"] else None)


def age_sentence(rows: Sequence[Row]) -> str:
    """How many of the open actions are old.

    Args:
        rows: The answer of asked/actions_by_age.sql.
    """
    old = rows[0]["over_180_in_all"] if rows else None
    if old is None:
        return say("Open actions by age")
    of = rows[0]["open_in_all"]
    if not of:
        return say("No action is open")
    if not old:
        return plural(
            "The one open action is not over 180 days old",
            "None of {n} open actions is over 180 days old",
            of,
        )
    return plural(
        "{Words} of {of} open actions is over 180 days old",
        "{Words} of {of} open actions are over 180 days old",
        old,
        of=number(of),
    )


def age_table(rows: Sequence[Row], ages: Mapping[str, str]) -> Markup:
    """Open actions by municipality and age.

    Args:
        rows: The answer of asked/actions_by_age.sql.
        ages: The columns of the age bands and their words, youngest first.
    """
    columns = [Column(say("Municipality"), lambda row: row["name"], is_head=True)]
    columns += [_count(words, column) for column, words in ages.items()]
    columns.append(_count(say("Open in all"), "open"))
    caption = say("Open actions by municipality and age at month end")
    return table(caption, columns, rows, is_caption_shown=False)


def ages_described(rows: Sequence[Row], ages: Mapping[str, str]) -> str:
    """The chart of ages in words, for those who do not see it.

    Args:
        rows: The answer of asked/actions_by_age.sql.
        ages: The columns of the age bands and their words, youngest first.
    """
    said = [
        f"{row['name']}: "
        + (
            say("missing")
            if row["open"] is None
            else ", ".join(f"{words} {number(row[band])}" for band, words in ages.items())
        )
        for row in rows
    ]
    return say("Open actions by age. {rows}.", rows="; ".join(said))


def due_table(rows: Sequence[Row]) -> Markup:
    """Overdue actions and those without a due date, by municipality.

    Args:
        rows: The answer of asked/actions_by_age.sql.
    """
    columns = [
        Column(say("Municipality"), lambda row: row["name"], is_head=True),
        Column(say("Overdue, of those with a due date"), _overdue),
        _count(say("Without a due date"), "without_due_date"),
    ]
    caption = say("Overdue actions and actions without a due date, by municipality")
    return table(caption, columns, rows, is_caption_shown=False)


def _count(heading: str, column: str) -> Column:
    def cell(row: Row) -> str:
        return say("missing") if row[column] is None else number(row[column])

    return Column(heading, cell, is_number=True)


def _overdue(row: Row) -> Markup | str:
    if row["overdue"] is None:
        return say("missing")
    words = say(
        "{part} of {whole}", part=number(row["overdue"]), whole=number(row["with_due_date"])
    )
    return tag("span", words, class_="mark-worse" if row["overdue"] else None)


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
    wanted = fold(search)
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
        words = say("{actions} with «{search}»", actions=words, search=search)
    if n > MOST_ROWS:
        words = say(
            "{actions}. The first {most} are shown; search to find the others.",
            actions=words,
            most=MOST_ROWS,
        )
    return tag("p", words, class_="note", role="status")


def action_list(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The actions, each with where it came from, down to the line of the file.

    Args:
        rows: The answer of asked/actions_listed.sql.
        of_all: Every municipality's, so that each row says whose it is.
    """
    if not rows:
        return tag("p", say("No action is in this view."), class_="empty")
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
        _standing(row),
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


def _standing(row: Row) -> Child:
    """Open and for how long, or done and told back, as the dates say."""
    if row["is_open"]:
        words = plural("open for {n} day", "open for {n} days", row["age_days"])
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
    if not row["file_name"]:
        return say("written in the dashboard")
    return [
        tag("span", row["file_name"], class_="file"),
        tag("span", say("line {n}", n=number(row["line"])), class_="quiet"),
    ]
