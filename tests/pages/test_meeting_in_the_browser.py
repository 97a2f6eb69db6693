"""A whole meeting with the keyboard alone: locked, shown, decided, with an upload in the middle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

import app
from data import acts, store
from data.people import LOCAL

pytestmark = pytest.mark.browser

MUNICIPALITIES = (
    "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
    "3439;Ringebu;01.01.2014;år;nei\n3440;Øyer;01.01.2014;år;nei\n"
)
HEAD = "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status;sist_endret\n"
# Open and overdue for almost two years: an indicator that misses its target every month.
ACTIONS = HEAD + "".join(
    f"T-{number};{place};Tiltak {number};egen kommune;dialogmøte;{number + 2:02d}.11.2024;"
    "20.12.2024;åpent;05.10.2026\n"
    for number, place in enumerate(["Ringebu", "Øyer", "Ringebu"], 1)
)
MORE = ACTIONS + (
    "T-9;Ringebu;Nytt skilt;egen kommune;dialogmøte;05.10.2026;20.12.2026;åpent;05.10.2026\n"
)
COVERS = "3439,3440:2024-11..2026-10"

# The numbers are computed anew after each act, on a machine that may have more to do.
PATIENCE = 90_000

# What a slide must not do: reach beyond its sheet, be too small to read, lie over something else.
FAULTS = """() => {
    const slide = [...document.querySelectorAll(".slide")].find((each) => each.offsetParent);
    const sheet = document.querySelector(".st-key-fk_stage").getBoundingClientRect();
    const scale = sheet.width / 1280;
    const bar = document.querySelector(".stage-bar").getBoundingClientRect();
    const faults = [];
    const words = [];
    for (const each of slide.querySelectorAll("*")) {
        if (each.closest(".unseen")) continue;
        const box = each.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        const isFoot = each.closest(".slide-where");
        if (!isFoot && box.bottom > bar.top + 1) faults.push(["low", each.outerHTML]);
        if (box.right > sheet.right - 40 * scale) faults.push(["wide", each.outerHTML]);
        const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own) continue;
        const size = parseFloat(getComputedStyle(each).fontSize);
        if (size < 18) faults.push(["small", size, each.outerHTML]);
        if (!each.closest("p, th, td, strong, .slide-finding"))
            words.push([each.textContent, box]);
    }
    const blocks = [...slide.querySelectorAll("p, th, td, .slide-finding")]
        .filter((each) => !each.closest(".unseen"))
        .map((each) => [each.textContent, each.getBoundingClientRect()]);
    const all = [...words, ...blocks];
    all.forEach(([text, a], place) => all.slice(place + 1).forEach(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 3 * scale && down > 6 * scale) faults.push(["over", text, other]);
    }));
    const page = document.scrollingElement;
    const isHigher = page.scrollHeight > innerHeight + 1;
    if (isHigher || page.scrollWidth > innerWidth + 1) faults.push(["scrolls"]);
    if (sheet.left < -1 || sheet.top < -1 || sheet.right > innerWidth + 1) faults.push(["cut"]);
    return faults;
}"""

# Slides that were not set as large as they hold.
UNMEASURED = """() => [...document.querySelectorAll(".slide")].filter(
    (each) => !each.style.getPropertyValue("--zoom")
).length"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two municipalities and two years of actions; nothing is locked."""
    made = tmp_path / "store"
    store.create(made, demo_today=dt.date(2026, 11, 12))
    words = ["--store", str(made), "--at", "2026-11-03T09:00"]
    for name, content in (("kommuner.csv", MUNICIPALITIES), ("tiltak.csv", ACTIONS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        more = ["--covers", COVERS] if name == "tiltak.csv" else []
        assert app.main(["load", str(tmp_path / name), *words, *more]) == 0
    # More and longer than a slide holds, at the meeting before.
    at = dt.datetime.fromisoformat("2026-10-13T10:00")
    with store.opened(made) as opened:
        for number in range(7):
            text = f"Vedtak {number}: alle enheter går gjennom tiltakene sine og setter nye frister"
            acts.decide(
                opened,
                LOCAL,
                f"{text}, og brukerne får vite hva som er endret siden sist",
                owner_role="kommunalsjef helse, omsorg og velferd",
                due_on=dt.date(2026, 12, 1),
                at=at,
            )
    (tmp_path / "flere.csv").write_text(MORE, encoding="utf-8")
    return made


def count(page: Page) -> int:
    return page.locator(".slide").count()


def texts(page: Page) -> list[str]:
    """What every slide says, whether or not it is shown."""
    return page.locator(".slide").evaluate_all("slides => slides.map(each => each.textContent)")


def shown(page: Page) -> int:
    """The number of the slide on the wall, as the address says it too."""
    place = int(page.locator("html").get_attribute("data-ark") or 0)
    assert f"ark={place}" in page.url
    expect(page.locator(".slide:visible")).to_have_count(1)
    return place


def walk(page: Page, key: str) -> None:
    """Through all slides from the first, each looked at."""
    page.keyboard.press("Home")
    for place in range(1, count(page) + 1):
        assert shown(page) == place
        assert page.evaluate(FAULTS) == [], place
        page.keyboard.press(key)
    assert shown(page) == count(page), "there is nothing after the last"


def violations(page: Page) -> list[str]:
    return [
        f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page).response["violations"]
    ]


def test_a_whole_meeting_with_the_keyboard_alone(
    folder: Path, server: Any, visit: Any, tmp_path: Path
) -> None:
    running = server(folder)
    page: Page = visit.open(f"{running.url}/meeting?kommune=alle&maned=2026-10")
    # Locked with the keyboard; the slides open by themselves.
    page.get_by_role("button", name="Lås oktober 2026").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".slide:visible")).to_be_visible(timeout=PATIENCE)
    visit.settled()
    assert shown(page) == 1
    expect(page.get_by_role("navigation")).to_be_hidden()
    # Printed as they are shown, also those that nobody has looked at.
    assert page.evaluate(UNMEASURED) == count(page) - 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(UNMEASURED) == 0
    expect(page.locator(".slide:visible")).to_have_count(1)
    walk(page, "ArrowRight")
    before = texts(page)
    assert all("låst 12. november" in text and "Eksempeldata" in text for text in before)
    assert any("Over frist" in text for text in before), "the target that is missed, with its chart"
    assert "Flere vedtak: ett er i gang" in before[1], "a second slide where the first is full"

    # Somebody uploads in the middle of it; the wall stands, also when it is loaded anew.
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    words = ["--store", str(folder), "--covers", COVERS, "--at", "2026-11-12T12:00"]
    assert app.main(["load", str(tmp_path / "flere.csv"), *words]) == 0
    page.reload()
    visit.settled()
    assert shown(page) == 3
    assert texts(page) == before

    # A decision is typed; the keys of the slides leave the field alone. What Escape shuts first is
    # the list that is open.
    about = page.locator(".slide:visible").get_attribute("data-about")
    assert about == "overdue_actions"
    page.keyboard.press("v")
    field = page.get_by_label("Hva er vedtatt? Roller, aldri navn.")
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Det mangler noen ord", timeout=PATIENCE)
    visit.settled()
    page.keyboard.type("Fristene gås gjennom, +fk v ")
    page.keyboard.press("Home")
    assert shown(page) == 3
    expect(field).to_have_value("Fristene gås gjennom, +fk v ")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vedtaket er skrevet ned.")).to_be_visible(timeout=PATIENCE)
    visit.settled()
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    # The keyboard gets on from the field, and back.
    page.keyboard.press("Tab")
    expect(page.get_by_label("Ansvarlig (rolle)").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    with store.opened(folder) as opened:
        made = opened.rows(
            "select text, indicator, due_on from acts_decisions order by decision_id desc"
        )[0]
    assert made == ("Fristene gås gjennom, +fk v", "overdue_actions", dt.date(2026, 12, 10))
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    page.keyboard.press("End")
    expect(page.locator(".slide:visible")).to_contain_text("Fristene gås gjennom", timeout=PATIENCE)
    assert texts(page)[:-1] == before[:-1]

    # The other keys, on a larger wall, with larger text and in high contrast.
    page.set_viewport_size({"width": 1920, "height": 1080})
    for _ in range(3):
        page.keyboard.press("+")
    page.keyboard.press("k")
    walk(page, "ArrowDown")
    # On a button the space bar presses it; elsewhere it turns the slide.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+Space")
    assert shown(page) == count(page) - 1
    page.keyboard.press("Space")
    assert shown(page) == count(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageUp")
    assert shown(page) == count(page) - 2
    assert violations(page) == []
    page.reload()
    visit.settled()
    expect(page.locator("html")).to_have_attribute("data-stage-contrast", "high")
    expect(page.locator("html")).to_have_attribute("data-stage-size", "2")

    # Changed, and then withdrawn; both with words and history.
    page.keyboard.press("v")
    change = page.get_by_role("button", name="Endre Fristene gås gjennom")
    assert shows_only(change, "Endre")
    change.press("Enter")
    visit.settled()
    page.get_by_label("Hvorfor det trekkes").fill("Skrevet på feil ark")
    page.keyboard.press("Enter")
    gone = page.get_by_text("er trukket. Det står fortsatt i loggen.")
    expect(gone).to_be_visible(timeout=PATIENCE)
    visit.settled()
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    expect(page.locator(".slide:visible")).to_contain_text("Ingenting er vedtatt", timeout=PATIENCE)

    # What was decided before is marked beside the slide that tells of it, and taken back again.
    page.keyboard.press("Home")
    page.keyboard.press("v")
    page.keyboard.press("Tab")
    mark = page.get_by_role("button", name="Gjennomført Vedtak 0")
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Ikke gjennomført Vedtak 0")
    expect(back).to_be_focused(timeout=PATIENCE)
    visit.settled()
    expect(page.locator(".slide:visible")).to_contain_text("ett er gjennomført", timeout=PATIENCE)
    page.keyboard.press("Enter")
    expect(mark).to_be_focused(timeout=PATIENCE)
    visit.settled()
    page.keyboard.press("Escape")

    # Black while the meeting looks away from it, by the same button of a remote until any key.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("b")
    expect(page.locator("html")).to_have_attribute("data-stage-black", "yes")
    page.keyboard.press("PageDown")
    expect(page.locator("html")).not_to_have_attribute("data-stage-black", "yes")
    assert shown(page) == 1

    page.get_by_role("button", name="Avslutt visningen").press("Enter")
    expect(page.get_by_role("link", name="Vis arkene")).to_be_visible()
    assert "ark" not in page.url
    assert visit.errors == []
    assert visit.foreign == []

    # The connection is lost: that is said in a corner, and the slides go on.
    page.get_by_role("link", name="Vis arkene").press("Enter")
    expect(page.locator(".slide:visible")).to_be_visible()
    visit.settled()
    running.process.terminate()
    expect(page.get_by_role("dialog")).to_contain_text("Mistet forbindelsen")
    page.keyboard.press("PageDown")
    assert shown(page) == 2
    expect(page.get_by_role("dialog")).to_be_visible()


def shows_only(button: Locator, words: str) -> bool:
    """Whether the rest of what a button is called takes no room, on a wall that is scaled."""
    rest = button.locator("p span").last.bounding_box()
    return button.inner_text().startswith(words) and rest is not None and rest["width"] < 5
