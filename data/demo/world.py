"""Everything that happens in the story, as rows by kind: the truth that files tell parts of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data.demo.actions import actions
from data.demo.activities import activities
from data.demo.bodies import goals, seats
from data.demo.feedback import feedback
from data.demo.places import QUESTIONS, Row, municipalities, services
from data.demo.surveys import answers, waves


@dataclass(frozen=True)
class World:
    """All rows as they will turn out, by kind, and the answers as the survey tools hold them."""

    rows: dict[str, list[Row]]
    answers: list[Row]


@cache
def world() -> World:
    """The one world that the seed gives."""
    held = activities()
    sent = waves(held)
    said = feedback(held, sent)
    rows = {
        "municipalities": municipalities(),
        "services": services(),
        "questions": list(QUESTIONS),
        "activities": held,
        "survey_waves": sent,
        "feedback": said,
        "actions": actions(said),
        "seats": seats(),
        "goals": goals(),
    }
    return World(rows, answers(sent))
