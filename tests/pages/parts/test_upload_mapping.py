"""A proposal is corrected on the page, named, confirmed, and reads the next file by itself."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import delivery, receipts, store
from data.people import LOCAL
from data.uploads import commit
from queries import release
from tests.pages.drawn_html import opened

MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n3440;Øyer;01.01.2014\n"
)
HEAD = "ID,Start time,Completion time,Email,Name,Jeg ble møtt med respekt.,Nytte?,Alder\n"
ROWS = (
    "1,10/1/2026 9:00,10/1/2026 9:05,a@b.no,Ola,Helt enig,Stor nytte,18-29\n"
    "2,10/2/2026 9:00,10/2/2026 9:05,b@b.no,Kari,Litt enig,Noe nytte,18-29\n"
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "store"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    with store.opened(folder) as opened:
        raw = MUNICIPALITIES.encode()
        intake = delivery.receive(delivery.ground(opened), raw, "kommuner.csv", LOCAL)
        commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
    release.bring_up_to_date(folder)
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(begun, tmp_path / "store"))
    monkeypatch.setenv("FORANKRING_STORE", str(copy))
    return copy


def _page(role: str, own: str | None) -> None:
    import datetime as dt

    from data.people import Person
    from pages import upload
    from pages.parts.pickers import Chosen

    who = Person("lokal", role, own)
    upload.render(Chosen("cooperation", dt.date(2026, 10, 1), who, "nb"))


@pytest.fixture
def page(folder: Path) -> AppTest:  # noqa: ARG001 - the store stands ready
    """The page, as a coordinator of Ringebu opens it."""
    return run(AppTest.from_function(_page, args=("coordinator", "3439"), default_timeout=60))


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def drop(page: AppTest, *files: tuple[str, str]) -> AppTest:
    given = [(name, text.encode("cp1252"), "text/csv") for name, text in files]
    page.file_uploader[0].set_value(given)
    return run(page)


def words(page: AppTest) -> str:
    shown = opened(" ".join(str(element.proto.body) for element in page.get("html")))
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def field(page: AppTest, label: str) -> Any:
    for kind in (page.selectbox, page.text_input, page.text_area, page.radio):
        for one in kind:
            if one.label == label:
                return one
    raise AssertionError(label)


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    return run(page)


def said(page: AppTest, **values: str) -> AppTest:
    for label, value in values.items():
        one = field(page, label)
        one.set_value(value) if hasattr(one, "options") else one.input(value)
        run(page)
    return page


NEW_WAVE = {
    "Kode for utsendingen": "U-9",
    "Sendt, for eksempel 31.12.2026": "01.10.2026",
    "Når det ble spurt": "same_day",
}


def test_a_form_with_names_in_it_is_stored_without_being_chosen_again(
    page: AppTest, folder: Path
) -> None:
    drop(page, ("svar.csv", HEAD + ROWS))
    assert "svar.csv trenger svar fra deg." in words(page)
    assert "Filen er en eksport fra Microsoft Forms. 2 kolonner tas med som svar" in words(page)
    assert "Jeg ble møtt med respekt. kjernespørsmål Helt uenig = 1" in words(page)
    assert "Alder har svar på en skala vi ikke kjenner" in words(page)
    said(page, **NEW_WAVE, **{"Hva undersøkelsen heter": "Kursevaluering"})
    press(page, "Bekreft forslaget")
    assert "svar.csv er klar til å lagres." in words(page)
    assert "lest med oppskriften «Kursevaluering»" in words(page)
    press(page, "Lagre 7 rader for Ringebu, oktober 2026")
    assert "oppskriften «Kursevaluering»" in words(page)
    with store.opened(folder) as opened:
        newest = receipts.newest_first(opened)[0]
        (saved,) = [one for one in delivery.mappings(opened) if one.name == "Kursevaluering"]
    assert newest.rows == {"questions": 2, "survey_waves": 1, "survey_answers": 4}
    assert newest.facts["mapping"] == saved.survey == "Kursevaluering"
    # The next export is read by it, and asks only what is new about it.
    again = run(AppTest.from_function(_page, args=("coordinator", "3439"), default_timeout=60))
    drop(again, ("neste.csv", HEAD + ROWS + ROWS.replace("\n2,", "\n4,").replace("1,", "3,", 1)))
    assert "lest med oppskriften «Kursevaluering»" in words(again)
    assert "Når det ble spurt" not in [one.label for one in again.selectbox]
    assert "Datoer: måneden først, som 12/31/2026" in words(again)
    # One where a question has another wording: which is new and which is gone stands first.
    other = run(AppTest.from_function(_page, args=("coordinator", "3439"), default_timeout=60))
    dotted = ROWS.replace("10/1/", "01.10.").replace("10/2/", "02.10.")
    drop(other, ("endret.csv", HEAD.replace("Nytte?", "Hvor stor nytte?") + dotted))
    # With points the day stands first, whatever the tool writes with slashes.
    assert "Datoer: dagen først, som 31.12.2026" in words(other)
    gone = "Oppskriften «Kursevaluering» passer nesten."
    assert f"Forslaget {gone}" in words(other)


def test_a_column_and_a_table_are_corrected(page: AppTest) -> None:
    # Nobody's name is in this one, so it is read anew with every correction.
    plain = HEAD.replace("Email,Name,", "") + ROWS.replace("a@b.no,Ola,", "").replace(
        "b@b.no,Kari,", ""
    )
    drop(page, ("svar.csv", plain))
    said(page, **NEW_WAVE)
    field(page, "Kolonne").set_value("Alder")
    run(page)
    field(page, "Kolonnen er").set_value("question")
    run(page)
    assert "3 kolonner tas med som svar" in words(page)
    assert "18-29 (uten tall)" in words(page)
    table = field(page, "Tabell over svar")
    assert table.value == "egen"
    others = [one for one in page.selectbox if one.label == "Tabell over svar"]
    others[-1].set_value("egen")
    run(page)
    field(page, "Ett svar og tallet sitt på hver linje").input("18-29 = mye")
    run(page)
    assert "Denne linjen er ikke et svar med et tall: «18-29 = mye»." in words(page)
    field(page, "Ett svar og tallet sitt på hver linje").input("18-29 = 1\n30-44 = 2")
    run(page)
    assert "18-29 = 1, 30-44 = 2" in words(page)
    # What is taken away again is not stored.
    field(page, "Kolonnen er").set_value("left_out")
    run(page)
    assert "2 kolonner tas med som svar" in words(page)
    press(page, "Bekreft forslaget")
    press(page, "Tilbake til slik vi leste den først")
    assert "svar.csv trenger svar fra deg." in words(page)


def test_answers_of_every_month_need_no_wave_of_their_own(page: AppTest) -> None:
    drop(page, ("svar.csv", HEAD + ROWS))
    field(page, "Hvilke svar som hører sammen").set_value("month")
    run(page)
    assert "Kode for utsendingen" not in [one.label for one in page.text_input]
    said(page, **{"Når det ble spurt": "other"})
    press(page, "Bekreft forslaget")
    assert "svar.csv er klar til å lagres." in words(page)


def test_lists_that_come_later_explain_codes_that_wait(page: AppTest) -> None:
    codes = "s_1;s_2;stato_1;stato_2;stato_3;stato_4\n1;2;0;0;0;1\n2;1;0;0;0;1\n"
    drop(page, ("dataset.csv", codes))
    assert "Filen inneholder koder. Velg structure.csv og labels.csv" in words(page)
    assert "0 kolonner tas med som svar" in words(page)
    labels = "s_1;1;Helt enig\ns_1;2;Helt uenig\ns_2;1;Ja\ns_2;2;Nei\n"
    structure = (
        "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
        "s_1;s_1;Closed;Single;Ble du hørt?;;\ns_2;s_2;Closed;Single;Var det nyttig?;;\n"
    )
    drop(page, ("labels.csv", labels), ("structure.csv", structure))
    assert "2 kolonner tas med som svar" in words(page)
    assert "Tekstene er hentet fra «labels.csv» og «structure.csv»." in words(page)
    assert "s_1 Ble du hørt? blir hørt Helt uenig = 1" in words(page)


def test_an_archive_without_a_table_is_said(page: AppTest) -> None:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("bilde.png", b"x")
    page.file_uploader[0].set_value([("a.zip", held.getvalue(), "application/zip")])
    run(page)
    assert "Arkivet inneholder ingen fil som kan være en tabell." in words(page)


CARDS = (
    "Card ID,Card Name,List Name,Members\n"
    "698f2fc0aaaaaaaaaaaaaaaa,Ny skiltplan,Ideer,Ola\n"
    "695ba4c0aaaaaaaaaaaaaaaa,Ring tilbake,Doing,Ola\n"
)


def test_what_a_boards_own_list_means_is_said_once(page: AppTest, folder: Path) -> None:
    drop(page, ("tavle.csv", CARDS))
    assert "1 problem i tavle.csv" in words(page) or "Ett problem" in words(page)
    said(page, **{"Hva «Ideer» betyr": "open"})
    assert "tavle.csv er klar til å lagres." in words(page)
    press(page, next(one.label for one in page.button if one.label.startswith("Lagre 2 rader")))
    with store.opened(folder) as opened:
        (saved,) = [one for one in delivery.mappings(opened) if one.name == "tiltak_trello"]
    assert saved.gives[0].columns["status"].words == {"Ideer": "open"}
    again = run(AppTest.from_function(_page, args=("coordinator", "3439"), default_timeout=60))
    drop(again, ("tavle2.csv", CARDS + "5f4e1c2aaaaaaaaaaaaaaaaa,Enda en,Ideer,\n"))
    assert "tavle2.csv er klar til å lagres." in words(again)


def test_cells_that_are_split_at_commas_are_to_be_looked_at(page: AppTest) -> None:
    rows = ("Kurs", "Samtale", '"Kurs, Samtale"')
    text = "Tidsmerke,Jeg ble møtt med respekt.,Nytte?,Hva var du med på?\n" + "".join(
        f"2026/10/0{day} 9:00:00,Helt enig,Stor nytte,{row}\n" for day, row in enumerate(rows, 1)
    )
    said = words(drop(page, ("svar.csv", text)))
    assert "Cellene i «Hva var du med på?» blir delt ved hvert komma." in said
    assert "«Kurs» og «Samtale»" in said
