"""The matrix of commitments, asked of a small world."""

from __future__ import annotations

import polars as pl

from queries import sql
from tests.queries.commitments_opinion import Cells
from tests.queries.worlds import World, builder, horizon

ASKED = sql.FOLDER / "commitments.sql"


def commitments(made: World) -> Cells:
    """Every cell of the matrix of this world."""
    return told(sql.run(builder(made), ASKED, **horizon(made)))


def told(found: pl.DataFrame) -> Cells:
    """The same of what the question gave."""
    assert found.columns == [
        *("municipality_id", "month", "commitment", "state", "kept", "due"),
        *("settles_on", "is_open"),
    ]
    return {
        (who, month, code): ((state, kept, due), closing)
        for who, month, code, state, kept, due, *rest in found.iter_rows()
        for closing in [(rest[0], rest[1])]
    }
