"""The state of a month: member, delivered, due and mature, or which of these it is not."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given

from queries import cards, sql
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import QUIET
from tests.queries.indicators.second_opinions import attestation_day, later, month_end, month_of
from tests.queries.worlds import (
    LILLEHAMMER,
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
States = dict[tuple[str, str, dt.date], tuple[str, dt.date | None]]


def states(made: World) -> States:
    """State and day of delivery by indicator, municipality and month."""
    found = sql.run(builder(made), sql.FOLDER / "states.sql", **horizon(made))
    assert found.columns == ["indicator", "municipality_id", "period", "state", "updated_on"]
    return {
        (row["indicator"], row["municipality_id"], row["period"]): (
            row["state"],
            row["updated_on"],
        )
        for row in found.iter_rows(named=True)
    }


def state(indicator: str, **facts: object) -> str:
    """The state of Ringebu's October."""
    return states(world(**facts))[indicator, "3439", OCTOBER][0]


# -- delivered or not ---------------------------------------------------------------------------


def test_what_no_upload_covers_is_missing_and_what_is_covered_without_rows_is_measured() -> None:
    assert state("open_actions", coverage=[delivered("actions", "3439", OCTOBER)]) == "measured"
    assert state("open_actions", coverage=[]) == "missing"
    # Another kind, another municipality, another month.
    assert state("open_actions", coverage=[delivered("seats", "3439", OCTOBER)]) == "missing"
    assert state("open_actions", coverage=[delivered("actions", "3405", OCTOBER)]) == "missing"
    september = [delivered("actions", "3439", day("2026-09-01"))]
    assert state("open_actions", coverage=september) == "missing"


def test_rows_without_coverage_are_still_missing() -> None:
    actions = [{"action_id": "1", "opened_on": day("2026-10-01")}]
    assert state("open_actions", actions=actions, coverage=[]) == "missing"


def test_every_source_is_needed() -> None:
    both = [delivered(kind, "3439", OCTOBER) for kind in ("activities", "survey_waves")]
    assert state("same_day_evaluation", coverage=both) == "measured"
    assert state("same_day_evaluation", coverage=both[:1]) == "missing"
    assert state("same_day_evaluation", coverage=both[1:]) == "missing"


def test_a_half_year_evaluation_needs_the_courses_of_half_a_year_before() -> None:
    april, november = day("2026-04-01"), day("2026-11-01")
    coverage = [delivered("activities", "3439", april), delivered("survey_waves", "3439", OCTOBER)]
    late = day("2027-01-12")
    assert state("half_year_evaluation", today=late, coverage=coverage[1:]) == "missing"
    # The fourteen days reach into November: until its file is there more may come.
    assert state("half_year_evaluation", today=late, coverage=coverage) == "provisional"
    # December's surveys say nothing of November's.
    december = delivered("survey_waves", "3439", day("2026-12-01"))
    later_still = [*coverage, december]
    assert state("half_year_evaluation", today=late, coverage=later_still) == "provisional"
    coverage.append(delivered("survey_waves", "3439", november))
    assert state("half_year_evaluation", today=late, coverage=coverage) == "measured"


def test_the_list_of_services_is_needed_once_whatever_month_it_was_for() -> None:
    monthly = [delivered(kind, "3439", OCTOBER) for kind in ("activities", "survey_waves")]
    assert state("feedback_freshness", coverage=monthly) == "missing"
    once = [*monthly, delivered("services", "3439", day("2024-01-01"))]
    assert state("feedback_freshness", coverage=once) == "measured"


def test_the_list_of_questions_belongs_to_nobody_and_is_delivered_for_all() -> None:
    kinds = ("activities", "survey_waves", "survey_answers")
    covered = [delivered(kind, "3439", OCTOBER) for kind in kinds]
    late = day("2026-12-20")
    asked: Row = {"survey": "s", "question": "nytte", "role": "benefit", "upload_id": 7}
    upload: Row = {"upload_id": 7, "at": noon(late)}
    known = world(coverage=covered, questions=[asked], uploads=[upload], today=day("2027-01-12"))
    assert states(known)["benefit_same_day", "3439", OCTOBER] == ("measured", late)
    assert state("benefit_same_day", coverage=covered, uploads=[upload]) == "missing"


def test_activities_are_needed_for_freshness_from_the_first_month_they_are_delivered_for() -> None:
    def freshness(*first_activities: str) -> str:
        waves = [delivered(kind, "3439", OCTOBER) for kind in ("survey_waves", "services")]
        activities = [delivered("activities", "3439", day(month)) for month in first_activities]
        return state("feedback_freshness", coverage=[*waves, *activities])

    assert freshness() == "measured"
    assert freshness("2026-11-01") == "measured"
    assert freshness("2026-09-01") == "missing"
    assert freshness("2026-09-01", "2026-10-01") == "measured"
    # Another municipality's begin nothing here.
    elsewhere = [delivered("activities", "3405", day("2026-09-01"))]
    waves = [delivered(kind, "3439", OCTOBER) for kind in ("survey_waves", "services")]
    assert state("feedback_freshness", coverage=[*waves, *elsewhere]) == "measured"


