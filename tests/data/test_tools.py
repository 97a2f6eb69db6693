"""A tool is known by the headings it writes, in Norwegian and in English."""

from __future__ import annotations

import pytest

from data import tools

HEADINGS = {
    "surveyxact": ["s_1;s_2;stato_1;stato_2;stato_3;stato_4;stato_5"],
    "nettskjema": ["$submission_id;$created;Hvor fornøyd er du?;$answer_time_ms"],
    "forms": [
        "ID;Start time;Completion time;Email;Name;Hvor fornøyd er du?",
        "ID;Starttidspunkt;Fullføringstidspunkt;E-postadresse;Navn;Hvor fornøyd er du?",
    ],
    "google": ["Timestamp;How satisfied?", "Tidsmerke;Hvor fornøyd er du?"],
    "limesurvey": [
        "id;submitdate;lastpage;startlanguage;seed;Q1;Q2",
        "Response ID;Date submitted;Last page;Start language;Q1. How satisfied?",
        "Svar-ID;Dato sendt;Siste side;Startspråk;Q1. Hvor fornøyd?",
    ],
    "surveymonkey": ["RespondentID;CollectorID;StartDate;EndDate;IP Address;How satisfied?"],
    "qualtrics": ["StartDate;EndDate;Status;IPAddress;Progress;Finished;RecordedDate;Q1"],
    "typeform": ["#;How satisfied?;Start Date (UTC);Submit Date (UTC);Network ID"],
    "redcap": ["record_id;check___1;check___2;form_1_complete"],
    "planner": ["Task ID;Task Name;Bucket Name;Progress", "Oppgave-ID;Oppgavenavn;Fremdrift"],
    "jira": [
        "Summary;Issue key;Issue id;Issue Type;Status",
        "Sammendrag;Saksnøkkel;Status",
        "Resumen;Clave de incidencia;Estado",
        "Podsumowanie;Klucz zgłoszenia;Stan",
    ],
    "trello": ["Card ID;Card Name;Card URL;List Name;Archived"],
    "asana": ["Task ID;Created At;Completed At;Last Modified;Name;Section/Column;Assignee"],
}


@pytest.mark.parametrize(
    ("name", "headings"), [(name, line) for name, lines in HEADINGS.items() for line in lines]
)
def test_every_tool_is_known_by_its_headings(name: str, headings: str) -> None:
    found = tools.of(headings.split(";"))
    assert found is not None
    assert found.name == name


def test_every_known_tool_is_tried_here() -> None:
    assert {tool.name for tool in tools.known()} == set(HEADINGS)


@pytest.mark.parametrize(
    "headings",
    [
        "tiltak_id;kommune;tiltak;åpnet;status",
        "dato;temperatur;nedbør",
        # A time stamp somewhere in a table is no sign of a form.
        "vei;Timestamp;biler",
        "ID;Navn",
    ],
)
def test_what_no_tool_writes_is_no_tools(headings: str) -> None:
    assert tools.of(headings.split(";")) is None


def test_a_heading_with_a_star_stands_for_its_family() -> None:
    wanted = ("*_complete", "stato_*", "Name")
    assert tools.is_one_of("form_1_complete", wanted)
    assert tools.is_one_of("stato_5", wanted)
    assert tools.is_one_of("NAME", wanted)
    assert not tools.is_one_of("complete_form", wanted)
    assert not tools.is_one_of("surname", wanted)


CARD = [
    "5f4e1c2a9b8d7c6e5f4a3b2c", "Ny skiltplan", "https://trello.com/c/x", "", "", "", "", "0", "",
    "0", "0", "0", "0", "", "5f4e1c2a9b8d7c6e5f4a3b2d", "Doing", "5f4e1c2a9b8d7c6e5f4a3b2e",
    "Tavle", "false", "", "false",
]  # fmt: skip


def test_a_trello_file_without_headings_is_known_by_its_numbers() -> None:
    assert len(CARD) == len(tools.TRELLO)
    assert tools.is_trello_without_headings(CARD)
    assert not tools.is_trello_without_headings(tools.TRELLO)
    assert not tools.is_trello_without_headings([*CARD[:14], "Doing", *CARD[15:]])
    assert not tools.is_trello_without_headings(CARD[:10])
