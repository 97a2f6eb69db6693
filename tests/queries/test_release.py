"""A release: made from the store, written once, swapped in whole, and never with a raw answer."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from data import acts, contract, receipts, settings, snapshot, store, undo, uploads
from data.disk import DiskRefusedError
from data.people import LOCAL
from data.uploads import Upload
from queries import ask, builder, cards, certificate, contents, release, sql, truth

TODAY = dt.date(2026, 11, 12)
NAMES = {
    "3405": "Lillehammer",
    "3436": "Nord-Fron",
    "3438": "Sør-Fron",
    "3439": "Ringebu",
    "3440": "Øyer",
    "3441": "Gausdal",
}
POLARS = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "moment": pl.Datetime,
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    return pl.date_range(first, last, "1mo", eager=True).to_list()


SPRING_TO_OCTOBER = months(dt.date(2026, 1, 1), dt.date(2026, 10, 1))


def put(folder: Path, kind: str, rows: list[dict[str, Any]], covered: list[dt.date]) -> int:
    """Store rows of a kind for all six, and give the upload's number."""
    columns = {column.name: POLARS[column.type] for column in contract.load(kind).columns}
    whole = [{name: row.get(name) for name in columns} for row in rows]
    table = pl.DataFrame(whole, schema=columns, orient="row").with_row_index("line", 2)
    raw = repr((kind, rows, covered)).encode()
    covers = frozenset((kind, place, month) for place in NAMES for month in covered)
    upload = Upload(
        f"{kind}.csv",
        raw,
        hashlib.sha256(raw).hexdigest(),
        {kind: table.with_columns(pl.col("line").cast(pl.Int64))},
        covers,
    )
    with store.opened(folder) as opened:
        return uploads.commit(opened, upload, LOCAL).upload_id


def meeting(name: str, place: str, day: dt.date, users: int) -> dict[str, Any]:
    return {
        "activity_id": name,
        "municipality": place,
        "kind": "dialogue_meeting",
        "ends_on": day,
        "users": users,
        "relatives": 0,
    }


