"""`undo` takes an upload back and `restore` brings it back; each makes a release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from queries import ask

Run = Callable[..., Any]


def test_undo_and_restore_each_make_a_release(run: Run, small: Path) -> None:
    before = ask.current_release(small)
    said = run("undo", "2", "--store", small)
    assert said.out == (
        f"Opplasting 2 (tiltak.csv) er trukket tilbake. Utgave {before + 1} vises nå.\n"
    )
    assert "trukket tilbake" in run("uploads", "--store", small).out
    shown = run("export", "--store", small, "--month", "2026-10").json["cells"]
    assert {cell["text"] for cell in shown if cell["indicator"] == "open_actions"} == {"mangler"}
    said = run("restore", "2", "--store", small, "--json")
    assert said.json == {"upload_id": 2, "release": before + 2}


def test_what_cannot_be_turned_is_refused(run: Run, small: Path) -> None:
    said = run("restore", "2", "--store", small)
    assert (said.code, said.err) == (
        1,
        "Opplasting 2 er ikke trukket tilbake, så det er ingenting å hente fram.\n",
    )
    said = run("undo", "2", "--store", small, "--as", "coordinator:3440")
    assert said.code == 1
    assert said.err.startswith("Denne rollen kan ikke gjøre det for 3439.")
