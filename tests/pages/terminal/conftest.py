"""A small store, made by the commands themselves, and a way to see what a command said."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import app
from data import store

MUNICIPALITIES = """\
kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune
3439;Ringebu;01.01.2014;år;nei
3440;Øyer;01.01.2014;år;nei
"""
ACTIONS = """\
tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status;sist_endret
T-1;Ringebu;Svare innen to dager;egen kommune;dialogmøte;05.10.2026;20.12.2026;åpent;05.10.2026
T-2;Ringebu;Skilt ved inngangen;egen kommune;dialogmøte;06.10.2026;25.10.2026;åpent;06.10.2026
"""


@dataclass(frozen=True)
class Said:
    """What a command gave back, printed, and printed as an error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """run("lock", "2026-10"): the command, in this process."""

    def command(*words: object) -> Said:
        capfd.readouterr()
        code = app.main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return command


@pytest.fixture(scope="session")
def small_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two municipalities and the actions of one, delivered on 3 November 2026; it is shared."""
    files = tmp_path_factory.mktemp("files")
    folder = tmp_path_factory.mktemp("small") / "store"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    for name, content in (("kommuner.csv", MUNICIPALITIES), ("tiltak.csv", ACTIONS)):
        (files / name).write_text(content, encoding="utf-8")
        words = ["load", f"{files / name}", "--store", f"{folder}", "--at", "2026-11-03T09:00"]
        assert app.main(words) == 0
    return folder


@pytest.fixture
def small(small_made: Path, tmp_path: Path) -> Path:
    """A copy of the small store to write in."""
    return Path(shutil.copytree(small_made, tmp_path / "small"))


@pytest.fixture(scope="session")
def locked_made(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with October 2026 locked on 10 November; it is shared."""
    folder = Path(shutil.copytree(small_made, tmp_path_factory.mktemp("locked") / "store"))
    words = ["lock", "2026-10", "--store", str(folder), "--at", "2026-11-10T13:00"]
    assert app.main(words) == 0
    return folder


@pytest.fixture
def locked(locked_made: Path, tmp_path: Path) -> Path:
    """A copy of the locked store to write in, where the small one would be."""
    return Path(shutil.copytree(locked_made, tmp_path / "small"))


@pytest.fixture
def actions(tmp_path: Path) -> Path:
    """The file of actions that the small store has already."""
    path = tmp_path / "tiltak.csv"
    path.write_text(ACTIONS, encoding="utf-8")
    return path
