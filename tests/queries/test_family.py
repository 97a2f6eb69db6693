"""Two indicators that count the same answers are audited together, where one alone tells little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from queries import audit, cards, combine, family, freezing, gate
from queries.cell import Cell
from queries.certificate import Block
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from queries.freezing import Lock
from queries.gate import Rows, Truths
from queries.knowledge import Kind, Released

LOADED = cards.load_all()
RATE, BENEFIT = "response_rate_same_day", "benefit_same_day"
MONTHS = [dt.date(2026, month, 1) for month in (1, 2, 3, 4)]
JANUARY = MONTHS[0]
PLACES = ("3405", "3436", "3438", "3439", "3440", "3441")

ANSWERED = (60, 30, 14, 12, 18, 11)
"""Answers of each municipality; ten or more, and so none is protected by itself."""

Answered = Sequence[int]


def rows(answered: Answered, about_benefit: Answered) -> dict[str, Rows]:
    """Everybody answers in January: twice as many were asked, and half had much benefit."""
    states = {(place, month): State("measured", None) for place in PLACES for month in MONTHS}
    rate, benefit = [], []
    for place, sheets, valid in zip(PLACES, answered, about_benefit, strict=True):
        for month in MONTHS:
            is_sent = month == JANUARY
            own = (sheets, 2 * sheets, sheets) if is_sent else (0, 0, None)
            rate.append(Counted(place, month, None, *own))
            own = (valid // 2, valid, valid) if is_sent else (0, 0, None)
            benefit.append(Counted(place, month, None, *own))
    return {RATE: Rows(rate, states), BENEFIT: Rows(benefit, states)}


def gated(answered: Answered, about_benefit: Answered) -> tuple[list[Cell], list[Block]]:
    made = rows(answered, about_benefit)
    truths = Truths(made, lambda *_: None)
    found = [
        cell
        for name, own in made.items()
        for cell in combine.cells(LOADED[name], own.counted, own.states)
    ]
    locked = freezing.frozen(found, LOADED, [Lock(MONTHS[-1], dt.date(2026, 6, 10))])
    return gate.gated(locked, LOADED, truths, {}, {}, number=1, ledger_entry=1)


def outcomes(blocks: Sequence[Block]) -> Mapping[str, str]:
    return {block.indicator: block.outcome for block in blocks}


def test_of_a_family_the_response_rate_comes_first() -> None:
    assert family.families(LOADED)[BENEFIT] == (RATE, BENEFIT)
    # What is asked for in other months is no such family.
    assert "benefit_half_year" not in family.families(LOADED)


def test_what_gives_nobody_away_is_shown_of_both() -> None:
    _, blocks = gated((86, 43, 34, 4, 6, 15), (84, 38, 29, 4, 6, 15))
    assert outcomes(blocks) == {RATE: "passed", BENEFIT: "passed"}


def test_one_more_question_says_nothing_that_the_number_of_answers_does_not_let_it() -> None:
    # Only two of all left the question out. Gausdal has ten to nineteen answers, and under ten to
    # the question: it is eight or nine, and neither of its numbers alone would tell.
    cells, blocks = gated(ANSWERED, (60, 30, 14, 12, 18, 9))
    assert outcomes(blocks)[RATE] == "passed"
    assert outcomes(blocks)[BENEFIT] == "municipalities_withheld"
    told = {gate.name_of(cell): cell for cell in cells if cell.indicator == BENEFIT}
    assert told["3441", "tertial", JANUARY, None].shown.reason == "audit"
    assert told[COOPERATION, "tertial", JANUARY, None].shown.denominator == 143


def released(of: Answered, about_benefit: Answered) -> dict[str, list[Released]]:
    """Everything of both, as it would be shown if each were audited by itself."""
    made = rows(of, about_benefit)
    truths = Truths(made, lambda *_: None)
    return {
        name: [
            Released(
                cell.municipality_id,
                cell.grain,
                cell.period,
                cell.part,
                cell.state,
                cell.shown,
                tuple(
                    (place, month)
                    for place in PLACES
                    for month in MONTHS
                    if cell.municipality_id in (COOPERATION, place)
                    and (cell.grain == "tertial" or cell.period == month)
                ),
                truths.of(LOADED[name], JANUARY),
            )
            for cell in combine.cells(LOADED[name], own.counted, own.states)
        ]
        for name, own in made.items()
    }


def as_one(truths: Truths, shown: Mapping[str, Sequence[Released]]) -> tuple[Kind, list[Released]]:
    kinds = {name: truths.kind(LOADED[name]) for name in (RATE, BENEFIT)}
    return family.as_one((RATE, BENEFIT), kinds, truths.of(LOADED[RATE], JANUARY), shown)


def test_each_passes_alone_what_they_tell_together_does_not() -> None:
    of, about_benefit = ANSWERED, (60, 30, 14, 12, 18, 9)
    shown = released(of, about_benefit)
    truths = Truths(rows(of, about_benefit), lambda *_: None)
    for name, cells in shown.items():
        assert audit.audited(truths.kind(LOADED[name]), cells).passed
    verdict = audit.audited(*as_one(truths, shown), is_whole=True)
    assert ("3441", BENEFIT, 8, 9) in {
        (one.number.municipality_id, one.number.part, one.low, one.high)
        for one in verdict.learnt
        if one.number.what == "denominator" and one.attacker is None
    }


@pytest.mark.parametrize("fewer", [0, 2])
def test_the_true_numbers_are_always_possible(fewer: int) -> None:
    # Also where somebody gave up early and answered just this question.
    of = (*ANSWERED[:5], ANSWERED[5] - fewer)
    shown = released(of, ANSWERED)
    truths = Truths(rows(of, ANSWERED), lambda *_: None)
    assert audit.audited(*as_one(truths, shown)).could_be_judged
