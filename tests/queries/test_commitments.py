"""Commitments: of what was agreed and fell due, how much each municipality kept."""

from __future__ import annotations

import datetime as dt

import pytest

from data import contract
from queries import cards
from queries.commitments import load_commitments
from tests.queries.commitments_asked import commitments
from tests.queries.commitments_opinion import COUNTERPARTS, MONTHLY, Cell, Closing
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    day,
    delivered,
    noon,
    world,
)

OCTOBER = day("2026-10-01")
LATE = day("2027-02-01")


def cell(commitment: str, today: dt.date = LATE, **facts: object) -> Cell:
    """Ringebu's October."""
    return commitments(world(today=today, **facts))["3439", OCTOBER, commitment][0]


def closing(commitment: str, today: dt.date = LATE, **facts: object) -> Closing:
    """When Ringebu's October settles, and whether it is still open."""
    return commitments(world(today=today, **facts))["3439", OCTOBER, commitment][1]


def test_every_member_has_every_commitment_every_month() -> None:
    made = world(day("2026-09-01"), OCTOBER, municipalities=[RINGEBU, LILLEHAMMER])
    assert len(commitments(made)) == 2 * 2 * len(load_commitments())
    assert {code for _, _, code in commitments(made)} == set(load_commitments())


COURSE: Row = {"activity_id": "1", "kind": "course", "ends_on": day("2026-10-20")}
WAVE: Row = {"wave_id": "1", "activity_id": "1", "survey": "s", "answered": 3}


def test_the_same_day_evaluation_is_kept_for_all_courses_or_not_kept() -> None:
    second = COURSE | {"activity_id": "2"}
    fact = COURSE | {"activity_id": "3", "initiative": "FACT"}
    wave = WAVE | {"measurement": "same_day", "sent_on": day("2026-10-20")}
    activities = [COURSE, second, fact]

    def with_waves(*waves: Row) -> Cell:
        return cell("same_day_evaluation", activities=activities, survey_waves=waves)

    assert with_waves(wave) == ("not_kept", 1, 2)
    assert with_waves(wave, wave | {"wave_id": "2", "activity_id": "2"}) == ("kept", 2, 2)
    assert cell("same_day_evaluation") == ("not_due", 0, 0)
    # The day the course ends there is still time.
    today = {"today": day("2026-10-20")}
    assert cell("same_day_evaluation", activities=[COURSE], **today) == ("not_due", 0, 0)


def test_a_half_year_evaluation_is_due_when_its_fourteen_days_are_over() -> None:
    course = COURSE | {"ends_on": day("2026-04-20")}
    wave = WAVE | {"measurement": "half_year", "sent_on": day("2026-11-03")}

    def on(today: str, *waves: Row) -> Cell:
        facts = {"activities": [course], "survey_waves": waves}
        return cell("half_year_evaluation", day(today), **facts)

    assert on("2026-11-03") == ("not_due", 0, 0)
    assert on("2026-11-04") == ("not_kept", 0, 1)
    assert on("2026-11-03", wave) == ("not_due", 0, 0)
    assert on("2026-11-04", wave) == ("kept", 1, 1)
    assert on("2026-11-05", wave | {"sent_on": day("2026-11-04")}) == ("not_kept", 0, 1)


def half_year(today: str, *delivered_months: str, **wave: object) -> Cell:
    """A course whose 14 days reach from October into November; April is its activities' month."""
    course = COURSE | {"ends_on": day("2026-04-20")}
    coverage = [delivered("activities", "3439", day("2026-04-01"))]
    coverage += [delivered("survey_waves", "3439", day(month)) for month in delivered_months]
    waves = [WAVE | {"measurement": "half_year"} | wave] if wave else []
    facts = {"activities": [course], "survey_waves": waves, "coverage": coverage}
    return cell("half_year_evaluation", day(today), **facts)


NEXT, AFTER_NEXT = "2026-11-01", "2026-12-01"


