"""Coordinators upload for their own municipality, and nobody sees another's numbers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from data import coverage
from queries import release
from tests.pages.upload.visiting import (
    HEAD,
    OCTOBER,
    TWO,
    Opening,
    actions,
    drop,
    heading,
    load,
    markup,
    run,
    uploads,
    words,
)


@pytest.mark.parametrize(
    ("role", "own", "called"),
    [("viewer", None, "leser"), ("leader", "3439", "leder i Ringebu")],
)
def test_who_may_not_upload_is_told_who_does(
    role: str, own: str | None, called: str, opening: Opening
) -> None:
    page = opening(role, own)
    assert heading(page) == "Koordinatorene laster opp filene"
    assert f"Du er her som {called}" in words(page)
    assert not page.get("file_uploader")
    assert "lagre, og gi filen til koordinatoren." in words(page)
    assert "tjenester.csv" not in words(page)


def test_a_coordinator_uploads_for_the_own_municipality_only(
    opening: Opening, folder: Path
) -> None:
    page = opening("coordinator", "3439")
    assert "Du laster opp for Ringebu." in words(page)
    page = drop(page, ("tiltak.csv", actions(OCTOBER, TWO.replace("Ringebu", "Øyer"))))
    assert "Linje 3, kolonne «kommune»: radene gjelder Øyer (3440)." in words(page)
    assert len(uploads(folder)) == 2


def test_a_file_that_waits_is_judged_anew_for_another_role(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER.replace("Ringebu", "Øyer"))))
    assert heading(page) == "tiltak.csv er klar til å lagres."
    page.args = ("coordinator", "3439", "cooperation")
    page = run(page)
    assert "radene gjelder Øyer (3440)" in words(page)


def test_rows_of_others_are_not_counted_for_a_coordinator(opening: Opening, folder: Path) -> None:
    both = coverage.of(["actions"], ["3439", "3440"], dt.date(2026, 10, 1), dt.date(2026, 10, 1))
    load(folder, "felles.csv", f"{HEAD}\n{OCTOBER}\n{TWO.replace('Ringebu', 'Øyer')}\n", both)
    release.bring_up_to_date(folder)
    (stored, *_) = uploads(folder)
    page = opening("coordinator", "3439")
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*felles\.csv.*?</tr>", markup(page))
    assert "vises ikke for deg" in row
    assert "href" not in row
    page.query_params["opplasting"] = str(stored.upload_id)
    assert heading(run(page)) == "Denne kvitteringen vises ikke for deg"
