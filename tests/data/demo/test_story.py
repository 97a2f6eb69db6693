"""Each scene of the story, found in the files by plain reading; nothing here looks at any SQL."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from itertools import pairwise
from statistics import mean

import pytest

from data.demo.story import RULES, SILENT, STORY, TODAY

END = dt.date(2026, 10, 31)
"""The last day of the last locked month: the day on which rules are looked at."""

WITH_USERS = {
    "dialogue_meeting",
    "dialogue_cafe",
    "dialogue_conference",
    "peer_evaluation",
    "user_panel",
    "workshop",
}
HEARD_IN = {"dialogue_meeting", "dialogue_cafe", "dialogue_conference", "peer_evaluation"}
LILLEHAMMER, GAUSDAL, OYER = "3405", "3441", "3440"
RINGEBU, SOR_FRON, NORD_FRON = "3439", "3438", "3436"
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


def half_year_after(day):
    year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_open(action, day):
    if action["opened_on"] > day or (action["closed_on"] and action["closed_on"] <= day):
        return False
    done, again = action["done_on"], action["reopened_on"]
    return not (done and done <= day) or bool(again and done < again <= day)


def month_ends(first, last):
    months = [
        dt.date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    return [month.replace(day=calendar.monthrange(month.year, month.month)[1]) for month in months]


def waves_of(lived, activity, measurement):
    return [
        wave["sent_on"]
        for wave in lived.rows["survey_waves"]
        if wave["activity_id"] == activity and wave["measurement"] == measurement
    ]


def courses(lived):
    return [row for row in lived.rows["activities"] if row["kind"] == "course"]


def answers_by_wave(lived):
    counted: dict[str, set[str]] = {}
    for row in lived.rows["survey_answers"]:
        counted.setdefault(row["wave_id"], set()).add(row["answer_id"])
    return {wave: len(ids) for wave, ids in counted.items()}


def told_back(lived, first, last, municipality=None):
    """(told within 30 days, done) of the actions done between two days."""
    done = [
        action
        for action in lived.rows["actions"]
        if action["done_on"] is not None and first <= action["done_on"] <= last
        if municipality in (None, action["municipality"])
        if action["done_on"].replace(day=1) not in SILENT.get(action["municipality"], ())
    ]
    told = [
        action
        for action in done
        if action["told_back_on"] is not None
        and (action["told_back_on"] - action["done_on"]).days <= 30
        and action["told_back_channel"]
        and action["what_changed"]
    ]
    return len(told), len(done)


def overdue(lived, municipality, day):
    """(overdue, with a due date) of the actions that are open at the end of the day."""
    due = [
        action["due_on"]
        for action in lived.rows["actions"]
        if action["municipality"] == municipality and is_open(action, day) and action["due_on"]
    ]
    return sum(date < day for date in due), len(due)


# -- the twelve rules, each at the end of October 2026 ---------------------------------------


def test_the_story_has_rows_for_all_twelve_rules():
    assert set(RULES) == TWELVE


def test_a_course_ended_without_a_same_day_wave(lived):
    (key,) = RULES["course_without_same_day_wave"].rows
    course = lived.row("activities", "activity_id", key)
    assert (course["kind"], course["municipality"]) == ("course", NORD_FRON)
    assert course["ends_on"] == dt.date(2026, 10, 14)
    assert waves_of(lived, key, "same_day") == []


def test_a_course_was_not_evaluated_within_half_a_year_and_fourteen_days(lived):
    (key,) = RULES["course_without_half_year_wave"].rows
    course = lived.row("activities", "activity_id", key)
    assert half_year_after(course["ends_on"]) + dt.timedelta(days=14) < END
    assert waves_of(lived, key, "half_year") == []


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
    answered = answers_by_wave(lived)
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
            for end in month_ends(dt.date(2023, 1, 1), END)
            if (kind, municipality, month := end.replace(day=1)) not in lived.delivered
        }
        assert missing == {(GAUSDAL, dt.date(2026, 5, 1)), (GAUSDAL, dt.date(2026, 6, 1))}, kind
    for kind, dated_by in (("activities", "ends_on"), ("survey_waves", "sent_on")):
        days = [row[dated_by] for row in lived.rows[kind] if row["municipality"] == GAUSDAL]
        assert not [day for day in days if day.year == 2026 and day.month in (5, 6)]


# -- what gets better, what only looks so, what leaks ----------------------------------------


def test_users_are_told_back_after_the_decision_of_march(lived):
    told, done = told_back(lived, dt.date(2023, 1, 1), dt.date(2026, 3, 31))
    assert 0.3 <= told / done <= 0.4
    told_since, done_since = told_back(lived, dt.date(2026, 4, 1), dt.date(2026, 9, 30))
    assert 0.7 <= told_since / done_since <= 0.85
    (decision,) = [entry for entry in lived.acts("decide") if entry["decision"] == "tilbakemelding"]
    assert decision["decided_on"] == dt.date(2026, 3, 12)
    assert decision["indicator"] == "told_back"
    # A month in which so many were told is hardly possible if nothing had changed.
    share = told / done
    chances = []
    for end in month_ends(dt.date(2026, 7, 1), dt.date(2026, 9, 1)):
        x, n = told_back(lived, end.replace(day=1), end)
        chances.append(
            sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x, n + 1))
        )
    assert min(chances) < 0.00135


def test_overdue_actions_fall_in_oyer_and_nowhere_else_as_much(lived):
    before = [
        overdue(lived, OYER, end) for end in month_ends(dt.date(2023, 1, 1), dt.date(2026, 3, 1))
    ]
    assert 0.5 <= sum(x for x, _ in before) / sum(n for _, n in before) <= 0.75
    for end in month_ends(dt.date(2026, 5, 1), END):
        x, n = overdue(lived, OYER, end)
        assert n >= 5
        assert x <= 1


def test_the_jump_in_ringebu_is_only_noise(lived):
    held = {}
    for end in month_ends(dt.date(2023, 1, 1), END):
        held[end.year, end.month] = sum(
            row["municipality"] == RINGEBU
            and row["kind"] in WITH_USERS
            and (row["ends_on"].year, row["ends_on"].month) == (end.year, end.month)
            for row in lived.rows["activities"]
        )
    assert (held[2026, 9], held[2026, 10]) == (1, 5)
    expected = mean(list(held.values())[:20])
    at_least_five = 1 - sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(5))
    assert at_least_five > 0.01
    assert max(held.values()) >= 4


def test_most_courses_in_gausdal_have_no_evaluation_after_half_a_year(lived):
    due = [
        course["activity_id"]
        for course in courses(lived)
        if course["municipality"] == GAUSDAL and half_year_after(course["ends_on"]) < END
    ]
    evaluated = [key for key in due if waves_of(lived, key, "half_year")]
    assert len(due) >= 15
    assert len(evaluated) / len(due) < 0.4


def test_the_loop_leaks_most_where_users_should_be_told(lived):
    actions_of = {}
    for action in lived.rows["actions"]:
        for item in action["feedback_ids"] or ():
            actions_of.setdefault(item, []).append(action)
    first, last = dt.date(2025, 9, 1), dt.date(2025, 12, 31)
    asked = [
        item
        for item in lived.rows["feedback"]
        if item["kind"] == "change" and first <= item["received_on"] <= last
    ]
    recommended = [item for item in asked if item["recommendation_on"]]
    acted = [item for item in recommended if item["feedback_id"] in actions_of]
    done = [item for item in acted if all(a["done_on"] for a in actions_of[item["feedback_id"]])]
    told = [
        item for item in done if all(a["told_back_on"] for a in actions_of[item["feedback_id"]])
    ]
    stages = [asked, recommended, acted, done, told]
    kept = [len(after) / len(before) for before, after in pairwise(stages)]
    assert min(kept) == kept[-1]
    assert kept[-1] < 0.65


# -- actions that wait -----------------------------------------------------------------------


def test_stale_actions_lie_untouched_for_over_45_days(lived):
    for key in STORY["stale_actions"].rows:
        action = lived.row("actions", "action_id", key)
        assert is_open(action, END)
        assert (END - action["changed_on"]).days > 45
        assert action["due_on"] < END


def test_some_open_actions_have_no_due_date(lived):
    assert [row for row in lived.rows["actions"] if is_open(row, END) and row["due_on"] is None]


def test_an_action_was_opened_again(lived):
    (key,) = STORY["reopened"].rows
    action = lived.row("actions", "action_id", key)
    assert (action["done_on"], action["reopened_on"]) == (dt.date(2026, 6, 10), dt.date(2026, 9, 3))
    assert is_open(action, dt.date(2026, 6, 9))
    assert not is_open(action, dt.date(2026, 6, 30))
    assert is_open(action, END)


def test_actions_are_shared_across_municipalities_and_lent_by_neighbours(lived):
    shared = [row for row in lived.rows["actions"] if row["scope"] == "cross_municipal"]
    assert len({row["municipality"] for row in shared}) >= 3
    lent = [row for row in lived.rows["actions"] if row["borrowed_from"]]
    assert len(lent) >= 10
    assert all(row["borrowed_from"] != row["municipality"] for row in lent)


def test_an_action_counts_only_from_the_day_somebody_knew(lived):
    """The file of a month says nothing of what came after it was delivered."""
    for file, intake in lived.intakes.items():
        day = min(entry["at"].date() for entry in lived.entries if entry.get("file") == file)
        if "actions" in intake.tables:
            table = intake.tables["actions"]
            for name in ("opened_on", "changed_on", "done_on", "told_back_on", "reopened_on"):
                assert table[name].drop_nulls().max() is None or table[name].max() < day, file


# -- people and places -----------------------------------------------------------------------


def test_two_small_services_never_get_ten_answers(lived):
    counted = answers_by_wave(lived)
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
    assert waves_of(lived, leap["activity_id"], "half_year") == [dt.date(2024, 2, 29)]
    assert coming["ends_on"] == dt.date(2026, 8, 31)
    assert half_year_after(coming["ends_on"]) == dt.date(2027, 2, 28)


def test_same_day_waves_are_mostly_on_the_day_and_half_year_waves_never_early(lived):
    ended = {course["activity_id"]: course["ends_on"] for course in courses(lived)}
    same_day = [
        (wave["sent_on"], ended[wave["activity_id"]])
        for wave in lived.rows["survey_waves"]
        if wave["measurement"] == "same_day"
    ]
    assert all(sent >= end for sent, end in same_day)
    assert sum(sent == end for sent, end in same_day) / len(same_day) > 0.85
    for wave in lived.rows["survey_waves"]:
        if wave["measurement"] == "half_year":
            assert wave["sent_on"] >= half_year_after(ended[wave["activity_id"]])


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


def test_july_is_quiet(lived):
    for year in (2023, 2024, 2025, 2026):
        months = {
            month: sum(
                row["kind"] in WITH_USERS
                and (row["ends_on"].year, row["ends_on"].month) == (year, month)
                for row in lived.rows["activities"]
            )
            for month in range(1, 11)
        }
        assert months[7] == min(months.values())
        assert months[7] < mean(months.values()) / 2


def test_the_working_group_met_monthly_for_a_time_and_ended(lived):
    months = {
        (row["ends_on"].year, row["ends_on"].month)
        for row in lived.rows["activities"]
        if row["kind"] == "working_group"
    }
    assert (min(months), max(months)) == ((2024, 1), (2025, 6))
    assert len(months) >= 15


def test_every_way_to_take_part_is_there(lived):
    kinds = {row["kind"] for row in lived.rows["activities"]}
    assert kinds == WITH_USERS | {
        "course",
        "guidance",
        "improvement_team",
        "leader_team",
        "working_group",
        "gathering",
    }
    assert {row["initiative"] for row in lived.rows["activities"]} >= {
        "KB",
        "FACT",
        "FIT",
        "course",
    }
    assert {row["kind"] for row in lived.rows["feedback"]} == {"change", "praise"}
    bodies = {row["body_kind"] for row in lived.rows["seats"]}
    assert bodies >= {"improvement_team", "user_panel", "working_group", "steering_group"}
    tools = {row["tool"] for row in lived.rows["activities"] if row["tool"]}
    chosen = {tool for row in lived.rows["municipalities"] for tool in row["tools"]}
    assert len(tools & chosen) >= 6


@pytest.mark.parametrize(
    ("measurement", "low", "high"),
    [("same_day", 0.4, 0.6), ("half_year", 0.25, 0.4), ("other", 0.25, 0.6)],
)
def test_response_rates_are_as_such_surveys_get_them(lived, measurement, low, high):
    counted = answers_by_wave(lived)
    waves = [
        wave
        for wave in lived.rows["survey_waves"]
        if wave["measurement"] == measurement and wave["respondent"] != "staff"
    ]
    answered = sum(counted.get(wave["wave_id"], 0) for wave in waves)
    assert low <= answered / sum(wave["asked"] for wave in waves) <= high


# -- leaders ---------------------------------------------------------------------------------


def test_the_fagteam_meets_after_each_lock_and_on_the_last_day(lived):
    days = sorted(
        {row["ends_on"] for row in lived.rows["activities"] if row["kind"] == "leader_team"}
    )
    assert days[-1] == TODAY
    for lock in lived.acts("lock"):
        after = min(day for day in days if day >= lock["at"].date())
        assert (after - lock["at"].date()).days <= 5
    months = {(day.year, day.month) for day in days}
    assert len(months) == len(days) == len(month_ends(dt.date(2023, 1, 1), TODAY))


def test_four_of_six_heads_have_attested_october(lived):
    october = {
        entry["municipality"] for entry in lived.acts("attest") if entry["month"] == "2026-10"
    }
    assert october == {LILLEHAMMER, OYER, RINGEBU, SOR_FRON}
    assert set(STORY["not_attested"].rows) == {GAUSDAL, NORD_FRON}
    for month in range(1, 11):
        heads = [entry for entry in lived.acts("attest") if entry["month"] == f"2026-{month:02d}"]
        assert len(heads) >= 4


def steps(lived, municipality):
    """The criteria with evidence at most twelve months old at the end of October."""
    since = END.replace(year=END.year - 1)
    given = {
        entry["criterion"]
        for entry in lived.acts("give_evidence")
        if entry["municipality"] == municipality and entry["on"] > since
    }
    given |= {
        entry["criterion"]
        for entry in lived.acts("decide")
        if entry.get("municipality") == municipality
        and "criterion" in entry
        and since < entry["decided_on"] <= END
    }
    given |= {
        goal["criterion"]
        for goal in lived.rows["goals"]
        if goal["municipality"] == municipality
        and since < goal["decided_on"] <= END
        and (goal["closed_on"] is None or goal["closed_on"] > END)
    }
    asks = [
        entry
        for entry in lived.acts("attest")
        if entry["municipality"] == municipality and entry["statement"] == "asks_for"
    ]
    return given | ({"results_asked_for"} if asks else set())


def test_the_municipalities_stand_on_different_steps(lived):
    found = {
        municipality: len(steps(lived, municipality))
        for municipality in (LILLEHAMMER, RINGEBU, OYER, SOR_FRON, GAUSDAL, NORD_FRON)
    }
    assert found == {
        LILLEHAMMER: 5,
        RINGEBU: 4,
        OYER: 3,
        SOR_FRON: 3,
        GAUSDAL: 2,
        NORD_FRON: 1,
    }
    assert "conditions_secured" not in steps(lived, RINGEBU)


def test_a_list_came_after_the_lock(lived):
    (lock,) = [entry for entry in lived.acts("lock") if entry["month"] == "2026-08"]
    came = lived.delivered["actions", SOR_FRON, dt.date(2026, 8, 1)]
    assert came > lock["at"]


def test_a_deviation_was_confirmed_and_put_right_but_never_closed(lived):
    closed = {entry["row_key"] for entry in lived.acts("review") if entry["verdict"] == "closed"}
    confirmed = [
        entry["row_key"]
        for entry in lived.acts("review")
        if entry["verdict"] == "confirmed" and entry["rule"] == "not_told_back"
    ]
    (key,) = confirmed
    assert key not in closed
    assert lived.row("actions", "action_id", key)["told_back_on"] is not None


def test_the_decision_about_one_action_has_not_been_carried_out(lived):
    done = {entry["decision"] for entry in lived.acts("carry_out")}
    about = [entry for entry in lived.acts("decide") if "action_id" in entry]
    assert [entry["action_id"] for entry in about] == ["T-GAU-26-901"]
    assert about[0]["decision"] not in done
