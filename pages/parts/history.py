"""Own history first: one panel per municipality on one scale, their intervals, and the numbers."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from pages.charts.intervals import TICKS, axis, strip
from pages.charts.multiples import panel
from pages.charts.spark import MONTHS
from pages.parts.matrix import TONES
from pages.parts.notes import heading, note
from pages.parts.table import Column, folded, table
from pages.text import cells, later, listed, number, percent, plural, say, short_month
from pages.text.markup import Markup, tag
from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/side_by_side.sql."""

DIRECTIONS = {
    "higher": later("higher is better"),
    "lower": later("lower is better"),
    "neutral": later("neither up nor down is better in itself"),
}

FEW = 5
"""A share of fewer things than this moves by more than twenty points when one of them does."""

HALVES = (0.0, 0.5, 1.0)
"""Where a scale has its lines: the bottom, the middle, the top."""


def history_heading(rows: Sequence[Row], card: Card) -> Markup:
    """The finding as a heading."""
    return heading(3, history_finding(rows, card))


def history_finding(rows: Sequence[Row], card: Card) -> str:
    """Where something changed for certain; by name, never by size."""
    said = [
        say(
            "{word} in {places}.",
            word=_capital(cells.signal_word(members[0])),
            places=_names(members),
        )
        for signal in ("improvement", "concern", "increase", "decrease")
        if (members := [row for row in rows if row["signal"] == signal])
    ]
    title = cells.words(card, "title")
    if said:
        return f"{title}: {_uncapital(' '.join(said))}"
    steady = [row for row in rows if row["signal"] == "no_change"]
    if steady and len(steady) == len(rows):
        return say("{title}: no certain change in any municipality.", title=title)
    if steady:
        return say(
            "{title}: no certain change in {places}, and too few measurements in the others.",
            title=title,
            places=_names(steady),
        )
    return say("{title}: too few measurements to say whether anything has changed.", title=title)


def history(rows: Sequence[Row], card: Card, when: dt.date) -> Markup:
    """Six panels, alphabetical, with the same scale in all of them, and their numbers.

    Where nothing can be drawn because only ranges are shown, the table stands alone.
    """
    values = [
        point["value"] for row in rows for point in row["history"] if point["value"] is not None
    ]
    if not values:
        return numbers(rows, card)
    target = card.target.value if card.target else None
    top = _top(values, card, target)
    ticks = [(share * top, _tick(share * top, card)) for share in HALVES]
    first = _months_before(when, MONTHS - 1)
    panels = [
        tag(
            "li",
            tag(
                "p",
                tag("strong", row["name"]),
                tag("span", _now(row, card), class_="now"),
                class_="panel-head",
            ),
            panel(
                [(point["month"], point["value"]) for point in row["history"]],
                last=when,
                top=top,
                ticks=ticks,
                ends=(short_month(first), short_month(when)),
                title=f"{row['name']}: {cells.words(card, 'title')}",
                description=_described(row, card),
                target=target,
                target_word=say("target"),
                tone=TONES.get(row["signal"], "plain"),
                is_joined=not _is_of_few(rows, card),
            ),
            class_="panel",
        )
        for row in rows
    ]
    direction = say(DIRECTIONS[card.direction])
    below = say("24 months, the same scale for all; {direction}.", direction=direction)
    return Markup(
        tag("ul", panels, class_="panels", role="list")
        + note(below)
        + folded(say("Show the numbers as a table"), numbers(rows, card))
    )


def numbers(rows: Sequence[Row], card: Card) -> Markup:
    """Every number as a table: period by municipality, the newest first."""
    by_period: dict[tuple[dt.date, str], dict[str, str]] = {}
    for row in rows:
        for point in row["history"]:
            of_period = by_period.setdefault((point["period"], point["grain"]), {})
            of_period[row["municipality_id"]] = cells.shown_text(point, card)
    lines = [
        {"period": cells.period(*key)} | by_period[key] for key in sorted(by_period, reverse=True)
    ]
    columns = [Column(say("Period"), lambda line: line["period"], is_head=True)]
    columns += [_column(row["municipality_id"], row["name"]) for row in rows]
    caption = say("{title}, by period and municipality", title=cells.words(card, "title"))
    return table(caption, columns, lines)


