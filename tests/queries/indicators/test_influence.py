"""Influence: what the teams say of the actions that were done, and how many say nothing."""

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import Row, World, day, one, world

WORLDS = loops()

SEPTEMBER = day("2026-09-01")
DONE: Row = {"opened_on": day("2026-06-01"), "done_on": day("2026-09-30")}


def test_yes_and_partly_are_shares_of_what_was_assessed() -> None:
    said = ("yes", "partly", "partly", "no", "not_assessed", None)
    made = world(
        SEPTEMBER,
        actions=[
            DONE | {"action_id": str(number), "influence": each} for number, each in enumerate(said)
        ]
        # Not done, and done in another month.
        + [{"action_id": "open", "opened_on": day("2026-06-01"), "influence": "yes"}]
        + [DONE | {"action_id": "later", "done_on": day("2026-10-01"), "influence": "yes"}],
    )
    assert one("influence", made) == (3, 4, None)
    assert one("influence", made, "not_assessed") == (2, 6, None)


def test_an_action_reopened_before_the_month_was_over_was_not_done_after_all() -> None:
    row: Row = {"action_id": "1", "influence": "yes", "done_on": day("2026-09-10")}
    reopened = DONE | row | {"reopened_on": day("2026-09-30")}
    assert one("influence", world(SEPTEMBER, actions=[reopened])) == (0, 0, None)
    reopened |= {"reopened_on": day("2026-10-01")}
    assert one("influence", world(SEPTEMBER, actions=[reopened])) == (1, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("influence", WORLDS)


def test_a_second_opinion_that_takes_silence_for_a_no_is_noticed() -> None:
    def silence_is_no(made: World) -> World:
        rows = [row | {"influence": row["influence"] or "no"} for row in made["current_actions"]]
        return World(made | {"current_actions": rows})

    assert_notices("influence", WORLDS, silence_is_no)


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("influence", WORLDS, changed("current_actions", reopened_on=None))
