"""`template` writes a file to fill in, which loads as any other file does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import contract

Run = Callable[..., Any]


@pytest.mark.parametrize(("kind", "name"), [("tiltak", "mal.xlsx"), ("Utsendinger", "mal.csv")])
def test_the_ending_says_which_form_is_written(
    run: Run, tmp_path: Path, small: Path, kind: str, name: str
) -> None:
    out = tmp_path / name
    said = run("template", kind, out, "--store", small)
    assert said.out == f"Malen er skrevet til {out}.\n"
    judged = run("check", out, "--store", small)
    assert judged.code == 0
    assert "dette er eksempelet i malen" in judged.out


def test_without_a_name_it_is_called_after_its_kind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("template", "goals", "--json", "--store", tmp_path / "none")
    assert said.json == {"kind": "goals", "file": "mal_mål.xlsx"}
    assert (tmp_path / "mal_mål.xlsx").read_bytes().startswith(b"PK")


def test_an_unknown_kind_is_told_which_there_are(run: Run) -> None:
    said = run("template", "budsjett")
    assert said.code == 2
    assert "fant «budsjett», ventet ett av kommuner, tjenester," in said.err


def test_the_templates_of_all_kinds_load_as_one_set_into_an_empty_store(
    run: Run, tmp_path: Path
) -> None:
    names = [f"{number}.csv" for number in range(len(contract.all_kinds()))]
    # Written before there is a store, and given in the wrong order.
    files = [tmp_path / name for name in reversed(names)]
    for kind, file in zip(contract.all_kinds(), files, strict=True):
        assert run("template", kind, file, "--store", tmp_path / "store").code == 0
    said = run("load", *reversed(files), "--store", tmp_path / "store", "--json")
    assert said.code == 0, said.err
    told = said.json["files"]
    assert [list(one["rows"]) for one in told] == [[kind] for kind in contract.all_kinds()]
    assert {problem["code"] for one in told for problem in one["problems"]} == {"example_row"}


def test_the_workbooks_of_all_kinds_load_beside_what_is_there(
    run: Run, tmp_path: Path, small: Path
) -> None:
    files = [tmp_path / f"{kind}.xlsx" for kind in contract.all_kinds()]
    for kind, file in zip(contract.all_kinds(), files, strict=True):
        assert run("template", kind, file, "--store", tmp_path / "none").code == 0
    said = run("load", *files, "--store", small, "--json")
    assert said.code == 0, said.err
    for told in said.json["files"]:
        assert [problem["code"] for problem in told["problems"]] == ["example_row"]