def _column(municipality: str, name: str) -> Column:
    return Column(name, lambda line: line.get(municipality, ""))


def shares(rows: Sequence[Row], whole: Row | None, card: Card) -> Markup:
    """The month's shares with their intervals, the cooperation last and apart.

    Args:
        whole: The row of all municipalities together from asked/matrix.sql.
    """
    given = [*rows, *([dict(whole) | {"name": say("All together")}] if whole else [])]
    lines = [
        tag(
            "li",
            tag("span", row["name"], class_="name"),
            strip(
                row["value"] if row["shown"] == "exact" else None,
                row["low"],
                row["high"],
                is_whole=row["municipality_id"] == "cooperation",
            ),
            tag(
                "span",
                cells.shown_text(row, card),
                tag("span", cells.interval_text(row), class_="quiet"),
                class_="words",
            ),
            class_="whole" if row["municipality_id"] == "cooperation" else None,
        )
        for row in given
    ]
    foot = tag("li", tag("span"), axis([percent(tick) for tick in TICKS]), aria_hidden="true")
    caption = say("{title} with 95% intervals", title=cells.words(card, "title"))
    as_table = table(
        caption,
        [
            Column(say("Municipality"), lambda row: row["name"], is_head=True),
            Column(say("Value"), lambda row: cells.shown_text(row, card)),
            Column(say("Uncertainty (95%)"), lambda row: cells.interval_text(row) or "–"),
        ],
        given,
    )
    return Markup(
        tag("ul", lines, foot, class_="strips", role="list", aria_label=caption)
        + folded(say("Show the numbers as a table"), as_table)
    )


def can_show_shares(rows: Sequence[Row], card: Card) -> bool:
    """Whether there are shares to set side by side: exact ones, of more than one thing each."""
    return (
        card.unit == "share"
        and card.privacy == "none"
        and any((row["denominator"] or 0) > 1 for row in rows)
    )


def shares_heading(rows: Sequence[Row]) -> str:
    """What the intervals allow to be said: whether any two of them stand clear of each other."""
    known = [row for row in rows if row["low"] is not None and row["high"] is not None]
    if len(known) < 2:
        return say("There is too little to compare this month.")
    if max(row["low"] for row in known) > min(row["high"] for row in known):
        return say(
            "Not all the ranges overlap. Between several municipalities that can also be chance."
        )
    return say("The uncertainty is so large that the municipalities cannot be told apart.")


def _is_of_few(rows: Sequence[Row], card: Card) -> bool:
    """Whether the shares are, in most months that have one, of few things."""
    known = [
        point["denominator"] for row in rows for point in row["history"] if point["denominator"]
    ]
    return card.unit == "share" and bool(known) and statistics.median(known) < FEW


def _described(row: Row, card: Card) -> str:
    parts = [
        f"{cells.period_text(row)}: {cells.shown_text(row, card)}",
        cells.signal_word(row),
        cells.assurance_word(row, card),
    ]
    known = [point for point in row["history"] if point["value"] is not None]
    if known:
        lowest = min(known, key=lambda point: point["value"])
        highest = max(known, key=lambda point: point["value"])
        parts.append(say("lowest {value}", value=cells.shown_text(lowest, card)))
        parts.append(say("highest {value}", value=cells.shown_text(highest, card)))
    gaps = len(row["history"]) - len(known)
    if gaps:
        parts.append(plural("{n} period without a number", "{n} periods without a number", gaps))
    return "; ".join(part for part in parts if part) + "."


def _now(row: Row, card: Card) -> str:
    value = cells.shown_text(row, card)
    if row["is_earlier"]:
        return f"{value} ({cells.short_period(row['period'], row['grain'])})"
    return value


def _top(values: Sequence[float], card: Card, target: float | None) -> float:
    """The upper edge of the scale: a whole share, or the next round number above everything."""
    if card.unit == "share":
        return 1.0
    highest = max([*values, target or 0.0, 1.0])
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= highest)


def _tick(value: float, card: Card) -> str:
    return (
        percent(value) if card.unit == "share" else number(value, 0 if value == round(value) else 1)
    )


def _months_before(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)


def _names(rows: Sequence[Row]) -> str:
    return listed([row["name"] for row in rows])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
