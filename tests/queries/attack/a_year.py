"""A year of small courses: who answered the same day and half a year later, and who had benefit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

from data import acts, store, undo
from data.people import LOCAL
from queries.base import later
from tests.queries.attack.random_stores import NINE, Key, Life, Row

TODAY = dt.date(2026, 11, 12)
FIRST = dt.date(2025, 9, 1)
MONTHS = [later(FIRST, number) for number in range(13)]
"""The answers half a year after the first tertial's courses are in when the last but one ends."""

TERTIALS = ("2025-09-01", "2026-01-01", "2026-05-01")

MEASURED = {
    "response_rate_same_day": "same_day",
    "response_rate_half_year": "half_year",
    "benefit_same_day": "same_day",
    "benefit_half_year": "half_year",
}


class Year(Life):
    """A store of which everything but the last month is locked at once, as history."""

    answers: dict[tuple[str, dt.date], list[Row]]

    def begin(self, folder: Path) -> None:
        """The municipalities and the questionnaire."""
        store.create(folder, demo_today=TODAY)
        at = _morning(2025, 9, 2)
        self.answers = {}
        self.found(iter([at]))
        questions = [
            {"survey": "kurs", "question": "q1", "role": "core"},
            {
                "survey": "kurs",
                "question": "nytte",
                "role": "benefit",
                "scale": "ingen = 1; liten = 2; noe = 3; stor = 4; svært stor = 5",
            },
        ]
        self._put("questions", questions, {("questions", p, FIRST) for p in self.places}, at)

    def draw(self, place: str, month: dt.date) -> None:
        """Meetings, courses that end, and what is asked of those and of courses half a year ago."""
        super().draw(place, month)
        self.waves[place, month], self.answers[place, month] = [], []
        for number in range(self.random.choice([1, 1, 2])):
            course = f"k-{place}-{month:%y%m}-{number}"
            row = {"activity_id": course, "municipality": place, "kind": "course"}
            self.activities[place, month].append({**row, "ends_on": month.replace(day=14)})
            self._ask(place, month, course, "same_day", max(1, self.few()))
        for wave in self.waves.get((place, later(month, -6)), []):
            if wave["measurement"] == "same_day":
                self._ask(place, month, wave["activity_id"], "half_year", wave["asked"])

    def _ask(self, place: str, month: dt.date, course: str, measurement: str, asked: int) -> None:
        wave = f"{measurement}-{course}"
        self.waves[place, month].append(
            {
                "wave_id": wave,
                "municipality": place,
                "survey": "kurs",
                "activity_id": course,
                "measurement": measurement,
                "sent_on": month.replace(day=14),
                "asked": asked,
            }
        )
        for number in range(self.random.randint(asked // 2, asked)):
            self.answer(place, month, wave, f"{wave}-{number}")

    def answer(self, place: str, month: dt.date, wave: str, name: str) -> None:
        """One person answers; the question about benefit is sometimes left out."""
        sheet = {"answer_id": name, "wave_id": wave}
        self.answers[place, month].append({**sheet, "question": "q1", "value": "3"})
        if self.random.random() < 0.9:
            value = str(self.random.choice([1, 3, 4, 5, 5]))
            self.answers[place, month].append({**sheet, "question": "nytte", "value": value})

    def deliver(self, files: set[tuple[str, str, dt.date]], at: dt.datetime) -> None:
        """Upload months of municipalities: one file for each kind, answers too."""
        super().deliver(files, at)
        covers = {covered for covered in files if covered[0] == "survey_answers"}
        if covers:
            rows = [row for _, place, month in sorted(covers) for row in self.answers[place, month]]
            self.delivered |= covers
            self._put("survey_answers", rows, covers, at)

    def _truth(self) -> dict[Key, tuple[int, int | None]]:
        truth: dict[Key, tuple[int, int | None]] = {}
        for (place, month), rows in self.activities.items():
            for row in rows if ("activities", place, month) in self.delivered else ():
                if row["kind"] != "course":
                    came = (row["users"] or 0) + (row["relatives"] or 0)
                    for part in (None, row["kind"]):
                        of_kind = ("participants", place, month, part)
                        truth[of_kind] = (truth.get(of_kind, (0, None))[0] + came, None)
        for indicator, measurement in MEASURED.items():
            for (place, month), waves in self.waves.items():
                mine = [wave for wave in waves if wave["measurement"] == measurement]
                if mine and ("survey_waves", place, month) in self.delivered:
                    is_rate = indicator.startswith("response")
                    back = 6 if measurement == "half_year" and not is_rate else 0
                    counted = self._rate(mine, place, month) if is_rate else None
                    key = (indicator, place, later(month, -back), None)
                    truth[key] = counted or self._benefit(mine, place, month)
        return truth

    def _rate(self, waves: list[Row], place: str, month: dt.date) -> tuple[int, int]:
        sheets = self._values(waves, place, month, "q1")
        return len(sheets), sum(wave["asked"] for wave in waves)

    def _benefit(self, waves: list[Row], place: str, month: dt.date) -> tuple[int, int]:
        values = self._values(waves, place, month, "nytte")
        return sum(value in "45" for value in values), len(values)

    def _values(self, waves: list[Row], place: str, month: dt.date, question: str) -> list[Any]:
        ids = {wave["wave_id"] for wave in waves}
        return [
            row["value"]
            for row in self.answers[place, month]
            if row["wave_id"] in ids and row["question"] == question
        ]


def live(folder: Path, seed: int) -> Year:
    """Twelve months as history, then one more, with late answers, an undo and a leaver."""
    r = Random(seed)
    places = [f"{3401 + number}" for number in range(3)]
    year = Year(folder, r, places, [], r.choice([12, 20, 30]))
    year.begin(folder)
    leaver, left_from = r.choice(places), MONTHS[r.randint(6, 11)]
    files = set()
    for month in MONTHS:
        for place in places:
            year.draw(place, month)
            if place != leaver or month < left_from:
                files |= {
                    (k, place, month) for k in ("activities", "survey_waves", "survey_answers")
                }
    year.months = MONTHS
    year.deliver({file for file in files if file[2] < MONTHS[-1]}, _morning(2026, 9, 4))
    with store.opened(folder) as opened:
        acts.lock_history(opened, LOCAL, MONTHS[-2], at=_morning(2026, 9, 10))
    year.release()
    who, when = r.choice([place for place in places if place != leaver]), r.choice(MONTHS[:4])
    year.answer(who, when, year.waves[who, when][0]["wave_id"], "late")
    year.activities[who, when][0]["users"] = 9
    year.deliver({file for file in files if file[2] == MONTHS[-1]}, _morning(2026, 10, 4))
    year.deliver({("activities", who, when), ("survey_answers", who, when)}, _morning(2026, 10, 5))
    with store.opened(folder) as opened:
        undo.withdraw(
            opened, year.uploaded["activities", who, when], LOCAL, at=_morning(2026, 10, 6)
        )
        acts.lock(opened, LOCAL, MONTHS[-1], at=_morning(2026, 10, 10))
    year.release()
    return year


def _morning(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime.combine(dt.date(year, month, day), NINE)
