"""What people do is recorded once, by those who may, on days that can be; all else is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data import acts, allowed, settings, store
from data.people import LOCAL, Person
from data.receipts import Receipt
from data.store import RefusedError, Store

SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (9, 10, 11))
TODAY = dt.date(2026, 11, 12)
LEADER = Person("lokal", "leader", "3439")
COORDINATOR = Person("lokal", "coordinator", "3439")
VIEWER = Person("lokal", "viewer")
NEWCOMER = "3436"
AT = dt.datetime.fromisoformat("2026-11-11T08:00")

Act = Callable[[Store], object]


@pytest.fixture
def opened(peopled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A demo store with the six municipalities; October is delivered and locked.

    One of them is a member from November, as far as who may attest is asked.
    """
    with store.opened(peopled) as it:
        acts.lock(it, LOCAL, OCTOBER)
        known = allowed.member_from
        monkeypatch.setattr(
            allowed,
            "member_from",
            lambda held, who: NOVEMBER if who == NEWCOMER else known(held, who),
        )
        yield it


def rows(opened: Store, view: str, columns: str) -> list[tuple[Any, ...]]:
    return opened.rows(f"select {columns} from acts_{view} order by all")


def refusal(act: Act, opened: Store) -> tuple[str, dict[str, Any]]:
    before = opened.last_entry()
    with pytest.raises(RefusedError) as refused:
        act(opened)
    assert opened.last_entry() == before, "a refusal writes nothing"
    return refused.value.code, refused.value.facts


# -- refusals ---------------------------------------------------------------------------------


def decided(opened: Store, **more: Any) -> int:
    facts = {"owner_role": "enhetsleder", "due_on": dt.date(2026, 12, 1)} | more
    return acts.decide(opened, LOCAL, facts.pop("text", "Noe"), **facts)


