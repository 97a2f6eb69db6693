"""The invented meetings of leaders and staff across the six: fagteam, working group, gatherings."""

from __future__ import annotations

import datetime as dt

from data.demo import story
from data.demo.places import (
    GAUSDAL,
    LILLEHAMMER,
    NORD_FRON,
    OYER,
    PLACES,
    RINGEBU,
    SOR_FRON,
    Place,
    Row,
)

_WORKING_GROUP = (dt.date(2024, 1, 1), dt.date(2025, 6, 1))

# Everybody has been away sometimes, also those who hardly ever are.
_AWAY = frozenset(
    {
        (LILLEHAMMER, "2023-11"), (OYER, "2024-02"), (GAUSDAL, "2023-06"), (GAUSDAL, "2024-04"),
        (RINGEBU, "2023-09"), (NORD_FRON, "2024-03"), (SOR_FRON, "2023-04"), (SOR_FRON, "2024-06"),
    }
)  # fmt: skip

_GATHERINGS = tuple(
    dt.date(year, month, 1) for year in (2023, 2024, 2025, 2026) for month in (3, 9)
)


def meetings() -> list[Row]:
    """One row per municipality and meeting, through the fagteam's on the last day."""
    return _leaders() + _working_group() + _gatherings()


def meeting_days() -> list[dt.date]:
    """Every day on which the fagteam met or will meet, oldest first."""
    before = [
        story.working_day(month, story.dice("fagteam", month), low=8, high=15)
        for month in story.months(last=story.HISTORY_THROUGH)
    ]
    return before + sorted(story.MEETING_DAYS.values())


def _leaders() -> list[Row]:
    """The fagteam: one row per municipality and meeting; the coming meeting has no counts yet."""
    rows = []
    for day in meeting_days():
        chance = story.dice("leaders", day)
        for place in PLACES:
            row = _body_meeting("leader_team", "FT", place, day)
            came = chance.random() < 0.93 and (place.number, f"{day:%Y-%m}") not in _AWAY
            deputy = chance.random() < 0.6
            if place.number == NORD_FRON and day.year == 2026:
                came = day.month not in (9, 10)
                deputy = day.month == 9
            if day < story.TODAY:
                row["leaders"] = int(came)
                row["deputies"] = int(not came and deputy)
            rows.append(row)
    return rows


def _working_group() -> list[Row]:
    rows = []
    for month in story.months(*_WORKING_GROUP):
        if month.month == 7:
            continue
        chance = story.dice("working group", month)
        day = story.working_day(month, chance, low=16, high=26)
        for place in PLACES:
            came = chance.random() < 0.85
            rows.append(
                _body_meeting("working_group", "AG", place, day)
                | {"leaders": int(came), "deputies": int(not came and chance.random() < 0.4)}
            )
    return rows


def _gatherings() -> list[Row]:
    rows = []
    for month in _GATHERINGS:
        chance = story.dice("gathering", month)
        day = story.working_day(month, chance, low=17, high=25)
        for place in PLACES:
            rows.append(
                _body_meeting("gathering", "S", place, day)
                | {
                    "form": "physical",
                    "initiative": "sharing",
                    "staff": chance.randint(1, 4),
                    "leaders": 1,
                    "user_representatives": 1,
                    "users": 0,
                    "relatives": 0,
                    "invited": 8,
                }
            )
    return rows


def _body_meeting(kind: str, prefix: str, place: Place, day: dt.date) -> Row:
    return {
        "activity_id": f"{prefix}-{day:%Y-%m}",
        "municipality": place.number,
        "kind": kind,
        "form": "digital" if day.month in (2, 7, 11) else "physical",
        "level": "system",
        "initiative": "KB",
        "starts_on": day,
        "ends_on": day,
    }
