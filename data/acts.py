"""What people do: attest, decide, review, report, lock; whether they may is checked here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data import allowed
from data.allowed import ALL as ALL
from data.allowed import criteria as criteria
from data.decided import UNCHANGED as UNCHANGED
from data.decided import carry_out as carry_out
from data.decided import change_decision as change_decision
from data.decided import decide as decide
from data.decided import withdraw_carry_out as withdraw_carry_out
from data.decided import withdraw_decision as withdraw_decision
from data.made import decision_of as decision_of
from data.made_actions import make_action as make_action
from data.made_actions import move_action as move_action
from data.made_actions import withdraw_action as withdraw_action
from data.people import Person
from data.store import RefusedError, Store

STATEMENTS = ("seen", "follows_up", "asks_for")
"""What a head says of a locked month: has seen it, follows up, asks for something."""

VERDICTS = ("confirmed", "rejected", "closed")
"""What a person makes of a deviation that a rule suggested."""

REPORTED = "reported"
"""Stands for a rule where the deviation is one that a person reported; its row is the report."""


def attest(
    store: Store,
    who: Person,
    municipality: str,
    month: dt.date,
    statement: str,
    *,
    text: str | None = None,
    criterion: str | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record a head's statement on a locked month, and give the entry's number.

    Raises:
        RefusedError: "may_not", "unknown_municipality", "month_not_locked", "not_member",
            "unknown_statement", "text_needed" (who asks for something must say what),
            "unknown_criterion".
    """
    allowed.must(who, "attest", municipality)
    allowed.known_municipality(store, municipality)
    allowed.one_of(statement, STATEMENTS, "unknown_statement")
    if month not in locked_months(store):
        raise RefusedError("month_not_locked", month=month)
    joined = allowed.member_from(store, municipality)
    if month < joined:
        raise RefusedError("not_member", month=month, member_from=joined)
    if statement == "asks_for" and not (text or "").strip():
        raise RefusedError("text_needed", lacks="request")
    facts = {
        "municipality": municipality,
        "month": month,
        "statement": statement,
        "text": allowed.clean(text),
        "criterion": allowed.criterion(criterion),
    }
    return store.append("attest", who, f"{municipality}:{month:%Y-%m}", facts, at=at)


def withdraw_attestation(
    store: Store, who: Person, attestation: int, *, at: dt.datetime | None = None
) -> int:
    """Take an attestation back; it stays in the ledger.

    Raises:
        RefusedError: "may_not", "unknown_attestation", "already_withdrawn".
    """
    found = store.rows(
        "select municipality, withdrawn_at from acts_attestations where attestation_id = $entry",
        {"entry": attestation},
    )
    if not found:
        raise RefusedError("unknown_attestation", attestation=attestation)
    allowed.must(who, "attest", found[0][0])
    if found[0][1] is not None:
        raise RefusedError("already_withdrawn", attestation=attestation)
    return store.append("withdraw_attestation", who, str(attestation), at=at)


def give_evidence(
    store: Store,
    who: Person,
    municipality: str,
    criterion: str,
    on: dt.date,
    reference: str,
    *,
    at: dt.datetime | None = None,
) -> int:
    """Record evidence for one step of the anchoring staircase: when, and where it can be read.

    Raises:
        RefusedError: "may_not", "unknown_municipality", "unknown_criterion", "text_needed",
            "in_the_future".
    """
    allowed.must(who, "give_evidence", municipality)
    allowed.known_municipality(store, municipality)
    allowed.one_of(criterion, criteria(), "unknown_criterion")
    if not reference.strip():
        raise RefusedError("text_needed", lacks="reference")
    allowed.not_later(on, store, at)
    facts = {
        "municipality": municipality,
        "criterion": criterion,
        "on": on,
        "reference": reference.strip(),
    }
    return store.append("give_evidence", who, f"{municipality}:{criterion}", facts, at=at)


