"""The activities of the story, by plain reading of the files."""

from __future__ import annotations

import datetime as dt
import math
from statistics import mean

from data.demo.places import RINGEBU
from data.demo.story import TODAY

END = dt.date(2026, 10, 31)
"""The last day of the last locked month."""
WITH_USERS = {
    "dialogue_meeting",
    "dialogue_cafe",
    "dialogue_conference",
    "peer_evaluation",
    "user_panel",
    "workshop",
}


def test_the_jump_in_ringebu_is_only_noise(lived):
    held = {}
    for end in lived.month_ends(dt.date(2023, 1, 1), END):
        held[end.year, end.month] = sum(
            row["municipality"] == RINGEBU
            and row["kind"] in WITH_USERS
            and (row["ends_on"].year, row["ends_on"].month) == (end.year, end.month)
            for row in lived.rows["activities"]
        )
    assert (held[2026, 9], held[2026, 10]) == (1, 5)
    expected = mean(list(held.values())[:20])
    at_least_five = 1 - sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(5))
    assert at_least_five > 0.01
    assert max(held.values()) >= 4


def test_july_is_quiet(lived):
    for year in (2023, 2024, 2025, 2026):
        months = {
            month: sum(
                row["kind"] in WITH_USERS
                and (row["ends_on"].year, row["ends_on"].month) == (year, month)
                for row in lived.rows["activities"]
            )
            for month in range(1, 11)
        }
        assert months[7] == min(months.values())
        assert months[7] < mean(months.values()) / 2


def test_the_working_group_met_monthly_for_a_time_and_ended(lived):
    months = {
        (row["ends_on"].year, row["ends_on"].month)
        for row in lived.rows["activities"]
        if row["kind"] == "working_group"
    }
    assert (min(months), max(months)) == ((2024, 1), (2025, 6))
    assert len(months) >= 15


def test_every_way_to_take_part_is_there(lived):
    kinds = {row["kind"] for row in lived.rows["activities"]}
    assert kinds == WITH_USERS | {
        "course",
        "guidance",
        "improvement_team",
        "leader_team",
        "working_group",
        "gathering",
    }
    assert {row["initiative"] for row in lived.rows["activities"]} >= {
        "KB",
        "FACT",
        "FIT",
        "course",
    }
    assert {row["kind"] for row in lived.rows["feedback"]} == {"change", "praise"}
    bodies = {row["body_kind"] for row in lived.rows["seats"]}
    assert bodies >= {"improvement_team", "user_panel", "working_group", "steering_group"}
    tools = {row["tool"] for row in lived.rows["activities"] if row["tool"]}
    chosen = {tool for row in lived.rows["municipalities"] for tool in row["tools"]}
    assert len(tools & chosen) >= 6


def test_the_fagteam_meets_after_each_lock_and_on_the_last_day(lived):
    days = sorted(
        {row["ends_on"] for row in lived.rows["activities"] if row["kind"] == "leader_team"}
    )
    assert days[-1] == TODAY
    for lock in lived.acts("lock"):
        after = min(day for day in days if day >= lock["at"].date())
        assert (after - lock["at"].date()).days <= 5
    months = {(day.year, day.month) for day in days}
    assert len(months) == len(days) == len(lived.month_ends(dt.date(2023, 1, 1), TODAY))
