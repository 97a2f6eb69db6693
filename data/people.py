"""Who somebody is to the dashboard, and what that allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROLES = ("viewer", "leader", "coordinator", "regional_coordinator")

# A coordinator does not attest: the attestation is worth something because the head gives it.
# The regional coordinator may, on the head's behalf; the ledger then says who did it.
_LEADER = frozenset({"read", "attest", "report"})
_COORDINATOR = frozenset(
    {"read", "upload", "undo", "review", "report", "give_evidence", "move_action"}
)
# What the leaders decide is written by one; what became of it in a municipality also there.
_OF_MEETING = frozenset(
    {
        "decide",
        "change_decision",
        "withdraw_decision",
        "carry_out",
        "make_action",
        "withdraw_action",
    }
)
MAY: dict[str, frozenset[str]] = {
    "viewer": frozenset({"read"}),
    "leader": _LEADER,
    "coordinator": _COORDINATOR,
    "regional_coordinator": _LEADER | _COORDINATOR | _OF_MEETING | {"lock"},
}


@dataclass(frozen=True)
class Person:
    """Somebody who uses the dashboard.

    Attributes:
        name: What the ledger records: the identity from the sign-in, or "lokal".
        role: One of ROLES.
        municipality: Whose leader or coordinator; None for the roles that are for all six.
    """

    name: str
    role: str
    municipality: str | None = None

    def __post_init__(self) -> None:
        assert self.role in ROLES, self.role


LOCAL = Person("lokal", "regional_coordinator")
"""Who acts when the dashboard runs on a laptop without sign-in."""


def may(person: Person, act: str, municipality: str | None = None) -> bool:
    """Whether the person may do this act, for that municipality or, without one, at all.

    A leader or coordinator acts for the own municipality only; what concerns all six (no
    municipality) is open to them where their role has the act.
    """
    if act not in MAY[person.role]:
        return False
    if act == "read" or person.role == "regional_coordinator":
        return True
    return municipality is None or municipality == person.municipality


def from_claims(name: str, claims: Iterable[str]) -> Person | None:
    """The person that the sign-in's roles describe: the most that any of them gives.

    Claims are "viewer", "leader:3439", "coordinator:3439" or "regional_coordinator". Somebody
    without any such claim is nobody here: None.
    """
    found: list[Person] = []
    for claim in claims:
        role, _, municipality = claim.partition(":")
        if role not in ROLES:
            continue
        if role in ("leader", "coordinator") and not municipality:
            continue
        found.append(Person(name, role, municipality or None))
    return max(found, key=lambda person: ROLES.index(person.role), default=None)
