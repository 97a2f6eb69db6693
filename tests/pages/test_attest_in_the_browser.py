"""A head attests the locked month on the page itself, is refused a telephone, and takes it back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import app
from data import store

pytestmark = pytest.mark.browser

MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
    "3439;Ringebu;01.01.2014;år;nei\n3440;Øyer;01.01.2014;år;nei\n"
)
ACTIONS = (
    "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status;sist_endret\n"
    "T-1;Ringebu;Skilt;egen kommune;dialogmøte;05.10.2026;20.12.2026;åpent;05.10.2026\n"
)

# The numbers are computed anew after each statement, on a machine that may have more to do.
PATIENCE = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two municipalities, the actions of one, and October locked."""
    made = tmp_path / "store"
    store.create(made, demo_today=dt.date(2026, 11, 12))
    words = ["--store", str(made), "--at"]
    for name, content in (("kommuner.csv", MUNICIPALITIES), ("tiltak.csv", ACTIONS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert app.main(["load", str(tmp_path / name), *words, "2026-11-03T09:00"]) == 0
    assert app.main(["lock", "2026-10", *words, "2026-11-10T13:00"]) == 0
    return made


def test_a_head_attests_sees_it_and_takes_it_back(folder: Path, server: Any, visit: Any) -> None:
    page: Page = visit.open(f"{server(folder).url}/?kommune=3439&maned=2026-10")
    send = page.get_by_role("button", name="Attester oktober 2026")
    main = page.get_by_test_id("stMain")
    for role in ("leser", "koordinator i Ringebu"):
        visit.acts_as(role)
        expect(page.get_by_text("Lederattest", exact=True).first).to_be_visible()
        expect(send).to_have_count(0)

    visit.acts_as("leder i Ringebu")
    page.get_by_role("link", name="Gå til attesten").click()
    expect(send).to_be_in_viewport()
    # Who asks for something must say what, and nobody's telephone is kept.
    page.get_by_text("Ber om", exact=True).click()
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("skriv hva dere ber om")
    visit.settled()
    text = page.get_by_label("Hva du følger opp eller ber om")
    text.fill("Ring 412 34 567 om dette")
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("telefonnummer")
    visit.settled()
    expect(text).to_have_value("Ring 412 34 567 om dette")

    # What is pasted over the room there is is not lost in silence.
    text.fill("a" * 2400)
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("det er plass til 300")
    visit.settled()

    text.fill("Hva ble endret?")
    send.click()
    done = page.get_by_role("status").filter(has_text="er skrevet ned")
    expect(done).to_have_text("Attesten for oktober 2026 er skrevet ned.", timeout=PATIENCE)
    visit.settled()
    expect(main).to_contain_text("Kommunalsjefen attesterte oktober 2026")
    expect(main).to_contain_text("«Hva ble endret?»")
    expect(page.get_by_role("link", name="Gå til attesten")).to_have_count(0)
    # What is given stands there, and the form is folded below it.
    expect(main).to_contain_text("Attestert 12. november 2026: ber om: «Hva ble endret?»")
    expect(text).not_to_be_visible()
    page.get_by_text("Si mer om oktober 2026").click()
    visit.settled()
    expect(text).to_have_value("")
    # A refusal is seen where it was asked for: the form stays open, with what was written.
    text.fill("a" * 2400)
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("det er plass til 300")
    visit.settled()
    expect(text).to_be_visible()
    expect(text).to_have_value("a" * 2400)
    # Another language is a new visit, and the same role.
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.locator("select[data-choice=som]")).to_have_value("leader-3439")
    page.get_by_role("button", name="Bokmål").click()
    expect(main).to_contain_text("Si mer om oktober 2026")
    visit.settled()
    with store.opened(folder) as opened:
        (given,) = opened.rows("select who_role, statement, text from acts_attestations")
    assert given == ("leader:3439", "asks_for", "Hva ble endret?")

    page.get_by_role("button", name="Trekk tilbake attesten for oktober 2026").click()
    taken_back = page.get_by_role("status").filter(has_text="er trukket tilbake")
    expect(taken_back).to_be_visible(timeout=PATIENCE)
    visit.settled()
    expect(page.get_by_role("link", name="Gå til attesten")).to_be_visible()
    page.get_by_text("Hva kommunalsjefen har sagt").first.click()
    expect(main).to_contain_text("trukket tilbake 12. november 2026")
    assert visit.errors == []
