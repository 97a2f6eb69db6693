"""Participation: who takes part, and how fresh what users have said is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pages.parts import findings
from pages.programme.attention import taken_up
from pages.programme.drawn import drawn, value_sentence
from pages.programme.judged import verdicts
from pages.programme.reading import Reading, Row
from pages.programme.slides import Slide
from pages.text import cells, month, say
from queries.cards import Card

QUESTIONS = (
    ("participants", "activities_held", "leaders_meet_users"),
    ("fresh_services", "seats_filled", "teams_with_users"),
)
"""The indicators that answer each of the two questions. The first that has no slide to decide on
already has one here, and a sentence beside it tells of the others."""


def participation(reading: Reading) -> tuple[Slide, ...]:
    """A slide for each of the two questions."""
    seen = taken_up(reading)
    return tuple(_slide(reading, indicators, seen) for indicators in QUESTIONS)


def _slide(reading: Reading, indicators: Sequence[str], seen: Collection[str]) -> Slide:
    shown = next((each for each in indicators if each not in seen), indicators[0])
    card = reading.cards[shown]
    row = reading.matrix.get(card.id)
    if row is None or row["state"] in ("missing", "not_member"):
        return _without(reading, card, row)
    chart, table = drawn(reading, card)
    return Slide(
        id=f"participation-{card.id}",
        part="participation",
        title=cells.words(card, "title"),
        finding=finding_of(row, card, reading.place),
        chart=chart,
        verdicts=verdicts(row, card),
        sentences=_sentences(reading, row, card, [each for each in indicators if each != shown]),
        table=table,
        indicator=card.id,
    )


def finding_of(row: Row, card: Card, place: str) -> str:
    """What the series says, in a sentence; the number itself where it says nothing yet."""
    if row["signal"] in (None, "too_few"):
        title, value = cells.words(card, "title"), cells.shown_text(row, card)
        said = say(
            "{title}: {value} in {period}", title=title, value=value, period=cells.period_text(row)
        )
    else:
        said = cells.finding(row, card, place).partition(". ")[0].rstrip(".")
    return said[:1].upper() + said[1:]


def _without(reading: Reading, card: Card, row: Row | None) -> Slide:
    title = cells.words(card, "title")
    facts = {"title": title, "place": reading.place, "month": month(reading.month)}
    if row is not None and row["state"] == "not_member":
        finding = say("{place} was not yet a member in {month}", **facts)
    else:
        finding = say("“{title}” has no number for {place} in {month}", **facts)
    reason = "" if row is None else cells.reason_text(row)
    return Slide(
        id=f"participation-{card.id}",
        part="participation",
        title=title,
        finding=finding[:1].upper() + finding[1:],
        sentences=(reason,) if reason else (say(cells.REASONS["missing"]),),
        indicator=card.id,
    )


def _sentences(reading: Reading, row: Row, card: Card, others: Sequence[str]) -> tuple[str, ...]:
    said = [] if row["signal"] in (None, "too_few") else [value_sentence(row, card)]
    reason = cells.reason_text(row) if row["shown"] == "none" else ""
    if reason:
        said.append(reason)
    if card.id == "fresh_services":
        said.append(findings.freshness(list(reading.matrix.values())))
    for indicator in others:
        beside, its = reading.matrix.get(indicator), reading.cards[indicator]
        if beside is not None and beside["value"] is not None and not beside["is_earlier"]:
            title, value = cells.words(its, "title"), cells.shown_text(beside, its)
            said.append(say("{title}: {value}.", title=title, value=value))
    return tuple(filter(None, said))[:4]
