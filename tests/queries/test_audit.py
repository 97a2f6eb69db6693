"""What can be concluded from a table of bands and a total, and what the audit makes of it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import attack, audit, disclosure
from queries.base import Base, BaseKey, Kind, Released
from queries.disclosure import COOPERATION, Shown
from queries.knowledge import Knowledge

MONTH = dt.date(2026, 9, 1)
PERSONS = Kind({None: "count"}, {None: "largest"}, parts_add_up=False, most=1000)
ANSWERS = Kind({None: "share"}, {None: "numerator"}, parts_add_up=False, most=1000)


def truth_of(values: Sequence[int]) -> dict[BaseKey, Base]:
    """One municipality for each value, with one activity each."""
    return {(str(n), MONTH, None): Base(value, None, value, 1) for n, value in enumerate(values)}


def bands(values: Sequence[int]) -> list[Released]:
    """Every municipality's band of a tertial in which only one month had anything."""
    truth = truth_of(values)
    return [
        Released(
            place,
            "tertial",
            MONTH,
            None,
            "measured",
            disclosure.shown_municipality(
                base.numerator, None, base.numerator, unit="count", nothing_held=False
            ),
            ((place, MONTH),),
            truth,
        )
        for (place, _, _), base in truth.items()
    ]


def total(values: Sequence[int], shown: Shown | None = None) -> Released:
    """The cooperation's month."""
    truth = truth_of(values)
    of = tuple((place, month) for place, month, _ in truth)
    return Released(
        COOPERATION,
        "month",
        MONTH,
        None,
        "measured",
        shown
        or disclosure.shown_cooperation(
            sum(values),
            None,
            sum(values),
            unit="count",
            largest=max(values),
            nothing_held=False,
        ),
        of,
        truth,
    )


# -- the table worked by hand, methods.md C -------------------------------------------------------


def test_a_total_at_the_sum_of_the_low_ends_gives_every_number_away() -> None:
    values = (50, 20, 10, 0, 0, 0)  # 50+, 20-49, 10-19, 0-9, 0-9, 0-9 and 80
    released = [*bands(values), total(values)]
    assert not audit.audited(PERSONS, released).passed
    found = audit.bounds(PERSONS, released, is_exact=True)
    assert [(one.low, one.high) for one in found] == [(value, value) for value in values]


def test_a_total_of_97_leaves_the_small_ones_anything_from_0_to_9() -> None:
    values = (55, 25, 12, 3, 1, 1)
    truth = {
        key: Base(base.numerator, None, base.persons, None)
        for key, base in truth_of(values).items()
    }
    released = [
        Released(one.municipality_id, one.grain, MONTH, None, "measured", one.shown, one.of, truth)
        for one in [*bands(values), total(values)]
    ]
    assert audit.audited(PERSONS, released).passed
    found = audit.bounds(PERSONS, released, is_exact=True)
    # That somebody came is taken for known.
    assert [(one.low, one.high) for one in found[3:]] == [(1, 9)] * 3


def test_the_same_total_without_the_bands_passes() -> None:
    assert audit.audited(PERSONS, [total((50, 20, 10, 0, 0, 0))]).passed


def test_that_a_total_is_exact_can_give_three_equal_numbers_away() -> None:
    # Ten are left without any of them, so none has more than five: all have five.
    verdict = audit.audited(PERSONS, [total((5, 5, 5))], is_whole=True)
    assert {(one.low, one.high) for one in verdict.learnt if one.attacker is None} == {(5, 5)}


def test_that_a_total_is_a_band_tells_a_municipality_what_the_others_have() -> None:
    # Too little is left without the largest, and 8 of it is one's own: the third has 1 at most.
    values = (40, 8, 1)
    verdict = audit.audited(PERSONS, [*bands(values), total(values)], is_whole=True)
    assert ("1", "2") in {(one.attacker, one.number.municipality_id) for one in verdict.learnt}
    assert audit.audited(PERSONS, [total(values)]).passed


