"""Numbers and addresses of persons are planted everywhere, and then looked for everywhere."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

import app
from data import delivery, guard, receipts, store, traces, uploads
from data.intake import Intake
from data.people import LOCAL
from data.problems import PERSONAL
from data.read import Choices
from pages.text import problems
from queries import ask, sql

# From the test lists of public validators, of the numbers that are given to nobody, and an address
# in the domain that is kept for examples.
SOMEBODY = {
    "an identity number": "26111594014",
    "one with blanks": "261115 94014",
    "a D-number": "53097248016",
    "a synthetic number": "68467038838",
    "a wide number": "２６１１１５９４０１４",
    "a telephone": "+47 412 34 567",
    "an address": "kari.planta@example.no",
}
kinds = pytest.mark.parametrize("planted", SOMEBODY.values(), ids=SOMEBODY)

HEADINGS = ["tiltak_id", "kommune", "tiltak", "omfang", "kilde", "åpnet", "frist", "status"]
ROW = ["T-1", "Ringebu", "Skilt", "egen kommune", "dialogmøte", "05.10.2026", "20.12.2026", "åpent"]
MORE = ["T-2", "Ringebu", "Kart", "egen kommune", "dialogmøte", "06.10.2026", "21.12.2026", "åpent"]
MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
    "3439;Ringebu;01.01.2014;år;nei\n"
)

Table = list[list[str]]


def table(**cells: str) -> Table:
    """Two actions; a cell of the second is given by its heading, other headings are added."""
    heads = [*HEADINGS, *(name for name in cells if name not in HEADINGS)]
    wide = [*ROW, *[""] * (len(heads) - len(ROW))], [*MORE, *[""] * (len(heads) - len(MORE))]
    for name, text in cells.items():
        wide[1][heads.index(name)] = text
    return [heads, *wide]


def csv(rows: Table) -> bytes:
    quoted = [
        [f'"{cell}"' if re.search(r'[;"\r\n]', cell) else cell for cell in row] for row in rows
    ]
    return "\r\n".join([*(";".join(row) for row in quoted), ""]).encode()


def workbook(rows: Table, change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Tiltak"
    for row in rows:
        made.active.append(row)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def beside(title: str, text: str, *, hidden: bool) -> Callable[[openpyxl.Workbook], None]:
    """Another sheet with a text far down in it."""

    def change(made: openpyxl.Workbook) -> None:
        sheet = made.create_sheet(title)
        sheet["B7"] = text
        sheet.sheet_state = "hidden" if hidden else "visible"

    return change


def renamed(name: str) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active.title = name

    return change


def _noted(text: str) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["C2"].comment = Comment(text, text)
        made.properties.creator = made.properties.title = text
        made.defined_names["Liste"] = DefinedName("Liste", attr_text=f'"{text}"')
        made.active.oddFooter.center.text = text

    return change


@dataclass(frozen=True)
class File:
    """A file with something planted in it.

    Attributes:
        is_refused: It stands in what would be kept, so that the file must be mended.
    """

    name: str
    raw: bytes
    is_refused: bool


# Where it may stand; the same for text files and workbooks, and what only one of them has.
PLACES: dict[str, Callable[[str], File]] = {
    "a kept text": lambda one: File("t.csv", csv(table(tiltak=f"Ring {one} først")), True),
    "two lines of a kept text": lambda one: File("t.csv", csv(table(tiltak=f"x\n{one}")), True),
    "a key": lambda one: File("t.csv", csv(table(tiltak_id=one)), True),
    "a reference": lambda one: File("t.csv", csv(table(kommune=one)), True),
    "a day": lambda one: File("t.csv", csv(table(frist=one)), True),
    "a code": lambda one: File("t.csv", csv(table(status=one)), True),
    "a heading that is not kept": lambda one: File("t.csv", csv(table(**{one: "x"})), True),
    "a heading with words": lambda one: File("t.csv", csv(table(**{f"Svar fra {one}": "x"})), True),
    "a column that is not kept": lambda one: File("t.csv", csv(table(kontakt=f"Se {one}")), False),
    "a title above the table": lambda one: File(
        "t.csv", csv([[f"Uttrekk av {one}"], [], *table()]), False
    ),
    "a sum below the table": lambda one: File(
        "t.csv", csv([*table(), ["Sum", "", re.sub(r"\D", "", one), *[""] * 5]]), False
    ),
    "a source below the table": lambda one: File(
        "t.csv", csv([*table(), [f"Kilde: {one}"]]), False
    ),
    "the name of the file": lambda one: File(f"tiltak {one}.csv", csv(table()), False),
    "the ending of the file's name": lambda one: File(f"tiltak.{one}", csv(table()), False),
    "no known layout": lambda one: File("t.csv", csv([["a", one, "b"], ["1", one, "2"]]), True),
    "too many cells": lambda one: File("t.csv", csv([*table(), [*ROW, one]]), True),
    "one column": lambda one: File("t.csv", f"navn\n{one}\n".encode(), True),
    "utf-16": lambda one: File(
        "t.csv", csv(table(tiltak=one)).decode().replace(";", "\t").encode("utf-16"), True
    ),
    "a sheet's kept text": lambda one: File("t.xlsx", workbook(table(tiltak=one)), True),
    "a sheet's key": lambda one: File("t.xlsx", workbook(table(tiltak_id=one)), True),
    "a sheet's column that is not kept": lambda one: File(
        "t.xlsx", workbook(table(kontakt=one)), False
    ),
    "a sheet's heading": lambda one: File("t.xlsx", workbook(table(**{one: "x"})), True),
    "a heading over two rows": lambda one: File(
        "t.xlsx",
        workbook([["", "", "", "", "", "", "", "", one, one],
                  [*HEADINGS, "a", "b"], [*ROW, "1", "2"], [*MORE, "1", "2"]]),
        False,
    ),
    "a hidden sheet": lambda one: File(
        "t.xlsx", workbook(table(), beside("Deltakere", one, hidden=True)), False
    ),
    "another sheet": lambda one: File(
        "t.xlsx", workbook(table(), beside("Deltakere", f"x {one}", hidden=False)), False
    ),
    "a hidden sheet's name": lambda one: File(
        "t.xlsx", workbook(table(), beside(one, "x", hidden=True)), False
    ),
    "a sheet's name": lambda one: File("t.xlsx", workbook(table(), renamed(f"T {one}")), False),
    "comments and properties": lambda one: File("t.xlsx", workbook(table(), _noted(one)), False),
}  # fmt: skip


def is_in(planted: str, text: str | bytes) -> bool:
    """Whether something planted is seen in a text or a file, as written or by its digits alone."""
    digits = "".join(str(int(sign)) for sign in planted if sign.isdecimal())
    if isinstance(text, bytes):
        # As letters of one byte and of two, whichever byte those begin at. Numbers that a database
        # counts by are digits too, and far from each other.
        near = re.compile(r"\D{0,3}".join(digits[-8:]) if digits else re.escape(planted))
        read = [text.decode("utf-8", "replace")]
        read += [text[start:].decode("utf-16-le", "replace") for start in (0, 1)]
        return any(planted in letters or near.search(letters) for letters in read)
    alone = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return planted in text or (bool(digits) and digits[-8:] in alone)


# -- what is judged, for the page and the terminal alike -----------------------------------------


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> delivery.Ground:
    """A store that knows one municipality."""
    folder = tmp_path_factory.mktemp("ground") / "store"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    with store.opened(folder) as opened:
        raw = MUNICIPALITIES.encode()
        intake = delivery.receive(delivery.ground(opened), raw, "kommuner.csv", LOCAL)
        uploads.commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
        return delivery.ground(opened)


Judged = Callable[[Callable[[str], File], str], tuple[File, Intake]]


@pytest.fixture(scope="module")
def judged(ground: delivery.Ground) -> Judged:
    """judged(place, planted): the file, judged once: a workbook is read in a process of its own."""

    @functools.cache
    def judge(place: Callable[[str], File], planted: str) -> tuple[File, Intake]:
        file = place(planted)
        return file, delivery.receive(ground, file.raw, file.name, LOCAL)

    return judge


def told(intake: Intake, raw: bytes) -> dict[str, str | bytes]:
    """Everything that is shown or kept of a judged file."""
    found: dict[str, str | bytes] = {
        "itself": repr(intake),
        "cells": intake.reading.cells.write_csv(),
        "sentences": "\n".join(problems.sentence(problem) for problem in intake.problems),
        "left out": repr([one.text for one in intake.left_out]),
    }
    if not intake.blocking:
        upload = delivery.upload(intake, raw, intake.proposes)
        rows = {kind: rows.to_dicts() for kind, rows in upload.tables.items()}
        found |= {"receipt": repr(upload), "bytes": upload.raw, "rows": repr(rows)}
    return found


def is_tried(kind: str, name: str) -> bool:
    """Every kind everywhere in text; a workbook becomes text, so there the one, and all in a cell.

    Each workbook costs a process of its own.
    """
    is_workbook = PLACES[name]("").name.endswith(".xlsx")
    return not is_workbook or kind == "an identity number" or name == "a sheet's kept text"


@pytest.mark.parametrize(
    ("place", "planted"),
    [
        pytest.param(place, planted, id=f"{name}-{kind}")
        for name, place in PLACES.items()
        for kind, planted in SOMEBODY.items()
        if is_tried(kind, name)
    ],
)
def test_nothing_of_it_is_shown_or_kept_and_it_is_said_that_it_was_there(
    judged: Judged, place: Callable[[str], File], planted: str
) -> None:
    file, intake = judged(place, planted)
    assert [name for name, text in told(intake, file.raw).items() if is_in(planted, text)] == []
    assert intake.blocking is file.is_refused, intake.problems


SAID_BY_PLACE = {name: place for name, place in PLACES.items() if name not in (
    "one column",  # which is no table, so that nothing in it is looked at or kept
    "comments and properties",  # which are never read
    "no known layout",
)}  # fmt: skip


@pytest.mark.parametrize("place", SAID_BY_PLACE.values(), ids=SAID_BY_PLACE)
def test_it_is_said_where_it_stands(judged: Judged, place: Callable[[str], File]) -> None:
    file, intake = judged(place, SOMEBODY["an identity number"])
    said = [problem for problem in intake.problems if problem.code in PERSONAL]
    assert said
    for problem in said:
        placed = problem.line or problem.column or problem.sheet
        assert placed or problem.code == "personal_file_name"
        assert "«»" not in problems.sentence(problem)
    assert any(problem.blocking for problem in said) is file.is_refused


@kinds
def test_what_the_uploader_types_for_the_whole_file_is_looked_at_too(
    ground: delivery.Ground, planted: str
) -> None:
    rows = [[cell for n, cell in enumerate(row) if n != 1] for row in table()]
    values = {"municipality": "Ringebu", "merknad": planted, planted: "x"}
    choices = Choices(values=values, sheet=planted)
    intake = delivery.receive(ground, csv(rows), "t.csv", LOCAL, choices=choices)
    assert intake.blocking
    assert [name for name, text in told(intake, b"").items() if is_in(planted, text)] == []


# -- what the terminal prints, logs and stores ---------------------------------------------------


@dataclass
class World:
    """A store of its own, a temporary folder of its own, and everything that was said."""

    folder: Path
    temporary: Path
    files: Path
    said: list[str]

    def run(self, *words: object) -> int:
        """A command in this process; what it prints is gathered."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = app.main([str(word) for word in words])
        out.flush()
        assert isinstance(out.buffer, io.BytesIO)
        self.said += [out.buffer.getvalue().decode(), err.getvalue()]
        return code

    def place(self, file: File) -> Path:
        path = self.files / file.name
        path.write_bytes(file.raw)
        return path

    def everywhere(self) -> Iterator[tuple[str, str | bytes]]:
        """All that was printed and logged, every file that is left, every cell of the store."""
        yield from ((f"printed {number}", text) for number, text in enumerate(self.said))
        for folder in (self.folder, self.temporary):
            for path in sorted(folder.rglob("*")):
                yield f"name of {path.name}", path.name
                if path.is_file():
                    yield path.name, path.read_bytes()
        # What DuckDB writes it packs, so that the bytes alone would prove nothing.
        with store.opened(self.folder) as opened:
            for (name,) in opened.rows("select table_name from duckdb_tables()"):
                yield f"table {name}", opened.frame(f"from {name}").write_json()
        for path in sorted(self.folder.glob("releases/*.duckdb")):
            for table in sql.schema_of(ask.SCHEMA):
                shown = sql.reader(path).cursor().execute(f"from {table}").pl()
                yield f"{path.name}, table {table}", shown.write_json()
        with store.opened(self.folder) as opened:
            for entry in opened.entries():
                yield "ledger", json.dumps(entry.facts, ensure_ascii=False) + str(entry.subject)

    def where(self, *planted: str) -> list[tuple[str, str]]:
        """Where each is seen."""
        return [
            (one, place) for place, text in self.everywhere() for one in planted if is_in(one, text)
        ]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows one municipality, loaded by the command."""
    folder = tmp_path_factory.mktemp("founded")
    (folder / "k.csv").write_text(MUNICIPALITIES, encoding="utf-8")
    store.create(folder / "store", demo_today=dt.date(2026, 11, 12))
    assert app.main(["load", str(folder / "k.csv"), "--store", str(folder / "store")]) == 0
    return folder / "store"


@pytest.fixture
def world(
    founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[World]:
    """A world of its own in a copy of that store."""
    made = World(tmp_path / "store", tmp_path / "tmp", tmp_path / "files", [])
    shutil.copytree(founded, made.folder)
    made.temporary.mkdir()
    made.files.mkdir()
    monkeypatch.setenv("TMPDIR", str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("FORANKRING_STORE", str(made.folder))
    caplog.set_level(logging.DEBUG)
    yield made
    monkeypatch.setattr(tempfile, "tempdir", None)


ALL_COMMANDS = (("read",), ("read", "--json"), ("check",), ("check", "--json"), ("load",))


@pytest.mark.parametrize("sort", ["refused", "dropped"])
def test_no_command_prints_logs_or_stores_anything_of_it(
    world: World, caplog: pytest.LogCaptureFixture, sort: str
) -> None:
    """One text file and one workbook with everything that is refused, or that is dropped."""
    one, phone, mail = "26111594014", "+47 412 34 567", "kari.planta@example.no"
    if sort == "refused":
        cells = {"tiltak": f"Ring {phone}", "tiltak_id": one, "frist": phone, "status": mail}
        rows = table(**cells, **{f"Svar fra {one}": "x", phone: "y"})
    else:
        rows = table(kontakt=mail, tlf=phone, fnr=one)
        rows = [
            [f"Uttrekk av {one}, tlf. {phone}"],
            [],
            *rows,
            ["Sum", "", one],
            [f"Kilde: {mail}"],
        ]
    hidden = beside(f"Liste {phone}", one, hidden=True)
    for file in (
        File(f"tiltak {one} {phone}.csv", csv(rows), sort == "refused"),
        File(f"tiltak {mail}.xlsx", workbook(rows, hidden), sort == "refused"),
    ):
        path = world.place(file)
        for words in ALL_COMMANDS:
            code = world.run(words[0], path, *words[1:])
            if words[0] != "read":
                assert code == int(file.is_refused), world.said[-2:]
        path.unlink()
    for words in (("uploads",), ("uploads", "--json"), ("release", "--json"), ("export",)):
        assert world.run(*words) == 0
    world.said.append(caplog.text)
    assert world.where(one, phone, mail) == []
    with store.opened(world.folder) as opened:
        assert len(receipts.newest_first(opened)) == (1 if sort == "refused" else 3)


def test_no_decision_and_no_file_that_is_not_there_repeats_it(world: World) -> None:
    due = ("--due", "2026-12-01")
    for planted in SOMEBODY.values():
        words = ("decide", f"Ringe {planted}", "--owner", "fagleder", *due)
        assert world.run(*words) == 1
        assert "Skriv det uten." in "".join(world.said[-2:])
        assert world.run("check", world.files / f"svar {planted}.csv") == 1
    assert world.where(*SOMEBODY.values()) == []


def test_the_search_finds_what_a_blind_guard_lets_through(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is itself checked: without the guard all of it is found."""
    one = SOMEBODY["an identity number"]
    from data import ledger

    for module in (guard, traces):
        monkeypatch.setattr(module, "kinds_of", lambda *_, **__: [])
        monkeypatch.setattr(module, "holds_personal_data", lambda *_, **__: False)
    monkeypatch.setattr(ledger, "holds_personal_data", lambda *_: False)
    path = world.place(File(f"{one}.csv", csv(table(tiltak=f"Ring {one}")), False))
    assert world.run("load", path) == 0
    path.unlink()
    found = [place for _, place in world.where(one)]
    assert any(place.startswith("printed") for place in found)
    assert "table rows_actions" in found
    assert "ledger" in found
    assert any(re.fullmatch("[0-9a-f]{64}", place) for place in found)
