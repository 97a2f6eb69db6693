"""The waves and answers of the story, by plain reading of the files."""

from __future__ import annotations

import datetime as dt

import pytest

from data.demo.places import GAUSDAL
from data.demo.story import STORY

END = dt.date(2026, 10, 31)
"""The last day of the last locked month."""


def test_most_courses_in_gausdal_have_no_evaluation_after_half_a_year(lived):
    due = [
        course["activity_id"]
        for course in lived.courses()
        if course["municipality"] == GAUSDAL and lived.half_year_after(course["ends_on"]) < END
    ]
    evaluated = [key for key in due if lived.waves_of(key, "half_year")]
    assert len(due) >= 15
    assert len(evaluated) / len(due) < 0.4


def test_two_small_services_never_get_ten_answers(lived):
    counted = lived.answers_by_wave()
    for service in STORY["small_services"].rows:
        own = [wave for wave in lived.rows["survey_waves"] if wave["service"] == service]
        assert len(own) >= 5
        assert max(counted.get(wave["wave_id"], 0) for wave in own) < 10
    sizes = [lived.row("services", "service_id", one) for one in STORY["small_services"].rows]
    assert min(row["fte"] for row in sizes) < 3


def test_a_course_ends_on_the_last_of_august_with_and_without_a_leap_year(lived):
    leap, coming = (
        lived.row("activities", "activity_id", key) for key in STORY["course_to_end_of_august"].rows
    )
    assert leap["ends_on"] == dt.date(2023, 8, 31)
    assert lived.waves_of(leap["activity_id"], "half_year") == [dt.date(2024, 2, 29)]
    assert coming["ends_on"] == dt.date(2026, 8, 31)
    assert lived.half_year_after(coming["ends_on"]) == dt.date(2027, 2, 28)


def test_same_day_waves_are_mostly_on_the_day_and_half_year_waves_never_early(lived):
    ended = {course["activity_id"]: course["ends_on"] for course in lived.courses()}
    same_day = [
        (wave["sent_on"], ended[wave["activity_id"]])
        for wave in lived.rows["survey_waves"]
        if wave["measurement"] == "same_day"
    ]
    assert all(sent >= end for sent, end in same_day)
    assert sum(sent == end for sent, end in same_day) / len(same_day) > 0.85
    for wave in lived.rows["survey_waves"]:
        if wave["measurement"] == "half_year":
            assert wave["sent_on"] >= lived.half_year_after(ended[wave["activity_id"]])


def test_rows_are_dated_in_the_last_minute_of_a_month_on_both_sides_of_a_clock_change(lived):
    days = [
        {
            row["answered_on"]
            for row in lived.rows["survey_answers"]
            if row["wave_id"] in {wave["wave_id"] for wave in waves}
        }
        for key in STORY["last_minute"].rows
        if (
            waves := [
                wave
                for wave in lived.rows["survey_waves"]
                if wave["activity_id"] == key and wave["measurement"] == "half_year"
            ]
        )
    ]
    assert dt.date(2026, 3, 31) in days[0]
    assert dt.date(2026, 10, 31) in days[1]
    opened = [
        lived.row("actions", "action_id", key)["opened_on"]
        for key in STORY["last_minute_actions"].rows
    ]
    assert opened == [dt.date(2026, 3, 31), dt.date(2026, 10, 31)]


@pytest.mark.parametrize(
    ("measurement", "low", "high"),
    [("same_day", 0.4, 0.6), ("half_year", 0.25, 0.4), ("other", 0.25, 0.6)],
)
def test_response_rates_are_as_such_surveys_get_them(lived, measurement, low, high):
    counted = lived.answers_by_wave()
    waves = [
        wave
        for wave in lived.rows["survey_waves"]
        if wave["measurement"] == measurement and wave["respondent"] != "staff"
    ]
    answered = sum(counted.get(wave["wave_id"], 0) for wave in waves)
    assert low <= answered / sum(wave["asked"] for wave in waves) <= high
