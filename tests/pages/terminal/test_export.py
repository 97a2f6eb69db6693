"""`export` writes every released cell as a page shows it, the same bytes for the same release."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from data import store
from pages.documents import numbers
from pages.terminal import exported
from queries import ask, certificate, kept_exports, sql
from queries.certificate import Certificate

Run = Callable[..., Any]

PROMISED = {
    "indicator",
    "municipality",
    "period",
    "numerator",
    "denominator",
    "value",
    "text",
    "state",
    "grain",
    "part",
    "interval",
    "signal",
    "assurance",
}
DEMO = "Eksempeldata – tallene er oppdiktet"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_released_cell_is_there_with_what_was_promised(run: Run, small: Path) -> None:
    whole = run("export", "--store", small).json
    assert whole["example_data"] == DEMO
    assert whole["release"]["number"] == ask.current_release(small)
    assert len(whole["cells"]) == ask.ask("cells", store=small).height
    assert all(set(cell) >= PROMISED for cell in whole["cells"])
    found = {
        (cell["indicator"], cell["municipality"]): cell["text"]
        for cell in whole["cells"]
        if cell["period"] == "2026-10-01" and cell["part"] is None and cell["grain"] == "month"
    }
    assert found["open_actions", "3439"] == "2 åpne tiltak"
    assert found["overdue_actions", "3439"] == "1 av 2 tiltak"
    assert found["open_actions", "3440"] == "mangler"
    assert {one["commitment"] for one in whole["commitments"]}


def test_the_other_tables_of_the_release_are_there_row_by_row(run: Run, small: Path) -> None:
    whole = run("export", "--store", small).json
    for name in exported.MORE:
        assert len(whole[name]) == ask.ask(name, store=small).height
        assert all("municipality_id" not in row for row in whole[name])


def test_the_same_release_gives_the_same_bytes_also_when_a_newer_is_shown(
    run: Run, small: Path
) -> None:
    number = ask.current_release(small)
    before = {
        form: run("export", "--store", small, "--format", form).out for form in ("json", "csv")
    }
    assert run("lock", "2026-10", "--store", small).code == 0
    for form, text in before.items():
        words = ("--release", number, "--format", form)
        assert run("export", "--store", small, *words).out == text


def test_a_month_gives_what_was_shown_of_it_then(run: Run, locked: Path, actions: Path) -> None:
    kept = run("export", "--store", locked, "--month", "2026-10").out
    whole = json.loads(kept)
    assert whole["month"] == "2026-10-01"
    assert whole["locked_at"] == "2026-11-10T12:00:00Z"
    assert {cell["period"] for cell in whole["cells"] if cell["grain"] == "month"} == {"2026-10-01"}
    assert {cell["period"] for cell in whole["cells"] if cell["grain"] == "tertial"} <= {
        "2026-09-01",
        "2026-05-01",
    }
    # What comes later does not change what was shown.
    text = actions.read_text(encoding="utf-8").replace("T-2", "T-9")
    actions.write_text(text, encoding="utf-8")
    assert run("load", actions, "--store", locked).code == 0
    assert run("export", "--store", locked, "--month", "2026-10").out == kept


def test_a_later_version_is_given_when_it_is_asked_for(
    run: Run, locked: Path, actions: Path
) -> None:
    month = ("export", "--store", locked, "--month", "2026-10")
    kept = {form: run(*month, "--format", form).out for form in ("json", "csv")}
    text = actions.read_text(encoding="utf-8").replace("25.10.2026", "25.11.2026")
    actions.write_text(text, encoding="utf-8")
    covers = ("--covers", "3439:2026-10")
    loaded = run("load", actions, "--store", locked, *covers, "--json").json
    second = run(*month, "--version", 2).json
    (version,) = [one for one in second["month_versions"] if one["version"] == 2]
    assert version["release"] == second["release"]["number"] == ask.current_release(locked)
    assert len(second["corrections"]) == version["changes"] > 0
    overdue = {
        (note["was_numerator"], note["now_numerator"])
        for note in second["corrections"]
        if note["indicator"] == "overdue_actions" and note["part"] is None
    }
    assert overdue == {(1, 0)}
    said = run("release", "--store", locked).out
    assert "Oktober 2026 ble rettet etter låsing: versjon 2 fra 12. november 2026" in said
    # After an undo, too, and whatever the program has learnt since, it is what was locked.
    assert run("undo", loaded["upload_id"], "--store", locked).code == 0
    for form, content in kept.items():
        assert run(*month, "--format", form).out == content
        assert run(*month, "--format", form, "--version", 1).out == content
    third = run(*month, "--version", 3).json["month_versions"][-1]
    assert (third["version"], third["same_as"]) == (3, 1)
    refused = run(*month, "--version", 4)
    assert refused.err == "Oktober 2026 har ingen versjon 4. Den nyeste er versjon 3.\n"
    assert run("export", "--store", locked, "--version", 2).code == 2


def test_a_release_of_an_older_program_is_exported_without_what_it_lacks(
    run: Run, locked: Path
) -> None:
    whole = run("export", "--store", locked, "--month", "2026-10").json
    later = {"month_versions", "corrections"}
    number = ask.current_release(locked)
    path = ask.file_of(locked, number)
    tables = {
        name: sql.reader(path).cursor().execute(f"from {name}").pl()
        for name in sql.schema_of(ask.SCHEMA)
        if name not in later
    }
    older = locked / "older.sql"
    statements = sql.text(ask.SCHEMA).split(";")
    kept = [one for one in statements if not any(f"table {name} " in one for name in later)]
    older.write_text(";".join(kept), encoding="utf-8")
    # What a process has read of a release it keeps; another one reads it from the disk.
    ask._answer.cache_clear()
    sql._reader.cache_clear()
    path.unlink()
    sql.write_file(path, older, tables)
    certificate.write(Certificate(number, "", ()), path, path)
    # Nor did such a program keep what it exported.
    shutil.rmtree(locked / ask.RELEASES / kept_exports.FOLDER)
    with store.opened(locked) as opened:
        opened.rows("drop table exports")
    told = run("export", "--store", locked, "--month", "2026-10").json
    assert set(whole) - set(told) == later
    assert set(whole["release"]) - set(told["release"]) == {"versions"}
    assert told["cells"] == whole["cells"]


def test_a_month_without_numbers_is_refused(run: Run, small: Path) -> None:
    said = run("export", "--store", small, "--month", "2019-01")
    assert said.code == 1
    assert said.err.startswith("Det er ingen tall for januar 2019. De går fra ")


@pytest.mark.parametrize("number", [0, 99])
@pytest.mark.parametrize("of", [(), ("--month", "2026-10")])
def test_a_release_that_is_not_there_is_refused(
    run: Run, locked: Path, number: int, of: tuple[str, ...]
) -> None:
    said = run("export", "--store", locked, "--release", number, *of)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Den utgaven finnes ikke her")


@pytest.mark.parametrize("words", [("--format", "csv", "--out"), ("--format", "csv", "--package")])
def test_a_full_disk_leaves_what_stood_there(
    run: Run, locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    month = ("export", "--store", locked, "--month", "2026-10", *words)
    folder = tmp_path / "ut"
    folder.mkdir()
    out = folder if "--package" in words else folder / "tall.csv"
    assert run(*month, out).code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr(os, "fsync", full)
    said = run(*month, out)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "Disken er full, så dette er ikke lagret. Det som var lagret fra før, er trygt. Lag plass"
        f" der {folder} ligger, og prøv igjen.\n"
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_link_and_a_device_are_written_to_and_stay_what_they_are(
    run: Run, small: Path, tmp_path: Path
) -> None:
    link, file = tmp_path / "lenke.json", tmp_path / "tall.json"
    link.symlink_to(file)
    assert run("export", "--store", small, "--out", link).code == 0
    assert link.is_symlink()
    assert json.loads(file.read_bytes())["cells"]
    os.mkfifo(tmp_path / "rør")
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit((tmp_path / "rør").read_bytes)
        assert run("export", "--store", small, "--out", tmp_path / "rør").code == 0
        assert read.result() == file.read_bytes()
    assert (tmp_path / "rør").is_fifo()


def test_norwegian_excel_opens_the_csv_right(run: Run, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "tall.csv"
    said = run("export", "--store", small, "--format", "csv", "--out", out)
    assert (said.code, said.out, said.err) == (0, "", f"Skrevet til {out}.\n")
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfIndikator;Kommunenummer;Kommune;")
    assert raw.endswith(b"\r\n")
    found = rows(raw.decode("utf-8-sig"))
    (overdue,) = [
        row
        for row in found
        if row["Indikator"] == "Over frist"
        and row["Kommune"] == "Ringebu"
        and row["Periode"] == "oktober 2026"
        and not row["Del"]
    ]
    assert overdue["Vist"] == "1 av 2 tiltak"
    assert (overdue["Teller"], overdue["Nevner"], overdue["Verdi"]) == ("1", "2", "0,5")
    assert overdue["Første dag"] == "01.10.2026"
    assert {row["Merknad"] for row in found} == {DEMO}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+47", "'+47"),
        ("-", "'-"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("Møte = bra", "Møte = bra"),
        (-1.5, "-1,5"),
        (12.0, "12"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_text_never_becomes_a_formula_and_a_negative_number_stays_one(
    value: object, written: str
) -> None:
    assert numbers._written(value) == written


def test_what_a_page_shows_is_what_is_exported(run: Run, demo_store: Path) -> None:
    """The matrix of a municipality and the export of the same month, cell by cell."""
    month = "2026-10"
    whole = run("export", "--store", demo_store, "--month", month).json
    cells = {
        (cell["indicator"], cell["grain"], cell["period"]): cell
        for cell in whole["cells"]
        if cell["municipality"] == "3439" and cell["part"] is None
    }
    shown = ask.ask(
        "matrix",
        store=demo_store,
        release=whole["release"]["number"],
        municipality="3439",
        month=f"{month}-01",
    )
    compared = 0
    for row in shown.iter_rows(named=True):
        cell = cells.get((row["indicator"], row["grain"], row["period"].isoformat()))
        if cell is None:
            continue
        compared += 1
        for name in ("state", "numerator", "denominator", "value", "band", "signal", "assurance"):
            assert cell[name] == row[name], (row["indicator"], name)
    assert compared > 8
