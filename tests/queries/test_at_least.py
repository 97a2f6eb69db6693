"""Six meetings with somebody at each are six persons, whatever band stands beside them."""

from __future__ import annotations

import datetime as dt

import pytest

from queries import at_least, audit, cards, disclosure, gate
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from queries.gate import Rows
from queries.knowledge import Base, Kind, Released

LOADED = cards.load_all()
FEBRUARY = dt.date(2026, 2, 1)
ANSWERS = Kind({None: "share"}, {None: "numerator"}, parts_add_up=False, most=1000)
PERSONS = Kind({None: "count"}, {None: "largest"}, parts_add_up=False, most=1000)


def counted(place: str, part: str | None, number: float | None) -> Counted:
    return Counted(place, FEBRUARY, part, number, None, None)


def test_every_activity_that_was_held_had_somebody() -> None:
    held = [
        counted("3405", "dialogue_meeting", 2),
        counted("3405", "user_panel", 1),  # that somebody came is taken for known anyhow
        counted("3405", "dialogue_conference", 4),  # nobody is counted there
        counted("3405", None, 7),
    ]
    found = at_least.fewest(LOADED["participants"], {at_least.ACTIVITIES: held})
    assert found == {("3405", FEBRUARY, "dialogue_meeting"): 2}


def test_a_service_that_heard_without_a_dialogue_heard_from_a_wave() -> None:
    beside = {
        at_least.ACTIVITIES: [
            counted("3405", "dialogue_cafe", 1),  # one of the services may have heard there
            counted("3405", "workshop", 3),  # which makes no feedback fresh
        ],
        at_least.FRESHNESS: [
            counted("3405", "t-1", 0),  # on the last day of the month
            counted("3405", "t-2", 14),
            counted("3405", "t-3", 27),  # on the first
            counted("3405", "t-4", 28),  # the day before that
            counted("3405", "t-5", None),
            counted("3405", None, 14),  # the median of all
            counted("3436", "t-6", 3),  # one wave: that it was answered is taken for known anyhow
            counted(COOPERATION, None, 14),
        ],
    }
    found = at_least.fewest(LOADED["response_rate_same_day"], beside)
    assert found == {("3405", FEBRUARY, None): 2}
    # An answer need not be a good one.
    assert at_least.fewest(LOADED["benefit_same_day"], beside) == {}


def test_to_an_activity_without_users_nobody_came() -> None:
    held = [counted("3405", "dialogue_meeting", 3), counted("3405", "user_panel", 1)]
    came = [counted("3405", part, 4) for part in (None, "dialogue_meeting")]
    states = {("3405", FEBRUARY): State("measured", None)}
    rows = {
        "participants": Rows(came, states),
        at_least.ACTIVITIES: Rows(held, states),
        # At one of two with users a leader was present; a course may be among the two.
        at_least.WITH_USERS: Rows([Counted("3405", FEBRUARY, None, 1, 2, None)], states),
    }
    found = gate.bases(LOADED["participants"], rows, dt.date(2026, 1, 1))
    assert {part: base.events for (_, _, part), base in found.items()} == {
        None: 2,
        "dialogue_meeting": 2,
    }
    del rows[at_least.WITH_USERS]
    found = gate.bases(LOADED["participants"], rows, dt.date(2026, 1, 1))
    assert {base.events for base in found.values()} == {4, 3}


def test_a_wave_that_was_sent_was_sent_to_somebody() -> None:
    sent = [
        counted("3405", None, 3),
        counted("3436", None, 1),  # that somebody was asked is taken for known anyhow
        counted(COOPERATION, None, 4),
    ]
    beside = {"same_day_evaluation": sent, "half_year_evaluation": []}
    found = at_least.fewest_asked(LOADED["response_rate_same_day"], beside)
    assert found == {("3405", FEBRUARY, None): 3}
    assert at_least.fewest_asked(LOADED["response_rate_half_year"], beside) == {}
    # How many of the answers are good, nobody can count.
    assert at_least.fewest_asked(LOADED["benefit_same_day"], beside) == {}


@pytest.mark.parametrize(("waves", "passed"), [(5, True), (6, False)])
def test_of_so_many_waves_to_few_people_the_band_leaves_too_little(
    waves: int, *, passed: bool
) -> None:
    truth = {("3405", FEBRUARY, None): Base(2, 8, 2, asked_at_least=waves)}
    shown = disclosure.shown_municipality(2, 8, 2, unit="share", nothing_held=False)
    released = [
        Released("3405", "tertial", FEBRUARY, None, "measured", shown, (("3405", FEBRUARY),), truth)
    ]
    found = audit.audited(ANSWERS, released)
    assert found.passed is passed
    assert [(one.number.what, one.low, one.high) for one in found.learnt] == (
        [] if passed else [("denominator", 6, 9)]
    )


@pytest.mark.parametrize(("meetings", "passed"), [(5, True), (6, False)])
def test_of_so_many_meetings_with_few_people_the_band_leaves_too_little(
    meetings: int, *, passed: bool
) -> None:
    truth = {("3405", FEBRUARY, None): Base(9, None, 2, meetings, at_least=meetings)}
    shown = disclosure.shown_municipality(9, None, 2, unit="count", nothing_held=False)
    released = [
        Released("3405", "tertial", FEBRUARY, None, "measured", shown, (("3405", FEBRUARY),), truth)
    ]
    found = audit.audited(PERSONS, released)
    assert found.passed is passed
    assert [(one.low, one.high) for one in found.learnt] == ([] if passed else [(6, 9)])


def test_where_fewer_came_than_were_held_whoever_counts_on_more_is_misled() -> None:
    truth = {("3405", FEBRUARY, None): Base(3, None, 2, 8, at_least=8)}
    shown = disclosure.shown_municipality(3, None, 2, unit="count", nothing_held=False)
    released = [
        Released("3405", "tertial", FEBRUARY, None, "measured", shown, (("3405", FEBRUARY),), truth)
    ]
    found = audit.bounds(PERSONS, released, is_exact=True)
    assert [(one.low, one.high) for one in found] == [(1, 9)]
