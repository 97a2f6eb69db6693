"""The loop: how far what users asked for came, stage by stage, and how long each stage took."""

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Numbers,
    Row,
    World,
    day,
    delivered,
    months,
    numbers,
    world,
)

WORLDS = loops()

JANUARY, APRIL = day("2026-01-01"), day("2026-04-01")
LAST_DAY = day("2026-10-27")
"""Half a year after the end of April: what comes later is too late for this tertial."""

ASKED: Row = {"kind": "change", "received_on": day("2026-02-10")}
TOLD: Row = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}
OPENED: Row = {"opened_on": day("2026-03-20")}
STAGES = ("recommended", "action", "done", "told_back")


def tertial(**tables: list[Row]) -> World:
    return world(JANUARY, APRIL, day("2026-11-12"), **tables)


def of(made: World, who: str = "3439") -> Numbers:
    return {key: number for key, number in numbers("loop", made).items() if key[0] == who}


def counts(made: World, who: str = "3439") -> list[float | None]:
    """How many items were received, and came to each stage."""
    found = of(made, who)
    return [found[who, JANUARY, None][1], *(found[who, JANUARY, stage][0] for stage in STAGES)]


def days(made: World, name: str, who: str = "3439") -> float | None:
    return of(made, who)[who, JANUARY, f"days_{name}"][0]


def test_every_stage_counts_those_that_came_so_far_and_no_further() -> None:
    action: Row = OPENED | TOLD
    made = tertial(
        feedback=[
            # Nothing came of it.
            ASKED | {"feedback_id": "1"},
            # A recommendation, and no more.
            ASKED | {"feedback_id": "2", "recommendation_on": day("2026-03-01")},
            # An action that is open.
            ASKED | {"feedback_id": "3", "recommendation_on": day("2026-03-01")},
            # Done, and nobody was told.
            ASKED | {"feedback_id": "4", "recommendation_on": day("2026-03-01")},
            # The whole way.
            ASKED | {"feedback_id": "5", "recommendation_on": day("2026-03-01")},
            # Praise asks for nothing.
            ASKED | {"feedback_id": "6", "kind": "praise"},
            # Received in another tertial.
            ASKED | {"feedback_id": "7", "received_on": day("2025-12-31")},
            ASKED | {"feedback_id": "8", "received_on": day("2026-05-01")},
        ],
        actions=[
            action | {"action_id": "a", "feedback_ids": ["3"]},
            OPENED | {"action_id": "b", "feedback_ids": ["4"], "done_on": day("2026-06-01")},
            action
            | {"action_id": "c", "feedback_ids": ["5"], "done_on": day("2026-06-01")}
            | {"told_back_on": day("2026-06-15")},
        ],
    )
    assert counts(made) == [5, 4, 3, 2, 1]
    assert of(made)["3439", JANUARY, None] == (1, 5, None)
    assert of(made)["3439", JANUARY, "done"] == (2, 3, None)
    # 10 February to 1 March, to 20 March, to 1 June, to 15 June.
    assert days(made, "to_recommended") == 19
    assert days(made, "to_action") == 19
    assert days(made, "to_done") == 73
    assert days(made, "to_told_back") == 14
    assert days(made, "all_the_way") == 125


def test_told_back_needs_a_channel_and_what_changed() -> None:
    def told(**facts: object) -> float | None:
        done: Row = OPENED | {"done_on": day("2026-06-01"), "told_back_on": day("2026-06-02")}
        action = done | TOLD | {"action_id": "a", "feedback_ids": ["1"]} | facts
        return counts(tertial(feedback=[ASKED | {"feedback_id": "1"}], actions=[action]))[-1]

    assert told() == 1
    assert told(told_back_channel=None) == 0
    assert told(what_changed=None) == 0


def test_an_action_without_a_written_recommendation_has_come_past_that_stage() -> None:
    made = tertial(
        feedback=[ASKED | {"feedback_id": "1"}],
        actions=[OPENED | {"action_id": "a", "feedback_ids": ["1"]}],
    )
    assert counts(made) == [1, 1, 1, 0, 0]
    assert days(made, "to_recommended") is None
    assert days(made, "to_action") is None


def test_a_reasoned_no_is_an_answer_and_no_leak_of_the_recommendation() -> None:
    no: Row = ASKED | {"leader_answer": "no", "leader_answered_on": day("2026-03-10")}
    made = tertial(
        feedback=[
            no | {"feedback_id": "1", "reason": "Loven krever det"},
            # Without its reason a no is no answer.
            no | {"feedback_id": "2"},
            # First a no, and then it was done all the same.
            no | {"feedback_id": "3", "reason": "Loven krever det"},
            # A yes is a promise, and only an action keeps it.
            ASKED
            | {"feedback_id": "4", "leader_answer": "yes", "reason": "Enig"}
            | {"leader_answered_on": day("2026-03-10")},
        ],
        actions=[OPENED | {"action_id": "a", "feedback_ids": ["3"]}],
    )
    assert counts(made) == [4, 2, 1, 0, 0]
    assert of(made)["3439", JANUARY, "refused"] == (1, 2, None)


