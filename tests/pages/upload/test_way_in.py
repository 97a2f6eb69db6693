"""A file goes in step by step: what was read, what it changes, then its receipt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import coverage
from queries import release
from tests.pages.upload.visiting import (
    ANSWERS,
    HEAD,
    MUNICIPALITIES,
    OCTOBER,
    ONE,
    TWO,
    WAVES,
    Opening,
    actions,
    choose,
    click,
    drop,
    heading,
    kept,
    labels,
    load,
    page_of,
    run,
    uploads,
    words,
)


def test_what_was_read_is_shown_before_anything_is_stored(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak_2026-10.csv", actions()))
    said = words(page)
    assert heading(page) == "tiltak_2026-10.csv er klar til å lagres."
    assert "1. Du har valgt én fil" in said
    assert "2. Vi leste 2 rader og 10 kolonner" in said
    assert "Innhold: Tiltak (2 rader). Overskriftene er de samme som i malen." in said
    assert "Tegnsett: Windows-1252 Skilletegn: semikolon ( ; )" in said
    assert "Overskrifter: på linje 1" in said
    assert "Møte brukerne før møtet" in said
    assert "3. Vi fant ingen problemer" in said
    assert "4. Filen gjelder Ringebu, oktober 2026" in said
    assert "5. Dette endres: 2 nye rader" in said
    assert "Lagre 2 rader for Ringebu, oktober 2026" in labels(page)
    assert len(uploads(folder)) == 2


def test_storing_shows_the_receipt_and_makes_a_release(opening: Opening, folder: Path) -> None:
    before = release.bring_up_to_date(folder)
    raw = actions()
    page = click(drop(opening(), ("tiltak_2026-10.csv", raw)), "Lagre")
    (stored, *_) = uploads(folder)
    assert page.query_params["opplasting"] == str(stored.upload_id)
    assert heading(page) == "2 rader er lagret for Ringebu, oktober 2026."
    said = words(page)
    assert f"Opplasting {stored.upload_id}" in said
    assert "av lokal, regional koordinator" in said
    assert "Tiltak: 2 rader" in said
    assert stored.sha256 in said
    assert f"utgave {before} før, utgave {before + 1} etter" in said
    assert stored.covers == {("actions", "3439", dt.date(2026, 10, 1))}


def test_nothing_is_remembered_of_a_stored_file(opening: Opening) -> None:
    page = drop(opening(), ("tiltak_2026-10.csv", actions()))
    assert "brukerne" in kept(page)
    page = click(page, "Lagre")
    assert "brukerne" not in kept(page)
    assert "tiltak_2026-10" not in kept(page)


def test_a_file_that_is_taken_away_is_forgotten(opening: Opening, folder: Path) -> None:
    page = click(drop(opening(), ("tiltak_2026-10.csv", actions())), "Ta bort filen")
    assert "1. Velg filene du har eksportert" in words(page)
    assert "brukerne" not in kept(page)
    assert len(uploads(folder)) == 2


def test_several_files_are_taken_in_the_order_they_refer_to_each_other(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("svar.csv", ANSWERS.encode()), ("utsendinger.csv", WAVES.encode()))
    (files,) = page.radio
    assert files.options == ["utsendinger.csv – kan lagres", "svar.csv – 1 problem"]
    page = click(page, "Lagre 1 rad for Ringebu")
    assert "Gå videre med svar.csv" in words(page)
    # With the wave stored the answers have somewhere to belong.
    page.query_params.clear()
    page = run(page)
    assert heading(page) == "svar.csv er klar til å lagres."
    click(page, "Lagre 1 rad for Ringebu, oktober 2026")
    assert [list(one.rows) for one in uploads(folder)[:2]] == [["survey_answers"], ["survey_waves"]]


def test_a_newer_list_says_what_is_new_changed_and_gone(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    three = TWO.replace("T-2", "T-3")
    page = drop(opening(), ("nyere.csv", actions(OCTOBER.replace("fagleder", "leder"), three)))
    said = words(page)
    assert "5. Dette endres: 1 ny rad, 1 endret rad og 1 rad borte" in said
    assert "T-1 ansvarlig_rolle fagleder leder" in said
    assert "En fil med tiltak er hele listen for kommunene i den." in said
    assert len(uploads(folder)) == 3


def test_the_same_file_again_is_said_and_changes_nothing(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    page = drop(opening(), ("kopi.csv", actions()))
    assert heading(page) == "kopi.csv er allerede lastet opp."
    assert "4. Allerede lastet opp Den samme filen ble lagret" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    assert len(uploads(folder)) == 3


def test_the_same_file_may_cover_more_than_it_did(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    page = drop(opening(), ("kopi.csv", actions()))
    page = choose(page, "Siste måned", dt.date(2026, 11, 1))
    click(page, "Lagre 2 rader for Ringebu, oktober–november 2026")
    assert len(uploads(folder)) == 4


def test_only_months_that_are_missing_are_proposed(opening: Opening, folder: Path) -> None:
    old = ONE.format("03.02.2026", "04.02.2026")
    months = coverage.of(["actions"], ["3439"], dt.date(2026, 2, 1), dt.date(2026, 8, 1))
    load(folder, "tiltak_2026-08.csv", f"{HEAD}\n{old}\n", months)
    page = drop(opening(), ("tiltak_2026-10.csv", actions(old, TWO)))
    assert "4. Filen gjelder Ringebu, september–oktober 2026" in words(page)


def test_what_a_file_covers_can_be_changed(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    page = choose(page, "Første måned", dt.date(2026, 8, 1))
    assert "4. Filen gjelder Ringebu, august–oktober 2026" in words(page)
    (places,) = page.multiselect
    places.set_value([])
    page = run(page)
    assert "Velg minst én kommune" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    (places,) = page.multiselect
    places.set_value(["3439", "3440"])
    click(run(page), "Lagre 2 rader for Ringebu og Øyer, august–oktober 2026")
    (stored, *_) = uploads(folder)
    assert len(stored.covers) == 6


def test_rows_outside_what_is_covered_are_refused_in_a_sentence(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    (places,) = page.multiselect
    places.set_value(["3440"])
    page = click(run(page), "Lagre")
    assert "Filen har rader med tiltak for Ringebu" in words(page)
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert len(uploads(folder)) == 2


def test_the_first_file_of_all_makes_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(tmp_path / "ny"))
    page = AppTest.from_function(
        page_of, args=("regional_coordinator", None, "cooperation"), default_timeout=60
    )
    page = run(page)
    assert heading(page) == "Last opp de første filene"
    page = click(drop(page, ("kommuner.csv", MUNICIPALITIES.encode())), "Lagre 2 rader")
    assert heading(page).startswith("2 rader er lagret for")
    assert len(uploads(tmp_path / "ny")) == 1


def test_who_stored_a_file_and_how_it_was_read_is_recorded(opening: Opening, folder: Path) -> None:
    click(drop(opening("coordinator", "3439"), ("tiltak.csv", actions())), "Lagre")
    (one, *_) = uploads(folder)
    assert (one.who, one.role) == ("lokal", "coordinator:3439")
    assert one.facts["encoding"] == "windows-1252"


def test_odd_numbers_are_asked_about_before_storing(opening: Opening) -> None:
    ten = [OCTOBER.replace("T-1", f"T-{n}") for n in range(10, 20)]
    page = click(drop(opening(), ("tiltak.csv", actions(*ten))), "Lagre")
    many = [OCTOBER.replace("T-1", f"T-{n}") for n in range(10, 40)]
    page = drop(opening(), ("tiltak2.csv", actions(*many)))
    assert "Ringebu har 30 rader med tiltak, og vanligvis omtrent 10." in words(page)
