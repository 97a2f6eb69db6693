"""The cases of indicators.md 9 that must come out right, each a test of its own name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from data import parse
from pages.parts.history import history as history_of
from pages.parts.incomparable import reasons
from pages.parts.matrix import matrix
from pages.terminal import exported
from pages.text import cells
from queries import ask, cards, disclosure, judge, signals
from queries.cell import Cell
from queries.shown_from import appearance
from queries.signals import Point
from tests.queries.one_municipality import MONTHS, RINGEBU, TODAY, lock, made_store, put, shown
from tests.queries.worlds import Row, day, numbers, one, world

# -- 4 -------------------------------------------------------------------------------------------


def test_two_actions_for_one_item_and_one_action_for_two_items_count_right_in_the_loop() -> None:
    asked: Row = {"kind": "change", "received_on": day("2026-02-10")}
    told: Row = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}
    done: Row = {"opened_on": day("2026-03-02"), "done_on": day("2026-06-01")}

    def ways(*actions: Row) -> list[float | None]:
        """Of three items: how many got an action, were done, and were told back."""
        made = world(
            day("2026-01-01"),
            day("2026-04-01"),
            TODAY,
            feedback=[asked | {"feedback_id": number} for number in ("1", "2", "3")],
            actions=[{"action_id": str(n)} | action for n, action in enumerate(actions)],
        )
        found = numbers("loop", made)
        stages = ("action", "done", "told_back")
        return [found[RINGEBU, day("2026-01-01"), stage][0] for stage in stages]

    whole = done | told | {"told_back_on": day("2026-06-20")}
    # One action for two items: both have come as far as it.
    assert ways(whole | {"feedback_ids": ["1", "2"]}) == [2, 2, 2]
    # Two actions for one item: it is one item, and done when both are.
    first, second = whole | {"feedback_ids": ["1"]}, {"feedback_ids": ["1"]}
    assert ways(first, whole | second) == [1, 1, 1]
    assert ways(first, {"opened_on": day("2026-04-01")} | second) == [1, 0, 0]
    # Both done, and users were told of only one: it is not told back.
    assert ways(first, done | second) == [1, 1, 0]
    # Both at once: item 1 waits for the second action, item 2 does not.
    shared = whole | {"feedback_ids": ["1", "2"]}
    assert ways(shared, {"opened_on": day("2026-04-01")} | second) == [2, 1, 1]


# -- 5 -------------------------------------------------------------------------------------------


def test_a_reopened_action_is_open_from_that_date_and_the_closed_month_stays_as_locked(
    tmp_path: Path,
) -> None:
    """An action done and later reopened is open again from that date, and the closed month stays
    as it was locked."""
    folder = made_store(tmp_path)
    august, september, october = (dt.date(2026, month, 1) for month in (8, 9, 10))
    action: Row = {
        "action_id": "T-1",
        "municipality": RINGEBU,
        "title": "Ny nettside",
        "opened_on": day("2026-06-01"),
        "changed_on": day("2026-08-20"),
        "done_on": day("2026-08-20"),
        "status": "done",
    }
    put(folder, "actions", [action], MONTHS[:9])
    lock(folder, august, "2026-09-08")
    lock(folder, september, "2026-10-08")
    assert shown(folder, "open_actions", september)["value"] == 0
    involved = shown(folder, "users_involved_throughout", august)
    assert (involved["numerator"], involved["denominator"]) == (0, 1)

    # October's list tells that it has been open since the 10th of September; and it has another
    # story to tell of August, too.
    reopened = {"reopened_on": day("2026-09-10"), "status": "in_progress"}
    told = {"users_at_start": True, "users_midway": True, "users_at_end": True}
    put(folder, "actions", [action | reopened | told], [october])

    assert shown(folder, "open_actions", october)["value"] == 1
    stays = shown(folder, "open_actions", september)
    assert (stays["value"], stays["frozen_in"]) == (0, september)
    involved = shown(folder, "users_involved_throughout", august)
    assert (involved["numerator"], involved["frozen_in"]) == (0, august)
    # Nobody had locked the numbers otherwise: then September would say that it was open again.
    made = world(august, october, TODAY, actions=[action | reopened])
    found = numbers("open_actions", made)
    assert [found[RINGEBU, month, None][0] for month in (august, september, october)] == [0, 1, 1]


def test_the_loop_of_a_tertial_is_provisional_for_half_a_year_and_then_stays_as_it_was_locked(
    tmp_path: Path,
) -> None:
    folder = made_store(tmp_path)
    winter = dt.date(2026, 1, 1)
    asked: Row = {"feedback_id": "I-1", "municipality": RINGEBU, "kind": "change"}
    put(folder, "feedback", [asked | {"received_on": day("2026-02-10")}])
    action: Row = {
        "action_id": "T-1",
        "municipality": RINGEBU,
        "title": "Ny nettside",
        "feedback_ids": ["I-1"],
        "opened_on": day("2026-03-01"),
        "status": "open",
    }
    put(folder, "actions", [action])
    lock(folder, dt.date(2026, 9, 1), "2026-10-27")
    found = shown(folder, "loop", winter, "tertial")
    # A lock on the last day of the half year is too early to make it stand still.
    assert (found["numerator"], found["denominator"]) == (0, 1)
    assert (found["state"], found["frozen_in"]) == ("measured", None)

    lock(folder, dt.date(2026, 10, 1), "2026-11-10")
    assert shown(folder, "loop", winter, "tertial")["frozen_in"] == dt.date(2026, 10, 1)
    told = {"told_back_on": day("2026-06-02"), "told_back_channel": "SMS", "what_changed": "Alt"}
    done = {"done_on": day("2026-06-01"), "status": "told_back"}
    put(folder, "actions", [action | told | done], [dt.date(2026, 11, 1)])
    assert shown(folder, "loop", winter, "tertial")["numerator"] == 0
    # The spring's tertial is not old enough, and the autumn's is not over.
    assert shown(folder, "loop", dt.date(2026, 5, 1), "tertial")["state"] == "provisional"
    periods = ask.ask("cells", store=folder).filter(pl.col("indicator") == "loop")["period"]
    assert periods.max() == dt.date(2026, 5, 1)


# -- 1 -------------------------------------------------------------------------------------------

CARD = cards.read(cards.FOLDER / "told_back.toml")
WORSE = [(9, 10)] * 14 + [(1, 10)] * 3
BETTER = [(1, 10)] * 14 + [(9, 10)] * 3
STEADY = [(n, 10) for n in (7, 8, 9, 7, 9, 8, 7, 9, 8, 7, 9, 7, 8, 9, 7, 9, 8)]


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        (WORSE, "sikker forverring"),
        (BETTER, "sikker forbedring"),
        (STEADY, "ingen sikker endring"),
        (STEADY[:5], "for få målinger"),
    ],
)
def test_chart_table_sentence_alt_text_and_csv_agree_on_every_signal(
    counts: list[tuple[int, int]], word: str
) -> None:
    """Chart, table, sentence, alt text, CSV, PDF and slide agree on every signal."""
    rows = judge.judged(
        [
            Cell(
                CARD.id,
                RINGEBU,
                "month",
                dt.date(2025 + place // 12, place % 12 + 1, 1),
                None,
                "measured",
                disclosure.exact(*pair, "share"),
            )
            for place, pair in enumerate(counts)
        ],
        {CARD.id: CARD},
        pl.DataFrame(
            schema={
                "indicator": pl.String,
                "municipality_id": pl.String,
                "grain": pl.String,
                "period": pl.Date,
                "part": pl.String,
                "value": pl.Float64,
                "numerator": pl.Float64,
                "denominator": pl.Float64,
                "state": pl.String,
            }
        ),
    )
    newest = rows[-1] | {"name": "Ringebu", "today": TODAY, "awaited_period": None}
    # What a page reads, what the comparison reads, and what is exported, all of the one cell.
    history = [
        {"month": row["period"], "period": row["period"], "grain": "month"} | row for row in rows
    ]
    line = newest | {"is_earlier": False, "attention": None, "history": history}
    in_table = str(matrix([line], {CARD.id: CARD}, newest["period"]))
    panels = str(history_of([line], CARD, newest["period"]))
    told = exported_cell(newest)
    assert cells.signal_word(newest) == word
    assert word in in_table
    assert word in panels[panels.index("<desc") :]
    assert told["signal_text"] == word
    assert told["signal"] == newest["signal"]
    assert ("sikker" in cells.finding(newest, CARD, "Ringebu")) == (word != "for få målinger")


def exported_cell(row: Row) -> Row:
    """A cell as `export` writes it."""
    return exported._cell(row, CARD, {RINGEBU: "Ringebu"}, 10, TODAY)


# -- 2 -------------------------------------------------------------------------------------------


def test_an_indicator_at_100_per_cent_every_month_against_100_per_cent_passes() -> None:
    """An indicator that is 100 % every month against a target of 100 % passes ("ingen endring",
    "når målet stabilt")."""
    points = [
        Point(dt.date(2025 + n // 12, n % 12 + 1, 1), 1.0, 4.0, 4.0, is_settled=True)
        for n in range(24)
    ]
    assert signals.signal(points, "share").word == "none"
    assert signals.assurance([1.0] * 24, 1.0, "least") == "pass"
    assert cells.SIGNALS["no_change"] == "no certain change"
    assert cells.assurance_word({"assurance": "pass"}, CARD) == "når målet stabilt"


# -- 3 -------------------------------------------------------------------------------------------


def test_a_missing_month_is_a_gap_that_neither_continues_nor_starts_a_run() -> None:
    """A missing month is a gap; it neither continues nor starts a run."""
    above = [2.0] * 4
    assert signals.anhoej([1.0, *above, *above], centre=1.5).longest_run == 8
    assert signals.anhoej([1.0, *above, None, *above], centre=1.5).longest_run == 4
    # A gap alone is no run, at neither end.
    assert signals.anhoej([None, *above, None], centre=1.5).longest_run == 4
    assert signals.anhoej([None, None], centre=1.5).longest_run == 0


# -- 6 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ended", "due", "last"),
    [
        ("2026-08-31", "2027-02-28", "2027-03-14"),
        ("2027-08-31", "2028-02-29", "2028-03-14"),  # a leap year
    ],
)
def test_a_course_that_ends_on_the_31st_of_august_is_due_at_the_end_of_february(
    ended: str, due: str, last: str
) -> None:
    """A course that ends on the 31st of August has its half-year wave due at the end of February,
    in leap years too."""
    first = day(due)

    def evaluated(sent: dt.date) -> tuple[object, ...]:
        made = world(
            first.replace(day=1),
            today=first + dt.timedelta(days=60),
            activities=[{"activity_id": "K", "kind": "course", "ends_on": day(ended)}],
            survey_waves=[{"wave_id": "U", "activity_id": "K", "measurement": "half_year"}
                          | {"sent_on": sent}],
        )  # fmt: skip
        return one("half_year_evaluation", made)[:2]

    one_day = dt.timedelta(days=1)
    assert evaluated(first - one_day) == (0, 1)
    assert evaluated(first) == (1, 1)
    assert evaluated(day(last)) == (1, 1)
    assert evaluated(day(last) + one_day) == (0, 1)


# -- 7 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "month"),
    [
        # Summer time until 25 October 2026 and from 29 March: 23:59 is 21:59 or 22:59 by UTC.
        ("2026-03-31T21:59:00Z", "2026-03-01"),
        ("2026-03-31T22:00:00Z", "2026-04-01"),
        ("2026-02-28T22:59:00Z", "2026-02-01"),
        ("2026-02-28T23:00:00Z", "2026-03-01"),
        ("2026-10-31T22:59:00Z", "2026-10-01"),
        ("2026-09-30T21:59:59Z", "2026-09-01"),
        ("2026-10-31T23:59:00+01:00", "2026-10-01"),
        ("31.10.2026 23:59", "2026-10-01"),
    ],
)
def test_a_row_of_the_last_minute_of_a_month_stays_in_that_month(written: str, month: str) -> None:
    """A row dated on the last day of a month at 23:59 Oslo time stays in that month, on both sides
    of a clock change."""
    (found,) = parse.dates(pl.Series([written]))
    made = world(
        day(month),
        activities=[{"activity_id": "A", "kind": "workshop", "ends_on": found, "users": 12}],
    )
    assert one("activities_held", made)[0] == 1


# -- 8 -------------------------------------------------------------------------------------------


def test_a_municipality_that_joins_mid_month_is_a_member_from_the_next() -> None:
    """A municipality that joins mid-month is a member from the next month."""
    joined = {"municipality_id": "3438", "name": "Sør-Fron", "joined_precision": "day"}
    for on, first in (("2026-08-14", "2026-09-01"), ("2026-08-01", "2026-08-01")):
        made = world(
            day("2026-07-01"),
            day("2026-10-01"),
            municipalities=[joined | {"joined_on": day(on), "is_host": False}],
        )
        assert min(period for _, period, _ in numbers("open_actions", made)) == day(first)


# -- 9 -------------------------------------------------------------------------------------------


def test_a_comparison_per_fte_is_refused_in_words_for_headcounts_and_under_five_fte() -> None:
    """FTE comparisons are refused, with the reason in words, when the capacity is a headcount or
    under 5 FTE."""
    told = [
        {"name": "Lillehammer", "capacity": 60.0, "capacity_unit": "headcount"},
        {"name": "Sør-Fron", "capacity": 2.8, "capacity_unit": "fte"},
        {"name": "Ringebu", "capacity": 14.0, "capacity_unit": "fte"},
    ]
    said = str(reasons(told, {}))
    assert "Lillehammer har oppgitt antall ansatte, og det er noe annet enn årsverk." in said
    assert "Under fem årsverk blir et slikt tall for det meste tilfeldig: Sør-Fron (2,8)." in said
    assert "Ringebu" not in said


# -- 10 ------------------------------------------------------------------------------------------


def test_a_leader_sees_in_words_why_a_number_is_hidden_and_when_it_will_show() -> None:
    """A leader sees in words why a number is hidden and when it will show."""
    card = cards.read(cards.FOLDER / "response_rate_same_day.toml")
    hidden = {
        "state": "not_due",
        "grain": "tertial",
        "period": day("2026-09-01"),
        "part": None,
        "shown": "none",
        "reason": "awaits_lock",
        "numerator": None,
        "denominator": None,
        "denominator_band": None,
        "value": None,
        "band": None,
    }
    when = appearance(hidden, matures_after_days=30, lock_day=10, today=TODAY)
    assert cells.shown_text(hidden | when, card) == "vises tidligst i februar 2027"
    assert "når perioden er over, fristen for det som kommer sent, er ute" in cells.reason_text(
        hidden
    )
    withheld = hidden | {"state": "withheld", "reason": "audit"}
    assert "kunne vært regnet ut" in cells.reason_text(withheld)
    assert cells.shown_text(withheld, card) == "vises ikke"
