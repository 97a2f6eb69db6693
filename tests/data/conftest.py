"""What the tests of data share: what a small store knows, a file taken in, rows and stores."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import settings

from data import contract, mapping_tables, people, store, uploads
from data.coverage import Coverage
from data.intake import Intake, take_in
from data.known import Known, KnownWave
from data.people import LOCAL
from data.receipts import Receipt
from data.store import Store
from data.uploads import Upload

# The same examples every time, and no stop-watch: these machines are shared.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=25)
settings.load_profile("steady")

BAD = Path(__file__).parent / "bad"
REAL = Path(__file__).parents[2].parent / "shared" / "real"
TODAY = dt.date(2026, 11, 12)


@pytest.fixture
def known() -> Known:
    """The six municipalities and one wave of Ringebu."""
    return Known(
        municipalities={
            "3405": "Lillehammer",
            "3441": "Gausdal",
            "3440": "Øyer",
            "3439": "Ringebu",
            "3438": "Sør-Fron",
            "3436": "Nord-Fron",
        },
        waves={"U-2026-001": KnownWave("3439", dt.date(2026, 1, 5))},
    )


@pytest.fixture
def taken(known: Known) -> Callable[..., Intake]:
    """A file taken in by the regional coordinator, with the shipped mappings."""

    def take(raw: bytes | str, name: str = "fil.csv", **more: Any) -> Intake:
        facts: dict[str, Any] = {
            "store_knows": known,
            "mappings": mapping_tables.shipped(),
            "who": people.LOCAL,
            "today": TODAY,
        }
        raw = raw.encode("cp1252") if isinstance(raw, str) else raw
        return take_in(raw, name, **(facts | more))

    return take


@pytest.fixture
def real() -> Path:
    """The folder of real exports; the test is skipped where it is absent."""
    if not REAL.is_dir():
        pytest.skip("the real files are not here")
    return REAL


# -- rows and stores ----------------------------------------------------------------------------

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
OCTOBER = dt.date(2026, 10, 1)
NAMES = {
    "3405": "Lillehammer",
    "3436": "Nord-Fron",
    "3438": "Sør-Fron",
    "3439": "Ringebu",
    "3440": "Øyer",
    "3441": "Gausdal",
}

Rows = dict[str, Any]
Typed = Callable[..., pl.DataFrame]
Prepared = Callable[..., Upload]
Put = Callable[..., Receipt]


def _typed(kind: str, *rows: Rows) -> pl.DataFrame:
    columns = {column.name: POLARS[column.type] for column in contract.load(kind).columns}
    assert all(set(row) <= set(columns) for row in rows)
    whole = [{name: row.get(name) for name in columns} for row in rows]
    frame = pl.DataFrame(whole, schema=columns, orient="row")
    return frame.with_columns(pl.Series("line", range(2, len(rows) + 2), pl.Int32))


def _covers(kind: str, municipalities: Iterable[str], months: Iterable[dt.date]) -> Coverage:
    return frozenset((kind, place, month) for place in municipalities for month in months)


def _prepared(
    kind: str,
    *rows: Rows,
    municipalities: Iterable[str] | None = None,
    months: Iterable[dt.date] = (OCTOBER,),
    **more: Any,
) -> Upload:
    frame = _typed(kind, *rows)
    owner = contract.load(kind).municipality_column
    if municipalities is None:
        municipalities = sorted(set(frame[owner])) if owner else ["3439"]
    text = frame.with_columns(pl.col(pl.List(pl.String)).list.join(";"))
    raw = more.pop("raw", None) or text.write_csv().encode()
    covers = _covers(kind, municipalities, tuple(months))
    name, digest = f"{kind}.csv", hashlib.sha256(raw).hexdigest()
    return Upload(name, raw, digest, {kind: frame}, covers, **more)


@pytest.fixture
def typed() -> Typed:
    """typed(kind, row, row, …): every column of the contract, and lines counted from 2."""
    return _typed


@pytest.fixture
def prepared() -> Prepared:
    """prepared(kind, row, …): an upload that covers its municipalities for October 2026.

    `municipalities` and `months` change what it covers; everything else goes into the upload.
    """
    return _prepared


def _put(folder: Path, kind: str, *rows: Rows, **more: Any) -> Receipt:
    who, at = more.pop("who", LOCAL), more.pop("at", None)
    with store.opened(folder) as opened:
        return uploads.commit(opened, _prepared(kind, *rows, **more), who, at=at)


@pytest.fixture(scope="session")
def prepare_once() -> Prepared:
    """The same, for tests that Hypothesis runs many times."""
    return _prepared


@pytest.fixture
def put() -> Put:
    """put(folder, kind, row, …): the same, stored; `who` and `at` say by whom and when."""
    return _put


@pytest.fixture(scope="module")
def put_once() -> Put:
    """The same, for a store that a whole module shares."""
    return _put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an empty store."""
    store.create(tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The folder of an empty demo store, whose clock stands at 12 November 2026."""
    store.create(tmp_path / "demo", demo_today=dt.date(2026, 11, 12))
    return tmp_path / "demo"


@pytest.fixture
def peopled(demo: Path, put: Put) -> Path:
    """The same with the six municipalities and a list of actions of each for October 2026."""
    put(
        demo,
        "municipalities",
        *(
            {
                "municipality_id": number,
                "name": name,
                "joined_on": dt.date(2018, 11, 1),
                "joined_precision": "month",
            }
            for number, name in NAMES.items()
        ),
    )
    put(demo, "actions", municipalities=NAMES)
    return demo


@pytest.fixture(scope="session")
def deciding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo store with two municipalities, of which Ringebu has an action and some feedback."""
    folder = tmp_path_factory.mktemp("deciding") / "demo"
    store.create(folder, demo_today=TODAY)
    _put(folder, "municipalities", *({"municipality_id": n, "name": NAMES[n]} for n in DECIDING))
    action = {"action_id": "T-1", "municipality": "3439", "title": "Skilt", "status": "open"}
    _put(folder, "actions", action | {"opened_on": dt.date(2026, 9, 1)})
    _put(folder, "feedback", {"feedback_id": "I-1", "municipality": "3439"})
    return folder


DECIDING = ("3439", "3440")


@pytest.fixture
def opened(deciding: Path) -> Iterator[Store]:
    """The same, and nothing of what a test does stays."""
    with store.opened(deciding) as it, it.rehearsal():
        yield it
