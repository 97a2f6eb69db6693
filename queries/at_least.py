"""How many persons or answers there are at least, by what is shown exactly of what was held.

To every activity that was held somebody came, and every wave was sent to somebody, as far as
anybody can tell. That a service heard in a month while no dialogue was held says that a wave was
answered, and who has heard of no wave without answers takes each for answered: by one person at
least. Six of them in four months, with "0-9" beside, leave four numbers.

Waves are counted as they were sent, and not by the pages that show them: those also rest on files
that may come later, as that of the courses, when what is told of answers cannot be taken back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from queries.cards import Card
from queries.combine import Counted
from queries.disclosure import COOPERATION

ACTIVITIES = "activities_held"
"""The indicator that shows to everybody how many activities there were."""

WITH_USERS = "leaders_meet_users"
"""The indicator that shows, as what it is a share of, how many activities had users with them."""

COUNTABLE = "countable"
"""What stands where an indicator would: the services that heard anything, as numerators, the waves
with a list of those asked, as denominators, and those sent to anybody, as persons, by measurement
(countable.sql)."""

READ = {0: ("activities", "survey_waves", "survey_answers"), -6: ("activities",)}
"""The kinds of file that this is made of, by how many months away: what a course of half a year ago
belonged to decides of whom its waves are."""

MEASURED = {"response_rate_same_day": "same_day", "response_rate_half_year": "half_year"}
"""By response rate the measurement that it is of."""

BESIDE = (ACTIVITIES, WITH_USERS, COUNTABLE)
"""What is asked of beside the numbers about persons and answers themselves."""

DIALOGUES = frozenset({"dialogue_meeting", "dialogue_cafe", "dialogue_conference"})
"""The activities that make feedback fresh, as feedback_freshness.sql counts them."""

Key = tuple[str, dt.date, str | None]
"""Municipality, month, part."""


def fewest(card: Card, beside: Mapping[str, Iterable[Counted]]) -> dict[Key, tuple[int, ...]]:
    """How many persons or answers somebody may know of, where it is more than that there were some.

    Args:
        card: Of the indicator that counts them.
        beside: The rows of the indicators in BESIDE.

    Returns:
        What several count on, each for another reason; who counts on too many is misled.
    """
    held: dict[Key, int] = defaultdict(int)
    dialogues: dict[tuple[str, dt.date], int] = defaultdict(int)
    for row in beside.get(ACTIVITIES, ()):
        if row.part in card.parts:
            held[row.municipality_id, row.period, row.part] += int(row.numerator or 0)
        if row.part in DIALOGUES:
            dialogues[row.municipality_id, row.period] += int(row.numerator or 0)
    if card.privacy == "persons":
        return {key: (count,) for key, count in _several(held).items()}
    heard = _several(
        {
            (row.municipality_id, row.period, None): int(row.numerator or 0)
            - dialogues[row.municipality_id, row.period]
            for row in _of_measurement(card, beside)
        }
    )
    sent = _several(
        {
            (row.municipality_id, row.period, None): int(row.persons or 0)
            for row in _of_measurement(card, beside)
        }
    )
    return {
        key: tuple(counts[key] for counts in (heard, sent) if key in counts)
        for key in sorted(heard.keys() | sent.keys(), key=str)
    }


def fewest_asked(card: Card, beside: Mapping[str, Iterable[Counted]]) -> dict[Key, int]:
    """How many everybody knows to have been asked, where it is more than that there were some."""
    return _several(
        {
            (row.municipality_id, row.period, None): int(row.denominator or 0)
            for row in _of_measurement(card, beside)
        }
    )


def most_attended(beside: Mapping[str, Iterable[Counted]]) -> dict[tuple[str, dt.date], int]:
    """To how many of a municipality's activities anybody came, at most.

    Nobody came to the others: whoever knows the largest attendance then knows nearly all.
    """
    return {
        (row.municipality_id, row.period): int(row.denominator or 0)
        for row in beside.get(WITH_USERS, ())
        if row.part is None and row.municipality_id != COOPERATION
    }


def _of_measurement(card: Card, beside: Mapping[str, Iterable[Counted]]) -> list[Counted]:
    measured = MEASURED.get(card.id)
    return [row for row in beside.get(COUNTABLE, ()) if row.part == measured]


def _several(counts: Mapping[Key, int]) -> dict[Key, int]:
    return {key: count for key, count in counts.items() if count > 1}
