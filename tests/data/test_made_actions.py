"""A decision becomes an action that counts, is moved on by acts, and that no file takes away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from data import acts, difference, schema, snapshot, undo, uploads
from data.people import LOCAL, Person
from data.receipts import Receipt
from data.store import RefusedError, Store
from data.uploads import Upload

TODAY = dt.date(2026, 11, 12)
DECIDED, DUE = dt.date(2026, 10, 13), dt.date(2026, 11, 30)
WHEN = dt.datetime.fromisoformat("2026-10-20T08:00")
DAY = dt.timedelta(days=1)
LEADER = Person("lokal", "leader", "3439")
COORDINATOR = Person("lokal", "coordinator", "3439")
FILED = {"municipality": "3439", "status": "open", "opened_on": dt.date(2026, 9, 1)}

Prepared = Callable[..., Upload]


@pytest.fixture
def decision(opened: Store) -> int:
    """A decision for Ringebu."""
    return acts.decide(
        opened, LOCAL, "Fast rutine", owner_role="enhetsleder", due_on=DUE, municipality="3439",
        decided_on=DECIDED, at=WHEN,
    )  # fmt: skip


@pytest.fixture
def listed(opened: Store, prepared: Prepared) -> Callable[..., Receipt]:
    """listed(row, …): a new list of Ringebu's actions, stored."""

    def stored(*rows: dict[str, Any], **more: Any) -> Receipt:
        made = prepared("actions", *(FILED | row for row in rows), municipalities=["3439"], **more)
        return uploads.commit(opened, made, LOCAL)

    return stored


def counting(opened: Store, columns: str) -> list[tuple[Any, ...]]:
    return opened.rows(
        f"select {columns} from ({schema.counting('actions')}) order by municipality, action_id"
    )


def refusal(act: Callable[[], object], opened: Store) -> tuple[str, dict[str, Any]]:
    before = opened.last_entry()
    with pytest.raises(RefusedError) as refused:
        act()
    assert opened.last_entry() == before, "a refusal writes nothing"
    return refused.value.code, refused.value.facts


def move(opened: Store, status: str, on: dt.date, **more: Any) -> int:
    number = more.pop("action_id", opened.rows("select action_id from acts_actions")[0][0])
    who = more.pop("who", LOCAL)
    return acts.move_action(opened, who, "3439", number, status, on=on, **more)


def made(opened: Store, decision: int, **more: Any) -> str:
    return acts.make_action(opened, LOCAL, decision, "3439", "Innføre rutine", at=WHEN, **more)


# -- made -------------------------------------------------------------------------------------


def test_it_is_opened_on_the_decisions_day_with_its_due_date_and_owner(
    opened: Store, decision: int
) -> None:
    number = made(opened, decision, theme="trust", feedback_ids=("I-1",))
    assert number == f"VEDTAK-{decision}"
    columns = "action_id, title, source, status, opened_on, due_on, owner_role, theme, changed_on"
    assert counting(opened, f"{columns}, feedback_ids, upload_id, line")[1:] == [
        (number, "Innføre rutine", "leader_meeting", "open", DECIDED, DUE, "enhetsleder", "trust",
         WHEN.date(), ["I-1"], None, None)
    ]  # fmt: skip
    assert snapshot.taken(opened).tables["current_actions"].height == 2


def test_a_decision_for_all_may_become_one_in_each_municipality(opened: Store) -> None:
    number = acts.decide(opened, LOCAL, "Rutine", owner_role="leder", due_on=DUE, at=WHEN)
    for place in ("3439", "3440"):
        acts.make_action(opened, LOCAL, number, place, "Innføre rutine")
    assert counting(opened, "municipality, action_id") == [
        ("3439", "T-1"), ("3439", f"VEDTAK-{number}"), ("3440", f"VEDTAK-{number}"),
    ]  # fmt: skip


def test_what_cannot_become_an_action_is_refused(opened: Store, decision: int) -> None:
    def making(place: str = "3439", title: str = "Rutine", **more: Any) -> Callable[[], object]:
        who = more.pop("who", LOCAL)
        return lambda: acts.make_action(opened, who, decision, place, title, **more)

    for code, act in {
        "may_not": making(who=COORDINATOR),
        "unknown_municipality": making("0301"),
        "other_municipality": making("3440"),
        "text_needed": making(title=" "),
        "action_exists": making(action_id="T-1"),
        "unknown_theme": making(theme="luck"),
        "unknown_feedback": making(feedback_ids=("I-1", "I-9")),
        "personal_text": making(title="Ring 41234567"),
    }.items():
        assert refusal(act, opened)[0] == code
    made(opened, decision)
    assert refusal(making(), opened)[0] == "already_action"
    acts.carry_out(opened, LOCAL, decision, TODAY)
    assert refusal(making(), opened)[0] == "already_carried_out"


# -- files ------------------------------------------------------------------------------------


