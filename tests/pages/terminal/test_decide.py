"""`decide` writes a decision down, and that it was carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import acts as written
from data import snapshot, store
from data.people import LOCAL

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


@pytest.fixture
def decision(small: Path) -> int:
    """The number of a decision for Øyer, written down on 5 November."""
    with store.opened(small) as opened:
        return written.decide(
            opened,
            LOCAL,
            "Fast rutine",
            owner_role="enhetsleder",
            due_on=dt.date(2026, 12, 31),
            municipality="3440",
            indicator="told_back",
            at=dt.datetime.fromisoformat("2026-11-05T09:00"),
        )


def test_a_decision_is_changed_listed_and_withdrawn(run: Run, small: Path, decision: int) -> None:
    of = ("--store", small)
    changing = ("decide", "--change", decision, *of)
    unknown = run(*changing, "--indicator", "lykke")
    assert unknown.err.startswith("«lykke» er ingen indikator. De er ")
    to = ("--due", "2027-01-15", "--municipality", "alle", "--indicator", "ingen")
    said = run(*changing, *to)
    assert said.out.startswith(f"Vedtak {decision} er endret, og det som sto der før, ")
    assert acts(small, "decisions", "municipality", "indicator", "text") == [
        (None, None, "Fast rutine")
    ]
    history = run("decide", "--history", decision, *of).out.splitlines()
    assert [line.split()[0] for line in history] == ["Vedtak", "2", "1"]
    assert "15. januar 2027" in history[1]
    assert "Øyer" in history[2]
    assert run("decide", "--withdraw", decision, "--reason", "Feil møte", *of).code == 0
    (listed,) = run("decide", "--list", *of, "--json").json["decisions"]
    assert (listed["standing"], listed["withdrawn_reason"], listed["versions"]) == (
        "withdrawn",
        "Feil møte",
        2,
    )
    since = run("decide", "--list", "--since", "2026-11-06", *of)
    assert since.out == "Ingen vedtak er skrevet ned.\n"


def test_a_decision_becomes_an_action_and_is_moved_on(run: Run, small: Path, decision: int) -> None:
    of, place = ("--store", small), ("--municipality", "Øyer")
    made = run("decide", "--make-action", decision, "Innføre", *place, *of, "--json").json
    action = f"VEDTAK-{decision}"
    assert (made["action_id"], made["municipality"], made["decision_id"]) == (
        action,
        "3440",
        decision,
    )
    moved = ("decide", "--move", action, *place, *of)
    users = ("--influence", "ja", "--users", "start,slutt")
    done = run(*moved, "--status", "ferdig", "--on", "2026-11-10", *users)
    assert done.out.startswith(f"Tiltak {action} er ført videre. Utgave ")
    assert f"decide --done {decision}" in done.out
    with store.opened(small) as opened:
        actions = snapshot.taken(opened).tables["current_actions"].filter(action_id=action)
    columns = ("status", "influence", "users_at_start", "users_midway", "users_at_end")
    assert actions.select(columns).row(0) == ("done", "yes", True, False, True)
    assert f"åpent ({action})" in run("decide", "--list", *of).out
    assert run("decide", "--withdraw-action", action, "--reason", "Feil", *place, *of).code == 0
    again = run(*moved, "--status", "pågår")
    assert again.err.startswith(f"Ikke noe vedtak har blitt tiltak {action} i 3440.")


def test_one_thing_is_asked_for_at_a_time_and_whole(run: Run, small: Path) -> None:
    for words, expected in {
        ("--done", "3", "--list"): "Én ting om gangen: --done, --list.",
        ("--withdraw", "3"): "Si hvorfor, med --reason.",
        ("--make-action", "3", "Skilt"): "Si hvilken kommune tiltaket hører til",
        ("--make-action", "3", "--municipality", "Øyer"): "Si hva som skal gjøres",
        ("--move", "V-1", "--municipality", "Øyer"): "Si hvor langt det har kommet",
        ("--move", "V-1", "--status", "glemt"): "fant «glemt», ventet ett av ",
        ("--users", "start,glemt"): "fant «glemt», ventet ett av start, underveis, slutt",
    }.items():
        said = run("decide", *words, "--store", small)
        assert (said.code, expected in said.err) == (2, True), said.err
