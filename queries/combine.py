"""From counted rows to cells: the cooperation, the tertials, and what of each may be shown.

Everything here works on one indicator at a time, with its card.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from data.acts import month_end
from queries import disclosure
from queries.cards import Card
from queries.cell import Cell
from queries.disclosure import COOPERATION, Shown


class Counted(NamedTuple):
    """One row of an indicator's SQL: true numbers, which never leave the builder."""

    municipality_id: str
    period: dt.date
    part: str | None
    numerator: float | None
    denominator: float | None
    persons: float | None
    grain: str = "month"


class State(NamedTuple):
    """What is known of a municipality's month before any number is looked at."""

    state: str
    updated_on: dt.date | None


HAS_NUMBER = ("measured", "provisional")

States = Mapping[tuple[str, dt.date], State]
"""By municipality and month; a pair that lacks is no member that month."""


def cells(
    card: Card,
    counted: Sequence[Counted],
    states: States,
    *,
    parts: Sequence[str] | None = None,
) -> list[Cell]:
    """The cells of an indicator, from its counted rows and the states of its months.

    Args:
        counted: Of whole tertials, for persons and answers.
        parts: The lines of its breakdown where rows of other months have more of them than these.
    """
    if card.privacy != "none":
        found = {row.part for row in counted if row.part is not None}
        return _protected(card, counted, states, sorted(found | set(parts or ())))
    own = [row for row in counted if row.municipality_id != COOPERATION]
    if card.combine == "none":
        together = [row for row in counted if row.municipality_id == COOPERATION]
    else:
        together = _summed(own, states)
    members = _together_by_month(states)
    tertials = _by_tertial(states) if any(row.grain == "tertial" for row in counted) else {}
    return [
        _exact(card, row, tertials.get((row.municipality_id, row.period), NOBODY))
        if row.grain == "tertial"
        else _exact(card, row, members.get(row.period, NOBODY))
        if row.municipality_id == COOPERATION
        else _exact(card, row, _alone(states.get((row.municipality_id, row.period))))
        for row in [*own, *together]
    ]


@dataclass(frozen=True)
class _Together:
    state: str
    delivered: int | None
    members: int | None
    updated_on: dt.date | None


NOBODY = _Together("not_member", 0, 0, None)


def _alone(known: State | None) -> _Together:
    if known is None:
        return _Together("not_member", None, None, None)
    return _Together(known.state, None, None, known.updated_on)


def _together_by_month(states: States) -> dict[dt.date, _Together]:
    """What can be said of all members together, month by month."""
    members: dict[dt.date, list[State]] = defaultdict(list)
    for (_, month), state in states.items():
        if state.state != "not_member":
            members[month].append(state)
    return {month: _joint(known) for month, known in members.items()}


def _by_tertial(states: States) -> dict[tuple[str, dt.date], _Together]:
    """What can be said of four months, of each municipality and of all of them together.

    A municipality's tertial says how many months are in it, and the cooperation's how many
    municipalities. It is provisional until its last month has matured.
    """
    months: dict[tuple[str, dt.date], list[State]] = defaultdict(list)
    for (municipality, month), state in states.items():
        if state.state != "not_member":
            months[municipality, disclosure.tertial_of(month)].append(state)
    alone = {key: _joint(known) for key, known in months.items()}
    members: dict[dt.date, list[State]] = defaultdict(list)
    for (_, tertial), joint in alone.items():
        members[tertial].append(State(joint.state, joint.updated_on))
    together = {(COOPERATION, tertial): _joint(known) for tertial, known in members.items()}
    return alone | together


def _exact(card: Card, row: Counted, known: _Together) -> Cell:
    shown = Shown(reason=known.state)
    if known.state in HAS_NUMBER:
        shown = disclosure.exact(row.numerator, row.denominator, card.unit_of(row.part))
    return Cell(
        card.id,
        row.municipality_id,
        row.grain,
        row.period,
        row.part,
        known.state,
        shown,
        known.delivered,
        known.members,
        known.updated_on,
    )


def _joint(parts: Sequence[State]) -> _Together:
    """One state for several: provisional if any part is, missing only if no part has a number."""
    having = [part for part in parts if part.state in HAS_NUMBER]
    days = [part.updated_on for part in having if part.updated_on is not None]
    if any(part.state == "provisional" for part in having):
        state = "provisional"
    elif having:
        state = "measured"
    elif any(part.state == "missing" for part in parts):
        state = "missing"
    else:
        state = parts[0].state if parts else "not_member"
    return _Together(state, len(having), len(parts), max(days, default=None))


def _summed(counted: Iterable[Counted], states: States) -> list[Counted]:
    """The members' rows of each period and part, added up; those without a number left out."""
    groups: dict[tuple[dt.date, str | None], list[Counted]] = defaultdict(list)
    for row in counted:
        known = states.get((row.municipality_id, row.period))
        if row.municipality_id != COOPERATION:
            groups[row.period, row.part] += (
                [row] if known is not None and known.state in HAS_NUMBER else []
            )
    return [
        _added(COOPERATION, period, part, rows, "sum") for (period, part), rows in groups.items()
    ]


