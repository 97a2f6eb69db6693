"""Tiltak: the leak in a sentence, the counts, and a list that the address can filter."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from pages.parts.action_list import VIEWS

Tables = dict[str, list[dict[str, Any]]]
OCTOBER = dt.date(2026, 10, 1)


def _page(municipality: str, year: int, month: int) -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import actions
    from pages.parts.pickers import Chosen

    actions.render(Chosen(municipality, dt.date(year, month, 1), LOCAL, "nb"))


def opened(municipality: str, month: dt.date = OCTOBER, **address: str) -> AppTest:
    page = AppTest.from_function(_page, args=(municipality, month.year, month.month))
    for name, value in address.items():
        page.query_params[name] = value
    page.run(timeout=30)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.main if element.type == "html")


def words(page: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup(page)).split())


def listed(page: AppTest) -> list[str]:
    """The numbers of the actions in the list, from top to bottom."""
    table = markup(page).partition('<table class="list"')[2]
    return re.findall(r'<span class="quiet">(T-[^<]+)</span>', table)


@pytest.fixture
def _small(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))


@pytest.fixture
def releasing(
    released: Callable[[Tables], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Tables], None]:
    return lambda tables: monkeypatch.setenv("FORANKRING_STORE", str(released(tables)))


def test_the_heading_is_a_finding_and_says_what_waits(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    for row in tables["cells"]:
        row["signal"] = "no_change"
    releasing(tables)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(opened("3439")))
    assert heading.startswith("Ingen sikker endring i tiltakene i Ringebu i oktober 2026.")
    assert "venter på svar" in heading


def test_a_certain_change_comes_first_in_the_heading(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    changed = "overdue_actions"
    for row in tables["cells"]:
        row["signal"] = "concern" if row["indicator"] == changed else "no_change"
    releasing(tables)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(opened("3439")))
    assert "Forverringen er sikker." in heading


@pytest.mark.usefixtures("_small")
def test_the_largest_leak_is_named_in_a_sentence() -> None:
    said = words(opened("3439"))
    assert "4 av 9 anbefalinger fra det siste året har ikke fått svar." in said
    assert "5 av 9 4, mest" in said


@pytest.mark.usefixtures("_small")
def test_a_link_lands_on_filtered_rows() -> None:
    # In Ringebu T-3 and T-4 were due in September and are open.
    page = opened("3439", vis="over_frist")
    assert listed(page) == ["T-3439-3", "T-3439-4"]
    assert "58 dager over frist" in words(page)
    (current,) = re.findall(r'<a [^>]*aria-current="true"[^>]*>(.*?)</a>', markup(page))
    assert re.sub(r"<[^>]+>", "", current) == "Over frist 2"


@pytest.mark.usefixtures("_small")
def test_an_unknown_view_shows_the_open_actions() -> None:
    assert listed(opened("3439", vis="finnes_ikke")) == listed(opened("3439"))


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("municipality", ["cooperation", "3439"])
def test_the_number_on_a_view_is_the_number_of_its_rows(municipality: str, view: str) -> None:
    page = opened(municipality, vis=view)
    (current,) = re.findall(r'<a [^>]*aria-current="true"[^>]*>(.*?)</a>', markup(page))
    count = int(re.findall(r"\d+", re.sub(r"<[^>]+>", "", current))[-1])
    assert len(listed(page)) == count


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["T-3439-3", "T-3439-4", "T-3439-5"]),
        ("<4>", ["T-3439-4"]),
        ("TILLIT", ["T-3439-4"]),
        ("god info", ["T-3439-3"]),
        ("enhetsleder", ["T-3439-3", "T-3439-4", "T-3439-5"]),
        ("t-3439-5", ["T-3439-5"]),
        ("finnes ikke", []),
    ],
)
def test_the_search_looks_in_title_theme_role_and_number(search: str, found: list[str]) -> None:
    assert listed(opened("3439", sok=search)) == found


@pytest.mark.usefixtures("_small")
def test_the_links_of_the_views_keep_what_was_searched_for() -> None:
    links = re.findall(r'href="(/actions[^"]*)"', markup(opened("3439", sok="mer")))
    assert len(links) == len(VIEWS)
    for link in links:
        assert "kommune=3439" in link
        assert "maned=2026-10" in link
        assert "sok=mer" in link
        assert link.endswith("#tiltakene")


@pytest.mark.usefixtures("_small")
def test_every_row_says_which_line_of_which_file_it_came_from() -> None:
    page = opened("3439", vis="alle")
    rows = markup(page).partition('<table class="list"')[2].split("<tr")[2:]
    assert len(rows) == 5
    for row in rows:
        assert "tiltak_2026-10.csv" in row
        assert re.search(r"linje \d", row)


@pytest.mark.usefixtures("_small")
def test_what_was_borrowed_says_from_whom() -> None:
    page = opened("3439", vis="lant_av_nabo")
    assert listed(page) == ["T-3439-3"]
    assert "lånt av nabo: Gausdal" in words(page)


@pytest.mark.usefixtures("_small")
def test_titles_are_never_markup() -> None:
    said = markup(opened("3439"))
    assert "Tiltak &lt;3&gt; &amp; mer" in said
    assert "<3>" not in said


def test_a_long_list_says_that_it_is_cut(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    template = tables["actions"][4]
    tables["actions"] = [
        template | {"action_id": f"T-{number:03}", "municipality_id": "3439"}
        for number in range(101)
    ]
    releasing(tables)
    page = opened("3439")
    assert len(listed(page)) == 100
    assert "101 tiltak. De 100 første vises. Søk for å finne de andre." in words(page)


def test_an_action_is_judged_by_its_dates_at_the_months_end(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    base = tables["actions"][4] | {"municipality_id": "3439", "changed_on": None}
    day = dt.date.fromisoformat
    last = OCTOBER.replace(day=31)
    tables["actions"] = [
        base | facts | {"opened_on": facts.get("opened_on", day("2026-10-01"))}
        for facts in (
            # Due on the last day: that day is not over.
            {"action_id": "T-due-last-day", "due_on": last},
            {"action_id": "T-due-day-before", "due_on": day("2026-10-30")},
            # Done after the month's end: open then.
            {"action_id": "T-done-later", "done_on": day("2026-11-01")},
            {"action_id": "T-done-last-day", "done_on": last},
            # Done and reopened: open again from that day.
            {
                "action_id": "T-reopened",
                "done_on": day("2026-10-05"),
                "reopened_on": day("2026-10-06"),
            },
            {"action_id": "T-opened-later", "opened_on": day("2026-11-01")},
            {"action_id": "T-old", "opened_on": last - dt.timedelta(181)},
            {"action_id": "T-almost-old", "opened_on": last - dt.timedelta(180)},
            {
                "action_id": "T-stale",
                "opened_on": day("2026-08-01"),
                "changed_on": last - dt.timedelta(45),
            },
            {
                "action_id": "T-almost-stale",
                "opened_on": day("2026-08-01"),
                "changed_on": last - dt.timedelta(44),
            },
            # Users are due to be told within 30 days.
            {
                "action_id": "T-untold",
                "opened_on": day("2026-08-01"),
                "done_on": last - dt.timedelta(30),
            },
            {
                "action_id": "T-untold-in-time",
                "opened_on": day("2026-08-01"),
                "done_on": last - dt.timedelta(29),
            },
        )
    ]
    releasing(tables)
    found = {view: set(listed(opened("3439", vis=view))) for view in VIEWS}
    assert "T-opened-later" not in found["alle"]
    assert found["over_frist"] == {"T-due-day-before"}
    assert found["ferdige"] == {"T-done-last-day", "T-untold", "T-untold-in-time"}
    assert found["over_180_dager"] == {"T-old"}
    assert found["ikke_oppdatert"] == {"T-stale", "T-old", "T-almost-old"}
    assert found["ikke_tilbakemeldt"] == {"T-untold"}
    assert {"T-done-later", "T-reopened", "T-due-last-day"} <= found["apne"]


@pytest.mark.usefixtures("_small")
def test_every_chart_is_told_in_words_and_has_its_table() -> None:
    page = opened("cooperation")
    charts = page.get("plotly_chart")
    assert len(charts) == 3
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert markup(page).count("Vis tallene som tabell") == len(charts)


@pytest.mark.usefixtures("_small")
def test_few_numbers_are_a_table_and_no_chart() -> None:
    # One municipality's four ages; its cohorts are dots, its overdue share a line.
    assert len(opened("3439").get("plotly_chart")) == 2


@pytest.mark.usefixtures("_small")
def test_the_parts_that_links_go_to_are_there() -> None:
    said = markup(opened("3439"))
    for anchor in ("sloyfen", "tiltakene"):
        assert said.count(f'id="{anchor}"') == 1


def test_without_any_action_the_page_says_so(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    tables["actions"], tables["recommendations"] = [], []
    releasing(tables)
    said = words(opened("3439"))
    assert "Ingen frist har gått ut det siste året." in said
    assert "Ingen tiltak her." in said


def test_where_no_list_was_delivered_nothing_is_counted(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    tables["actions"], tables["recommendations"] = [], []
    nothing = dict.fromkeys(("numerator", "denominator", "value", "band"))
    for row in tables["cells"]:
        row |= {"state": "missing", "shown": "none", "reason": "missing"} | nothing
    releasing(tables)
    page = opened("cooperation")
    said = words(page)
    assert said.startswith("Samarbeidet har ingen tall for oktober 2026.")
    assert "Det er ikke levert noen tiltaksliste som dekker oktober 2026." in said
    assert not re.search(r"\b0\b|Ingen frist|Ingen tiltak", said)
    assert not page.get("plotly_chart")


# ---- what only a browser shows -----------------------------------------------------------------


@pytest.fixture(scope="module")
def url(small_release: Path, shared_server: Any) -> str:
    return str(shared_server(small_release).url)


@pytest.mark.browser
def test_view_and_search_stand_in_the_address_and_the_way_back_undoes_them(
    url: str, visit: Any
) -> None:
    page = visit.open(f"{url}/actions?kommune=3439&maned=2026-10")
    page.get_by_role("link", name="Over frist 2").click()
    expect(page).to_have_url(re.compile(r"vis=over_frist"))
    expect(page.locator(".views [aria-current]")).to_have_text("Over frist 2")
    page.get_by_label("Søk i tittel").fill("tillit")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sok=tillit"))
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Åpne 3").click()
    expect(page.locator(".views [aria-current]")).to_have_text("Åpne 3")
    page.go_back()
    expect(page.locator(".views [aria-current]")).to_have_text("Over frist 2")
    expect(page.get_by_label("Søk i tittel")).to_have_value("tillit")


@pytest.mark.browser
def test_on_a_phone_each_action_is_a_card_that_names_its_lines(url: str, visiting: Any) -> None:
    page = visiting(width=390, height=844).open(f"{url}/actions?kommune=3439&maned=2026-10")
    row = page.locator("table.list tbody tr").first
    assert row.get_by_text("Ansvarlig", exact=True).is_visible()
    assert row.bounding_box()["width"] <= 390
