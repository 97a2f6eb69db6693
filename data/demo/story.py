"""What the demo data tells: when it plays, and every scene that must be found in the files."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from dataclasses import dataclass

from data.demo.places import GAUSDAL, LILLEHAMMER, NORD_FRON, OYER, RINGEBU, SOR_FRON

SEED = 20261112

FIRST_MONTH = dt.date(2023, 1, 1)
LAST_MONTH = dt.date(2026, 10, 1)
HISTORY_THROUGH = dt.date(2025, 12, 1)
HISTORY_DAY = dt.date(2026, 1, 12)
TODAY = dt.date(2026, 11, 12)

LOCK_DAYS = {
    dt.date(2026, 1, 1): dt.date(2026, 2, 10),
    dt.date(2026, 2, 1): dt.date(2026, 3, 10),
    dt.date(2026, 3, 1): dt.date(2026, 4, 10),
    dt.date(2026, 4, 1): dt.date(2026, 5, 8),
    dt.date(2026, 5, 1): dt.date(2026, 6, 10),
    dt.date(2026, 6, 1): dt.date(2026, 7, 3),
    dt.date(2026, 7, 1): dt.date(2026, 8, 10),
    dt.date(2026, 8, 1): dt.date(2026, 9, 9),
    dt.date(2026, 9, 1): dt.date(2026, 10, 9),
    dt.date(2026, 10, 1): dt.date(2026, 11, 10),
}
"""When each month of 2026 was locked: never after the 10th, when it would lock itself."""

MEETING_DAYS = {
    dt.date(2025, 12, 1): dt.date(2026, 1, 15),
    dt.date(2026, 1, 1): dt.date(2026, 2, 12),
    dt.date(2026, 2, 1): dt.date(2026, 3, 12),
    dt.date(2026, 3, 1): dt.date(2026, 4, 14),
    dt.date(2026, 4, 1): dt.date(2026, 5, 12),
    dt.date(2026, 5, 1): dt.date(2026, 6, 11),
    dt.date(2026, 6, 1): dt.date(2026, 7, 7),
    dt.date(2026, 7, 1): dt.date(2026, 8, 13),
    dt.date(2026, 8, 1): dt.date(2026, 9, 10),
    dt.date(2026, 9, 1): dt.date(2026, 10, 13),
    dt.date(2026, 10, 1): dt.date(2026, 11, 12),
}
"""By month, the day the fagteam met to talk about it: a few days after the lock."""

TOLD_BACK_BEFORE = 0.35
TOLD_BACK_AFTER = {
    dt.date(2026, 4, 1): 0.66,
    dt.date(2026, 5, 1): 0.66,
    dt.date(2026, 6, 1): 0.70,
    dt.date(2026, 7, 1): 0.70,
    dt.date(2026, 8, 1): 0.86,
    dt.date(2026, 9, 1): 0.84,
    dt.date(2026, 10, 1): 0.55,
}
"""The share of the actions done in a month that users were told of within 30 days.

