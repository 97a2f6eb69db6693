"""A file with problems gets its messages, and nothing of anybody's is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data import store
from tests.pages.upload.visiting import (
    HEAD,
    IDENTITY_NUMBER,
    OCTOBER,
    ONE,
    TWO,
    Opening,
    actions,
    choose,
    click,
    drop,
    heading,
    kept,
    labels,
    markup,
    uploads,
    words,
)

WRONG = {
    "feil_kolonne.csv": (
        actions(head=HEAD.replace("tiltak;omfang", "hva;omfang")),
        "Kolonnen «tiltak» mangler.",
    ),
    "ukjent_kommune.csv": (
        actions(OCTOBER.replace("Ringebu", "Ringbu")),
        "Linje 2, kolonne «kommune»: fant «Ringbu». Mente du Ringebu (3439)?",
    ),
    "fram_i_tid.csv": (
        actions(ONE.format("24.12.2026", "24.12.2026")),
        "fant «24.12.2026», som er i framtiden.",
    ),
    "fodselsnummer.csv": (
        actions(OCTOBER.replace("Møte brukerne", f"Ring {IDENTITY_NUMBER}")),
        "Linje 2, kolonne «tiltak»: her står det et fødselsnummer.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_its_message_and_stores_nothing(
    name: str, opening: Opening, folder: Path
) -> None:
    raw, message = WRONG[name]
    page = drop(opening(), (name, raw))
    assert heading(page).endswith(f"i {name}. Ingenting er lagret.")
    assert message in words(page)
    assert "Dette må rettes før filen kan lagres" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    assert len(uploads(folder)) == 2


def test_a_file_that_cannot_be_stored_leaves_a_number_when_it_is_taken_away(
    opening: Opening, folder: Path
) -> None:
    def numbers() -> list[dict[str, int]]:
        with store.opened(folder) as opened:
            return [entry.facts for entry in opened.entries("refuse")]

    name = "ukjent_kommune.csv"
    page = drop(opening(), (name, WRONG[name][0]))
    # It may still be put right.
    assert numbers() == []
    click(page, "Ta bort")
    assert numbers() == [{"file_rows": 1, "guard_hits": 0}]
    # One that could have been stored was not refused.
    click(drop(page, ("tiltak.csv", actions())), "Ta bort")
    assert len(numbers()) == 1


def test_personal_data_leaves_a_number_at_once_and_only_once(
    opening: Opening, folder: Path
) -> None:
    name = "fodselsnummer.csv"
    page = drop(opening(), (name, WRONG[name][0]))
    page = drop(page, (name, WRONG[name][0]))
    click(page, "Ta bort")
    with store.opened(folder) as opened:
        (entry,) = opened.entries("refuse")
    assert entry.facts == {"file_rows": 1, "guard_hits": 1}


def test_a_personal_value_is_neither_shown_nor_remembered(opening: Opening) -> None:
    raw, _ = WRONG["fodselsnummer.csv"]
    page = drop(opening(), (f"svar {IDENTITY_NUMBER}.csv", raw))
    assert "fødselsnummer" in words(page)
    for place in (markup(page), kept(page), str(page.main)):
        assert IDENTITY_NUMBER not in place
    assert "Stemmer det ikke? Endre hvordan filen leses" not in [one.label for one in page.expander]


def test_personal_data_in_a_dropped_column_is_not_remembered_either(opening: Opening) -> None:
    raw = actions(f"{OCTOBER};ola@ringebu.example", head=f"{HEAD};e-post")
    page = drop(opening(), ("tiltak.csv", raw))
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert "Ikke lagret: 1 kolonne: «e-post»" in words(page)
    assert "ola@ringebu.example" not in kept(page)
    # Another reading needs the bytes, and asks for them.
    page = choose(page, "Tegnsett", "iso-8859-1")
    assert "Velg den en gang til" in words(page)
    page = drop(page, ("tiltak.csv", raw))
    assert "Tegnsett: ISO 8859-1" in words(page)
    page = click(page, "Lagre 1 rad for Ringebu")
    assert "1 kolonne: «e-post»" in words(page)


def test_all_problems_come_at_once_those_of_one_cause_together(opening: Opening) -> None:
    rows = [OCTOBER.replace("T-1", f"T-1{n}").replace("åpent", f"feito{n}") for n in range(5)]
    page = drop(opening(), ("tiltak.csv", actions(*rows, TWO.replace("Ringebu", "Xyz"))))
    assert heading(page) == "6 problemer i tiltak.csv. Ingenting er lagret."
    shown = markup(page)
    assert "2 til av samme slag" in shown
    assert len(re.findall(r'<ul class="problems".*?</ul>', shown)[0].split("<li>")) == 3


def test_the_list_of_problems_runs_nothing_in_a_spreadsheet(opening: Opening) -> None:
    from pages.parts import upload_inbox, upload_problems

    page = drop(opening(), ("=tiltak.csv", actions(OCTOBER.replace("åpent", "=1+1"))))
    (file,) = page.session_state["upload_inbox"].files
    assert isinstance(file, upload_inbox.Dropped)
    text = upload_problems.as_list(file.intake).decode("utf-8-sig")
    head, row = text.splitlines()
    assert head == "Fil;Ark;Linje;Kolonne;Fant;Hva som er galt;Må rettes"
    assert row.startswith("'=tiltak.csv;;2;status;'=1+1;")
    assert row.endswith(";ja")


def test_the_list_of_problems_holds_no_personal_value(opening: Opening) -> None:
    from pages.parts import upload_problems

    raw, _ = WRONG["fodselsnummer.csv"]
    page = drop(opening(), ("tiltak.csv", raw))
    (file,) = page.session_state["upload_inbox"].files
    listed = upload_problems.as_list(file.intake).decode("utf-8-sig")
    assert "fødselsnummer" in listed
    assert IDENTITY_NUMBER not in listed
