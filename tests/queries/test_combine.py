"""From counted rows to cells: sums, tertials and states."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from queries import cards, combine
from queries.cell import Cell
from queries.combine import COOPERATION, Counted, State

PLACES = ("3405", "3436", "3438", "3439", "3440", "3441")
MONTHS = [dt.date(2026, month, 1) for month in range(1, 11)]
JANUARY, MAY = dt.date(2026, 1, 1), dt.date(2026, 5, 1)
DAY = dt.date(2026, 11, 4)

SHARES = cards.load_all()["same_day_evaluation"]
PERSONS = cards.load_all()["participants"]
ANSWERS = cards.load_all()["response_rate_same_day"]


def states(**other: str) -> dict[tuple[str, dt.date], State]:
    """Everything measured, except where a place's months are said to be otherwise."""
    return {
        (place, month): State(other.get(f"p{place}", "measured"), DAY)
        for place in PLACES
        for month in MONTHS
    }


def rows(numerator: float, denominator: float | None, persons: float | None) -> list[Counted]:
    return [
        Counted(place, month, None, numerator, denominator, persons)
        for place in PLACES
        for month in MONTHS
    ]


def only(cells: list[Cell], place: str, grain: str, period: dt.date) -> Cell:
    found = [
        cell
        for cell in cells
        if (cell.municipality_id, cell.grain, cell.period, cell.part)
        == (place, grain, period, None)
    ]
    assert len(found) == 1
    return found[0]


def test_the_cooperation_adds_numerators_and_denominators() -> None:
    cell = only(combine.cells(SHARES, rows(1, 2, None), states()), COOPERATION, "month", JANUARY)
    assert (cell.shown.numerator, cell.shown.denominator, cell.shown.value) == (6, 12, 0.5)
    assert (cell.delivered, cell.members) == (6, 6)


def test_a_missing_municipality_is_left_out_of_the_sum_and_counted() -> None:
    cells = combine.cells(SHARES, rows(1, 2, None), states(p3441="missing"))
    together = only(cells, COOPERATION, "month", JANUARY)
    assert (together.shown.numerator, together.delivered, together.members) == (5, 5, 6)
    alone = only(cells, "3441", "month", JANUARY)
    assert (alone.state, alone.shown.value, alone.shown.reason) == ("missing", None, "missing")


def test_where_nothing_was_to_be_counted_anywhere_the_sum_says_so() -> None:
    cell = only(combine.cells(SHARES, rows(0, 0, None), states()), COOPERATION, "month", JANUARY)
    assert (cell.shown.numerator, cell.shown.denominator, cell.shown.value) == (0, 0, None)
    assert cell.shown.reason == "nothing_to_count"


def test_one_who_is_no_member_is_in_no_denominator() -> None:
    cells = combine.cells(SHARES, rows(1, 2, None), states(p3441="not_member"))
    together = only(cells, COOPERATION, "month", JANUARY)
    assert (together.delivered, together.members) == (5, 5)


def test_one_provisional_part_makes_the_whole_provisional() -> None:
    cells = combine.cells(SHARES, rows(1, 2, None), states(p3441="provisional"))
    assert only(cells, COOPERATION, "month", JANUARY).state == "provisional"


def test_nothing_delivered_by_anybody_is_missing() -> None:
    nobody = states(**{f"p{place}": "missing" for place in PLACES})
    cell = only(combine.cells(SHARES, rows(1, 2, None), nobody), COOPERATION, "month", JANUARY)
    assert (cell.state, cell.delivered, cell.members) == ("missing", 0, 6)


def test_persons_are_released_by_month_together_and_by_closed_tertial_alone() -> None:
    cells = combine.cells(PERSONS, rows(8, None, 8), states())
    grains = {(cell.municipality_id == COOPERATION, cell.grain) for cell in cells if not cell.part}
    assert grains == {(True, "month"), (False, "tertial")}
    alone = only(cells, "3439", "tertial", JANUARY)
    assert (alone.shown.band, alone.shown.numerator) == ("20-49", None)  # 4 months of 8


def test_one_hidden_line_of_a_breakdown_hides_its_siblings_too() -> None:
    # Of workshops only one municipality had any: nothing is left without the largest.
    counted = rows(40, None, 20)
    for row in rows(30, None, 15):
        counted.append(row._replace(part="dialogue_meeting"))
        held = row.municipality_id == "3438"
        counted.append(
            row._replace(part="workshop", numerator=10 * held, persons=10.0 if held else None)
        )
    cells = combine.cells(PERSONS, counted, states())
    lines = {cell.part: cell.shown for cell in cells if cell.part and cell.period == JANUARY}
    assert {part: shown.how for part, shown in lines.items()} == {
        "dialogue_meeting": "band",
        "workshop": "band",
    }
    assert all(shown.numerator is None for shown in lines.values())


def test_the_same_persons_may_come_again_but_every_answer_is_another_one() -> None:
    # 8 a month is 32 attendances in a tertial, by at least 8 persons: too few for a share.
    as_persons = combine.cells(replace(ANSWERS, privacy="persons"), rows(8, 20, 8), states())
    as_answers = combine.cells(ANSWERS, rows(8, 20, 8), states())
    assert only(as_persons, "3439", "tertial", JANUARY).shown.reason == "few_answers"
    assert only(as_answers, "3439", "tertial", JANUARY).shown.value == 0.4


