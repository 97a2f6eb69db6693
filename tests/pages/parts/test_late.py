"""Of a page's charts the first come with the words, and the others when all else is drawn."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import late


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn, in the order in which it was."""
    found: list[str] = []
    monkeypatch.setattr(late, "DRAWN", found, raising=False)
    return found


def _page(*, is_of_a_frame: bool) -> None:
    import streamlit as st

    from pages.parts import late

    def draw(words: str) -> None:
        late.DRAWN.append(words)  # type: ignore[attr-defined]
        st.text(words)

    if is_of_a_frame:
        late.begin()
    for number in range(late.AT_ONCE + 2):
        late.place(lambda number=number: draw(f"chart {number}"), f"chart_{number}", 300)
        draw(f"words {number}")
    if is_of_a_frame:
        late.finish()


IN_PLACE = [f"{what} {number}" for number in range(4) for what in ("chart", "words")]


def test_what_comes_late_stands_in_its_place(drawn: list[str]) -> None:
    page = AppTest.from_function(_page, kwargs={"is_of_a_frame": True}).run()
    assert not page.exception, page.exception
    assert [one.value for one in page.text] == IN_PLACE
    assert drawn[-3:] == ["words 3", "chart 2", "chart 3"]
    assert drawn[:4] == IN_PLACE[:4]


def test_without_a_frame_everything_is_drawn_in_its_turn(drawn: list[str]) -> None:
    page = AppTest.from_function(_page, kwargs={"is_of_a_frame": False}).run()
    assert [one.value for one in page.text] == drawn == IN_PLACE


def test_a_low_chart_keeps_a_lower_place_free(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_free: list[str] = []

    def container(key: str) -> AbstractContextManager[None]:
        kept_free.append(key)
        return nullcontext()

    monkeypatch.setattr(st, "container", container)
    late.begin()
    for height in (*[300] * late.AT_ONCE, 300, 195):
        late.place(lambda: None, f"chart_{height}", height)
    late.finish()
    assert kept_free == ["late_chart_300", "late_low_chart_195"]
    # Where the browser finds how much room that is.
    rules = (Path(late.__file__).parents[1] / "web/static/pages.css").read_text(encoding="utf-8")
    assert '[class*="st-key-late_low_"] { min-height: 176px; }' in rules


def test_a_run_that_was_broken_off_leaves_nothing_to_the_next(drawn: list[str]) -> None:
    late.begin()
    late.place(lambda: None, "1", 300)
    page = AppTest.from_function(_page, kwargs={"is_of_a_frame": True}).run()
    assert [one.value for one in page.text] == IN_PLACE
    late.finish()
    assert drawn[-1] == "chart 3"
