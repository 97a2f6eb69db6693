"""Random questionnaires and answers: scales of five steps, other scales, and none that is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from tests.queries.random_worlds import WHO, Maker
from tests.queries.worlds import Row

FIVE = "ingen nytte=1; liten=2; noe=3; stor=4; svært stor=5; vet ikke=no_number"
SCALES = (None, None, FIVE, "nei=0; ja=1", "dårlig=1; middels=2; bra=3; svært bra=4", "fritt")

# What people answer on each kind of scale; a half step, a word and nothing among them.
FROM_ONE_TO_FIVE = ("1", "2", "3", "4", "5", "4", "no_number", None)
FROM_NOUGHT_TO_TEN = ("0", "3", "4", "5", "7", "10", "4,5", None)


def questions(r: Random) -> list[Row]:
    """Two questionnaires, each with a question about benefit and one about being listened to."""
    return [
        {"survey": survey, "question": question, "role": role, "scale": r.choice(SCALES)}
        for survey in ("kurs", "verv")
        for question, role in (("a", "core"), ("b", "benefit"), ("c", "listened_to"))
        if r.random() < 0.9
    ]


def waves(*measurements: str, on: Sequence[dt.date]) -> Maker:
    """Waves about the courses K0 to K7 or about none, on these days or up to 15 days later."""

    def make(r: Random) -> list[Row]:
        return [
            {
                "wave_id": f"U{number}",
                "municipality": r.choice(WHO),
                "service": r.choice([None, None, "A"]),
                "survey": r.choice(["kurs", "verv", "uten"]),
                "activity_id": r.choice([None, *[f"K{r.randrange(8)}"] * 3]),
                "measurement": r.choice(measurements),
                "respondent": r.choice([None, "user", "user", "relative", "staff"]),
                "sent_on": r.choice(on) + dt.timedelta(days=r.choice([0, 0, 1, 14, 15])),
                "answered": r.choice([None, None, 4]),
            }
            for number in range(r.randint(6, 14))
        ]

    return make


def answers(r: Random) -> list[Row]:
    """Answers to the waves U0 to U9: a question of most worlds has one scale, of some another."""
    given = dict.fromkeys("abc", FROM_ONE_TO_FIVE)
    given[r.choice("abc")] = FROM_NOUGHT_TO_TEN
    return [
        {
            "answer_id": f"S{number}",
            "wave_id": wave,
            "question": question,
            "value": r.choice(given[question]),
        }
        for number in range(r.randint(10, 30))
        for wave in [f"U{r.randrange(10)}"]
        for question in r.sample("abc", r.randint(1, 3))
    ]
