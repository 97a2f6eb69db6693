"""Attestations: given by the day of the leaders' meeting that follows the lock of the month."""

import datetime as dt

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, noon, one, world

WORLDS = some.worlds(
    activities=some.activities("leader_team", "working_group"),
    acts_locks=some.locks,
    acts_attestations=some.attestations,
)

OCTOBER = day("2026-10-01")
LOCK: Row = {"month": OCTOBER, "at": noon(day("2026-11-10")), "is_history": False}
GIVEN: Row = {"attestation_id": 1, "month": OCTOBER, "statement": "seen"}
MEETING: Row = {"activity_id": "1", "kind": "leader_team"}


def attested(at: dt.datetime, met_on: str | None = "2026-11-20", **facts: object) -> object:
    """Numerator and denominator for an attestation given at this moment."""
    meetings = [MEETING | {"ends_on": day(met_on)}] if met_on else []
    made = world(
        today=day("2026-12-01"),
        activities=meetings,
        acts_locks=[LOCK],
        acts_attestations=[GIVEN | {"at": at} | facts],
    )
    return one("attestations", made)[:2]


def test_the_day_of_the_meeting_is_the_last_that_counts() -> None:
    assert attested(noon(day("2026-11-19"))) == (1, 1)
    assert attested(noon(day("2026-11-20"))) == (1, 1)
    assert attested(noon(day("2026-11-21"))) == (0, 1)
    # By the clock in Norway: half past eleven by UTC is the next day there.
    on_the_day = day("2026-11-20")
    assert attested(dt.datetime.combine(on_the_day, dt.time(22, 30))) == (1, 1)
    assert attested(dt.datetime.combine(on_the_day, dt.time(23, 30))) == (0, 1)


def test_the_meeting_is_the_first_since_the_lock() -> None:
    # On the day of the lock: a month may be locked the same morning.
    assert attested(noon(day("2026-11-11")), met_on="2026-11-10") == (0, 1)
    # The day before it was another month's meeting, so there is still time.
    assert attested(noon(day("2026-11-11")), met_on="2026-11-09") == (1, 1)


def test_until_the_team_has_met_everything_so_far_counts() -> None:
    assert attested(noon(day("2026-11-25")), met_on=None) == (1, 1)


def test_an_attestation_of_another_month_or_taken_back_does_not_count() -> None:
    at = noon(day("2026-11-11"))
    assert attested(at, month=day("2026-09-01")) == (0, 1)
    assert attested(at, municipality="3405") == (0, 1)
    assert attested(at, withdrawn_at=noon(day("2026-11-30"))) == (0, 1)


def test_a_month_that_is_not_locked_or_locked_as_history_is_not_to_be_attested() -> None:
    given = [GIVEN | {"at": noon(day("2026-11-11"))}]
    assert one("attestations", world(acts_attestations=given)) == (0, 0, None)
    history = [LOCK | {"is_history": True}]
    made = world(acts_attestations=given, acts_locks=history)
    assert one("attestations", made) == (0, 0, None)


def test_several_attestations_make_one() -> None:
    given = [GIVEN | {"attestation_id": number, "at": LOCK["at"]} for number in (1, 2)]
    made = world(acts_locks=[LOCK], acts_attestations=given)
    assert one("attestations", made) == (1, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("attestations", WORLDS)


def test_a_second_opinion_that_counts_what_was_taken_back_is_noticed() -> None:
    assert_notices("attestations", WORLDS, changed("acts_attestations", withdrawn_at=None))


def test_a_second_opinion_that_takes_any_meeting_is_noticed() -> None:
    assert_notices("attestations", WORLDS, changed("current_activities", kind="leader_team"))


def test_a_second_opinion_that_attests_history_is_noticed() -> None:
    assert_notices("attestations", WORLDS, changed("acts_locks", is_history=False))
