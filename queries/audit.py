"""The attacker audit: what can be concluded from the released numbers about one municipality.

Attackers are an outsider, and each municipality that knows its own true base cells month by month.
For every other municipality's number in a month and in the tertial, whole and by part, numerator
and denominator, the audit asks for the smallest and the largest value that the released numbers of
this and all earlier releases leave possible (`knowledge` says what they say). It passes when no
attacker can conclude that a number lies within 1-4, or pin it to fewer than five values below ten.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from queries.attack import ALL_PERIODS, OUTSIDER, Attack, Learnt, Verdict
from queries.base import Base, BaseKey, Kind, Released
from queries.disclosure import COOPERATION, tertial_of
from queries.knowledge import Knowledge
from queries.unknowns import Assumed


def audited(kind: Kind, released: Sequence[Released], *, is_whole: bool = False) -> Verdict:
    """The audit of one indicator and tertial.

    Args:
        released: Every cell of it that this or an earlier release shows.
        is_whole: Find everything that can be learnt, not only the first.
    """
    own = Knowledge(kind, released)
    if not own.variables:
        return Verdict(())
    attack = Attack(own, released)
    attackers = (OUTSIDER, *attack.places)
    told: Verdict | None = None
    if own.is_more_known:
        # First: nearly all that is possible for who knows more is so for who knows less.
        stricter = Attack(Knowledge(kind, released, Assumed(knows_more=True)), released)
        told = stricter.verdict(attackers, is_whole=is_whole)
        attack.begin_with(stricter)
    verdict = attack.verdict(attackers, is_whole=is_whole)
    if verdict.passed and told is not None:
        verdict = told
    believed = _as_believed(kind, released)
    if not verdict.passed or (believed == list(released) and not _is_corrected(own)):
        return verdict
    # Somebody who knows of no correction takes a number for the same in every release, and a
    # tertial for the sum of its months. That may contradict itself, and then it is no conclusion;
    # but with less taken for granted it may not.
    learnt: list[Learnt] = []
    for attacker in attackers:
        if own.is_more_known:
            first = _as_told_once(believed, partial(operator.ne, attacker))
            assumed = Assumed(is_linked=True, but_of=attacker, knows_more=True)
            learnt += (
                Attack(Knowledge(kind, first, assumed), first)
                .verdict([attacker], is_whole=is_whole)
                .learnt
            )
        # Its own numbers, too, somebody may have taken from one file alone.
        for own_numbers in _own_numbers(believed, attacker):
            learnt += _linked(kind, own_numbers, attacker, own, is_whole=is_whole)
    return Verdict(tuple(learnt))


def _linked(
    kind: Kind,
    believed: Sequence[Released],
    attacker: str | None,
    own: Knowledge,
    *,
    is_whole: bool,
) -> list[Learnt]:
    """What somebody learns who knows of no correction, taking more or less for granted."""
    learnt: list[Learnt] = []
    before: Attack | None = None
    for is_somebody, is_counted in ((True, True), (True, False), (False, False)):
        if is_somebody and not is_counted and not own.has_counted:
            continue
        assumed = Assumed(
            is_linked=True, but_of=attacker, is_somebody=is_somebody, is_counted=is_counted
        )
        attack = Attack(Knowledge(kind, believed, assumed), believed)
        if before is not None:
            attack.begin_with(before)
        learnt += attack.verdict([attacker], is_whole=is_whole).learnt
        before = attack
    return learnt


def _own_numbers(
    believed: Sequence[Released], attacker: str | None
) -> Iterator[Sequence[Released]]:
    """The cells with what somebody knows of itself: as it was in each, at first, and now."""
    yield believed
    for is_newest in (False, True):
        told = _as_told_once(believed, partial(operator.eq, attacker), is_newest=is_newest)
        if told != believed:
            yield told


def _as_believed(kind: Kind, released: Sequence[Released]) -> list[Released]:
    """The cells as somebody reads them who does not know that a file was withdrawn since."""

    def counts(cell: Released) -> str | None:
        # A line of the breakdown is of the same months as the whole.
        return None if kind.is_line(cell.part) else cell.part

    shown = {
        (counts(cell), pair): cell for cell in released if cell.grain == "month" for pair in cell.of
    }
    believed = []
    for cell in released:
        more = [
            pair
            for of, pair in shown
            if cell.grain == "tertial"
            and of == counts(cell)
            and pair not in cell.of
            and tertial_of(pair[1]) == cell.period
            and cell.municipality_id in (COOPERATION, pair[0])
        ]
        truth = dict(cell.truth)
        for pair in more:
            seen = shown[counts(cell), pair].truth
            truth |= {key: base for key, base in seen.items() if key[:2] == pair}
        believed.append(replace(cell, of=(*cell.of, *more), truth=truth) if more else cell)
    return believed


def _as_told_once(
    released: Sequence[Released], is_of: Callable[[str], bool], *, is_newest: bool = False
) -> list[Released]:
    """The cells with what was known first, or last, of some municipalities' numbers.

    That nobody had answered at first, for instance: who knows of no correction takes it for so.
    """
    once: dict[BaseKey, Base] = {}
    # What is released now is the newest.
    in_order = sorted(released, key=lambda cell: (cell.entry is None, cell.entry or 0))
    for cell in reversed(in_order) if is_newest else in_order:
        for key, base in cell.truth.items():
            if is_of(key[0]):
                once.setdefault(key, base)
    return [replace(cell, truth={**cell.truth, **_of_those(once, cell.truth)}) for cell in released]


def _of_those(once: Mapping[BaseKey, Base], truth: Mapping[BaseKey, Base]) -> dict[BaseKey, Base]:
    return {key: once[key] for key in truth if key in once}


def bounds(
    kind: Kind, released: Sequence[Released], attacker: str | None = OUTSIDER, *, is_exact: bool
) -> list[Learnt]:
    """Between what bounds an attacker knows every other municipality's numbers to lie.

    Those of the tertial, or of the months where nothing of the tertial is released yet.

    Args:
        is_exact: The tightest bounds there are; otherwise those that the sums and bands give one
            by one, which are quick to find and may be wider.
    """
    attack = Attack(Knowledge(kind, released), released)
    known = attack.known_to(attacker)
    numbers = [number for number in attack.numbers if number.municipality_id != attacker]
    of_tertial = [number for number in numbers if number.month is ALL_PERIODS]
    return [
        attack.learnt(attacker, number, *reached)
        for number in of_tertial or numbers
        if (reached := attack.reached(number, known, is_exact=is_exact)) is not None
    ]


def _is_corrected(own: Knowledge) -> bool:
    names = [(one.what, one.municipality_id, one.period, one.part) for one in own.variables]
    return len(set(names)) < len(names)
