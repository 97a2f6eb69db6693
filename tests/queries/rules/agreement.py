"""What the rules' SQL gives over small worlds, and random worlds with rows for every rule."""

from __future__ import annotations

import datetime as dt
from random import Random

from data.contract import KINDS
from queries import rules, sql
from tests.queries import random_worlds as some
from tests.queries.rules.opinions import OPINIONS, Fired
from tests.queries.worlds import Row, World, builder, day, everything_covered, noon, world

COURSES = [day("2024-07-20"), day("2024-08-10"), *some.HALF_A_YEAR_BEFORE]
HALF_A_YEAR_LATER = [day("2025-01-20"), day("2025-02-10"), *some.HALF_A_YEAR_LATER]
DAYS = [day("2024-09-15") + dt.timedelta(days=9 * step) for step in range(22)]


def fired(rule: str, made: World) -> Fired:
    """When a rule fired over a world; what ends after today has not ended."""
    asked = rules.load_all()[rule]
    path, limits = rules.question(asked)
    rows = rules.fired(asked, sql.run(builder(made), path, **limits)).iter_rows(named=True)
    return _so_far(
        {
            (row["municipality_id"], row["row_key"], row["since_on"]): row["until_on"]
            for row in rows
        },
        made,
    )


def opinion(rule: str, made: World) -> Fired:
    """The same by the second opinion."""
    return _so_far(OPINIONS[rule](made), made)


def _so_far(found: Fired, made: World) -> Fired:
    today = made["horizon"][0]["today"]
    return {key: until if until and until <= today else None for key, until in found.items()}


def _actions(r: Random) -> list[Row]:
    answers = (None, False, False, False, True)
    names = ("users_at_start", "users_midway", "users_at_end")
    return [row | {name: r.choice(answers) for name in names} for row in some.actions(r)]


def _feedback(r: Random) -> list[Row]:
    made = []
    for number in range(r.randint(5, 15)):
        on = r.choice([None, *DAYS, day("2024-02-10")])
        answered = None if on is None else on + dt.timedelta(days=r.choice([0, 29, 30, 31, 50]))
        made.append(
            {
                "feedback_id": f"I{number}",
                "municipality": r.choice(some.WHO),
                "recommendation_on": on,
                "leader_answered_on": r.choice([None, answered]),
            }
        )
    return made


def _seats(r: Random) -> list[Row]:
    """Seats in few bodies, so that a team has several."""
    bodies = {
        name: {
            "body_id": name,
            "body_kind": r.choice(["improvement_team", "improvement_team", "user_panel"]),
            "body_from": r.choice([None, r.choice(DAYS[:8])]),
            "body_to": r.choice([None, None, r.choice(DAYS[12:])]),
        }
        for name in ("B1", "B2", "B3")
    }
    of = {seat: r.choice(list(bodies.values())) for seat in (f"V{n}" for n in range(12))}
    return [row | of[row["seat_id"]] for row in some.seats(r)]


def made(seed: int) -> World:
    """A random world with rows for every rule; here and there a file did not come, or late."""
    r = Random(seed)
    kinds = ("course", "dialogue_meeting", "dialogue_cafe", "peer_evaluation", "leader_team")
    halves = r.random() < 0.5
    found = world(
        some.FIRST,
        some.LAST,
        r.choice([day("2025-04-05"), day("2025-04-14"), day("2025-05-02")]),
        municipalities=some.MUNICIPALITIES,
        actions=_actions(r),
        activities=some.activities(*kinds, on=COURSES if halves else some.COURSE_ENDS)(r)
        + [row | {"activity_id": f"F{n}"} for n, row in enumerate(_meetings(r))],
        survey_waves=some.survey_waves(
            "same_day",
            "half_year",
            "other",
            on=HALF_A_YEAR_LATER if halves else some.COURSE_ENDS,
        )(r),
        survey_answers=some.survey_answers(r),
        feedback=_feedback(r),
        seats=_seats(r),
        services=some.services(r),
        acts_locks=some.locks(r),
    )
    # Of some kinds the last that came is old.
    last = {kind: r.choice([None, None, day("2025-01-01"), day("2025-02-01")]) for kind in KINDS}
    found["coverage"] = [
        row if r.random() < 0.85 else row | {"delivered_at": noon(some._late(r, row["month"]))}
        for row in everything_covered(found)
        if r.random() < 0.95 and row["month"] <= (last[row["kind"]] or row["month"])
    ]
    return found


def _meetings(r: Random) -> list[Row]:
    """Meetings of the leaders' team, one after the other; each row is one municipality's."""
    return [
        {
            "kind": "leader_team",
            "ends_on": on,
            "municipality": "3405",
            "leaders": r.choice([None, 0, 0, 1]),
            "deputies": r.choice([0, 1]),
        }
        for on in DAYS[6::3]
    ]
