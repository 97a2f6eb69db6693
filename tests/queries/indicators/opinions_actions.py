"""Second opinions of more indicators of actions and the loop: plain Python over the rows."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable, Iterable, Iterator

from tests.queries.indicators.second_opinions import (
    activities,
    has_delivered,
    horizon,
    is_of_fact,
    month_end,
    month_of,
    open_at,
    spine,
    today,
    waves,
)
from tests.queries.worlds import Numbers, Row, World

ALL = "cooperation"
REPORTED = ("dialogue_meeting", "dialogue_cafe", "peer_evaluation")


def reports_on_time(world: World) -> Numbers:
    found: Numbers = dict.fromkeys(_keys(world), (0, 0, None))
    held = [(row, row["ends_on"]) for row in activities(world, *REPORTED)]
    held += [(row, row["sent_on"]) for row in waves(world, "other")]
    for row, day in held:
        key = (row["municipality"], month_of(day), None)
        if key not in found:
            continue
        report, recommendations = row.get("report_on"), row.get("recommendations")
        in_time = report is not None and (report - day).days <= 30 and bool(recommendations)
        kept, all_held, _ = found[key]
        found[key] = ((kept or 0) + in_time, (all_held or 0) + 1, None)
    return found


def _keys(world: World) -> Iterator[tuple[str, dt.date, None]]:
    return ((who, month, None) for who, month in spine(world))


# -- from what users asked for to an answer ----------------------------------------------------


def _asked_for(world: World, who: str, month: dt.date) -> list[Row]:
    """The items of a municipality and month that ask for change."""
    return [
        row
        for row in world.get("current_feedback", ())
        if row["municipality"] == who
        and row["kind"] == "change"
        and month_of(row["received_on"]) == month
        and not is_of_fact(world, row)
    ]


def _actions_of(world: World, item: Row) -> list[Row]:
    """The actions that name the item, whoever they belong to."""
    return [
        row
        for row in world.get("current_actions", ())
        if item["feedback_id"] in (row.get("feedback_ids") or ())
    ]


def _is_given_up(action: Row, by: dt.date) -> bool:
    """Closed without action by that day, and not taken up again since."""
    closed, again = action.get("closed_on"), action.get("reopened_on")
    if closed is None or closed > by:
        return False
    return not (again is not None and closed < again <= by)


def _refused_on(item: Row) -> dt.date | None:
    """The day of a no that has a reason."""
    is_reasoned = item.get("leader_answer") == "no" and item.get("reason") is not None
    return item.get("leader_answered_on") if is_reasoned else None


def _days_until_answered(world: World, item: Row) -> int | None:
    received: dt.date = item["received_on"]
    last = received + dt.timedelta(days=60)
    answers = [
        row["opened_on"] for row in _actions_of(world, item) if not _is_given_up(row, by=last)
    ]
    refused = _refused_on(item)
    days = [(day - received).days for day in [*answers, *([refused] if refused else [])]]
    in_time = [max(each, 0) for each in days if each <= 60]
    return min(in_time, default=None)


def answered_feedback(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        waited = [_days_until_answered(world, item) for item in _asked_for(world, who, month)]
        found[who, month, None] = (sum(days is not None for days in waited), len(waited), None)
    return found


def days_to_answer(world: World) -> Numbers:
    def waited(who: str, month: dt.date) -> list[int]:
        days = (_days_until_answered(world, item) for item in _asked_for(world, who, month))
        return [each for each in days if each is not None]

    return _medians(world, waited, ("feedback", "actions"))


def _medians(
    world: World, days_of: Callable[[str, dt.date], list[int]], kinds: Iterable[str]
) -> Numbers:
    """Each municipality's median, and of all together those that delivered these kinds."""
    found: Numbers = {}
    for month in horizon(world):
        of_all: list[int] = []
        members = [who for who, own in spine(world) if own == month]
        for who in members:
            days = days_of(who, month)
            found[who, month, None] = (_median(days), None, None)
            if all(has_delivered(world, kind, who, month) for kind in kinds):
                of_all += days
        if members:
            found[ALL, month, None] = (_median(of_all), None, None)
    return found


def _median(days: list[int]) -> float | None:
    return statistics.median(days) if days else None


# -- actions that were done --------------------------------------------------------------------


def _done_in(world: World, who: str, month: dt.date) -> list[Row]:
    """The actions done in the month that were still done when it ended."""
    found = []
    for row in world.get("current_actions", ()):
        done, again = row.get("done_on"), row.get("reopened_on")
        if row["municipality"] != who or done is None or month_of(done) != month:
            continue
        if again is None or again <= done or again > month_end(month):
            found.append(row)
    return found


