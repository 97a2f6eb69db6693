"""Decisions carried out: those due by the end of the month, a municipality's own and of all."""

from tests.queries import random_acts as acts
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, noon, numbers, one, world

WORLDS = some.worlds(acts_decisions=acts.decisions)

OCTOBER = day("2026-10-01")
DECISION: Row = {
    "decision_id": 1,
    "text": "Fast rutine",
    "owner_role": "enhetsleder",
    "decided_on": day("2026-08-13"),
    "due_on": day("2026-10-31"),
}


def october(*decisions: Row) -> tuple[object, object]:
    """Ringebu's decisions: carried out, and due, by the last day of October."""
    return one("decisions_carried_out", world(acts_decisions=decisions))[:2]


def test_a_decision_is_due_on_its_day_and_not_before() -> None:
    assert october(DECISION | {"due_on": day("2026-10-30")}) == (0, 1)
    assert october(DECISION) == (0, 1)
    assert october(DECISION | {"due_on": day("2026-11-01")}) == (0, 0)


def test_what_was_carried_out_by_the_end_of_the_month_counts_also_after_its_due_date() -> None:
    late = DECISION | {"due_on": day("2026-09-15")}
    assert october(late | {"carried_out_on": day("2026-10-31")}) == (1, 1)
    assert october(late | {"carried_out_on": day("2026-11-01")}) == (0, 1)
    assert october(late, DECISION | {"carried_out_on": day("2026-09-01")}) == (1, 2)


def test_what_is_not_due_yet_does_not_count_even_if_it_is_done() -> None:
    early = {"due_on": day("2026-12-01"), "carried_out_on": day("2026-10-01")}
    assert october(DECISION | early) == (0, 0)


def test_a_withdrawn_decision_is_neither_due_nor_carried_out() -> None:
    withdrawn = DECISION | {"withdrawn_at": noon(day("2026-12-01"))}
    assert october(withdrawn) == (0, 0)
    assert october(withdrawn | {"carried_out_on": day("2026-10-02")}, DECISION) == (0, 1)


def test_a_decision_for_all_counts_once_for_the_cooperation_and_in_no_municipality() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        acts_decisions=[
            DECISION | {"municipality": None, "carried_out_on": day("2026-10-02")},
            DECISION | {"decision_id": 2, "municipality": "3405"},
        ],
    )
    found = numbers("decisions_carried_out", made)
    assert found["3439", OCTOBER, None] == (0, 0, None)
    assert found["3405", OCTOBER, None] == (0, 1, None)
    assert found["cooperation", OCTOBER, None] == (1, 2, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("decisions_carried_out", WORLDS)


def test_a_second_opinion_that_believes_all_is_done_is_noticed() -> None:
    done = changed("acts_decisions", carried_out_on=day("2025-01-31"))
    assert_notices("decisions_carried_out", WORLDS, done)


def test_a_second_opinion_that_counts_what_was_withdrawn_is_noticed() -> None:
    assert_notices("decisions_carried_out", WORLDS, changed("acts_decisions", withdrawn_at=None))


def test_a_second_opinion_that_gives_all_decisions_to_one_is_noticed() -> None:
    assert_notices("decisions_carried_out", WORLDS, changed("acts_decisions", municipality="3405"))