def test_a_municipality_that_knows_its_own_number_learns_more_than_an_outsider() -> None:
    # 49 is the most that the band allows, and 47 of it is one's own.
    values = (47, 1, 1)
    released = [total(values, Shown(band="20-49", how="band", reason="small_rest"))]
    assert {one.attacker for one in audit.audited(PERSONS, released, is_whole=True).learnt} == {"0"}


# -- planted leaks --------------------------------------------------------------------------------


def test_a_period_that_is_issued_again_with_one_who_came_late_is_caught() -> None:
    late, values = (30, 25, 3), (30, 25)
    first = total(values)
    again = total(late)
    assert audit.audited(PERSONS, [first]).passed
    verdict = audit.audited(PERSONS, [first, again], is_whole=True)
    assert (3, 3) in {(one.low, one.high) for one in verdict.learnt if one.attacker is None}


def test_a_period_that_is_issued_again_corrected_says_what_was_corrected() -> None:
    # Only one of them was counted anew: that the others stood still need not be believed to be
    # known for the two totals to contradict each other as one table.
    first, again = total((14, 13, 2)), total((14, 13, 4))
    verdict = audit.audited(PERSONS, [first, again])
    assert verdict.could_be_judged


def test_numbers_that_contradict_each_other_are_not_let_through() -> None:
    values = (40, 30, 3)
    wrong = total(values, Shown(numerator=20.0, value=20.0, how="exact"))
    verdict = audit.audited(PERSONS, [*bands(values), wrong])
    assert not verdict.passed
    assert not verdict.could_be_judged


# -- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "is_safe"),
    [
        (0, 3, False),
        (0, 4, False),  # could still be 0, but nothing from 5
        (0, 5, True),
        (1, 4, False),
        (1, 5, True),
        (2, 5, False),  # four values
        (5, 8, False),
        (5, 9, True),
        (9, 9, False),
        (9, 12, False),
        (9, 13, True),
        (10, 10, True),
    ],
)
def test_five_values_must_be_left_below_ten(low: int, high: int, is_safe: bool) -> None:
    assert attack.is_safe(low, high) is is_safe


@pytest.mark.parametrize(
    ("low", "high", "is_proven"),
    [
        (10, 11, False),  # may be nine too, and then it is one of three
        (10, 13, False),
        (10, 14, True),  # whatever more is possible, five values are
        (9, 12, False),
        (0, 4, False),
        (0, 5, True),
        (1, 5, True),
    ],
)
def test_points_that_were_found_prove_nothing_of_what_was_not(
    low: int, high: int, is_proven: bool
) -> None:
    assert attack.is_proven_safe(low, high) is is_proven


# -- a second opinion: every table that looks the same --------------------------------------------

TOP = 40
"""More than any total below leaves for one municipality."""


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 13), min_size=3, max_size=3), st.booleans())
def test_trying_every_table_gives_the_same_verdict(values: list[int], has_bands: bool) -> None:
    coop = total(values)
    shown = [*bands(values), coop] if has_bands else [coop]
    alike = [
        table
        for table in itertools.product(range(1, TOP), repeat=3)
        if _looks(coop.shown, table)
        and (not has_bands or [_band(one) for one in table] == [_band(one) for one in values])
    ]
    is_safe = all(
        attack.is_safe(min(left), max(left))
        for attacker in (None, 0, 1, 2)
        for known in [[t for t in alike if attacker is None or t[attacker] == values[attacker]]]
        for target in range(3)
        if target != attacker
        for left in [{table[target] for table in known}]
    )
    assert audit.audited(PERSONS, shown).passed is is_safe


def _band(value: int) -> str:
    return "0-9" if value < 10 else "10-19" if value < 20 else "20-49" if value < 50 else "50+"


def _looks(shown: Shown, table: Sequence[int]) -> bool:
    """Whether the cooperation's cell of a table would look the same, by methods.md C 3."""
    if sum(table) - max(table) >= 10:
        return shown.numerator == sum(table)
    return shown.numerator is None and shown.band == _band(sum(table))


