"""The month's status: what waits first, then what changed, then every indicator."""

import datetime as dt
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.waiting import MOST_LINES
from tests.pages.drawn_html import opened as opened_html


def _page(municipality: str, year: int, month: int) -> None:
    import datetime as dt

    from data.people import Person
    from pages import status
    from pages.parts.pickers import Chosen

    reader = Person("lokal", "viewer")
    status.render(Chosen(municipality, dt.date(year, month, 1), reader, "nb"))


def opened(municipality: str, month: dt.date = dt.date(2026, 10, 1)) -> AppTest:
    page = AppTest.from_function(_page, args=(municipality, month.year, month.month))
    page.run(timeout=20)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    """Everything that was drawn, from top to bottom."""
    drawn = " ".join(str(getattr(one, "value", "")) for one in page.main.children.values())
    return opened_html(drawn)


def words(page: AppTest) -> str:
    """What a reader sees of it, without the drawings."""
    without = re.sub(r"<svg.*?</svg>", "", markup(page))
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


@pytest.fixture(autouse=True)
def _small_store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))


def test_words_come_before_numbers() -> None:
    said = words(opened("3439"))
    order = [
        said.index(heading)
        for heading in (
            "Ringebu",
            "Dette venter",
            "Dette har endret seg",
            "Slik står det til",
        )
    ]
    assert order == sorted(order)


def _as_leader(municipality: str) -> None:
    import datetime as dt

    from data.people import Person
    from pages import status
    from pages.parts.pickers import Chosen

    leader = Person("kari", "leader", "3439")
    status.render(Chosen(municipality, dt.date(2026, 10, 1), leader, "nb"))


@pytest.mark.parametrize(("place", "is_mine"), [("3439", True), ("3440", False)])
def test_what_waits_is_said_to_whoever_it_waits_for(place: str, is_mine: bool) -> None:
    page = AppTest.from_function(_as_leader, args=(place,)).run(timeout=30)
    assert not page.exception
    assert ("Dette venter på deg" in words(page)) == is_mine
    # Who only reads can do nothing about it.
    assert "Dette venter på deg" not in words(opened(place))


def test_it_is_drawn_without_a_chart_library_and_in_few_pieces() -> None:
    page = opened("3439")
    assert not page.get("plotly_chart")
    assert len(page.main.children) <= 7


def test_at_most_five_lines_wait() -> None:
    page = opened("cooperation")
    (waiting,) = re.findall(r'<ol class="waiting".*?</ol>', markup(page))
    assert 1 <= waiting.count("<li>") <= MOST_LINES
    assert waiting.count("<li>") == waiting.count("<a ")


def test_all_together_have_the_same_page() -> None:
    said = words(opened("cooperation"))
    assert "samarbeidet" in said.lower()
    assert "Dette venter på deg" not in said
    assert "Slik står det til" in said


@pytest.mark.parametrize("month", [dt.date(2024, 11, 1), dt.date(2025, 10, 1), dt.date(2026, 9, 1)])
def test_every_month_can_be_opened(month: dt.date) -> None:
    for municipality in ("3405", "3438", "cooperation"):
        said = words(opened(municipality, month))
        assert not re.search(r"[{}]|None|nan\b", said)


def test_a_title_from_a_file_cannot_add_to_the_page() -> None:
    # The small release names its actions "Tiltak <1> & mer".
    assert "<1>" not in markup(opened("3439"))


def test_no_english_is_left() -> None:
    said = words(opened("3439")).lower()
    for english in (" the ", " of ", "target", "missing", "action", "month"):
        assert english not in said
