"""Kept up after the project: months in a row with activity and attestation, July or not."""

from tests.queries import random_acts as acts
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    day,
    everything_covered,
    noon,
    numbers,
    one,
    world,
)

WORLDS = acts.summers()

MAY, AUGUST = day("2026-05-01"), day("2026-08-01")


def summer(active: str, attested: str = "5678", **facts: object) -> World:
    """May to August: in which months of these there was a dialogue meeting, and an attestation."""
    meetings: list[Row] = [
        {"activity_id": month, "kind": "dialogue_meeting", "ends_on": day(f"2026-0{month}-10")}
        for month in active
    ]
    given: list[Row] = [
        {"attestation_id": int(month), "month": day(f"2026-0{month}-01"), "statement": "seen"}
        | {"at": noon(day(f"2026-0{month}-20"))}
        for month in attested
    ]
    tables: dict[str, object] = {"activities": meetings, "acts_attestations": given}
    return world(MAY, AUGUST, **(tables | facts))  # type: ignore[arg-type]


def lasted(made: World) -> object:
    """Ringebu's months in a row at the end of August."""
    return one("months_sustained", made)[0]


def test_months_in_a_row_count_with_activity_and_attestation() -> None:
    assert lasted(summer("5678")) == 4
    assert lasted(summer("5678", "568")) == 3
    assert lasted(summer("578")) == 2
    assert lasted(summer("567")) == 0
    found = numbers("months_sustained", summer("578"))
    assert [found["3439", day(f"2026-0{n}-01"), None][0] for n in (5, 6, 7, 8)] == [1, 0, 1, 2]


def test_july_does_not_break_the_row_and_does_not_lengthen_it_either() -> None:
    assert lasted(summer("568")) == 3
    assert lasted(summer("568", "568")) == 3
    assert lasted(summer("58")) == 1


def test_a_done_action_is_as_good_as_an_activity() -> None:
    done = {"action_id": "1", "opened_on": MAY, "done_on": day("2026-08-31")}
    assert lasted(summer("567", actions=[done])) == 4
    assert lasted(summer("567", actions=[done | {"done_on": day("2026-09-01")}])) == 0
    assert lasted(summer("567", actions=[done | {"done_on": None}])) == 0


def test_only_activities_in_which_users_have_a_say_are_meant() -> None:
    def august(**facts: object) -> object:
        meeting: Row = {"activity_id": "1", "kind": "workshop", "ends_on": AUGUST}
        return lasted(summer("", activities=[meeting | facts]))

    assert august(users=1) == august(relatives=1) == august(kind="user_panel") == 1
    assert august() == august(staff=9) == 0
    assert august(kind="leader_team") == august(kind="course", users=8) == 0
    assert august(kind="user_panel", initiative="FACT") == 0


def test_an_attestation_that_was_taken_back_does_not_count() -> None:
    given = {"attestation_id": 1, "month": AUGUST, "statement": "seen"}
    given |= {"at": noon(day("2026-11-11"))}
    assert lasted(summer("8", acts_attestations=[given])) == 1
    taken_back = given | {"withdrawn_at": noon(day("2026-11-12"))}
    assert lasted(summer("8", acts_attestations=[taken_back])) == 0


def test_all_together_have_kept_on_as_long_as_the_shortest_row() -> None:
    made = summer("5678", municipalities=[RINGEBU, LILLEHAMMER])
    assert numbers("months_sustained", made)["cooperation", AUGUST, None] == (0, None, None)
    # Whose month was not delivered is left out.
    made["coverage"] = [
        row
        for row in everything_covered(made)
        if (row["municipality"], row["kind"], row["month"]) != ("3405", "actions", AUGUST)
    ]
    assert numbers("months_sustained", made)["cooperation", AUGUST, None] == (4, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("months_sustained", WORLDS)


def test_a_second_opinion_that_counts_what_was_taken_back_is_noticed() -> None:
    assert_notices("months_sustained", WORLDS, changed("acts_attestations", withdrawn_at=None))


def test_a_second_opinion_that_takes_any_activity_is_noticed() -> None:
    assert_notices("months_sustained", WORLDS, changed("current_activities", kind="user_panel"))