REFUSED: dict[str, tuple[Act, str]] = {
    "a viewer attests": (
        lambda s: acts.attest(s, VIEWER, "3439", OCTOBER, "seen"),
        "may_not",
    ),
    "a leader attests for another": (
        lambda s: acts.attest(s, LEADER, "3440", OCTOBER, "seen"),
        "may_not",
    ),
    "a coordinator attests": (
        lambda s: acts.attest(s, COORDINATOR, "3439", OCTOBER, "seen"),
        "may_not",
    ),
    "an unknown municipality attests": (
        lambda s: acts.attest(s, LOCAL, "0301", OCTOBER, "seen"),
        "unknown_municipality",
    ),
    "an open month is attested": (
        lambda s: acts.attest(s, LEADER, "3439", SEPTEMBER, "seen"),
        "month_not_locked",
    ),
    "a month before the municipality was a member": (
        lambda s: acts.attest(s, LOCAL, NEWCOMER, OCTOBER, "seen"),
        "not_member",
    ),
    "an unknown statement": (
        lambda s: acts.attest(s, LEADER, "3439", OCTOBER, "likes"),
        "unknown_statement",
    ),
    "asks for nothing": (
        lambda s: acts.attest(s, LEADER, "3439", OCTOBER, "asks_for", text="  "),
        "text_needed",
    ),
    "an unknown criterion is attested": (
        lambda s: acts.attest(s, LEADER, "3439", OCTOBER, "seen", criterion="luck"),
        "unknown_criterion",
    ),
    "an unknown attestation is withdrawn": (
        lambda s: acts.withdraw_attestation(s, LEADER, 99),
        "unknown_attestation",
    ),
    "a leader decides": (
        lambda s: acts.decide(s, LEADER, "Noe", owner_role="leder", due_on=TODAY),
        "may_not",
    ),
    "nothing is decided": (lambda s: decided(s, text=" "), "text_needed"),
    "nobody owns a decision": (lambda s: decided(s, owner_role=""), "text_needed"),
    "a decision for an unknown municipality": (
        lambda s: decided(s, municipality="0301"),
        "unknown_municipality",
    ),
    "a decision from tomorrow": (
        lambda s: decided(s, decided_on=TODAY + dt.timedelta(days=1)),
        "in_the_future",
    ),
    "due before it was decided": (
        lambda s: decided(s, due_on=TODAY - dt.timedelta(days=1)),
        "due_before_decided",
    ),
    "a decision with an unknown criterion": (
        lambda s: decided(s, criterion="luck"),
        "unknown_criterion",
    ),
    "an unknown decision is carried out": (
        lambda s: acts.carry_out(s, LOCAL, 99, TODAY),
        "unknown_decision",
    ),
    "a leader gives evidence": (
        lambda s: acts.give_evidence(s, LEADER, "3439", acts.criteria()[0], TODAY, "Sak 1"),
        "may_not",
    ),
    "evidence of an unknown criterion": (
        lambda s: acts.give_evidence(s, COORDINATOR, "3439", "luck", TODAY, "Sak 1"),
        "unknown_criterion",
    ),
    "evidence that stands nowhere": (
        lambda s: acts.give_evidence(s, COORDINATOR, "3439", acts.criteria()[0], TODAY, " "),
        "text_needed",
    ),
    "evidence from tomorrow": (
        lambda s: acts.give_evidence(
            s, COORDINATOR, "3439", acts.criteria()[0], TODAY + dt.timedelta(days=1), "Sak 1"
        ),
        "in_the_future",
    ),
    "evidence for an unknown municipality": (
        lambda s: acts.give_evidence(s, LOCAL, "0301", acts.criteria()[0], TODAY, "Sak 1"),
        "unknown_municipality",
    ),
    "a leader reviews": (
        lambda s: acts.review(s, LEADER, "stale_action", "T-1", "3439", "confirmed"),
        "may_not",
    ),
    "an unknown verdict": (
        lambda s: acts.review(s, COORDINATOR, "stale_action", "T-1", "3439", "liked"),
        "unknown_verdict",
    ),
    "a rejection without a reason": (
        lambda s: acts.review(s, COORDINATOR, "stale_action", "T-1", "3439", "rejected"),
        "reason_needed",
    ),
    "a review for an unknown municipality": (
        lambda s: acts.review(s, LOCAL, "stale_action", "T-1", "0301", "confirmed"),
        "unknown_municipality",
    ),
    "a viewer reports": (lambda s: acts.report(s, VIEWER, "3439", "Noe", TODAY), "may_not"),
    "nothing is reported": (lambda s: acts.report(s, LEADER, "3439", "", TODAY), "text_needed"),
    "a report from tomorrow": (
        lambda s: acts.report(s, LEADER, "3439", "Noe", TODAY + dt.timedelta(days=1)),
        "in_the_future",
    ),
    "a report for an unknown municipality": (
        lambda s: acts.report(s, LOCAL, "0301", "Noe", TODAY),
        "unknown_municipality",
    ),
    "a coordinator locks": (lambda s: acts.lock(s, COORDINATOR, SEPTEMBER), "may_not"),
    "a leader locks history": (lambda s: acts.lock_history(s, LEADER, SEPTEMBER), "may_not"),
    "this month is locked": (lambda s: acts.lock(s, LOCAL, NOVEMBER), "month_not_ended"),
    "half a month is locked": (
        lambda s: acts.lock(s, LOCAL, dt.date(2026, 9, 15)),
        "month_not_ended",
    ),
    "a locked month is locked": (lambda s: acts.lock(s, LOCAL, OCTOBER), "already_locked"),
    "an empty month is locked": (lambda s: acts.lock(s, LOCAL, SEPTEMBER), "nothing_delivered"),
    "history ends in an empty month": (
        lambda s: acts.lock_history(s, LOCAL, SEPTEMBER),
        "nothing_delivered",
    ),
}