def test_no_later_list_takes_it_away_or_says_that_it_does(
    opened: Store, decision: int, listed: Callable[..., Receipt], prepared: Prepared
) -> None:
    number = made(opened, decision)
    coming = prepared("actions", municipalities=["3439"])
    foreseen = difference.foreseen(opened, coming.tables, coming.covers)["actions"]
    assert foreseen.gone == (("T-1",),)
    listed()
    assert counting(opened, "action_id") == [(number,)]


def test_a_list_that_holds_it_takes_over_and_it_counts_once(
    opened: Store, decision: int, listed: Callable[..., Receipt], prepared: Prepared
) -> None:
    number = made(opened, decision)
    done = {"status": "done", "done_on": dt.date(2026, 11, 2), "title": "Rutine"}
    coming = prepared("actions", FILED | {"action_id": number} | done)
    foreseen = difference.foreseen(opened, coming.tables, coming.covers)["actions"]
    # Nothing is new: the list holds what was made here, and changes some of it.
    assert (foreseen.new, foreseen.changed) == ((), ((number,),))
    told = {column: (before, after) for _, column, before, after in foreseen.changes}
    assert told["title"] == ("Innføre rutine", "Rutine")
    assert told["status"] == ("open", "done")
    upload = listed({"action_id": number} | done).upload_id
    columns = "action_id, title, done_on, upload_id, line"
    assert counting(opened, columns) == [(number, "Rutine", done["done_on"], upload, 2)]
    moving = lambda: move(opened, "told_back", TODAY, channel="SMS", what_changed="Alt")  # noqa: E731
    assert refusal(moving, opened) == (
        "held_by_file",
        {"municipality": "3439", "action_id": number, "file_name": "actions.csv"},
    )
    # The next list has cleared away what is done: it stays as it was said last, and is moved here.
    listed({"action_id": "T-2", "title": "Kart"})
    assert counting(opened, columns)[1] == (number, "Rutine", done["done_on"], upload, 2)
    moving()
    assert counting(opened, "action_id, title, told_back_on, upload_id")[1] == (
        number, "Rutine", TODAY, None,
    )  # fmt: skip


def test_an_undone_list_has_not_taken_over(
    opened: Store, decision: int, listed: Callable[..., Receipt]
) -> None:
    number = made(opened, decision)
    upload = listed({"action_id": number, "title": "Rutine"}).upload_id
    undo.withdraw(opened, upload, LOCAL)
    assert counting(opened, "action_id, title") == [("T-1", "Skilt"), (number, "Innføre rutine")]
    undo.bring_back(opened, upload, LOCAL)
    assert counting(opened, "action_id, title") == [(number, "Rutine")]


def test_the_same_number_in_another_municipality_is_another_action(
    opened: Store, decision: int, prepared: Prepared
) -> None:
    number = made(opened, decision)
    other = FILED | {"action_id": number, "municipality": "3440", "title": "Kart"}
    uploads.commit(opened, prepared("actions", other), LOCAL)
    assert counting(opened, "municipality, title")[1:] == [
        ("3439", "Innføre rutine"), ("3440", "Kart"),
    ]  # fmt: skip


# -- moved on ---------------------------------------------------------------------------------


def test_it_is_moved_on_by_acts_and_every_turn_is_kept(opened: Store, decision: int) -> None:
    made(opened, decision)
    move(opened, "in_progress", DECIDED + DAY, at=WHEN + DAY)
    done_on = DECIDED + 5 * DAY
    move(opened, "done", done_on, influence="yes", users_at_start=True, users_at_end=False, at=WHEN)
    move(opened, "told_back", done_on, channel="SMS", what_changed="Ny rutine", who=COORDINATOR)
    columns = (
        "status, done_on, influence, users_at_start, users_midway, users_at_end,"
        " told_back_on, told_back_channel, what_changed, changed_on"
    )
    assert counting(opened, columns)[1] == (
        "told_back", done_on, "yes", True, None, False, done_on, "SMS", "Ny rutine", TODAY,
    )  # fmt: skip
    versions = "select act, status, who_role from acts_action_versions order by version"
    regional = "regional_coordinator"
    assert opened.rows(versions) == [
        ("make_action", "open", regional),
        ("move_action", "in_progress", regional),
        ("move_action", "done", regional),
        ("move_action", "told_back", "coordinator:3439"),
    ]


def test_days_at_the_limits(opened: Store, decision: int) -> None:
    made(opened, decision)
    assert refusal(lambda: move(opened, "done", DECIDED - DAY), opened)[0] == "before_opened"
    assert refusal(lambda: move(opened, "done", TODAY + DAY), opened)[0] == "in_the_future"
    assert refusal(lambda: move(opened, "told_back", TODAY), opened)[0] == "not_done"
    assert refusal(lambda: move(opened, "reopened", TODAY), opened)[0] == "not_ended"
    move(opened, "done", DECIDED)
    words = {"channel": "SMS", "what_changed": "Alt"}
    telling = lambda on: move(opened, "told_back", on, **words)  # noqa: E731
    assert refusal(lambda: telling(DECIDED - DAY), opened)[0] == "before_done"
    assert refusal(lambda: move(opened, "told_back", DECIDED), opened)[0] == "telling_needed"
    telling(DECIDED)
    assert refusal(lambda: telling(DECIDED), opened)[0] == "already_told_back"
    assert refusal(lambda: move(opened, "closed_no_action", TODAY), opened)[0] == "already_ended"
    assert refusal(lambda: move(opened, "reopened", DECIDED), opened)[0] == "before_ended"
    move(opened, "reopened", DECIDED + DAY)
    assert refusal(lambda: move(opened, "done", DECIDED), opened)[0] == "before_opened"
    # Done anew on the day it was opened again, users are to be told anew.
    move(opened, "done", DECIDED + DAY)
    assert counting(opened, "done_on, reopened_on, told_back_on, what_changed")[1] == (
        DECIDED + DAY, DECIDED + DAY, None, None,
    )  # fmt: skip


