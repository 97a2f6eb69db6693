"""Commitments: of what was agreed and fell due, how much each municipality kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import find, given, settings

from data import contract
from queries import ask, cards, sql
from queries.builder import Builder
from tests.queries import random_worlds as some
from tests.queries.indicators import second_opinions
from tests.queries.indicators.agreement import ANY, QUIET
from tests.queries.indicators.second_opinions import later, month_of, norwegian_day
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    builder,
    day,
    delivered,
    horizon,
    noon,
    world,
)

OCTOBER = day("2026-10-01")
LATE = day("2027-02-01")
Cell = tuple[str, int | None, int | None]
Closing = tuple[dt.date | None, bool]
Key = tuple[str, dt.date, str]
"""Municipality, month, commitment."""
Cells = dict[Key, tuple[Cell, Closing]]
"""State, kept and due; and the last day to keep a promise, and whether it is still open."""

ASKED = sql.FOLDER / "commitments.sql"


def commitments(made: World) -> Cells:
    """Every cell of the matrix of this world."""
    return told(sql.run(builder(made), ASKED, **horizon(made)))


def told(found: pl.DataFrame) -> Cells:
    """The same of what the question gave."""
    assert found.columns == [
        *("municipality_id", "month", "commitment", "state", "kept", "due"),
        *("settles_on", "is_open"),
    ]
    return {
        (who, month, code): ((state, kept, due), closing)
        for who, month, code, state, kept, due, *rest in found.iter_rows()
        for closing in [(rest[0], rest[1])]
    }


def cell(commitment: str, today: dt.date = LATE, **facts: object) -> Cell:
    """Ringebu's October."""
    return commitments(world(today=today, **facts))["3439", OCTOBER, commitment][0]


def closing(commitment: str, today: dt.date = LATE, **facts: object) -> Closing:
    """When Ringebu's October settles, and whether it is still open."""
    return commitments(world(today=today, **facts))["3439", OCTOBER, commitment][1]


def test_every_member_has_every_commitment_every_month() -> None:
    made = world(day("2026-09-01"), OCTOBER, municipalities=[RINGEBU, LILLEHAMMER])
    assert len(commitments(made)) == 2 * 2 * len(cards.load_commitments())
    assert {code for _, _, code in commitments(made)} == set(cards.load_commitments())


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


COUNTERPARTS = {
    "same_day_evaluation": "same_day_evaluation",
    "half_year_evaluation": "half_year_evaluation",
    "leader_present": "leaders_present",
    "told_back": "told_back",
}


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
MONTHLY = ("activities", "actions", "feedback", "survey_waves")


@pytest.mark.parametrize(
    ("last", "kept"), [("2026-11-09", 4), ("2026-11-10", 4), ("2026-11-11", 3)]
)
def test_files_are_to_be_delivered_by_the_lock_day(last: str, kept: int) -> None:
    coverage = [delivered(kind, "3439", OCTOBER, day("2026-11-02")) for kind in MONTHLY[:3]]
    coverage.append(delivered("survey_waves", "3439", OCTOBER, day(last)))
    state = "kept" if kept == 4 else "not_kept"
    assert cell("file_delivered", acts_locks=[LOCK], coverage=coverage) == (state, kept, 4)


def test_a_file_that_never_came_was_not_delivered_rather_than_missing() -> None:
    assert cell("file_delivered", acts_locks=[LOCK], coverage=[]) == ("not_kept", 0, 4)
    # Of answers only where a wave has no total of its own.
    wave = WAVE | {"measurement": "other", "sent_on": day("2026-10-31"), "answered": None}
    found = cell("file_delivered", acts_locks=[LOCK], coverage=[], survey_waves=[wave])
    assert found == ("not_kept", 0, 5)
    assert {kind for kind in contract.all_kinds() if contract.load(kind).is_monthly} == {
        *MONTHLY,
        "survey_answers",
    }


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


# -- a second opinion ---------------------------------------------------------------------------

Promise = tuple[str, dt.date, str, dt.date, str | None, bool]
"""Whose, of which month, which commitment, to be kept by when, told by which file, and whether."""


