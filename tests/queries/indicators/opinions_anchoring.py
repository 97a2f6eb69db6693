"""Second opinions of more indicators of leadership anchoring: plain Python over the rows."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterator

from tests.queries.indicators.second_opinions import (
    DAY,
    activities,
    has_delivered,
    is_member,
    is_of_fact,
    later,
    month_end,
    month_of,
    norwegian_day,
    spine,
)
from tests.queries.worlds import Numbers, Row, World

STEPS = (
    "need_communicated",
    "organisation_decided",
    "areas_decided",
    "conditions_secured",
    "results_asked_for",
)


def decisions_carried_out(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in [*spine(world), *{("cooperation", month) for _, month in spine(world)}]:
        due = carried_out = 0
        for row in world.get("acts_decisions", ()):
            whose = row.get("municipality")
            if row.get("withdrawn_at") is not None:
                continue  # taken back: nobody promises it any more
            if row["due_on"] > month_end(month) or who not in (whose, "cooperation"):
                continue
            due += 1
            done = row.get("carried_out_on")
            carried_out += done is not None and done <= month_end(month)
        found[who, month, None] = (carried_out, due, None)
    return found


def evidence(world: World, who: str) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Step, first and last day of everything that shows that a municipality is on a step."""
    member = next(row for row in world["current_municipalities"] if row["municipality_id"] == who)

    def year(day: dt.date) -> dt.date:
        return later(day, 12)

    for row in world.get("acts_evidence", ()):
        if row["municipality"] == who:
            yield row["criterion"], row["on_date"], year(row["on_date"])
    for row in world.get("acts_decisions", ()):
        was_there = is_member(member, month_of(row["decided_on"]))
        is_own = row["municipality"] == who or (row["municipality"] is None and was_there)
        stands = row.get("withdrawn_at") is None
        if is_own and stands and row.get("criterion") is not None:
            yield row["criterion"], row["decided_on"], year(row["decided_on"])
    for row in world.get("acts_attestations", ()):
        if row["municipality"] != who or row.get("withdrawn_at") is not None:
            continue
        day = norwegian_day(row["at"])
        if row["statement"] == "asks_for":
            yield "results_asked_for", day, year(day)
        if row.get("criterion") is not None:
            yield row["criterion"], day, year(day)
    for row in world.get("current_goals", ()):
        names = ("theme", "measure", "due_on", "decided_on", "decided_by_role")
        if row["municipality"] != who or None in [row.get(name) for name in names]:
            continue
        last = year(row["decided_on"])
        if row.get("closed_on") is not None:
            last = min(last, row["closed_on"] - DAY)
        yield "areas_decided", row["decided_on"], last
        if row.get("criterion") is not None:
            yield row["criterion"], row["decided_on"], last


def _tells_of_goals(world: World, who: str, month: dt.date) -> bool:
    """Delivered for the month, or never delivered for any month until then."""
    began = any(
        row["kind"] == "goals" and row["municipality"] == who and row["month"] <= month
        for row in world["coverage"]
    )
    return not began or has_delivered(world, "goals", who, month)


def anchoring_steps(world: World) -> Numbers:
    found: Numbers = {}
    whole: dict[dt.date, list[set[str]]] = {}
    for who, month in spine(world):
        end = month_end(month)
        steps = {step for step, first, last in evidence(world, who) if first <= end <= last}
        found[who, month, None] = (len(steps), None, None)
        for step in STEPS:
            found[who, month, step] = (int(step in steps), 1, None)
        everybody = whole.setdefault(month, [])
        if _tells_of_goals(world, who, month):
            everybody.append(steps)
    for month, everybody in whole.items():
        shared = set(STEPS).intersection(*everybody) if everybody else set()
        found["cooperation", month, None] = (len(shared), None, None)
        for step in STEPS:
            having = sum(step in steps for steps in everybody)
            found["cooperation", month, step] = (having, len(everybody), None)
    return found


def months_sustained(world: World) -> Numbers:
    with_users = (
        "dialogue_meeting",
        "dialogue_cafe",
        "dialogue_conference",
        "peer_evaluation",
        "user_panel",
        "workshop",
    )
    lived: set[tuple[str, dt.date]] = set()
    for row in activities(world, *with_users):
        users = [row.get(name) or 0 for name in ("users", "relatives", "user_representatives")]
        if row["kind"] != "workshop" or any(users):
            lived.add((row["municipality"], month_of(row["ends_on"])))
    for row in world.get("current_actions", ()):
        if row.get("done_on") is not None:
            lived.add((row["municipality"], month_of(row["done_on"])))
    attested = {
        (row["municipality"], row["month"])
        for row in world.get("acts_attestations", ())
        if row.get("withdrawn_at") is None
    }

    found: Numbers = {}
    rows: dict[str, int] = {}
    whole: dict[dt.date, list[int]] = {}
    for who, month in spine(world):
        # Months come in order, each municipality by itself.
        if (who, month) in lived & attested:
            rows[who] = rows.get(who, 0) + 1
        elif month.month != 7:
            rows[who] = 0
        found[who, month, None] = (rows.get(who, 0), None, None)
        everybody = whole.setdefault(month, [])
        if all(has_delivered(world, kind, who, month) for kind in ("activities", "actions")):
            everybody.append(rows.get(who, 0))
    for month, lengths in whole.items():
        found["cooperation", month, None] = (min(lengths, default=None), None, None)
    return found


def days_to_leader_answer(world: World) -> Numbers:
    found: Numbers = {}
    whole: dict[dt.date, list[int | None]] = {}
    for who, month in spine(world):
        waited = [
            _days(row)
            for row in world.get("current_feedback", ())
            if row["municipality"] == who
            and row.get("recommendation_on") is not None
            and month_of(row["recommendation_on"]) == month
            and not is_of_fact(world, row)
        ]
        _add_days(found, who, month, waited)
        everybody = whole.setdefault(month, [])
        if has_delivered(world, "feedback", who, month):
            everybody += waited
    for month, waited in whole.items():
        _add_days(found, "cooperation", month, waited)
    return found


def _days(row: Row) -> int | None:
    """Days to the leader's answer; None without one that counts. A no needs its reason."""
    answer, day = row.get("leader_answer"), row.get("leader_answered_on")
    if answer is None or day is None or (answer == "no" and not row.get("reason")):
        return None
    days: int = (day - row["recommendation_on"]).days
    return days


def _add_days(found: Numbers, who: str, month: dt.date, waited: list[int | None]) -> None:
    known = [days for days in waited if days is not None]
    found[who, month, None] = (statistics.median(known) if known else None, None, None)
    found[who, month, "unanswered"] = (len(waited) - len(known), len(waited), None)


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    opinion.__name__: opinion
    for opinion in (
        decisions_carried_out,
        anchoring_steps,
        months_sustained,
        days_to_leader_answer,
    )
}