def test_only_what_a_decision_became_is_moved_on_here(opened: Store, decision: int) -> None:
    number = made(opened, decision)
    ringebus = {"municipality": "3439", "action_id": "T-1"}
    moving = lambda: move(opened, "done", TODAY, action_id="T-1")  # noqa: E731
    assert refusal(moving, opened) == ("unknown_made_action", ringebus)
    assert refusal(lambda: move(opened, "done", TODAY, who=LEADER), opened)[0] == "may_not"
    other = Person("lokal", "coordinator", "3440")
    assert refusal(lambda: move(opened, "done", TODAY, who=other), opened)[0] == "may_not"
    assert refusal(lambda: move(opened, "liked", TODAY), opened)[0] == "unknown_move"
    unsure = lambda: move(opened, "done", TODAY, influence="luck")  # noqa: E731
    assert refusal(unsure, opened)[0] == "unknown_influence"
    assert number != "T-1"


# -- with its decision ------------------------------------------------------------------------


def test_a_new_due_date_of_the_decision_is_the_actions_while_that_is_open(
    opened: Store, decision: int
) -> None:
    made(opened, decision)
    acts.change_decision(opened, LOCAL, decision, due_on=DUE + DAY, owner_role="kommunalsjef")
    assert counting(opened, "due_on, owner_role")[1] == (DUE + DAY, "kommunalsjef")
    acts.change_decision(opened, LOCAL, decision, text="Andre ord")
    turns = opened.rows("select count(*) from acts_action_versions")
    assert turns == [(2,)], "other words are no news of the action"
    move(opened, "done", TODAY)
    acts.change_decision(opened, LOCAL, decision, due_on=DUE)
    assert counting(opened, "due_on")[1] == (DUE + DAY,)


def test_a_list_that_holds_it_keeps_its_own_due_date(
    opened: Store, decision: int, listed: Callable[..., Receipt]
) -> None:
    listed({"action_id": made(opened, decision), "title": "Rutine", "due_on": DUE})
    acts.change_decision(opened, LOCAL, decision, due_on=DUE + DAY)
    assert counting(opened, "due_on") == [(DUE,)]


def test_a_decision_is_not_withdrawn_or_moved_away_while_its_action_is_open(
    opened: Store, decision: int
) -> None:
    facts = {"decision": decision, "action_id": made(opened, decision), "municipality": "3439"}
    for act in (
        lambda: acts.withdraw_decision(opened, LOCAL, decision, "Feil"),
        lambda: acts.change_decision(opened, LOCAL, decision, municipality="3440"),
    ):
        assert refusal(act, opened) == ("became_action", facts)
    acts.change_decision(opened, LOCAL, decision, municipality=None)
    move(opened, "closed_no_action", TODAY)
    acts.withdraw_decision(opened, LOCAL, decision, "Ikke aktuelt")
    # What was an action once is one still, and it is closed.
    assert counting(opened, "status")[1] == ("closed_no_action",)


def test_a_slip_is_taken_back_and_can_be_made_anew(opened: Store, decision: int) -> None:
    number = made(opened, decision)
    taking_back = lambda reason: acts.withdraw_action(opened, LOCAL, "3439", number, reason)  # noqa: E731
    assert refusal(lambda: taking_back(" "), opened)[0] == "why_needed"
    taking_back("Feil kommune")
    assert counting(opened, "action_id") == [("T-1",)]
    assert refusal(lambda: taking_back("Igjen"), opened)[0] == "unknown_made_action"
    assert acts.make_action(opened, LOCAL, decision, "3439", "Riktig") == number
    assert counting(opened, "title")[1] == ("Riktig",)
    reasons = "select reason from acts_action_versions where reason is not null"
    assert opened.rows(reasons) == [("Feil kommune",)]


def test_what_a_list_had_of_it_does_not_bring_back_what_was_taken_back(
    opened: Store, decision: int, listed: Callable[..., Receipt]
) -> None:
    number = made(opened, decision)
    listed({"action_id": number, "title": "Rutine"})
    withdrawing = lambda: acts.withdraw_action(opened, LOCAL, "3439", number, "Feil")  # noqa: E731
    assert refusal(withdrawing, opened)[0] == "held_by_file"
    listed()
    withdrawing()
    assert counting(opened, "action_id") == []
