"""What is one step away is made ready once, in the reader's language, and never in a page's way."""

import datetime as dt
from pathlib import Path

import pytest

from data.people import LOCAL
from pages import status
from pages.parts.ahead import Ahead, Choice, next_choices
from pages.parts.pickers import COOPERATION, Chosen, Offered
from pages.text import in_language, language
from queries import ask

AUGUST, SEPTEMBER, OCTOBER = (dt.date(2026, month, 1) for month in (8, 9, 10))
OFFERED = Offered(
    {"3439": "Ringebu", "3440": "Øyer"}, (OCTOBER, SEPTEMBER, AUGUST), frozenset({OCTOBER})
)


def chosen(place: str, month: dt.date) -> Chosen:
    return Chosen(place, month, LOCAL, "nb")


@pytest.mark.parametrize(
    ("month", "beside"),
    [(OCTOBER, [SEPTEMBER]), (SEPTEMBER, [AUGUST, OCTOBER]), (AUGUST, [SEPTEMBER])],
)
def test_the_months_beside_come_first_and_then_the_other_places(
    month: dt.date, beside: list[dt.date]
) -> None:
    assert next_choices(chosen("3439", month), OFFERED) == [
        *(("3439", each) for each in beside),
        (COOPERATION, month),
        ("3440", month),
    ]


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
    made: list[tuple[str, Choice]] = []

    def make(place: str, month: dt.date) -> None:
        made.append((language(), (place, month)))
        if place == COOPERATION:
            raise RuntimeError("what goes wrong stops nothing else")

    ahead = Ahead()
    ahead.prepare(make, chosen("3439", OCTOBER), OFFERED)
    assert not made, "nothing is made ready before the server has started"
    ahead.start()
    for spoken in ("nb", "nb", "en"):
        with in_language(spoken):
            ahead.prepare(make, chosen("3439", OCTOBER), OFFERED)
    ahead.wait()
    ahead.stop()
    once = [("3439", SEPTEMBER), (COOPERATION, OCTOBER), ("3440", OCTOBER)]
    assert made == [("nb", each) for each in once] + [("en", each) for each in once]


def test_what_was_made_ready_asks_nothing_more(
    small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    frame = Path(status.__file__).parent / "parts" / "frame.py"
    app = AppTest.from_file(str(frame), default_timeout=30).run()
    for place in ("3439", COOPERATION):
        status.make_ready(place, SEPTEMBER)
        asked = ask._answer.cache_info().misses
        app.query_params["kommune"] = place if place != COOPERATION else "alle"
        app.query_params["maned"] = "2026-09"
        app.run()
        assert not app.exception, app.exception
        assert ask._answer.cache_info().misses == asked