@pytest.fixture(scope="module")
def unreleased(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo store with the six, and dialogue meetings in January and September."""
    folder = tmp_path_factory.mktemp("unreleased")
    store.create(folder, demo_today=TODAY)
    put(
        folder,
        "municipalities",
        [
            {
                "municipality_id": number,
                "name": name,
                "joined_on": dt.date(2018, 11, 1),
                "joined_precision": "month",
            }
            for number, name in NAMES.items()
        ],
        SPRING_TO_OCTOBER,
    )
    held = [
        meeting(f"a-{place}-{month}", place, dt.date(2026, month, 14), users=6 + index)
        for index, place in enumerate(NAMES)
        for month in (1, 9)
    ]
    put(folder, "activities", held, SPRING_TO_OCTOBER)
    return folder


@pytest.fixture(scope="module")
def made(unreleased: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, released."""
    folder = Path(shutil.copytree(unreleased, tmp_path_factory.mktemp("made") / "store"))
    release.bring_up_to_date(folder)
    return folder


@pytest.fixture(scope="module")
def made_and_locked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store, its October locked two days before, with the release of the lock."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("locked") / "store"))
    lock(folder, OCTOBER, at("2026-11-10"))
    release.bring_up_to_date(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the store to write in, with its release."""
    return Path(shutil.copytree(made, tmp_path / "store"))


@pytest.fixture
def locked(made_and_locked: Path, tmp_path: Path) -> Path:
    """A copy of the store whose October is locked."""
    return Path(shutil.copytree(made_and_locked, tmp_path / "locked"))


def cell(folder: Path, indicator: str, place: str, grain: str, period: dt.date) -> dict[str, Any]:
    found = ask.ask("cells", store=folder).filter(
        (pl.col("indicator") == indicator)
        & (pl.col("municipality_id") == place)
        & (pl.col("grain") == grain)
        & (pl.col("period") == period)
        & pl.col("part").is_null()
    )
    assert found.height == 1, found
    return found.row(0, named=True)


def lock(folder: Path, month: dt.date, at: dt.datetime | None = None) -> None:
    with store.opened(folder) as opened:
        acts.lock(opened, LOCAL, month, at=at)


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T08:00:00")


JANUARY, SEPTEMBER, OCTOBER = dt.date(2026, 1, 1), dt.date(2026, 9, 1), dt.date(2026, 10, 1)


def test_what_is_not_about_persons_is_live_at_once(folder: Path) -> None:
    release.bring_up_to_date(folder)
    found = cell(folder, "activities_held", "3439", "month", SEPTEMBER)
    assert (found["state"], found["value"], found["frozen_in"]) == ("measured", 1, None)


def test_a_month_without_rows_is_zero_and_one_not_delivered_is_missing(folder: Path) -> None:
    release.bring_up_to_date(folder)
    assert cell(folder, "activities_held", "3439", "month", OCTOBER)["value"] == 0
    found = cell(folder, "open_actions", "3439", "month", OCTOBER)
    assert (found["state"], found["value"]) == ("missing", None)


def test_persons_wait_for_the_lock(folder: Path) -> None:
    release.bring_up_to_date(folder)
    found = cell(folder, "participants", "cooperation", "month", SEPTEMBER)
    assert (found["state"], found["reason"], found["value"]) == ("not_due", "awaits_lock", None)


def test_after_the_lock_the_cooperation_shows_a_month_and_a_municipality_its_tertial(
    locked: Path,
) -> None:
    together = cell(locked, "participants", "cooperation", "month", SEPTEMBER)
    assert (together["shown"], together["value"]) == ("exact", 6 + 7 + 8 + 9 + 10 + 11)
    alone = cell(locked, "participants", "3439", "tertial", JANUARY)
    assert (alone["shown"], alone["band"], alone["numerator"]) == ("band", "0-9", None)
    still_open = cell(locked, "participants", "3439", "tertial", SEPTEMBER)
    assert (still_open["state"], still_open["reason"]) == ("not_due", "awaits_lock")


def test_a_released_number_about_persons_never_changes(locked: Path) -> None:
    before = cell(locked, "participants", "cooperation", "month", SEPTEMBER)
    put(locked, "activities", [meeting("late", "3439", dt.date(2026, 9, 20), 30)], [SEPTEMBER])
    release.bring_up_to_date(locked)
    assert cell(locked, "participants", "cooperation", "month", SEPTEMBER) == before


def test_a_released_number_stays_when_the_upload_is_undone(locked: Path) -> None:
    before = cell(locked, "participants", "cooperation", "month", SEPTEMBER)
    with store.opened(locked) as opened:
        activities = receipts.newest_first(opened)[0].upload_id
        undo.withdraw(opened, activities, LOCAL)
    release.bring_up_to_date(locked)
    assert cell(locked, "participants", "cooperation", "month", SEPTEMBER) == before
    assert cell(locked, "activities_held", "3439", "month", SEPTEMBER)["frozen_in"] == OCTOBER


def test_a_locked_month_is_frozen_and_keeps_its_release(locked: Path) -> None:
    first = ask.current_release(locked)
    put(locked, "activities", [meeting("late", "3439", dt.date(2026, 10, 20), 3)], [OCTOBER])
    second = release.bring_up_to_date(locked)
    assert second == first + 1
    # It is not about persons, and is corrected: what was locked stays in its release.
    assert cell(locked, "activities_held", "3439", "month", OCTOBER)["value"] == 1
    of_lock = ask.ask("cells", store=locked, release=first).filter(
        pl.col("part").is_null(),
        indicator="activities_held",
        municipality_id="3439",
        period=OCTOBER,
    )
    assert of_lock["value"].to_list() == [0]
    listed = ask.ask("months", store=locked)
    kept = listed.filter(pl.col("month") == OCTOBER)["lock_release"].to_list()
    assert kept == [first]
    assert ask.ask("cells", store=locked, release=first).height


def test_a_missing_month_that_is_delivered_after_the_lock_shows_at_once(locked: Path) -> None:
    put(locked, "actions", [], SPRING_TO_OCTOBER)
    release.bring_up_to_date(locked)
    found = cell(locked, "open_actions", "3439", "month", OCTOBER)
    assert (found["state"], found["value"]) == ("measured", 0)


def test_nothing_new_makes_no_release(folder: Path) -> None:
    first = release.bring_up_to_date(folder)
    assert release.bring_up_to_date(folder) == first


def test_a_store_may_be_named_from_where_one_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    assert release.bring_up_to_date(Path(folder.name)) == ask.current_release(folder)
    assert ask.ask("cells", store=folder).height == ask.ask("cells", store=Path("store")).height


def test_a_release_that_was_cut_off_is_made_again(folder: Path) -> None:
    first = release.bring_up_to_date(folder)
    put(folder, "actions", [], SPRING_TO_OCTOBER)
    left = folder / ask.RELEASES / f".{first + 1:06d}.1.part"
    left.write_bytes(b"half")
    second = release.bring_up_to_date(folder)
    assert ask.ask("release", store=folder).row(0, named=True)["number"] == second


@pytest.mark.parametrize("where", ["the file", "the certificate"])
def test_a_full_disk_leaves_nothing_of_a_release(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    release.bring_up_to_date(folder)
    put(folder, "actions", [], SPRING_TO_OCTOBER)
    before = {path.name for path in (folder / ask.RELEASES).iterdir()}

    def half(path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise duckdb.IOException(f'Could not write file "{path}": No space left on device')

    def none(*_: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    with monkeypatch.context() as full:
        if where == "the file":
            full.setattr(sql, "write_file", half)
        else:
            full.setattr(certificate, "write", none)
        with pytest.raises(DiskRefusedError) as refused:
            release.bring_up_to_date(folder)
    assert refused.value.code == "disk_full"
    assert {path.name for path in (folder / ask.RELEASES).iterdir()} == before
    # Once there is room it is made.
    assert release.bring_up_to_date(folder) == 2


def test_two_readers_at_once_have_one_release_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release.bring_up_to_date(folder)
    put(folder, "actions", [], SPRING_TO_OCTOBER)
    made: list[int] = []
    compute = release.compute

    def counted(*given: Any) -> release.Release:
        made.append(threading.get_ident())
        return compute(*given)

    monkeypatch.setattr(release, "compute", counted)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(release.bring_up_to_date, [folder] * 4)) == {first + 1}
    assert len(made) == 1
    assert not list((folder / ask.RELEASES).glob("*.part"))
    assert not ask.ask("cells", store=folder).is_empty()


def test_two_threads_that_write_the_same_release_do_not_write_the_same_file(
    folder: Path, tmp_path_factory: Any
) -> None:
    with store.opened(folder) as opened:
        taken, about = snapshot.taken(opened), opened.about
    beside = tmp_path_factory.mktemp("beside")
    both = [release.compute(taken, about, beside) for _ in range(2)]
    at_once = threading.Barrier(2)

    def written(one: release.Release) -> Path:
        at_once.wait(timeout=60)
        return one.write_beside(beside)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(written, both)
    assert first != second
    assert sql.run(sql.reader(first), sql.FOLDER / "asked" / "cells.sql").height == (
        sql.run(sql.reader(second), sql.FOLDER / "asked" / "cells.sql").height
    )


def test_equal_stores_give_equal_content(folder: Path, tmp_path_factory: Any) -> None:
    release.bring_up_to_date(folder)
    with store.opened(folder) as opened:
        taken, about = snapshot.taken(opened), opened.about
    again = release.compute(taken, about, tmp_path_factory.mktemp("empty"))
    told = ask.ask("release", store=folder).row(0, named=True)
    assert contents.content_hash(again.tables) == told["content_hash"]


ALLOWED = {
    table: set(columns) for table, columns in sql.schema_of(sql.FOLDER / "release.sql").items()
}
ABOUT_PERSONS = {"answer_id", "value", "users", "relatives", "asked", "answered", "question"}


def columns_in(path: Path) -> dict[str, set[str]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name from information_schema.columns"
        ).fetchall()
    tables: dict[str, set[str]] = {}
    for table, column in found:
        tables.setdefault(table, set()).add(column)
    return tables


def test_a_release_file_holds_the_allowed_tables_and_columns_and_nothing_else(
    folder: Path,
) -> None:
    # Asked for by its place alone: who has opened it as a reader does not open it otherwise.
    assert columns_in(ask.file_of(folder, ask.current_release(folder))) == ALLOWED


def test_the_allow_list_itself_names_nothing_about_a_person() -> None:
    written = {
        "release", "months", "municipalities", "services", "cells", "commitments", "deliveries",
        "actions", "courses", "seats", "recommendations", "attestations", "decisions",
        "anchoring", "verdicts", "deviations", "deviation_turns", "data_quality",
        "month_versions", "corrections", "decision_turns", "meetings",
    }  # fmt: skip
    assert set(ALLOWED) == written
    for table, columns in ALLOWED.items():
        forbidden = columns & ABOUT_PERSONS
        assert forbidden <= ({"value"} if table == "cells" else set()), table


def test_a_planted_extra_table_is_refused_before_it_is_written(tmp_path: Path) -> None:
    tables = {name: pl.DataFrame() for name in ALLOWED}
    with pytest.raises(sql.SqlFileError, match="survey_answers"):
        sql.write_file(
            tmp_path / "x.duckdb", contents.SCHEMA, {**tables, "survey_answers": pl.DataFrame()}
        )


def test_a_reader_can_neither_write_nor_reach_a_file(folder: Path) -> None:
    number = release.bring_up_to_date(folder)
    reader = sql.reader(ask.file_of(folder, number))
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        reader.execute("delete from cells")
    with pytest.raises(duckdb.PermissionException):
        reader.execute(f"select * from read_csv('{folder / 'about.json'}')")
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        reader.execute("set enable_external_access = true")


def test_a_month_that_nobody_locked_by_its_lock_day_locks_itself(folder: Path) -> None:
    about = folder / settings.ABOUT_FILE
    facts = json.loads(about.read_text(encoding="utf-8"))
    # August had not ended then; today, 12 November, the lock day of October is two days ago.
    about.write_text(json.dumps(facts | {"made_on": "2026-08-31"}), encoding="utf-8")
    release.bring_up_to_date(folder)
    months = ask.ask("months", store=folder).filter(pl.col("locked_at").is_not_null())
    assert months["month"].to_list() == [dt.date(2026, 8, 1), SEPTEMBER, OCTOBER]
    assert cell(folder, "activities_held", "3439", "month", SEPTEMBER)["frozen_in"] == SEPTEMBER


def test_a_store_that_is_older_than_its_release_is_noticed(folder: Path, tmp_path: Path) -> None:
    release.bring_up_to_date(folder)
    older = tmp_path / "older"
    shutil.copyfile(folder / store.STORE_FILE, older)
    lock(folder, SEPTEMBER)
    number = release.bring_up_to_date(folder)
    shutil.copyfile(older, folder / store.STORE_FILE)
    # What the release froze is not remembered in the older store; that it lacks entries is seen.
    with pytest.raises(store.RefusedError) as refused:
        release.bring_up_to_date(folder)
    assert refused.value.code == "entries_lost"
    assert refused.value.facts["release"] == number
    assert refused.value.facts["entry"] == refused.value.facts["held"] + 1


def test_a_quiet_store_ends_with_its_last_delivered_month() -> None:
    delivered = pl.DataFrame({"month": [dt.date(2024, 2, 1), dt.date(2024, 4, 1)]})
    horizon = truth.horizon(delivered, [], TODAY)
    assert horizon == (dt.date(2024, 2, 1), dt.date(2024, 4, 1))
    # Its tertial may end with months that nobody delivered; they are there once they are locked.
    june = dt.date(2024, 6, 1)
    assert truth.horizon(delivered, [june], TODAY) == (dt.date(2024, 2, 1), june)


def test_a_locked_month_stays_also_where_all_of_it_was_withdrawn() -> None:
    delivered = pl.DataFrame({"month": [SEPTEMBER]})
    assert truth.horizon(delivered, [JANUARY], TODAY) == (JANUARY, OCTOBER)
    assert truth.horizon(delivered.clear(), [JANUARY], TODAY) == (JANUARY, OCTOBER)
    assert truth.horizon(delivered.clear(), [], TODAY) == (OCTOBER, OCTOBER)


def test_a_living_store_goes_through_the_last_month_that_has_ended() -> None:
    delivered = pl.DataFrame({"month": [dt.date(2025, 11, 1), dt.date(2026, 8, 1)]})
    assert truth.horizon(delivered, [], TODAY) == (dt.date(2025, 11, 1), OCTOBER)


def test_a_release_of_an_earlier_version_is_made_anew_and_stays_to_be_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release.bring_up_to_date(folder)
    assert release.bring_up_to_date(folder) == first
    # The program has learnt to tell more since: the release lacks a table, or a column.
    newer = tmp_path / "release.sql"
    newer.write_text(
        contents.SCHEMA.read_text(encoding="utf-8") + "\ncreate table later (thing varchar);\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(ask, "SCHEMA", newer)
    ask._has_columns.cache_clear()
    with pytest.raises(ask.OutdatedReleaseError):
        ask.ask("cells", store=folder)
    assert ask.ask("cells", store=folder, release=first).height > 0
    assert release.bring_up_to_date(folder) == first + 1
    ask._has_columns.cache_clear()


def test_a_new_day_makes_a_new_release_and_the_same_day_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release.bring_up_to_date(folder)
    assert release.bring_up_to_date(folder) == first
    monkeypatch.setattr(settings, "today", lambda _folder=None: TODAY + dt.timedelta(days=1))
    assert release.bring_up_to_date(folder) == first + 1
    assert release.bring_up_to_date(folder) == first + 1
    # A clock that goes back is nobody's new day.
    monkeypatch.setattr(settings, "today", lambda _folder=None: TODAY)
    assert release.bring_up_to_date(folder) == first + 1


def test_what_was_made_ready_is_not_asked_again_after_an_upload(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = sql.run

    def noted(connection: sql.Connection, path: Path, **parameters: object) -> pl.DataFrame:
        if path.parent.name == "indicators":
            asked.append(path.stem)
        return run(connection, path, **parameters)

    monkeypatch.setattr(builder, "_remembered", builder._Remembered())
    monkeypatch.setattr(sql, "run", noted)
    number = ask.current_release(folder)
    release.make_ready(folder)
    assert set(asked) == set(cards.load_all())
    assert ask.current_release(folder) == number
    asked.clear()
    row = {"seat_id": "P-1", "municipality": "3439", "body_id": "R-1", "body": "Rådet"}
    put(folder, "seats", [{**row, "body_kind": "council"}], [OCTOBER])
    release.bring_up_to_date(folder)
    assert "seats_filled" in asked
    assert "activities_held" not in asked


def test_nothing_is_made_ready_of_what_is_not_released_yet(
    unreleased: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "compute", lambda *_: pytest.fail("it was computed"))
    release.make_ready(unreleased)
