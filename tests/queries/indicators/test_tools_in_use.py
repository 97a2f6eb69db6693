"""Tools in use: those the municipality chose and used in this month or the eleven before."""

from tests.queries import random_bodies
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import RINGEBU, Number, Row, day, one, world

WORLDS = random_bodies.with_tools(
    some.worlds(activities=some.activities("dialogue_meeting", "course", on=some.EDGES))
)

USED: Row = {"kind": "course", "ends_on": day("2026-10-31"), "tool": "SMS-evaluering"}


def of(chosen: list[str] | None, *activities: Row) -> Number:
    rows = [USED | {"activity_id": f"{n}"} | facts for n, facts in enumerate(activities)]
    made = world(municipalities=[RINGEBU | {"tools": chosen}], activities=rows)
    return one("tools_in_use", made)


def test_a_tool_counts_once_however_often_it_is_used() -> None:
    assert of(["SMS-evaluering", "dialogmøte"], {}, {}) == (1, 2, None)
    assert of(["SMS-evaluering", "dialogmøte"], {}, {"tool": "dialogmøte"}) == (2, 2, None)


def test_twelve_months_are_looked_at_with_the_months_own() -> None:
    def used(on: str) -> Number:
        return of(["SMS-evaluering"], {"ends_on": day(on)})

    assert used("2025-11-01") == (1, 1, None)
    assert used("2025-10-31") == (0, 1, None)
    assert used("2026-10-31") == (1, 1, None)
    assert used("2026-11-01") == (0, 1, None)


def test_the_same_words_are_the_same_tool() -> None:
    assert of([" sms-evaluering", "SMS-evaluering"], {}) == (1, 1, None)
    assert of(["Dialogmøte"], {"tool": "dialogmøte "}) == (1, 1, None)
    # Chosen without being used, used without being chosen.
    assert of(["dialogkafé"], {}) == (0, 1, None)


def test_who_has_chosen_nothing_has_nothing_to_use() -> None:
    assert of(None, {}) == of([], {}) == of([""], {}) == (0, 0, None)


def test_what_the_fact_team_uses_is_not_the_municipalitys() -> None:
    assert of(["SMS-evaluering"], {"initiative": "FACT"}) == (0, 1, None)
    assert of(["SMS-evaluering"], {"municipality": "3405"}) == (0, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("tools_in_use", WORLDS)


def test_a_second_opinion_that_counts_the_fact_team_is_noticed() -> None:
    assert_notices("tools_in_use", WORLDS, changed("current_activities", initiative=None))


def test_a_second_opinion_that_takes_one_municipalitys_choice_for_all_is_noticed() -> None:
    misread = changed("current_municipalities", tools=["dialogmøte"])
    assert_notices("tools_in_use", WORLDS, misread)
