"""A file meets a store: what is recorded of one that is refused, and counted of all that came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data import delivery, snapshot, store
from data.intake import Intake
from data.people import LOCAL, Person
from data.store import RefusedError

Taken = Callable[..., Intake]

TODAY = dt.date(2026, 11, 12)
HEAD = "tiltak_id;kommune;tiltak;omfang;kilde;ansvarlig_rolle;åpnet;frist;status;sist_endret"
ROW = "T-{};Ringebu;{};egen kommune;dialogmøte;fagleder;05.10.2026;;åpent;06.10.2026"
NUMBER = "15076500565"
"""An identity number that nobody has."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.create(tmp_path, demo_today=TODAY)
    return tmp_path


def text(*titles: str) -> str:
    rows = [ROW.format(number, title) for number, title in enumerate(titles, 1)]
    return "\n".join([HEAD, *rows, ""])


def received(folder: Path) -> list[tuple[int, int, int]]:
    """Rows, refused rows and finds of everything that came."""
    with store.opened(folder) as opened:
        found = snapshot.taken(opened).tables["received"]
    return found.select("file_rows", "refused_rows", "guard_hits").rows()


def test_of_a_refused_file_two_numbers_are_recorded_and_nothing_else(
    folder: Path, taken: Taken
) -> None:
    told = text("Skilt", f"Ring {NUMBER}", f"Ring {NUMBER}")
    intake = taken(told, f"svar til {NUMBER}.csv")
    assert intake.blocking
    with store.opened(folder) as opened:
        delivery.refuse(opened, intake, LOCAL)
        (entry,) = opened.entries()
    assert (entry.act, entry.subject) == ("refuse", None)
    assert entry.facts == {"file_rows": 3, "guard_hits": 2}
    assert NUMBER not in json.dumps(entry.facts)
    assert not list((folder / store.FILES).iterdir())
    assert received(folder) == [(3, 3, 2)]


def test_a_file_that_is_refused_for_something_else_has_no_finds(folder: Path, taken: Taken) -> None:
    intake = taken(text("Skilt").replace("Ringebu", "Ringbu"))
    assert intake.blocking
    with store.opened(folder) as opened:
        delivery.refuse(opened, intake, LOCAL)
    assert received(folder) == [(1, 1, 0)]
    # What cannot be read at all has no rows to count.
    with store.opened(folder) as opened:
        delivery.refuse(opened, taken(b"%PDF-1.7 x", "rapport.csv"), LOCAL)
    assert received(folder)[1:] == [(0, 0, 0)]


def test_only_who_may_upload_leaves_such_a_number(folder: Path, taken: Taken) -> None:
    intake = taken(text("Skilt").replace("Ringebu", "Ringbu"))
    with store.opened(folder) as opened:
        with pytest.raises(RefusedError, match="may_not"):
            delivery.refuse(opened, intake, Person("leser", "viewer"))
        assert opened.last_entry() == 0


def test_a_stored_file_counts_its_rows_and_those_that_were_left(folder: Path) -> None:
    with store.opened(folder) as opened:
        # An upload of an earlier version does not say how many rows its file had.
        old = {"rows": {"actions": 4, "feedback": 2}, "left_rows": 3, "file_name": "gammel.csv"}
        new = old | {"file_rows": 8}
        for facts in (old, new, {"rows": {}, "file_name": "tom.csv"}):
            opened.append("upload", LOCAL, None, facts)
    assert received(folder) == [(9, 3, 0), (8, 3, 0), (0, 0, 0)]


def test_of_a_file_with_answers_no_rows_are_counted(folder: Path) -> None:
    # Every upload makes a release: two of them told how many rows the one file had that came
    # between, and such a row is a person.
    with store.opened(folder) as opened:
        rows = {"survey_answers": 7, "survey_waves": 1}
        facts = {"rows": rows, "file_rows": 7, "left_rows": 2, "file_name": "svar.csv"}
        opened.append("upload", LOCAL, None, facts)
    assert received(folder) == [(0, 0, 0)]


def test_of_a_refused_file_that_may_hold_answers_no_rows_are_told(
    folder: Path, taken: Taken
) -> None:
    # Nobody knows what it is; in each of two rows stands a number that only persons have.
    intake = taken(f"hva;hvem\nbra;{NUMBER}\nbra;{NUMBER}\n")
    assert intake.mapping is None
    with store.opened(folder) as opened:
        delivery.refuse(opened, intake, LOCAL)
        (entry,) = opened.entries()
    assert entry.facts["file_rows"] == 0
    assert entry.facts["guard_hits"] <= 1
