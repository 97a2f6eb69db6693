"""Signals and assurance: what may be said of a series, and what may not."""

from __future__ import annotations

import datetime as dt

import pytest

from queries import signals
from queries.signals import Point


def month(number: int) -> dt.date:
    return dt.date(2023 + number // 12, number % 12 + 1, 1)


def shares(pairs: list[tuple[float, float] | None]) -> list[Point]:
    return [
        Point(month(place), None, None, None, is_settled=True)
        if pair is None
        else Point(month(place), pair[0] / pair[1], pair[0], pair[1], is_settled=True)
        for place, pair in enumerate(pairs)
    ]


def days(values: list[float | None]) -> list[Point]:
    return [
        Point(month(place), value, value, None, is_settled=True)
        for place, value in enumerate(values)
    ]


STABLE = [40.0, 44.0, 39.0, 46.0, 41.0, 45.0, 38.0, 43.0, 47.0, 42.0] * 2


@pytest.mark.parametrize(("points", "word"), [(9, "too_few"), (10, "none")])
def test_nothing_is_said_before_ten_points(points: int, word: str) -> None:
    assert signals.signal(days(list(STABLE[:points])), "days").word == word


def test_a_long_run_on_one_side_is_a_signal_and_says_the_rule() -> None:
    found = signals.signal(days([*STABLE, *[30.0] * 9]), "days")
    assert (found.word, found.rule, found.since) == ("down", "run", month(28))


def test_the_same_run_broken_by_a_missing_month_is_none() -> None:
    found = signals.signal(days([*STABLE, *[30.0] * 5, None, *[30.0] * 3]), "days")
    assert found.word == "none"


def test_a_signal_older_than_three_months_no_longer_speaks() -> None:
    after = [30.0] * 9 + [40.0, 45.0, 40.0, 45.0]
    assert signals.signal(days([*STABLE, *after]), "days").word == "none"


def test_what_fired_is_silent_while_the_newest_number_says_otherwise() -> None:
    run = [30.0] * 9
    assert signals.signal(days([*STABLE, *run, 35.0]), "days").word == "down"
    for newest in (42.5, 47.0):  # on the middle, and beyond it
        assert signals.signal(days([*STABLE, *run, newest]), "days").word == "none"
    # What is not settled, and what is missing, says nothing otherwise.
    provisional = Point(month(29), 47.0, 47.0, None, is_settled=False)
    assert signals.signal([*days([*STABLE, *run]), provisional], "days").word == "down"
    assert signals.signal(days([*STABLE, *run, None]), "days").word == "down"


def test_all_of_all_every_month_is_no_change() -> None:
    assert signals.signal(shares([(3, 3)] * 24), "share").word == "none"


@pytest.mark.parametrize("unit", ["share", "count"])
@pytest.mark.parametrize("missed", [0, 1])
def test_one_exception_after_all_or_none_is_no_signal(unit: str, missed: int) -> None:
    usual = (3.0 - 3 * missed, 3.0)
    points = shares([usual] * 22 + [(1.0, 3.0)])
    assert signals.signal(points, unit).word == "none"


def test_a_share_that_falls_below_what_is_possible_is_a_tail() -> None:
    stable: list[tuple[float, float] | None] = [(16, 20), (17, 20), (15, 20), (16, 20)] * 6
    found = signals.signal(shares([*stable, (5, 20)]), "share")
    assert (found.word, found.rule) == ("down", "tail")


def test_a_provisional_point_moves_nothing() -> None:
    stable = shares([(16, 20), (17, 20), (15, 20), (16, 20)] * 6)
    point = Point(month(24), 0.0, 0.0, 20.0, is_settled=False)
    assert signals.signal([*stable, point], "share").word == "none"


def test_limits_are_provisional_below_twenty_points() -> None:
    assert signals.signal(days(list(STABLE[:19])), "days").is_provisional
    assert not signals.signal(days(list(STABLE)), "days").is_provisional


def test_too_few_crossings_are_a_signal_in_the_direction_of_the_newer_half() -> None:
    # Six and four points a side: no run is long enough, but the centre is crossed once or twice.
    values = [10.0, 11, 12, 10, 11, 20, 21, 22, 20, 21, 22, 21]
    found = signals.signal(days(values), "days")
    assert (found.word, found.rule) == ("up", "crossings")


def test_what_too_few_crossings_say_does_not_turn_with_one_month() -> None:
    values = [10.0, 11, 12, 10, 11, 20, 21, 22, 20, 21, 22, 21]
    assert signals.anhoej([*values, 10.0], 16.0).crossings < 3
    # The month lies on the other side: nothing is said, and not the opposite.
    found = signals.signal(days([*values, 10.0]), "days")
    assert found.word == "none"
    # As many on either side of the newer points: which way it went is not known.
    even = [10.0] * 3 + [20.0] * 6 + [10.0] * 3
    assert signals.anhoej(even, 15.0).signal
    assert signals._run_fired(days(even), 15.0) == []


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([1.0] * 11, "too_few"),
        ([1.0] * 12, "pass"),
        ([0.5] + [1.0] * 12, "pass"),  # the thirteenth from behind is history
        ([0.5] + [1.0] * 11, "sometimes"),
        ([0.5] * 12, "fail"),
        ([1.0, None] * 12, "pass"),  # gaps are passed over
    ],
)
def test_assurance_looks_at_the_last_twelve_points(values: list[float | None], word: str) -> None:
    assert signals.assurance(values, 1.0, "least") == word


@pytest.mark.parametrize(("value", "word"), [(89.0, "pass"), (90.0, "pass"), (90.5, "fail")])
def test_a_ceiling_is_met_from_below(value: float, word: str) -> None:
    assert signals.assurance([value] * 12, 90.0, "most") == word
