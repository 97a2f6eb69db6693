"""The actions that decisions became, as their newest words say: made here, gone by no file.

While the municipality's own list holds the action, the file's row counts and is moved on there.
When no list holds it (yet, or any more), what was said last counts, here or in a file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from data import allowed, contract, schema
from data.people import Person
from data.store import RefusedError, Store


@dataclass(frozen=True)
class Made:
    """An action that a decision became, as its newest words say.

    Attributes:
        row: Every column of the contract of actions.
        file_name: Of the newest list, where it holds the action; None where it is moved on here.
    """

    decision_id: int
    municipality: str
    action_id: str
    row: dict[str, Any]
    file_name: str | None

    @property
    def ended_on(self) -> dt.date | None:
        """The last day it ended, done or closed."""
        days = [day for day in (self.row["done_on"], self.row["closed_on"]) if day is not None]
        return max(days, default=None)

    @property
    def is_open(self) -> bool:
        """Whether it is open, as its dates say."""
        again = self.row["reopened_on"]
        return self.ended_on is None or (again is not None and again > self.ended_on)

    @property
    def last_opened_on(self) -> dt.date:
        """The first day that can end it: after it was opened, or opened again."""
        opened: dt.date = self.row["opened_on"]
        again: dt.date | None = self.row["reopened_on"]
        return opened if again is None else max(opened, again)


def of_decision(store: Store, decision: int) -> list[Made]:
    """The actions that a decision became and that were not taken back, by municipality."""
    return _made(store, "decision_id = $decision", {"decision": decision})


def _made(store: Store, where: str, parameters: dict[str, Any]) -> list[Made]:
    columns = contract.load("actions").column_names
    names = ", ".join(f"counting.{name}" for name in columns)
    rows = store.rows(
        "select made.decision_id, current_actions.upload_id,"
        f" uploads.facts ->> 'file_name', {names}"
        f" from ({schema.asked_of('acts_actions')}) as made"
        f" inner join ({schema.counting('actions')}) as counting using (municipality, action_id)"
        " left join current_actions using (municipality, action_id)"
        " left join ledger as uploads on uploads.entry = current_actions.upload_id"
        f" where made.{where} order by municipality, action_id",
        parameters,
    )
    found = []
    for decision_id, upload_id, file_name, *values in rows:
        row = dict(zip(columns, values, strict=True))
        held_by = None if upload_id is None else str(file_name)
        found.append(Made(decision_id, row["municipality"], row["action_id"], row, held_by))
    return found


def decision_of(store: Store, municipality: str, action_id: str) -> int:
    """The number of the decision that became this action.

    Raises:
        RefusedError: "unknown_made_action".
    """
    rows = store.rows(
        f"select decision_id from ({schema.asked_of('acts_actions')})"
        " where municipality = $municipality and action_id = $action_id",
        {"municipality": municipality, "action_id": action_id},
    )
    if not rows:
        raise RefusedError("unknown_made_action", municipality=municipality, action_id=action_id)
    return int(rows[0][0])


def must_be_there(store: Store, municipality: str, action_id: str) -> None:
    """Refuse an action that a municipality does not have: "unknown_action"."""
    if not is_there(store, municipality, action_id):
        raise RefusedError("unknown_action", action_id=action_id, municipality=municipality)


def is_there(store: Store, municipality: str, action_id: str) -> bool:
    return bool(
        store.rows(
            f"select 1 from ({schema.counting('actions')})"
            " where municipality = $municipality and action_id = $action_id",
            {"municipality": municipality, "action_id": action_id},
        )
    )


def to_move(store: Store, who: Person, act: str, municipality: str, action_id: str) -> Made:
    allowed.must(who, act, municipality)
    key = {"municipality": municipality, "action_id": action_id}
    found = _made(store, "municipality = $municipality and made.action_id = $action_id", key)
    if not found:
        raise RefusedError("unknown_made_action", **key)
    if found[0].file_name is not None:
        raise RefusedError("held_by_file", **key, file_name=found[0].file_name)
    return found[0]


def append(
    store: Store, who: Person, now: Made, news: dict[str, Any], *, at: dt.datetime | None
) -> int:
    row = now.row | news | {"changed_on": allowed.day(store, at)}
    facts = {"decision": now.decision_id, "row": row}
    return store.append("move_action", who, f"{now.municipality}:{now.action_id}", facts, at=at)


def follow(
    store: Store,
    who: Person,
    decision: int,
    due_on: dt.date,
    owner_role: str,
    *,
    at: dt.datetime | None = None,
) -> None:
    """Give the open actions of a decision its new due date and owner, where no file holds them."""
    news = {"due_on": due_on, "owner_role": owner_role}
    for made in of_decision(store, decision):
        is_news = any(made.row[name] != value for name, value in news.items())
        if made.file_name is None and made.is_open and is_news:
            append(store, who, made, news, at=at)
