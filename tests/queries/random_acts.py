"""Random acts and what they are about: decisions, evidence, recommendations, a summer of work."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.queries import random_worlds as some
from tests.queries.random_worlds import WHO
from tests.queries.worlds import Row, World, day, everything_covered, months, noon, world

STEPS = (
    "need_communicated",
    "organisation_decided",
    "areas_decided",
    "conditions_secured",
    "results_asked_for",
)
STATEMENTS = ("seen", "follows_up", "asks_for")

# The ends of the months looked at and the days around them, a year before and now.
ENDS = [day("2024-12-31"), day("2025-01-31"), day("2025-02-28"), day("2025-03-31")]
EDGES = [
    end.replace(year=end.year - back) + dt.timedelta(days=step)
    for end in ENDS
    for back in (0, 1)
    for step in (-1, 0, 1)
]


def _day(r: Random) -> dt.date:
    """A day of two years, mostly at a limit."""
    return (
        r.choice(EDGES) if r.random() < 0.7 else day("2023-11-01") + dt.timedelta(r.randrange(520))
    )


def decisions(r: Random) -> list[Row]:
    """Decisions for one or for all, due and carried out around the ends of months."""
    made = []
    for number in range(r.randint(3, 12)):
        decided = _day(r)
        made.append(
            {
                "decision_id": number,
                "text": "Fast rutine",
                "owner_role": "enhetsleder",
                "municipality": r.choice([None, *WHO]),
                "criterion": r.choice([None, *STEPS]),
                "decided_on": decided,
                "due_on": max(decided, r.choice(EDGES)),
                "carried_out_on": r.choice([None, max(decided, r.choice(EDGES))]),
                "withdrawn_at": r.choice([None, None, None, noon(max(decided, r.choice(EDGES)))]),
            }
        )
    return made


def evidence(r: Random) -> list[Row]:
    """Entries of their own; few, so that most steps lack."""
    return [
        {
            "evidence_id": number,
            "municipality": r.choice(WHO),
            "criterion": r.choice(STEPS),
            "on_date": _day(r),
            "reference": "Sak 4/26",
        }
        for number in range(r.randint(0, 6))
    ]


def attestations(r: Random) -> list[Row]:
    """Statements that may ask for something, carry a step or be taken back."""
    return [
        row
        | {
            "statement": r.choice(STATEMENTS),
            "criterion": r.choice([None, None, *STEPS]),
            "at": noon(_day(r)),
        }
        for row in some.attestations(r)[: r.randint(0, 6)]
    ]


def goals(r: Random) -> list[Row]:
    """Goals that may carry another step than their own."""
    made = []
    for row in some.goals(r):
        decided = _day(r) if row["decided_on"] is not None else None
        closed = None if decided is None else r.choice([None, max(decided, r.choice(EDGES))])
        carried = {"criterion": r.choice([None, *STEPS])}
        made.append(row | carried | {"decided_on": decided, "closed_on": closed})
    return made


def feedback(r: Random) -> list[Row]:
    """Items of which most became recommendations, answered or not."""
    made = []
    for number in range(r.randint(5, 20)):
        recommended = r.choice([None, *[some._day(r)] * 4])
        answered = None if recommended is None else some._after(r, recommended, days=60)
        made.append(
            {
                "feedback_id": f"I{number}",
                "municipality": r.choice(WHO),
                "activity_id": r.choice([None, f"K{r.randrange(8)}"]),
                "wave_id": r.choice([None, f"U{r.randrange(8)}"]),
                "received_on": recommended or some._day(r),
                "kind": "change",
                "recommendation_on": recommended,
                "leader_answer": r.choice([None, "yes", "partly", "no", "no"]),
                "leader_answered_on": answered,
                "reason": r.choice([None, "Prøves til sommeren"]),
            }
        )
    return made


SUMMER = (day("2025-05-01"), day("2025-09-01"))


def _some_day(r: Random, month: dt.date) -> dt.date:
    return month + dt.timedelta(days=r.choice([0, 14, 29]))


def summers() -> SearchStrategy[World]:
    """Worlds from May to September in which most months were held, and some were not delivered."""

    def make(r: Random) -> World:
        activities, actions, given = [], [], []
        for who in sorted(set(WHO)):
            for month in months(*SUMMER):
                if r.random() < 0.6:
                    kind = r.choice(["dialogue_meeting", "workshop", "course", "leader_team"])
                    facts = {"initiative": r.choice([None, None, None, "FACT"])}
                    facts |= {"users": r.choice([None, 0, 3]), "relatives": r.choice([None, 0, 1])}
                    held = {"activity_id": f"{who}{month}", "municipality": who, "kind": kind}
                    activities.append(held | facts | {"ends_on": _some_day(r, month)})
                if r.random() < 0.5:
                    done = {"done_on": r.choice([None, _some_day(r, month), _some_day(r, month)])}
                    begun = {"opened_on": day("2025-01-01"), "municipality": who}
                    actions.append(begun | done | {"action_id": f"{who}{month}"})
                for _ in range(r.choice([0, 1, 1, 1, 2])):
                    at = noon(month + dt.timedelta(days=r.randint(32, 70)))
                    taken_back = r.choice([None, None, None, at])
                    statement = {"municipality": who, "month": month, "statement": "seen"}
                    given.append(statement | {"at": at, "withdrawn_at": taken_back})
        made = world(
            *SUMMER,
            day("2025-11-20"),
            # Øyer and the others joined before; one comes in the middle of the summer.
            municipalities=[
                row | ({"joined_on": day("2025-06-10")} if row["name"] == "Øyer" else {})
                for row in some.MUNICIPALITIES
            ],
            activities=activities,
            actions=actions,
            acts_attestations=[row | {"attestation_id": n} for n, row in enumerate(given)],
        )
        made["coverage"] = [row for row in everything_covered(made) if r.random() < 0.9]
        return made

    return st.randoms(use_true_random=True).map(make)
