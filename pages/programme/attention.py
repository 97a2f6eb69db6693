"""What needs the meeting's attention: at most five slides, the worst first, each to decide on."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts.findings import in_use
from pages.programme.drawn import drawn, value_sentence
from pages.programme.judged import verdicts
from pages.programme.reading import Reading, Row
from pages.programme.slides import Slide
from pages.text import cells, later, month, number, say
from pages.text.axes import DIRECTIONS
from pages.text.questions import question
from queries.cards import GROUPS, Card
from queries.signals import FEWEST_POINTS

MOST_SLIDES = 5
"""What six leaders can decide on in half an hour."""

MOST = 0.5
"""Where more than this share of what is in use is missing, that nothing shows says little."""


def attention(reading: Reading) -> tuple[Slide, ...]:
    """The slides, or one that says why there is none."""
    slides = tuple(
        _slide(reading, reading.matrix[indicator], reading.cards[indicator])
        for indicator in taken_up(reading)
    )
    return slides or (_nothing(reading),)


def taken_up(reading: Reading) -> Sequence[str]:
    """The indicators that have a slide to decide on, in their order."""
    return [row["indicator"] for row in chosen_rows(reading)[:MOST_SLIDES]]


def chosen_rows(reading: Reading) -> Sequence[Row]:
    """Every cell that calls for attention, the most pressing first.

    First what certainly changed: for the worse, for the better, or neither. Then the targets that
    are not met as things are, without any change on the way. Of equals, in the order of the cards.
    """
    found = [row for row in reading.matrix.values() if _rank(row) and _is_news(row, reading)]
    order = [card.id for card in sorted(reading.cards.values(), key=_place)]
    return sorted(found, key=lambda row: (_rank(row), order.index(row["indicator"])))


def _rank(row: Row) -> int:
    """From 1, the most pressing; 0 for what needs no attention."""
    if row["attention"] is not None:
        return int(row["attention"])
    return 4 if row["assurance"] == "fail" else 0


def _place(card: Card) -> tuple[int, int]:
    return GROUPS.index(card.group), card.place


def _is_news(row: Row, reading: Reading) -> bool:
    """Of the month, or about persons and first shown at its lock; never without a number."""
    has_number = row["value"] is not None or row["shown"] == "band"
    return has_number and (not row["is_earlier"] or row["frozen_in"] == reading.month)


def _slide(reading: Reading, row: Row, card: Card) -> Slide:
    chart, table = drawn(reading, card)
    return Slide(
        id=f"attention-{card.id}",
        part="attention",
        title=cells.words(card, "title"),
        finding=_finding(row, card, reading.place),
        chart=chart,
        verdicts=verdicts(row, card),
        sentences=_sentences(reading, row, card, is_drawn=chart is not None),
        question=question(card.id, row["signal"], of_all=reading.of_all),
        table=table,
        indicator=card.id,
    )


def _finding(row: Row, card: Card, place: str) -> str:
    if row["attention"] is not None:
        # That it is certain is the verdict's word, below.
        said = cells.finding(row, card, place).partition(". ")[0].rstrip(".")
        return said[:1].upper() + said[1:]
    title = cells.words(card, "title")
    return say("“{title}” does not meet its target in {place}", title=title, place=place)


def _sentences(reading: Reading, row: Row, card: Card, *, is_drawn: bool) -> tuple[str, ...]:
    """What the newest number is, which rule fired, and in how many municipalities it is met.

    Args:
        is_drawn: A chart beside them says which way is good.
    """
    said = [value_sentence(row, card)]
    if row["attention"] is not None:
        limits = cells.limits_word(row)
        said.append(" ".join(filter(None, [cells.rule_text(row), _capital(limits)])))
    elif card.target is not None:
        said.append(say("The target is {target}.", target=cells.target_text(card)))
    if not is_drawn:
        said.append(_capital(say(DIRECTIONS[card.direction])))
    elif reading.of_all and not row["is_earlier"]:
        said += _met_in(reading, card)
    return tuple(said)


def _met_in(reading: Reading, card: Card) -> list[str]:
    """In how many municipalities the month's number meets the target; nothing without numbers."""
    if card.target is None:
        return []
    target = card.target
    values = [
        row["value"]
        for row in reading.rows("side_by_side", indicator=card.id, month=reading.month)
        if row["value"] is not None and row["period"] == reading.month
    ]
    met = sum(
        value >= target.value if target.at == "least" else value <= target.value for value in values
    )
    of = number(len(values))
    said = say("{n} of {of} municipalities met the target.", n=number(met), of=of)
    return [said] if values else []


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _nothing(reading: Reading) -> Slide:
    rows = in_use(list(reading.matrix.values()))
    when, place = month(reading.month), reading.place
    missing = sum(row["state"] == "missing" for row in rows)
    known = sum(row["signal"] not in (None, "too_few") for row in rows)
    facts = {"place": place, "month": when}
    if not rows or missing > MOST * len(rows):
        finding = later("Too little has been delivered to say what needs attention in {place}")
        of = say(
            "{n} of {of} indicators lack a number for {month}.",
            n=number(missing),
            of=number(len(rows)),
            month=when,
        )
        sentences: tuple[str, ...] = (of,) if rows else ()
    elif not known:
        finding = later("There are too few months to say what needs attention in {place}")
        sentences = (say("It takes at least {n} months to tell.", n=number(FEWEST_POINTS)),)
    else:
        finding = later("Nothing in {place} calls for attention in {month}")
        sentences = (
            say("No indicator has certainly changed, and none falls short of its target steadily."),
        )
    return Slide(
        id="attention",
        part="attention",
        title=say("Attention"),
        finding=say(finding, **facts),
        sentences=sentences,
    )
