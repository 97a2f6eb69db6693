"""How fast and how small a big file is loaded, beside DuckDB's own reading of the same file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import answers_file
from measured import HERE, Line, child, in_turn, median, ratio_in_turn

from data import delivery, store, uploads
from data.people import LOCAL

MEGABYTE = 1_000_000


def lines(folder: Path, times: int) -> Iterator[Line]:
    """Rows per second and memory, of the load itself and of the whole command."""
    path, empty = folder / "svar.csv", folder / "empty"
    answers_file.write(path)
    _prepare(empty)

    def fresh() -> Path:
        shutil.rmtree(folder / "store", ignore_errors=True)
        return Path(shutil.copytree(empty, folder / "store"))

    found = in_turn(
        times,
        {
            "ours": lambda: child(folder, HERE / "child_load.py", fresh(), path).said,
            "duckdb": lambda: (
                child(folder, HERE / "child_read_csv.py", folder / "beside.duckdb", path).said
            ),
        },
    )
    ours, theirs = found["ours"], found["duckdb"]
    size = path.stat().st_size
    in_cpu = ratio_in_turn([one["cpu"] for one in theirs], [one["cpu"] for one in ours])
    seconds = median([one["seconds"] for one in ours])
    yield Line(
        "load",
        f"{answers_file.ROWS:,} svar fra bytes til lagrede rader".replace(",", " "),
        seconds,
        "s",
        median([one["seconds"] for one in theirs]),
        "DuckDBs read_csv til en tabell",
        ratio_in_turn([one["seconds"] for one in theirs], [one["seconds"] for one in ours]),
        0.5,
        "least",
        note=f"{answers_file.ROWS / seconds / 1000:.0f} 000 rader i sekundet;"
        f" forholdet i prosessortid er {in_cpu:.2f}".replace(".", ","),
    )
    yield _memory(
        "memory",
        "Største minne da, hele prosessen, mot filen",
        median([one["peak"] for one in ours]),
        size,
        f"{median([one['before'] for one in ours]) / MEGABYTE:.0f} MB av det er programmet selv",
    )
    yield _memory(
        "memory_duckdb",
        "Største minne for read_csv, mot filen",
        median([one["peak"] for one in theirs]),
        size,
        "",
        goal=None,
    )


def _memory(
    name: str, what: str, peak: float, size: int, note: str, goal: float | None = 6.0
) -> Line:
    return Line(
        name,
        what,
        peak / MEGABYTE,
        "MB",
        size / MEGABYTE,
        "filen",
        peak / size,
        goal,
        note=note,
    )


def _prepare(folder: Path) -> None:
    """A store that knows the waves that the answers belong to."""
    store.create(folder)
    for name, text in (
        ("kommuner.csv", answers_file.MUNICIPALITIES),
        ("utsendinger.csv", answers_file.waves()),
    ):
        raw = text.encode()
        with store.opened(folder) as opened:
            intake = delivery.receive(delivery.ground(opened), raw, name, LOCAL)
            assert not intake.blocking, intake.problems
            uploads.commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
