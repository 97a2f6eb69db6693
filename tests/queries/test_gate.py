"""What is new in a release passes the audit, or is withheld for all alike; nothing comes twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from queries import at_least, cards, combine, freezing, gate
from queries.bases import Rows, Truths
from queries.cell import Cell, CellKey
from queries.certificate import Block
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from queries.freezing import Lock
from queries.gate import BlockKey

LOADED = cards.load_all()
MONTHS = [dt.date(2026, month, 1) for month in (1, 2, 3, 4)]
JANUARY, FEBRUARY, *_ = MONTHS
PLACES = ("3405", "3436", "3438", "3439", "3440", "3441")
TABLE = {
    (place, FEBRUARY): value for place, value in zip(PLACES, (60, 30, 14, 3, 2, 4), strict=True)
}
"""With the total, 113, all is well: each of the small ones may be anything from 1 to 9."""

Values = Mapping[tuple[str, dt.date], int]
Made = tuple[list[Cell], list[Block]]


def rows(values: Values, months: Sequence[dt.date]) -> dict[str, Rows]:
    """Participants, where each municipality held one meeting or none in a month."""
    states = {(place, month): State("measured", None) for place in PLACES for month in MONTHS}
    counted, held = [], []
    for place in PLACES:
        for month in months:
            came = values.get((place, month))
            for part in (None, "dialogue_meeting"):
                counted.append(Counted(place, month, part, came or 0, None, came))
            held.append(Counted(place, month, "dialogue_meeting", came is not None, None, None))
    return {"participants": Rows(counted, states), at_least.ACTIVITIES: Rows(held, states)}


def gated(
    values: Values,
    *locks: dt.date,
    before: Mapping[CellKey, Cell] | None = None,
    certified: Mapping[BlockKey, Block] | None = None,
    number: int = 1,
    then: Values | None = None,
) -> Made:
    """A release after these months were locked, each on the tenth of the next."""
    months = MONTHS[: len(locks)]
    made = rows(values, months)
    own = made["participants"]
    states = {key: state for key, state in own.states.items() if key[1] in months}
    found = combine.cells(LOADED["participants"], own.counted, states)
    locked = [Lock(month, (month + dt.timedelta(days=32)).replace(day=10)) for month in locks]
    still = before or {}
    moving = freezing.frozen([one for one in found if one.key not in still], LOADED, locked)
    cells = [*moving, *still.values()]
    earlier = None if then is None else rows(then, months)
    return gate.gated(
        cells,
        LOADED,
        Truths(made, lambda *_: earlier),
        before or {},
        certified or {},
        number=number,
        ledger_entry=number,
    )


def shown(cells: Sequence[Cell]) -> dict[tuple[str, str, dt.date, str | None], Cell]:
    return {gate.name_of(cell): cell for cell in cells}


def test_what_gives_nobody_away_is_shown() -> None:
    cells, blocks = gated(TABLE, *MONTHS)
    assert [(block.outcome, block.has_passed) for block in blocks] == [("passed", True)]
    assert shown(cells)[COOPERATION, "month", FEBRUARY, None].shown.numerator == 113
    assert shown(cells)["3441", "tertial", JANUARY, None].shown.band == "0-9"


def test_a_total_at_the_sum_of_the_low_ends_withholds_every_municipality_for_the_same_reason() -> (
    None
):
    # Somebody came everywhere, so the low ends are 50, 20, 10 and three times 1.
    values = {
        (place, FEBRUARY): low for place, low in zip(PLACES, (50, 20, 10, 1, 1, 1), strict=True)
    }
    cells, blocks = gated(values, *MONTHS)
    assert {block.outcome for block in blocks} <= {"municipalities_withheld", "withheld"}
    told = shown(cells)
    assert {
        (
            told[place, "tertial", JANUARY, None].state,
            told[place, "tertial", JANUARY, None].shown.reason,
        )
        for place in PLACES
    } == {("withheld", "audit")}
    assert told[COOPERATION, "month", FEBRUARY, None].shown.numerator == 83


def test_a_month_that_gives_somebody_away_by_itself_is_withheld_before_its_tertial_closes() -> None:
    values = {(place, JANUARY): 5 for place in PLACES[:3]}  # 15, and ten without each: all are 5
    cells, blocks = gated(values, JANUARY)
    told = shown(cells)[COOPERATION, "month", JANUARY, None]
    assert (told.state, told.shown.reason, told.shown.numerator) == ("withheld", "audit", None)
    assert [block.has_passed for block in blocks] == [True]


def test_history_that_is_locked_at_once_shows_what_month_by_month_would_have() -> None:
    values = {**TABLE, ("3405", JANUARY): 5, ("3436", JANUARY): 5, ("3438", JANUARY): 5}
    at_once, _ = gated(values, *MONTHS)
    before: dict[CellKey, Cell] = {}
    certified: dict[BlockKey, Block] = {}
    for number in (1, 2, 3, 4):
        cells, blocks = gated(
            values, *MONTHS[:number], before=before, certified=certified, number=number
        )
        before = {cell.key: cell for cell in cells if cell.frozen_in is not None}
        certified = {(block.indicator, block.tertial): block for block in blocks}
    assert {name: cell.shown for name, cell in shown(cells).items()} == {
        name: cell.shown for name, cell in shown(at_once).items()
    }


# -- once ---------------------------------------------------------------------------------------


def test_what_was_shown_is_not_shown_anew_whatever_is_found_since() -> None:
    cells, blocks = gated(TABLE, *MONTHS)
    before = {cell.key: cell for cell in cells if cell.frozen_in is not None}
    certified = {(block.indicator, block.tertial): block for block in blocks}
    later = {**TABLE, ("3441", FEBRUARY): 30, ("3440", JANUARY): 12}
    again, same = gated(later, *MONTHS, before=before, certified=certified, number=2)
    assert shown(again) == shown(cells)
    assert same == blocks  # nothing is new, so the audit of the first release stands


def test_a_planted_cell_that_was_shown_otherwise_before_is_put_back() -> None:
    cells, blocks = gated(TABLE, *MONTHS)
    before = {cell.key: cell for cell in cells if cell.frozen_in is not None}
    key = ("participants", "3441", "tertial", JANUARY, None)
    planted = [
        replace(cell, shown=replace(cell.shown, band="20-49")) if cell.key == key else cell
        for cell in cells
    ]
    made, _ = gate.gated(
        planted,
        LOADED,
        Truths(rows(TABLE, MONTHS), lambda *_: None),
        before,
        {(block.indicator, block.tertial): block for block in blocks},
        number=2,
        ledger_entry=2,
    )
    assert shown(made)["3441", "tertial", JANUARY, None].shown.band == "0-9"


def test_a_correction_between_two_releases_is_reckoned_with() -> None:
    # February was 113 when it was shown; when the tertial closes, one of them has another number.
    first, blocks = gated(TABLE, *MONTHS[:2])
    corrected = {**TABLE, ("3441", FEBRUARY): 8}
    _, made = gated(
        corrected,
        *MONTHS,
        before={cell.key: cell for cell in first if cell.frozen_in is not None},
        certified={(block.indicator, block.tertial): block for block in blocks},
        number=2,
        then=TABLE,
    )
    assert [block.has_passed for block in made] == [True]
    entries = {gate.name_of(cell): cell.ledger_entry for cell in made[0].cells}
    assert entries[COOPERATION, "month", FEBRUARY, None] == 1
    assert entries["3441", "tertial", JANUARY, None] == 2


# -- derived ------------------------------------------------------------------------------------


def test_a_planted_value_from_the_true_counts_is_withheld() -> None:
    made = rows(TABLE, MONTHS)
    found = combine.cells(
        LOADED["participants"], made["participants"].counted, made["participants"].states
    )
    planted = [
        replace(cell, shown=replace(cell.shown, value=3.0))
        if cell.municipality_id == "3441"
        else cell
        for cell in found
    ]
    locked = freezing.frozen(planted, LOADED, [Lock(MONTHS[-1], dt.date(2026, 5, 10))])
    cells, _ = gate.gated(
        locked, LOADED, Truths(made, lambda *_: None), {}, {}, number=1, ledger_entry=1
    )
    told = shown(cells)["3441", "tertial", JANUARY, None]
    assert (told.state, told.shown.value) == ("withheld", None)


@pytest.mark.parametrize("moved", [1, 3])
def test_true_values_that_change_inside_their_bands_change_nothing_that_is_shown(
    moved: int,
) -> None:
    other = {**TABLE, ("3440", FEBRUARY): 2 + moved, ("3436", FEBRUARY): 30 - moved}
    cells, blocks = gated(TABLE, *MONTHS)
    assert gated(other, *MONTHS) == (cells, blocks)


def test_what_was_true_earlier_is_read_by_the_thread_that_makes_the_release() -> None:
    """It may hold the store: another thread would wait for it, and it for the thread, for ever."""
    asked: list[int] = []

    def earlier(entry: int, *_: dt.date) -> None:
        asked.append(entry)

    truths = Truths(rows(TABLE, MONTHS), earlier)
    card = LOADED["participants"]
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(truths.of, card, JANUARY, 7)
        assert isinstance(other.exception(), AssertionError)
        assert asked == []
        own = truths.of(card, JANUARY, 7)
        assert pool.submit(truths.of, card, JANUARY, 7).result() == own
    assert asked == [7]
