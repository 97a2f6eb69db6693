"""The comparison: commitments first, own history before neighbours, and what is not compared."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from queries.cards import load_all
from tests.pages.drawn_html import opened as opened_html


def _page(municipality: str) -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import comparison
    from pages.parts.pickers import Chosen

    comparison.render(Chosen(municipality, dt.date(2026, 10, 1), LOCAL, "nb"))


def opened(indicator: str | None = None, municipality: str = "3439") -> AppTest:
    page = AppTest.from_function(_page, args=(municipality,))
    if indicator is not None:
        page.query_params["indikator"] = indicator
    page.run(timeout=20)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    """Everything that was drawn, from top to bottom."""
    drawn = (str(element.value) for element in page.main.children.values())
    return opened_html(" ".join(drawn))


def words(page: AppTest) -> str:
    without = re.sub(r"<svg.*?</svg>", "", markup(page))
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


@pytest.fixture(autouse=True)
def _small_store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))


def test_commitments_stand_before_any_comparison() -> None:
    said = words(opened())
    order = [
        said.index(heading)
        for heading in (
            "Holdt vi det vi ble enige om?",
            "Egen historie først",
            "Det som ikke kan",
            "Delte og lånte tiltak",
        )
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("indicator", sorted(load_all()))
def test_every_indicator_can_be_chosen_in_the_address(indicator: str) -> None:
    page = opened(indicator)
    (here,) = re.findall(r'aria-current="true">([^<]+)<', markup(page))
    assert here == load_all()[indicator].words("title")
    assert not re.search(r"[{}]|None|nan\b", words(page))


def test_an_indicator_that_is_not_there_gives_the_first_choice() -> None:
    (here,) = re.findall(r'aria-current="true">([^<]+)<', markup(opened("nonsense")))
    assert here == load_all()["told_back"].words("title")


def test_every_choice_keeps_municipality_and_month() -> None:
    links = re.findall(r'href="(/comparison[^"]+)"', markup(opened()))
    assert len(links) == len(load_all())
    assert all("kommune=3439&amp;maned=2026-10" in link for link in links)


def test_what_is_about_people_is_not_set_side_by_side_and_says_why() -> None:
    said = words(opened("response_rate_same_day"))
    assert "Usikkerhet (95 %)" not in said
    assert "vises tallene uten vurdering" in said


def test_size_is_refused_as_a_measure_with_the_reason() -> None:
    assert "Tall per årsverk" in words(opened())


def test_all_together_have_the_same_page() -> None:
    assert "Egen historie først" in words(opened(municipality="cooperation"))


@pytest.mark.parametrize(
    ("is_delivered", "told"),
    [
        (True, "Ingen tiltak er delt eller lånt."),
        (False, "Fila som denne lista lages av, er ikke levert for perioden."),
    ],
)
def test_that_nothing_is_shared_is_not_said_where_no_list_of_actions_came(
    tables: dict[str, list[dict[str, Any]]],
    released: Callable[[dict[str, list[dict[str, Any]]]], Path],
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_delivered: bool,
    told: str,
) -> None:
    missing = {"state": "missing", "value": None, "numerator": None, "shown": "none"}
    for cell in tables["cells"]:
        if cell["indicator"] == "open_actions" and not is_delivered:
            cell |= missing
    store = released(tables | {"actions": []})
    monkeypatch.setenv("FORANKRING_STORE", str(store))
    assert told in words(opened()).partition("Delte og lånte tiltak")[2]
