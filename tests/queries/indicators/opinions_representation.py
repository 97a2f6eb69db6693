"""Second opinions of who speaks for users, where leaders meet them, and what is still in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.queries.indicators.second_opinions import (
    activities,
    feedback_freshness,
    later,
    month_end,
    month_of,
    spine,
)
from tests.queries.worlds import Numbers, Row, World


def fresh_services(world: World) -> Numbers:
    found: Numbers = {(who, month, None): (0, 0, None) for who, month in spine(world)}
    for (who, month, service), (days, _, _) in feedback_freshness(world).items():
        if service is not None and days is not None:
            fresh, active, _ = found[who, month, None]
            found[who, month, None] = ((fresh or 0) + (days <= 90), (active or 0) + 1, None)
    return found


def _at_work(world: World, who: str, day: dt.date, *kinds: str) -> list[set[str]]:
    """Of each body at work that day: the seats that somebody holds."""
    seats_of: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in world.get("current_seats", ()):
        if row["municipality"] == who and row["body_kind"] in (kinds or (row["body_kind"],)):
            seats = seats_of.setdefault((row["body_id"], row["body_kind"]), {})
            seats.setdefault(row["seat_id"], []).append(row)
    return [
        {seat for seat, rows in seats.items() if _is_held(rows, day)}
        for seats in seats_of.values()
        if any(_is_begun(rows, day) for rows in seats.values())
        and any(_is_not_over(rows, day) for rows in seats.values())
    ]


def _is_begun(rows: list[Row], day: dt.date) -> bool:
    """The body of this seat has started; without a date, when the seat was made."""
    return any((row.get("body_from") or row["seat_from"]) <= day for row in rows)


def _is_not_over(rows: list[Row], day: dt.date) -> bool:
    """None of this seat's rows says that its body had its last day before."""
    return all((row.get("body_to") or day) >= day for row in rows)


def _is_held(rows: list[Row], day: dt.date) -> bool:
    """The seat and its body are there that day, and so is somebody in it."""
    is_there = any(
        row["seat_from"] <= day and (row.get("body_from") or day) <= day for row in rows
    ) and all((row.get(name) or day) >= day for row in rows for name in ("seat_to", "body_to"))
    return is_there and any(
        row.get("filled_from") is not None
        and row["filled_from"] <= day <= (row.get("filled_to") or day)
        for row in rows
    )


def bodies_with_two_representatives(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        held = [len(seats) for seats in _at_work(world, who, month_end(month))]
        found[who, month, None] = (sum(n >= 2 for n in held), len(held), None)
        found[who, month, "at_least_one"] = (sum(n >= 1 for n in held), len(held), None)
    return found


def teams_with_users(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        teams = _at_work(world, who, month_end(month), "improvement_team")
        found[who, month, None] = (sum(bool(seats) for seats in teams), len(teams), None)
    return found


def tools_in_use(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        (own,) = (row for row in world["current_municipalities"] if row["municipality_id"] == who)
        chosen = {tool.strip().lower() for tool in own.get("tools") or ()} - {""}
        used = {
            (row.get("tool") or "").strip().lower()
            for row in world.get("current_activities", ())
            if row["municipality"] == who
            and row.get("initiative") != "FACT"
            and later(month, -11) <= row["ends_on"] <= month_end(month)
        }
        found[who, month, None] = (len(chosen & used), len(chosen), None)
    return found


def working_group_present(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        rows = [
            row for row in activities(world, "working_group") if month_of(row["ends_on"]) == month
        ]
        meetings = {row["activity_id"] for row in rows}
        own = [row for row in rows if row["municipality"] == who]
        members = {row["activity_id"] for row in own if row.get("leaders")}
        deputies = {row["activity_id"] for row in own if row.get("deputies")}
        met, was_there = bool(meetings), bool(meetings) and members | deputies == meetings
        found[who, month, None] = (int(was_there), int(met), None)
        found[who, month, "deputy"] = (int(was_there and members != meetings), int(met), None)
    return found


def leaders_meet_users(world: World) -> Numbers:
    found: Numbers = {(who, month, None): (0, 0, None) for who, month in spine(world)}
    for row in world.get("current_activities", ()):
        key = (row["municipality"], month_of(row["ends_on"]), None)
        users = [row.get(name) or 0 for name in ("users", "relatives", "user_representatives")]
        if key in found and any(users) and row.get("initiative") != "FACT":
            met, held, _ = found[key]
            leader = bool(row.get("leaders"))
            found[key] = ((met or 0) + leader, (held or 0) + 1, None)
    return found


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    opinion.__name__: opinion
    for opinion in (
        fresh_services,
        bodies_with_two_representatives,
        teams_with_users,
        tools_in_use,
        working_group_present,
        leaders_meet_users,
    )
}
