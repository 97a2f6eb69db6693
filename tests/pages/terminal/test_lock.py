"""`lock` makes a month stand still, and history at once."""

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


def test_a_month_is_locked_and_keeps_its_release(run: Run, small: Path) -> None:
    said = run("lock", "2026-10", "--store", small, "--json")
    assert said.json["months"] == ["2026-10-01"]
    assert said.json["is_history"] is False
    (month,) = run("release", "--store", small, "--json").json["locked_months"]
    assert month["month"] == "2026-10-01"
    assert month["lock_release"] == said.json["release"]


def test_locking_is_told_in_words(run: Run, small: Path) -> None:
    said = run("lock", "2026-10", "--store", small)
    assert said.out.startswith("Oktober 2026 er låst. Utgave ")
    again = run("lock", "2026-10", "--store", small)
    assert (again.code, again.err) == (1, "Oktober 2026 er allerede låst.\n")


def test_history_is_locked_at_once(run: Run, small: Path) -> None:
    said = run("lock", "2026-10", "--history", "--store", small)
    assert said.out.startswith("Én måned er låst som historikk: oktober 2026. Utgave ")
    assert acts(small, "locks", "is_history") == [(True,)]


def test_a_month_that_has_not_ended_is_not_locked(run: Run, small: Path) -> None:
    said = run("lock", "2026-11", "--store", small)
    assert said.err == "November 2026 er ikke over ennå og kan ikke låses.\n"
    said = run("lock", "2020-01", "--store", small)
    assert said.err == (
        "Ingenting er levert for januar 2020 eller før, så det er ingenting å låse.\n"
    )
    said = run("lock", "2026-10", "--store", small, "--as", "coordinator:3439")
    assert said.err == (
        "Denne rollen kan ikke gjøre det. Den regionale koordinatoren låser måneder.\n"
    )
