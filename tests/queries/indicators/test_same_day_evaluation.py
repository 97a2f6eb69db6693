"""Evaluation the same day: of the courses that ended, those with a wave sent on their last day."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

WORLDS = some.worlds(
    activities=some.activities("course", "course", "workshop", on=some.COURSE_ENDS),
    survey_waves=some.survey_waves("same_day", "same_day", "half_year", on=some.COURSE_ENDS),
)

COURSE: Row = {"kind": "course", "ends_on": day("2026-10-31")}
WAVE: Row = {"survey": "kurs", "measurement": "same_day", "sent_on": day("2026-10-31")}


def test_only_a_same_day_wave_on_the_very_day_counts() -> None:
    made = world(
        activities=[
            # Evaluated on its last day, the last of the month.
            COURSE | {"activity_id": "1"},
            # A day late.
            COURSE | {"activity_id": "2", "ends_on": day("2026-10-20")},
            # A day early.
            COURSE | {"activity_id": "3", "ends_on": day("2026-10-21")},
            # Asked that day, but by the wave of half a year.
            COURSE | {"activity_id": "4"},
            # Nobody asked.
            COURSE | {"activity_id": "5"},
            # No course.
            COURSE | {"activity_id": "6", "kind": "workshop"},
            # Ended in another month.
            COURSE | {"activity_id": "7", "ends_on": day("2026-11-01")},
            # FACT belongs to the cooperation.
            COURSE | {"activity_id": "8", "initiative": "FACT"},
        ],
        survey_waves=[
            WAVE | {"wave_id": "1", "activity_id": "1"},
            # Two waves for one course still make one evaluated course.
            WAVE | {"wave_id": "1b", "activity_id": "1", "respondent": "relative"},
            WAVE | {"wave_id": "2", "activity_id": "2", "sent_on": day("2026-10-21")},
            WAVE | {"wave_id": "3", "activity_id": "3", "sent_on": day("2026-10-20")},
            WAVE | {"wave_id": "4", "activity_id": "4", "measurement": "half_year"},
            WAVE | {"wave_id": "6", "activity_id": "6"},
            WAVE | {"wave_id": "8", "activity_id": "8"},
            # A wave about no course in particular.
            WAVE | {"wave_id": "9"},
        ],
    )
    assert one("same_day_evaluation", made) == (1, 5, None)


def test_one_wave_serves_a_course_of_several_municipalities() -> None:
    course = COURSE | {"activity_id": "1"}
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        activities=[course, course | {"municipality": "3405"}],
        survey_waves=[WAVE | {"wave_id": "1", "activity_id": "1"}],
    )
    found = numbers("same_day_evaluation", made)
    assert found["3405", day("2026-10-01"), None] == (1, 1, None)
    assert found["3439", day("2026-10-01"), None] == (1, 1, None)


def test_a_month_without_courses_has_zero_below_the_line() -> None:
    assert one("same_day_evaluation", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("same_day_evaluation", WORLDS)


def test_a_second_opinion_that_counts_fact_is_noticed() -> None:
    assert_notices("same_day_evaluation", WORLDS, changed("current_activities", initiative=None))


def test_a_second_opinion_that_takes_any_measurement_is_noticed() -> None:
    misread = changed("current_survey_waves", measurement="same_day")
    assert_notices("same_day_evaluation", WORLDS, misread)
