"""`decide` writes a decision down, and that it was carried out."""

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


def test_a_decision_is_written_down_and_carried_out(run: Run, small: Path) -> None:
    number = run(
        "decide",
        "Alle kurs evalueres samme dag",
        *("--owner", "enhetsleder", "--due", "31.12.2026", "--municipality", "Øyer"),
        *("--indicator", "same_day_evaluation", "--on", "2026-11-05"),
        *("--store", small, "--json"),
    ).json["decision_id"]
    assert acts(small, "decisions", "text", "municipality", "indicator", "carried_out_on") == [
        ("Alle kurs evalueres samme dag", "3440", "same_day_evaluation", None)
    ]
    said = run("decide", "--done", number, "--on", "2026-11-10", "--store", small)
    assert said.out.startswith(f"Vedtak {number} ble gjennomført 10. november 2026. Utgave ")
    again = run("decide", "--done", number, "--on", "2026-11-11", "--store", small)
    assert again.err == f"Vedtak {number} ble gjennomført 10. november 2026.\n"


def test_a_decision_without_its_owner_or_due_date_is_wrong_use(run: Run, small: Path) -> None:
    said = run("decide", "Noe", "--store", small)
    assert said.code == 2
    assert "--owner (rolle) og --due (frist)" in said.err


def test_what_cannot_be_decided_is_refused(run: Run, small: Path) -> None:
    of = ("--owner", "leder", "--store", small)
    said = run("decide", "Noe", "--due", "2026-10-01", "--on", "2026-10-13", *of)
    assert said.err == "Fristen 1. oktober 2026 er før vedtaket 13. oktober 2026.\n"
    said = run("decide", "Noe", "--due", "2027-01-01", "--indicator", "lykke", *of)
    assert said.err.startswith("«lykke» er ingen indikator. De er activities_held, ")
    said = run("decide", "Noe", "--due", "2027-01-01", *of, "--as", "leader:3439")
    assert said.code == 1
    assert run("decide", "--done", "99", "--store", small).err == "Det er ikke noe vedtak 99.\n"