def promises(made: World) -> Iterator[Promise]:
    """Every promise, one by one."""
    waves = second_opinions.waves(made, "same_day", "half_year", "other")
    for course in second_opinions.activities(made, "course"):
        who, ended = course["municipality"], course["ends_on"]
        own = [wave for wave in waves if wave["activity_id"] == course["activity_id"]]
        same_day = any(
            wave["sent_on"] == ended for wave in own if wave["measurement"] == "same_day"
        )
        yield who, month_of(ended), "same_day_evaluation", ended, None, same_day
        due = later(ended, 6)
        again = any(
            0 <= (wave["sent_on"] - due).days <= 14
            for wave in own
            if wave["measurement"] == "half_year"
        )
        last = due + dt.timedelta(days=14)
        yield who, month_of(due), "half_year_evaluation", last, "survey_waves", again
    held = [
        (row, row["ends_on"], "activities")
        for row in second_opinions.activities(
            made, "dialogue_meeting", "dialogue_cafe", "peer_evaluation"
        )
    ]
    held += [
        (row, row["sent_on"], "survey_waves") for row in waves if row["measurement"] == "other"
    ]
    for row, on, kind in held:
        reported = row["report_on"] is not None and (row["report_on"] - on).days <= 30
        kept = reported and (row["recommendations"] or 0) >= 1
        last = on + dt.timedelta(days=30)
        yield row["municipality"], month_of(on), "report_on_time", last, kind, kept
    yield from _promises_about_meetings_and_locks(made)
    for row in made["current_actions"]:
        if row["done_on"] is None:
            continue
        last = row["done_on"] + dt.timedelta(days=30)
        if row["reopened_on"] is not None and row["done_on"] < row["reopened_on"] <= last:
            continue
        told = row["told_back_on"] is not None and row["told_back_on"] <= last
        kept = told and None not in (row["told_back_channel"], row["what_changed"])
        yield row["municipality"], month_of(row["done_on"]), "told_back", last, "actions", kept


def _promises_about_meetings_and_locks(made: World) -> Iterator[Promise]:
    meetings = second_opinions.activities(made, "leader_team")
    first_delivery: dict[tuple[str, str, dt.date], dt.date] = {
        (row["kind"], row["municipality"], row["month"]): norwegian_day(row["delivered_at"])
        for row in made["coverage"]
    }
    for who, month in second_opinions.spine(made):
        for number in {row["activity_id"] for row in meetings}:
            rows = [row for row in meetings if row["activity_id"] == number]
            if month_of(rows[0]["ends_on"]) == month:
                there = any((row["leaders"] or 0) > 0 for row in rows if row["municipality"] == who)
                yield who, month, "leader_present", rows[0]["ends_on"], None, there
        lock = next((row for row in made["acts_locks"] if row["month"] == month), None)
        if lock is None or lock["is_history"]:
            continue
        lock_day = later(month, 1) + dt.timedelta(days=made["horizon"][0]["lock_day"] - 1)
        for kind in (*MONTHLY, "survey_answers"):
            untold = [
                wave
                for wave in second_opinions.waves(made, "same_day", "half_year", "other")
                if wave["answered"] is None
                and (wave["municipality"], month_of(wave["sent_on"])) == (who, month)
            ]
            if kind == "survey_answers" and not untold:
                continue
            came = first_delivery.get((kind, who, month), dt.date.max)
            yield who, month, "file_delivered", lock_day, None, came <= lock_day
        met = second_opinions.attestation_day(made, lock)
        if met is not None:
            attested = second_opinions.attestations(made)[who, month, None][0] == 1
            yield who, month, "month_attested", met, None, attested


