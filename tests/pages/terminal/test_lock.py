"""`lock` makes a month stand still, and history at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import settings, store

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
    said = run("lock", "2026-10", "--store", small, "--at", "2026-11-10T13:00")
    # Øyer has not delivered its actions: that is said before anything else.
    first, second, last = said.out.splitlines()
    assert first == "Én fil er ikke levert. Det den forteller, mangler i det som blir låst:"
    assert second == "  oktober 2026: tiltak fra Øyer"
    assert last.startswith("Oktober 2026 er låst. Utgave ")
    again = run("lock", "2026-10", "--store", small)
    assert (again.code, again.err) == (
        1,
        "Oktober 2026 er allerede låst: lokal låste måneden 10. november 2026 kl. 13.00.\n",
    )


def test_what_is_missing_can_be_listed_without_locking(run: Run, small: Path) -> None:
    said = run("lock", "2026-10", "--missing", "--store", small, "--json").json
    lacking = {"municipality": "3440", "name": "Øyer", "kind": "actions", "month": "2026-10-01"}
    assert (said["months"], said["missing"]) == ([], [lacking])
    before = run("lock", "2026-10", "--missing", "--history", "--store", small)
    assert before.out.endswith("  oktober 2026: tiltak fra Øyer\n")
    assert acts(small, "locks", "month") == []
    assert run("lock", "2030-01", "--missing", "--store", small).code == 1
    assert run("lock", "2026-10", "--store", small, "--json").json["missing"] == [lacking]


def test_a_month_that_locked_itself_is_said_to_have_done_so(run: Run, small: Path) -> None:
    about = small / settings.ABOUT_FILE
    facts = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps(facts | {"made_on": "2026-10-31"}), encoding="utf-8")
    said = run("lock", "2026-10", "--store", small)
    assert said.code == 1
    assert said.err.startswith("Oktober 2026 låste seg selv 12. november 2026 kl. ")
    assert "fordi ingen hadde låst den innen låsedagen." in said.err


def test_history_is_locked_at_once(run: Run, small: Path) -> None:
    said = run("lock", "2026-10", "--history", "--store", small)
    assert said.out.splitlines()[-1].startswith(
        "Én måned er låst som historikk: oktober 2026. Utgave "
    )
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
