"""What somebody knew of a row on a given day: files of March know nothing of what came in April."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from data.demo.bodies import vacant_since
from data.demo.places import Row

DATED_BY = {
    "activities": "ends_on",
    "survey_waves": "sent_on",
    "feedback": "received_on",
    "actions": "opened_on",
    "goals": "decided_on",
}

# What is learnt only when a date in the row has passed: by that date's column, the columns.
_LEARNT: dict[str, dict[str, tuple[str, ...]]] = {
    "activities": {"report_on": ("recommendations",)},
    "survey_waves": {"report_on": ("recommendations",)},
    "feedback": {"recommendation_on": (), "leader_answered_on": ("leader_answer", "reason")},
    "actions": {
        "done_on": ("users_midway", "users_at_end", "influence", "what_changed"),
        "closed_on": (),
        "reopened_on": (),
        "told_back_on": ("told_back_channel",),
    },
    "seats": {"filled_to": ()},
    "goals": {"closed_on": ()},
}


def known(kind: str, rows: Iterable[Row], day: dt.date) -> list[Row]:
    """The rows as they stood on the morning of the day, those that existed by then."""
    rows = list(rows)
    if kind == "seats":
        rows = [row for row in rows if _is_seat_row_known(rows, row, day)]
    else:
        rows = [row for row in rows if row[DATED_BY[kind]] < day]
    return [_as_of(kind, row, day) for row in rows]


def _as_of(kind: str, row: Row, day: dt.date) -> Row:
    now = dict(row)
    for date_column, others in _LEARNT[kind].items():
        learnt = row.get(date_column)
        if learnt is None or learnt >= day:
            for name in (date_column, *others):
                now.pop(name, None)
    if kind == "actions":
        touched = [change for change in row["changes"] if change < day]
        now["changed_on"] = max(touched)
        now["status"] = _status(now)
    return now


def _status(row: Row) -> str:
    if row.get("closed_on"):
        return "closed_no_action"
    if row.get("reopened_on"):
        return "in_progress"
    if row.get("told_back_on"):
        return "told_back"
    if row.get("done_on"):
        return "done"
    return "in_progress" if row["changed_on"] > row["opened_on"] else "open"


def _is_seat_row_known(rows: list[Row], row: Row, day: dt.date) -> bool:
    if row.get("filled_from"):
        return bool(row["filled_from"] < day)
    return vacant_since(rows, row["seat_id"]) < day