def test_what_was_kept_and_what_was_not_wait_alike_for_the_file_that_tells() -> None:
    kept = {"sent_on": day("2026-10-20")}
    only = ["2026-10-01"]
    assert half_year("2026-11-20", *only) == ("not_due", 0, 0)
    assert half_year("2026-11-20", *only, **kept) == ("not_due", 0, 0)
    assert half_year("2026-12-03", *only, NEXT) == ("not_kept", 0, 1)
    assert half_year("2026-12-03", *only, NEXT, **kept) == ("kept", 1, 1)


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-11-29", "not_due"), ("2026-11-30", "not_due"), ("2026-12-01", "missing")],
)
def test_the_next_months_file_is_missing_when_that_month_is_over(today: str, state: str) -> None:
    assert half_year(today, "2026-10-01", sent_on=day("2026-10-20"))[0] == state


def test_a_file_of_a_month_tells_of_that_month_and_a_list_of_all_before_it() -> None:
    # Nobody knows whether the survey was sent in November.
    assert half_year("2027-02-01", "2026-10-01", AFTER_NEXT) == ("missing", None, None)
    done = {"action_id": "1", "opened_on": day("2026-09-01"), "done_on": day("2026-10-10")}

    def told_back(*lists: str) -> Cell:
        coverage = [delivered("actions", "3439", day(month)) for month in lists]
        return cell("told_back", actions=[done], coverage=coverage)

    assert told_back("2026-10-01") == ("missing", None, None)
    assert told_back("2026-10-01", NEXT) == ("not_kept", 0, 1)
    assert told_back("2026-10-01", AFTER_NEXT) == ("not_kept", 0, 1)


def test_time_that_runs_out_within_the_month_waits_for_no_other_file() -> None:
    done = {"action_id": "1", "opened_on": day("2026-09-01"), "done_on": day("2026-10-01")}
    lists = [delivered("actions", "3439", OCTOBER)]

    def told_back(done_on: str) -> Cell:
        actions = [done | {"done_on": day(done_on)}]
        return cell("told_back", day("2026-11-12"), actions=actions, coverage=lists)

    assert told_back("2026-10-01") == ("not_kept", 0, 1)  # the 31st of October
    assert told_back("2026-10-02") == ("not_due", 0, 0)  # the 1st of November


@pytest.mark.parametrize(
    ("commitment", "last"),
    [
        ("same_day_evaluation", "2026-10-31"),
        ("leader_present", "2026-10-31"),
        ("half_year_evaluation", "2026-11-14"),
        ("report_on_time", "2026-11-30"),
        ("told_back", "2026-11-30"),
        ("file_delivered", "2026-11-10"),
        ("month_attested", "2026-11-20"),
    ],
)
def test_a_cell_is_open_through_the_last_day_to_keep_a_promise_of_the_month(
    commitment: str, last: str
) -> None:
    meeting = {"activity_id": "1", "kind": "leader_team", "ends_on": day("2026-11-20")}
    facts = {"acts_locks": [LOCK], "activities": [meeting]}
    on = day(last)
    assert closing(commitment, on - dt.timedelta(days=1), **facts) == (on, True)
    assert closing(commitment, on, **facts) == (on, True)
    assert closing(commitment, on + dt.timedelta(days=1), **facts) == (on, False)


@pytest.mark.parametrize(
    ("commitment", "kind"),
    [
        ("half_year_evaluation", "survey_waves"),
        ("report_on_time", "activities"),
        ("report_on_time", "survey_waves"),
        ("told_back", "actions"),
    ],
)
def test_a_cell_is_open_until_the_next_months_file_is_there_also_without_a_promise(
    commitment: str, kind: str
) -> None:
    made = world(today=LATE)
    assert commitments(made)["3439", OCTOBER, commitment][1][1] is False
    made["coverage"] = [
        row for row in made["coverage"] if (row["kind"], row["month"]) != (kind, day(NEXT))
    ]
    assert commitments(made)["3439", OCTOBER, commitment] == (
        ("not_due", 0, 0),
        (day("2026-11-14" if commitment.startswith("half") else "2026-11-30"), True),
    )


def test_the_duties_of_a_lock_that_was_never_made_stay_open() -> None:
    for commitment in ("file_delivered", "month_attested"):
        assert closing(commitment) == (None, True)
        history = [LOCK | {"is_history": True}]
        assert closing(commitment, acts_locks=history) == (day("2026-10-31"), False)
    # Locked, but the team has not met.
    assert closing("month_attested", acts_locks=[LOCK]) == (None, True)


