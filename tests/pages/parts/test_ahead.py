"""What is one step away is made ready once, in the reader's language, and never in a page's way."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data.people import LOCAL
from pages import actions, comparison, method, participation, status
from pages.parts import frame, kept, menu
from pages.parts.ahead import AT_REST, Ahead, Choice, later_choices, next_choices
from pages.parts.pickers import COOPERATION, Chosen, Offered
from pages.text import in_language, language
from queries import ask

AUGUST, SEPTEMBER, OCTOBER = (dt.date(2026, month, 1) for month in (8, 9, 10))
OFFERED = Offered(
    {"3439": "Ringebu", "3440": "Øyer"}, (OCTOBER, SEPTEMBER, AUGUST), frozenset({OCTOBER})
)

PAGES = ("status", "actions")


def chosen(place: str, month: dt.date) -> Chosen:
    return Chosen(place, month, LOCAL, "nb")


@pytest.mark.parametrize(
    ("month", "beside", "further"),
    [
        (OCTOBER, [SEPTEMBER], [AUGUST]),
        (SEPTEMBER, [AUGUST, OCTOBER], []),
        (AUGUST, [SEPTEMBER], [OCTOBER]),
    ],
)
def test_the_months_beside_come_first_and_then_the_other_places_and_months(
    month: dt.date, beside: list[dt.date], further: list[dt.date]
) -> None:
    assert next_choices(chosen("3439", month), OFFERED) == [("3439", each) for each in beside]
    assert later_choices(chosen("3439", month), OFFERED) == [
        (COOPERATION, month),
        ("3440", month),
        *(("3439", each) for each in further),
    ]


def test_a_year_on_either_side_is_made_ready_the_nearest_first() -> None:
    months = tuple(dt.date(2026 - n // 12, 12 - n % 12, 1) for n in range(40))
    offered = Offered({"3439": "Ringebu"}, months, frozenset())
    _, *found = later_choices(chosen("3439", months[14]), offered)
    at = [months.index(month) for _place, month in found]
    assert sorted(at) == [*range(2, 13), *range(16, 27)]
    assert [abs(place - 14) for place in at] == sorted(abs(place - 14) for place in at)


def test_work_for_a_store_is_done_once(tmp_path: Path) -> None:
    done: list[Path] = []

    def work(folder: Path) -> None:
        done.append(folder)
        raise RuntimeError("what goes wrong stops nothing else")

    ahead = Ahead()
    ahead.once(work, tmp_path)
    ahead.start()
    for folder in (tmp_path, tmp_path, tmp_path / "other"):
        ahead.once(work, folder)
    ahead.wait()
    ahead.stop()
    assert done == [tmp_path, tmp_path / "other"]


def test_each_is_made_once_and_in_the_language_spoken(
    small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    made: list[tuple[str, str, str, dt.date]] = []

    def make(page: str, place: str, month: dt.date) -> None:
        made.append((language(), page, place, month))
        if place == COOPERATION:
            raise RuntimeError("what goes wrong stops nothing else")

    ahead = Ahead()
    ahead.prepare(make, PAGES, chosen("3439", OCTOBER), OFFERED)
    assert not made, "nothing is made ready before the server has started"
    ahead.start()
    for spoken in ("nb", "nb", "en"):
        with in_language(spoken):
            ahead.prepare(make, PAGES, chosen("3439", OCTOBER), OFFERED)
    ahead.wait()
    assert made == [("nb", "status", "3439", SEPTEMBER), ("en", "status", "3439", SEPTEMBER)]
    ahead.wait(also_later=True)
    ahead.stop()
    rest = [
        ("actions", "3439", OCTOBER),
        ("status", COOPERATION, OCTOBER),
        ("status", "3440", OCTOBER),
        ("status", "3439", AUGUST),
    ]
    assert made[2:] == [("en", *each) for each in rest], "what is read now, in its language"


def test_what_can_wait_waits_until_no_page_has_been_drawn_for_a_while(
    small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    now = [100.0]
    monkeypatch.setattr("pages.parts.ahead.time.monotonic", lambda: now[0])
    ahead, made = Ahead(), list[Choice]()

    def make(_page: str, place: str, when: dt.date) -> None:
        made.append((place, when))

    def turn_to(month: dt.date) -> None:
        ahead.prepare(make, PAGES[:1], chosen("3439", month), OFFERED)
        ahead.wait()

    ahead.start()
    turn_to(OCTOBER)
    now[0] += AT_REST / 2
    turn_to(AUGUST)
    now[0] += AT_REST * 0.9
    ahead.make_way()
    now[0] += AT_REST * 0.9
    ahead.once(str, small_release)
    ahead.wait()
    assert made == [("3439", SEPTEMBER)], "two pages, and somebody who came, none of them at rest"
    now[0] += AT_REST
    ahead.once(Path.exists, small_release)
    ahead.wait(also_later=True)
    ahead.stop()
    assert made[1:] == [(COOPERATION, AUGUST), ("3440", AUGUST), ("3439", OCTOBER)]


@pytest.mark.parametrize(
    "page", [status, participation, actions, comparison, method], ids=lambda page: page.__name__
)
def test_what_was_made_ready_asks_nothing_more(
    page: Any, small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    name = page.__name__.rpartition(".")[2]
    ask._answer.cache_clear()
    kept._held.clear()
    app = opened(name)
    for place in ("3439", COOPERATION):
        frame.make_ready(name, place, SEPTEMBER)
        asked = ask._answer.cache_info().misses
        app.query_params["kommune"] = place if place != COOPERATION else "alle"
        app.query_params["maned"] = "2026-09"
        app.run()
        assert not app.exception, app.exception
        assert app.session_state["chosen_month"] == SEPTEMBER
        assert ask._answer.cache_info().misses == asked


def opened(page: str) -> AppTest:
    """A page as it opens."""
    app = AppTest.from_file(frame.__file__, default_timeout=30).run()
    app._page_hash = calc_hash(page) if page != menu.HOME else ""
    app.run()
    assert not app.exception, app.exception
    return app
