"""A decision that stands: linked to an action, carried out, or made an action, in the panel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import app
from data import acts, store
from data.decided import Decision, since
from data.made import of_decision
from data.people import LOCAL
from pages.parts.decide_about import SHOWN, About, Action, linked
from tests.pages.drawn_html import opened as opened_html

MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
    "3439;Ringebu;01.01.2014;år;nei\n3440;Øyer;01.01.2014;år;nei\n"
)
FEEDBACK = (
    "innspill_id;kommune;mottatt;tema;type_innspill\n"
    "INN-1;Ringebu;05.10.2026;tilgjengelighet;ønsker endring\n"
    "INN-2;Ringebu;06.10.2026;tilgjengelighet;ønsker endring\n"
)
ACTIONS = (
    "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status;sist_endret\n"
    "T-1;Ringebu;Ringe brukerne før første møte;egen kommune;dialogmøte;"
    "02.10.2026;20.12.2026;åpent;05.10.2026\n"
)
TEXT = "Åpningstidene utvides"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One decision for all, in a store with two pieces of feedback from Ringebu."""
    made = tmp_path / "store"
    store.create(made, demo_today=dt.date(2026, 11, 12))
    monkeypatch.setenv("FORANKRING_STORE", str(made))
    files = {"kommuner": MUNICIPALITIES, "innspill": FEEDBACK, "tiltak": ACTIONS}
    for stem, content in files.items():
        name = f"{stem}.csv"
        (tmp_path / name).write_text(content, encoding="utf-8")
        words = ["load", str(tmp_path / name), "--store", str(made)]
        assert app.main([*words, "--at", "2026-11-03T09:00"]) == 0
    with store.opened(made) as opened:
        acts.decide(
            opened,
            LOCAL,
            TEXT,
            owner_role="enhetsleder",
            due_on=dt.date(2026, 12, 10),
            decided_on=dt.date(2026, 10, 13),
        )
    return made


def _panel() -> None:
    import datetime as dt

    from data import settings, store
    from data.decided import since
    from data.people import LOCAL
    from pages.parts.decide_again import change_panel
    from pages.parts.meeting_read import Decided, Read
    from pages.parts.pickers import COOPERATION, Chosen
    from pages.parts.recorded import written

    folder, day = settings.load().store, dt.date(2026, 11, 12)
    chosen = Chosen(COOPERATION, dt.date(2026, 10, 1), LOCAL, "nb")
    now = Read(folder, chosen, {"locked_at": None}, (), None, False, day)
    with store.opened(folder) as opened:
        (one,) = since(opened, dt.date(2026, 1, 1))

    def done(act: object, words: str, **_: bool) -> None:
        import streamlit as st

        st.text(f"{written(act)}: {words}")  # type: ignore[arg-type]

    change_panel(now, one, Decided((one,)), ["enhetsleder"], done)


def opened_panel() -> AppTest:
    page = AppTest.from_function(_panel).run(timeout=20)
    assert not page.exception, page.exception
    return page


def pressed(page: AppTest, label: str) -> AppTest:
    (send,) = [each for each in page.button if each.label == label]
    send.click()
    page.run(timeout=20)
    assert not page.exception, page.exception
    return page


def decision_in(folder: Path) -> Decision:
    with store.opened(folder) as opened:
        (one,) = since(opened, dt.date(2026, 1, 1))
        return one


def asked(municipality: str, feedback: str) -> AppTest:
    page = opened_panel()
    fields = {each.label: each for each in (*page.selectbox, *page.text_input)}
    fields["Tiltaket hører til i"].select(municipality)
    fields["Tema"].select("availability")
    fields["Svarer på innspill"].input(feedback)
    return pressed(page, "Gjør det til forbedringstiltak")


def markup(page: AppTest) -> str:
    drawn = (element for element in page.main if element.type == "html")
    return opened_html(" ".join(str(element.proto.body) for element in drawn))


