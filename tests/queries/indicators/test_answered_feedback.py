"""Answered feedback: what users asked for led to an action or a reasoned no within sixty days."""

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import Row, World, day, one, world

WORLDS = loops()

AUGUST = day("2026-08-01")
ASKED: Row = {"kind": "change", "received_on": day("2026-08-10")}
DAY_60, DAY_61 = day("2026-10-09"), day("2026-10-10")
OPENED: Row = {"opened_on": DAY_60}
NO: Row = {"leader_answer": "no", "reason": "Loven krever det", "leader_answered_on": DAY_60}


def answered(*actions: Row, **item: object) -> object:
    """Of the one item, how many were answered."""
    made = world(
        AUGUST,
        feedback=[ASKED | {"feedback_id": "1"} | item],
        actions=[
            {"action_id": str(number), "feedback_ids": ["1"]} | action
            for number, action in enumerate(actions)
        ],
    )
    numerator, denominator, _ = one("answered_feedback", made)
    assert denominator == 1
    return numerator


def test_what_was_said_in_fact_is_in_no_municipality_s_numbers() -> None:
    said: Row = {"activity_id": "A", "kind": "workshop", "ends_on": day("2026-08-10")}
    wave: Row = {"wave_id": "U", "activity_id": "A", "sent_on": day("2026-08-10")}

    def asked(initiative: str | None, **by: str) -> object:
        made = world(
            AUGUST,
            activities=[said | {"initiative": initiative}],
            survey_waves=[wave],
            feedback=[ASKED | {"feedback_id": "1"} | by],
        )
        return one("answered_feedback", made)[1]

    assert [asked("KB", activity_id="A"), asked("KB", wave_id="U")] == [1, 1]
    assert [asked("FACT", activity_id="A"), asked("FACT", wave_id="U")] == [0, 0]


def test_an_action_answers_from_the_day_it_was_opened() -> None:
    assert answered() == 0
    assert answered({"opened_on": day("2026-08-10")}) == 1
    assert answered({"opened_on": DAY_60}) == 1
    assert answered({"opened_on": DAY_61}) == 0
    # It was already being worked on.
    assert answered({"opened_on": day("2026-07-01")}) == 1
    assert answered({"opened_on": DAY_61}, {"opened_on": DAY_60}) == 1


def test_an_action_answers_only_the_items_it_names() -> None:
    assert answered(OPENED | {"feedback_ids": ["2"]}) == 0
    assert answered(OPENED | {"feedback_ids": []}) == 0
    assert answered(OPENED | {"feedback_ids": None}) == 0
    assert answered(OPENED | {"feedback_ids": ["2", "1"]}) == 1
    # A shared action of another municipality answers too.
    assert answered(OPENED | {"municipality": "3405"}) == 1


def test_an_action_that_was_given_up_in_that_time_was_none() -> None:
    opened: Row = {"opened_on": day("2026-08-20")}
    assert answered(opened | {"closed_on": DAY_60}) == 0
    assert answered(opened | {"closed_on": DAY_61}) == 1
    again = opened | {"closed_on": day("2026-09-01")}
    assert answered(again | {"reopened_on": day("2026-09-01")}) == 0
    assert answered(again | {"reopened_on": day("2026-09-02")}) == 1
    assert answered(again | {"reopened_on": DAY_61}) == 0


def test_a_no_needs_its_reason_and_a_yes_an_action() -> None:
    assert answered(**NO) == 1
    assert answered(**NO | {"leader_answered_on": DAY_61}) == 0
    assert answered(**NO | {"leader_answered_on": None}) == 0
    assert answered(**NO | {"reason": None}) == 0
    assert answered(**NO | {"leader_answer": "yes"}) == 0
    assert answered(**NO | {"leader_answer": "partly"}) == 0


def test_an_item_counts_once_and_praise_never() -> None:
    made = world(
        AUGUST,
        feedback=[
            # With a no and two actions.
            ASKED | NO | {"feedback_id": "1"},
            ASKED | {"feedback_id": "2"},
            ASKED | {"feedback_id": "3", "kind": "praise"},
            # Of another month.
            ASKED | {"feedback_id": "4", "received_on": day("2026-09-01")},
        ],
        actions=[
            OPENED | {"action_id": "a", "feedback_ids": ["1", "3"]},
            OPENED | {"action_id": "b", "feedback_ids": ["1", "1"]},
        ],
    )
    assert one("answered_feedback", made) == (1, 2, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("answered_feedback", WORLDS)


def test_a_second_opinion_that_counts_praise_is_noticed() -> None:
    assert_notices("answered_feedback", WORLDS, changed("current_feedback", kind="change"))


def test_a_second_opinion_that_takes_a_no_without_a_reason_is_noticed() -> None:
    assert_notices("answered_feedback", WORLDS, changed("current_feedback", reason="Nei"))


def test_a_second_opinion_that_keeps_what_was_given_up_is_noticed() -> None:
    assert_notices("answered_feedback", WORLDS, changed("current_actions", closed_on=None))


def test_a_second_opinion_that_never_reads_the_leaders_answer_is_noticed() -> None:
    def unread(made: World) -> World:
        return changed("current_feedback", leader_answer=None)(made)

    assert_notices("answered_feedback", WORLDS, unread)
