"""Each rule at its limits: the day before it fires, the day it does, and when it stops holding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.queries.rules.agreement import fired
from tests.queries.worlds import World, day, delivered, noon, world

SEPTEMBER, OCTOBER = day("2026-09-01"), day("2026-10-01")


def since(rule: str, made: World) -> dict[str, tuple[str, str | None]]:
    """By row since when a rule held, and until when."""
    return {
        key: (f"{on}", f"{until}" if until else None)
        for (_, key, on), until in fired(rule, made).items()
    }


def covered(*rows: tuple[str, dt.date]) -> list[dict[str, Any]]:
    return [delivered(kind, "3439", month) for kind, month in rows]


def course(ends: str, **more: Any) -> dict[str, Any]:
    return {"activity_id": "K", "kind": "course", "ends_on": day(ends)} | more


def wave(measurement: str, sent: str, **more: Any) -> dict[str, Any]:
    of = {"wave_id": "U", "activity_id": "K", "measurement": measurement}
    return of | {"sent_on": day(sent)} | more


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("2026-10-13", {"K": ("2026-10-14", None)}),  # the day before is another day
        ("2026-10-14", {}),
        ("2026-10-15", {"K": ("2026-10-14", None)}),
    ],
)
def test_a_course_is_evaluated_on_the_very_day(sent: str, found: object) -> None:
    made = world(activities=[course("2026-10-14")], survey_waves=[wave("same_day", sent)])
    assert since("course_without_same_day_wave", made) == found


def test_no_wave_is_missed_where_no_file_of_waves_came() -> None:
    rows = covered(("activities", OCTOBER), ("survey_waves", SEPTEMBER))
    made = world(activities=[course("2026-10-14")], coverage=rows)
    assert since("course_without_same_day_wave", made) == {}
    assert since("course_without_half_year_wave", made) == {}


def test_a_course_of_fact_and_a_course_that_ends_today_are_nobodys_deviation() -> None:
    fact = course("2026-10-14", initiative="FACT")
    today = course("2026-10-14", activity_id="L")
    made = world(OCTOBER, today=day("2026-10-14"), activities=[fact, today])
    assert since("course_without_same_day_wave", made) == {}
    made = world(OCTOBER, today=day("2026-10-15"), activities=[fact, today])
    assert since("course_without_same_day_wave", made) == {"L": ("2026-10-14", None)}


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("2026-10-24", {}),  # 14 days after half a year
        ("2026-10-25", {"K": ("2026-10-24", "2026-10-25")}),  # late, and then there is one
        (None, {"K": ("2026-10-24", None)}),
    ],
)
def test_a_course_has_half_a_year_and_fourteen_days(sent: str | None, found: object) -> None:
    waves = [wave("half_year", sent)] if sent else []
    made = world(activities=[course("2026-04-10")], survey_waves=waves)
    assert since("course_without_half_year_wave", made) == found


def test_the_month_that_the_fourteen_days_reach_into_must_have_come() -> None:
    # Half a year after the 31st of August is the last of February; the time runs out in March.
    ends, last = course("2025-08-31"), day("2026-02-01")
    rows = covered(("survey_waves", last), ("survey_waves", day("2026-03-01")))
    made = world(last, today=day("2026-04-05"), activities=[ends], coverage=rows)
    assert since("course_without_half_year_wave", made) == {"K": ("2026-03-14", None)}
    made = world(last, today=day("2026-04-05"), activities=[ends], coverage=rows[:1])
    assert since("course_without_half_year_wave", made) == {}


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ("2026-10-17", {}),  # day 30
        ("2026-10-18", {"D": ("2026-10-17", "2026-10-18")}),
        (None, {"D": ("2026-10-17", None)}),
    ],
)
def test_a_report_has_thirty_days(report: str | None, found: object) -> None:
    held = {"activity_id": "D", "kind": "dialogue_meeting", "ends_on": day("2026-09-17")}
    held |= {"report_on": day(report) if report else None}
    assert since("no_report", world(activities=[held])) == found


def test_reports_are_due_from_meetings_peer_evaluations_and_surveys_alone() -> None:
    kinds = ("dialogue_meeting", "peer_evaluation", "dialogue_cafe", "course", "workshop")
    held = [{"activity_id": kind, "kind": kind, "ends_on": day("2026-09-10")} for kind in kinds]
    sent = [
        wave("other", "2026-09-10", wave_id="survey", activity_id=None),
        wave("same_day", "2026-09-10", wave_id="sms"),
    ]
    made = world(activities=held, survey_waves=sent)
    assert set(since("no_report", made)) == {"dialogue_meeting", "peer_evaluation", "survey"}


def test_a_report_with_none_recommends_nothing_and_an_empty_cell_says_nothing() -> None:
    held = [
        {"activity_id": f"{n}", "kind": "dialogue_cafe", "ends_on": day("2026-09-17")}
        | {"report_on": day("2026-10-02"), "recommendations": n}
        for n in (None, 0, 1)
    ]
    # Without a report there is nothing that lacks.
    held.append(held[1] | {"activity_id": "none", "report_on": None})
    made = world(activities=held)
    assert since("report_without_recommendation", made) == {"0": ("2026-10-02", None)}


@pytest.mark.parametrize(
    ("answered", "found"),
    [
        ("2026-10-10", {}),  # day 30
        ("2026-10-11", {"I": ("2026-10-10", "2026-10-11")}),
        (None, {"I": ("2026-10-10", None)}),
    ],
)
def test_a_leader_has_thirty_days_to_answer(answered: str | None, found: object) -> None:
    row = {"feedback_id": "I", "recommendation_on": day("2026-09-10")}
    row |= {"leader_answered_on": day(answered) if answered else None}
    assert since("recommendation_unanswered", world(feedback=[row])) == found


def test_what_fact_recommends_is_no_municipality_s_to_answer() -> None:
    row = {"feedback_id": "I", "recommendation_on": day("2026-09-10"), "activity_id": "A"}
    held = {"activity_id": "A", "kind": "workshop", "ends_on": day("2026-09-01")}
    own, fact = (
        world(feedback=[row], activities=[held | {"initiative": whose}]) for whose in (None, "FACT")
    )
    assert "I" in since("recommendation_unanswered", own)
    assert since("recommendation_unanswered", fact) == {}


def test_a_recommendation_is_history_after_a_year() -> None:
    row = {"feedback_id": "I", "recommendation_on": day("2025-11-01")}
    locks = [{"month": day("2025-11-01"), "at": noon(day("2025-12-05")), "is_history": False}]
    first = day("2025-11-01")
    made = world(first, OCTOBER, feedback=[row], acts_locks=locks)
    assert since("recommendation_unanswered", made) == {"I": ("2025-12-01", "2026-11-01")}


DONE = {"action_id": "T", "opened_on": day("2026-06-01"), "done_on": day("2026-09-15")}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"told_back_on": "2026-10-15"}, {}),  # day 30
        ({"told_back_on": "2026-10-16"}, {"T": ("2026-10-15", "2026-10-16")}),
        ({"reopened_on": "2026-10-15"}, {}),
        ({"reopened_on": "2026-10-16"}, {"T": ("2026-10-15", "2026-10-16")}),
        # Reopened first, and done at last.
        ({"reopened_on": "2026-09-15"}, {"T": ("2026-10-15", None)}),
        ({}, {"T": ("2026-10-15", None)}),
    ],
)
def test_users_are_told_within_thirty_days(more: dict[str, str], found: object) -> None:
    row = DONE | {name: day(on) for name, on in more.items()}
    assert since("not_told_back", world(actions=[row])) == found


def test_nobody_knows_that_users_were_not_told_before_a_list_of_that_month_came() -> None:
    rows = covered(("actions", SEPTEMBER))
    assert since("not_told_back", world(actions=[DONE], coverage=rows)) == {}
    rows = covered(("actions", day("2026-11-01")))
    assert since("not_told_back", world(actions=[DONE], coverage=rows)) != {}


@pytest.mark.parametrize(
    ("users", "count"),
    [
        ((False, False, False), 1),
        ((False, False, None), 0),  # nobody said
        ((False, True, False), 0),
        ((None, None, None), 0),
    ],
)
def test_an_action_lacks_users_where_all_three_say_no(
    users: tuple[bool | None, ...], count: int
) -> None:
    names = ("users_at_start", "users_midway", "users_at_end")
    row = DONE | {"done_on": day("2026-10-08")} | dict(zip(names, users, strict=True))
    assert len(since("action_without_users", world(actions=[row]))) == count


def seat(**days: str) -> dict[str, Any]:
    whole = {"seat_id": "V", "body_id": "B", "body": "Rådet", "body_kind": "improvement_team"}
    return whole | {"seat_from": day("2026-01-01")} | {name: day(on) for name, on in days.items()}


@pytest.mark.parametrize(
    ("left", "today", "found"),
    [
        # Vacant from 1 August: 60 days on 30 September, 61 the day after.
        ("2026-07-31", "2026-10-01", {}),
        ("2026-07-31", "2026-10-02", {"V": ("2026-10-01", None)}),
        ("2026-08-01", "2026-10-02", {}),
    ],
)
def test_a_seat_may_be_vacant_for_sixty_days(left: str, today: str, found: object) -> None:
    rows = [seat(filled_from="2026-01-01", filled_to=left)]
    assert since("seat_vacant", world(today=day(today), seats=rows)) == found


def test_a_seat_is_filled_again_and_may_be_vacant_once_more() -> None:
    rows = [
        seat(filled_from="2026-01-01", filled_to="2026-01-31"),
        seat(filled_from="2026-05-01", filled_to="2026-06-30"),
    ]
    locks = [{"month": day("2026-01-01"), "at": noon(day("2026-02-05")), "is_history": False}]
    made = world(day("2026-01-01"), OCTOBER, seats=rows, acts_locks=locks)
    assert list(fired("seat_vacant", made).items()) == [
        (("3439", "V", day("2026-04-03")), day("2026-05-01")),
        (("3439", "V", day("2026-08-31")), None),
    ]


def test_what_began_as_history_and_lasts_is_suggested_from_the_first_day_after_it() -> None:
    rows = [seat()]
    locks = [{"month": SEPTEMBER, "at": noon(day("2026-10-05")), "is_history": True}]
    made = world(day("2026-01-01"), OCTOBER, seats=rows, acts_locks=locks)
    assert since("seat_vacant", made) == {"V": ("2026-10-01", None)}
    assert since("team_without_user", made) == {"B": ("2026-10-01", None)}
    # What was due before that is nobody's deviation.
    told = world(day("2026-01-01"), OCTOBER, actions=[DONE], acts_locks=locks)
    assert since("not_told_back", told) != {}
    earlier = DONE | {"done_on": day("2026-08-31")}
    told = world(day("2026-01-01"), OCTOBER, actions=[earlier], acts_locks=locks)
    assert since("not_told_back", told) == {}


def test_a_team_needs_one_user_in_any_of_its_seats() -> None:
    one = seat(filled_from="2026-10-01", filled_to="2026-10-10")
    other = seat(filled_from="2026-10-12") | {"seat_id": "W"}
    assert since("team_without_user", world(seats=[one, other])) == {
        "B": ("2026-10-11", "2026-10-12")
    }
    panel = one | {"body_kind": "user_panel"}
    assert since("team_without_user", world(seats=[panel])) == {}


@pytest.mark.parametrize(
    ("leaders", "found"),
    [
        ((1, 0, 0, 0), {"F2": ("2026-10-15", None)}),  # once for the whole run
        ((0, 1, 0, 1), {}),
        ((0, None, 1, 0), {"F1": ("2026-10-08", "2026-10-15")}),  # an empty cell is nobody
    ],
)
def test_a_leader_is_away_twice_in_a_row(leaders: tuple[int | None, ...], found: object) -> None:
    rows = [
        {"activity_id": f"F{n}", "kind": "leader_team", "leaders": came, "deputies": 1}
        | {"ends_on": OCTOBER + dt.timedelta(days=7 * n)}
        for n, came in enumerate(leaders)
    ]
    assert since("leader_absent_twice", world(activities=rows)) == found


def test_a_meeting_that_nobody_told_of_neither_continues_a_run_nor_ends_it() -> None:
    rows = [
        {"activity_id": f"{month}", "kind": "leader_team", "ends_on": day(month), "leaders": 0}
        for month in ("2026-08-13", "2026-09-10", "2026-10-13")
    ]
    came = covered(("activities", day("2026-08-01")), ("activities", OCTOBER))
    made = world(day("2026-08-01"), OCTOBER, activities=rows, coverage=came)
    assert since("leader_absent_twice", made) == {}


@pytest.mark.parametrize(
    ("heard", "today", "found"),
    [
        # 90 days after 2 July is 30 September; on 1 October it is older.
        ("2026-07-02", "2026-10-01", {}),
        ("2026-07-02", "2026-10-02", {"S": ("2026-10-01", None)}),
        ("2026-07-03", "2026-10-02", {}),
    ],
)
def test_feedback_may_be_ninety_days_old(heard: str, today: str, found: object) -> None:
    rows = [{"service_id": "S", "name": "Dagsenter", "active_from": day("2026-01-01")}]
    sent = [wave("other", heard, service="S", answered=3, activity_id=None)]
    made = world(today=day(today), services=rows, survey_waves=sent)
    assert since("service_without_fresh_feedback", made) == found


def test_a_month_that_did_not_come_may_have_had_feedback_on_its_last_day() -> None:
    rows = [{"service_id": "S", "name": "Dagsenter", "active_from": day("2026-01-01")}]
    came = [
        one
        for month in range(1, 12)
        if month != 5
        for one in covered(("survey_waves", dt.date(2026, month, 1)))
    ]
    locks = [{"month": day("2026-04-01"), "at": noon(day("2026-05-05")), "is_history": False}]
    made = world(day("2026-04-01"), OCTOBER, services=rows, coverage=came, acts_locks=locks)
    # Known in April; unknown in May would not have begun before 91 days after it.
    assert since("service_without_fresh_feedback", made) == {"S": ("2026-04-02", None)}
    late = [rows[0] | {"active_from": day("2026-03-01")}]
    made = world(day("2026-04-01"), OCTOBER, services=late, coverage=came, acts_locks=locks)
    assert since("service_without_fresh_feedback", made) == {"S": ("2026-08-30", None)}


def test_a_month_lacks_what_had_not_come_on_the_day_it_was_locked() -> None:
    locks = [{"month": OCTOBER, "at": noon(day("2026-11-10")), "is_history": False}]
    came = [
        delivered("actions", "3439", OCTOBER, day("2026-11-10")),  # on that day
        delivered("activities", "3439", OCTOBER, day("2026-11-11")),  # the day after
    ]
    made = world(coverage=came, acts_locks=locks)
    late = ("2026-11-10", "2026-11-11")
    assert since("month_not_delivered", made) == {"2026-10": late}
    # A kind that came for another month only is expected for this one too.
    waves = delivered("survey_waves", "3439", SEPTEMBER)
    made = world(coverage=[*came, waves], acts_locks=locks)
    assert since("month_not_delivered", made) == {"2026-10": ("2026-11-10", None)}
    history = [locks[0] | {"is_history": True}]
    assert since("month_not_delivered", world(coverage=came, acts_locks=history)) == {}
