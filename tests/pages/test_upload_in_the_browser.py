"""A coordinator at the upload page, in a real browser, with the files that people deliver."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import app
from data import receipts, store
from data.receipts import Receipt

pytestmark = pytest.mark.browser

FILES = Path(__file__).parents[2] / "data" / "demo" / "files" / "2026-10"
ACTIONS = "tiltak_lillehammer_2026-10.csv"
PLANNER = "tiltak_sor-fron_2026-10.xlsx"
IDENTITY_NUMBER = "15076500565"

# The numbers are computed anew after each upload, on a machine that may have more to do.
PATIENCE = 120_000


def delivered() -> str:
    """A demo export as a Norwegian Excel wrote it, in Windows-1252."""
    raw = (FILES / ACTIONS).read_bytes()
    assert "ø".encode("cp1252") in raw
    return raw.decode("cp1252")


def with_cell(text: str, line: int, column: str, value: str) -> str:
    """The file with one cell changed; lines are counted as people count them."""
    lines = text.splitlines()
    cells = lines[line - 1].split(";")
    cells[lines[0].split(";").index(column)] = value
    lines[line - 1] = ";".join(cells)
    return "\r\n".join([*lines, ""])


def uploads(folder: Path) -> list[Receipt]:
    with store.opened(folder) as opened:
        return receipts.newest_first(opened)


class Coordinator:
    """Somebody at the page who reads what it says and does what it asks for."""

    def __init__(self, visit: Any, url: str) -> None:
        self.visit, self.url = visit, url
        self.page: Page = visit.open(f"{url}/?kommune=3405&maned=2026-10")

    def goes_to_upload(self) -> None:
        self.page.get_by_role("link", name="Opplasting").click()
        self.settled()

    def acts_as(self, role: str) -> None:
        self.visit.acts_as(role)

    def drops(self, name: str, content: str | bytes) -> None:
        raw = content.encode("cp1252") if isinstance(content, str) else content
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
        field = self.page.locator("input[type=file]")
        # Two while it moves from beside a file to the top of the page, and one is on its way out.
        expect(field).to_have_count(1)
        field.set_input_files([file])
        try:
            expect(self.heading()).to_contain_text(name, timeout=PATIENCE)
        except AssertionError as error:
            shown = self.page.locator("[data-testid=stFileUploader]").all_inner_texts()
            raise AssertionError(f"{name}: {shown}, {self.visit.errors}") from error
        self.settled()

    def stores(self, words: str) -> None:
        self.page.get_by_role("button", name=words).click()
        expect(self.page.locator(".receipt")).to_be_visible(timeout=PATIENCE)
        expect(self.page.locator(".receipt")).to_contain_text("etter", timeout=PATIENCE)
        self.settled()

    def settled(self) -> None:
        self.visit.settled()

    def heading(self) -> Any:
        return self.page.locator("h1")

    def main(self) -> str:
        return str(self.page.locator("[data-testid=stMain]").inner_text())


@pytest.fixture
def folder(demo_copy: Path) -> Path:
    return demo_copy


@pytest.fixture
def coordinator(folder: Path, server: Any, visit: Any) -> Coordinator:
    return Coordinator(visit, server(folder).url)


def assert_fits_everybody(page: Page, visit: Any) -> None:
    """No accessibility fault but Streamlit's own minor one, and nothing wider than the window."""
    page.set_viewport_size({"width": 390, "height": 844})
    visit.settled()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 720})
    visit.settled()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    # What it looks for is there at either width; at the wider one more is to be seen.
    found = {each["id"] for each in Axe().run(page).response["violations"]}
    assert found <= {"presentation-role-conflict"}


