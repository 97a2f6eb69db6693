"""A decision becomes an improvement action, and is moved on from here: by acts, with history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data import allowed, contract, decided, made
from data.made import Made
from data.people import Person
from data.store import RefusedError, Store

MOVES = ("in_progress", "done", "told_back", "closed_no_action", "reopened")
"""What can be said of a made action: the statuses of the contract, and that it is open again."""

INFLUENCE = ("yes", "partly", "no", "not_assessed")
"""Whether users' involvement shaped the result, as the contract has it."""


def make_action(
    store: Store,
    who: Person,
    decision: int,
    municipality: str,
    title: str,
    *,
    action_id: str | None = None,
    theme: str | None = None,
    feedback_ids: tuple[str, ...] = (),
    at: dt.datetime | None = None,
) -> str:
    """Make a decision an improvement action of a municipality, and give the action's number.

    Opened on the decision's day, with its due date and its owner, and with the leaders' meeting as
    its source. It counts like any other action; no later file takes it away.

    Args:
        action_id: The number that it is to have, such as the one of the municipality's own list;
            "VEDTAK-41" of decision 41 otherwise.
        theme: One of the contract's.
        feedback_ids: What users said, that it answers.

    Raises:
        RefusedError: "may_not", "unknown_decision", "already_withdrawn", "already_carried_out",
            "unknown_municipality", "other_municipality" (the decision is for another),
            "text_needed", "already_action" (it became one in this municipality), "action_exists"
            (the number is another action's), "unknown_theme", "unknown_feedback".
    """
    now = decided.found(store, decision)
    allowed.must(who, "make_action", municipality)
    allowed.known_municipality(store, municipality)
    if now.municipality not in (None, municipality):
        raise RefusedError("other_municipality", decision=decision, municipality=now.municipality)
    if now.carried_out_on is not None:
        raise RefusedError("already_carried_out", decision=decision, day=now.carried_out_on)
    allowed.needed(title)
    for one in made.of_decision(store, decision):
        if one.municipality == municipality:
            raise RefusedError(
                "already_action",
                decision=decision,
                action_id=one.action_id,
                municipality=municipality,
            )
    number = allowed.clean(action_id) or f"VEDTAK-{decision}"
    if made.is_there(store, municipality, number):
        raise RefusedError("action_exists", action_id=number, municipality=municipality)
    if theme is not None:
        themes = tuple(value.code for value in contract.load("actions").column("theme").values)
        allowed.one_of(theme, themes, "unknown_theme")
    _known_feedback(store, municipality, feedback_ids)
    row = dict.fromkeys(contract.load("actions").column_names) | {
        "action_id": number,
        "municipality": municipality,
        "title": title.strip(),
        "scope": "own",
        "theme": theme,
        "source": "leader_meeting",
        "feedback_ids": sorted(set(feedback_ids)) or None,
        "owner_role": now.owner_role,
        "opened_on": now.decided_on,
        "due_on": now.due_on,
        "status": "open",
        "changed_on": allowed.day(store, at),
    }
    facts = {"decision": decision, "row": row}
    store.append("make_action", who, f"{municipality}:{number}", facts, at=at)
    return number


def _known_feedback(store: Store, municipality: str, feedback_ids: tuple[str, ...]) -> None:
    known = store.rows(
        "select feedback_id from current_feedback where municipality = $municipality",
        {"municipality": municipality},
    )
    unknown = sorted(set(feedback_ids) - {number for (number,) in known})
    if unknown:
        raise RefusedError("unknown_feedback", found=unknown[0], municipality=municipality)


def move_action(
    store: Store,
    who: Person,
    municipality: str,
    action_id: str,
    status: str,
    *,
    on: dt.date,
    channel: str | None = None,
    what_changed: str | None = None,
    influence: str | None = None,
    users_at_start: bool | None = None,
    users_midway: bool | None = None,
    users_at_end: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Say how far an action that a decision became has come, and give the entry's number.

    Args:
        status: One of MOVES.
        on: The day it happened.
        channel, what_changed: How users were told and what became different for them; both are
            needed when it is told back.
        influence, users_at_start, users_midway, users_at_end: About users' part in it, when done.

    Raises:
        RefusedError: "may_not", "unknown_made_action", "held_by_file" (the municipality's list has
            it: it is moved on there), "unknown_move", "unknown_influence", "in_the_future",
            "before_opened", "before_done", "before_ended", "already_ended", "not_done",
            "not_ended", "already_told_back", "telling_needed".
    """
    now = made.to_move(store, who, "move_action", municipality, action_id)
    allowed.one_of(status, MOVES, "unknown_move")
    if influence is not None:
        allowed.one_of(influence, INFLUENCE, "unknown_influence")
    allowed.not_later(on, store, at)
    _possible(now, status, on)
    if status == "told_back" and not (allowed.clean(channel) and allowed.clean(what_changed)):
        raise RefusedError("telling_needed")
    about_users = {
        "influence": influence,
        "users_at_start": users_at_start,
        "users_midway": users_midway,
        "users_at_end": users_at_end,
    }
    news = {
        "in_progress": {"status": status},
        "done": {"status": status, "done_on": on, **_told_none(now)},
        "told_back": {"status": status, "told_back_on": on},
        "closed_no_action": {"status": status, "closed_on": on},
        "reopened": {"status": "open", "reopened_on": on},
    }[status]
    said = {
        "told_back_channel": allowed.clean(channel),
        "what_changed": allowed.clean(what_changed),
        **about_users,
    }
    news |= {name: value for name, value in said.items() if value is not None}
    return made.append(store, who, now, news, at=at)


def _told_none(now: Made) -> dict[str, Any]:
    """Done anew, users are to be told anew: what they were told was of the time before."""
    return (
        {"told_back_on": None, "told_back_channel": None, "what_changed": None}
        if (now.row["told_back_on"] is not None)
        else {}
    )


def _possible(now: Made, status: str, on: dt.date) -> None:
    """Refuse a move that cannot follow on what the action is, or a day that cannot be."""
    facts: dict[str, Any] = {"action_id": now.action_id, "day": on}
    if status in ("in_progress", "done", "closed_no_action"):
        if not now.is_open:
            raise RefusedError("already_ended", **facts, ended_on=now.ended_on)
        if on < now.last_opened_on:
            raise RefusedError("before_opened", **facts, opened_on=now.last_opened_on)
    elif status == "told_back":
        done_on = now.row["done_on"]
        if now.is_open or done_on is None:
            raise RefusedError("not_done", **facts)
        if now.row["told_back_on"] is not None:
            raise RefusedError("already_told_back", **facts, told_on=now.row["told_back_on"])
        if on < done_on:
            raise RefusedError("before_done", **facts, done_on=done_on)
    else:
        if now.is_open:
            raise RefusedError("not_ended", **facts)
        assert now.ended_on is not None
        # On the day it ended it cannot be told which came last.
        if on <= now.ended_on:
            raise RefusedError("before_ended", **facts, ended_on=now.ended_on)


def withdraw_action(
    store: Store,
    who: Person,
    municipality: str,
    action_id: str,
    reason: str,
    *,
    at: dt.datetime | None = None,
) -> int:
    """Take back that a decision became an action, with the reason; it is kept, not counted.

    Raises:
        RefusedError: "may_not", "unknown_made_action", "held_by_file", "why_needed".
    """
    now = made.to_move(store, who, "withdraw_action", municipality, action_id)
    if not allowed.clean(reason):
        raise RefusedError("why_needed")
    facts = {"decision": now.decision_id, "reason": reason.strip()}
    return store.append("withdraw_action", who, f"{municipality}:{action_id}", facts, at=at)
