"""`read` says how a file was understood, in the promised keys, and writes its cells."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

CP1252 = "kommune;tiltak\r\nØyer;=1+1\r\nRingebu;Møte, dag\r\nSum;2\r\n".encode("cp1252")


def written(folder: Path, content: bytes, name: str = "tiltak.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_json_has_exactly_the_promised_keys_in_their_order(run: Run, tmp_path: Path) -> None:
    said = run("read", written(tmp_path, CP1252), "--json")
    assert said.code == 0
    assert list(said.json) == [
        "encoding",
        "delimiter",
        "quote",
        "sheet",
        "heading_row",
        "columns",
        "rows",
        "left_out",
        "problems",
    ]
    assert said.json["encoding"] == "windows-1252"
    assert said.json["delimiter"] == ";"
    assert said.json["sheet"] is None
    assert said.json["heading_row"] == 1
    assert said.json["columns"] == ["kommune", "tiltak"]
    assert said.json["rows"] == 2
    assert said.json["left_out"] == [{"line": 4, "why": "sum_row"}]
    assert said.json["problems"] == []


def test_a_problem_has_exactly_the_promised_keys(run: Run, tmp_path: Path) -> None:
    said = run("read", written(tmp_path, b"a;b;c\n1;2;3\n4;5\n6;7;8\n"), "--json")
    assert said.code == 1
    (problem,) = said.json["problems"]
    assert problem == {
        "code": "ragged_rows",
        "line": 3,
        "column": None,
        "found": None,
        "expected": "3",
    }


def test_the_cells_are_utf8_with_comma_and_headings_and_not_neutralised(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "celler.csv"
    assert run("read", written(tmp_path, CP1252), "--cells", out).code == 0
    assert out.read_bytes() == 'kommune,tiltak\nØyer,=1+1\nRingebu,"Møte, dag"\n'.encode()


def test_an_empty_cell_alone_in_its_row_is_no_empty_line(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "celler.csv"
    run("read", written(tmp_path, b"a;b\n1;2\n;3\n"), "--cells", out)
    assert out.read_bytes() == b"a,b\n1,2\n,3\n"


def test_a_file_that_is_no_table_leaves_an_empty_file_of_cells(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "celler.csv"
    said = run("read", written(tmp_path, b"%PDF-1.7\n", "a.csv"), "--json", "--cells", out)
    assert said.code == 1
    assert [problem["code"] for problem in said.json["problems"]] == ["pdf"]
    assert out.read_bytes() == b""


def test_people_read_sentences(run: Run, tmp_path: Path) -> None:
    said = run("read", written(tmp_path, CP1252))
    assert said.out == (
        "Fil: tiltak.csv\n"
        "Tegnsett: windows-1252\n"
        "Skilletegn: semikolon\n"
        "Overskrifter: linje 1\n"
        "2 kolonner: kommune, tiltak\n"
        "2 rader\n"
        "Utelatt: linje 4: sum\n"
    )


def test_no_cell_is_printed_since_it_may_be_somebodys(run: Run, tmp_path: Path) -> None:
    for words in ((), ("--json",)):
        said = run("read", written(tmp_path, b"navn;nr\nKari Hansen;01017012345\n"), *words)
        assert "Kari" not in said.out + said.err
        assert "01017012345" not in said.out + said.err


def test_the_uploaders_choices_are_followed(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, b"x|y\na,b;c\nSum,1;2\n")
    words = ("--delimiter", ";", "--heading-row", "2", "--put-back", "3", "--encoding", "utf-8")
    said = run("read", path, "--json", *words)
    assert said.json["columns"] == ["a,b", "c"]
    assert said.json["rows"] == 1


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    said = run("read", tmp_path / "mangler.csv")
    assert said.code == 1
    assert said.err == f"Det er ingen fil eller mappe {tmp_path / 'mangler.csv'}.\n"
    said = run("read", tmp_path)
    assert said.err == f"{tmp_path} er en mappe, ikke en fil.\n"


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize(("typed", "name"), [(".", "."), ("", "."), ("/", "/"), ("..", "..")])
def test_a_folder_without_a_name_is_said_to_be_one(
    run: Run, command: str, typed: str, name: str
) -> None:
    said = run(command, typed, "--json")
    sentence = f"{name} er en mappe, ikke en fil."
    assert (said.code, said.err) == (1, f"{sentence}\n")
    assert said.json == {"refused": {"code": "file_not_usable", "sentence": sentence}}


def test_a_file_that_is_too_big_is_refused_before_it_is_read(
    run: Run, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("FORANKRING_UPLOAD_MB", "1")
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)  # a hole: it takes no room on the disk
    said = run("read", path, "--json")
    assert said.code == 1
    assert [problem["code"] for problem in said.json["problems"]] == ["too_big"]


def test_cells_that_could_be_written_are_a_success_though_a_problem_is_said(
    run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "celler.csv"
    said = run("read", written(tmp_path, b"a;b;c\n1;2;3\n4;5\n6;7;8\n"), "--cells", out, "--json")
    assert said.code == 0
    assert [problem["code"] for problem in said.json["problems"]] == ["ragged_rows"]
    assert out.read_bytes() == b"a,b,c\n1,2,3\n4,5,\n6,7,8\n"


def test_a_file_without_headings_gives_cells_without(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "celler.csv"
    said = run("read", written(tmp_path, b"1;2\n3;4\n"), "--cells", out, "--json")
    assert said.json["heading_row"] is None
    assert [problem["code"] for problem in said.json["problems"]] == ["no_headings"]
    assert out.read_bytes() == b"1,2\n3,4\n"


def test_the_cells_of_an_empty_file_are_none_and_that_is_sure(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "celler.csv"
    path = written(tmp_path, b"")
    assert run("read", path, "--cells", out).code == 0
    assert out.read_bytes() == b""
    assert run("read", path).code == 1


@pytest.mark.parametrize("name", ["cp1252", "WINDOWS-1252", "windows_1252"])
def test_an_encoding_may_be_called_by_any_of_its_names(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes("åpnet;ø\n1;2\n".encode("cp1252"))
    said = run("read", path, "--encoding", name, "--json")
    assert (said.code, said.json["encoding"]) == (0, "windows-1252")
    assert said.json["columns"] == ["åpnet", "ø"]


def test_what_another_command_writes_can_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a;b\n1;2\n")))
    said = run("read", "-", "--json")
    assert (said.code, said.json["columns"], said.json["rows"]) == (0, ["a", "b"], 1)


@pytest.mark.parametrize("command", ["read", "check", "load", "template", "export"])
@pytest.mark.parametrize("place", ["folder", "missing"])
def test_a_file_to_write_needs_its_place_before_anything_is_done(
    run: Run, tmp_path: Path, small: Path, actions: Path, command: str, place: str
) -> None:
    out = tmp_path if place == "folder" else tmp_path / "ingen" / "ut.csv"
    words = {
        "read": ("read", actions, "--cells", out),
        "check": ("check", actions, "--store", small, "--mend", out),
        "load": ("load", actions, "--store", small, "--mend", out),
        "template": ("template", "tiltak", out, "--store", small),
        "export": ("export", "--store", small, "--out", out),
    }[command]
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    name = f"{tmp_path}" if place == "folder" else f"{tmp_path / 'ingen'}"
    assert said.err == (
        f"{name} er en mappe, ikke en fil.\n"
        if place == "folder"
        else f"Det er ingen fil eller mappe {name}.\n"
    )
    assert not (tmp_path / "ingen").exists()