def test_from_the_start_page_to_a_receipt_undone_and_said_again(
    coordinator: Coordinator, folder: Path, visit: Any
) -> None:
    page, before = coordinator.page, len(uploads(folder))
    coordinator.acts_as("koordinator i Lillehammer")
    coordinator.goes_to_upload()
    expect(page.get_by_text("Du laster opp for Lillehammer.")).to_be_visible()
    assert_fits_everybody(page, visit)

    # A newer export: one action has another name.
    newer = with_cell(delivered(), 3, "tiltak", "Møte på nytt: æøå")
    coordinator.drops(ACTIONS, newer)
    said = coordinator.main()
    assert (
        coordinator.heading().inner_text().replace("\xa0", " ")
        == f"{ACTIONS} er klar til å lagres."
    )
    assert "Tegnsett: Windows-1252" in said
    assert "Møte på nytt: æøå" in said
    assert "Filen gjelder Lillehammer, oktober 2026" in said
    assert "Dette endres: 1 endret rad" in said
    assert len(uploads(folder)) == before
    assert_fits_everybody(page, visit)

    coordinator.stores("for Lillehammer, oktober 2026")
    assert re.match(
        r"\d+ rader er lagret for Lillehammer, oktober 2026\.",
        coordinator.heading().inner_text().replace("\xa0", " "),
    )
    # Reading starts anew at the top, also for who cannot see that the page is another one.
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert "koordinator i Lillehammer" in page.locator(".receipt").inner_text()
    assert_fits_everybody(page, visit)
    (stored, *_) = uploads(folder)
    assert stored.file_name == ACTIONS

    # The other pages show it at once.
    page.get_by_role("link", name="Tiltak", exact=True).click()
    coordinator.settled()
    page.goto(f"{page.url}&vis=alle&sok=nytt")
    expect(page.get_by_text("Møte på nytt: æøå").first).to_be_visible(timeout=PATIENCE)

    # The same file again.
    coordinator.goes_to_upload()
    coordinator.acts_as("koordinator i Lillehammer")
    coordinator.drops("kopi.csv", newer)
    expect(page.get_by_text("4. Allerede lastet opp")).to_be_visible()
    assert page.get_by_role("button", name="Lagre").count() == 0
    page.get_by_role("button", name="Ta bort filen").click()

    # Undo, from the list.
    page.get_by_role("link", name=f"Angre {ACTIONS}").first.click()
    coordinator.settled()
    expect(page.get_by_text("Vil du angre denne opplastingen?")).to_be_visible()
    assert_fits_everybody(page, visit)
    page.get_by_role("button", name="Ja, angre").click()
    expect(coordinator.heading()).to_have_text(
        f"Opplastingen av {ACTIONS} er angret.", timeout=PATIENCE
    )
    coordinator.settled()
    assert not uploads(folder)[0].is_active
    assert visit.errors == []
    assert visit.foreign == []


def wrong_files() -> dict[str, tuple[str, str]]:
    """Files with one fault each, and what is said of it."""
    right = delivered()
    return {
        "ukjent_kommune.csv": (
            with_cell(right, 5, "kommune", "Sør Fron"),
            "Linje 5, kolonne «kommune»: fant «Sør Fron». Mente du Sør-Fron (3438)?",
        ),
        "fodselsnummer.csv": (
            with_cell(right, 7, "tiltak", f"Ring {IDENTITY_NUMBER}"),
            "Linje 7, kolonne «tiltak»: her står det et fødselsnummer.",
        ),
    }


def assert_too_large_is_said_before_it_is_sent(page: Page, file: Path) -> None:
    """A file above the limit is refused in a sentence that can be seen, and none of it is sent."""
    with file.open("wb") as large:
        large.truncate(200_000_000)
    page.locator("input[type=file]").first.set_input_files(file)
    said = page.get_by_text("Filen kan ikke være større enn 50 MB")
    expect(said).to_be_visible()
    box = said.bounding_box()
    assert box is not None
    assert box["height"] > 14
    page.get_by_role("button", name=f"Fjern {file.name}").click()
    expect(said).to_have_count(0)


@pytest.fixture
def founded(tmp_path: Path) -> Path:
    """A store that knows the municipalities: what is refused is made numbers of, too."""
    folder = tmp_path / "founded"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    (known,) = FILES.parent.rglob("kommuner*.csv")
    assert app.main(["load", str(known), "--store", str(folder)]) == 0
    return folder


