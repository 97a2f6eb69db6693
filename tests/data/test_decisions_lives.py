"""Whatever happens in whatever order, decisions and their actions are as plain Python says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import acts, schema, store, undo, uploads
from data.people import LOCAL
from data.receipts import Receipt
from data.store import RefusedError, Store

FIRST = dt.date(2026, 10, 1)
PLACES = ("3439", "3440")
OFTEN = (
    *("decide", "change", "carry_out", "not_done", "withdraw", "make", "make", "move", "move"),
    *("take_back", "list", "list", "undo", "restore"),
)
Happened = tuple[str, dict[str, Any]]
Row = dict[str, Any]


class Life:
    """What was done, one thing after the other, and what it makes of it by itself.

    Attributes:
        happened: Everything that was not refused, in order.
    """

    def __init__(self) -> None:
        self.happened: list[Happened] = []

    def said(self, *acts_: str) -> list[tuple[int, str, dict[str, Any]]]:
        return [(n, act, facts) for n, (act, facts) in enumerate(self.happened) if act in acts_]

    def decisions(self) -> dict[int, tuple[str, dt.date, dt.date | None, bool]]:
        found: dict[int, tuple[str, dt.date, dt.date | None, bool]] = {}
        for _, act, facts in self.said("decide", "change", "carry_out", "not_done", "withdraw"):
            number = facts["decision"]
            text, due, done, gone = found.get(number, ("", FIRST, None, False))
            text, due = facts.get("text", text), facts.get("due_on", due)
            done = None if act == "not_done" else facts.get("on", done)
            found[number] = (text, due, done, gone or act == "withdraw")
        return found

    def lists(self) -> list[tuple[int, str, dict[str, Row]]]:
        """The lists that count: when each came, whose it is, and its actions by number."""
        gone: set[int] = set()
        for _, act, facts in self.said("undo", "restore"):
            (gone.add if act == "undo" else gone.discard)(facts["upload"])
        return [
            (n, facts["place"], facts["rows"])
            for n, _, facts in self.said("list")
            if facts["upload"] not in gone
        ]

    def actions(self) -> dict[tuple[str, str], tuple[str, dt.date | None]]:
        """Of each action that counts what it is called and its due date."""
        found: dict[tuple[str, str], tuple[str, dt.date | None]] = {}
        for place in PLACES:
            own = [(n, rows) for n, whose, rows in self.lists() if whose == place]
            newest: dict[str, Row] = own[-1][1] if own else {}
            for number, row in newest.items():
                found[place, number] = (row["title"], row["due_on"])
            for number in {facts["number"] for _, _, facts in self.said("make")}:
                words = [
                    (n, facts)
                    for n, _, facts in self.said("make", "move", "take_back")
                    if facts["place"] == place and facts["number"] == number
                ]
                if not words or "title" not in words[-1][1] or number in newest:
                    continue
                words += [(n, rows[number]) for n, rows in own if number in rows]
                last = max(words, key=lambda word: word[0])[1]
                found[place, number] = (last["title"], last["due_on"])
        return found


def counting(opened: Store) -> dict[tuple[str, str], tuple[str, dt.date | None]]:
    rows = opened.rows(
        f"select municipality, action_id, title, due_on from ({schema.counting('actions')})"
    )
    assert len(rows) == len({row[:2] for row in rows}), "nothing counts twice"
    return {(place, number): (title, due) for place, number, title, due in rows}


def live(opened: Store, prepared: Callable[..., Any], chance: Random) -> Life:
    """Some acts and files at random; what is refused has not happened."""
    life = Life()
    for turn in range(chance.randint(6, 14)):
        try:
            _happen(opened, prepared, chance, life, turn)
        except RefusedError:
            continue
    return life


def _happen(
    opened: Store, prepared: Callable[..., Any], chance: Random, life: Life, turn: int
) -> None:
    place, due = chance.choice(PLACES), FIRST + dt.timedelta(days=chance.randint(20, 90))
    numbers = sorted({facts["decision"] for _, _, facts in life.said("decide")})
    decision = chance.choice(numbers) if numbers else 0
    one = {"decision": decision}
    what = chance.choice(OFTEN)
    title = f"Ord {turn}"
    if what == "decide" or not numbers:
        what, one = "decide", {"text": title, "due_on": due}
        one["decision"] = acts.decide(
            opened, LOCAL, title, owner_role="leder", due_on=due, decided_on=FIRST,
            municipality=chance.choice([None, place]),
        )  # fmt: skip
    elif what == "change":
        acts.change_decision(opened, LOCAL, decision, text=title, due_on=due)
        one |= {"text": title, "due_on": due}
    elif what == "carry_out":
        acts.carry_out(opened, LOCAL, decision, FIRST)
        one["on"] = FIRST
    elif what == "not_done":
        acts.withdraw_carry_out(opened, LOCAL, decision)
    elif what == "withdraw":
        acts.withdraw_decision(opened, LOCAL, decision, "Feil")
    elif what == "make":
        number = acts.make_action(opened, LOCAL, decision, place, title)
        one |= {"place": place, "number": number, "title": title}
        one["due_on"] = life.decisions()[decision][1]
    elif what in ("move", "take_back"):
        number = f"VEDTAK-{decision}"
        one |= {"place": place, "number": number}
        if what == "move":
            status = chance.choice(["in_progress", "done", "closed_no_action"])
            acts.move_action(opened, LOCAL, place, number, status, on=FIRST)
            one |= dict(zip(("title", "due_on"), life.actions()[place, number], strict=True))
        else:
            acts.withdraw_action(opened, LOCAL, place, number, "Feil")
    elif what == "list":
        held = {
            number: {"title": f"{title} i fila", "due_on": chance.choice([None, due])}
            for number in [f"VEDTAK-{one}" for one in numbers] + ["T-1", "T-2"]
            if chance.random() < 0.4
        }
        rows = [
            {"action_id": number, "municipality": place, "status": "open", "opened_on": FIRST} | row
            for number, row in held.items()
        ]
        upload = prepared("actions", *rows, municipalities=[place], raw=f"{turn}".encode())
        stored = uploads.commit(opened, upload, LOCAL)
        one = {"upload": stored.upload_id, "place": place, "rows": held}
    else:
        given = [facts["upload"] for _, _, facts in life.said("list")]
        if not given:
            return
        one = {"upload": chance.choice(given)}
        turned = undo.withdraw if what == "undo" else undo.bring_back
        turned(opened, one["upload"], LOCAL)
    followed = []
    if what == "change":
        # Its new due date is that of its open actions that no list holds.
        for (whose, number), (words, before) in life.actions().items():
            is_of = number == f"VEDTAK-{decision}"
            is_held = any(
                number in rows
                for _, place_, rows in {p: (n, p, r) for n, p, r in life.lists()}.values()
                if place_ == whose
            )
            if is_of and not is_held and before != due and _is_open(opened, whose, number):
                facts = {"decision": decision, "place": whose, "number": number, "title": words}
                followed.append(("move", facts | {"due_on": due}))
    life.happened.append((what, one))
    life.happened += followed


def _is_open(opened: Store, place: str, number: str) -> bool:
    status = opened.rows(
        f"select status from ({schema.counting('actions')})"
        " where municipality = $place and action_id = $number",
        {"place": place, "number": number},
    )
    return status[0][0] in ("open", "in_progress")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, put_once: Callable[..., Receipt]) -> Path:
    """A demo store with two municipalities."""
    folder = tmp_path_factory.mktemp("lives") / "demo"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    places = [{"municipality_id": number, "name": number} for number in PLACES]
    put_once(folder, "municipalities", *places)
    return folder


@settings(max_examples=10)
@given(chance=st.randoms(use_true_random=True))
def test_decisions_and_actions_are_what_was_said_last(
    whole: Path, prepare_once: Callable[..., Any], chance: Random
) -> None:
    with store.opened(whole) as opened, opened.rehearsal():
        life = live(opened, prepare_once, chance)
        rows = opened.rows(
            "select decision_id, text, due_on, carried_out_on, withdrawn_at is not null"
            " from acts_decisions"
        )
        assert {number: tuple(facts) for number, *facts in rows} == life.decisions()
        assert counting(opened) == life.actions()


def test_an_opinion_that_lets_a_list_take_it_away_is_noticed(
    whole: Path, prepare_once: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "counting", lambda kind: f"select * from current_{kind}")
    differ = 0
    for seed in range(5):
        with store.opened(whole) as opened, opened.rehearsal():
            life = live(opened, prepare_once, Random(seed))
            differ += counting(opened) != life.actions()
    assert differ
