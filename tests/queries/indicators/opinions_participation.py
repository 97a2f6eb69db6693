"""Second opinions of what was answered: response after half a year, benefit, being listened to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.queries.indicators.second_opinions import (
    activities,
    month_of,
    response_rate_same_day,
    spine,
    waves,
)
from tests.queries.worlds import Numbers, Row, World


def response_rate_half_year(world: World) -> Numbers:
    """As the same day, of what is sent half a year later: read as if it were the other."""
    renamed = {"same_day": "other", "half_year": "same_day", "other": "half_year"}
    rows = [
        wave | {"measurement": renamed[wave["measurement"]]}
        for wave in world.get("current_survey_waves", ())
    ]
    return response_rate_same_day(World(world | {"current_survey_waves": rows}))


def _number(text: str | None) -> float | None:
    """A number written with a comma or a point; None for a word or nothing."""
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return None


def _has_five_steps(world: World, question: Row) -> bool:
    """Whether 4 and 5 are the two best answers to a question, as far as can be known."""
    pairs = [pair.rpartition("=") for pair in (question.get("scale") or "").split(";")]
    written = {_number(number.strip()) for _, equals, number in pairs if equals} - {None}
    if written:
        return written == {1, 2, 3, 4, 5}
    of_survey = {
        wave["wave_id"]
        for wave in world.get("current_survey_waves", ())
        if wave["survey"] == question["survey"]
    }
    given = {
        _number(row.get("value"))
        for row in world.get("current_survey_answers", ())
        if row["wave_id"] in of_survey and row["question"] == question["question"]
    }
    return given - {None} <= {1, 2, 3, 4, 5}


def _of_five(world: World, wave: Row, role: str) -> list[float]:
    """The valid answers of a wave to the questions with this role."""
    asked = {
        row["question"]
        for row in world.get("current_questions", ())
        if (row["survey"], row["role"]) == (wave["survey"], role) and _has_five_steps(world, row)
    }
    found = [
        _number(row.get("value"))
        for row in world.get("current_survey_answers", ())
        if row["wave_id"] == wave["wave_id"] and row["question"] in asked
    ]
    return [number for number in found if number is not None and number in (1, 2, 3, 4, 5)]


def _high(world: World, role: str, sent: list[tuple[Row, dt.date]]) -> Numbers:
    """4 and 5 of the valid answers, of waves that belong to these months."""
    asks = {row["survey"] for row in world.get("current_questions", ()) if row["role"] == role}
    found: Numbers = {}
    for who, month in spine(world):
        own = [
            wave
            for wave, of in sent
            if (wave["municipality"], of) == (who, month) and wave["survey"] in asks
        ]
        numbers = [number for wave in own for number in _of_five(world, wave, role)]
        high = sum(number > 3 for number in numbers)
        found[who, month, None] = (high, len(numbers), len(numbers) if own else None)
    return found


def _benefit(world: World, measurement: str) -> Numbers:
    ended: dict[str, dt.date] = {}
    for row in activities(world, "course"):
        key = row["activity_id"]
        ended[key] = max(row["ends_on"], ended.get(key, row["ends_on"]))
    sent = [
        (wave, month_of(ended[wave["activity_id"]]))
        for wave in waves(world, measurement)
        if wave.get("activity_id") in ended
    ]
    return _high(world, "benefit", sent)


def benefit_same_day(world: World) -> Numbers:
    return _benefit(world, "same_day")


def benefit_half_year(world: World) -> Numbers:
    return _benefit(world, "half_year")


def listened_to(world: World) -> Numbers:
    """Nobody else is asked about neither a course nor a service, and is neither kin nor staff."""
    sent = [
        (wave, month_of(wave["sent_on"]))
        for wave in waves(world, "other")
        if wave.get("service") is None and wave.get("respondent") not in ("relative", "staff")
    ]
    return _high(world, "listened_to", sent)


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    "response_rate_half_year": response_rate_half_year,
    "benefit_same_day": benefit_same_day,
    "benefit_half_year": benefit_half_year,
    "listened_to": listened_to,
}
