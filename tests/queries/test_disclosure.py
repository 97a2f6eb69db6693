"""What may be shown of numbers about persons and answers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import disclosure, intervals


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (0, "0-9"),
        (9, "0-9"),
        (10, "10-19"),
        (19, "10-19"),
        (20, "20-49"),
        (49, "20-49"),
        (50, "50+"),
    ],
)
def test_bands_change_at_their_limits(count: int, band: str) -> None:
    assert disclosure.band_of(count) == band


@pytest.mark.parametrize(
    ("month", "tertial", "last"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 4, 30)),
        (dt.date(2026, 4, 1), dt.date(2026, 1, 1), dt.date(2026, 4, 30)),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 1), dt.date(2026, 8, 31)),
        (dt.date(2026, 12, 1), dt.date(2026, 9, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_tertial_is_four_months(month: dt.date, tertial: dt.date, last: dt.date) -> None:
    assert disclosure.tertial_of(month) == tertial
    assert disclosure.tertial_end(tertial) == last


def municipality(numerator: float, denominator: float | None) -> disclosure.Shown:
    return disclosure.shown_municipality(
        numerator, denominator, numerator, unit="share", nothing_held=False
    )


def test_a_municipality_below_ten_answers_shows_a_band_and_no_share() -> None:
    shown = municipality(9, 20)
    assert (shown.how, shown.band, shown.value, shown.reason) == (
        "band",
        "0-9",
        None,
        "few_answers",
    )


def test_a_municipality_from_ten_answers_shows_a_rounded_share() -> None:
    shown = municipality(10, 27)  # 37.03 %
    assert (shown.how, shown.value) == ("rounded", 0.4)
    assert shown.numerator is None
    assert shown.denominator is None


def test_the_interval_of_a_rounded_share_comes_from_the_released_values_alone() -> None:
    shown = municipality(10, 27)
    assert shown == municipality(12, 30)  # the same band, the same rounding
    assert shown.low == pytest.approx(intervals.wilson(0.35 * 20, 20)[0])
    assert shown.high == pytest.approx(intervals.wilson(0.45 * 20, 20)[1])


def test_a_rate_without_a_list_of_those_asked_is_a_number_of_answers() -> None:
    shown = municipality(12, None)
    assert (shown.how, shown.band, shown.reason) == ("band", "10-19", "no_list_of_asked")


def test_answers_of_whom_nobody_was_asked_have_no_rate() -> None:
    for shown in (municipality(12, 0), cooperation(36, 0)):
        assert (shown.value, shown.reason) == (None, "no_list_of_asked")


def test_nothing_held_is_a_zero_that_everyone_may_know() -> None:
    shown = disclosure.shown_municipality(0, None, 0, unit="count", nothing_held=True)
    assert (shown.how, shown.numerator, shown.reason) == ("exact", 0, "nothing_held")


def test_held_but_nobody_came_is_in_the_first_band() -> None:
    shown = disclosure.shown_municipality(0, None, 0, unit="count", nothing_held=False)
    assert (shown.how, shown.band, shown.numerator) == ("band", "0-9", None)


@pytest.mark.parametrize(("rest", "how"), [(9, "band"), (10, "exact"), (11, "exact")])
def test_the_cooperation_is_exact_only_when_ten_are_left_without_the_largest(
    rest: int, how: str
) -> None:
    shown = disclosure.shown_cooperation(
        40 + rest, None, 40 + rest, unit="count", largest=40, nothing_held=False
    )
    assert shown.how == how
    assert (shown.numerator is None) == (how == "band")


def cooperation(numerator: int, denominator: int) -> disclosure.Shown:
    return disclosure.shown_cooperation(
        numerator, denominator, 100, unit="share", largest=20, nothing_held=False
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "how"),
    [
        (2, 100, "under"),
        (3, 100, "exact"),
        (98, 100, "over"),
        (97, 100, "exact"),
        (2, 21, "under"),
        (2, 20, "band"),  # just 10 %, and so neither under it
        (18, 20, "band"),  # nor over 90 %
    ],
)
def test_few_on_one_side_give_a_limit_instead_of_a_share(
    numerator: int, denominator: int, how: str
) -> None:
    assert cooperation(numerator, denominator).how == how


def test_a_limit_that_would_not_be_true_is_not_said() -> None:
    shown = cooperation(2, 15)  # 13 %, and neither under 10 % nor to be told from 1 of 15
    assert (shown.how, shown.value, shown.reason) == ("band", None, "few_on_one_side")


@given(
    numerator=st.integers(0, 300),
    denominator=st.integers(1, 300),
    persons=st.integers(0, 300),
)
def test_a_municipalitys_true_count_is_never_in_what_is_shown(
    numerator: int, denominator: int, persons: int
) -> None:
    numerator = min(numerator, denominator)
    shown = disclosure.shown_municipality(
        numerator, denominator, persons, unit="share", nothing_held=False
    )
    assert shown.numerator is None
    assert shown.denominator is None
    if shown.value is not None:
        assert persons >= 10
        assert abs(shown.value * 10 - round(shown.value * 10)) < 1e-9


def test_every_limit_says_why_in_each_language() -> None:
    for name, limit in disclosure.limits().items():
        assert {"why_nb", "why_nn", "why_en"} <= set(limit), name


@pytest.mark.parametrize(("rest", "how"), [(9, "band"), (10, "exact")])
def test_a_line_that_counts_others_than_those_who_answered_is_judged_by_itself(
    rest: int, how: str
) -> None:
    shown = disclosure.shown_cooperation(
        5 + rest, 200, 100, unit="share", largest=20, largest_numerator=5, nothing_held=False
    )
    assert shown.how == how