October's cohort is not mature on the day of the story, so fewer have been told yet.
"""

CHANGE_FROM = dt.date(2026, 4, 1)
"""The first month after the decision of March 2026."""

SILENT = {GAUSDAL: (dt.date(2026, 5, 1), dt.date(2026, 6, 1))}
"""Who did not deliver the monthly kinds for which months."""

LATE_LIST = (SOR_FRON, dt.date(2026, 8, 1), dt.date(2026, 9, 14))
"""Whose list of actions came after the lock, for which month, on which day."""

RESTING_SERVICES = {"LIL-RUS": dt.date(2026, 6, 20), "GAU-BO": dt.date(2026, 4, 10)}
"""Services that nobody has asked since that day, so that their feedback is no longer fresh."""


@dataclass(frozen=True)
class Scene:
    """One thing that happens in the story.

    Attributes:
        municipality: Where; None where it is about all six.
        month: When it is best seen on the screen, first day.
        rows: Keys of the rows that tell it, where it is told by few.
    """

    what: str
    municipality: str | None
    month: dt.date
    rows: tuple[str, ...] = ()


_SEPTEMBER, _OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)

RULES: dict[str, Scene] = {
    "course_without_same_day_wave": Scene(
        "A course ended on 14 October and nobody was asked that day",
        NORD_FRON, _OCTOBER, ("A-NFR-26-901",),
    ),
    "course_without_half_year_wave": Scene(
        "A course ended on 10 April and nobody has been asked half a year after",
        LILLEHAMMER, _OCTOBER, ("A-LIL-26-901",),
    ),
    "no_report": Scene(
        "A dialogue meeting on 17 September has no report after 30 days",
        OYER, _OCTOBER, ("A-OYE-26-901",),
    ),
    "report_without_recommendation": Scene(
        "The report of a dialogue café recommends nothing",
        RINGEBU, _SEPTEMBER, ("A-RIN-26-901",),
    ),
    "recommendation_unanswered": Scene(
        "A recommendation of 10 September has no answer from the leader",
        GAUSDAL, _OCTOBER, ("I-GAU-26-901",),
    ),
    "not_told_back": Scene(
        "An action was done on 15 September and users have not been told",
        GAUSDAL, _OCTOBER, ("T-GAU-26-901",),
    ),
    "action_without_users": Scene(
        "An action was done on 8 October without users at any point",
        SOR_FRON, _OCTOBER, ("T-SFR-26-901",),
    ),
    "team_without_user": Scene(
        "A new improvement team has not found its user representative",
        GAUSDAL, _OCTOBER, ("FT-GAU-2",),
    ),
    "seat_vacant": Scene(
        "Two seats have been vacant for more than 60 days",
        None, _OCTOBER, ("V-LIL-08", "V-OYE-02"),
    ),
    "leader_absent_twice": Scene(
        "The leader was away from the fagteam twice in a row, once with a deputy",
        NORD_FRON, _OCTOBER, ("FT-2026-09", "FT-2026-10"),
    ),
    "service_without_fresh_feedback": Scene(
        "Two services have had no feedback for more than 90 days",
        None, _OCTOBER, tuple(RESTING_SERVICES),
    ),
    "month_not_delivered": Scene(
        "May and June were never delivered", GAUSDAL, dt.date(2026, 6, 1)
    ),
}  # fmt: skip
"""By rule, what makes it fire at the end of October 2026."""

STORY: dict[str, Scene] = {
    "told_back_improves": Scene(
        "Users are told back after the decision of March: from about 35 % to about 75 %",
        None, _SEPTEMBER,
    ),
    "overdue_falls": Scene(
        "More than half of the open actions were overdue; after April almost none",
        OYER, _OCTOBER,
    ),
    "only_noise": Scene(
        "Activities go from one to five in a month, which chance does by itself",
        RINGEBU, _OCTOBER,
    ),
    "two_months_silent": Scene(
        "Nothing is delivered for May and June", GAUSDAL, dt.date(2026, 6, 1)
    ),
    "small_services": Scene(
        "Two services never get ten answers, one of them under 3 FTE",
        None, _OCTOBER, ("SFR-PSYK", "NFR-ARB"),
    ),
    "half_year_forgotten": Scene(
        "Most courses have no evaluation after half a year", GAUSDAL, _OCTOBER
    ),
    "leak_at_told_back": Scene(
        "Of all steps of the loop the last one leaks most",
        None, dt.date(2025, 12, 1),
    ),
    "stale_actions": Scene(
        "Open actions that nobody has touched for 45 days", GAUSDAL, _OCTOBER,
        ("T-GAU-26-902", "T-GAU-26-903", "T-GAU-26-904"),
    ),
    "reopened": Scene(
        "An action was done in June and opened again in September",
        RINGEBU, _SEPTEMBER, ("T-RIN-26-901",),
    ),
    "course_to_end_of_august": Scene(
        "Ended on 31 August: half a year later is the last day of February, leap day or not",
        None, dt.date(2024, 2, 1), ("A-LIL-23-901", "A-RIN-26-902"),
    ),
    "last_minute": Scene(
        "Answers came at 23:59 on the last day, on both sides of a clock change",
        RINGEBU, _OCTOBER, ("A-RIN-25-902", "A-RIN-26-903"),
    ),
    "last_minute_actions": Scene(
        "Actions were opened at 23:59 on the last day, on both sides of a clock change",
        LILLEHAMMER, _OCTOBER, ("T-LIL-26-903", "T-LIL-26-904"),
    ),
    "staircase": Scene(
        "Four of five steps: the conditions are not secured", RINGEBU, _OCTOBER
    ),
    "not_attested": Scene(
        "Two heads have not attested October", None, _OCTOBER, (GAUSDAL, NORD_FRON)
    ),
    "working_group_ends": Scene(
        "The working group meets monthly for a year and a half, and ends",
        None, dt.date(2025, 6, 1),
    ),
    "late_list": Scene(
        "The list of actions came after the lock", SOR_FRON, dt.date(2026, 8, 1)
    ),
}  # fmt: skip
"""By name, the scenes that are no rules."""

NOISE = {dt.date(2026, 9, 1): 1, dt.date(2026, 10, 1): 5}
"""How many activities with users Ringebu held: the change that is only noise."""


def dice(*label: object) -> random.Random:
    """A source of chance of its own for each label, so that one draw never moves another."""
    return random.Random("/".join(map(str, (SEED, *label))))


def months(first: dt.date = FIRST_MONTH, last: dt.date = LAST_MONTH) -> list[dt.date]:
    """The first days of the months from first through last."""
    found = []
    while first <= last:
        found.append(first)
        first = after_months(first, 1)
    return found


def after_months(day: dt.date, count: int) -> dt.date:
    """The same day of the month that many months later, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, length))


def month_end(month: dt.date) -> dt.date:
    """The last day of the month that the day lies in."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def working_day(month: dt.date, chance: random.Random, low: int = 1, high: int = 31) -> dt.date:
    """Some Monday to Friday of the month, between two days of it."""
    last = min(high, month_end(month).day)
    days = [
        day
        for day in (month.replace(day=number) for number in range(low, last + 1))
        if day.weekday() < 5
    ]
    return chance.choice(days)
