"""What only a browser shows: language, policy, addresses, keys, and how much travels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.parts import menu
from queries import ask

pytestmark = pytest.mark.browser

CHOICES = "kommune=3439&maned=2026-10"
# The last is a laptop, as every other test has it.
SIZES = ((1920, 1080), (390, 844), (1280, 720))
entries = pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)


@pytest.fixture(scope="module")
def url(small_release: Path, shared_server: Any) -> str:
    return str(shared_server(small_release).url)


# ---- every page, at every size ----------------------------------------------------------------


@entries
def test_a_page_fits_keeps_to_itself_says_nothing_english_and_can_be_used_by_everybody(
    url: str, staying: Any, entry: menu.Entry
) -> None:
    staying.errors.clear()
    page = staying.open(f"{url}{entry.path}?{CHOICES}")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        staying.settled()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        # The widest is the laptop's page with more room.
        if width < 1920:
            assert violations(page) == [], width
    # Streamlit's policy and ours are one: nothing was refused, nothing came from elsewhere.
    assert staying.errors == []
    assert staying.foreign == []
    assert page.locator("html").get_attribute("lang") == "nb"
    assert english(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


# Words that English sentences cannot do without, and the labels that Streamlit puts on things.
ENGLISH = re.compile(
    r"\b(the|and|your|you|of|is|are|with|not|this|please|choose|open|close|clear|search|show|"
    r"hide|select|browse|drag|drop|upload|download|fullscreen|running|loading|press|enter|help|"
    r"skip|main|content|menu|copy|sort|filter|previous|next|year|month|day)\b",
    re.IGNORECASE,
)
READ_ALOUD = """() => {
    const found = [document.title];
    const silent = 'script,style,noscript,code,[data-testid=stIconMaterial],[lang=en]';
    const named = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
    const { SHOW_ELEMENT, SHOW_TEXT } = NodeFilter;
    const walk = document.createTreeWalker(document.body, SHOW_ELEMENT | SHOW_TEXT);
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
        const element = node.nodeType === 1 ? node : node.parentElement;
        if (element.closest(silent)) continue;
        if (node.nodeType === 3) found.push(node.data.trim());
        else for (const name of named) found.push(node.getAttribute(name));
    }
    return found.filter(Boolean);
}"""


def english(page: Page) -> list[str]:
    # What is written on the key is its name, in every language.
    said = ((text, text.replace("med Enter", "")) for text in page.evaluate(READ_ALOUD))
    return [text for text, own in said if ENGLISH.search(own)]


def test_english_would_be_found(url: str, staying: Any) -> None:
    page = staying.open(url)
    page.evaluate("document.querySelector('h1').append('Choose an item')")
    assert english(page) == ["Choose an item"]


def test_a_reader_chooses_a_language_and_stays_where_he_is(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/actions?{CHOICES}&vis=alle")
    page.get_by_role("group", name="Språk").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Actions", exact=True)).to_be_visible()
    assert f"{CHOICES}&vis=alle" in page.url
    # On the way through the pages, and in a link without a language.
    page.get_by_role("link", name="Comparison", exact=True).click()
    expect(page.get_by_role("heading", name="Own history first")).to_be_visible()
    visit.open(f"{url}/method?{CHOICES}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Bokmål").click()
    expect(page.locator("html")).to_have_attribute("lang", "nb")


def test_streamlits_own_texts_are_translated_as_they_come(url: str, staying: Any) -> None:
    page = staying.open(url)
    page.evaluate(
        """() => {
            const box = document.createElement('div');
            box.id = 'box';
            box.innerHTML = '<button aria-label="Clear value"></button><p>50MB per file</p>' +
                '<span data-testid="stIconMaterial">close</span><span>Something else</span>';
            document.querySelector('[data-testid=stMain]').append(box);
        }"""
    )
    expect(page.locator("#box p")).to_have_text("Inntil 50 MB per fil")
    expect(page.locator("#box button")).to_have_attribute("aria-label", "Fjern valget")
    # A picture drawn by a font, and what Streamlit never says, stay as they are.
    assert page.locator("#box span").all_inner_texts() == ["close", "Something else"]


def test_the_browser_believes_it_speaks_norwegian(url: str, staying: Any) -> None:
    page = staying.open(url)
    assert page.evaluate("[navigator.language, navigator.languages[0]]") == ["nb-NO", "nb-NO"]
    assert page.evaluate("(1234.5).toLocaleString(navigator.language)") == "1\u00a0234,5"


# ---- addresses --------------------------------------------------------------------------------


def test_a_link_of_the_menu_keeps_the_choices_without_loading_anew(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/?{CHOICES}")
    page.evaluate("window.isTheSame = true")
    page.get_by_role("link", name="Om tallene", exact=True).click()
    page.wait_for_url(f"{url}/method?{CHOICES}")
    visit.settled()
    assert page.evaluate("window.isTheSame")
    expect(page.get_by_label("Kommune").first).to_have_value("3439")
    expect(page).to_have_title(re.compile("^Om tallene – Ringebu, oktober 2026"))
    # A screen reader goes on reading where the new page begins.
    assert page.evaluate("document.activeElement.tagName") == "H1"


# Once what draws charts has run, and not only been fetched; false when that took too long.
HAS_RUN = """async () => {
    const ours = each => each.name.includes("PlotlyChart") && each.initiatorType === "script";
    for (let turn = 0; turn < 400; turn += 1) {
        if (performance.getEntriesByType("resource").some(ours)) return true;
        await new Promise(done => setTimeout(done, 50));
    }
    return false;
}"""


@pytest.mark.parametrize("how", ["pointed at", "read in peace"])
def test_what_draws_charts_is_ready_before_their_page_is_opened(
    url: str, visit: Any, how: str
) -> None:
    page = visit.open(f"{url}/?{CHOICES}")
    expect(page.locator("link[rel=prefetch][href*=PlotlyChart]")).to_be_attached()
    page.wait_for_load_state("networkidle")
    if how == "pointed at":
        page.get_by_role("link", name="Deltakelse", exact=True).hover()
    assert page.evaluate(HAS_RUN)
    assert visit.errors == []


def test_one_step_back_is_one_step(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/?{CHOICES}")
    steps = page.evaluate("history.length")
    page.get_by_role("link", name="Om tallene", exact=True).click()
    page.wait_for_url(f"{url}/method?{CHOICES}")
    visit.settled()
    choose(visit, "Kommune", "Gausdal")
    page.wait_for_url("**/method?kommune=3441&maned=2026-10")
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    visit.settled()
    assert page.url == f"{url}/method?{CHOICES}"
    expect(page.get_by_label("Kommune").first).to_have_value("3439")
    page.go_back()
    visit.settled()
    assert page.url == f"{url}/?{CHOICES}"
    page.go_forward()
    page.go_forward()
    visit.settled()
    expect(page.get_by_label("Kommune").first).to_have_value("3441")


def test_an_address_without_choices_is_filled_in_and_adds_no_step(url: str, visit: Any) -> None:
    page = visit.page
    page.goto("about:blank")
    steps = page.evaluate("history.length")
    visit.open(f"{url}/method")
    assert page.url == f"{url}/method?kommune=alle&maned=2026-10"
    assert page.evaluate("history.length") == steps + 1


def test_the_choices_survive_loading_anew_and_a_new_tab(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/method?kommune=3439&maned=2026-08")
    page.reload()
    visit.settled()
    expect(page.get_by_label("Måned").first).to_have_value("2026-08")
    link = page.get_by_role("link", name="Månedsstatus", exact=True).get_attribute("href")
    assert link == "/?kommune=3439&maned=2026-08"


def choose(visit: Any, label: str, option: str) -> None:
    visit.page.get_by_label(label).first.select_option(label=option)
    visit.settled()


# ---- keys -------------------------------------------------------------------------------------


def test_the_first_key_leads_past_the_menu(url: str, staying: Any) -> None:
    page = staying.open(f"{url}/method?{CHOICES}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stMain"


def test_nothing_moves_for_who_asked_for_no_motion(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/actions?{CHOICES}")
    visit.acts_as("regional koordinator")
    heading = page.get_by_text("Meld et avvik")
    moving = """async () => {
        await new Promise(requestAnimationFrame);
        const lasts = one => one.effect.getComputedTiming().endTime > 1;
        return document.getAnimations().filter(lasts).length;
    }"""
    heading.click()
    assert page.evaluate(moving) > 0  # Streamlit would move it
    visit.settled()
    page.emulate_media(reduced_motion="reduce")
    heading.click()
    assert page.evaluate(moving) == 0
    visit.settled()
    expect(page.locator("details[open]", has=heading)).to_have_count(0)


def test_no_single_key_does_anything(url: str, staying: Any) -> None:
    page = staying.open(f"{url}/method?{CHOICES}")
    for key in ("c", "r", "C"):
        page.keyboard.press(key)
        staying.settled()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_pickers_work_by_keyboard(url: str, staying: Any) -> None:
    page = staying.open(f"{url}/method?{CHOICES}")
    field = page.get_by_label("Kommune").first
    field.focus()
    # The arrows only look: from Ringebu one down, and then it is chosen.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert "kommune=3439" in page.url
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"kommune=3438"))
    staying.settled()
    expect(field).to_have_value("3438")
    # It was drawn anew, and is still where one is.
    expect(field).to_be_focused()


def test_on_a_phone_the_menu_is_folded_and_opens_by_keyboard(url: str, staying: Any) -> None:
    page = staying.open(f"{url}/method?{CHOICES}")
    page.set_viewport_size({"width": 390, "height": 844})
    button, menu_of = page.get_by_role("button", name="Meny"), page.locator("#fk-pages")
    expect(menu_of).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu_of.get_by_role("link")).to_have_count(len(menu.PAGES))
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu_of).to_be_hidden()
    expect(button).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(button).to_be_hidden()


# ---- when things go wrong ---------------------------------------------------------------------


def test_a_page_that_fails_gives_a_reference_that_stands_in_the_log(
    tmp_path: Path, server: Any, visit: Any
) -> None:
    # A pointer that points nowhere sensible: nobody's mistake that a person could put right.
    (tmp_path / "store" / ask.RELEASES).mkdir(parents=True)
    (tmp_path / "store" / ask.RELEASES / ask.CURRENT).write_text("not a number")
    running = server(tmp_path / "store")
    page = visit.open(f"{running.url}/method")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Noe gikk galt her")
    reference = re.search(r"referansen ([0-9A-F]{6})", told.inner_text())
    assert reference is not None
    assert "Traceback" not in page.content()
    assert "DiskRefusedError" not in page.content()
    log = running.log.read_text(encoding="utf-8")
    assert reference[1] in log
    assert "DiskRefusedError" in log


def test_another_address_leads_back(url: str, visit: Any) -> None:
    page = visit.page
    page.goto(f"{url}/nothing")
    expect(page.get_by_role("heading")).to_have_text("Det er ingen side på denne adressen.")
    page.get_by_role("link", name="Gå til månedsstatus").click()
    visit.settled()
    expect(page.get_by_role("navigation", name="Sider")).to_be_visible()


# ---- weight -----------------------------------------------------------------------------------

# What a first visit may fetch, compressed (bytes).
FIRST_VISIT = 1_000_000


def test_a_first_visit_is_light(url: str, visit: Any) -> None:
    fetched: dict[str, float] = {}
    address: dict[str, str] = {}
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent",
        lambda event: address.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: fetched.update({event["requestId"]: event["encodedDataLength"]}),
    )
    visit.open(f"{url}/?{CHOICES}")
    # They are asked for when the page has stood still for a moment.
    visit.page.wait_for_selector("link[rel=prefetch]", state="attached")
    visit.page.wait_for_load_state("networkidle")
    for_later = visit.page.eval_on_selector_all(
        "link[rel=prefetch]", "links => links.map(link => link.href)"
    )
    now = [size for request, size in fetched.items() if address.get(request) not in for_later]
    assert 0 < sum(now) <= FIRST_VISIT
    # What the pages with charts need comes while this one is read.
    assert any("PlotlyChart" in script for script in for_later)
