"""Every command has its module, its help and its example; nothing is English; codes say the end."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import app
from pages import terminal
from pages.text import catalogue

ROOT = Path(__file__).parents[2]

# What argparse says to programmers, or about arguments of a sort that no command has.
NEVER_SEEN = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "mutually exclusive arguments must be optional",
    "subcommands",
    "cannot have multiple subparser arguments",
    "%r is not callable",
    "expected %s argument",
    "conflicting option string: %s",
}

commands = pytest.mark.parametrize("command", terminal.COMMANDS)

# Words that every English sentence of some length has one of, and no Norwegian one.
ENGLISH = re.compile(
    r"\b(the|and|that|with|which|this|usage|options|arguments|required|choose|what|its)\b",
    re.IGNORECASE,
)


def without_keys(text: str) -> str:
    """Help without what is typed or read by machines."""
    return re.sub(r"^  [a-z_, ]+  .*?|--[a-z-]+|«.*?»", "", text, flags=re.MULTILINE)


@commands
def test_a_command_has_its_arguments_and_its_run(command: str) -> None:
    module = terminal.module_of(command)
    assert callable(module.add_arguments)
    assert callable(module.run)
    assert f"`forankring {command}`" in (module.__doc__ or "") or command == "serve"


@commands
def test_help_says_what_a_command_does_with_an_example_and_nothing_is_english(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main([command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"bruk: forankring {command}" in out
    assert ENGLISH.findall(without_keys(out)) == []
    if command != "serve":
        assert f"Eksempel:\n  forankring {command}" in out
        assert "Med --json skrives:" in out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--help"]) == 0
    out = capsys.readouterr().out
    for command in terminal.COMMANDS:
        assert re.search(rf"^    {command} +\w+", out, re.MULTILINE)
    assert ENGLISH.findall(out) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "forankring: feil: disse argumentene mangler: KOMMANDO"),
        (["lod"], "forankring: feil: argumentet KOMMANDO: 'lod' er ikke et av valgene"),
        (["undo"], "forankring undo: feil: disse argumentene mangler: OPPLASTING"),
        (["undo", "to"], "argumentet OPPLASTING: fant «to», ventet et helt tall"),
        (["undo", "2", "3"], "forankring: feil: ukjente argumenter: 3"),
        (["undo", "2", "--as"], "argumentet --as: ventet én verdi"),
        (["undo", "2", "--as", "leder"], "fant «leder», ventet viewer, leader:3439"),
        (["undo", "2", "--json=ja"], "argumentet --json: tar ingen verdi, men fikk 'ja'"),
        (["lock", "2026-13"], "argumentet MÅNED: fant «2026-13», ventet en måned som 2026-10"),
        (["export", "--format", "xml"], "'xml' er ikke et av valgene (velg mellom 'json', 'csv', "),
        (["decide", "Noe", "--due", "31.02.2026"], "fant «31.02.2026», ventet en dag som"),
        (["attest", "3439"], "Si hvilken kommune det gjelder, hvilken måned, og hva som sies."),
        (["attest", "3439", "2026-10", "ok"], "fant «ok», ventet ett av sett, følger-opp, ber-om"),
        (["review", "--municipality", "3439"], "Ett av dem."),
        (["read", "x.csv", "--delimiter", ";;"], "fant «;;», ventet ett tegn"),
        (["read", "x.csv", "--put-back", "to"], "fant «to», ventet linjer som 14,20-22"),
        (["check", "x.csv", "--value", "V1"], "fant «V1», ventet navn og verdi som bolge=V1"),
        (["lock", "2026-10", "--at", "nå"], "fant «nå», ventet et tidspunkt som"),
        (["read", "x.csv", "--encoding", "tull"], "fant «tull», ventet ett av utf-8, utf-8-sig, "),
        (["undo", "2", "--as", "leader:Øyer"], "fant «leader:Øyer», ventet viewer, leader:3439"),
        (["undo", "2", "3", "4"], "forankring: feil: ukjente argumenter: … …"),
        (["undo", "2", "--for=Kari", "x"], "forankring: feil: ukjente argumenter: --for …"),
    ],
)
def test_wrong_use_is_told_in_norwegian_with_code_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert ENGLISH.findall(without_keys(err)) == []


@pytest.mark.parametrize(
    "words",
    [
        ["undo", "2", "Kari Nordmann"],
        ["undo", "2", "15076500565"],
        ["lock", "2026-10", "--as", "Kari Nordmann"],
        ["lock", "kari.nordmann@kommune.no"],
        ["Kari Nordmann"],
        ["export", "--format", "Kari Nordmann"],
        ["attest", "3439", "2026-10", "Kari Nordmann"],
        ["check", "x.csv", "--value", "Kari Nordmann 15076500565"],
        ["check", "x.csv", "--dates", "Kari Nordmann 912 34 567"],
    ],
)
def test_what_may_be_about_somebody_is_not_repeated(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(words) == 2
    said = "".join(capsys.readouterr())
    for part in ("Kari", "Nordmann", "nordmann", "15076500565", "567"):
        assert part not in said
    assert "…" in said


def test_all_that_argparse_says_to_people_is_translated() -> None:
    """Against the argparse of this Python: a new version may say something new."""
    said = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(argparse)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        and isinstance(node.args[0], ast.Constant)
    }
    assert "usage: " in said
    assert said - set(catalogue.messages("nb")) - NEVER_SEEN == set()


def test_argparse_speaks_as_before_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    app.main(["--help"])
    capsys.readouterr()
    assert argparse.ArgumentParser("other").format_usage().startswith("usage: ")


@pytest.mark.parametrize("words", [["--help"], ["load", "--help"], ["demo", "--help"]])
def test_help_loads_nothing_that_takes_long(words: list[str]) -> None:
    heavy = "{'polars', 'duckdb', 'streamlit', 'pandas', 'pyarrow', 'scipy', 'numpy', 'babel'}"
    code = (
        f"import sys, app; code = app.main({words!r});"
        f" print(sorted({heavy} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"


def test_a_wrong_setting_is_refused_by_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_LOCK_DAY", "31")
    assert app.main(["uploads"]) == 1
    assert capsys.readouterr().err == (
        "FORANKRING_LOCK_DAY kan ikke brukes: fant «31», ventet en dag i måneden fra 1 til 28.\n"
    )


def test_a_refusal_has_its_code_for_machines_and_its_sentence_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["uploads", "--json", "--store", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"Det er ikke noe lager i mappen {tmp_path}.")
    assert '"code": "no_store"' in out


@pytest.mark.parametrize("words", [["uploads"], ["serve"], ["check", "x.csv"], ["template", "mål"]])
def test_a_damaged_store_is_a_sentence(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "about.json").write_text('{"store_id"', encoding="utf-8")
    assert app.main([*words, "--store", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"Lagerets fil i {tmp_path / 'about.json'} er skadet eller borte")
    assert err.count("\n") == 1


def test_a_fault_in_the_program_is_told_by_its_sort_and_never_by_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    somebody = "Kari Nordmann 15076500565"

    def broken(_: argparse.Namespace) -> int:
        try:
            raise ValueError(somebody)
        except ValueError as error:
            raise ZeroDivisionError(str(error)) from error

    monkeypatch.setattr(terminal.module_of("uploads"), "run", broken)
    assert app.main(["uploads", "--json"]) == 1
    out, err = capsys.readouterr()
    assert not [part for part in somebody.split() if part in out + err]
    told = json.loads(out)["failed"]
    assert told["sort"] == "builtins.ZeroDivisionError"
    first, reference, *trace = err.splitlines()
    assert f"(builtins.ZeroDivisionError, referanse {reference})" in first
    assert reference == told["reference"]
    assert "builtins.ValueError" in trace
    assert trace[-1] == told["sort"]


def test_a_stopped_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal.module_of("uploads"), "run", stopped)
    assert app.main(["uploads"]) == 130
    assert capsys.readouterr().err == "Stoppet.\n"
