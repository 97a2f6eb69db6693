"""What is remembered is what would be answered anew, whatever changed since it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import polars as pl
import pytest

from queries import builder, cards, sql
from queries.builder import MADE, Builder
from tests.queries import random_worlds as some
from tests.queries import worlds
from tests.queries.worlds import Row, World, day, everything_covered, frame, horizon, schemas

TABLES = {
    "current_actions": some.actions,
    "current_activities": some.activities("dialogue_meeting", "course", "user_panel"),
    "current_survey_waves": some.survey_waves("same_day", "half_year"),
    "current_seats": some.seats,
    "current_goals": some.goals,
    "acts_attestations": some.attestations,
    "acts_locks": some.locks,
}
"""What is drawn anew for each world, table by table."""

OPEN = cards.load_all()["open_actions"].path
STATES = sql.FOLDER / "states.sql"
HELD = cards.load_all()["activities_held"].path


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that DuckDB was asked, of a process that remembers nothing yet."""
    seen: list[str] = []
    run = sql.run

    def noted(connection: sql.Connection, path: Path, **parameters: object) -> pl.DataFrame:
        seen.append(path.stem)
        return run(connection, path, **parameters)

    monkeypatch.setattr(builder, "_remembered", builder._Remembered())
    monkeypatch.setattr(sql, "run", noted)
    return seen


def of(made: World) -> Builder:
    """The production's builder over a world."""
    return Builder({table: frame(table, made.get(table, [])) for table in schemas()})


def world(seed: int) -> World:
    """A random world of all that is drawn here."""
    drawn = Random(seed)
    return filled({table: make(drawn) for table, make in TABLES.items()})


def filled(tables: Mapping[str, list[Row]]) -> World:
    """A world of these rows in which everything is delivered."""
    made = worlds.world(
        some.FIRST, some.LAST, day("2025-04-14"), municipalities=some.MUNICIPALITIES, **tables
    )
    made["coverage"] = everything_covered(made)
    return made


def everything(over: Builder, made: World) -> dict[str, pl.DataFrame]:
    """Every indicator, the states and the commitments."""
    files = [card.path for card in cards.load_all().values()]
    files += [sql.FOLDER / "states.sql", sql.FOLDER / "commitments.sql"]
    found = over.run_all([(path, horizon(made)) for path in files])
    return {path.stem: rows for path, rows in zip(files, found, strict=True)}


def anew(made: World, stem: str) -> pl.DataFrame:
    """The answer of a database in which nothing is remembered and every clean table is a view."""
    folder = sql.FOLDER if stem in ("states", "commitments") else cards.FOLDER
    return sql.run(worlds.builder(made), folder / f"{stem}.sql", **horizon(made))


def in_any_order(rows: pl.DataFrame) -> list[str]:
    return sorted(map(str, rows.rows()))


def differences(earlier: World, later: World) -> list[str]:
    """What a process that knows the earlier world answers otherwise of the later one."""
    everything(of(earlier), earlier)
    told = everything(of(later), later)
    return [
        stem for stem, rows in told.items() if in_any_order(rows) != in_any_order(anew(later, stem))
    ]


def test_a_table_that_changed_changes_every_answer_that_rests_on_it() -> None:
    held = {name: world(1)[name] for name in TABLES}
    for table in ("current_actions", "current_survey_waves", "acts_attestations"):
        earlier = filled(held)
        held[table] = world(2)[table]
        assert differences(earlier, filled(held)) == [], table


def test_a_table_that_is_forgotten_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Builder._digest
    monkeypatch.setattr(
        Builder,
        "_digest",
        lambda self, table: b"" if table == "clean_actions" else honest(self, table),
    )
    held = {name: world(1)[name] for name in TABLES}
    later = filled({**held, "current_actions": world(2)["current_actions"]})
    of(filled(held)).run(OPEN, **horizon(later))
    assert in_any_order(of(later).run(OPEN, **horizon(later))) != in_any_order(
        anew(later, OPEN.stem)
    )


def test_what_was_asked_of_the_same_rows_is_not_asked_again(asked: list[str]) -> None:
    first = world(1)
    everything(of(first), first)
    asked.clear()
    everything(of(first), first)
    assert asked == []