def test_a_commitment_settles_when_the_indicator_of_the_same_matures() -> None:
    indicators = cards.load_all()
    for code, indicator in COUNTERPARTS.items():
        last = day("2026-10-31") + dt.timedelta(days=indicators[indicator].matures_after_days)
        assert closing(code) == (last, False)


def test_a_report_needs_a_recommendation_and_thirty_days() -> None:
    meeting = {"ends_on": day("2026-10-01"), "kind": "dialogue_meeting", "activity_id": "1"}
    report = {"report_on": day("2026-10-31"), "recommendations": 1}

    def activity(**facts: object) -> Cell:
        return cell("report_on_time", activities=[meeting | report | facts])

    assert activity() == ("kept", 1, 1)
    assert activity(report_on=day("2026-11-01")) == ("not_kept", 0, 1)
    assert activity(recommendations=0) == ("not_kept", 0, 1)
    assert activity(recommendations=None) == ("not_kept", 0, 1)
    assert activity(report_on=None) == ("not_kept", 0, 1)
    for kind in ("dialogue_cafe", "peer_evaluation"):
        assert activity(kind=kind) == ("kept", 1, 1)
    for kind in ("dialogue_conference", "workshop", "course"):
        assert activity(kind=kind) == ("not_due", 0, 0)
    assert activity(initiative="FACT") == ("not_due", 0, 0)


def test_a_survey_owes_a_report_and_a_course_message_does_not() -> None:
    def wave(measurement: str, **facts: object) -> Cell:
        sent = WAVE | {"measurement": measurement, "sent_on": day("2026-10-31")} | facts
        return cell("report_on_time", survey_waves=[sent])

    assert wave("other") == ("not_kept", 0, 1)
    assert wave("other", report_on=day("2026-11-30"), recommendations=2) == ("kept", 1, 1)
    assert wave("same_day") == ("not_due", 0, 0)
    assert wave("half_year") == ("not_due", 0, 0)


def test_the_own_leader_is_to_be_at_each_meeting() -> None:
    meeting = {"activity_id": "1", "kind": "leader_team", "ends_on": day("2026-10-20")}
    second = meeting | {"activity_id": "2"}
    present = [meeting | {"leaders": 1}]
    assert cell("leader_present", activities=present) == ("kept", 1, 1)
    assert cell("leader_present", activities=[*present, second]) == ("not_kept", 1, 2)
    deputy = [meeting | {"deputies": 1}]
    assert cell("leader_present", activities=deputy) == ("not_kept", 0, 1)
    # The meeting is known from another municipality's row.
    elsewhere = [meeting | {"municipality": "3405", "leaders": 1}]
    assert cell("leader_present", activities=elsewhere) == ("not_kept", 0, 1)
    assert cell("leader_present") == ("not_due", 0, 0)


LOCK: Row = {"month": OCTOBER, "at": noon(day("2026-11-06")), "is_history": False}


@pytest.mark.parametrize(
    ("last", "kept"), [("2026-11-09", 4), ("2026-11-10", 4), ("2026-11-11", 3)]
)
def test_files_are_to_be_delivered_by_the_lock_day(last: str, kept: int) -> None:
    coverage = [delivered(kind, "3439", OCTOBER, day("2026-11-02")) for kind in MONTHLY[:3]]
    coverage.append(delivered("survey_waves", "3439", OCTOBER, day(last)))
    state = "kept" if kept == 4 else "not_kept"
    assert cell("file_delivered", acts_locks=[LOCK], coverage=coverage) == (state, kept, 4)


def test_a_file_that_never_came_was_not_delivered_rather_than_missing() -> None:
    kinds = [*MONTHLY, "survey_answers"]
    elsewhere = [delivered(kind, "3405", OCTOBER, day("2026-11-02")) for kind in kinds]
    found = cell("file_delivered", acts_locks=[LOCK], coverage=elsewhere)
    assert found == ("not_kept", 0, 4)
    # Of answers only where a wave has no total of its own.
    wave = WAVE | {"measurement": "other", "sent_on": day("2026-10-31"), "answered": None}
    found = cell("file_delivered", acts_locks=[LOCK], coverage=elsewhere, survey_waves=[wave])
    assert found == ("not_kept", 0, 5)
    assert {kind for kind in contract.all_kinds() if contract.load(kind).is_monthly} == {
        *MONTHLY,
        "survey_answers",
    }


