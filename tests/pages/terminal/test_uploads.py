"""`uploads` lists what was uploaded, newest first, and shows a whole receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_newest_is_listed_first(run: Run, small: Path) -> None:
    said = run("uploads", "--store", small)
    heading, first, second = said.out.splitlines()
    assert heading.split() == ["Opplasting", "Tid", "Fil", "Rader", "Typer", "Status"]
    assert first.split("  ")[0] == "2"
    assert "3. november 2026 kl. 09.00  tiltak.csv" in first
    assert first.split()[-2:] == ["tiltak", "teller"]
    assert second.split()[-2:] == ["kommuner", "teller"]


def test_one_upload_is_shown_with_its_whole_receipt(run: Run, small: Path) -> None:
    assert run("uploads", "2", "--store", small).out.startswith("Kvittering 2\nFil: tiltak.csv\n")
    (receipt,) = run("uploads", "2", "--store", small, "--json").json["uploads"]
    assert receipt["upload_id"] == 2
    assert receipt["at"] == "2026-11-03T08:00:00Z"
    assert run("uploads", "9", "--store", small).code == 1
