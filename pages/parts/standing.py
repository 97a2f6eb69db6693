"""How it stands: what has changed for certain at length, the rest a line each by what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pages.parts import menu
from pages.parts.findings import HAS_NUMBER, changed
from pages.parts.matrix import Row, by_group, in_sections, line, listed
from pages.parts.notes import link, note
from pages.parts.places import sentence
from pages.text import cells, later, month, plural, say
from pages.text.markup import Markup, join, tag
from queries.cards import Card

VIEW = "vis"
EVERYTHING = "alle"
"""In the address: nothing is folded, and every row is at length, as in ?vis=alle."""

ANCHOR = "slik-star-det"

QUIET = {
    "no_change": cells.SIGNALS["no_change"],
    "too_few": cells.SIGNALS["too_few"],
    "none": later("no number"),
    "unused": later("not in use yet"),
}
"""What the rows that tell of no change are folded by, in their order."""


NOT_IN_USE = later(
    "No municipality has had a number here yet: files that are needed have not been delivered."
)


def standing(
    rows: Sequence[Row],
    cards: Mapping[str, Card],
    when: dt.date,
    choices: Mapping[str, str],
    *,
    is_everything: bool,
) -> Markup:
    """Every indicator, by its signal and then by group.

    Args:
        rows: The answer of asked/matrix.sql for a municipality and month.
        choices: Municipality and month as the address holds them.
        is_everything: Nothing is folded, and every row says what it counts.
    """
    news = changed(rows)
    quiet = _quiet(rows, cards, {row["indicator"] for row in news})
    folds = [
        _fold(
            kind,
            [row for row, _ in members],
            by_group(members, when, choices, is_brief=not is_everything),
            # What could be judged is read at a glance; with no news, the first is what there is.
            is_open=is_everything or kind == "no_change" or (place == 0 and not news),
        )
        for place, (kind, members) in enumerate(quiet.items())
    ]
    in_all = len(listed(rows, cards))
    return join(
        [
            _news(news, cards, when, choices) if news else None,
            *folds,
            _all(choices, in_all, is_everything=is_everything),
        ]
    )


def _news(
    news: Sequence[Row], cards: Mapping[str, Card], when: dt.date, choices: Mapping[str, str]
) -> Markup:
    """What changed for certain, what is worse first, each with its group."""
    order = {code: place for place, code in enumerate(cards)}
    sections = [
        (
            sentence(say(cells.SIGNALS[signal])),
            [
                line(row, cards[row["indicator"]], when, choices, is_group_named=True)
                for row in sorted(of_signal, key=lambda row: order[row["indicator"]])
            ],
        )
        for signal in dict.fromkeys(row["signal"] for row in news)
        if (of_signal := [row for row in news if row["signal"] == signal])
    ]
    caption = say("What has changed for certain up to {month}", month=month(when))
    return in_sections(sections, when, caption)


def _quiet(
    rows: Sequence[Row], cards: Mapping[str, Card], told: set[str]
) -> dict[str, list[tuple[Row | None, Card]]]:
    by_indicator = {row["indicator"]: row for row in rows}
    found: dict[str, list[tuple[Row | None, Card]]] = {kind: [] for kind in QUIET}
    for card in listed(rows, cards):
        if card.id not in told:
            row = by_indicator.get(card.id)
            found[_kind(row)].append((row, card))
    return {kind: members for kind, members in found.items() if members}


def _kind(row: Row | None) -> str:
    if row is not None and not row["is_in_use"]:
        return "unused"
    if row is None or row["state"] not in HAS_NUMBER or row["signal"] is None:
        return "none"
    return str(row["signal"])


def _fold(kind: str, rows: Sequence[Row | None], table: Markup, *, is_open: bool) -> Markup:
    missed = sum(row is not None and row["assurance"] == "fail" for row in rows)
    word = sentence(say(QUIET[kind]))
    counted = plural("{word}: {n} indicator", "{word}: {n} indicators", len(rows), word=word)
    below = [
        tag(
            "span",
            plural("{n} does not meet its target", "{n} do not meet their targets", missed),
            class_="mark-worse",
        )
        if missed
        else None
    ]
    summary = tag("summary", tag("span", counted), *below)
    why = note(say(NOT_IN_USE)) if kind == "unused" else None
    rows_of = tag("div", why, table, class_="when-near")
    return tag("details", summary, rows_of, class_="folded quiet-rows", open=is_open)


def _all(choices: Mapping[str, str], n: int, *, is_everything: bool) -> Markup:
    here = menu.address("status", **choices, **({} if is_everything else {VIEW: EVERYTHING}))
    words = (
        say("Show it in brief")
        if is_everything
        else plural(
            "Show the {n} indicator with its explanation",
            "Show all {n} indicators with explanations",
            n,
        )
    )
    return tag("p", link(words, f"{here}#{ANCHOR}"), class_="unfold")