def test_answers_are_needed_only_where_a_wave_has_no_total_of_its_own() -> None:
    def rate(wave: Row | None, *kinds: str) -> str:
        return state(
            "response_rate_same_day",
            today=day("2027-01-12"),
            survey_waves=[wave] if wave else [],
            coverage=[delivered(kind, "3439", OCTOBER) for kind in kinds],
        )

    wave: Row = {"wave_id": "1", "survey": "s", "measurement": "same_day", "asked": 9}
    wave |= {"sent_on": day("2026-10-31")}
    assert rate(wave | {"answered": 0}, "survey_waves") == "measured"
    assert rate(wave, "survey_waves") == "missing"
    assert rate(wave, "survey_waves", "survey_answers") == "measured"
    assert rate(None, "survey_waves") == "measured"
    # Another month's wave asks nothing of October.
    assert rate(wave | {"sent_on": day("2026-11-01")}, "survey_waves") == "measured"


def test_the_day_of_delivery_is_the_latest_of_the_sources() -> None:
    coverage = [
        delivered("activities", "3439", OCTOBER, day("2026-11-04")),
        delivered("survey_waves", "3439", OCTOBER, day("2026-11-07")),
    ]
    found = states(world(coverage=coverage))
    assert found["same_day_evaluation", "3439", OCTOBER] == ("measured", day("2026-11-07"))
    # Late in the evening by UTC is the next day in Norway.
    coverage[1]["delivered_at"] = dt.datetime.combine(day("2026-11-07"), dt.time(23, 30))
    found = states(world(coverage=coverage))
    assert found["same_day_evaluation", "3439", OCTOBER] == ("measured", day("2026-11-08"))


# -- members ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined_on", "precision", "first"),
    [
        ("2014-01-01", "year", "2014-01-01"),
        ("2018-11-01", "month", "2018-12-01"),
        ("2018-11-01", "day", "2018-11-01"),
        ("2018-11-02", "day", "2018-12-01"),
        ("2018-11-30", None, "2018-12-01"),
    ],
)
def test_a_municipality_is_a_member_from_the_first_full_month(
    joined_on: str, precision: str | None, first: str
) -> None:
    joined = LILLEHAMMER | {"joined_on": day(joined_on), "joined_precision": precision}
    before = later(day(first), -1)
    made = world(before, day(first), municipalities=[joined])
    found = states(made)
    assert found["open_actions", "3405", before][0] == "not_member"
    assert found["open_actions", "3405", day(first)][0] != "not_member"


# -- mature -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "days"),
    [("same_day_evaluation", 0), ("half_year_evaluation", 14), ("told_back", 30)],
)
def test_a_cohort_is_provisional_until_its_time_has_passed(indicator: str, days: int) -> None:
    last_day = day("2026-10-31") + dt.timedelta(days=days)
    assert state(indicator, today=last_day) == "provisional"
    assert state(indicator, today=last_day + dt.timedelta(days=1)) == "measured"


def test_told_back_is_provisional_until_the_next_list_is_there() -> None:
    lists = [delivered("actions", "3439", month) for month in (OCTOBER, day("2026-11-01"))]
    late = day("2027-01-12")
    assert state("told_back", today=late, coverage=lists[:1]) == "provisional"
    assert state("told_back", today=late, coverage=lists) == "measured"
    # A newer list holds all that November's did.
    newer = [lists[0], delivered("actions", "3439", day("2026-12-01"))]
    assert state("told_back", today=late, coverage=newer) == "measured"


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        (None, "measured"),
        (("activities", "2026-04-01"), "missing"),
        (("survey_waves", "2026-10-01"), "missing"),
        # A course that ended late in April may be asked about in November.
        (("survey_waves", "2026-11-01"), "missing"),
        # The answers are needed where a wave has no written total, and in November there is none.
        (("survey_answers", "2026-10-01"), "missing"),
        (("survey_answers", "2026-11-01"), "measured"),
        # Which question is about the benefit stands in the list of questions, of any month.
        (("questions", "2026-01-01"), "missing"),
    ],
)
def test_the_benefit_after_half_a_year_needs_the_sixth_and_the_seventh_month(
    lacks: tuple[str, str] | None, told: str
) -> None:
    needed = [
        ("activities", "2026-04-01"),
        ("questions", "2026-01-01"),
        *itertools.product(("survey_waves", "survey_answers"), ("2026-10-01", "2026-11-01")),
    ]
    made = world(
        first=day("2026-04-01"),
        last=day("2026-11-01"),
        today=day("2027-02-01"),
        survey_waves=[
            {"wave_id": "U", "measurement": "half_year", "sent_on": day("2026-10-20")},
        ],
        coverage=[
            delivered(kind, "3439", day(month)) for kind, month in needed if (kind, month) != lacks
        ],
    )
    assert states(made)["benefit_half_year", "3439", day("2026-04-01")][0] == told


