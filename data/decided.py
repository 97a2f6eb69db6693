"""A decision of the leaders' meeting: written down, changed, carried out, withdrawn; never lost."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Any

from data import allowed, made, schema
from data.people import Person
from data.store import RefusedError, Store


class Unchanged(enum.Enum):
    """What is left as it was, where None says that there is nothing."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


@dataclass(frozen=True)
class Decision:
    """A decision as its newest words say."""

    decision_id: int
    text: str
    owner_role: str
    due_on: dt.date
    municipality: str | None
    indicator: str | None
    action_id: str | None
    criterion: str | None
    decided_on: dt.date
    carried_out_on: dt.date | None
    is_withdrawn: bool

    def words(self) -> dict[str, Any]:
        """What is written down of it, as the facts of the ledger."""
        return {name: getattr(self, name) for name in WORDS}


WORDS = (
    "text",
    "owner_role",
    "due_on",
    "municipality",
    "indicator",
    "action_id",
    "criterion",
    "decided_on",
)
"""What each version of a decision holds, whole, in the ledger."""


def found(store: Store, decision: int) -> Decision:
    """A decision that stands.

    Raises:
        RefusedError: "unknown_decision", "already_withdrawn".
    """
    rows = _rows(store, "decision_id = $decision", {"decision": decision})
    if not rows:
        raise RefusedError("unknown_decision", decision=decision)
    one = rows[0]
    if one.is_withdrawn:
        raise RefusedError("already_withdrawn", decision=decision)
    return one


def since(store: Store, day: dt.date) -> list[Decision]:
    """The decisions made on this day or later, the newest first, also those withdrawn."""
    found = _rows(store, "decided_on >= $day", {"day": day})
    return sorted(found, key=lambda one: one.decision_id, reverse=True)


def _rows(store: Store, where: str, parameters: dict[str, Any]) -> list[Decision]:
    rows = store.rows(
        "select decision_id, text, owner_role, due_on, municipality, indicator, action_id,"
        " criterion, decided_on, carried_out_on, withdrawn_at is not null"
        f" from ({schema.asked_of('acts_decisions')}) where {where}",
        parameters,
    )
    return [Decision(*row) for row in rows]


