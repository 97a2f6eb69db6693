"""Tiltak: the loop and its leak, the counts, and a list that the address can filter."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from pages.parts.action_list import VIEWS, themes_like
from tests.pages.drawn_html import opened as opened_html

Tables = dict[str, list[dict[str, Any]]]
OCTOBER = dt.date(2026, 10, 1)


def _page(municipality: str, year: int, month: int) -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import actions
    from pages.parts.pickers import Chosen

    actions.render(Chosen(municipality, dt.date(year, month, 1), LOCAL, "nb"))


def _as_leader_in_oyer(municipality: str) -> None:
    import datetime as dt

    from data.people import Person
    from pages import actions
    from pages.parts.pickers import Chosen

    person = Person("kari", "leader", "3440")
    actions.render(Chosen(municipality, dt.date(2026, 10, 1), person, "nb"))


def opened(municipality: str, month: dt.date = OCTOBER, **address: str) -> AppTest:
    page = AppTest.from_function(_page, args=(municipality, month.year, month.month))
    for name, value in address.items():
        page.query_params[name] = value
    page.run(timeout=30)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    drawn = (element for element in page.main if element.type == "html")
    return opened_html(" ".join(str(element.proto.body) for element in drawn))


def words(page: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup(page)).split())


def test_signs_are_in_no_theme() -> None:
    assert themes_like("tilgj") == "availability"
    assert themes_like("<b>") == themes_like("%") == ""


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
    assert heading.replace("\xa0", " ").startswith(
        "Ingen sikker endring i tiltakene i Ringebu i oktober 2026."
    )
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


WINTER = dt.date(2026, 1, 1)
STAGES = ("recommended", "action", "done", "told_back")


def loop_cells(*came: int, state: str = "measured", **facts: Any) -> list[dict[str, Any]]:
    """The cells of one tertial in Ringebu: how many were received, and came to each stage."""
    whole: dict[str, Any] = {
        "indicator": "loop",
        "municipality_id": "3439",
        "grain": "tertial",
        "period": WINTER,
        "state": state,
        "shown": "exact",
        "delivered": 4,
        "members": 4,
    } | facts
    received, *stages = came
    share = {"numerator": stages[-1], "denominator": received, "value": stages[-1] / received}
    rows = [whole | share]
    for days, (stage, here, before) in enumerate(zip(STAGES, stages, came, strict=False), 11):
        rows.append(whole | {"part": stage, "numerator": here, "denominator": before})
        rows.append(whole | {"part": f"days_to_{stage}", "numerator": days, "value": days})
    refused = {"part": "refused", "numerator": 2, "denominator": stages[0]}
    return [*rows, whole | refused, whole | {"part": "days_all_the_way", "value": 140.5}]


def test_the_loop_is_told_as_a_funnel_with_days_from_stage_to_stage(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    tables["cells"] += loop_cells(20, 18, 12, 11, 6)
    releasing(tables)
    said = words(opened("3439"))
    leak = "5 av 11 innspill med ferdige tiltak, fra januar–april 2026, ble ikke meldt tilbake."
    assert f"Mest stopper før brukerne får vite det: {leak}" in said
    for line in (
        "Ønsket endring 20",
        "Ble en anbefaling 18 av 20 11 dager 2",
        "Fikk et tiltak 12 av 20 12 dager 4 2 fikk et begrunnet nei",
        "Tiltakene ferdige 11 av 20 13 dager 1",
        "Meldt tilbake til brukerne 6 av 20 14 dager 5, mest",
        "6 av 20 kom hele veien. Det midterste brukte 140,5 dager.",
        "Innspillene er fulgt til 27. oktober 2026.",
        "januar–april 2026 6 av 20 innspill",
    ):
        assert line in said, line


def test_a_loop_that_is_still_followed_or_lacks_months_says_so(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    tables["cells"] += loop_cells(20, 18, 12, 11, 6, state="provisional", delivered=3)
    releasing(tables)
    said = words(opened("3439"))
    assert "Foreløpig: innspillene følges til 27. oktober 2026. Fra 3 av 4 måneder." in said
    assert "januar–april 2026 6 av 20 innspill, foreløpig" in said


def test_without_a_number_the_loop_says_why(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    nothing = dict.fromkeys(("numerator", "denominator", "value"))
    missing = [row | nothing for row in loop_cells(1, 1, 1, 1, 1, state="missing", shown="none")]
    tables["cells"] += missing
    releasing(tables)
    said = words(opened("3439"))
    assert "Det er ikke levert innspill fra januar–april 2026." in said
    assert "Kom hit" not in said


def test_the_other_indicators_are_a_line_each(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    base = next(row for row in tables["cells"] if row["indicator"] == "told_back")
    base |= {"municipality_id": "3439", "period": OCTOBER, "state": "measured", "signal": "concern"}
    stale = {"indicator": "stale_actions", "numerator": 2, "denominator": 7, "value": 2 / 7}
    beside = {"indicator": "influence", "part": "not_assessed", "numerator": 1, "denominator": 3}
    tables["cells"] += [base | stale, base | beside]
    releasing(tables)
    said = words(opened("3439")).partition("Slik går det med tiltakene")[2]
    assert "2 av 7 åpne tiltak" in said
    assert "sikker forverring" in said
    assert "høyst 0 % (forslag)" in said or "kan ikke vurderes ennå" in said
    assert "Ikke vurdert: 1 av 3 ferdige tiltak." in said


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
        ("  god   info ", ["T-3439-3"]),
        ("enhetsleder", ["T-3439-3", "T-3439-4", "T-3439-5"]),
        ("t-3439-5", ["T-3439-5"]),
        ("finnes ikke", []),
    ],
)
def test_the_search_looks_in_title_theme_role_and_number(search: str, found: list[str]) -> None:
    assert listed(opened("3439", sok=search)) == found


@pytest.mark.usefixtures("_small")
def test_nobody_reports_a_deviation_of_another_place_than_the_one_shown() -> None:
    of_others, own = (
        AppTest.from_function(_as_leader_in_oyer, args=(place,)).run(timeout=30)
        for place in ("3439", "3440")
    )
    assert not of_others.exception
    assert "Meld et avvik" not in [each.label for each in of_others.expander]
    assert "Meld et avvik" in [each.label for each in own.expander]
    # For all of them it is asked which, and nothing is chosen beforehand.
    page = opened("cooperation")
    (place,) = [each for each in page.selectbox if each.label == "Kommune"]
    assert place.value is None


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
    jumps = re.findall(r'href="#([^"]+)"', said)
    assert len(jumps) > 3
    for anchor in ("sloyfen", "tiltakene", *jumps):
        assert said.count(f'id="{anchor}"') == 1


def test_without_any_action_the_page_says_so(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    tables["actions"], tables["recommendations"] = [], []
    releasing(tables)
    said = words(opened("3439"))
    assert "Sløyfen vises når fire hele måneder, fra januar, mai eller september, er over." in said
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
    assert said.startswith("Her er det ingen tall for samarbeidet i oktober 2026.")
    assert "Det er ikke levert noen tiltaksliste som dekker oktober 2026." in said
    # What rules suggest and people report is counted all the same: it rests on other files too.
    before, _, _ = said.partition("Avvik fra brukermedvirkningen")
    assert not re.search(r"\b0\b|Ingen frist|Ingen tiltak", before)
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


def test_that_nobody_waits_is_said_only_where_what_users_said_was_delivered() -> None:
    from pages.parts.loop import unanswered_table

    assert unanswered_table([], of_all=False, is_delivered=False) is None
    told = unanswered_table([], of_all=False)
    assert told is not None
    assert "Ingen anbefalinger venter på svar." in told
