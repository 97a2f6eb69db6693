"""Six meetings with somebody at each are six persons, whatever band stands beside them."""

from __future__ import annotations

import datetime as dt

import pytest

from queries import at_least, audit, bases, cards, disclosure, sql
from queries.base import Base, Kind, Released
from queries.bases import Rows
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, builder, day, horizon, world

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
    assert found == {("3405", FEBRUARY, "dialogue_meeting"): (2,)}


def test_a_service_that_heard_without_a_dialogue_heard_from_a_wave() -> None:
    beside = {
        at_least.ACTIVITIES: [
            counted("3405", "dialogue_cafe", 1),  # one of the services may have heard there
            counted("3405", "workshop", 3),  # which makes no feedback fresh
        ],
        at_least.COUNTABLE: [
            Counted("3405", FEBRUARY, "same_day", 3, 9, None),
            # One wave: that it was answered is taken for known anyhow.
            Counted("3436", FEBRUARY, "same_day", 1, 9, None),
        ],
    }
    found = at_least.fewest(LOADED["response_rate_same_day"], beside)
    assert found == {("3405", FEBRUARY, None): (2,)}
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
    found = bases.bases(LOADED["participants"], rows, dt.date(2026, 1, 1))
    assert {part: base.events for (_, _, part), base in found.items()} == {
        None: 2,
        "dialogue_meeting": 2,
    }
    del rows[at_least.WITH_USERS]
    found = bases.bases(LOADED["participants"], rows, dt.date(2026, 1, 1))
    assert {base.events for base in found.values()} == {4, 3}


WAVE: Row = {"measurement": "same_day", "sent_on": day("2026-10-31"), "asked": 1}


def test_waves_are_counted_as_they_were_sent_whatever_file_is_yet_to_come() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        # Neither a course nor a service is known of yet, but for what belongs to FACT.
        activities=[
            {"activity_id": "F", "kind": "course", "initiative": "FACT"},
            {"activity_id": "D", "kind": "dialogue_cafe", "ends_on": day("2026-10-01")}
            | {"service": "B"},
            {"activity_id": "W", "kind": "workshop", "ends_on": day("2026-10-01")}
            | {"service": "E"},  # makes no feedback fresh
        ],
        survey_waves=[
            WAVE | {"wave_id": "1", "service": "A", "answered": 1},
            WAVE | {"wave_id": "2", "service": "A", "answered": 4},  # the same service
            WAVE | {"wave_id": "3", "service": "C"},  # answered below
            WAVE | {"wave_id": "4", "service": "D", "answered": 0},
            WAVE | {"wave_id": "5", "answered": 3},  # of no service
            WAVE | {"wave_id": "6", "service": "E", "answered": 2, "respondent": "staff"},
            WAVE | {"wave_id": "7", "service": "F", "asked": None, "answered": 2},  # no list
            WAVE | {"wave_id": "8", "service": "G", "asked": 0},
            WAVE | {"wave_id": "9", "service": "G", "answered": 1, "activity_id": "F"},
            WAVE | {"wave_id": "10", "sent_on": day("2026-09-30"), "answered": 1},
            WAVE | {"wave_id": "11", "measurement": "half_year"},
            WAVE | {"wave_id": "12", "measurement": "other", "service": "H", "answered": 1},
            WAVE | {"wave_id": "13", "municipality": "3405", "service": "A", "answered": 1},
        ],
        survey_answers=[{"answer_id": "a", "wave_id": "3", "question": "q", "value": "1"}],
    )
    found = sql.run(builder(made), sql.FOLDER / "countable.sql", **horizon(made))
    assert {tuple(row[:1] + row[3:]) for row in found.rows()} == {
        # Heard of: A, B, C, F and H. Sent to a list: 1 to 6, and 11. Sent at all: 7 too.
        ("3439", "same_day", 5, 6, 7),
        ("3439", "half_year", 5, 1, 1),
        ("3405", "same_day", 1, 1, 1),
        ("3405", "half_year", 1, 0, 0),
    }


def test_each_wave_is_taken_to_be_answered_by_somebody() -> None:
    # Of February three services are known to have heard, one of them in a dialogue perhaps.
    beside = {
        at_least.ACTIVITIES: [Counted("3405", FEBRUARY, "dialogue_cafe", 1, None, None)],
        at_least.COUNTABLE: [
            Counted("3405", FEBRUARY, "same_day", 3, 4, 4),
            Counted("3436", FEBRUARY, "same_day", 3, 4, 2),
            Counted("3438", FEBRUARY, "same_day", 1, 1, 1),
        ],
    }
    found = at_least.fewest(LOADED["response_rate_same_day"], beside)
    assert found == {("3405", FEBRUARY, None): (2, 4), ("3436", FEBRUARY, None): (3, 2)}
    assert at_least.fewest(LOADED["response_rate_half_year"], beside) == {}


def test_a_wave_that_was_sent_was_sent_to_somebody() -> None:
    sent = [
        Counted("3405", FEBRUARY, "same_day", 9, 3, None),
        Counted("3405", FEBRUARY, "half_year", 9, 0, None),
        # That somebody was asked is taken for known anyhow.
        Counted("3436", FEBRUARY, "same_day", 9, 1, None),
    ]
    beside = {at_least.COUNTABLE: sent}
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


@pytest.mark.parametrize(("waves", "passed"), [(1, True), (2, False)])
def test_waves_of_courses_whose_file_is_yet_to_come_are_reckoned_with(
    waves: int, *, passed: bool
) -> None:
    """Who asked three of the at most nine leaves six: two of them make the other's four."""
    rate, places = "response_rate_half_year", {"3405": (2, 2), "3436": (1, 3), "3438": (0, 2)}
    states = {(who, FEBRUARY): State("measured", None) for who in places}
    rows = {
        rate: Rows(
            [Counted(who, FEBRUARY, None, x, n, x) for who, (x, n) in places.items()], states
        ),
        # Of how many courses nobody can say yet.
        "half_year_evaluation": Rows([], {key: State("missing", None) for key in states}),
        at_least.COUNTABLE: Rows([Counted("3438", FEBRUARY, "half_year", 0, waves, None)], {}),
    }
    truth = bases.bases(LOADED[rate], rows, dt.date(2026, 1, 1))
    shown = disclosure.shown_cooperation(3, 7, 3, unit="share", largest=2, nothing_held=False)
    cell = Released(COOPERATION, "month", FEBRUARY, None, "measured", shown, tuple(states), truth)
    found = audit.audited(ANSWERS, [cell], is_whole=True)
    assert found.passed is passed
    learnt = {(one.attacker, one.number.municipality_id, one.low, one.high) for one in found.learnt}
    assert learnt == (set() if passed else {("3436", "3405", 1, 4), ("3436", "3438", 2, 5)})


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


@pytest.mark.parametrize(("answers", "known"), [(1, 1), (2, 2), (3, 2), (4, 4)])
def test_nobody_is_believed_who_counts_on_more_than_there_are(answers: int, known: int) -> None:
    # Two services are known to have heard, and four waves were sent.
    rows = {
        "response_rate_same_day": Rows(
            [Counted("3405", FEBRUARY, None, answers, 9, answers)],
            {("3405", FEBRUARY): State("measured", None)},
        ),
        at_least.COUNTABLE: Rows([Counted("3405", FEBRUARY, "same_day", 2, 1, 4)], {}),
    }
    (base,) = bases.bases(LOADED["response_rate_same_day"], rows, dt.date(2026, 1, 1)).values()
    assert base.at_least == known
