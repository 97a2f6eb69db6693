"""Actions and the loop: how old the open ones are, and where most of what users ask for stops."""

from __future__ import annotations

from collections.abc import Sequence

from pages.charts.drawing import Chart, Point, Table
from pages.parts.action_ages import age_sentence
from pages.programme.judged import verdicts
from pages.programme.reading import Reading, Row
from pages.programme.slides import Slide
from pages.text import cells, language, month, number, plural, say
from pages.text.leaks import STAGES, leak_sentence, whole_way
from queries.cards import Card

OPEN, LOOP = "open_actions", "loop"

OLDEST = "over_180"
"""The age band that is the signal."""

BESIDE = ("overdue_actions", "stale_actions")


def actions(reading: Reading) -> tuple[Slide, ...]:
    """The open actions, and the loop."""
    return _open(reading), _loop(reading)


def _open(reading: Reading) -> Slide:
    card, row = reading.cards[OPEN], reading.matrix.get(OPEN)
    title = cells.words(card, "title")
    if row is None or row["value"] is None:
        finding = say(
            "No list of actions that covers {month} has been delivered", month=month(reading.month)
        )
        return Slide(f"actions-{OPEN}", "actions", title, finding, indicator=OPEN)
    return Slide(
        id=f"actions-{OPEN}",
        part="actions",
        title=title,
        finding=age_sentence(reading.here("actions_by_age")),
        chart=_ages(reading, card) if row["value"] else None,
        verdicts=verdicts(row, card),
        sentences=_beside(reading),
        indicator=OPEN,
    )


def _ages(reading: Reading, card: Card) -> Chart:
    points = []
    for code, part in card.parts.items():
        (row,) = reading.here("part_of_month", indicator=card.id, part=code)
        points.append(
            Point(
                label=part.text[language()],
                words=number(row["value"] or 0),
                value=row["value"] or 0.0,
                is_leak=code == OLDEST and bool(row["value"]),
            )
        )
    return bars(say("Open actions by age"), points, cells.words(card, "unit_many"), say("Open for"))


def bars(title: str, points: Sequence[Point], counted: str, head: str) -> Chart:
    """Lengths beside each other, with their words.

    Args:
        head: What the first column of the table names.
    """
    said = ", ".join(f"{point.label}: {point.words}" for point in points)
    return Chart(
        kind="bars",
        title=title,
        unit="count",
        points=tuple(points),
        counted=counted,
        direction="",
        newest="",
        alt=f"{title}. {said}.",
        table=Table(title, (head, counted), tuple((point.label, point.words) for point in points)),
    )


def _beside(reading: Reading) -> tuple[str, ...]:
    said = []
    for indicator in BESIDE:
        row, card = reading.matrix.get(indicator), reading.cards[indicator]
        if row is not None and row["value"] is not None:
            title, value = cells.words(card, "title"), cells.shown_text(row, card)
            said.append(say("{title}: {value}.", title=title, value=value))
    for row in reading.here("part_of_month", indicator="overdue_actions", part="without_due_on"):
        if row["numerator"]:
            said.append(
                plural(
                    "{Words} open action has no due date.",
                    "{Words} open actions have no due date.",
                    round(row["numerator"]),
                )
            )
    return tuple(said)


def _loop(reading: Reading) -> Slide:
    rows = reading.here("loop")
    card = reading.cards[LOOP]
    found = bool(rows) and rows[0]["state"] in ("measured", "provisional") and rows[0]["received"]
    return Slide(
        id=f"actions-{LOOP}",
        part="actions",
        title=cells.words(card, "title"),
        finding=leak_sentence(rows).rstrip("."),
        chart=_funnel(rows) if found else None,
        sentences=_whole_way(rows) if found else (),
        indicator=LOOP,
    )


def _funnel(rows: Sequence[Row]) -> Chart:
    whole = rows[0]["received"]
    points = [Point(say(STAGES["received"]), number(whole), value=float(whole))]
    for row in rows:
        came = row["came"] or 0
        words = say("{part} of {whole}", part=number(came), whole=number(whole))
        label = say(STAGES[row["stage"]])
        points.append(Point(label, words, value=float(came), is_leak=bool(row["is_largest_leak"])))
    title = say(
        "From feedback to told back, what users asked for in {period}",
        period=cells.period_text(rows[0]),
    )
    return bars(title, points, say("Got this far"), say("Stage"))


def _whole_way(rows: Sequence[Row]) -> tuple[str, ...]:
    said = whole_way(rows[0])
    refused = sum(row["refused"] for row in rows)
    if refused:
        # Else the bars would seem to lose them on the way.
        said.append(plural("{Words} got a reasoned no.", "{Words} got a reasoned no.", refused))
    if rows[0]["state"] == "provisional":
        said.append(say("Provisional: some of it may still come further."))
    return tuple(said)