def test_what_was_closed_without_action_promises_nothing_more() -> None:
    done: Row = OPENED | {"done_on": day("2026-06-01")}
    closed: Row = OPENED | {"closed_on": day("2026-05-01")}
    made = tertial(
        feedback=[ASKED | {"feedback_id": number} for number in ("1", "2", "3")],
        actions=[
            # Of two actions one was given up: the other decides.
            done | {"action_id": "a", "feedback_ids": ["1"]},
            closed | {"action_id": "b", "feedback_ids": ["1"]},
            # The only one was given up.
            closed | {"action_id": "c", "feedback_ids": ["2"]},
            # Given up, and taken up again.
            closed | {"action_id": "d", "feedback_ids": ["3"], "reopened_on": day("2026-05-02")},
        ],
    )
    assert counts(made) == [3, 2, 2, 1, 0]


def test_an_action_that_was_reopened_is_not_done() -> None:
    def done(**facts: object) -> float | None:
        action = OPENED | {"action_id": "a", "feedback_ids": ["1"], "done_on": day("2026-06-01")}
        made = tertial(feedback=[ASKED | {"feedback_id": "1"}], actions=[action | facts])
        return counts(made)[3]

    assert done() == 1
    assert done(reopened_on=day("2026-06-02")) == 0
    # Reopened first, done at last.
    assert done(reopened_on=day("2026-06-01")) == 1
    # Reopened when the tertial was no longer followed.
    assert done(reopened_on=day("2026-10-28")) == 1


def test_each_tertial_is_followed_for_half_a_year_after_its_end() -> None:
    def stages(on: str) -> list[float | None]:
        item = ASKED | {"feedback_id": "1", "recommendation_on": day(on)}
        action = {"action_id": "a", "feedback_ids": ["1"], "opened_on": day(on)}
        done = action | TOLD | {"done_on": day(on), "told_back_on": day(on)}
        return counts(tertial(feedback=[item], actions=[done]))

    assert stages("2026-10-26") == [1, 1, 1, 1, 1]
    assert stages(f"{LAST_DAY}") == [1, 1, 1, 1, 1]
    assert stages("2026-10-28") == [1, 0, 0, 0, 0]


def test_what_began_before_its_turn_did_not_wait() -> None:
    made = tertial(
        feedback=[ASKED | {"feedback_id": "1", "recommendation_on": day("2026-03-01")}],
        actions=[{"action_id": "a", "feedback_ids": ["1"], "opened_on": day("2026-01-05")}],
    )
    assert days(made, "to_action") == 0


def test_all_together_take_the_median_of_items_and_not_of_municipalities() -> None:
    def item(number: str, who: str, recommended_on: str) -> Row:
        facts = {"municipality": who, "recommendation_on": day(recommended_on)}
        return ASKED | {"feedback_id": number} | facts

    made = tertial(
        municipalities=[RINGEBU, LILLEHAMMER],
        feedback=[
            item("1", "3439", "2026-02-11"),
            item("2", "3405", "2026-02-13"),
            item("3", "3405", "2026-02-20"),
        ],
    )
    assert days(made, "to_recommended") == 1
    assert days(made, "to_recommended", "3405") == 6.5
    assert days(made, "to_recommended", "cooperation") == 3
    assert counts(made, "cooperation") == [3, 3, 0, 0, 0]


def test_a_month_that_was_not_delivered_is_left_out() -> None:
    made = tertial(
        municipalities=[RINGEBU],
        feedback=[
            ASKED | {"feedback_id": "1"},
            ASKED | {"feedback_id": "2", "received_on": day("2026-03-10")},
        ],
    )
    for lacking in ("feedback", "actions"):
        made["coverage"] = [
            delivered(kind, "3439", month)
            for kind in ("feedback", "actions")
            for month in months(JANUARY, APRIL)
            if (kind, month) != (lacking, day("2026-03-01"))
        ]
        assert counts(made) == [1, 0, 0, 0, 0]
        assert counts(made, "cooperation") == [1, 0, 0, 0, 0]


def test_only_a_whole_tertial_is_told_of() -> None:
    def periods(first: str, last: str) -> set[object]:
        made = world(day(first), day(last), day("2026-11-12"))
        return {period for _, period, _ in numbers("loop", made)}

    assert periods("2026-01-01", "2026-03-01") == set()
    assert periods("2026-02-01", "2026-07-01") == set()
    assert periods("2026-01-01", "2026-04-01") == {JANUARY}
    assert periods("2025-12-01", "2026-08-01") == {JANUARY, day("2026-05-01")}


def test_the_second_opinion_agrees() -> None:
    assert_agree("loop", WORLDS)


def test_a_second_opinion_that_counts_praise_is_noticed() -> None:
    assert_notices("loop", WORLDS, changed("current_feedback", kind="change"))


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("loop", WORLDS, changed("current_actions", reopened_on=None))


def test_a_second_opinion_that_takes_one_action_of_each_item_is_noticed() -> None:
    def first_alone(made: World) -> World:
        seen: set[str] = set()
        rows = []
        for row in made["current_actions"]:
            own = [name for name in row["feedback_ids"] or () if name not in seen]
            seen.update(own)
            rows.append(row | {"feedback_ids": own})
        return World(made | {"current_actions": rows})

    assert_notices("loop", WORLDS, first_alone)


def test_a_second_opinion_that_takes_one_item_of_each_action_is_noticed() -> None:
    def one_alone(made: World) -> World:
        rows = [
            row | {"feedback_ids": (row["feedback_ids"] or [])[:1]}
            for row in made["current_actions"]
        ]
        return World(made | {"current_actions": rows})

    assert_notices("loop", WORLDS, one_alone)