def test_wrong_files_get_their_messages_and_store_nothing(
    founded: Path, server: Any, visit: Any
) -> None:
    folder, coordinator = founded, Coordinator(visit, server(founded).url)
    page, before = coordinator.page, len(uploads(folder))
    coordinator.goes_to_upload()
    assert_too_large_is_said_before_it_is_sent(page, folder.parent / "for_stor.csv")
    for name, (text, message) in wrong_files().items():
        coordinator.drops(name, text)
        assert re.match(
            rf"\d+ problem(er)? i {re.escape(name)}\. Ingenting er lagret\.",
            coordinator.heading().inner_text().replace("\xa0", " "),
        )
        assert message in coordinator.main()
        assert page.get_by_role("button", name="Lagre").count() == 0
        assert IDENTITY_NUMBER not in page.content()
        if name == "fodselsnummer.csv":
            assert_fits_everybody(page, visit)
        with page.expect_download() as download:
            page.get_by_role("button", name="Last ned listen").click()
        listed = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert download.value.suggested_filename == f"problemer_{name}"
        assert message.split(":")[-1].strip()[:20] in listed
        assert IDENTITY_NUMBER not in listed
        page.get_by_role("button", name="Ta bort filen").click()
        expect(page.get_by_text("1. Velg filene du har eksportert")).to_be_visible()
        coordinator.settled()
    assert len(uploads(folder)) == before
    for file in (folder / "files").iterdir():
        assert IDENTITY_NUMBER.encode() not in file.read_bytes(), file.name
    assert visit.errors == []


def nine_problems() -> str:
    """The export with nine different problems, each on a line of its own."""
    text = delivered()
    for line, column, value in (
        (5, "kommune", "Lilehammer"),
        (6, "åpnet", "31.02.2026"),
        (7, "status", "feito"),
        (8, "tiltak", ""),
        (9, "sist_endret", "24.12.2026"),
        (10, "ferdig", "01.01.2010"),
        (12, "tiltak_id", text.splitlines()[12].split(";")[0]),
        (14, "brukere_ved_start", "kanskje"),
    ):
        text = with_cell(text, line, column, value)
    lines = text.splitlines()
    lines[10] += ";for mye"
    return "\r\n".join([*lines, ""])


def newer_plan() -> bytes:
    """Planner's workbook with one task renamed, as it would be exported a day later."""
    book = openpyxl.load_workbook(FILES / PLANNER)
    book["Tasks"]["B2"] = "Nye skilt ved inngangen"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_nine_problems_a_lost_connection_the_rest_and_a_planner_workbook(
    coordinator: Coordinator, folder: Path, visit: Any
) -> None:
    page, before = coordinator.page, len(uploads(folder))
    coordinator.goes_to_upload()
    coordinator.drops("ni_feil.csv", nine_problems())
    assert page.locator(".stop .problems li").count() >= 9

    # The connection is lost before anything was confirmed.
    page.reload()
    coordinator.settled()
    expect(page.get_by_text("Ingenting av den er lagret. Velg den på nytt.")).to_be_visible()
    assert len(uploads(folder)) == before

    coordinator.drops("ni_feil.csv", nine_problems())
    assert_fits_everybody(page, visit)
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned radene som må rettes").click()
    to_mend = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert download.value.suggested_filename == "rett_ni_feil.csv"
    assert to_mend[0].startswith("hva_må_rettes;tiltak_id;")
    assert len(to_mend) == 11  # nine problems, one of them on two rows, and the headings
    page.get_by_role("button", name="Last opp resten").click()
    coordinator.stores("Lagre")
    assert "10 rader står igjen." in coordinator.heading().inner_text().replace("\xa0", " ")
    assert "Mente du Lillehammer (3405)?" in page.locator(".receipt").inner_text()
    assert_fits_everybody(page, visit)

    coordinator.acts_as("koordinator i Sør-Fron")
    page.get_by_role("link", name="Last opp flere filer").click()
    coordinator.settled()
    coordinator.acts_as("koordinator i Sør-Fron")
    coordinator.drops(PLANNER, newer_plan())
    assert "Microsoft Planner" in coordinator.main()
    assert "Dette endres: 1 endret rad" in coordinator.main()
    coordinator.stores("Lagre")
    assert len(uploads(folder)) == before + 2
    assert visit.errors == []
    assert visit.foreign == []
