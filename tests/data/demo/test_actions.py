"""The actions of the story, by plain reading of the files."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

from data.demo.places import OYER
from data.demo.story import SILENT, STORY

END = dt.date(2026, 10, 31)
"""The last day of the last locked month."""


def told_back(lived, first, last, municipality=None):
    """(told within 30 days, done) of the actions done between two days."""
    done = [
        action
        for action in lived.rows["actions"]
        if action["done_on"] is not None and first <= action["done_on"] <= last
        if municipality in (None, action["municipality"])
        if action["done_on"].replace(day=1) not in SILENT.get(action["municipality"], ())
    ]
    told = [
        action
        for action in done
        if action["told_back_on"] is not None
        and (action["told_back_on"] - action["done_on"]).days <= 30
        and action["told_back_channel"]
        and action["what_changed"]
    ]
    return len(told), len(done)


def overdue(lived, municipality, day):
    """(overdue, with a due date) of the actions that are open at the end of the day."""
    due = [
        action["due_on"]
        for action in lived.rows["actions"]
        if action["municipality"] == municipality
        and lived.is_open(action, day)
        and action["due_on"]
    ]
    return sum(date < day for date in due), len(due)


def test_users_are_told_back_after_the_decision_of_march(lived):
    told, done = told_back(lived, dt.date(2023, 1, 1), dt.date(2026, 3, 31))
    assert 0.3 <= told / done <= 0.4
    told_since, done_since = told_back(lived, dt.date(2026, 4, 1), dt.date(2026, 9, 30))
    assert 0.7 <= told_since / done_since <= 0.85
    (decision,) = [entry for entry in lived.acts("decide") if entry["decision"] == "tilbakemelding"]
    assert decision["decided_on"] == dt.date(2026, 3, 12)
    assert decision["indicator"] == "told_back"
    # A month in which so many were told is hardly possible if nothing had changed.
    share = told / done
    chances = []
    for end in lived.month_ends(dt.date(2026, 7, 1), dt.date(2026, 9, 1)):
        x, n = told_back(lived, end.replace(day=1), end)
        chances.append(
            sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x, n + 1))
        )
    assert min(chances) < 0.00135


def test_overdue_actions_fall_in_oyer_and_nowhere_else_as_much(lived):
    before = [
        overdue(lived, OYER, end)
        for end in lived.month_ends(dt.date(2023, 1, 1), dt.date(2026, 3, 1))
    ]
    assert 0.5 <= sum(x for x, _ in before) / sum(n for _, n in before) <= 0.75
    for end in lived.month_ends(dt.date(2026, 5, 1), END):
        x, n = overdue(lived, OYER, end)
        assert n >= 5
        assert x <= 1


def test_the_loop_leaks_most_where_users_should_be_told(lived):
    actions_of = {}
    for action in lived.rows["actions"]:
        for item in action["feedback_ids"] or ():
            actions_of.setdefault(item, []).append(action)
    first, last = dt.date(2025, 9, 1), dt.date(2025, 12, 31)
    asked = [
        item
        for item in lived.rows["feedback"]
        if item["kind"] == "change" and first <= item["received_on"] <= last
    ]
    recommended = [item for item in asked if item["recommendation_on"]]
    acted = [item for item in recommended if item["feedback_id"] in actions_of]
    done = [item for item in acted if all(a["done_on"] for a in actions_of[item["feedback_id"]])]
    told = [
        item for item in done if all(a["told_back_on"] for a in actions_of[item["feedback_id"]])
    ]
    stages = [asked, recommended, acted, done, told]
    kept = [len(after) / len(before) for before, after in pairwise(stages)]
    assert min(kept) == kept[-1]
    assert kept[-1] < 0.65


def test_stale_actions_lie_untouched_for_over_45_days(lived):
    for key in STORY["stale_actions"].rows:
        action = lived.row("actions", "action_id", key)
        assert lived.is_open(action, END)
        assert (END - action["changed_on"]).days > 45
        assert action["due_on"] < END


def test_some_open_actions_have_no_due_date(lived):
    assert [
        row for row in lived.rows["actions"] if lived.is_open(row, END) and row["due_on"] is None
    ]


def test_an_action_was_opened_again(lived):
    (key,) = STORY["reopened"].rows
    action = lived.row("actions", "action_id", key)
    assert (action["done_on"], action["reopened_on"]) == (dt.date(2026, 6, 10), dt.date(2026, 9, 3))
    assert lived.is_open(action, dt.date(2026, 6, 9))
    assert not lived.is_open(action, dt.date(2026, 6, 30))
    assert lived.is_open(action, END)


def test_actions_are_shared_across_municipalities_and_lent_by_neighbours(lived):
    shared = [row for row in lived.rows["actions"] if row["scope"] == "cross_municipal"]
    assert len({row["municipality"] for row in shared}) >= 3
    lent = [row for row in lived.rows["actions"] if row["borrowed_from"]]
    assert len(lent) >= 10
    assert all(row["borrowed_from"] != row["municipality"] for row in lent)


def test_an_action_counts_only_from_the_day_somebody_knew(lived):
    """The file of a month says nothing of what came after it was delivered."""
    for file, intake in lived.intakes.items():
        day = min(entry["at"].date() for entry in lived.entries if entry.get("file") == file)
        if "actions" in intake.tables:
            table = intake.tables["actions"]
            for name in ("opened_on", "changed_on", "done_on", "told_back_on", "reopened_on"):
                assert table[name].drop_nulls().max() is None or table[name].max() < day, file