def review(
    store: Store,
    who: Person,
    rule: str,
    row_key: str,
    municipality: str,
    verdict: str,
    *,
    reason: str | None = None,
    since_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record what a person makes of a deviation: confirmed, rejected or closed.

    Which rows a rule suggests is known in a release only: queries.deviations.review asks it first.

    Args:
        rule: The rule that suggested it, or REPORTED with the number of a report as the row.
        since_on: The day from which the rule held, as a rule may hold again later.

    Raises:
        RefusedError: "may_not", "unknown_municipality", "unknown_verdict", "reason_needed" (a
            rejection says why, so that false alarms can be counted), "unknown_report".
    """
    allowed.must(who, "review", municipality)
    allowed.known_municipality(store, municipality)
    allowed.one_of(verdict, VERDICTS, "unknown_verdict")
    if verdict == "rejected" and not (reason or "").strip():
        raise RefusedError("reason_needed")
    if rule == REPORTED and not store.rows(
        "select 1 from acts_reports"
        " where report_id::varchar = $row_key and municipality = $municipality",
        {"row_key": row_key, "municipality": municipality},
    ):
        raise RefusedError("unknown_report", report=row_key)
    facts: dict[str, Any] = {
        "rule": rule,
        "row_key": row_key,
        "municipality": municipality,
        "verdict": verdict,
        "reason": allowed.clean(reason),
    }
    if since_on is not None:
        facts["since_on"] = since_on
    return store.append("review", who, f"{rule}:{row_key}", facts, at=at)


def report(
    store: Store,
    who: Person,
    municipality: str,
    text: str,
    happened_on: dt.date,
    *,
    at: dt.datetime | None = None,
) -> int:
    """Record a deviation from user involvement that a person reports, and give its number.

    Raises:
        RefusedError: "may_not", "unknown_municipality", "text_needed", "in_the_future".
    """
    allowed.must(who, "report", municipality)
    allowed.known_municipality(store, municipality)
    if not text.strip():
        raise RefusedError("text_needed", lacks="report")
    allowed.not_later(happened_on, store, at)
    facts = {"municipality": municipality, "text": text.strip(), "happened_on": happened_on}
    return store.append("report", who, None, facts, at=at)


def lock(store: Store, who: Person, month: dt.date, *, at: dt.datetime | None = None) -> int:
    """Lock a month that has ended: its numbers are from then on those of the next release.

    Raises:
        RefusedError: "may_not", "month_not_ended", "already_locked", "nothing_delivered".
    """
    allowed.must(who, "lock", None)
    _lockable(store, month, at)
    return store.append("lock", who, f"{month:%Y-%m}", {"month": month}, at=at)


def lock_history(
    store: Store, who: Person, through: dt.date, *, at: dt.datetime | None = None
) -> list[dt.date]:
    """Lock every month from the first that is delivered through this one, at once.

    A month of them that nobody delivered is locked too: it belongs to its tertial, and shows that
    it is missing. For history that was loaded at once: nobody could have kept a lock day that had
    passed before the dashboard was there, so those duties are not due for these months.

    Raises:
        RefusedError: As `lock`.
    """
    allowed.must(who, "lock", None)
    _lockable(store, through, at)
    locked = locked_months(store)
    months = [month for month in _delivered_through(store, through) if month not in locked]
    with store.transaction():
        for month in months:
            facts = {"month": month, "is_history": True}
            store.append("lock", who, f"{month:%Y-%m}", facts, at=at)
    return months


def locked_months(store: Store) -> frozenset[dt.date]:
    """The months that are locked, by their first day."""
    return frozenset(month for (month,) in store.rows("select month from acts_locks"))


def month_end(month: dt.date) -> dt.date:
    """The last day of the month that starts on this day."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _lockable(store: Store, month: dt.date, at: dt.datetime | None) -> None:
    if month.day != 1 or month_end(month) >= allowed.day(store, at):
        raise RefusedError("month_not_ended", month=month)
    found = store.rows(
        "select acts_locks.at, ledger.who, coalesce((facts ->> 'by_itself')::boolean, false)"
        " from acts_locks inner join ledger using (entry) where month = $month",
        {"month": month},
    )
    if found:
        locked_at, locked_by, is_by_itself = found[0]
        facts = {"at": locked_at, "who": locked_by, "is_by_itself": is_by_itself}
        raise RefusedError("already_locked", month=month, **facts)
    if not _delivered_through(store, month):
        raise RefusedError("nothing_delivered", month=month)


def _delivered_through(store: Store, last: dt.date) -> list[dt.date]:
    """The months from the first that anything covers through this one; none when it is later."""
    first = store.rows("select min(month) from current_coverage")[0][0]
    months: list[dt.date] = []
    while first is not None and first <= last:
        months.append(first)
        first = month_end(first) + dt.timedelta(days=1)
    return months
