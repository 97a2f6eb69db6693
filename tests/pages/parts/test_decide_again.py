"""A decision becomes an action from the panel, with its theme and the feedback that it answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import app
from data import acts, store
from data.decided import since
from data.made import of_decision
from data.people import LOCAL

MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
    "3439;Ringebu;01.01.2014;år;nei\n3440;Øyer;01.01.2014;år;nei\n"
)
FEEDBACK = (
    "innspill_id;kommune;mottatt;tema;type_innspill\n"
    "INN-1;Ringebu;05.10.2026;tilgjengelighet;ønsker endring\n"
    "INN-2;Ringebu;06.10.2026;tilgjengelighet;ønsker endring\n"
)
TEXT = "Åpningstidene utvides"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One decision for all, in a store with two pieces of feedback from Ringebu."""
    made = tmp_path / "store"
    store.create(made, demo_today=dt.date(2026, 11, 12))
    monkeypatch.setenv("FORANKRING_STORE", str(made))
    for name, content in (("kommuner.csv", MUNICIPALITIES), ("innspill.csv", FEEDBACK)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        words = ["load", str(tmp_path / name), "--store", str(made)]
        assert app.main([*words, "--at", "2026-11-03T09:00"]) == 0
    with store.opened(made) as opened:
        acts.decide(opened, LOCAL, TEXT, owner_role="enhetsleder", due_on=dt.date(2026, 12, 10))
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


def asked(municipality: str, feedback: str) -> AppTest:
    page = AppTest.from_function(_panel).run(timeout=20)
    assert not page.exception, page.exception
    fields = {each.label: each for each in (*page.selectbox, *page.text_input)}
    fields["Tiltaket hører til i"].select(municipality)
    fields["Tema"].select("availability")
    fields["Svarer på innspill"].input(feedback)
    (send,) = [each for each in page.button if each.label == "Gjør det til forbedringstiltak"]
    send.click()
    return page.run(timeout=20)


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
