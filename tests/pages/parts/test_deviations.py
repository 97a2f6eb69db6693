"""Deviations are told in words, and answered, closed and reported where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import app
from data import settings, store
from data.disk import DiskRefusedError
from data.people import LOCAL, Person
from pages.parts import deviations
from queries import release
from queries.deviations import POSSIBLE
from tests.pages.drawn_html import opened as opened_html

OCTOBER = dt.date(2026, 10, 1)
DAY = dt.date(2026, 10, 20)

Row = dict[str, Any]


def turn(state: str, who: str | None = None, reason: str | None = None) -> Row:
    return {"state": state, "from_on": DAY, "who_role": who, "reason": reason}


def row(**more: Any) -> Row:
    """A row of asked/deviations_listed.sql."""
    return {
        "deviation_id": "not_told_back:3439:T-1:2026-10-15",
        "rule": "not_told_back",
        "municipality_id": "3439",
        "municipality": "Ringebu",
        "row_key": "T-1",
        "until_on": None,
        "holds": True,
        "about": "Nye skilt",
        "happened_on": dt.date(2026, 9, 15),
        "text": None,
        "state": "suggested",
        "state_on": DAY,
        "place": 2,
        "turns": [turn("suggested")],
    } | more


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_the_finding_counts_what_is_open_and_what_waits() -> None:
    assert deviations.found([]) == "Ingen avvik er åpne, og ingen forslag venter på svar."
    assert deviations.found([row()]) == "Ett forslag til avvik venter på svar."
    both = [row(), row(), row(place=1, state="confirmed"), row(place=3, state="closed")]
    assert deviations.found(both) == ("Ett avvik er åpent nå. To forslag til avvik venter på svar.")


def test_each_deviation_is_a_sentence() -> None:
    assert deviations.sentence(row()) == (
        "Tiltaket «Nye skilt» ble ferdig 15. september 2026, og brukerne har ikke fått vite det."
    )
    # Without a title the number of the row tells which one it is.
    assert "«T-1»" in deviations.sentence(row(about=None))
    late = row(rule="month_not_delivered", about="actions,feedback", happened_on=OCTOBER)
    assert deviations.sentence(late) == (
        "Oktober 2026 ble låst uten disse filene: tiltak og innspill."
    )
    told = row(rule="reported", text="Ingen ble spurt", state="reported")
    assert deviations.sentence(told) == "Ingen ble spurt"
    gone = row(rule="seat_vacant", row_key="V-1", about=None, happened_on=None)
    assert deviations.sentence(gone) == "Ledig verv: V-1. Raden står ikke lenger i filene."


def test_a_confirmed_one_says_that_it_was_put_right() -> None:
    right = row(state="confirmed", holds=False, until_on=dt.date(2026, 10, 25))
    assert deviations.standing(right) == (
        "Bekreftet 20. oktober 2026. Det ble rettet opp 25. oktober 2026, og kan lukkes."
    )
    assert deviations.standing(row()) == "Foreslått av en regel 20. oktober 2026."


def test_its_history_says_when_who_by_role_and_why() -> None:
    turns = [
        turn("suggested"),
        turn("rejected", "coordinator", "Ført feil"),
        turn("closed"),
    ]
    said = text(deviations.history(row(turns=turns)) or "")
    assert "20. oktober 2026: foreslått av en regel" in said
    assert "20. oktober 2026: avvist av koordinatoren: «Ført feil»" in said
    assert "20. oktober 2026: lukket fordi regelen ikke slo ut lenger" in said


def test_only_who_may_gets_a_way_to_answer() -> None:
    rows = [row(), row(place=1, state="closed")]
    drawn = deviations.deviation_list(rows, of_all=False, choices={}, may=frozenset({"3439"}))
    assert drawn.count("<a ") == 1  # what is closed is over
    assert "<a " not in deviations.deviation_list(rows, of_all=False, choices={}, may=frozenset())


def test_many_wait_behind_a_line_that_opens() -> None:
    rows = [row(deviation_id=f"{n}") for n in range(deviations.MOST + 3)]
    drawn = deviations.deviation_list(rows, of_all=True, choices={}, may=frozenset())
    assert "Vis 3 til" in text(drawn)
    assert drawn.count("Ringebu") == len(rows)


def test_every_state_has_its_words_and_what_can_be_made_of_it() -> None:
    assert set(deviations.STATES) == set(POSSIBLE)


# -- used as people use it -------------------------------------------------------------------

MUNICIPALITIES = """\
kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune
3439;Ringebu;01.01.2014;år;nei
"""
ACTIONS = """\
tiltak_id;kommune;tiltak;omfang;kilde;åpnet;status;sist_endret;ferdig;\
brukere_ved_start;brukere_underveis;brukere_ved_slutt
T-3;Ringebu;Ny nettside;egen kommune;dialogmøte;01.09.2026;ferdig;20.10.2026;20.10.2026;nei;nei;nei
"""
SUGGESTED = "action_without_users:3439:T-3:2026-10-20"


def _section(name: str, role: str, municipality: str | None) -> None:
    import datetime as dt

    from data.people import Person
    from pages.parts import deviation_forms
    from pages.parts.pickers import Chosen

    who = Person(name, role, municipality)
    deviation_forms.section(Chosen("3439", dt.date(2026, 10, 1), who, "nb"))


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    store.create(folder / "store", demo_today=dt.date(2026, 11, 12))
    for name, content in (("kommuner.csv", MUNICIPALITIES), ("tiltak.csv", ACTIONS)):
        (folder / name).write_text(content, encoding="utf-8")
        assert app.main(["load", str(folder / name), "--store", str(folder / "store")]) == 0
    return folder / "store"


@pytest.fixture
def opened(_made: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """opened(person): the section over a store where one action was done without users."""
    monkeypatch.setenv("FORANKRING_STORE", str(_made))

    def run(who: Person, **address: str) -> AppTest:
        page = AppTest.from_function(_section, args=(who.name, who.role, who.municipality))
        for name, value in address.items():
            page.query_params[name] = value
        page.run(timeout=60)
        assert not page.exception, page.exception
        return page

    return run


def words(page: AppTest) -> str:
    drawn = " ".join(str(one.proto.body) for one in page.main if one.type == "html")
    return text(opened_html(drawn))


def test_a_viewer_reads_and_cannot_answer_or_report(opened: Callable[..., AppTest]) -> None:
    page = opened(Person("lokal", "viewer"), avvik=SUGGESTED)
    assert "Tiltaket «Ny nettside» ble ferdig 20. oktober 2026." in words(page)
    assert not page.button


def test_a_suggestion_is_rejected_with_a_reason_and_the_list_says_so(
    opened: Callable[..., AppTest],
) -> None:
    page = opened(Person("lokal", "coordinator", "3439"), avvik=SUGGESTED)
    page.radio[0].set_value("rejected").run(timeout=60)
    page.button[0].click().run(timeout=60)
    assert "Et avslag må ha en grunn" in words(page)
    page.text_area[0].set_value("Brukerne var med, det var ført feil").run(timeout=60)
    page.button[0].click().run(timeout=60)
    assert not page.exception, page.exception
    said = words(page)
    assert "Svaret er lagret." in said
    assert "avvist av koordinatoren: «Brukerne var med, det var ført feil»" in said


def test_what_is_reported_is_said_to_be_stored_where_its_numbers_find_no_room(
    opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise DiskRefusedError("disk_full", "/et/sted")

    page = opened(LOCAL)
    page.text_area[0].set_value("Brukerne ble ikke hørt").run(timeout=60)
    monkeypatch.setattr(release.Release, "write_beside", refuse)
    page.button[0].click().run(timeout=60)
    assert not page.exception, page.exception
    said = words(page)
    assert "Avviket er meldt. Det er lagret, men tallene er ikke regnet ut ennå:" in said
    # The form is empty, so that nobody reports it twice.
    assert page.text_area[0].value == ""
    with store.opened(settings.load().store) as now:
        assert now.rows("select count(*) from acts_reports") == [(1,)]
    # Of the next who reports nothing is stored, since the numbers of this wait already.
    page.text_area[0].set_value("Brukerne ble ikke hørt").run(timeout=60)
    page.button[0].click().run(timeout=60)
    assert "Disken er full, så dette er ikke lagret." in words(page)


def test_a_person_reports_a_deviation(opened: Callable[..., AppTest]) -> None:
    page = opened(LOCAL)
    page.text_area[0].set_value("Brukerne ble ikke spurt").run(timeout=60)
    page.button[0].click().run(timeout=60)
    assert not page.exception, page.exception
    assert "Avviket er meldt." in words(page)
    assert "Brukerne ble ikke spurt. Meldt 12. november 2026." in words(page)
