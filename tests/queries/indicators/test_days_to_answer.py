"""Days to an answer: the middle wait of what was answered within sixty days."""

import datetime as dt

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, delivered, numbers, one, world

WORLDS = loops()

AUGUST = day("2026-08-01")
RECEIVED = day("2026-08-10")
ASKED: Row = {"kind": "change", "received_on": RECEIVED}


def items(*waits: int | None, who: str = "3439") -> dict[str, list[Row]]:
    """Items that got their action after so many days, or none."""
    return {
        "feedback": [
            ASKED | {"feedback_id": f"{who}-{number}", "municipality": who}
            for number in range(len(waits))
        ],
        "actions": [
            {
                "action_id": f"{who}-{number}",
                "municipality": who,
                "feedback_ids": [f"{who}-{number}"],
                "opened_on": RECEIVED + dt.timedelta(days=days),
            }
            for number, days in enumerate(waits)
            if days is not None
        ],
    }


def test_the_middle_wait_of_those_answered_in_time() -> None:
    assert one("days_to_answer", world(AUGUST, **items(3, 9, 60))) == (9, None, None)
    assert one("days_to_answer", world(AUGUST, **items(3, 9))) == (6, None, None)
    # Too late, and never: they have no wait here.
    assert one("days_to_answer", world(AUGUST, **items(3, 61, None))) == (3, None, None)
    assert one("days_to_answer", world(AUGUST, **items(61, None))) == (None, None, None)
    assert one("days_to_answer", world(AUGUST)) == (None, None, None)


def test_what_was_already_being_worked_on_did_not_wait() -> None:
    assert one("days_to_answer", world(AUGUST, **items(-20))) == (0, None, None)


def test_the_first_answer_is_the_one_that_was_waited_for() -> None:
    made = world(
        AUGUST,
        feedback=[
            ASKED
            | {"feedback_id": "1", "leader_answer": "no", "reason": "Loven krever det"}
            | {"leader_answered_on": day("2026-08-15")}
        ],
        actions=[
            {"action_id": "a", "feedback_ids": ["1"], "opened_on": day("2026-08-30")},
            {"action_id": "b", "feedback_ids": ["1"], "opened_on": day("2026-09-10")},
        ],
    )
    assert one("days_to_answer", made) == (5, None, None)


def test_all_together_are_every_item_of_those_that_delivered_both_files() -> None:
    ours, theirs = items(2, 4), items(30, who="3405")
    made = world(
        AUGUST,
        municipalities=[RINGEBU, LILLEHAMMER],
        **{name: ours[name] + theirs[name] for name in ours},
    )
    assert numbers("days_to_answer", made)["cooperation", AUGUST, None] == (4, None, None)
    for lacking in ("feedback", "actions"):
        made["coverage"] = [
            delivered(kind, who, AUGUST)
            for kind in ("feedback", "actions")
            for who in ("3439", "3405")
            if (kind, who) != (lacking, "3405")
        ]
        assert numbers("days_to_answer", made)["cooperation", AUGUST, None] == (3, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("days_to_answer", WORLDS)


def test_a_second_opinion_that_keeps_what_was_given_up_is_noticed() -> None:
    assert_notices("days_to_answer", WORLDS, changed("current_actions", closed_on=None))


def test_a_second_opinion_that_takes_a_no_without_a_reason_is_noticed() -> None:
    assert_notices("days_to_answer", WORLDS, changed("current_feedback", reason="Nei"))
