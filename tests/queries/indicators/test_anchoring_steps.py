"""The anchoring staircase: steps with evidence at most 12 months old, and those that all share."""

import pytest

from tests.queries import random_acts as acts
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_acts import STEPS
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    day,
    delivered,
    noon,
    numbers,
    one,
    world,
)

WORLDS = some.worlds(
    acts_decisions=acts.decisions,
    acts_evidence=acts.evidence,
    acts_attestations=acts.attestations,
    goals=acts.goals,
)

OCTOBER = day("2026-10-01")
ENTRY: Row = {"evidence_id": 1, "criterion": "need_communicated", "reference": "Sak 4/26"}
DECISION: Row = {
    "decision_id": 1,
    "text": "To timer i uka",
    "owner_role": "kommunalsjef",
    "due_on": day("2026-12-31"),
    "decided_on": day("2026-10-31"),
    "criterion": "conditions_secured",
}
GIVEN: Row = {"attestation_id": 1, "month": day("2026-09-01"), "at": noon(day("2026-10-20"))}
GOAL: Row = {
    "goal_id": "1",
    "theme": "dialogue_meetings",
    "measure": "Dialogmøter i året",
    "due_on": day("2026-12-31"),
    "decided_on": day("2026-01-20"),
    "decided_by_role": "kommunalsjef",
}


def steps(made: World, who: str = "3439") -> set[str]:
    """The steps that there is evidence of, which the whole counts."""
    found = numbers("anchoring_steps", made)
    held = {step for step in STEPS if found[who, OCTOBER, step][0]}
    assert found[who, OCTOBER, None] == (len(held), None, None)
    return held


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        ("2025-10-30", False),  # a year and a day old
        ("2025-10-31", True),  # its anniversary still counts
        ("2026-10-31", True),
        ("2026-11-01", False),
    ],
)
def test_evidence_holds_for_twelve_months(on: str, holds: bool) -> None:
    entry = [ENTRY | {"on_date": day(on)}]
    assert bool(steps(world(acts_evidence=entry))) == holds


def test_a_decision_shows_the_step_it_carries_and_nothing_without_one() -> None:
    assert steps(world(acts_decisions=[DECISION])) == {"conditions_secured"}
    assert steps(world(acts_decisions=[DECISION | {"criterion": None}])) == set()
    november = DECISION | {"decided_on": day("2026-11-01")}
    assert steps(world(acts_decisions=[november])) == set()


def test_a_decision_for_all_shows_it_for_those_who_were_members_that_day() -> None:
    joined = LILLEHAMMER | {"joined_on": day("2026-09-15"), "joined_precision": "day"}
    decision = DECISION | {"municipality": None, "decided_on": day("2026-09-30")}
    made = world(municipalities=[RINGEBU, joined], acts_decisions=[decision])
    assert steps(made) == {"conditions_secured"}
    assert steps(made, "3405") == set()
    later = decision | {"decided_on": day("2026-10-01")}
    made = world(municipalities=[RINGEBU, joined], acts_decisions=[later])
    assert steps(made, "3405") == {"conditions_secured"}


def test_an_attestation_that_asks_is_evidence_from_the_day_it_was_given() -> None:
    def attested(**facts: object) -> set[str]:
        return steps(world(acts_attestations=[GIVEN | facts]))

    assert attested(statement="asks_for") == {"results_asked_for"}
    assert attested(statement="seen") == set()
    assert attested(statement="seen", criterion="need_communicated") == {"need_communicated"}
    both = {"results_asked_for", "need_communicated"}
    assert attested(statement="asks_for", criterion="need_communicated") == both
    assert attested(statement="asks_for", at=noon(day("2026-11-01"))) == set()
    assert attested(statement="asks_for", withdrawn_at=noon(day("2026-11-05"))) == set()


def test_a_current_goal_is_a_decided_area_and_what_it_carries() -> None:
    def aimed(**facts: object) -> set[str]:
        return steps(world(goals=[GOAL | facts]))

    assert aimed() == {"areas_decided"}
    assert aimed(criterion="conditions_secured") == {"areas_decided", "conditions_secured"}
    assert aimed(closed_on=day("2026-11-01")) == {"areas_decided"}
    assert aimed(closed_on=day("2026-10-31")) == set()
    assert aimed(decided_by_role=None) == set()
    assert aimed(decided_on=day("2025-10-30")) == set()


def test_all_together_are_on_the_steps_that_everybody_is_on_and_it_is_no_mean() -> None:
    entries = [
        ENTRY | {"on_date": OCTOBER, "municipality": who, "criterion": step}
        for who, step in [
            ("3439", "need_communicated"),
            ("3439", "organisation_decided"),
            ("3405", "need_communicated"),
        ]
    ]
    made = world(municipalities=[RINGEBU, LILLEHAMMER], acts_evidence=entries)
    found = numbers("anchoring_steps", made)
    assert found["cooperation", OCTOBER, None] == (1, None, None)
    assert found["cooperation", OCTOBER, "need_communicated"] == (2, 2, None)
    assert found["cooperation", OCTOBER, "organisation_decided"] == (1, 2, None)


def test_who_left_goals_undelivered_is_left_out_of_all_together() -> None:
    def together(*goals_of_ringebu: str) -> object:
        entry = ENTRY | {"on_date": OCTOBER, "municipality": "3405"}
        coverage = [delivered("goals", "3405", OCTOBER)]
        coverage += [delivered("goals", "3439", day(month)) for month in goals_of_ringebu]
        places = [RINGEBU, LILLEHAMMER]
        made = world(municipalities=places, acts_evidence=[entry], coverage=coverage)
        return numbers("anchoring_steps", made)["cooperation", OCTOBER, "need_communicated"][:2]

    assert together("2026-10-01") == (1, 2)
    assert together("2026-09-01") == (1, 1)
    # Who has never delivered goals is seen in the rest.
    assert together() == (1, 2)


def test_the_second_opinion_agrees() -> None:
    assert_agree("anchoring_steps", WORLDS)


@pytest.mark.parametrize(
    ("table", "facts"),
    [
        ("acts_attestations", {"withdrawn_at": None}),
        ("acts_attestations", {"statement": "seen"}),
        ("acts_decisions", {"municipality": None}),
        ("acts_evidence", {"on_date": day("2025-01-15")}),
        ("current_goals", {"closed_on": None}),
        ("current_goals", {"criterion": None}),
    ],
)
def test_a_second_opinion_that_misreads_is_noticed(table: str, facts: dict[str, object]) -> None:
    assert_notices("anchoring_steps", WORLDS, changed(table, **facts))


def test_one_of_none_is_zero() -> None:
    assert one("anchoring_steps", world()) == (0, None, None)
