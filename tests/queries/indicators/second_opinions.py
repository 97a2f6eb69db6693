"""The same numbers by another method: plain Python over the rows, written from the definitions.

Nothing here looks at the SQL. Where the SQL joins and groups sets, these walk through rows one by
one, or live through the days. Two that agree over random rows and over the demo data are right, or
have misread the definition in the same way, which the spot checks beside them are for.
"""

from __future__ import annotations

import calendar
import datetime as dt
import statistics
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from tests.queries.worlds import Numbers, Row, World, months

DAY = dt.timedelta(days=1)


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def month_end(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def later(day: dt.date, by: int) -> dt.date:
    """So many months later, on the last day where the month is too short."""
    years, month = divmod(day.month - 1 + by, 12)
    first = dt.date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def horizon(world: World) -> list[dt.date]:
    row = world["horizon"][0]
    return list(months(row["first_month"], row["last_month"]))


def today(world: World) -> dt.date:
    return world["horizon"][0]["today"]


def norwegian_day(moment: dt.datetime) -> dt.date:
    return moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo("Europe/Oslo")).date()


def is_member(municipality: Row, month: dt.date) -> bool:
    """From the first full month after it joined."""
    joined = municipality["joined_on"]
    precision = municipality.get("joined_precision")
    if precision == "year":
        return month.year >= joined.year
    if precision == "month":
        return month > joined
    return month >= joined  # the whole month comes after the day, or starts with it


def spine(world: World) -> Iterator[tuple[str, dt.date]]:
    for municipality in world["current_municipalities"]:
        for month in horizon(world):
            if is_member(municipality, month):
                yield municipality["municipality_id"], month


def activities(world: World, *kinds: str) -> list[Row]:
    return [
        row
        for row in world.get("current_activities", ())
        if row["kind"] in kinds and row.get("initiative") != "FACT"
    ]


def waves(world: World, *measurements: str) -> list[Row]:
    of_fact = {
        row["activity_id"]
        for row in world.get("current_activities", ())
        if row.get("initiative") == "FACT"
    }
    return [
        row
        for row in world.get("current_survey_waves", ())
        if row["measurement"] in measurements and row.get("activity_id") not in of_fact
    ]


def is_of_fact(world: World, item: Row) -> bool:
    """Whether it was said in an activity of FACT, or in a survey about one."""
    about = {item.get("activity_id")}
    for wave in world.get("current_survey_waves", ()):
        if wave["wave_id"] == item.get("wave_id"):
            about.add(wave.get("activity_id"))
    return any(
        row["activity_id"] in about and row.get("initiative") == "FACT"
        for row in world.get("current_activities", ())
    )


def has_delivered(world: World, kind: str, municipality: str, month: dt.date) -> bool:
    return any(
        (row["kind"], row["municipality"], row["month"]) == (kind, municipality, month)
        for row in world["coverage"]
    )


def activities_held(world: World) -> Numbers:
    kinds = (
        "dialogue_meeting",
        "dialogue_cafe",
        "dialogue_conference",
        "peer_evaluation",
        "user_panel",
        "workshop",
    )
    found: Numbers = {}
    for who, month in spine(world):
        held = []
        for row in activities(world, *kinds):
            present = sum(
                row.get(name) or 0 for name in ("users", "relatives", "user_representatives")
            )
            if row["municipality"] == who and month_of(row["ends_on"]) == month:
                held += [row["kind"]] if row["kind"] != "workshop" or present else []
        found[who, month, None] = (len(held), None, None)
        for kind in kinds:
            found[who, month, kind] = (held.count(kind), None, None)
    return found


def participants(world: World) -> Numbers:
    kinds = ("dialogue_meeting", "dialogue_cafe", "peer_evaluation", "user_panel", "workshop")
    found: Numbers = {}
    for who, month in spine(world):
        for part in (None, *kinds):
            came = [
                (row.get("users") or 0) + (row.get("relatives") or 0)
                for row in activities(world, *((part,) if part else kinds))
                if row["municipality"] == who and month_of(row["ends_on"]) == month
            ]
            found[who, month, part] = (sum(came), None, max(came, default=None))
    return found