FILES: dict[str, list[tuple[str, int]]] = {
    "same_day_evaluation": [("activities", 0), ("survey_waves", 0)],
    "half_year_evaluation": [("activities", -6), ("survey_waves", 0), ("survey_waves", 1)],
    "report_on_time": [
        *(("activities", 0), ("survey_waves", 0)),
        *(("activities", 1), ("survey_waves", 1)),
    ],
    "leader_present": [("activities", 0)],
    "file_delivered": [],
    "month_attested": [],
    "told_back": [("actions", 0), ("actions", 1)],
}
DAYS = {
    "same_day_evaluation": 0,
    "half_year_evaluation": 14,
    "report_on_time": 30,
    "leader_present": 0,
    "told_back": 30,
}


def tells(made: World, kind: str, who: str, month: dt.date, by: int) -> bool:
    """Whether the file of so many months away is there; of lists a newer one does as well."""
    newer = 4 if by > 0 and kind == "actions" else 0
    return any(
        second_opinions.has_delivered(made, kind, who, later(month, by + more))
        for more in range(newer + 1)
    )


def second_opinion(made: World) -> Cells:
    """Cell by cell: first whether its files are there, then its promises, one at a time."""
    by_cell: dict[Key, list[tuple[dt.date, str | None, bool]]] = {}
    for who, month, code, last, kind, is_kept in promises(made):
        by_cell.setdefault((who, month, code), []).append((last, kind, is_kept))
    return {
        (who, month, code): _one_cell(made, (who, month, code), by_cell.get((who, month, code), []))
        for who, month in second_opinions.spine(made)
        for code in FILES
    }


def _one_cell(
    made: World, key: Key, of_cell: list[tuple[dt.date, str | None, bool]]
) -> tuple[Cell, Closing]:
    who, month, code = key
    today = made["horizon"][0]["today"]
    settles = _settles(made, month, code)
    there = {(kind, by): tells(made, kind, who, month, by) for kind, by in FILES[code]}
    is_open = not all(there.values()) or settles is None or today <= settles
    lacks = not all(came for (_, by), came in there.items() if by <= 0)
    counted: list[bool] = []
    for last, kind, is_kept in of_cell:
        if today <= last:
            continue
        if kind is None or month_of(last) == month or there[kind, 1]:
            counted.append(is_kept)
        elif today >= later(month, 2):
            lacks = True
    if lacks:
        return ("missing", None, None), (settles, is_open)
    state = "not_due" if not counted else "kept" if all(counted) else "not_kept"
    return (state, sum(counted), len(counted)), (settles, is_open)


def _settles(made: World, month: dt.date, code: str) -> dt.date | None:
    """The last day on which a promise of the month may still be kept."""
    end = later(month, 1) - dt.timedelta(days=1)
    if code in DAYS:
        return end + dt.timedelta(days=DAYS[code])
    lock = next((row for row in made["acts_locks"] if row["month"] == month), None)
    if lock is None:
        return None
    if lock["is_history"]:
        return end
    if code == "month_attested":
        return second_opinions.attestation_day(made, lock)
    return later(month, 1) + dt.timedelta(days=made["horizon"][0]["lock_day"] - 1)


def _none(_: object) -> list[Row]:
    return []


DAYS_THAT_MEET = [*some.HALF_A_YEAR_BEFORE, *some.COURSE_ENDS]
SENT_ON = [*some.HALF_A_YEAR_LATER, *some.COURSE_ENDS]
# Every other world holds courses alone, so that their evaluations meet them.
WORLDS = some.worlds(
    activities=some.activities("course", on=some.COURSE_ENDS),
    survey_waves=some.survey_waves("same_day", on=some.COURSE_ENDS),
    actions=_none,
    acts_locks=_none,
    acts_attestations=_none,
) | some.worlds(
    activities=some.activities(
        "course",
        "course",
        "dialogue_meeting",
        "dialogue_cafe",
        "peer_evaluation",
        "leader_team",
        "workshop",
        on=DAYS_THAT_MEET,
    ),
    survey_waves=some.survey_waves("same_day", "half_year", "other", on=SENT_ON),
    actions=some.actions,
    acts_locks=some.locks,
    acts_attestations=some.attestations,
)


@QUIET
@given(WORLDS)
def test_the_second_opinion_agrees(made: World) -> None:
    assert commitments(made) == second_opinion(made)


