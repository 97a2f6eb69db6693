"""The twelve rules: the rows that make each fire at the end of October 2026, by plain reading."""

from __future__ import annotations

import datetime as dt

from data.demo.places import GAUSDAL, LILLEHAMMER, NORD_FRON, OYER, RINGEBU, SOR_FRON
from data.demo.story import RULES

END = dt.date(2026, 10, 31)
"""The last day of the last locked month."""
HEARD_IN = {"dialogue_meeting", "dialogue_cafe", "dialogue_conference", "peer_evaluation"}
TWELVE = {
    "course_without_same_day_wave",
    "course_without_half_year_wave",
    "no_report",
    "report_without_recommendation",
    "recommendation_unanswered",
    "not_told_back",
    "action_without_users",
    "team_without_user",
    "seat_vacant",
    "leader_absent_twice",
    "service_without_fresh_feedback",
    "month_not_delivered",
}


def test_the_story_has_rows_for_all_twelve_rules():
    assert set(RULES) == TWELVE


def test_a_course_ended_without_a_same_day_wave(lived):
    (key,) = RULES["course_without_same_day_wave"].rows
    course = lived.row("activities", "activity_id", key)
    assert (course["kind"], course["municipality"]) == ("course", NORD_FRON)
    assert course["ends_on"] == dt.date(2026, 10, 14)
    assert lived.waves_of(key, "same_day") == []


def test_a_course_was_not_evaluated_within_half_a_year_and_fourteen_days(lived):
    (key,) = RULES["course_without_half_year_wave"].rows
    course = lived.row("activities", "activity_id", key)
    assert lived.half_year_after(course["ends_on"]) + dt.timedelta(days=14) < END
    assert lived.waves_of(key, "half_year") == []


def test_a_dialogue_meeting_has_no_report_after_thirty_days(lived):
    (key,) = RULES["no_report"].rows
    meeting = lived.row("activities", "activity_id", key)
    assert (meeting["kind"], meeting["report_on"]) == ("dialogue_meeting", None)
    assert (END - meeting["ends_on"]).days > 30


def test_a_report_recommends_nothing(lived):
    (key,) = RULES["report_without_recommendation"].rows
    meeting = lived.row("activities", "activity_id", key)
    assert meeting["report_on"] <= END
    assert meeting["recommendations"] == 0


def test_a_recommendation_has_no_answer_after_thirty_days(lived):
    (key,) = RULES["recommendation_unanswered"].rows
    item = lived.row("feedback", "feedback_id", key)
    assert (END - item["recommendation_on"]).days > 30
    assert item["leader_answer"] is None


def test_users_have_not_been_told_of_an_action_done_thirty_days_ago(lived):
    (key,) = RULES["not_told_back"].rows
    action = lived.row("actions", "action_id", key)
    assert (END - action["done_on"]).days > 30
    assert action["told_back_on"] is None


def test_an_action_was_done_without_users(lived):
    (key,) = RULES["action_without_users"].rows
    action = lived.row("actions", "action_id", key)
    assert dt.date(2026, 10, 1) <= action["done_on"] <= END
    flags = (action["users_at_start"], action["users_midway"], action["users_at_end"])
    assert flags == (False, False, False)


def test_an_improvement_team_has_no_user(lived):
    (key,) = RULES["team_without_user"].rows
    seats = [row for row in lived.rows["seats"] if row["body_id"] == key]
    assert {row["body_kind"] for row in seats} == {"improvement_team"}
    assert [row["filled_from"] for row in seats] == [None]
    others = {
        row["body_id"]
        for row in lived.rows["seats"]
        if row["body_kind"] == "improvement_team" and row["filled_from"]
    }
    assert len(others) >= 4


def test_two_seats_have_been_vacant_for_over_sixty_days(lived):
    vacant_since = {}
    for seat in {row["seat_id"] for row in lived.rows["seats"]}:
        rows = [row for row in lived.rows["seats"] if row["seat_id"] == seat]
        gone = any(row["seat_to"] and row["seat_to"] < END for row in rows)
        held = [row for row in rows if row["filled_from"] and row["filled_from"] <= END]
        if not gone and all(row["filled_to"] and row["filled_to"] < END for row in held):
            ends = [row["filled_to"] + dt.timedelta(days=1) for row in held]
            vacant_since[seat] = max(ends, default=rows[0]["seat_from"])
    long = {seat for seat, since in vacant_since.items() if (END - since).days > 60}
    assert long == set(RULES["seat_vacant"].rows)
    assert len(vacant_since) == 3


def test_a_leader_was_away_twice_in_a_row_once_with_a_deputy(lived):
    meetings = [
        (row["ends_on"], row["leaders"], row["deputies"])
        for row in lived.rows["activities"]
        if row["activity_id"] in RULES["leader_absent_twice"].rows
        and row["municipality"] == NORD_FRON
    ]
    assert sorted(meetings) == [(dt.date(2026, 9, 10), 0, 1), (dt.date(2026, 10, 13), 0, 0)]


def last_heard(lived, service):
    answered = lived.answers_by_wave()
    heard = [
        row["ends_on"]
        for row in lived.rows["activities"]
        if row["service"] == service and row["kind"] in HEARD_IN
    ]
    heard += [
        wave["sent_on"]
        for wave in lived.rows["survey_waves"]
        if wave["service"] == service and answered.get(wave["wave_id"])
    ]
    return max(heard)


def test_two_services_have_had_no_feedback_for_over_ninety_days(lived):
    stale = {
        row["service_id"]
        for row in lived.rows["services"]
        if (END - last_heard(lived, row["service_id"])).days > 90
    }
    assert stale == set(RULES["service_without_fresh_feedback"].rows)


def test_gausdal_never_delivered_may_and_june(lived):
    monthly = ("activities", "survey_waves", "survey_answers", "feedback", "actions")
    for kind in monthly:
        missing = {
            (municipality, month)
            for municipality in (LILLEHAMMER, GAUSDAL, OYER, RINGEBU, SOR_FRON, NORD_FRON)
            for end in lived.month_ends(dt.date(2023, 1, 1), END)
            if (kind, municipality, month := end.replace(day=1)) not in lived.delivered
        }
        assert missing == {(GAUSDAL, dt.date(2026, 5, 1)), (GAUSDAL, dt.date(2026, 6, 1))}, kind
    for kind, dated_by in (("activities", "ends_on"), ("survey_waves", "sent_on")):
        days = [row[dated_by] for row in lived.rows[kind] if row["municipality"] == GAUSDAL]
        assert not [day for day in days if day.year == 2026 and day.month in (5, 6)]
