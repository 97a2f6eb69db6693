"""`attest` records what a head says of a locked month, in the words of the screen."""

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


def test_a_head_attests_in_the_words_of_the_screen(run: Run, locked: Path) -> None:
    words = ("--store", locked, "--as", "leader:3439", "--at", "2026-11-11T08:00")
    said = run("attest", "Ringebu", "2026-10", "følger-opp", *words)
    assert said.code == 0
    assert "fra 3439 for oktober 2026 er skrevet ned. Utgave " in said.out
    assert acts(locked, "attestations", "municipality", "statement", "who_role") == [
        ("3439", "follows_up", "leader:3439")
    ]


def test_an_attestation_can_be_taken_back(run: Run, locked: Path) -> None:
    entry = run("attest", "3439", "2026-10", "seen", "--store", locked, "--json").json
    assert entry["is_withdrawn"] is False
    said = run("attest", "--withdraw", entry["attestation_id"], "--store", locked, "--json")
    assert said.json["is_withdrawn"] is True
    assert said.json["municipality"] == "3439"
    again = run("attest", "--withdraw", entry["attestation_id"], "--store", locked)
    assert again.err.endswith("er allerede trukket tilbake.\n")


def test_what_may_not_be_attested_is_refused(run: Run, locked: Path) -> None:
    of = ("--store", locked)
    assert run("attest", "Lom", "2026-10", "sett", *of).err == (
        "«Lom» er ingen av kommunene i lageret.\n"
    )
    assert run("attest", "3439", "2026-09", "sett", *of).err == (
        "September 2026 er ikke låst ennå. En leder attesterer tall som står stille.\n"
    )
    assert run("attest", "3439", "2026-10", "ber-om", *of).code == 1
    said = run("attest", "3439", "2026-10", "sett", *of, "--as", "leader:3440")
    assert said.err.startswith("Denne rollen kan ikke gjøre det for 3439. En leder attesterer")