def decide(
    store: Store,
    who: Person,
    text: str,
    *,
    owner_role: str,
    due_on: dt.date,
    municipality: str | None = None,
    indicator: str | None = None,
    action_id: str | None = None,
    criterion: str | None = None,
    decided_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record a decision of the leaders' meeting, and give its number.

    Args:
        municipality: Whom it is for; None when it is for all.
        indicator: What it is about; which there are is known in the layers above:
            queries.decisions.refuse_unknown is asked first.
        action_id: The action of that municipality that it is about.
        decided_on: The day of the meeting; the day of the entry where it is not said.

    Raises:
        RefusedError: "may_not", "text_needed", "unknown_municipality", "due_before_decided",
            "unknown_criterion", "unknown_indicator", "unknown_action",
            "action_without_municipality", "in_the_future".
    """
    allowed.must(who, "decide", municipality)
    decided_on = decided_on or allowed.day(store, at)
    allowed.not_later(decided_on, store, at)
    facts = {
        "text": text,
        "owner_role": owner_role,
        "due_on": due_on,
        "municipality": municipality,
        "indicator": indicator,
        "action_id": action_id,
        "criterion": criterion,
        "decided_on": decided_on,
    }
    return store.append("decide", who, None, _checked(store, facts, None), at=at)


def change_decision(
    store: Store,
    who: Person,
    decision: int,
    *,
    text: str | None = None,
    owner_role: str | None = None,
    due_on: dt.date | None = None,
    municipality: str | Unchanged | None = UNCHANGED,
    indicator: str | Unchanged | None = UNCHANGED,
    action_id: str | Unchanged | None = UNCHANGED,
    criterion: str | Unchanged | None = UNCHANGED,
    at: dt.datetime | None = None,
) -> int:
    """Change what is written of a decision, and give the entry's number; each version is kept.

    A new due date or owner is also that of the action it became, where no file holds that one.

    Args:
        text, owner_role, due_on: What it is from now on; as it was where it is not said.
        municipality, indicator, action_id, criterion: The same; None takes it away.

    Raises:
        RefusedError: As decide, and "unknown_decision", "already_withdrawn", "nothing_changed",
            "became_action" (an action of another municipality than the decision would be for).
    """
    now = found(store, decision)
    new_home = now.municipality if isinstance(municipality, Unchanged) else municipality
    allowed.must(who, "change_decision", now.municipality)
    allowed.must(who, "change_decision", new_home)
    given = {"text": text, "owner_role": owner_role, "due_on": due_on}
    facts = {
        **now.words(),
        **{name: value for name, value in given.items() if value is not None},
        "municipality": new_home,
        "indicator": now.indicator if isinstance(indicator, Unchanged) else indicator,
        "action_id": now.action_id if isinstance(action_id, Unchanged) else action_id,
        "criterion": now.criterion if isinstance(criterion, Unchanged) else criterion,
    }
    facts = _checked(store, facts, now)
    if facts == now.words():
        raise RefusedError("nothing_changed", decision=decision)
    elsewhere = [
        one for one in made.of_decision(store, decision) if new_home not in (None, one.municipality)
    ]
    if elsewhere:
        raise RefusedError(
            "became_action",
            decision=decision,
            action_id=elsewhere[0].action_id,
            municipality=elsewhere[0].municipality,
        )
    with store.transaction():
        entry = store.append("change_decision", who, str(decision), facts, at=at)
        made.follow(store, who, decision, facts["due_on"], facts["owner_role"], at=at)
    return entry


def withdraw_decision(
    store: Store, who: Person, decision: int, reason: str, *, at: dt.datetime | None = None
) -> int:
    """Take a decision back, with the reason; it is kept, and counted no more.

    Raises:
        RefusedError: "may_not", "unknown_decision", "already_withdrawn", "why_needed",
            "became_action" (an action that it became is open: it is withdrawn or ended first).
    """
    now = found(store, decision)
    allowed.must(who, "withdraw_decision", now.municipality)
    if not allowed.clean(reason):
        raise RefusedError("why_needed")
    still = [one for one in made.of_decision(store, decision) if one.is_open]
    if still:
        raise RefusedError(
            "became_action",
            decision=decision,
            action_id=still[0].action_id,
            municipality=still[0].municipality,
        )
    facts = {"reason": reason.strip()}
    return store.append("withdraw_decision", who, str(decision), facts, at=at)


def carry_out(
    store: Store, who: Person, decision: int, on: dt.date, *, at: dt.datetime | None = None
) -> int:
    """Record that a decision was carried out on a day.

    Raises:
        RefusedError: "may_not", "unknown_decision", "already_withdrawn", "already_carried_out",
            "in_the_future", "before_decided".
    """
    now = found(store, decision)
    allowed.must(who, "carry_out", now.municipality)
    if now.carried_out_on is not None:
        raise RefusedError("already_carried_out", decision=decision, day=now.carried_out_on)
    allowed.not_later(on, store, at)
    if on < now.decided_on:
        raise RefusedError("before_decided", day=on, decided_on=now.decided_on)
    return store.append("carry_out", who, str(decision), {"on": on}, at=at)


def withdraw_carry_out(
    store: Store, who: Person, decision: int, *, at: dt.datetime | None = None
) -> int:
    """Take back that a decision was carried out: it is open again, and the slip stays recorded.

    Raises:
        RefusedError: "may_not", "unknown_decision", "already_withdrawn", "not_carried_out".
    """
    now = found(store, decision)
    allowed.must(who, "carry_out", now.municipality)
    if now.carried_out_on is None:
        raise RefusedError("not_carried_out", decision=decision)
    return store.append("withdraw_carry_out", who, str(decision), at=at)


def _checked(store: Store, facts: dict[str, Any], before: Decision | None) -> dict[str, Any]:
    """The words of a decision, if they can stand; what did not change was judged before."""
    allowed.needed(facts["text"], facts["owner_role"])
    facts = {**facts, "text": facts["text"].strip(), "owner_role": facts["owner_role"].strip()}
    was = {} if before is None else before.words()
    if facts["municipality"] is not None and facts["municipality"] != was.get("municipality"):
        allowed.known_municipality(store, facts["municipality"])
    if facts["due_on"] < facts["decided_on"]:
        raise RefusedError(
            "due_before_decided", due_on=facts["due_on"], decided_on=facts["decided_on"]
        )
    allowed.criterion(facts["criterion"])
    # Only its form: which indicators there are is not known here, and words are none.
    if facts["indicator"] is not None and not facts["indicator"].isidentifier():
        raise RefusedError("unknown_indicator", found=facts["indicator"], allowed=())
    about = ("municipality", "action_id")
    if facts["action_id"] is not None and any(facts[name] != was.get(name) for name in about):
        if facts["municipality"] is None:
            raise RefusedError("action_without_municipality", action_id=facts["action_id"])
        made.must_be_there(store, facts["municipality"], facts["action_id"])
    return facts