def test_who_knows_where_nobody_came_learns_no_more_of_the_others() -> None:
    # Ten are left without any of three who have five. That a fourth may have some of them hides
    # it, but not from who sees on another page that nobody came there.
    hidden = audit.bounds(PERSONS, [total((5, 5, 5, 0))], is_exact=True)
    assert any(one.low < one.high for one in hidden)
    assert not audit.audited(PERSONS, [total((5, 5, 5, 0))]).passed
    assert audit.audited(PERSONS, [total((9, 8, 7, 0))]).passed


@pytest.mark.parametrize(("known_of", "is_safe"), [(7, False), (4, True)])
def test_whoever_was_not_reached_is_one_of_those_asked(known_of: int, is_safe: bool) -> None:
    # Of ten it is known whom the question reached: who has three of them knows that seven or more
    # are the other one's, and its band says that under ten were asked.
    kind = Kind(
        {None: "share", "not_reached": "share"},
        {None: "numerator", "not_reached": "whole"},
        parts_add_up=False,
        most=1000,
        unreached=frozenset({"not_reached"}),
    )
    truth: dict[BaseKey, Base] = {
        ("0", MONTH, None): Base(4, 9, 4),
        ("0", MONTH, "not_reached"): Base(3, known_of, 4),
        ("1", MONTH, None): Base(2, 5, 2),
        ("1", MONTH, "not_reached"): Base(0, 3, 2),
    }
    out_of = disclosure.band_of(known_of + 3)
    few = Shown(band="0-9", denominator_band="0-9", how="band", reason="few_answers")
    rest = Shown(band="0-9", denominator_band=out_of, how="band", reason="small_rest")
    released = [
        Released(who, "tertial", MONTH, part, "measured", shown, of, truth)
        for who, part, shown, of in (
            ("0", None, few, (("0", MONTH),)),
            ("1", None, few, (("1", MONTH),)),
            (COOPERATION, "not_reached", rest, (("0", MONTH), ("1", MONTH))),
        )
    ]
    assert audit.audited(kind, released).passed == is_safe


def test_what_was_known_before_a_correction_is_believed_beside_what_was_shown_after_it() -> None:
    """Nobody had answered in September; who holds on to it learns of how many were asked."""
    later = [dt.date(2026, month, 1) for month in (10, 12)]
    asked = {month: Base(x, n, x) for month, (x, n) in zip(later, ((0, 1), (19, 20)), strict=True)}
    before: dict[BaseKey, Base] = {
        ("3404", MONTH, None): Base(0, 1, 0),
        ("3401", MONTH, None): Base(1, None, 1),
    }
    after: dict[BaseKey, Base] = {
        ("3402", later[1], None): Base(6, 21, 6),
        ("3404", MONTH, None): Base(1, 2, 1),
        **{("3404", month, None): base for month, base in asked.items()},
    }
    without_list = disclosure.shown_cooperation(
        1, None, 1, unit="share", largest=1, nothing_held=False
    )
    december = disclosure.shown_cooperation(
        25, 41, 25, unit="share", largest=19, nothing_held=False
    )
    tertial = disclosure.shown_municipality(20, 23, 20, unit="share", nothing_held=False)

    def released(
        who: str, month: dt.date, shown: Shown, of: Sequence[BaseKey], entry: int | None
    ) -> Released:
        grain = "month" if who == COOPERATION else "tertial"
        pairs = tuple((place, when) for place, when, _ in of)
        truth = after if entry is None else before
        return Released(who, grain, month, None, "measured", shown, pairs, truth, entry)

    found = audit.audited(
        ANSWERS,
        [
            released("3404", MONTH, tertial, [key for key in after if key[0] == "3404"], None),
            released(COOPERATION, MONTH, without_list, list(before), 1),
            released(
                COOPERATION, later[1], december, [key for key in after if key[1] == later[1]], None
            ),
        ],
        is_whole=True,
    )
    learnt = {
        (one.number.municipality_id, one.number.what, one.low, one.high) for one in found.learnt
    }
    assert {one.attacker for one in found.learnt} == {"3402"}
    assert learnt == {("3404", "denominator", 1, 3)}


