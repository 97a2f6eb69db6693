"""`review` records a verdict, a report or evidence, and refuses a bare rejection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import store

Run = Callable[..., Any]


def acts(folder: Path, view: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of one view of the acts, in order."""
    with store.opened(folder) as opened:
        return opened.rows(f"select {', '.join(columns)} from acts_{view} order by all")


DONE = """\
tiltak_id;kommune;tiltak;omfang;kilde;åpnet;status;sist_endret;ferdig;\
brukere_ved_start;brukere_underveis;brukere_ved_slutt
T-3;Ringebu;Ny nettside;egen kommune;dialogmøte;01.09.2026;ferdig;20.10.2026;20.10.2026;nei;nei;nei
"""
RULE = ("review", "action_without_users", "T-3", "--verdict")


@pytest.fixture
def suggested(run: Run, small: Path, tmp_path: Path) -> Path:
    """The small store with an action that was done without users."""
    path = tmp_path / "ferdige.csv"
    path.write_text(DONE, encoding="utf-8")
    assert run("load", path, "--store", small, "--at", "2026-11-04T09:00").code == 0
    return small


def test_a_deviation_is_judged_reported_and_evidence_given(run: Run, suggested: Path) -> None:
    small = suggested
    of = ("--municipality", "Ringebu", "--store", small)
    said = run(*RULE, "bekreftet", *of)
    assert said.out.startswith("Svaret på avviket er skrevet ned som nummer ")
    said = run("review", "--report", "Ingen ble spurt", "--on", "2026-10-14", *of)
    assert said.out.startswith("Meldingen er skrevet ned som nummer ")
    evidence = ("--evidence", "organisation_decided", "--reference", "Sak 4/26")
    said = run("review", *evidence, "--on", "2026-09-02", *of, "--json")
    assert said.json["about"] == "evidence"
    assert said.json["municipality"] == "3439"
    assert acts(small, "reviews", "rule", "row_key", "since_on", "verdict") == [
        ("action_without_users", "T-3", dt.date(2026, 10, 20), "confirmed")
    ]
    assert acts(small, "reports", "text") == [("Ingen ble spurt",)]
    assert acts(small, "evidence", "criterion", "reference") == [
        ("organisation_decided", "Sak 4/26")
    ]


def test_a_rejection_says_why(run: Run, suggested: Path) -> None:
    of = ("--municipality", "3439", "--store", suggested)
    said = run(*RULE, "avvist", *of)
    assert said.err == "Et avslag må ha en grunn, så falske alarmer kan sees.\n"
    assert run(*RULE, "avvist", "--reason", "Ferie", *of).code == 0
    # Whoever answered in haste may answer again, and then close it; after that it is over.
    said = run(*RULE, "lukket", *of)
    assert said.err == "Avviket er avvist: det kan bare bekreftes likevel.\n"
    assert run(*RULE, "bekreftet", *of).code == 0
    assert run(*RULE, "lukket", *of).code == 0
    said = run(*RULE, "bekreftet", *of)
    assert said.err == "Avviket er lukket, og det skal ikke gjøres mer med det.\n"


def test_only_what_is_suggested_or_reported_can_be_judged(run: Run, small: Path) -> None:
    of = ("--municipality", "Ringebu", "--store", small)
    said = run("review", "stale_action", "T-2", "--verdict", "bekreftet", *of)
    assert said.err.startswith("«stale_action» er ingen regel. Reglene er ")
    said = run("review", "seat_vacant", "V-1", "--verdict", "bekreftet", *of)
    assert said.err.startswith("Regelen seat_vacant foreslår ikke V-1 i denne kommunen")
    said = run("review", "reported", "99", "--verdict", "lukket", *of)
    assert said.err.startswith("Det er ikke meldt noe avvik med nummer 99")
    assert acts(small, "reviews", "rule") == []


def test_a_reported_deviation_can_be_closed_and_names_nobody(run: Run, small: Path) -> None:
    of = ("--municipality", "Ringebu", "--store", small)
    said = run("review", "--report", "Spør kari.planta@example.no", "--on", "2026-10-14", *of)
    assert said.code == 1
    assert acts(small, "reports", "text") == []
    number = run("review", "--report", "Ingen ble spurt", "--on", "2026-10-14", *of, "--json").json[
        "review_id"
    ]
    said = run("review", "reported", number, "--verdict", "bekreftet", *of)
    assert said.err == "Avviket er meldt av noen: det kan bare lukkes.\n"
    assert run("review", "reported", number, "--verdict", "lukket", *of).code == 0
    assert acts(small, "reviews", "rule", "verdict") == [("reported", "closed")]