def test_a_tertial_with_a_missing_month_says_how_many_months_it_has() -> None:
    known = states()
    known["3441", MAY] = State("missing", None)
    cell = only(combine.cells(PERSONS, rows(8, None, 8), known), "3441", "tertial", MAY)
    assert (cell.delivered, cell.members) == (3, 4)


def test_a_rate_has_no_denominator_where_one_part_has_no_list_of_those_asked() -> None:
    counted = [
        row._replace(denominator=None) if row.municipality_id == "3439" else row
        for row in rows(8, 20, 8)
    ]
    cell = only(combine.cells(ANSWERS, counted, states()), COOPERATION, "month", JANUARY)
    assert (cell.shown.denominator, cell.shown.value) == (None, None)
    assert cell.shown.reason == "no_list_of_asked"


LOOP = cards.load_all()["loop"]


def of_tertials(*places: str) -> list[Counted]:
    return [
        Counted(place, first, None, 1, 2, None, "tertial")
        for place in (*places, COOPERATION)
        for first in (JANUARY, MAY)
    ]


def test_rows_of_a_tertial_are_cells_of_a_tertial() -> None:
    cells = combine.cells(LOOP, of_tertials(*PLACES), states())
    assert {cell.grain for cell in cells} == {"tertial"}
    alone = only(cells, "3439", "tertial", JANUARY)
    assert (alone.state, alone.shown.value, alone.delivered, alone.members) == (
        "measured", 0.5, 4, 4,
    )  # fmt: skip
    together = only(cells, COOPERATION, "tertial", JANUARY)
    assert (together.shown.numerator, together.delivered, together.members) == (1, 6, 6)


def test_a_tertial_is_provisional_until_its_last_month_has_matured() -> None:
    known = states()
    known["3439", dt.date(2026, 4, 1)] = State("provisional", DAY)
    cells = combine.cells(LOOP, of_tertials(*PLACES), known)
    assert only(cells, "3439", "tertial", JANUARY).state == "provisional"
    assert only(cells, "3440", "tertial", JANUARY).state == "measured"
    assert only(cells, COOPERATION, "tertial", JANUARY).state == "provisional"
    assert only(cells, "3439", "tertial", MAY).state == "measured"


def test_a_tertial_without_a_single_month_is_missing_for_that_municipality_alone() -> None:
    cells = combine.cells(LOOP, of_tertials(*PLACES), states(p3441="missing"))
    alone = only(cells, "3441", "tertial", JANUARY)
    assert (alone.state, alone.shown.value, alone.delivered) == ("missing", None, 0)
    together = only(cells, COOPERATION, "tertial", JANUARY)
    assert (together.state, together.delivered, together.members) == ("measured", 5, 6)


def test_one_who_became_a_member_within_the_tertial_has_its_own_months() -> None:
    known = states()
    for month in MONTHS[:2]:
        known["3441", month] = State("not_member", None)
    alone = only(combine.cells(LOOP, of_tertials("3441"), known), "3441", "tertial", JANUARY)
    assert (alone.state, alone.delivered, alone.members) == ("measured", 2, 2)


# -- four months at a time, and all together alone ----------------------------------------------

BENEFIT = cards.load_all()["benefit_same_day"]
LISTENED = cards.load_all()["listened_to"]


def test_a_cohort_of_four_months_is_by_tertial_for_the_cooperation_too() -> None:
    cells = combine.cells(BENEFIT, rows(4, 8, 8), states())
    grains = {(cell.municipality_id == COOPERATION, cell.grain) for cell in cells}
    assert grains == {(True, "tertial"), (False, "tertial")}
    together = only(cells, COOPERATION, "tertial", JANUARY)
    # Six municipalities in four months.
    assert (together.shown.numerator, together.shown.denominator) == (96, 192)
    assert (together.delivered, together.members) == (6, 6)


def test_who_lacks_a_month_is_in_the_sum_and_is_not_said_to_have_delivered() -> None:
    known = states()
    known["3441", MAY] = State("missing", None)
    together = only(combine.cells(BENEFIT, rows(4, 8, 8), known), COOPERATION, "tertial", MAY)
    assert (together.shown.denominator, together.delivered, together.members) == (184, 5, 6)


def test_the_largest_municipality_is_the_one_of_the_whole_tertial() -> None:
    # Nine are left each month without the largest, and 36 in all four.
    counted = [
        row._replace(persons=30.0 if row.municipality_id == "3405" else 1.8)
        for row in rows(4, 8, 8)
    ]
    together = only(combine.cells(BENEFIT, counted, states()), COOPERATION, "tertial", JANUARY)
    assert together.shown.how == "exact"


def test_what_is_for_all_together_alone_has_no_cell_of_a_municipality_in_any_period() -> None:
    cells = combine.cells(LISTENED, rows(4, 8, 8), states())
    assert {(cell.municipality_id, cell.grain) for cell in cells} == {(COOPERATION, "tertial")}
