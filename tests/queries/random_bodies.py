"""Random teams and groups with their seats, and random tools: rows of worlds for representation."""

from __future__ import annotations

from random import Random

from hypothesis.strategies import SearchStrategy

from tests.queries import random_worlds as some
from tests.queries.worlds import Row, World

KINDS = ("improvement_team", "improvement_team", "user_panel", "steering_group")
TOOLS = ("dialogmøte", "Dialogmøte ", "klarspråksjekk", "brukerpanel", "", "SMS-evaluering")


def seats(r: Random) -> list[Row]:
    """Seats in few bodies, so that some have two; a body has its days on one seat or on all."""
    made: list[Row] = []
    bodies = [
        {
            "body_id": f"O{number}",
            "body_kind": r.choice(KINDS),
            "body_from": r.choice([None, *r.sample(some.EDGES[:12], 2)]),
            "body_to": r.choice([None, None, *r.sample(some.EDGES[8:], 1)]),
        }
        for number in range(4)
    ]
    body_of: dict[str, Row] = {}
    for row in some.seats(r):
        body = body_of.setdefault(row["seat_id"], r.choice(bodies))
        known = body if r.random() < 0.9 else body | {"body_to": None}
        covers = r.choice([None, 1, 1, 2, 3, 6]) if row["filled_from"] else None
        made.append(row | known | {"covers_municipalities": covers})
    return made


def with_tools(worlds: SearchStrategy[World]) -> SearchStrategy[World]:
    """The same worlds, where municipalities have chosen tools and activities have used some."""

    def add(world: World) -> World:
        # The rows that are there decide, so that a world is the same every time.
        r = Random(len(world["current_activities"]))
        world["current_municipalities"] = [
            row | {"tools": r.choice([None, [], r.sample(TOOLS, 3), r.sample(TOOLS, 4)])}
            for row in world["current_municipalities"]
        ]
        world["current_activities"] = [
            row | {"tool": r.choice([None, *TOOLS, "uvalgt"])}
            for row in world["current_activities"]
        ]
        return world

    return worlds.map(add)
