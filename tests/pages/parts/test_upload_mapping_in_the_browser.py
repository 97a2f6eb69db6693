"""A coordinator loads a survey's three files in a real browser, and the next one alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from data import delivery, receipts, store
from data.people import LOCAL
from data.uploads import commit
from queries import release

pytestmark = pytest.mark.browser

MUNICIPALITIES = "kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n"
DATASET = "s_1;s_2;s_3;stato_1;stato_2;stato_3;stato_4\n" + "".join(
    f"{one};{1 + one % 2};Skrev noe {one};0;0;0;1\n" for one in (1, 2, 1, 2)
)
STRUCTURE = (
    "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
    "s_1;s_1;Closed;Single;Ble du hørt på kurset?;;\n"
    "s_2;s_2;Closed;Single;Er du fornøyd med kurset?;;\ns_3;s_3;Open;String;Noe mer?;;\n"
)
LABELS = "s_1;1;Ja\ns_1;2;Nei\ns_2;1;Svært fornøyd\ns_2;2;Misfornøyd\n"

# The numbers are computed anew after each upload, on a machine that may have more to do.
PATIENCE = 120_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    held = tmp_path / "store"
    store.create(held, demo_today=dt.date(2026, 11, 12))
    with store.opened(held) as opened:
        raw = MUNICIPALITIES.encode()
        intake = delivery.receive(delivery.ground(opened), raw, "kommuner.csv", LOCAL)
        commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
    release.bring_up_to_date(held)
    return held


def given(**files: str) -> list[Any]:
    return [
        {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
        for name, text in files.items()
    ]


def assert_fits_everybody(page: Page, visit: Any) -> None:
    wrong = Axe().run(page).response["violations"]
    # The uploader's own, which is Streamlit's.
    assert [one["id"] for one in wrong if one["id"] != "presentation-role-conflict"] == []
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.settled()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.settled()


def test_a_survey_is_loaded_with_its_texts_and_the_next_one_alone(
    folder: Path, server: Any, visit: Any
) -> None:
    url = server(folder).url
    page: Page = visit.open(f"{url}/upload")
    field = page.locator("input[type=file]").first
    field.set_input_files(given(dataset=DATASET, structure=STRUCTURE, labels=LABELS))
    expect(page.get_by_role("button", name="Bekreft forslaget")).to_be_visible(timeout=PATIENCE)
    visit.settled()
    questions = page.get_by_role("region", name="Spørsmålene, og hvordan svarene blir til tall")
    expect(questions).to_contain_text("Ble du hørt på kurset?")
    expect(questions).to_contain_text("Nei = 0, Ja = 1")
    expect(page.get_by_text("Skrev noe")).to_have_count(0)
    assert_fits_everybody(page, visit)

    page.get_by_text("Rett en kolonne").click()
    visit.settled()
    page.get_by_role("combobox", name="Kolonne", exact=True).click()
    page.get_by_role("option", name="s_2: Er du fornøyd med kurset?").click()
    visit.settled()
    page.get_by_role("combobox", name="Brukes til").click()
    page.get_by_role("option", name="nytte", exact=True).click()
    visit.settled()
    expect(questions.get_by_role("row", name="s_2")).to_contain_text("nytte")
    assert_fits_everybody(page, visit)

    for label, text in (
        ("Kode for utsendingen", "U-9"),
        ("Sendt, for eksempel 31.12.2026", "01.10.2026"),
        ("Hva undersøkelsen heter", "Kursevaluering"),
    ):
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_label(label, exact=True).press("Enter")
        visit.settled()
    for label, option in (("Kommune", "Ringebu"), ("Når det ble spurt", "samme dag")):
        page.get_by_role("combobox", name=label).last.click()
        page.get_by_role("option", name=option, exact=True).click()
        visit.settled()
    page.get_by_role("button", name="Bekreft forslaget").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("klar til å lagres")
    visit.settled()
    page.get_by_role("button", name="Lagre 11 rader").click()
    # The receipt, not the step before it, which names the mapping too.
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("11 rader er lagret", timeout=PATIENCE)
    expect(page.get_by_text("oppskriften «Kursevaluering»")).to_be_visible(timeout=PATIENCE)
    with store.opened(folder) as opened:
        newest = receipts.newest_first(opened)[0]
    assert newest.rows == {"questions": 2, "survey_waves": 1, "survey_answers": 8}

    page = visit.open(f"{url}/upload")
    more = DATASET + "2;2;;0;0;0;1\n"
    page.locator("input[type=file]").first.set_input_files(given(november=more))
    expect(page.get_by_text("lest med oppskriften «Kursevaluering»")).to_be_visible(
        timeout=PATIENCE
    )
    assert visit.errors == []
    assert visit.foreign == []
