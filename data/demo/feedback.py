"""The invented feedback: what users asked for or praised, what was recommended and answered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from random import Random

from data.demo import story
from data.demo.activities import THEMES
from data.demo.places import BY_NUMBER, EVALUATION, GAUSDAL, Row

_GIVES_FEEDBACK = (
    "dialogue_meeting",
    "dialogue_cafe",
    "dialogue_conference",
    "peer_evaluation",
    "user_panel",
)

_SOURCES = {
    "dialogue_meeting": "dialogue_meeting",
    "dialogue_cafe": "dialogue_meeting",
    "dialogue_conference": "peer_evaluation",
    "peer_evaluation": "peer_evaluation",
    "user_panel": "user_panel",
}

_WITHOUT_ANSWER = "A-GAU-26-902"
"""The meeting whose recommendation the leader leaves unanswered."""

_ITEMS = (0, 1, 1, 1, 2)
"""How many items one meeting or survey gives."""

_NO = (
    "Det er ikke rom for det i årets budsjett",
    "Loven krever skriftlig vedtak",
    "Lokalene kan ikke bygges om før 2028",
    "Fylkeslegen har sagt nei til ordningen",
    "Det finnes allerede hos frivilligsentralen",
)
_PARTLY = (
    "Vi begynner med ett av husene",
    "Kveldene kan vi få til, helgene må vente",
    "Prøves i seks måneder før vi bestemmer oss",
    "Vi gjør det vi kan uten nye stillinger",
)


def feedback(activities: Iterable[Row], waves: Iterable[Row]) -> list[Row]:
    """Every coded item, oldest first: what was asked for, recommended and answered."""
    rows: list[Row] = []
    for activity in activities:
        if activity["kind"] in _GIVES_FEEDBACK and activity["ends_on"] < story.TODAY:
            rows += _items(activity, "activity_id", activity["ends_on"])
    for wave in waves:
        if wave["survey"] == EVALUATION and wave["measurement"] == "other" and "service" in wave:
            rows += _items(wave, "wave_id", wave["sent_on"] + dt.timedelta(days=10))
    rows = [row for row in rows if row["received_on"] <= story.month_end(story.LAST_MONTH)]
    rows.sort(key=lambda row: (row["received_on"], row["municipality"], row["theme"]))
    number(rows, "feedback_id", "I", "received_on")
    return rows


def number(rows: list[Row], column: str, letter: str, dated_by: str) -> None:
    """Give codes of municipality, year and a running number, where none is set."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        prefix = f"{letter}-{BY_NUMBER[row['municipality']].code}-{row[dated_by]:%y}"
        if column not in row:
            counts[prefix] += 1
            row[column] = f"{prefix}-{counts[prefix]:03d}"


def _items(source: Row, key: str, day: dt.date) -> list[Row]:
    chance = story.dice("feedback", source[key])
    count = chance.choice(_ITEMS)
    if source.get("initiative") == "FACT":
        return []  # it belongs to the cooperation, not to the municipality that hosts it
    if source[key] == _WITHOUT_ANSWER:
        return [_unanswered(source, day)]
    return [_item(source, key, day, chance) for _ in range(count)]


def _unanswered(source: Row, day: dt.date) -> Row:
    return {
        "feedback_id": story.RULES["recommendation_unanswered"].rows[0],
        "municipality": source["municipality"],
        "service": source["service"],
        "activity_id": source["activity_id"],
        "received_on": day,
        "theme": "availability",
        "kind": "change",
        "recommendation_on": source["report_on"],
    }


def _item(source: Row, key: str, day: dt.date, chance: Random) -> Row:
    municipality = source["municipality"]
    row: Row = {
        "municipality": municipality,
        "service": source.get("service"),
        key: source[key],
        "received_on": day,
        "theme": chance.choice(THEMES),
        "kind": "change" if chance.random() < 0.76 else "praise",
        "source": _SOURCES.get(source.get("kind", ""), "survey"),
    }
    if row["kind"] == "praise":
        return row
    recommended = source.get("report_on")
    if source.get("kind") == "user_panel":
        recommended = day + dt.timedelta(days=chance.randint(4, 14))
    if recommended is None:
        return row
    row["recommendation_on"] = max(recommended, day)
    fate = chance.random()
    never = 0.12 if municipality == GAUSDAL else 0.04
    if fate < 1 - never:
        days = chance.randint(3, 24) if fate < 0.86 else chance.randint(33, 60)
        row["leader_answered_on"] = row["recommendation_on"] + dt.timedelta(days=days)
        row["leader_answer"] = chance.choices(("yes", "partly", "no"), (68, 22, 10))[0]
        if row["leader_answer"] != "yes":
            row["reason"] = chance.choice(_NO if row["leader_answer"] == "no" else _PARTLY)
    return row