def test_a_municipality_may_take_its_newest_number_for_what_it_had_when_a_total_was_released() -> (
    None
):
    # 53 were 27, 23 and 3. The first has counted 30 since: of the 23 that it reckons are left,
    # the second's band says 20 at least.
    before, now = truth_of((27, 23, 3)), truth_of((30, 23, 3))
    first = replace(total((27, 23, 3)), truth=before, entry=1)
    of_two = [replace(cell, truth=now) for cell in bands((30, 23))]
    found = audit.audited(PERSONS, [first, *of_two], is_whole=True).learnt
    assert {(one.attacker, one.number.municipality_id) for one in found} == {("0", "2")}
    assert {(one.low, one.high) for one in found} == {(0, 3), (1, 3)}
    # With 27 there are 26 left, and up to six of them are the third's.
    assert audit.audited(PERSONS, [total((27, 23, 3)), *bands((27, 23))]).passed


def test_a_tertial_is_not_taken_for_the_months_of_another_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What is told of two tertials is audited together where the same people are asked twice.
    believed: list[bool] = []

    class Noted(Knowledge):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            believed.append(self.assumed.is_linked)

    monkeypatch.setattr(audit, "Knowledge", Noted)
    before = dt.date(2026, 5, 1)
    values = (50, 40, 30)
    of_may = {(who, before, part): base for (who, _, part), base in truth_of(values).items()}
    earlier = [
        replace(cell, period=before, of=((cell.municipality_id, before),), truth=of_may)
        for cell in bands(values)
    ]
    assert audit.audited(PERSONS, [*earlier, total(values)]).passed
    assert not any(believed), "nothing was corrected or withdrawn"
    # Of its own tertial a month that somebody saw is missed.
    assert audit.audited(PERSONS, [*bands(values)[:2], total(values)]).passed
    assert not any(believed)
    less = replace(bands(values)[0], of=())
    audit.audited(PERSONS, [less, total(values)])
    assert any(believed)


def test_to_one_activity_of_a_kind_come_no_more_than_to_the_largest_of_the_month() -> None:
    # Two months, each in a band because ten are not left without its largest activity.
    january, february = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
    held = {
        # Municipality, month and kind: how many activities, and who came.
        ("a", january, "cafe"): (1, 3),
        ("b", january, "cafe"): (1, 6),
        ("c", january, "meeting"): (1, 25),
        ("c", january, "cafe"): (1, 2),
        ("a", february, "meeting"): (1, 9),
        ("a", february, "cafe"): (1, 1),
        ("b", february, "cafe"): (1, 17),
    }
    kind = Kind(
        units=dict.fromkeys((None, "meeting", "cafe"), "count"),
        behind=dict.fromkeys((None, "meeting", "cafe"), "largest"),
        parts_add_up=True,
        most=400,
    )
    truth: dict[BaseKey, Base] = {
        (*key[:2], key[2]): Base(came, None, came, events) for key, (events, came) in held.items()
    }
    for who, month in {key[:2] for key in held}:
        of = [row for key, row in held.items() if key[:2] == (who, month)]
        came = [each for _, each in of]
        truth[who, month, None] = Base(sum(came), None, max(came), len(of))

    def told(months: Sequence[dt.date], part: str | None, band: str) -> Released:
        of = sorted({(who, month) for who, month, _ in held if month in months})
        grain = "tertial" if part else "month"
        shown = Shown(band=band, how="band", reason="small_rest")
        return Released(COOPERATION, grain, months[0], part, "measured", shown, tuple(of), truth)

    released = [
        told([january], None, "20-49"),
        told([february], None, "20-49"),
        told([january, february], "meeting", "20-49"),
    ]
    # b has 17 in February, so at most nine came to the meeting of a, and at least eleven to that of
    # c. Then c has the largest of January, and without it, with six of b, three are left for a.
    verdict = audit.audited(kind, released, is_whole=True)
    assert ("b", "a", january) in {
        (one.attacker, one.number.municipality_id, one.number.month) for one in verdict.learnt
    }
    assert max(one.high for one in verdict.learnt if one.number.month == january) == 3