def test_a_kind_that_nobody_has_delivered_is_not_waited_for() -> None:
    assert cell("file_delivered", acts_locks=[LOCK], coverage=[]) == ("not_due", 0, 0)
    core = [delivered("actions", "3405", OCTOBER, day("2026-11-02"))]
    found = cell("file_delivered", acts_locks=[LOCK], coverage=core)
    assert found == ("not_kept", 0, 1)


def test_lock_day_duties_are_not_due_before_the_lock_and_for_history() -> None:
    for commitment in ("file_delivered", "month_attested"):
        assert cell(commitment) == ("not_due", 0, 0)
        assert cell(commitment, acts_locks=[LOCK | {"is_history": True}]) == ("not_due", 0, 0)
    # Locked early, the lock day itself is not over until the next.
    assert cell("file_delivered", day("2026-11-10"), acts_locks=[LOCK])[0] == "not_due"
    assert cell("file_delivered", day("2026-11-11"), acts_locks=[LOCK])[0] == "kept"


def test_a_month_is_to_be_attested_by_the_day_of_the_meeting() -> None:
    meeting = {"activity_id": "1", "kind": "leader_team", "ends_on": day("2026-11-20")}
    given_on = {"attestation_id": 1, "month": OCTOBER, "statement": "seen"}

    def attested(at: str, today: str = "2027-02-01", **facts: object) -> Cell:
        return cell(
            "month_attested",
            day(today),
            acts_locks=[LOCK],
            activities=[meeting],
            acts_attestations=[given_on | {"at": noon(day(at))} | facts],
        )

    assert attested("2026-11-20") == ("kept", 1, 1)
    assert attested("2026-11-21") == ("not_kept", 0, 1)
    assert attested("2026-11-10", withdrawn_at=noon(day("2026-11-12"))) == ("not_kept", 0, 1)
    assert attested("2026-11-10", today="2026-11-20") == ("not_due", 0, 0)
    assert cell("month_attested", acts_locks=[LOCK]) == ("not_due", 0, 0)


def test_users_are_to_be_told_within_thirty_days() -> None:
    done = {"action_id": "1", "opened_on": day("2026-09-01"), "done_on": day("2026-10-10")}
    told = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}

    def action(today: dt.date = LATE, **facts: object) -> Cell:
        return cell("told_back", today, actions=[done | facts])

    assert action(**told, told_back_on=day("2026-11-09")) == ("kept", 1, 1)
    assert action(**told, told_back_on=day("2026-11-10")) == ("not_kept", 0, 1)
    assert action(told_back_on=day("2026-10-20")) == ("not_kept", 0, 1)
    assert action(day("2026-11-09")) == ("not_due", 0, 0)
    assert action(day("2026-11-10")) == ("not_kept", 0, 1)
    assert action(reopened_on=day("2026-11-09")) == ("not_due", 0, 0)


@pytest.mark.parametrize(
    ("commitment", "kind"),
    [
        ("same_day_evaluation", "activities"),
        ("same_day_evaluation", "survey_waves"),
        ("half_year_evaluation", "survey_waves"),
        ("report_on_time", "activities"),
        ("report_on_time", "survey_waves"),
        ("leader_present", "activities"),
        ("told_back", "actions"),
    ],
)
def test_what_was_not_delivered_is_missing(commitment: str, kind: str) -> None:
    made = world(today=LATE)
    made["coverage"] = [
        row for row in made["coverage"] if (row["kind"], row["month"]) != (kind, OCTOBER)
    ]
    found = commitments(made)
    assert found["3439", OCTOBER, commitment][0] == ("missing", None, None)
    others = {key[2] for key, ((state, _, _), _) in found.items() if state != "missing"}
    assert {"file_delivered", "month_attested"} <= others
