"""The invented actions: what became of what users asked for, until users were told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from data.demo import story
from data.demo.activities import THEMES
from data.demo.feedback import number as give_numbers
from data.demo.places import (
    BY_NUMBER,
    GAUSDAL,
    LILLEHAMMER,
    NUMBERS,
    OYER,
    PLACES,
    RINGEBU,
    SERVICES,
    SERVICES_OF,
    SOR_FRON,
    Row,
)
from data.demo.titles import CHANNELS, TITLES, Title

_OPEN_SINCE = dt.date(2022, 3, 1)
"""Actions from here on are in the lists when they were still open as 2023 began."""

_REGISTERED_FROM = dt.date(2023, 1, 1)
"""Until this month actions had no feedback items to refer to."""

_SERVICES = {service.service_id: service for service in SERVICES}

SHARED_TITLE = next(title for title in TITLES if "felles kalender" in title.text)
"""What several municipalities do together."""


def actions(items: Sequence[Row]) -> list[Row]:
    """Every action as it will turn out, oldest first; `changes` holds the days it was touched."""
    rows = _from_feedback(items) + _from_leaders()
    rows.sort(key=lambda row: (row["opened_on"], row["municipality"], str(row["feedback_ids"])))
    for row in rows:
        _live(row)
    rows += _planted()
    rows = [row for row in rows if row["opened_on"] <= story.TODAY and not _ended_before(row)]
    rows.sort(key=lambda row: (row["opened_on"], row["municipality"]))
    give_numbers(rows, "action_id", "T", "opened_on")
    _name(rows)
    _tell_back(rows)
    for row in rows:
        row["changes"] = _changes(row)
    return rows


def _from_feedback(items: Sequence[Row]) -> list[Row]:
    """An action for nearly every item that a leader said yes to; sometimes one for two items."""
    rows: list[Row] = []
    latest: dict[str, Row] = {}
    for item in items:
        if item.get("leader_answer") not in ("yes", "partly"):
            continue
        chance = story.dice("action of", item["feedback_id"])
        fate = chance.random()
        before = latest.get(item["municipality"])
        opened_on = item["leader_answered_on"] + dt.timedelta(days=chance.randint(0, 10))
        if fate < 0.08:
            continue
        if (
            fate < 0.2
            and before is not None
            and before["theme"] == item["theme"]
            and item["leader_answered_on"] <= before["opened_on"]
        ):
            before["feedback_ids"].append(item["feedback_id"])
            continue
        row: Row = {
            "municipality": item["municipality"],
            "service": item["service"],
            "theme": item["theme"],
            "source": item["source"],
            "feedback_ids": [item["feedback_id"]],
            "opened_on": opened_on,
        }
        rows.append(row)
        latest[item["municipality"]] = row
        if fate > 0.96:
            rows.append({**row, "feedback_ids": [item["feedback_id"]]})
    return rows


def _from_leaders() -> list[Row]:
    """Actions that leaders or deviations ask for, and those from before feedback was registered."""
    rows: list[Row] = []
    for month in story.months(first=_OPEN_SINCE):
        for place in PLACES:
            chance = story.dice("leaders' action", place.number, month)
            is_registered = month > _REGISTERED_FROM
            often = 0.3 if is_registered else place.actions
            if place.number == OYER and month >= story.CHANGE_FROM:
                often = 1.2
            for _ in range(int(often + chance.random()) if month.month != 7 else 0):
                sources = ("leader_meeting", "leader_meeting", "deviation")
                if not is_registered:
                    sources = ("dialogue_meeting", "survey", "leader_meeting")
                rows.append(
                    {
                        "municipality": place.number,
                        "service": chance.choice(SERVICES_OF[place.number]).service_id,
                        "theme": chance.choice(THEMES),
                        "source": chance.choice(sources),
                        "feedback_ids": [],
                        "opened_on": story.working_day(month, chance),
                    }
                )
    return rows


def _live(row: Row) -> None:
    """Decide when the action is due, how long it takes, how it ends and who was with."""
    chance = story.dice("life", row["municipality"], row["opened_on"], row["feedback_ids"])
    opened: dt.date = row["opened_on"]
    within, takes = chance.randint(55, 100), max(15, round(chance.gauss(70, 28)))
    if row["municipality"] == OYER:
        within, takes = _in_oyer(opened, chance)
    row["due_on"] = opened + dt.timedelta(days=within)
    if row["municipality"] != OYER and chance.random() < 0.06:
        row["due_on"] = None
    end = opened + dt.timedelta(days=takes)
    if end.month == 7 and chance.random() < 0.7:
        end += dt.timedelta(days=31)
    if end.weekday() > 4:
        end += dt.timedelta(days=7 - end.weekday())
    fate = chance.random()
    if fate < 0.04 and opened < story.CHANGE_FROM and row["municipality"] != SOR_FRON:
        row["closed_on"] = end
    else:
        row["done_on"] = end
    row["users_at_start"] = chance.random() < 0.88
    row["users_midway"] = chance.random() < 0.72
    row["users_at_end"] = chance.random() < 0.78
    if not (row["users_at_start"] or row["users_midway"] or row["users_at_end"]):
        row["users_at_start"] = True
    row["influence"] = chance.choices(("yes", "partly", "no", "not_assessed"), (46, 30, 10, 14))[0]
    row["scope"] = "own"


def _ended_before(row: Row) -> bool:
    end = row.get("done_on") or row.get("closed_on") or story.TODAY
    return bool(end < story.FIRST_MONTH)


def _in_oyer(opened: dt.date, chance: Random) -> tuple[int, int]:
    """Days until due and until done: deadlines that slip before the decision, and hold after."""
    if opened >= story.CHANGE_FROM:
        return chance.randint(150, 190), chance.randint(95, 145)
    within, takes = chance.randint(80, 120), chance.randint(200, 340)
    if opened + dt.timedelta(days=takes) >= story.CHANGE_FROM:
        # What was still open at the decision was cleared away in April and May.
        cleared = story.CHANGE_FROM + dt.timedelta(days=chance.randint(5, 55))
        takes = max((cleared - opened).days, 30)
    return within, takes


def _planted() -> list[Row]:
    """The actions that tell a scene by themselves, each with its own number."""

    def row(key: str, municipality: str, theme: str, opened_on: dt.date, **rest: object) -> Row:
        return {
            "action_id": key,
            "municipality": municipality,
            "service": None,
            "theme": theme,
            "scope": "own",
            "source": "leader_meeting",
            "feedback_ids": [],
            "opened_on": opened_on,
            "due_on": story.after_months(opened_on, 4),
            "users_at_start": True,
            "users_midway": True,
            "users_at_end": True,
            "influence": "yes",
            "is_planted": True,
        } | rest

    stale = [
        row(key, GAUSDAL, theme, opened_on, untouched_after=touched)
        for key, theme, opened_on, touched in zip(
            story.STORY["stale_actions"].rows,
            ("one_door", "work", "activity"),
            (dt.date(2026, 2, 17), dt.date(2026, 3, 11), dt.date(2026, 4, 8)),
            (dt.date(2026, 4, 20), dt.date(2026, 7, 20), dt.date(2026, 8, 4)),
            strict=True,
        )
    ]
    lillehammer = row(
        "T-LIL-26-901", LILLEHAMMER, "work", dt.date(2026, 1, 21), due_on=None,
        untouched_after=dt.date(2026, 8, 25),
    )  # fmt: skip
    not_told = row(
        story.RULES["not_told_back"].rows[0], GAUSDAL, "plain_language", dt.date(2026, 7, 14),
        done_on=dt.date(2026, 9, 15), is_told=False,
    )  # fmt: skip
    without_users = row(
        story.RULES["action_without_users"].rows[0], SOR_FRON, "information",
        dt.date(2026, 8, 5), done_on=dt.date(2026, 10, 8), users_at_start=False,
        users_midway=False, users_at_end=False, influence="not_assessed", is_told=False,
    )  # fmt: skip
    reopened = row(
        story.STORY["reopened"].rows[0], RINGEBU, "continuity", dt.date(2026, 3, 18),
        done_on=dt.date(2026, 6, 10), reopened_on=dt.date(2026, 9, 3),
        due_on=dt.date(2026, 7, 31), told_back_on=dt.date(2026, 6, 24), is_told=False,
    )  # fmt: skip
    shared = [
        row(
            f"T-{BY_NUMBER[number].code}-26-902", number, "information", dt.date(2026, 4, 15),
            scope="cross_municipal", due_on=dt.date(2026, 12, 15),
        )
        for number in NUMBERS
        if number != GAUSDAL
    ]  # fmt: skip
    last_minute = [
        row(
            key, LILLEHAMMER, theme, day,
            source="survey", last_minute=day, due_on=story.after_months(day, 5), **rest,
        )
        for key, theme, day, rest in (
            ("T-LIL-26-903", "availability", dt.date(2026, 3, 31),
             {"done_on": dt.date(2026, 8, 20)}),
            ("T-LIL-26-904", "low_threshold", dt.date(2026, 10, 31), {}),
        )
    ]  # fmt: skip
    return [*stale, lillehammer, not_told, without_users, reopened, *shared, *last_minute]


def _name(rows: list[Row]) -> None:
    """Give titles, each once in a municipality; some are lent by a neighbour."""
    used: dict[tuple[str, str], int] = defaultdict(int)
    taken: set[tuple[str, str]] = set()
    first_user: dict[str, str] = {}
    for row in rows:
        chance = story.dice("title", row["action_id"])
        municipality, service = row["municipality"], row.get("service")
        fitting = [title for title in TITLES if _fits(title, row["theme"], service)]
        fewest = min(used[municipality, title.text] for title in fitting)
        free = [title for title in fitting if used[municipality, title.text] == fewest]
        title = SHARED_TITLE if row["scope"] == "cross_municipal" else chance.choice(free)
        used[municipality, title.text] += 1
        row["title"] = title.text
        if (municipality, row["title"]) in taken and service is not None:
            row["title"] += f" – {_SERVICES[service].name}"
        if (municipality, row["title"]) in taken:
            row["title"] += f" ({row['opened_on'].year})"
        taken.add((municipality, row["title"]))
        row["owner_role"] = title.owner_role
        row["what_changed"] = title.what_changed
        lender = first_user.setdefault(title.text, municipality)
        is_own = row["scope"] == "own" and used[municipality, title.text] == 1
        if lender != municipality and is_own and chance.random() < 0.16:
            row["borrowed_from"] = lender


def _fits(title: Title, theme: str, service: str | None) -> bool:
    kind = _SERVICES[service].kind if service is not None else "mental_health_and_addiction"
    if title.theme != theme:
        return False
    if "beboerne" in title.text and kind != "housing":
        return False
    is_for_a_house = "leder for aktivitetshuset" in title.owner_role
    return not is_for_a_house or kind == "day_activity" or theme == "activity"


def _tell_back(rows: list[Row]) -> None:
    """Decide which done actions users were told of within 30 days: so many of each month's as the
    story says, rounded so that the rest carries over, and those of Gausdal last."""
    by_month: dict[dt.date, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("done_on") is not None:
            by_month[row["done_on"].replace(day=1)].append(row)
    carried = 0.0
    for month in sorted(by_month):
        chance = story.dice("told back", month)
        done = by_month[month]
        chance.shuffle(done)
        done.sort(key=lambda row: row["municipality"] == GAUSDAL and month >= story.CHANGE_FROM)
        wanted = len(done) * story.TOLD_BACK_AFTER.get(month, story.TOLD_BACK_BEFORE) + carried
        if month not in story.TOLD_BACK_AFTER:
            wanted += chance.uniform(-1.8, 1.8)
        count = max(0, min(round(wanted), len(done)))
        carried = 0.0 if month not in story.TOLD_BACK_AFTER else wanted - count
        told = [row for row in done if row.pop("is_told", True)][:count]
        for row in done:
            if row in told:
                row.setdefault("told_back_on", row["done_on"] + dt.timedelta(chance.randint(2, 27)))
            elif "reopened_on" not in row and chance.random() < 0.3 and "is_planted" not in row:
                row["told_back_on"] = row["done_on"] + dt.timedelta(days=chance.randint(36, 95))
            if "told_back_on" in row:
                row["told_back_channel"] = chance.choice(CHANNELS)


def _changes(row: Row) -> list[dt.date]:
    """The days on which somebody touched the action: every few weeks, and whenever it moved on."""
    chance = story.dice("changes", row["action_id"])
    end: dt.date = row.get("done_on") or row.get("closed_on") or story.TODAY
    if row.get("reopened_on"):
        end = story.TODAY
    untouched_after: dt.date = row.get("untouched_after") or end
    end = min(end, untouched_after)
    days = [row["opened_on"]]
    while days[-1] < end:
        days.append(days[-1] + dt.timedelta(days=chance.randint(14, 38)))
    days = [day for day in days if day <= end]
    moved = ("done_on", "closed_on", "reopened_on", "told_back_on")
    return sorted({*days, *(row[name] for name in moved if row.get(name))})