def same_day_evaluation(world: World) -> Numbers:
    sent = {(row.get("activity_id"), row["sent_on"]) for row in waves(world, "same_day")}
    found: Numbers = {}
    for who, month in spine(world):
        ended = [
            row
            for row in activities(world, "course")
            if row["municipality"] == who and month_of(row["ends_on"]) == month
        ]
        evaluated = [row for row in ended if (row["activity_id"], row["ends_on"]) in sent]
        found[who, month, None] = (len(evaluated), len(ended), None)
    return found


def half_year_evaluation(world: World) -> Numbers:
    found: Numbers = dict.fromkeys(((*place, None) for place in spine(world)), (0, 0, None))
    for course in activities(world, "course"):
        due = later(course["ends_on"], 6)
        key = (course["municipality"], month_of(due), None)
        if key not in found:
            continue
        in_time = any(
            wave.get("activity_id") == course["activity_id"]
            and 0 <= (wave["sent_on"] - due).days <= 14
            for wave in waves(world, "half_year")
        )
        evaluated, courses, _ = found[key]
        found[key] = ((evaluated or 0) + in_time, (courses or 0) + 1, None)
    return found


def _answers(world: World, wave: Row) -> int:
    """How many answered, by AAPOR RR2."""
    core = {
        row["question"]
        for row in world.get("current_questions", ())
        if row["survey"] == wave["survey"] and row["role"] == "core"
    }
    sheets: dict[str, set[str]] = {}
    for row in world.get("current_survey_answers", ()):
        if row["wave_id"] == wave["wave_id"]:
            answered = sheets.setdefault(row["answer_id"], set())
            if row.get("value") is not None:
                answered.add(row["question"])
    if not sheets:
        return wave.get("answered") or 0
    return sum(
        bool(answered) and len(answered & core) >= len(core) / 2 for answered in sheets.values()
    )


