"""A second opinion on what was agreed and kept, from indicators.md alone: promise by promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.queries.indicators import second_opinions
from tests.queries.indicators.second_opinions import later, month_of, norwegian_day
from tests.queries.worlds import World

Cell = tuple[str, int | None, int | None]
Closing = tuple[dt.date | None, bool]
Key = tuple[str, dt.date, str]
"""Municipality, month, commitment."""
Cells = dict[Key, tuple[Cell, Closing]]
"""State, kept and due; and the last day to keep a promise, and whether it is still open."""

MONTHLY = ("activities", "actions", "feedback", "survey_waves")
"""The kinds of file that every municipality delivers every month."""

COUNTERPARTS = {
    "same_day_evaluation": "same_day_evaluation",
    "half_year_evaluation": "half_year_evaluation",
    "leader_present": "leaders_present",
    "told_back": "told_back",
}
"""The indicator of the same, where there is one."""

Promise = tuple[str, dt.date, str, dt.date, str | None, bool]
"""Whose, of which month, which commitment, to be kept by when, told by which file, and whether."""


def promises(made: World) -> Iterator[Promise]:
    """Every promise, one by one."""
    waves = second_opinions.waves(made, "same_day", "half_year", "other")
    for course in second_opinions.activities(made, "course"):
        who, ended = course["municipality"], course["ends_on"]
        own = [wave for wave in waves if wave["activity_id"] == course["activity_id"]]
        same_day = any(
            wave["sent_on"] == ended for wave in own if wave["measurement"] == "same_day"
        )
        yield who, month_of(ended), "same_day_evaluation", ended, None, same_day
        due = later(ended, 6)
        again = any(
            0 <= (wave["sent_on"] - due).days <= 14
            for wave in own
            if wave["measurement"] == "half_year"
        )
        last = due + dt.timedelta(days=14)
        yield who, month_of(due), "half_year_evaluation", last, "survey_waves", again
    held = [
        (row, row["ends_on"], "activities")
        for row in second_opinions.activities(
            made, "dialogue_meeting", "dialogue_cafe", "peer_evaluation"
        )
    ]
    held += [
        (row, row["sent_on"], "survey_waves") for row in waves if row["measurement"] == "other"
    ]
    for row, on, kind in held:
        reported = row["report_on"] is not None and (row["report_on"] - on).days <= 30
        kept = reported and (row["recommendations"] or 0) >= 1
        last = on + dt.timedelta(days=30)
        yield row["municipality"], month_of(on), "report_on_time", last, kind, kept
    yield from _promises_about_meetings_and_locks(made)
    for row in made["current_actions"]:
        if row["done_on"] is None:
            continue
        last = row["done_on"] + dt.timedelta(days=30)
        if row["reopened_on"] is not None and row["done_on"] < row["reopened_on"] <= last:
            continue
        told = row["told_back_on"] is not None and row["told_back_on"] <= last
        kept = told and None not in (row["told_back_channel"], row["what_changed"])
        yield row["municipality"], month_of(row["done_on"]), "told_back", last, "actions", kept


def _promises_about_meetings_and_locks(made: World) -> Iterator[Promise]:
    meetings = second_opinions.activities(made, "leader_team")
    first_delivery: dict[tuple[str, str, dt.date], dt.date] = {
        (row["kind"], row["municipality"], row["month"]): norwegian_day(row["delivered_at"])
        for row in made["coverage"]
    }
    for who, month in second_opinions.spine(made):
        for number in {row["activity_id"] for row in meetings}:
            rows = [row for row in meetings if row["activity_id"] == number]
            if month_of(rows[0]["ends_on"]) == month:
                there = any((row["leaders"] or 0) > 0 for row in rows if row["municipality"] == who)
                yield who, month, "leader_present", rows[0]["ends_on"], None, there
        lock = next((row for row in made["acts_locks"] if row["month"] == month), None)
        if lock is None or lock["is_history"]:
            continue
        lock_day = later(month, 1) + dt.timedelta(days=made["horizon"][0]["lock_day"] - 1)
        for kind in (*MONTHLY, "survey_answers"):
            if not any(row["kind"] == kind for row in made["coverage"]):
                continue  # nobody has begun to deliver it
            untold = [
                wave
                for wave in second_opinions.waves(made, "same_day", "half_year", "other")
                if wave["answered"] is None
                and (wave["municipality"], month_of(wave["sent_on"])) == (who, month)
            ]
            if kind == "survey_answers" and not untold:
                continue
            came = first_delivery.get((kind, who, month), dt.date.max)
            yield who, month, "file_delivered", lock_day, None, came <= lock_day
        met = second_opinions.attestation_day(made, lock)
        if met is not None:
            attested = second_opinions.attestations(made)[who, month, None][0] == 1
            yield who, month, "month_attested", met, None, attested


FILES: dict[str, list[tuple[str, int]]] = {
    "same_day_evaluation": [("activities", 0), ("survey_waves", 0)],
    "half_year_evaluation": [("activities", -6), ("survey_waves", 0), ("survey_waves", 1)],
    "report_on_time": [
        *(("activities", 0), ("survey_waves", 0)),
        *(("activities", 1), ("survey_waves", 1)),
    ],
    "leader_present": [("activities", 0)],
    "file_delivered": [],
    "month_attested": [],
    "told_back": [("actions", 0), ("actions", 1)],
}
DAYS = {
    "same_day_evaluation": 0,
    "half_year_evaluation": 14,
    "report_on_time": 30,
    "leader_present": 0,
    "told_back": 30,
}


def tells(made: World, kind: str, who: str, month: dt.date, by: int) -> bool:
    """Whether the file of so many months away is there; of lists a newer one does as well."""
    newer = 4 if by > 0 and kind == "actions" else 0
    return any(
        second_opinions.has_delivered(made, kind, who, later(month, by + more))
        for more in range(newer + 1)
    )


def second_opinion(made: World) -> Cells:
    """Cell by cell: first whether its files are there, then its promises, one at a time."""
    by_cell: dict[Key, list[tuple[dt.date, str | None, bool]]] = {}
    for who, month, code, last, kind, is_kept in promises(made):
        by_cell.setdefault((who, month, code), []).append((last, kind, is_kept))
    return {
        (who, month, code): _one_cell(made, (who, month, code), by_cell.get((who, month, code), []))
        for who, month in second_opinions.spine(made)
        for code in FILES
    }


def _one_cell(
    made: World, key: Key, of_cell: list[tuple[dt.date, str | None, bool]]
) -> tuple[Cell, Closing]:
    who, month, code = key
    today = made["horizon"][0]["today"]
    settles = _settles(made, month, code)
    there = {(kind, by): tells(made, kind, who, month, by) for kind, by in FILES[code]}
    is_open = not all(there.values()) or settles is None or today <= settles
    lacks = not all(came for (_, by), came in there.items() if by <= 0)
    counted: list[bool] = []
    for last, kind, is_kept in of_cell:
        if today <= last:
            continue
        if kind is None or month_of(last) == month or there[kind, 1]:
            counted.append(is_kept)
        elif today >= later(month, 2):
            lacks = True
    if lacks:
        return ("missing", None, None), (settles, is_open)
    state = "not_due" if not counted else "kept" if all(counted) else "not_kept"
    return (state, sum(counted), len(counted)), (settles, is_open)


def _settles(made: World, month: dt.date, code: str) -> dt.date | None:
    """The last day on which a promise of the month may still be kept."""
    end = later(month, 1) - dt.timedelta(days=1)
    if code in DAYS:
        return end + dt.timedelta(days=DAYS[code])
    lock = next((row for row in made["acts_locks"] if row["month"] == month), None)
    if lock is None:
        return None
    if lock["is_history"]:
        return end
    if code == "month_attested":
        return second_opinions.attestation_day(made, lock)
    return later(month, 1) + dt.timedelta(days=made["horizon"][0]["lock_day"] - 1)