@pytest.mark.parametrize(("act", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_and_nothing_is_written(opened: Store, act: Act, code: str) -> None:
    assert refusal(act, opened)[0] == code


def test_a_refusal_names_what_it_is_about(opened: Store) -> None:
    code, facts = refusal(lambda s: acts.attest(s, LEADER, "3440", OCTOBER, "seen"), opened)
    assert (code, facts) == ("may_not", {"act": "attest", "municipality": "3440"})
    code, facts = refusal(lambda s: acts.lock(s, COORDINATOR, SEPTEMBER), opened)
    assert (code, facts) == ("may_not", {"act": "lock", "municipality": acts.ALL})
    _, facts = refusal(lambda s: acts.attest(s, LEADER, "3439", SEPTEMBER, "seen"), opened)
    assert facts == {"month": SEPTEMBER}


# -- what is recorded -------------------------------------------------------------------------


def test_an_attestation_says_who_and_what_and_can_be_taken_back(opened: Store) -> None:
    entry = acts.attest(opened, LEADER, "3439", OCTOBER, "asks_for", text=" Flere kurs ", at=AT)
    columns = 'municipality, month, statement, text, who_role, "at", withdrawn_at'
    assert rows(opened, "attestations", columns) == [
        ("3439", OCTOBER, "asks_for", "Flere kurs", "leader:3439", AT, None)
    ]
    acts.withdraw_attestation(opened, LEADER, entry, at=AT)
    assert rows(opened, "attestations", "withdrawn_at") == [(AT,)]
    again = refusal(lambda s: acts.withdraw_attestation(s, LEADER, entry), opened)
    assert again == ("already_withdrawn", {"attestation": entry})


def test_another_leader_cannot_take_an_attestation_back(opened: Store) -> None:
    entry = acts.attest(opened, LEADER, "3439", OCTOBER, "seen")
    other = Person("lokal", "leader", "3440")
    assert refusal(lambda s: acts.withdraw_attestation(s, other, entry), opened)[0] == "may_not"


def test_a_decision_is_carried_out_once(opened: Store) -> None:
    number = decided(opened, municipality="3439", indicator="told_back")
    columns = "decision_id, municipality, indicator, action_id, decided_on, carried_out_on"
    assert rows(opened, "decisions", columns) == [(number, "3439", "told_back", None, TODAY, None)]
    early = TODAY - dt.timedelta(days=1)
    assert refusal(lambda s: acts.carry_out(s, LOCAL, number, early), opened)[0] == "before_decided"
    late = TODAY + dt.timedelta(days=1)
    assert refusal(lambda s: acts.carry_out(s, LOCAL, number, late), opened)[0] == "in_the_future"
    acts.carry_out(opened, LOCAL, number, TODAY)
    assert rows(opened, "decisions", "carried_out_on") == [(TODAY,)]
    again = refusal(lambda s: acts.carry_out(s, LOCAL, number, TODAY), opened)
    assert again == ("already_carried_out", {"decision": number, "day": TODAY})


def test_a_decision_may_be_due_on_the_day_it_is_made_and_is_for_all_by_default(
    opened: Store,
) -> None:
    decided(opened, due_on=TODAY)
    assert rows(opened, "decisions", "due_on, municipality") == [(TODAY, None)]


def test_evidence_reviews_and_reports_are_recorded(opened: Store) -> None:
    acts.give_evidence(opened, COORDINATOR, "3439", "conditions_secured", TODAY, " Sak 4/26 ")
    acts.review(opened, COORDINATOR, "stale_action", "T-1", "3439", "rejected", reason="Ferie")
    acts.report(opened, LEADER, "3439", "Ingen ble spurt", OCTOBER)
    assert rows(opened, "evidence", "municipality, criterion, on_date, reference") == [
        ("3439", "conditions_secured", TODAY, "Sak 4/26")
    ]
    assert rows(opened, "reviews", "rule, row_key, verdict, reason") == [
        ("stale_action", "T-1", "rejected", "Ferie")
    ]
    assert rows(opened, "reports", "municipality, text, happened_on") == [
        ("3439", "Ingen ble spurt", OCTOBER)
    ]


def test_the_five_criteria_are_those_of_the_staircase() -> None:
    assert acts.criteria() == (
        "need_communicated",
        "organisation_decided",
        "areas_decided",
        "conditions_secured",
        "results_asked_for",
    )


# -- locks ------------------------------------------------------------------------------------


def test_a_month_can_be_locked_the_day_after_its_last(peopled: Path) -> None:
    with store.opened(peopled) as opened:
        last = dt.datetime.fromisoformat("2026-10-31T12:00")
        assert refusal(lambda s: acts.lock(s, LOCAL, OCTOBER, at=last), opened)[0] == (
            "month_not_ended"
        )
        acts.lock(opened, LOCAL, OCTOBER, at=last + dt.timedelta(days=1))
        assert acts.locked_months(opened) == {OCTOBER}


def test_history_locks_every_month_from_the_first_delivered_one_that_is_not_locked(
    peopled: Path, put: Callable[..., Receipt]
) -> None:
    june, july, august = (dt.date(2026, month, 1) for month in (6, 7, 8))
    # July was never delivered; it is missing in the tertial of August, which shows that.
    put(peopled, "actions", municipalities=["3439"], months=(june, august, SEPTEMBER))
    with store.opened(peopled) as opened:
        acts.lock(opened, LOCAL, august)
        assert acts.lock_history(opened, LOCAL, OCTOBER, at=AT) == [
            june,
            july,
            SEPTEMBER,
            OCTOBER,
        ]
        assert rows(opened, "locks", "month, is_history") == [
            (june, True),
            (july, True),
            (august, False),
            (SEPTEMBER, True),
            (OCTOBER, True),
        ]


def test_a_month_after_the_first_delivered_one_is_locked_also_when_it_is_empty(
    peopled: Path, put: Callable[..., Receipt]
) -> None:
    june, july = dt.date(2026, 6, 1), dt.date(2026, 7, 1)
    put(peopled, "actions", municipalities=["3439"], months=(june,))
    with store.opened(peopled) as opened:
        before = dt.date(2026, 5, 1)
        assert refusal(lambda s: acts.lock(s, LOCAL, before), opened)[0] == "nothing_delivered"
        acts.lock(opened, LOCAL, july)
        assert acts.locked_months(opened) == {july}


@pytest.mark.parametrize(
    ("month", "end"),
    [
        (dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 31)),
        (dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    ],
)
def test_a_month_ends_on_its_last_day(month: dt.date, end: dt.date) -> None:
    assert acts.month_end(month) == end


def test_the_day_of_an_act_is_norways(opened: Store) -> None:
    # Half an hour before midnight in UTC it is the next day in Norway.
    late = dt.datetime.fromisoformat("2026-11-10T23:30")
    acts.report(opened, LEADER, "3439", "Noe", dt.date(2026, 11, 11), at=late)
    early = dt.datetime.fromisoformat("2026-11-10T22:30")
    code, _ = refusal(
        lambda s: acts.report(s, LEADER, "3439", "Noe", dt.date(2026, 11, 11), at=early), opened
    )
    assert code == "in_the_future"


# -- a time of its own ------------------------------------------------------------------------


def test_only_a_demo_store_takes_a_time_of_its_own(
    folder: Path, put: Callable[..., Receipt]
) -> None:
    put(folder, "municipalities", {"municipality_id": "3439", "name": "Ringebu"})
    with store.opened(folder) as opened:
        code, _ = refusal(
            lambda s: acts.report(s, LOCAL, "3439", "Noe", dt.date(2020, 1, 1), at=AT), opened
        )
        assert code == "own_dates_only_in_demo"
        acts.report(opened, LOCAL, "3439", "Noe", dt.date(2020, 1, 1))


def test_without_a_time_the_demo_stands_on_its_day(opened: Store) -> None:
    acts.report(opened, LEADER, "3439", "Noe", OCTOBER)
    ((at,),) = rows(opened, "reports", '"at"')
    assert settings.day_of(at) == TODAY


@pytest.mark.parametrize("now", ["2026-05-05T00:30", "2026-05-05T12:00", "2026-05-05T23:30"])
def test_the_demos_day_is_the_same_at_every_hour(
    opened: Store, now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "now", lambda: dt.datetime.fromisoformat(now))
    acts.report(opened, LEADER, "3439", "Noe", OCTOBER)
    ((at,),) = rows(opened, "reports", '"at"')
    assert settings.day_of(at) == TODAY