def _added(
    municipality: str, period: dt.date, part: str | None, rows: Sequence[Counted], persons: str
) -> Counted:
    def total(values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return math.fsum(known) if known else None

    # Where one part has no denominator (no list of those asked) the sum has none either.
    denominators = [row.denominator for row in rows if row.persons is not None or row.denominator]
    if not denominators and any(row.denominator == 0 for row in rows):
        # Nothing was there to count anywhere, which is not the same as having no denominator.
        denominators = [0]
    behind = [row.persons for row in rows if row.persons is not None]
    return Counted(
        municipality,
        period,
        part,
        total(row.numerator for row in rows),
        None if None in denominators else total(denominators),
        None if not behind else max(behind) if persons == "max" else math.fsum(behind),
    )


def _protected(
    card: Card, counted: Sequence[Counted], states: States, parts: Sequence[str]
) -> list[Cell]:
    """Cells about persons or answers: the cooperation by month, a municipality by tertial.

    What is a cohort of four months is by tertial for the cooperation too, and what is about very
    few is for the cooperation alone.
    """
    made: list[Cell] = []
    delivered: dict[tuple[dt.date, str | None], list[Counted]] = defaultdict(list)
    for row in counted:
        known = states.get((row.municipality_id, row.period))
        if row.municipality_id != COOPERATION and known is not None and known.state in HAS_NUMBER:
            delivered[row.period, row.part].append(row)
    months = sorted({row.period for row in counted})
    if not months:
        return []
    last_day = month_end(months[-1])
    tertials = sorted({disclosure.tertial_of(month) for month in months})
    tertials = [tertial for tertial in tertials if tertial >= months[0]]
    closed = [tertial for tertial in tertials if disclosure.tertial_end(tertial) <= last_day]
    municipalities = sorted({municipality for municipality, _ in states})
    together = _together_by_month(states)

    for month in () if card.is_by_tertial else months:
        rows = delivered[month, None]
        made.append(_cooperation(card, "month", month, None, rows, together.get(month, NOBODY)))
    for tertial in tertials:
        within = [month for month in months if disclosure.tertial_of(month) == tertial]
        whole = [row for month in within for row in delivered[month, None]]
        everybody: list[State] = []
        of_each: list[_Together] = []
        for municipality in municipalities:
            told = [
                states[municipality, month] for month in within if (municipality, month) in states
            ]
            everybody += told
            members = [state for state in told if state.state != "not_member"]
            if members:
                rows = [row for row in whole if row.municipality_id == municipality]
                of_each.append(_joint(members))
                if not card.is_cooperation_only:
                    made.append(_municipality(card, municipality, tertial, rows, members))
        if card.is_by_tertial:
            rows = _by_municipality(card, tertial, None, whole)
            made.append(_cooperation(card, "tertial", tertial, None, rows, _of_tertial(of_each)))
        if tertial in closed:
            siblings: list[Cell] = []
            joint = _joint(everybody)
            for part in parts:
                rows = [row for month in within for row in delivered[month, part]]
                rows = _by_municipality(card, tertial, part, rows)
                siblings.append(_cooperation(card, "tertial", tertial, part, rows, joint))
            made += _alike(siblings)
    return made


def _of_tertial(of_each: Sequence[_Together]) -> _Together:
    """Several municipalities' tertial: only who delivered every month is said to be in it."""
    joint = _joint([State(one.state, one.updated_on) for one in of_each])
    return replace(joint, delivered=sum(one.delivered == one.members for one in of_each))


def _alike(siblings: Sequence[Cell]) -> list[Cell]:
    """The lines of one breakdown: if one of them is in a band, all are.

    The whole is known from the months; with one line hidden and the others exact, it would be what
    is left. That nothing was held everyone may know, and says nothing of the others.
    """
    if all(cell.shown.how != "band" for cell in siblings):
        return list(siblings)
    return [
        replace(cell, shown=disclosure.banded(cell.shown)) if cell.shown.how == "exact" else cell
        for cell in siblings
    ]


def _persons_over_time(card: Card) -> str:
    """Over months the same persons may come again, while every answer is another one."""
    return "max" if card.privacy == "persons" else "sum"


def _by_municipality(
    card: Card, tertial: dt.date, part: str | None, rows: Sequence[Counted]
) -> list[Counted]:
    how = _persons_over_time(card)
    return [
        _added(who, tertial, part, [row for row in rows if row.municipality_id == who], how)
        for who in sorted({row.municipality_id for row in rows})
    ]


def _municipality(
    card: Card, municipality: str, tertial: dt.date, rows: Sequence[Counted], known: Sequence[State]
) -> Cell:
    joint = _joint(known)
    shown = Shown(reason=joint.state)
    if joint.state in HAS_NUMBER and rows:
        added = _added(municipality, tertial, None, rows, _persons_over_time(card))
        shown = disclosure.shown_municipality(
            added.numerator or 0.0,
            added.denominator,
            added.persons or 0.0,
            unit=card.unit,
            nothing_held=added.persons is None,
        )
    return Cell(
        card.id,
        municipality,
        "tertial",
        tertial,
        None,
        joint.state,
        shown,
        joint.delivered,
        joint.members,
        joint.updated_on,
    )


def _cooperation(
    card: Card,
    grain: str,
    period: dt.date,
    part: str | None,
    rows: Sequence[Counted],
    joint: _Together,
) -> Cell:
    shown = Shown(reason=joint.state)
    if joint.state in HAS_NUMBER:
        added = _added(COOPERATION, period, part, rows, "sum")
        shown = disclosure.shown_cooperation(
            added.numerator or 0.0,
            added.denominator,
            added.persons or 0.0,
            unit=card.unit,
            largest=max((row.persons or 0.0 for row in rows), default=0.0),
            largest_numerator=None
            if part is None
            else max((row.numerator or 0.0 for row in rows), default=0.0),
            nothing_held=added.persons is None,
        )
    return Cell(
        card.id,
        COOPERATION,
        grain,
        period,
        part,
        joint.state,
        shown,
        joint.delivered,
        joint.members,
        joint.updated_on,
    )