# -- due ----------------------------------------------------------------------------------------

LOCK: Row = {"month": OCTOBER, "at": noon(day("2026-11-10")), "is_history": False}
MEETING: Row = {"activity_id": "1", "kind": "leader_team", "ends_on": day("2026-11-20")}


def test_an_attestation_is_due_once_its_month_is_locked_and_final_once_the_team_has_met() -> None:
    def attestation(today: str = "2026-12-01", **facts: object) -> str:
        return state("attestations", today=day(today), coverage=[], **facts)

    assert attestation() == "not_due"
    assert attestation(acts_locks=[LOCK | {"is_history": True}]) == "not_due"
    assert attestation(acts_locks=[LOCK]) == "provisional"
    # On the day of the meeting there is still time.
    assert attestation("2026-11-20", acts_locks=[LOCK], activities=[MEETING]) == "provisional"
    assert attestation("2026-11-21", acts_locks=[LOCK], activities=[MEETING]) == "measured"


def test_what_is_written_into_the_dashboard_exists_from_the_first_month_that_is_not_history() -> (
    None
):
    def decisions(month: str, **facts: object) -> str:
        lock = LOCK | {"month": day(month)}
        return state("decisions_carried_out", coverage=[], acts_locks=[lock | facts])

    assert state("decisions_carried_out", coverage=[]) == "not_due"
    assert decisions("2026-10-01") == "measured"
    # From then on it is there at once, before the month itself is locked.
    assert decisions("2026-09-01") == "measured"
    assert decisions("2026-11-01") == "not_due"
    assert decisions("2026-09-01", is_history=True) == "not_due"


# -- a second opinion ---------------------------------------------------------------------------


def is_over_by_maturity(card: cards.Card, source: cards.Source) -> bool:
    """Whether a later month has surely ended when the number is mature: none lasts 32 days."""
    assert source.months is not None
    return card.matures_after_days >= 31 * source.months


def second_opinion(made: World) -> dict[tuple[str, str, dt.date], str]:
    """The same by walking through each card's sources."""
    today = made["horizon"][0]["today"]
    covered = {(row["kind"], row["municipality"], row["month"]) for row in made["coverage"]}
    locks = {row["month"]: row for row in made["acts_locks"] if not row["is_history"]}
    lists = {row["kind"] for row in made["monthly_kinds"] if row["is_list"]}
    from_month = {"3405": day("2014-01-01"), "3438": day("2025-02-01")}
    from_month |= {"3439": day("2025-01-01"), "3440": day("2025-02-01")}

    def judge(card: cards.Card, who: str, month: dt.date) -> str:
        if month < from_month[who]:
            return "not_member"
        waits = today <= month_end(month) + dt.timedelta(days=card.matures_after_days)
        # What nobody could have done yet is not due, whatever else is missing.
        for source in sorted(card.sources, key=lambda source: source.kind not in ("locks", "acts")):
            if source.kind == "locks":
                if month not in locks:
                    return "not_due"
                met = attestation_day(made, locks[month])
                waits = waits or met is None or today <= met
            elif source.kind == "acts":
                if month < min(locks, default=dt.date.max):
                    return "not_due"
            elif source.months is None:
                if not any(line[:2] == (source.kind, who) for line in covered):
                    return "missing"
            elif source.months > 0 and not is_over_by_maturity(card, source):
                # A later list tells of the months before it too, a later file of its own alone.
                needed = later(month, source.months)
                came = {line[2] for line in covered if line[:2] == (source.kind, who)}
                newer = source.kind in lists and max(came, default=needed) > needed
                waits = waits or not (needed in came or newer)
            elif (source.kind, who, later(month, source.months)) not in covered:
                needless = source.is_from_first and not any(
                    line[:2] == (source.kind, who) and line[2] <= month for line in covered
                )
                needless |= source.kind == "survey_answers" and all(
                    wave["answered"] is not None
                    for wave in made["current_survey_waves"]
                    if (wave["municipality"], month_of(wave["sent_on"]))
                    == (who, later(month, source.months))
                )
                if not needless:
                    return "missing"
        return "provisional" if waits else "measured"

    return {
        (card.id, who, month): judge(card, who, month)
        for card in cards.load_all().values()
        for who in from_month
        for month in some.months(some.FIRST, some.LAST)
    }


WORLDS = some.worlds(
    survey_waves=some.survey_waves("same_day", "half_year"),
    activities=some.activities("leader_team", "working_group"),
    acts_locks=some.locks,
)


@QUIET
@given(WORLDS)
def test_the_second_opinion_agrees(made: World) -> None:
    told = {key: found for key, (found, _) in states(made).items()}
    assert told == second_opinion(made)


def test_the_random_worlds_hold_every_state() -> None:
    seen: set[str] = set()

    @QUIET
    @given(WORLDS)
    def look(made: World) -> None:
        seen.update(second_opinion(made).values())

    look()
    assert seen == {"measured", "provisional", "missing", "not_due", "not_member"}
