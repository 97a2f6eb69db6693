"""Answers beside the cooperation: a word for each municipality, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.charts.icons import signal_icon
from pages.parts.table import Column, folded, table
from pages.text import cells, in_words, later, listed, number, plural, say
from pages.text.markup import Markup, tag
from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/verdicts_matrix.sql."""

Cards = Mapping[str, Card]

WORDS = {
    "higher": later("higher"),
    "lower": later("lower"),
    "not_different": later("cannot be told apart from the cooperation"),
    "no_verdict": later("shown without a verdict"),
}

REASONS = {
    "few_answers": later("There are fewer than twenty answers."),
    "nothing_held": later("Nobody was asked."),
    "hidden": later("The share is not shown, so that nobody can be recognised."),
    "cooperation_hidden": later(
        "The cooperation's number for the four months is not shown closely enough."
    ),
    "small_rest": later("The other municipalities have fewer than thirty answers together."),
    "rates_unknown": later("It is not known how large a share answered."),
    "rates_low": later("At most thirty per cent of those asked may have answered."),
    "rates_apart": later(
        "The response rates may lie more than twenty points apart, so that different people"
        " were heard."
    ),
}
"""Why there is no verdict: the condition that failed."""

_ICONS = {"higher": "increase", "lower": "decrease", "not_different": "no_change"}


def verdicts_finding(rows: Sequence[Row], cards: Cards) -> str:
    """What can be said for certain, by name; or that nothing can."""
    said = [
        say(
            "{title}: {word} than the cooperation in {places}.",
            title=cells.words(cards[indicator], "title"),
            word=say(WORDS[word]),
            places=listed([row["name"] for row in members]),
        )
        for indicator, of_one in groupby(_by_indicator(rows), key=lambda row: row["indicator"])
        for word, members in _by_word(list(of_one))
    ]
    if said:
        return " ".join(said)
    judged = sum(row["verdict"] == "not_different" for row in rows)
    if judged == len(rows) > 0:
        return say("No municipality's answers can be told apart from the cooperation's.")
    if judged:
        return plural(
            "{Words} of {of} numbers can be judged, and it cannot be told apart from the "
            "cooperation's.",
            "{Words} of {of} numbers can be judged, and none of them can be told apart from the "
            "cooperation's.",
            judged,
            of=in_words(len(rows)),
        )
    return say("There are too few answers to compare with the cooperation.")


def verdicts(rows: Sequence[Row], cards: Cards, own: str) -> Markup:
    """Municipality by indicator of answers: share, icon and word; the reasons in a table below.

    Args:
        own: The chosen municipality, whose row stands out.
    """
    shown = [card for card in cards.values() if any(row["indicator"] == card.id for row in rows)]
    periods = {row["indicator"]: cells.period(row["period"], row["grain"]) for row in rows}
    heads = [tag("th", say("Municipality"), scope="col", role="columnheader")] + [
        tag(
            "th",
            cells.words(card, "title"),
            tag("span", periods[card.id], class_="quiet"),
            scope="col",
            role="columnheader",
        )
        for card in shown
    ]
    body: list[Markup] = []
    for name, members in groupby(rows, key=lambda row: row["name"]):
        by_card = {row["indicator"]: row for row in members}
        is_own = any(row["municipality_id"] == own for row in by_card.values())
        body.append(
            tag(
                "tr",
                tag("th", name, scope="row", role="rowheader"),
                [_cell(card, by_card.get(card.id)) for card in shown],
                role="row",
                class_="own" if is_own else None,
            )
        )
    caption = say("Answers in each municipality beside the cooperation")
    matrix = tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", heads, role="row"), role="rowgroup"),
        tag("tbody", body, role="rowgroup"),
        class_="commitments verdicts",
        role="table",
    )
    return Markup(matrix + folded(say("Why, one by one"), _reasons(rows, cards)))


def _cell(card: Card, row: Row | None) -> Markup:
    label = tag("span", cells.words(card, "title"), class_="label", aria_hidden="true")
    if row is None:
        return tag("td", label, role="cell")
    said = [word for word in (_word(row), cells.shown_text(row, card)) if word]
    words = [
        tag("span", words, class_=css) for words, css in zip(said, ("word", "count"), strict=False)
    ]
    icon = signal_icon(_ICONS.get(row["verdict"]), "neutral")
    return tag("td", label, tag("span", icon, words, class_="kept"), role="cell")


def _word(row: Row) -> str:
    """The verdict; none of what is not there, which is not shown without a verdict either."""
    is_there = row["value"] is not None or row["band"] is not None
    return say(WORDS[row["verdict"]]) if is_there else ""


def _reasons(rows: Sequence[Row], cards: Cards) -> Markup:
    columns = [
        Column(say("Municipality"), lambda row: row["name"], is_head=True),
        Column(say("Indicator"), lambda row: cells.words(cards[row["indicator"]], "title")),
        Column(say("Value"), lambda row: cells.shown_text(row, cards[row["indicator"]])),
        Column(say("Beside the cooperation"), _word),
        Column(say("Why"), _why),
    ]
    return table(say("Verdicts and their reasons"), columns, rows)


def _why(row: Row) -> str:
    if row["verdict_reason"] is not None:
        return say(REASONS[row["verdict_reason"]])
    return say(
        "The difference lies between {low} and {high} points (95%).",
        low=_points(row["difference_low"]),
        high=_points(row["difference_high"]),
    )


def _points(share: float) -> str:
    return number(round(100 * share))


def _by_indicator(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["indicator"]))


def _by_word(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    found = ((word, [row for row in rows if row["verdict"] == word]) for word in _ICONS)
    return [(word, members) for word, members in found if members and word in ("higher", "lower")]


def conditions() -> str:
    """When a difference is called one, in a sentence."""
    return say(
        "A difference is called one only when it is at least ten points whatever the rounding"
        " hides, and chance alone would bring it in fewer than two of a thousand comparisons."
    )