def response_rate_same_day(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        sent = [
            wave
            for wave in waves(world, "same_day")
            if wave["municipality"] == who and month_of(wave["sent_on"]) == month
        ]
        listed = [wave for wave in sent if wave.get("asked") is not None]
        everybody = sum(_answers(world, wave) for wave in sent)
        of_listed = sum(_answers(world, wave) for wave in listed)
        whole = (who, month, None)
        if not sent:
            found[whole] = (0, 0, None)
        elif not listed:
            found[whole] = (everybody, None, everybody)
        else:
            asked = sum(wave["asked"] for wave in listed)
            found[whole] = (of_listed, asked, of_listed)
        tracked = [wave for wave in listed if wave.get("delivered") is not None]
        found[who, month, "not_reached"] = (
            sum(wave["asked"] - wave["delivered"] for wave in tracked),
            sum(wave["asked"] for wave in tracked),
            everybody if tracked else None,
        )
        unlisted = everybody - of_listed
        found[who, month, "without_list"] = (unlisted, None, unlisted if sent else None)
    return found


def feedback_freshness(world: World) -> Numbers:
    heard: dict[str, list[dt.date]] = {}
    answered = {
        row["wave_id"]
        for row in world.get("current_survey_answers", ())
        if row.get("value") is not None
    }
    for wave in waves(world, "same_day", "half_year", "other"):
        has_answers = wave["wave_id"] in answered or (wave.get("answered") or 0) > 0
        if has_answers and wave.get("respondent") != "staff" and wave.get("service"):
            heard.setdefault(wave["service"], []).append(wave["sent_on"])
    for row in activities(world, "dialogue_meeting", "dialogue_cafe", "dialogue_conference"):
        if row.get("service"):
            heard.setdefault(row["service"], []).append(row["ends_on"])

    found: Numbers = {}
    together: dict[dt.date, list[int]] = {month: [] for month in horizon(world)}
    for who, month in spine(world):
        end, ages = month_end(month), []
        for service in world.get("current_services", ()):
            if service["municipality"] != who or service["active_from"] > end:
                continue
            if (service.get("active_to") or end) < end:
                continue
            before = [day for day in heard.get(service["service_id"], ()) if day <= end]
            age = (end - max(before, default=service["active_from"])).days
            found[who, month, service["service_id"]] = (age, None, None)
            ages.append(age)
        found[who, month, None] = (statistics.median(ages) if ages else None, None, None)
        if _tells_of_feedback(world, who, month):
            together[month] += ages
    members = {month for _, month in spine(world)}
    for month in members:
        ages = together[month]
        median = statistics.median(ages) if ages else None
        found["cooperation", month, None] = (median, None, None)
    return found


def _tells_of_feedback(world: World, who: str, month: dt.date) -> bool:
    """Whether a municipality delivered what freshness is seen in."""
    needed = ["survey_waves"]
    if any(
        row["kind"] == "activities" and row["municipality"] == who and row["month"] <= month
        for row in world["coverage"]
    ):
        needed.append("activities")
    if any(
        wave["municipality"] == who
        and month_of(wave["sent_on"]) == month
        and wave.get("answered") is None
        for wave in world.get("current_survey_waves", ())
    ):
        needed.append("survey_answers")
    return all(has_delivered(world, kind, who, month) for kind in needed)


def seats_filled(world: World) -> Numbers:
    rows_of: dict[tuple[str, str], list[Row]] = {}
    for row in world.get("current_seats", ()):
        rows_of.setdefault((row["municipality"], row["seat_id"]), []).append(row)

    def on(day: dt.date, who: str) -> list[tuple[Row | None, int | None]]:
        """Of each seat that exists that day: the row of its holder, or days it is vacant."""
        seen: list[tuple[Row | None, int | None]] = []
        for (municipality, _), fillings in rows_of.items():
            start = max(fillings[0]["seat_from"], fillings[0].get("body_from") or dt.date.min)
            ends = [row[name] for row in fillings for name in ("seat_to", "body_to") if name in row]
            stop = min([end for end in ends if end is not None], default=dt.date.max)
            if municipality != who or not start <= day <= stop:
                continue
            begun = [row for row in fillings if (row.get("filled_from") or dt.date.max) <= day]
            holders = [row for row in begun if (row.get("filled_to") or dt.date.max) >= day]
            if holders:
                seen.append((holders[0], None))
            else:
                left = max((row["filled_to"] + DAY for row in begun), default=start)
                seen.append((None, (day - left).days))
        return seen

    found: Numbers = {}
    together: dict[dt.date, list[tuple[Row | None, int | None]]] = {}
    for who, month in spine(world):
        seats = on(month_end(month), who)
        _add_seats(found, who, month, seats)
        everybody = together.setdefault(month, [])
        if has_delivered(world, "seats", who, month):
            everybody += seats
    for month, seats in together.items():
        filled = _add_seats(found, "cooperation", month, seats)
        for channel in ("organisation", "open_call", "known_to_service", "panel", "other"):
            through = sum((row or {}).get("recruited_via") == channel for row, _ in seats)
            found["cooperation", month, channel] = (through, filled, None)
    return found


def _add_seats(
    found: Numbers, who: str, month: dt.date, seats: list[tuple[Row | None, int | None]]
) -> int:
    vacant = [days for _, days in seats if days is not None]
    filled = len(seats) - len(vacant)
    found[who, month, None] = (filled, len(seats), None)
    median = statistics.median(vacant) if vacant else None
    found[who, month, "days_vacant"] = (median, None, None)
    for part, numbers in (
        ("covers_1", (1,)),
        ("covers_2", (2,)),
        ("covers_3_or_more", range(3, 1000)),
        ("covers_unknown", (None,)),
    ):
        rows = [row for row, _ in seats if row is not None]
        covers = sum(row.get("covers_municipalities") in numbers for row in rows)
        found[who, month, part] = (covers, filled, None)
    return filled


def open_at(action: Row, day: dt.date) -> bool:
    """Lives through the action's days: opened, done or closed, perhaps reopened and done again.

    Of what happens on one day, being done is the last.
    """
    steps = [
        (action["opened_on"], 0, True),
        (action.get("reopened_on"), 1, True),
        (action.get("done_on"), 2, False),
        (action.get("closed_on"), 2, False),
    ]
    is_open = False
    for _, _, becomes in sorted(step for step in steps if step[0] is not None and step[0] <= day):
        is_open = becomes
    return is_open and action["opened_on"] <= day


def _open_actions(world: World, who: str, day: dt.date) -> list[Row]:
    return [
        row
        for row in world.get("current_actions", ())
        if row["municipality"] == who and open_at(row, day)
    ]


def open_actions(world: World) -> Numbers:
    bands = {"0_30": (0, 30), "31_90": (31, 90), "91_180": (91, 180), "over_180": (181, 10**6)}
    found: Numbers = {}
    for who, month in spine(world):
        end = month_end(month)
        ages = [(end - row["opened_on"]).days for row in _open_actions(world, who, end)]
        found[who, month, None] = (len(ages), None, None)
        for band, (low, high) in bands.items():
            within = sum(low <= age <= high for age in ages)
            found[who, month, band] = (within, None, None)
    return found


def overdue_actions(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        end = month_end(month)
        still_open = _open_actions(world, who, end)
        due = [row["due_on"] for row in still_open if row.get("due_on") is not None]
        found[who, month, None] = (sum(day < end for day in due), len(due), None)
        undated = len(still_open) - len(due)
        found[who, month, "without_due_on"] = (undated, len(still_open), None)
    return found


def told_back(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        done = told = 0
        for row in world.get("current_actions", ()):
            day = row.get("done_on")
            if row["municipality"] != who or day is None or month_of(day) != month:
                continue
            if (today(world) - day).days < 30:
                continue
            again = row.get("reopened_on")
            if again is not None and 0 < (again - day).days <= 30:
                continue
            done += 1
            on = row.get("told_back_on")
            said = row.get("told_back_channel") is not None and row.get("what_changed") is not None
            told += on is not None and (on - day).days <= 30 and said
        found[who, month, None] = (told, done, None)
    return found


def leaders_present(world: World) -> Numbers:
    found: Numbers = {}
    rows = [row for row in world.get("current_activities", ()) if row["kind"] == "leader_team"]
    for who, month in spine(world):
        own, anyone = [], []
        for meeting in {row["activity_id"] for row in rows if month_of(row["ends_on"]) == month}:
            there = [
                row for row in rows if (row["activity_id"], row["municipality"]) == (meeting, who)
            ]
            leaders = sum(row.get("leaders") or 0 for row in there)
            own.append(leaders > 0)
            anyone.append(leaders + sum(row.get("deputies") or 0 for row in there) > 0)
        met = len(own) > 0
        found[who, month, None] = (int(met and all(own)), int(met), None)
        by_deputy = met and all(anyone) and not all(own)
        found[who, month, "deputy"] = (int(by_deputy), int(met), None)
    return found


def concrete_goals(world: World) -> Numbers:
    found: Numbers = {}
    for who, month in spine(world):
        end = month_end(month)
        dues = []
        for goal in world.get("current_goals", ()):
            whole = [
                goal.get(name)
                for name in ("theme", "measure", "due_on", "decided_on", "decided_by_role")
            ]
            if goal["municipality"] != who or None in whole:
                continue
            if goal["decided_on"] <= end < (goal.get("closed_on") or dt.date.max):
                dues.append(goal["due_on"])
        found[who, month, None] = (int(bool(dues)), 1, None)
        lapsed = bool(dues) and max(dues) < end
        found[who, month, "past_due"] = (int(lapsed), 1, None)
    return found


def attestation_day(world: World, lock: Row) -> dt.date | None:
    """The day of the leaders' first meeting since the month was locked; None before it is held."""
    locked = norwegian_day(lock["at"])
    met = [
        row["ends_on"]
        for row in world.get("current_activities", ())
        if row["kind"] == "leader_team" and row["ends_on"] >= locked
    ]
    return min(met, default=None)


def attestations(world: World) -> Numbers:
    locks = {row["month"]: row for row in world.get("acts_locks", ()) if not row["is_history"]}
    found: Numbers = {}
    for who, month in spine(world):
        if month not in locks:
            found[who, month, None] = (0, 0, None)
            continue
        by = attestation_day(world, locks[month]) or today(world)
        given = any(
            (row["municipality"], row["month"]) == (who, month)
            and row.get("withdrawn_at") is None
            and norwegian_day(row["at"]) <= by
            for row in world.get("acts_attestations", ())
        )
        found[who, month, None] = (int(given), 1, None)
    return found


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    opinion.__name__: opinion
    for opinion in (
        activities_held,
        participants,
        same_day_evaluation,
        half_year_evaluation,
        response_rate_same_day,
        feedback_freshness,
        seats_filled,
        open_actions,
        overdue_actions,
        told_back,
        leaders_present,
        concrete_goals,
        attestations,
    )
}