def users_involved_throughout(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        done = _done_in(world, who, month)
        points = [
            sum(row.get(f"users_{point}") is True for point in ("at_start", "midway", "at_end"))
            for row in done
        ]
        found[who, month, None] = (points.count(3), len(done), None)
        found[who, month, "at_none"] = (points.count(0), len(done), None)
    return found


def influence(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        said = [row.get("influence") or "not_assessed" for row in _done_in(world, who, month)]
        silent = said.count("not_assessed")
        yes = said.count("yes") + said.count("partly")
        found[who, month, None] = (yes, len(said) - silent, None)
        found[who, month, "not_assessed"] = (silent, len(said), None)
    return found


def days_to_told_back(world: World) -> Numbers:
    def waited(who: str, month: dt.date) -> list[int]:
        days = []
        for row in world.get("current_actions", ()):
            done, told, again = (
                row.get(name) for name in ("done_on", "told_back_on", "reopened_on")
            )
            if row["municipality"] != who or done is None or month_of(done) != month:
                continue
            if done + dt.timedelta(days=30) > today(world):
                continue
            if again is not None and 1 <= (again - done).days <= 30:
                continue
            is_said = row.get("told_back_channel") and row.get("what_changed")
            if told is not None and is_said and (told - done).days <= 30:
                days.append(max((told - done).days, 0))
        return days

    return _medians(world, waited, ("actions",))


def stale_actions(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        end = month_end(month)
        rows = [
            row
            for row in world.get("current_actions", ())
            if row["municipality"] == who and open_at(row, end)
        ]
        found[who, month, None] = (sum(_is_stale(row, end) for row in rows), len(rows), None)
    return found


def _is_stale(action: Row, end: dt.date) -> bool:
    touched = [action["opened_on"]]
    if action.get("changed_on") is not None:
        touched.append(action["changed_on"])
    if action.get("reopened_on") is not None and action["reopened_on"] <= end:
        touched.append(action["reopened_on"])
    return all((end - day).days >= 45 for day in touched)


# -- the loop ----------------------------------------------------------------------------------

STAGES = ("recommended", "action", "done", "told_back")
TIMES = ("to_recommended", "to_action", "to_done", "to_told_back", "all_the_way")


class Way:
    """How far one item had come by a day, and how long each stage took it."""

    def __init__(self, world: World, item: Row, by: dt.date) -> None:
        self.by = by
        actions = [
            row
            for row in _actions_of(world, item)
            if row["opened_on"] <= by and not _is_given_up(row, by)
        ]
        recommended = self._until(item.get("recommendation_on"))
        opened = min((row["opened_on"] for row in actions), default=None)
        done = self._all([self._done_on(row) for row in actions])
        told = self._all([self._told_on(row) for row in actions]) if done else None
        refused = self._until(_refused_on(item))
        self.refused = refused is not None and opened is None
        self.came = [
            name
            for name, is_there in zip(
                STAGES,
                (bool(recommended or opened or refused), bool(opened), bool(done), bool(told)),
                strict=True,
            )
            if is_there
        ]
        steps = [item["received_on"], recommended, opened, done, told]
        self.days = {
            name: max((after - before).days, 0)
            for name, before, after in zip(
                TIMES,
                [*steps[:-1], item["received_on"]],
                [*steps[1:], told],
                strict=True,
            )
            if before is not None and after is not None
        }

    def _until(self, day: dt.date | None) -> dt.date | None:
        return day if day is not None and day <= self.by else None

    @staticmethod
    def _all(days: list[dt.date | None]) -> dt.date | None:
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    def _done_on(self, action: Row) -> dt.date | None:
        done, again = self._until(action.get("done_on")), self._until(action.get("reopened_on"))
        return None if done is not None and again is not None and again > done else done

    def _told_on(self, action: Row) -> dt.date | None:
        is_said = action.get("told_back_channel") and action.get("what_changed")
        return self._until(action.get("told_back_on")) if is_said else None


def loop(world: World) -> Numbers:
    months = horizon(world)
    members = set(spine(world))
    found: Numbers = {}
    for first in months:
        year, number = first.year, first.month
        four = [dt.date(year, number + more, 1) for more in range(4)] if number in (1, 5, 9) else []
        if not four or four[-1] not in months:
            continue
        by = month_end(four[-1]) + dt.timedelta(days=180)
        of_all: list[Way] = []
        places = sorted({who for who, month in members if month in four})
        for who in places:
            ways = [
                Way(world, item, by)
                for month in four
                if (who, month) in members
                and has_delivered(world, "feedback", who, month)
                and has_delivered(world, "actions", who, month)
                for item in _asked_for(world, who, month)
            ]
            of_all += ways
            _add_ways(found, who, first, ways)
        if places:
            _add_ways(found, ALL, first, of_all)
    return found


def _add_ways(found: Numbers, who: str, first: dt.date, ways: list[Way]) -> None:
    whole = len(ways)
    before = whole
    for stage in STAGES:
        here = sum(stage in way.came for way in ways)
        found[who, first, stage] = (here, before, None)
        if stage == "action":
            found[who, first, "refused"] = (sum(way.refused for way in ways), before, None)
        before = here
    found[who, first, None] = (before, whole, None)
    for name in TIMES:
        days = [way.days[name] for way in ways if name in way.days]
        found[who, first, f"days_{name}"] = (_median(days), None, None)


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    "reports_on_time": reports_on_time,
    "answered_feedback": answered_feedback,
    "days_to_answer": days_to_answer,
    "users_involved_throughout": users_involved_throughout,
    "influence": influence,
    "days_to_told_back": days_to_told_back,
    "loop": loop,
    "stale_actions": stale_actions,
}