def test_only_what_reads_the_changed_table_is_asked_again(asked: list[str]) -> None:
    first = world(1)
    for made in (first, World({**first, "current_actions": world(2)["current_actions"]})):
        asked.clear()
        of(made).run_all([(OPEN, horizon(made)), (HELD, horizon(made))])
    assert asked == ["actions", "open_actions"]


def test_a_change_that_comes_to_nothing_is_asked_no_further(asked: list[str]) -> None:
    made = world(1)
    of(made).run(HELD, **horizon(made))
    asked.clear()
    # The upload it came with is none of the columns of clean/.
    rows = [{**row, "upload_id": 7} for row in made["current_activities"]]
    of(World({**made, "current_activities": rows})).run(HELD, **horizon(made))
    assert asked == ["activities"]


def test_other_parameters_are_another_question(asked: list[str]) -> None:
    made = world(1)
    first, last = horizon(made)["first_month"], horizon(made)["last_month"]
    of(made).run(STATES, first_month=first, last_month=last)
    asked.clear()
    of(made).run(STATES, first_month=last, last_month=last)
    assert asked == ["states"]


def test_rows_that_are_added_are_in_what_is_made_of_them() -> None:
    made = world(1)
    over = of(made)
    before = over.table("clean_suggestions").height
    row = {"rule": "seat_vacant", "municipality_id": "3439", "row_key": "B-1"}
    over.add(
        "suggestions",
        frame("suggestions", [{**row, "since_on": day("2025-01-01"), "about": "Rådet"}]),
    )
    assert over.table("clean_suggestions").height == before + 1
    assert "B-1" in over.table("clean_deviations")["row_key"]


def test_a_table_is_the_same_whether_it_was_made_or_remembered() -> None:
    made = world(1)
    kinds = []
    for _ in range(2):
        over = of(made)
        for table in MADE:
            over._put(table)
        found = over._connection.execute(
            "select table_name, column_name, data_type from duckdb_columns()"
            " where table_name like 'clean_%' or table_name like 'common_%' order by all"
        )
        kinds.append(found.fetchall())
    views = worlds.builder(made).execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where table_name like 'clean_%' or table_name like 'common_%' order by all"
    )
    assert kinds[0] == kinds[1] == views.fetchall()


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    remembered = builder._Remembered()
    large = pl.DataFrame({"n": pl.int_range(builder.REMEMBERED_BYTES // 20, eager=True)})
    remembered.put(b"first", large)
    remembered.put(b"second", large)
    assert remembered.get(b"first") is not None
    remembered.put(b"third", large)
    assert remembered.get(b"second") is None
    assert remembered.get(b"first") is not None
    assert remembered.get(b"third") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([None, "a"], ["", "a"]),
        (["a", "b"], ["b", "a"]),
        ([["a"], ["b", "c"]], [["a", "b"], ["c"]]),
        ([[], None], [None, []]),
    ],
)
def test_values_that_differ_have_another_hash(one: list[object], other: list[object]) -> None:
    kind = pl.List(pl.String) if any(isinstance(value, list) for value in one) else pl.String
    hashes = {
        builder._digest_of(pl.DataFrame({"v": values}, schema={"v": kind}))
        for values in (one, other)
    }
    assert len(hashes) == 2


def test_what_lies_under_a_null_is_nothing() -> None:
    days = pl.Series("v", [1, 2], pl.Int32)
    hidden = pl.DataFrame({"v": pl.select(pl.when(days > 1).then(days)).to_series()})
    plain = pl.DataFrame({"v": [None, 2]}, schema={"v": pl.Int32})
    assert builder._digest_of(hidden.rename({hidden.columns[0]: "v"})) == builder._digest_of(plain)


def test_an_answer_that_does_not_fit_is_not_remembered(asked: list[str]) -> None:
    made = world(1)

    def never(path: Path, _rows: pl.DataFrame) -> None:
        raise ValueError(path.stem)

    for _ in range(2):
        with pytest.raises(ValueError, match="open_actions"):
            of(made).run_all([(OPEN, horizon(made))], never)
    assert asked.count("open_actions") == 2
    of(made).run(OPEN, **horizon(made))
    of(made).run_all([(OPEN, horizon(made))], never)
