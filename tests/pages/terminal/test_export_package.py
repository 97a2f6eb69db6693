"""`export --package` writes a locked month's documents, and refuses in words what it cannot."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app
from pages.documents.package import FORMATS
from pages.parts import package as page_part
from pages.terminal import export

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def locked(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small store with October 2026 locked; nothing here writes in it."""
    folder = Path(shutil.copytree(small_made, tmp_path_factory.mktemp("locked") / "store"))
    words = ["lock", "2026-10", "--store", str(folder), "--at", "2026-11-10T13:00"]
    assert app.main(words) == 0
    return folder


def test_the_formats_of_the_help_are_those_that_are_made() -> None:
    assert sorted(export.FORMATS) == sorted(FORMATS)
    assert {*page_part.KINDS, "text"} == set(FORMATS)


def test_it_writes_every_document_and_says_their_sizes_and_hashes(
    run: Run, locked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ny" / "oktober"
    words = ("export", "--store", locked, "--month", "2026-10", "--package", folder)
    said = run(*words, "--municipality", "Ringebu", "--json")
    assert said.code == 0, said.err
    told = {one["name"]: one for one in said.json["files"]}
    assert set(told) == {
        "manedsark_2026-10_ringebu.pdf",
        "lysark_2026-10_ringebu.pptx",
        "tall_2026-10_ringebu.csv",
        "diagrammer_2026-10_ringebu.csv",
        "tall_2026-10_ringebu.xlsx",
        "rapport_2026-10_ringebu.txt",
        "melding_2026-10_ringebu.txt",
    }
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(written) == set(told)
    for name, content in written.items():
        assert told[name]["size"] == len(content)
        assert told[name]["sha256"] == hashlib.sha256(content).hexdigest()
    facts = ("month", "municipality", "version")
    assert [said.json[name] for name in facts] == ["2026-10-01", "3439", 1]


def test_one_format_in_another_language_is_told_in_rows(
    run: Run, locked: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ut"
    words = ("--month", "2026-10", "--package", folder, "--format", "text", "--language", "nn")
    said = run("export", "--store", locked, *words)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split() == ["Fil", "Størrelse"]
    assert lines[-1] == f"Skrevet til {folder}."
    report = (folder / "rapport_2026-10_ringebu.txt").read_text(encoding="utf-8-sig")
    assert report.startswith("Brukarmedverknad i Ringebu, oktober 2026")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--package", "ut"], 2, "--package krever --month, og tar pdf, pptx, csv, xlsx eller"),
        (["--package", "ut", "--month", "2026-10", "--format", "json"], 2, "--package krever"),
        (["--package", "ut", "--month", "2026-10", "--release", "1"], 2, "--package tar verken"),
        (["--format", "pdf"], 2, "--format pdf krever --package og --month."),
        (["--municipality", "3439"], 2, "--municipality og --language krever --package."),
        (["--package", "ut", "--month", "2019-01"], 1, "Det er ingen tall for januar 2019."),
        (["--package", "ut", "--month", "2026-10", "--municipality", "3401"], 1, ""),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    words: list[str],
    code: int,
    sentence: str,
    run: Run,
    locked: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("export", "--store", locked, *words)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(sentence)
    assert not (tmp_path / "ut").exists()


def test_a_month_that_is_not_locked_is_refused(run: Run, small_made: Path, tmp_path: Path) -> None:
    words = ("--month", "2026-10", "--package", tmp_path / "ut", "--json")
    said = run("export", "--store", small_made, *words)
    assert said.code == 1
    assert said.json["refused"]["code"] == "month_not_locked"
    assert said.err.startswith("Oktober 2026 er ikke låst")


def test_a_file_in_the_way_of_the_folder_is_named(run: Run, locked: Path, tmp_path: Path) -> None:
    taken = tmp_path / "opptatt"
    taken.write_text("her", encoding="utf-8")
    said = run("export", "--store", locked, "--month", "2026-10", "--package", taken)
    assert said.code == 1
    assert "opptatt" in said.err