def made_of(folder: Path) -> list[dict[str, Any]]:
    with store.opened(folder) as opened:
        (decision,) = since(opened, dt.date(2026, 1, 1))
        return [each.row for each in of_decision(opened, decision.decision_id)]


def test_the_action_has_its_theme_and_answers_its_feedback(folder: Path) -> None:
    refused = asked("3440", "INN-1")
    assert "har ikke noe innspill INN-1" in refused.text[0].value
    assert made_of(folder) == []
    asked("3439", " INN-2; INN-1,")
    (row,) = made_of(folder)
    facts = ("municipality", "theme", "feedback_ids", "title", "due_on")
    assert [row[name] for name in facts] == [
        "3439", "availability", ["INN-1", "INN-2"], TEXT, dt.date(2026, 12, 10),
    ]  # fmt: skip


def test_another_ones_change_is_shown_before_it_is_written_over(folder: Path) -> None:
    page = opened_panel()
    (text,) = [each for each in page.text_input if each.label == "Hva er vedtatt?"]
    text.input("Vi ringer først")
    one = decision_in(folder)
    with store.opened(folder) as opened:
        acts.change_decision(
            opened,
            LOCAL,
            one.decision_id,
            text="Ingen ringer",
            owner_role="rusleder",
            due_on=dt.date(2027, 1, 15),
            municipality=one.municipality,
            indicator=one.indicator,
            action_id=one.action_id,
        )
    pressed(page, "Lagre endringen")
    assert "Nå står det «Ingen ringer» (rusleder, frist 15. januar 2027, Alle" in markup(page)
    (text,) = [each for each in page.text_input if each.label == "Hva er vedtatt?"]
    assert text.value == "Vi ringer først"
    assert decision_in(folder).text == "Ingen ringer"
    # Once it has been seen, the same press writes it.
    pressed(page, "Lagre endringen")
    assert decision_in(folder).text == "Vi ringer først"


def test_an_open_action_can_be_what_it_is_about_and_says_whose_it_is(folder: Path) -> None:
    page = opened_panel()
    (about,) = [each for each in page.selectbox if each.label == "Gjelder"]
    assert "T-1, Ringebu: Ringe brukerne før første møte" in about.options
    about.select(Action("3439", "T-1"))
    pressed(page, "Lagre endringen")
    one = decision_in(folder)
    assert (one.municipality, one.action_id, one.indicator) == ("3439", "T-1", None)
    # It is what is chosen the next time, and can be something else.
    page = opened_panel()
    (about,) = [each for each in page.selectbox if each.label == "Gjelder"]
    assert about.value == Action("3439", "T-1")
    about.select("told_back")
    pressed(page, "Lagre endringen")
    one = decision_in(folder)
    assert (one.municipality, one.action_id, one.indicator) == ("3439", None, "told_back")


def test_it_is_carried_out_on_the_day_that_is_said_and_that_can_be_taken_back(folder: Path) -> None:
    page = opened_panel()
    (day,) = [each for each in page.date_input if each.label == "Gjennomført den"]
    assert day.value == dt.date(2026, 11, 12)
    day.set_value(dt.date(2026, 11, 2))
    pressed(page, "Det er gjennomført")
    assert decision_in(folder).carried_out_on == dt.date(2026, 11, 2)
    page = opened_panel()
    assert "Gjør det til forbedringstiltak" not in [each.label for each in page.button]
    pressed(page, "Ikke gjennomført")
    assert decision_in(folder).carried_out_on is None


@pytest.mark.parametrize(
    ("about", "whose", "found"),
    [
        (SHOWN, None, (None, "seats_filled", None)),
        ("told_back", "3439", ("3439", "told_back", None)),
        (None, "3439", ("3439", None, None)),
        (Action("3439", "T-1"), None, ("3439", None, "T-1")),
        # Another municipality's is refused where it is written down.
        (Action("3439", "T-1"), "3440", ("3440", None, "T-1")),
    ],
)
def test_what_is_chosen_is_what_is_written_down(
    about: About, whose: str | None, found: tuple[str | None, ...]
) -> None:
    assert linked(about, whose, "seats_filled") == found
