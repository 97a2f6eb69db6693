"""An indicator's 24 months as a chart, or as a table where too few of them are known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from pages.charts.drawing import Chart, Event, Goal, Point, Table, Tone
from pages.programme.reading import Reading, Row
from pages.text import cells, date, later, number, percent, say, short_month
from pages.text.axes import DIRECTIONS, counted_words
from pages.text.described import described
from queries.cards import Card

FEWEST_MONTHS = 8
"""Fewer numbers than these are quicker read as a table than as a chart."""

MOST_ROWS = 6
"""As many rows of a table as stand below a heading beside the sentences."""

TONES: dict[str, Tone] = {
    "improvement": "better",
    "concern": "worse",
    "increase": "change",
    "decrease": "change",
}

GAPS = {
    "missing": later("missing"),
    "withheld": later("not shown"),
    "awaits_lock": later("shown later"),
    "not_due": later("not yet"),
    "not_member": later("not a member yet"),
}


def drawn(reading: Reading, card: Card) -> tuple[Chart | None, Table | None]:
    """The chart of an indicator's months; its newest numbers as a table where it has too few."""
    rows = reading.here("monthly_series", indicator=card.id)
    known = [row for row in rows if _is_drawn(row, card)]
    if len(known) >= FEWEST_MONTHS:
        return _chart(reading, card, rows), None
    if not known and not reading.of_all:
        # Of one municipality what is about persons is shown by four months.
        rows = reading.here("tertial_cells", indicator=card.id)
        known = [row for row in rows if row["shown"] != "none"]
    return None, table_of(known[-MOST_ROWS:], card) if known else None


def table_of(rows: Sequence[Row], card: Card) -> Table:
    """Periods and what each shows, the newest first."""
    title = cells.words(card, "title")
    return Table(
        say("{title}, the newest first", title=title),
        (say("Period"), title),
        tuple((cells.period_text(row), cells.shown_text(row, card)) for row in reversed(rows)),
    )


def _chart(reading: Reading, card: Card, rows: Sequence[Row]) -> Chart:
    decisions = reading.decisions("decisions_about", indicator=card.id)
    newest = rows[-1]
    goal = None
    if card.target is not None:
        words = say("target: {target}", target=cells.target_text(card))
        goal = Goal(card.target.value, words)
    middle = None
    if of_middle := cells.middle_value(newest, card):
        middle = Goal(newest["centre"], say("middle: {value}", value=of_middle))
    return Chart(
        kind="months",
        title=cells.words(card, "title"),
        unit=card.unit,
        points=tuple(_point(row, card) for row in rows),
        counted=counted_words(card),
        direction=say(DIRECTIONS[card.direction]),
        newest=newest_words(newest, card),
        alt=described(rows, card, decisions),
        table=table_of(rows, card),
        tone=TONES.get(newest["signal"] or "", "plain"),
        goal=goal,
        middle=middle,
        events=tuple(
            Event(day, _decided(day, n))
            for day, n in sorted(Counter(row["decided_on"] for row in decisions).items())
        ),
    )


def _decided(day: dt.date, n: int) -> str:
    if n == 1:
        return say("decision {date}", date=date(day))
    return say("{n} decisions {date}", n=number(n), date=date(day))


def _point(row: Row, card: Card) -> Point:
    low, high = band_edges(row)
    gap = GAPS.get(row["reason"] if row["reason"] == "awaits_lock" else row["state"])
    return Point(
        label=axis_month(row["period"]),
        words=cells.shown_text(row, card),
        period=row["period"],
        value=row["value"],
        low=None if card.unit == "share" else low,
        high=None if card.unit == "share" else high,
        gap=None if gap is None else say(gap),
        is_provisional=row["state"] == "provisional",
    )


def band_edges(row: Row) -> tuple[float | None, float | None]:
    """The lowest and the highest number of a band; no highest of the open one."""
    if row["shown"] != "band" or row["band"] is None or row["value"] is not None:
        return None, None
    low, _, high = row["band"].rstrip("+").partition("-")
    return float(low), float(high) if high else None


def _is_drawn(row: Row, card: Card) -> bool:
    return row["value"] is not None or (row["shown"] == "band" and card.unit != "share")


def newest_words(row: Row, card: Card) -> str:
    """What the newest point shows, short enough to stand beside it; empty where it shows none."""
    if row["state"] not in ("measured", "provisional") or row["shown"] == "none":
        return ""
    if row["value"] is None:
        return cells.shown_text(row, card)
    if card.unit == "share" and card.privacy == "none":
        part, whole = (number(row[name]) for name in ("numerator", "denominator"))
        return say("{part} of {whole}", part=part, whole=whole)
    if card.unit == "share":
        return percent(row["value"])
    if card.unit == "days":
        return cells.shown_text({**row, "state": "measured"}, card)
    return number(row["value"], 0 if row["value"] == round(row["value"]) else 1)


def axis_month(day: dt.date) -> str:
    """A month as an axis names it: "okt. 26"."""
    name, _, year = short_month(day).partition(" ")
    return f"{name} {year[2:]}"


def value_sentence(row: Row, card: Card) -> str:
    """The newest cell's period and what it shows: "Oktober 2026: 4 av 5 ferdige tiltak."."""
    period, value = cells.period_text(row), cells.shown_text(row, card)
    return say("{Period}: {value}.", Period=period[:1].upper() + period[1:], value=value)