def test_the_second_opinion_agrees_over_the_demo_data(
    demo_tables: dict[str, pl.DataFrame],
) -> None:
    rows = World({name: table.to_dicts() for name, table in demo_tables.items()})
    builder = Builder(demo_tables)
    assert told(builder.run(ASKED, **horizon(rows))) == second_opinion(rows)
    builder.close()


def test_the_random_worlds_hold_every_state_of_every_commitment() -> None:
    seen: set[tuple[str, str]] = set()

    # More than elsewhere: the rarest of the states stands in few worlds.
    @settings(QUIET, max_examples=300)
    @given(WORLDS)
    def look(made: World) -> None:
        seen.update(
            (code, state) for (_, _, code), ((state, _, _), _) in second_opinion(made).items()
        )

    look()
    never_missing = {("file_delivered", "missing"), ("month_attested", "missing")}
    states = ("kept", "not_kept", "not_due", "missing")
    assert seen == {(code, state) for code in FILES for state in states} - never_missing


def test_a_wrong_second_opinion_is_noticed() -> None:
    def differ(made: World) -> bool:
        forgetful = World(made | {"current_actions": []})
        return commitments(made) != second_opinion(forgetful)

    find(WORLDS, differ, settings=ANY)


# -- beside the indicators ----------------------------------------------------------------------


def contradictions(cells: pl.DataFrame, matrix: pl.DataFrame) -> list[Key]:
    """Where a cell of the matrix and the indicator of the same stand still and differ."""
    number = {
        (row["municipality_id"], row["period"], row["indicator"]): row
        for row in cells.filter(pl.col("part").is_null() & (pl.col("grain") == "month")).to_dicts()
        if row["frozen_in"] is not None
    }
    found = []
    for row in matrix.filter(pl.col("frozen_in").is_not_null()).to_dicts():
        who, month, code = row["municipality_id"], row["month"], row["commitment"]
        beside = number.get((who, month, COUNTERPARTS.get(code, code)))
        if beside is None:
            continue
        counts = (row["kept"], row["due"])
        if code == "leader_present":
            # The matrix counts meetings, the indicator whether the leader was at all of them.
            counts = (int(row["state"] == "kept"), int(row["due"] > 0))
        if counts != (beside["numerator"], beside["denominator"]):
            found.append((who, month, code))
    return found


def test_no_cell_of_the_matrix_contradicts_the_indicator_of_its_month(demo_store: Path) -> None:
    cells, matrix = ask.ask("cells", store=demo_store), ask.ask("commitments", store=demo_store)
    assert contradictions(cells, matrix) == []
    both = pl.col("frozen_in").is_not_null()
    # Something stands still in every column that has an indicator, and a lock freezes both.
    still = matrix.filter(both & pl.col("state").is_in(["kept", "not_kept"]))
    assert set(still["commitment"]) >= set(COUNTERPARTS)
    beside = matrix.with_columns(
        indicator=pl.col("commitment").replace_strict(COUNTERPARTS, default=None)
    ).join(
        cells.filter(pl.col("part").is_null()),
        left_on=["municipality_id", "month", "indicator"],
        right_on=["municipality_id", "period", "indicator"],
    )
    assert beside.height
    assert (beside["frozen_in"].is_null() == beside["frozen_in_right"].is_null()).all()


def test_a_contradiction_is_found() -> None:
    held: Row = {"municipality_id": "3441", "frozen_in": OCTOBER}
    cell = held | {"period": OCTOBER, "indicator": "told_back", "part": None, "grain": "month"}
    cells = pl.DataFrame([cell | {"numerator": 0.0, "denominator": 1.0}])
    row = held | {"month": OCTOBER, "commitment": "told_back", "state": "not_kept"}
    assert contradictions(cells, pl.DataFrame([row | {"kept": 0, "due": 1}])) == []
    planted = pl.DataFrame([row | {"state": "not_due", "kept": 0, "due": 0}])
    assert contradictions(cells, planted) == [("3441", OCTOBER, "told_back")]
