"""The matrix of commitments against a second opinion, and beside the indicators of the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import find, given, settings

from queries import ask
from queries.builder import Builder
from tests.queries import random_worlds as some
from tests.queries.commitments_asked import ASKED, commitments, told
from tests.queries.commitments_opinion import COUNTERPARTS, FILES, Key, second_opinion
from tests.queries.indicators.agreement import ANY, QUIET
from tests.queries.worlds import Row, World, day, horizon

OCTOBER = day("2026-10-01")


def _none(_: object) -> list[Row]:
    return []


DAYS_THAT_MEET = [*some.HALF_A_YEAR_BEFORE, *some.COURSE_ENDS]
SENT_ON = [*some.HALF_A_YEAR_LATER, *some.COURSE_ENDS]
# Every other world holds courses alone, so that their evaluations meet them.
WORLDS = some.worlds(
    activities=some.activities("course", on=some.COURSE_ENDS),
    survey_waves=some.survey_waves("same_day", on=some.COURSE_ENDS),
    actions=_none,
    acts_locks=_none,
    acts_attestations=_none,
) | some.worlds(
    activities=some.activities(
        "course",
        "course",
        "dialogue_meeting",
        "dialogue_cafe",
        "peer_evaluation",
        "leader_team",
        "workshop",
        on=DAYS_THAT_MEET,
    ),
    survey_waves=some.survey_waves("same_day", "half_year", "other", on=SENT_ON),
    actions=some.actions,
    acts_locks=some.locks,
    acts_attestations=some.attestations,
)


@QUIET
@given(WORLDS)
def test_the_second_opinion_agrees(made: World) -> None:
    assert commitments(made) == second_opinion(made)


def test_the_second_opinion_agrees_over_the_demo_data(
    demo_tables: dict[str, pl.DataFrame],
) -> None:
    rows = World({name: table.to_dicts() for name, table in demo_tables.items()})
    builder = Builder(demo_tables)
    assert told(builder.run(ASKED, **horizon(rows))) == second_opinion(rows)
    builder.close()


def test_the_random_worlds_hold_every_state_of_every_commitment() -> None:
    seen: set[tuple[str, str]] = set()

    # More than elsewhere: the rarest of the states stands in few worlds.
    @settings(QUIET, max_examples=300)
    @given(WORLDS)
    def look(made: World) -> None:
        seen.update(
            (code, state) for (_, _, code), ((state, _, _), _) in second_opinion(made).items()
        )

    look()
    never_missing = {("file_delivered", "missing"), ("month_attested", "missing")}
    states = ("kept", "not_kept", "not_due", "missing")
    assert seen == {(code, state) for code in FILES for state in states} - never_missing


def test_a_wrong_second_opinion_is_noticed() -> None:
    def differ(made: World) -> bool:
        forgetful = World(made | {"current_actions": []})
        return commitments(made) != second_opinion(forgetful)

    find(WORLDS, differ, settings=ANY)


def contradictions(cells: pl.DataFrame, matrix: pl.DataFrame) -> list[Key]:
    """Where a cell of the matrix and the indicator of the same stand still and differ."""
    number = {
        (row["municipality_id"], row["period"], row["indicator"]): row
        for row in cells.filter(pl.col("part").is_null() & (pl.col("grain") == "month")).to_dicts()
        if row["frozen_in"] is not None
    }
    found = []
    for row in matrix.filter(pl.col("frozen_in").is_not_null()).to_dicts():
        who, month, code = row["municipality_id"], row["month"], row["commitment"]
        beside = number.get((who, month, COUNTERPARTS.get(code, code)))
        if beside is None:
            continue
        counts = (row["kept"], row["due"])
        if code == "leader_present":
            # The matrix counts meetings, the indicator whether the leader was at all of them.
            counts = (int(row["state"] == "kept"), int(row["due"] > 0))
        if counts != (beside["numerator"], beside["denominator"]):
            found.append((who, month, code))
    return found


def test_no_cell_of_the_matrix_contradicts_the_indicator_of_its_month(demo_store: Path) -> None:
    cells, matrix = ask.ask("cells", store=demo_store), ask.ask("commitments", store=demo_store)
    assert contradictions(cells, matrix) == []
    both = pl.col("frozen_in").is_not_null()
    # Something stands still in every column that has an indicator, and a lock freezes both.
    still = matrix.filter(both & pl.col("state").is_in(["kept", "not_kept"]))
    assert set(still["commitment"]) >= set(COUNTERPARTS)
    beside = matrix.with_columns(
        indicator=pl.col("commitment").replace_strict(COUNTERPARTS, default=None)
    ).join(
        cells.filter(pl.col("part").is_null()),
        left_on=["municipality_id", "month", "indicator"],
        right_on=["municipality_id", "period", "indicator"],
    )
    assert beside.height
    assert (beside["frozen_in"].is_null() == beside["frozen_in_right"].is_null()).all()


def test_a_contradiction_is_found() -> None:
    held: Row = {"municipality_id": "3441", "frozen_in": OCTOBER}
    cell = held | {"period": OCTOBER, "indicator": "told_back", "part": None, "grain": "month"}
    cells = pl.DataFrame([cell | {"numerator": 0.0, "denominator": 1.0}])
    row = held | {"month": OCTOBER, "commitment": "told_back", "state": "not_kept"}
    assert contradictions(cells, pl.DataFrame([row | {"kept": 0, "due": 1}])) == []
    planted = pl.DataFrame([row | {"state": "not_due", "kept": 0, "due": 0}])
    assert contradictions(cells, planted) == [("3441", OCTOBER, "told_back")]
