"""`review` records a verdict, a report or evidence, and refuses a bare rejection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import store

Run = Callable[..., Any]


def acts(folder: Path, view: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of one view of the acts, in order."""
    with store.opened(folder) as opened:
        return opened.rows(f"select {', '.join(columns)} from acts_{view} order by all")


def test_a_deviation_is_judged_reported_and_evidence_given(run: Run, small: Path) -> None:
    of = ("--municipality", "Ringebu", "--store", small)
    said = run("review", "stale_action", "T-2", "--verdict", "bekreftet", *of)
    assert said.out.startswith("Svaret på avviket er skrevet ned som nummer ")
    said = run("review", "--report", "Ingen ble spurt", "--on", "2026-10-14", *of)
    assert said.out.startswith("Meldingen er skrevet ned som nummer ")
    evidence = ("--evidence", "organisation_decided", "--reference", "Sak 4/26")
    said = run("review", *evidence, "--on", "2026-09-02", *of, "--json")
    assert said.json["about"] == "evidence"
    assert said.json["municipality"] == "3439"
    assert acts(small, "reviews", "rule", "row_key", "verdict") == [
        ("stale_action", "T-2", "confirmed")
    ]
    assert acts(small, "reports", "text") == [("Ingen ble spurt",)]
    assert acts(small, "evidence", "criterion", "reference") == [
        ("organisation_decided", "Sak 4/26")
    ]


def test_a_rejection_says_why(run: Run, small: Path) -> None:
    of = ("--municipality", "3439", "--store", small)
    said = run("review", "stale_action", "T-2", "--verdict", "avvist", *of)
    assert said.err == "Et avslag må ha en grunn, så falske alarmer kan sees.\n"
    said = run("review", "stale_action", "T-2", "--verdict", "avvist", "--reason", "Ferie", *of)
    assert said.code == 0
