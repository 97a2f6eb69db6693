"""Roles allow what the product says, for one municipality or all, and claims become the most."""

from __future__ import annotations

import pytest

from data import people
from data.people import LOCAL, Person, from_claims, may

VIEWER = Person("v", "viewer")
LEADER = Person("l", "leader", "3439")
COORDINATOR = Person("c", "coordinator", "3439")
REGIONAL = Person("r", "regional_coordinator")

# Written by hand from the description of the roles.
ALLOWED = {
    "read": (VIEWER, LEADER, COORDINATOR, REGIONAL),
    "attest": (LEADER, REGIONAL),
    "report": (LEADER, COORDINATOR, REGIONAL),
    "upload": (COORDINATOR, REGIONAL),
    "undo": (COORDINATOR, REGIONAL),
    "review": (COORDINATOR, REGIONAL),
    "give_evidence": (COORDINATOR, REGIONAL),
    "decide": (REGIONAL,),
    "change_decision": (REGIONAL,),
    "withdraw_decision": (REGIONAL,),
    "carry_out": (REGIONAL,),
    "make_action": (REGIONAL,),
    "move_action": (COORDINATOR, REGIONAL),
    "withdraw_action": (REGIONAL,),
    "lock": (REGIONAL,),
}


def test_every_act_is_listed_here() -> None:
    assert set().union(*people.MAY.values()) == set(ALLOWED)
    assert set(people.MAY) == set(people.ROLES)


@pytest.mark.parametrize("act", ALLOWED)
def test_a_role_may_what_it_may_for_its_own_municipality(act: str) -> None:
    who = tuple(
        person for person in (VIEWER, LEADER, COORDINATOR, REGIONAL) if may(person, act, "3439")
    )
    assert who == ALLOWED[act]


@pytest.mark.parametrize("act", ALLOWED)
def test_for_another_municipality_only_the_regional_coordinator_acts(act: str) -> None:
    for person in (LEADER, COORDINATOR):
        assert may(person, act, "3440") == (act == "read")
    assert may(REGIONAL, act, "3440")


def test_what_is_about_no_municipality_is_open_to_the_role() -> None:
    assert may(COORDINATOR, "upload")
    assert not may(LEADER, "upload")


def test_whoever_sits_at_the_machine_is_the_regional_coordinator() -> None:
    assert Person("lokal", "regional_coordinator") == LOCAL


def test_an_unknown_role_is_a_fault_in_the_program() -> None:
    with pytest.raises(AssertionError):
        Person("x", "administrator")


@pytest.mark.parametrize(
    ("claims", "person"),
    [
        (["viewer"], Person("a", "viewer")),
        (["leader:3439"], Person("a", "leader", "3439")),
        (["viewer", "coordinator:3439"], Person("a", "coordinator", "3439")),
        (["regional_coordinator", "leader:3439"], Person("a", "regional_coordinator")),
        (["leader"], None),  # a leader of nowhere is nobody
        (["coordinator:"], None),
        (["admin", "3439"], None),
        ([], None),
    ],
)
def test_claims_become_the_most_that_any_of_them_gives(
    claims: list[str], person: Person | None
) -> None:
    assert from_claims("a", claims) == person
