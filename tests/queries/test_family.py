"""Two indicators that count the same answers are audited together, where one alone tells little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from queries import audit, cards, combine, family, freezing, gate, jury
from queries.base import Kind, Released
from queries.bases import Rows, Truths
from queries.cell import Cell
from queries.certificate import Block
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from queries.freezing import Lock

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
    return of_rows(rows(answered, about_benefit))


def of_rows(made: Mapping[str, Rows]) -> tuple[list[Cell], list[Block]]:
    truths = Truths(made, lambda *_: None)
    found = [
        cell
        for name, own in made.items()
        for cell in combine.cells(LOADED[name], own.counted, own.states)
    ]
    locked = freezing.frozen(found, LOADED, [Lock(MONTHS[-1], dt.date(2026, 6, 10))])
    return gate.gated(locked, LOADED, truths, {}, {}, number=1, ledger_entry=1)


@pytest.mark.parametrize("reached", [0, 9])
def test_a_breakdown_that_tells_too_much_is_left_out_and_the_rates_stand(reached: int) -> None:
    # Everybody was reached, or all that were not in one municipality: it knows of all the others.
    made = rows(ANSWERED, ANSWERED)
    lines = [
        Counted(one.municipality_id, one.period, "not_reached", missed, one.denominator, behind)
        for one in made[RATE].counted
        for behind in [one.persons]
        for missed in [reached if one.municipality_id == "3405" and behind else 0]
    ]
    made = {**made, RATE: Rows([*made[RATE].counted, *lines], made[RATE].states)}
    cells, blocks = of_rows(made)
    assert outcomes(blocks)[RATE] == "lines_withheld"
    told = {gate.name_of(cell): cell for cell in cells if cell.indicator == RATE}
    assert told[COOPERATION, "tertial", JANUARY, "not_reached"].shown.reason == "audit"
    assert {told[place, "tertial", JANUARY, None].shown.value for place in PLACES} == {0.5}
    # Ten or more that were not reached in each of several give nobody away.
    many = [one._replace(numerator=12.0 if one.persons else 0.0) for one in lines]
    made = {**made, RATE: Rows([*rows(ANSWERED, ANSWERED)[RATE].counted, *many], made[RATE].states)}
    assert outcomes(of_rows(made)[1])[RATE] == "passed"


def outcomes(blocks: Sequence[Block]) -> Mapping[str, str]:
    return {block.indicator: block.outcome for block in blocks}


def of_answers(indicator: str, tertial: dt.date = JANUARY) -> family.Family:
    """The response rate, and what counts some of its answers."""
    (found,) = (one for one in family.families(LOADED, (indicator, tertial)) if not one.again)
    return found


def test_of_a_family_the_response_rate_comes_first() -> None:
    one = of_answers(BENEFIT)
    assert one.blocks == ((RATE, JANUARY), (BENEFIT, JANUARY))
    assert one in family.families(LOADED, (RATE, JANUARY))
    assert (family.rank(LOADED, RATE), family.rank(LOADED, BENEFIT)) == (0, 1)
    assert family.families(LOADED, ("participants", JANUARY)) == ()


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
    one = of_answers(BENEFIT)
    of = {(name, JANUARY): cells for name, cells in shown.items()}
    return jury.as_one(one, LOADED, truths, of)


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


# -- asked for half a year later, and counted by the month of the course -------------------------

HALF_RATE, HALF_BENEFIT = "response_rate_half_year", "benefit_half_year"
MAY, SEPTEMBER = dt.date(2026, 5, 1), dt.date(2026, 9, 1)
YEAR = [dt.date(2026, month, 1) for month in range(1, 13)]

Sent = Mapping[int, Mapping[str, int]]
"""By the month of asking, the answers of each municipality."""


def half_year(sent: Sent, *, left_out: int = 0) -> Mapping[str, str]:
    """What the gate decides where courses of January to April are asked about from July.

    Args:
        left_out: How many of Ringebu's answers leave the question about benefit out.
    """
    states = {(place, month): State("measured", None) for place in PLACES for month in YEAR}
    rate, benefit = [], []
    for place in PLACES:
        for month in YEAR:
            count = sent.get(month.month, {}).get(place)
            own = (0, 0, None) if count is None else (count, 2 * count, count)
            rate.append(Counted(place, month, None, *own))
            # All of them of courses half a year before.
            valid = sent.get(month.month + 6, {}).get(place)
            if valid is not None and place == "3439":
                valid = max(0, valid - left_out)
            own = (0, 0, None) if valid is None else (valid // 2, valid, valid)
            benefit.append(Counted(place, month, None, *own))
    made = {HALF_RATE: Rows(rate, states), HALF_BENEFIT: Rows(benefit, states)}
    found = [
        cell
        for name, own in made.items()
        for cell in combine.cells(LOADED[name], own.counted, own.states)
    ]
    locked = freezing.frozen(found, LOADED, [Lock(YEAR[-1], dt.date(2027, 3, 10))])
    gated = gate.gated(
        locked, LOADED, Truths(made, lambda *_: None), {}, {}, number=1, ledger_entry=1
    )
    return {
        block.indicator: block.outcome
        for block in gated[1]
        if block.indicator == HALF_RATE or block.tertial == JANUARY
    }


def test_a_course_tertial_is_audited_with_both_tertials_of_asking() -> None:
    one = of_answers(HALF_BENEFIT)
    assert one.blocks == ((HALF_RATE, MAY), (HALF_RATE, SEPTEMBER), (HALF_BENEFIT, JANUARY))
    assert [member.months for member in one.members] == [(6, 7)]
    of = {
        found.of
        for found in family.families(LOADED, (HALF_RATE, SEPTEMBER))
        if found.others == (HALF_BENEFIT,)
    }
    assert of == {JANUARY, MAY}


def test_what_all_answers_of_four_months_of_courses_are_tells_of_a_month_in_a_band() -> None:
    many = dict.fromkeys(PLACES, 15)
    # In October one municipality alone asked: under ten answers. All others were counted exactly,
    # and the sum of those about benefit says that eight of them are from there.
    found = half_year({7: many, 8: many, 10: {"3439": 8}})
    assert found[HALF_BENEFIT] == "withheld"
    assert found[HALF_RATE] == "passed"


def test_where_enough_left_the_question_out_nothing_is_told_of_the_band() -> None:
    many = dict.fromkeys(PLACES, 15)
    found = half_year({7: many, 8: many, 10: {"3439": 8}}, left_out=8)
    assert found == {HALF_RATE: "passed", HALF_BENEFIT: "passed"}


def test_where_each_month_of_asking_is_shown_exactly_so_is_the_benefit() -> None:
    many = dict.fromkeys(PLACES, 15)
    assert half_year({7: many, 8: many, 9: many})[HALF_BENEFIT] == "passed"


def test_response_rates_alone_are_no_family_to_ask_about() -> None:
    one = of_answers(HALF_BENEFIT)
    shown = next(iter(released(ANSWERED, ANSWERED).values()))
    rates = {(HALF_RATE, MAY): shown, (HALF_RATE, SEPTEMBER): shown}
    assert not one.is_told(rates)
    assert one.is_told({**rates, (HALF_BENEFIT, JANUARY): shown})
    assert not one.is_told({(HALF_BENEFIT, JANUARY): shown})


# -- the same people, asked the same day and again half a year later -------------------------------


def test_those_asked_again_are_audited_with_both_tertials_in_which_they_were_asked_first() -> None:
    one = again(MAY)
    assert one.blocks == (
        (RATE, dt.date(2025, 9, 1)),
        (RATE, JANUARY),
        # With what they answered then,
        (BENEFIT, dt.date(2025, 9, 1)),
        (BENEFIT, JANUARY),
        # and with the other tertials in which those were asked again.
        (HALF_RATE, JANUARY),
        (HALF_RATE, MAY),
        (HALF_RATE, SEPTEMBER),
    )
    assert one in family.families(LOADED, (RATE, JANUARY))
    assert again(SEPTEMBER) in family.families(LOADED, (RATE, JANUARY))
    assert one in family.families(LOADED, (BENEFIT, JANUARY))
    # What is asked half a year later reckons with all that was asked the same day.
    names = (RATE, BENEFIT, HALF_RATE, HALF_BENEFIT)
    assert [family.rank(LOADED, name) for name in names] == [0, 1, 2, 3]
    # And one tertial of it with what the one before shows.
    for name in names:
        turns = [family.turn(LOADED, (name, tertial)) for tertial in (SEPTEMBER, JANUARY, MAY)]
        assert sorted(turns) == [turns[1], turns[2], turns[0]]


def again(of: dt.date) -> family.Family:
    return next(one for one in family.families(LOADED, (HALF_RATE, of)) if one.again)


ASKED = (26, 22, 4, 21, 20, 19)
"""How many each municipality asked in January; the third is small."""

JULY = dt.date(2026, 7, 1)


def asked_twice(
    asked_in_july: Sequence[int | None], asked_in_january: Sequence[int | None] = ASKED
) -> tuple[dict[str, Rows], list[Cell], list[Block]]:
    """What the gate decides of January and July.

    Args:
        asked_in_july, asked_in_january: By municipality; None where it is not delivered.
    """
    made: dict[str, Rows] = {}
    for name, month, of in (
        (RATE, JANUARY, asked_in_january),
        (HALF_RATE, JULY, asked_in_july),
    ):
        counted, states = [], {}
        for place, asked in zip(PLACES, of, strict=True):
            for each in YEAR:
                states[place, each] = State("missing" if asked is None else "measured", None)
                is_sent = each == month and asked
                own = (asked - 1, asked, asked - 1) if asked and is_sent else (0, 0, None)
                counted.append(Counted(place, each, None, *own))
        made[name] = Rows(counted, states)
    made |= {name: Rows([], {}) for name in (BENEFIT, HALF_BENEFIT)}
    found = [
        cell
        for name, own in made.items()
        for cell in combine.cells(LOADED[name], own.counted, own.states)
    ]
    locked = freezing.frozen(found, LOADED, [Lock(YEAR[-1], dt.date(2027, 3, 10))])
    cells, blocks = gate.gated(
        locked, LOADED, Truths(made, lambda *_: None), {}, {}, number=1, ledger_entry=1
    )
    return made, cells, blocks


def shown_in(cells: Sequence[Cell], name: str, month: dt.date) -> float | None:
    (found,) = [
        cell
        for cell in cells
        if (cell.indicator, cell.municipality_id, cell.grain, cell.period, cell.part)
        == (name, COOPERATION, "month", month, None)
    ]
    return found.shown.denominator


def test_a_municipality_that_lacks_the_second_time_is_not_the_difference_of_two_sums() -> None:
    _, cells, _ = asked_twice([26, 22, None, 21, 20, 19])
    assert shown_in(cells, RATE, JANUARY) == 112
    # 108 beside it would say that the third asked four.
    assert shown_in(cells, HALF_RATE, JULY) is None


def test_where_everybody_is_there_both_times_both_sums_are_shown() -> None:
    _, cells, _ = asked_twice(ASKED)
    assert shown_in(cells, RATE, JANUARY) == shown_in(cells, HALF_RATE, JULY) == 112


def test_a_difference_of_those_whom_nobody_asked_again_says_little() -> None:
    # Ten of each of two were not asked again: who knows of the one does not know of the other.
    _, cells, _ = asked_twice([16, 12, None, 21, 20, 19])
    assert shown_in(cells, HALF_RATE, JULY) == 88
    _, cells, _ = asked_twice([16, 22, None, 21, 20, 19])
    assert shown_in(cells, HALF_RATE, JULY) is None


Shown = dict[tuple[str, dt.date], list[Released]]


def shown_of(made: Mapping[str, Rows], cells: Sequence[Cell], grains: Mapping[str, str]) -> Shown:
    """What is shown of January, and of July half a year later.

    Args:
        grains: Of each indicator the grain that is looked at.
    """
    truths = Truths(made, lambda *_: None)
    found: Shown = {}
    for name, grain in grains.items():
        tertial, month = (MAY, JULY) if name == HALF_RATE else (JANUARY, JANUARY)
        period = month if grain == "month" else tertial
        found[name, tertial] = [
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
                    if cell.municipality_id in (COOPERATION, place)
                    and made[name].states[place, month].state == "measured"
                ),
                truths.of(LOADED[name], tertial),
            )
            for cell in cells
            if (cell.indicator, cell.grain, cell.period) == (name, grain, period)
        ]
    return found


def test_nor_is_one_that_lacks_the_first_time() -> None:
    made, cells, _ = asked_twice(ASKED, [26, 22, None, 21, 20, 19])
    assert shown_in(cells, RATE, JANUARY) == 108
    assert shown_in(cells, HALF_RATE, JULY) is None
    # Nor before the tertial is over, when only months are told.
    counted = [
        cell
        for name in (RATE, HALF_RATE)
        for cell in combine.cells(LOADED[name], made[name].counted, made[name].states)
    ]
    shown = shown_of(made, counted, {RATE: "month", HALF_RATE: "month"})
    one = jury.as_one(again(MAY), LOADED, Truths(made, lambda *_: None), shown)
    assert ("3438", JULY, HALF_RATE, 4, 4) in {
        (told.number.municipality_id, told.number.month, told.number.part, told.low, told.high)
        for told in audit.audited(*one, is_whole=True).learnt
    }


def test_more_that_are_asked_again_than_the_first_time_make_no_contradiction() -> None:
    made, cells, _ = asked_twice([30, 25, 9, 24, 22, 20])
    shown = shown_of(made, cells, {RATE: "month", HALF_RATE: "month"})
    truths = Truths(made, lambda *_: None)
    assert audit.audited(*jury.as_one(again(MAY), LOADED, truths, shown)).could_be_judged


def test_what_two_of_three_say_of_a_municipality_the_third_may_complete() -> None:
    # The third has under ten answers in January, and no file of July. All others asked 108 then, so
    # 108 the first time; and of 115 answers about benefit all others gave at most those.
    made, cells, _ = asked_twice([26, 22, None, 21, 20, 19])
    states = made[RATE].states
    of = dict(zip(PLACES, (26, 22, 7, 21, 20, 19), strict=True))
    for name in (RATE, BENEFIT):
        rows = [
            Counted(place, month, None, count if name == RATE else count // 2, count, count)
            if month == JANUARY
            else Counted(place, month, None, 0, 0, None)
            for place, count in of.items()
            for month in YEAR
        ]
        made[name] = Rows(rows, states)
    cells = [
        cell
        for name in (RATE, BENEFIT, HALF_RATE)
        for cell in combine.cells(LOADED[name], made[name].counted, made[name].states)
        # Of the first time the municipalities' bands, of benefit what all have together.
        if (cell.municipality_id == COOPERATION) == (name != RATE)
    ]
    grains = {RATE: "tertial", BENEFIT: "tertial", HALF_RATE: "month"}
    truths = Truths(made, lambda *_: None)

    def passes(*names: str) -> bool:
        shown = shown_of(made, cells, {name: grains[name] for name in names})
        one = jury.as_one(again(MAY), LOADED, truths, shown)
        return audit.audited(*one).passed

    assert passes(RATE, BENEFIT)
    assert passes(RATE, HALF_RATE)
    assert not passes(RATE, BENEFIT, HALF_RATE)
