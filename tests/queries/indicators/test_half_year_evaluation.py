"""Evaluation after half a year: sent from six months after the course to fourteen days later."""

import datetime as dt

import pytest

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, numbers, one, world

WORLDS = some.worlds(
    activities=some.activities("course", "course", "workshop", on=some.HALF_A_YEAR_BEFORE),
    survey_waves=some.survey_waves("half_year", "half_year", "same_day", on=some.HALF_A_YEAR_LATER),
)

COURSE: Row = {"kind": "course", "activity_id": "1"}
WAVE: Row = {"wave_id": "1", "activity_id": "1", "survey": "kurs", "measurement": "half_year"}
OCTOBER = day("2026-10-01")


@pytest.mark.parametrize(
    ("sent_on", "evaluated"),
    [
        ("2026-10-14", 0),  # the day before it was due
        ("2026-10-15", 1),  # six months to the day
        ("2026-10-29", 1),  # fourteen days later
        ("2026-10-30", 0),  # fifteen
    ],
)
def test_the_window_opens_after_six_months_and_closes_after_fourteen_days(
    sent_on: str, evaluated: int
) -> None:
    made = world(
        activities=[COURSE | {"ends_on": day("2026-04-15")}],
        survey_waves=[WAVE | {"sent_on": day(sent_on)}],
    )
    assert one("half_year_evaluation", made) == (evaluated, 1, None)


def test_a_wave_sent_in_the_next_month_counts_in_the_month_it_was_due() -> None:
    made = world(
        activities=[COURSE | {"ends_on": day("2026-04-30")}],
        survey_waves=[WAVE | {"sent_on": day("2026-11-13")}],
    )
    assert one("half_year_evaluation", made) == (1, 1, None)


@pytest.mark.parametrize(
    ("ended", "due"), [("2024-08-31", "2025-02-28"), ("2023-08-31", "2024-02-29")]
)
def test_a_course_that_ends_on_the_last_of_august_is_due_on_the_last_of_february(
    ended: str, due: str
) -> None:
    first = day(due).replace(day=1)
    for late in (0, 14, 15):
        made = world(
            first,
            activities=[COURSE | {"ends_on": day(ended)}],
            survey_waves=[WAVE | {"sent_on": day(due) + dt.timedelta(days=late)}],
        )
        assert one("half_year_evaluation", made) == (int(late <= 14), 1, None)


def test_only_courses_of_half_a_year_ago_and_only_the_right_waves() -> None:
    due = COURSE | {"ends_on": day("2026-04-15")}
    wave = WAVE | {"sent_on": day("2026-10-20")}
    made = world(
        activities=[
            # Asked twice: one evaluated course.
            due,
            # Asked that day, but as "same day".
            due | {"activity_id": "2"},
            # FACT belongs to the cooperation.
            due | {"activity_id": "3", "initiative": "FACT"},
            # No course.
            due | {"activity_id": "4", "kind": "dialogue_meeting"},
            # Due in September and in November.
            due | {"activity_id": "5", "ends_on": day("2026-03-31")},
            due | {"activity_id": "6", "ends_on": day("2026-05-01")},
        ],
        survey_waves=[
            wave,
            wave | {"wave_id": "1b"},
            wave | {"wave_id": "2", "activity_id": "2", "measurement": "same_day"},
            wave | {"wave_id": "3", "activity_id": "3"},
            wave | {"wave_id": "4", "activity_id": "4"},
        ],
    )
    assert one("half_year_evaluation", made) == (1, 2, None)


def test_a_month_without_courses_due_has_zero_below_the_line() -> None:
    assert numbers("half_year_evaluation", world())["3439", OCTOBER, None] == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("half_year_evaluation", WORLDS)


def test_a_second_opinion_that_counts_fact_is_noticed() -> None:
    assert_notices("half_year_evaluation", WORLDS, changed("current_activities", initiative=None))


def test_a_second_opinion_that_takes_any_measurement_is_noticed() -> None:
    misread = changed("current_survey_waves", measurement="half_year")
    assert_notices("half_year_evaluation", WORLDS, misread)
