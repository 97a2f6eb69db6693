"""A decision is changed with its history, withdrawn with its reason, and carried out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from data import acts, snapshot
from data.decided import since
from data.people import LOCAL, Person
from data.store import RefusedError, Store

TODAY = dt.date(2026, 11, 12)
DUE = dt.date(2026, 12, 1)
LEADER = Person("lokal", "leader", "3439")
COORDINATOR = Person("lokal", "coordinator", "3439")
WHEN = dt.datetime.fromisoformat("2026-11-11T08:00")


def decided(opened: Store, **more: Any) -> int:
    facts = {"text": "Fast rutine", "owner_role": "enhetsleder", "due_on": DUE, "at": WHEN} | more
    return acts.decide(opened, LOCAL, facts.pop("text"), **facts)


def now(opened: Store, decision: int, columns: str) -> tuple[Any, ...]:
    return opened.rows(
        f"select {columns} from acts_decisions where decision_id = $n", {"n": decision}
    )[0]


def refusal(act: Callable[[], object], opened: Store) -> tuple[str, dict[str, Any]]:
    before = opened.last_entry()
    with pytest.raises(RefusedError) as refused:
        act()
    assert opened.last_entry() == before, "a refusal writes nothing"
    return refused.value.code, refused.value.facts


def test_a_change_gives_the_newest_words_and_keeps_the_earlier_ones(opened: Store) -> None:
    number = decided(opened, municipality="3439", indicator="told_back")
    later = WHEN + dt.timedelta(days=1)
    acts.change_decision(
        opened, LOCAL, number, text=" Rutine i alle kommuner ", municipality=None, at=later
    )
    words = "text, owner_role, due_on, municipality, indicator"
    assert now(opened, number, words) == (
        "Rutine i alle kommuner", "enhetsleder", DUE, None, "told_back",
    )  # fmt: skip
    # It was written down when it was, whatever changed since.
    assert now(opened, number, '"at"') == (WHEN,)
    versions = f'select version, {words}, who_role, "at" from acts_decision_versions order by 1'
    assert opened.rows(versions) == [
        (1, "Fast rutine", "enhetsleder", DUE, "3439", "told_back", "regional_coordinator", WHEN),
        (2, "Rutine i alle kommuner", "enhetsleder", DUE, None, "told_back",
         "regional_coordinator", later),
    ]  # fmt: skip


def test_what_is_not_said_stays_and_none_takes_away(opened: Store) -> None:
    number = decided(
        opened, municipality="3439", action_id="T-1", indicator="told_back",
        criterion="conditions_secured",
    )  # fmt: skip
    links = "municipality, action_id, indicator, criterion"
    acts.change_decision(opened, LOCAL, number, owner_role="kommunalsjef")
    assert now(opened, number, links) == ("3439", "T-1", "told_back", "conditions_secured")
    acts.change_decision(opened, LOCAL, number, action_id=None, indicator=None, criterion=None)
    assert now(opened, number, links) == ("3439", None, None, None)


def test_a_due_date_can_move_to_the_day_of_the_decision_and_not_before(opened: Store) -> None:
    number = decided(opened)
    day = WHEN.date()
    act = lambda due: acts.change_decision(opened, LOCAL, number, due_on=due)  # noqa: E731
    assert refusal(lambda: act(day - dt.timedelta(days=1)), opened)[0] == "due_before_decided"
    act(day)
    assert now(opened, number, "due_on") == (day,)
    assert refusal(lambda: act(day), opened) == ("nothing_changed", {"decision": number})


def test_what_cannot_be_written_cannot_be_changed_to(opened: Store) -> None:
    number = decided(opened)
    for code, change in {
        "text_needed": {"text": " "},
        "unknown_municipality": {"municipality": "0301"},
        "unknown_criterion": {"criterion": "luck"},
        # A name in words is nothing that an indicator is called.
        "unknown_indicator": {"indicator": "Kari Nordmann"},
        "action_without_municipality": {"action_id": "T-1"},
        "unknown_action": {"action_id": "T-1", "municipality": "3440"},
    }.items():
        changing = lambda c=change: acts.change_decision(opened, LOCAL, number, **c)  # noqa: E731
        assert refusal(changing, opened)[0] == code
    assert refusal(lambda: decided(opened, action_id="T-9", municipality="3439"), opened) == (
        "unknown_action",
        {"action_id": "T-9", "municipality": "3439"},
    )


def test_nobody_else_changes_or_withdraws_it(opened: Store) -> None:
    number = decided(opened, municipality="3439")
    for who in (LEADER, COORDINATOR):
        for act in (
            lambda w=who: acts.change_decision(opened, w, number, text="Annet"),
            lambda w=who: acts.withdraw_decision(opened, w, number, "Feil"),
            lambda w=who: acts.withdraw_carry_out(opened, w, number),
        ):
            assert refusal(act, opened)[0] == "may_not"


def test_a_telephone_number_enters_no_version(opened: Store) -> None:
    number = decided(opened)
    changing = lambda: acts.change_decision(opened, LOCAL, number, text="Ring 41234567")  # noqa: E731
    assert refusal(changing, opened)[0] == "personal_text"


def test_a_withdrawn_decision_is_kept_with_its_reason_and_nothing_more_is_done_with_it(
    opened: Store,
) -> None:
    number = decided(opened)
    assert refusal(lambda: acts.withdraw_decision(opened, LOCAL, number, " "), opened)[0] == (
        "why_needed"
    )
    acts.withdraw_decision(opened, LOCAL, number, " Skrevet to ganger ", at=WHEN)
    columns = "text, withdrawn_reason, withdrawn_at"
    assert now(opened, number, columns) == ("Fast rutine", "Skrevet to ganger", WHEN)
    for act in (
        lambda: acts.withdraw_decision(opened, LOCAL, number, "Igjen"),
        lambda: acts.change_decision(opened, LOCAL, number, text="Annet"),
        lambda: acts.carry_out(opened, LOCAL, number, TODAY),
        lambda: acts.make_action(opened, LOCAL, number, "3439", "Skilt"),
    ):
        assert refusal(act, opened) == ("already_withdrawn", {"decision": number})


def test_that_it_was_carried_out_can_be_taken_back_and_said_anew(opened: Store) -> None:
    number = decided(opened)
    taking_back = lambda: acts.withdraw_carry_out(opened, LOCAL, number)  # noqa: E731
    assert refusal(taking_back, opened) == ("not_carried_out", {"decision": number})
    acts.carry_out(opened, LOCAL, number, WHEN.date())
    taking_back()
    assert now(opened, number, "carried_out_on, carried_out_at") == (None, None)
    acts.carry_out(opened, LOCAL, number, TODAY)
    assert now(opened, number, "carried_out_on") == (TODAY,)


def test_those_made_since_a_day_come_the_newest_first_also_when_withdrawn(opened: Store) -> None:
    days = [dt.date(2026, 11, 9), dt.date(2026, 11, 10), dt.date(2026, 11, 11)]
    before, first, second = (decided(opened, decided_on=day) for day in days)
    acts.withdraw_decision(opened, LOCAL, first, "en skrivefeil")
    found = since(opened, days[1])
    assert [(one.decision_id, one.is_withdrawn) for one in found] == [
        (second, False),
        (first, True),
    ]
    assert before in [one.decision_id for one in since(opened, days[0])]


def test_a_decision_that_is_not_there_is_not_changed(opened: Store) -> None:
    # The number of another entry is no decision either.
    for number in (1, 99):
        changing = lambda n=number: acts.change_decision(opened, LOCAL, n, text="X")  # noqa: E731
        assert refusal(changing, opened) == ("unknown_decision", {"decision": number})


def test_a_store_of_an_earlier_version_knows_the_newest_words_too(opened: Store) -> None:
    number = decided(opened)
    # Its view knew neither changes nor withdrawals.
    opened._connection.execute("drop view acts_decisions")
    opened._connection.execute("create view acts_decisions as select 1 as decision_id")
    for view in ("acts_decision_versions", "acts_actions", "acts_action_versions"):
        opened._connection.execute(f"drop view {view}")
    acts.change_decision(opened, LOCAL, number, text="Annet")
    acts.make_action(opened, LOCAL, number, "3439", "Skilt")
    tables = snapshot.taken(opened).tables
    assert tables["acts_decisions"]["text"].to_list() == ["Annet"]
    assert tables["acts_decision_versions"]["text"].to_list() == ["Fast rutine", "Annet"]
    assert tables["current_actions"]["action_id"].sort().to_list() == ["T-1", f"VEDTAK-{number}"]
