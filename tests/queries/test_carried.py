"""A number that is shown again as it was is the one that would have been counted."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence

import polars as pl
import pytest

from queries import cards, carried, contents, fitting, judge
from queries.disclosure import COOPERATION
from queries.freezing import Lock
from queries.truth import Measured

LOADED = cards.load_all()
PLACES = ("3405", "3438", "3439")
MONTHS = pl.date_range(dt.date(2024, 1, 1), dt.date(2025, 12, 1), "1mo", eager=True).to_list()
EARLY = [Lock(month, month.replace(day=28)) for month in MONTHS[:6]]
LATER = [*EARLY, Lock(MONTHS[17], MONTHS[23])]

ASKED = ("same_day_evaluation", "concrete_goals", "days_to_answer", "attestations")
"""Of each way to add up: sums of flows, the last of a stock, rows of its own, and a live one."""

STATES = ("measured", "provisional", "missing", "not_due", "not_due", "not_due", "not_member")

Values = dict[tuple[str, str, dt.date, str | None], tuple[str, int, int]]
"""By indicator, municipality, month and part: the state of the month, and the two numbers."""


def lived(luck: random.Random) -> Values:
    """A world in which most of the history is not due."""
    values: Values = {}
    for name in ASKED:
        for place in (*PLACES, COOPERATION):
            for month in MONTHS:
                for part in (None, *list(LOADED[name].parts)[:1]):
                    state = luck.choice(STATES) if month >= MONTHS[9] else "not_due"
                    values[name, place, month, part] = changed(luck, state)
    return values


def changed(luck: random.Random, state: str) -> tuple[str, int, int]:
    return state, luck.randint(0, 3), luck.randint(3, 5)


def measured(values: Values) -> dict[str, Measured]:
    """The same as the SQL gives it."""
    made = {}
    for name in ASKED:
        card = LOADED[name]
        rows, known = [], []
        for (of, place, month, part), (state, numerator, denominator) in values.items():
            if of != name:
                continue
            if place != COOPERATION or card.combine == "none":
                below = denominator if card.unit_of(part) == "share" else None
                rows.append((place, month, "month", part, numerator, below, None))
            if place != COOPERATION and part is None:
                known.append((place, month, state, MONTHS[0] if state == "measured" else None))
        schema = {column: types[0] for column, types in fitting.COLUMNS.items()}
        columns = ("municipality_id", "period", "state", "updated_on")
        types = dict(zip(columns, (pl.String, pl.Date, pl.String, pl.Date), strict=True))
        made[name] = Measured(
            pl.DataFrame(rows, schema=schema, orient="row"),
            pl.DataFrame(known, schema=types, orient="row"),
        )
    return made


def released(
    now: dict[str, Measured], still: pl.DataFrame, locks: Sequence[Lock]
) -> tuple[pl.DataFrame, int]:
    """The cells of a release, and how many of them were made anew."""
    fresh = contents._fresh(now, LOADED, locks, still)
    anew = contents.as_table(judge.judged(fresh, LOADED, still), "cells")
    beside = still.join(anew, on=contents.KEY, how="anti", nulls_equal=True)
    return pl.concat([beside, anew]).sort(contents.KEY, nulls_last=False), len(fresh)


def after(
    seed: int,
    by: Callable[[dict[str, Measured], pl.DataFrame], pl.DataFrame],
) -> tuple[pl.DataFrame, pl.DataFrame, int, int]:
    """A release after some things changed, counted whole and with what is carried over."""
    luck = random.Random(seed)
    values = lived(luck)
    nothing = contents.as_table([], "cells")
    before, _ = released(measured(values), nothing, EARLY)
    for key in luck.sample(sorted(values, key=str), luck.choice((0, 1, 5))):
        values[key] = changed(luck, luck.choice(STATES))
    now = measured(values)
    locks = luck.choice((EARLY, LATER))
    still = before.filter(pl.col("frozen_in").is_not_null())
    whole, of_all = released(now, still, locks)
    quick, of_some = released(now, pl.concat([still, by(now, before)]), locks)
    return whole, quick, of_all, of_some


def rightly(now: dict[str, Measured], before: pl.DataFrame) -> pl.DataFrame:
    return carried.carried(now, LOADED, before)


@pytest.mark.parametrize("seed", range(5))
def test_a_release_is_the_same_with_what_is_carried_over_and_without(seed: int) -> None:
    whole, quick, of_all, of_some = after(seed, rightly)
    assert quick.equals(whole)
    assert of_some < 0.8 * of_all


def test_one_that_looks_at_less_than_all_that_a_number_is_made_of_is_noticed() -> None:
    def hastily(_: dict[str, Measured], before: pl.DataFrame) -> pl.DataFrame:
        return before.filter(pl.col("frozen_in").is_null() & (pl.col("state") == "not_due"))

    found = [after(seed, hastily)[:2] for seed in range(3)]
    assert any(not quick.equals(whole) for whole, quick in found)


def test_nothing_is_carried_over_from_no_release() -> None:
    now = measured(lived(random.Random(1)))
    assert rightly(now, contents.as_table([], "cells")).is_empty()
