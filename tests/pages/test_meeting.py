"""Møte: what is missing before the lock, the slides after it, and who may decide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import settings
from pages.parts.decide_panel import month_on
from tests.pages.drawn_html import opened as opened_html

OCTOBER = dt.date(2026, 10, 1)

small = pytest.mark.usefixtures("small_store")
unlocked = pytest.mark.usefixtures("unlocked_store")


def _page(municipality: str, role: str) -> None:
    import datetime as dt

    from data.people import Person
    from pages import meeting
    from pages.parts.pickers import Chosen

    person = Person("lokal", role)
    meeting.render(Chosen(municipality, dt.date(2026, 10, 1), person, "nb"))


def opened(
    municipality: str = "cooperation", role: str = "regional_coordinator", **address: str
) -> AppTest:
    page = AppTest.from_function(_page, args=(municipality, role))
    for name, value in address.items():
        page.query_params[name] = value
    page.run(timeout=20)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    """Everything that was drawn as markup, from top to bottom."""
    found: list[str] = []

    def walk(block: Any) -> None:
        for element in block.children.values():
            if hasattr(element, "children"):
                walk(element)
            elif element.type == "html":
                found.append(opened_html(str(element.proto.body)))

    walk(page.main)
    return " ".join(found)


def words(text: str) -> str:
    without = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


def slides(page: AppTest) -> list[str]:
    return re.findall(r"<section.*?</section>", markup(page), re.DOTALL)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "today", lambda _store=None: dt.date(2026, 11, 12))


@pytest.fixture
def small_store(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    return small_release


@pytest.fixture
def release(released: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    def make(tables: dict[str, Any], number: int = 1) -> Path:
        folder = released(tables, number)
        monkeypatch.setenv("FORANKRING_STORE", str(folder))
        return folder

    return make


@small
@pytest.mark.parametrize(
    ("municipality", "place"), [("cooperation", "Alle kommuner"), ("3438", "Sør-Fron")]
)
def test_every_slide_says_whose_month_it_is_and_which_edition(
    municipality: str, place: str
) -> None:
    shown = slides(opened(municipality))
    assert len(shown) >= 8
    for number, slide in enumerate(shown, 1):
        said = words(slide)
        assert said.startswith(
            f"Interkommunalt fagteam · oktober 2026 · {place} · låst 10. november"
        )
        assert "utgave 1 · abababab" in said
        assert "Eksempeldata – tallene er oppdiktet" in said
        assert f"{number} av {len(shown)} ·" in said


@small
def test_a_chart_on_a_slide_has_its_words_and_its_numbers_as_a_table() -> None:
    drawn = [slide for slide in slides(opened()) if "<svg" in slide and "stage-chart" in slide]
    assert drawn
    for slide in drawn:
        assert 'role="img" aria-label="' in slide
        assert '<div class="unseen"><table>' in slide


@small
def test_the_slides_are_one_press_away_and_keep_the_choices() -> None:
    page = opened("3439")
    assert 'href="/meeting?kommune=3439&amp;maned=2026-10&amp;ark=1"' in markup(page)
    assert "Oktober 2026 er låst, og møtet kan begynne" in words(markup(page))


def test_who_has_attested_stands_before_the_meeting(
    tables: dict[str, Any], release: Callable[..., Path]
) -> None:
    tables["attestations"] = [
        {
            "attestation_id": 1,
            "municipality_id": "3439",
            "month": OCTOBER,
            "statement": "seen",
            "given_at": dt.datetime.fromisoformat("2026-11-11T09:00"),
        }
    ]
    release(tables)
    said = words(markup(opened()))
    assert "Ringebu : attesterte 11. november" in said
    assert "Øyer : ikke ennå" in said


@small
def test_a_reader_is_told_who_writes_decisions_and_gets_no_form() -> None:
    page = opened(role="viewer")
    assert "Den regionale koordinatoren skriver vedtakene." in words(markup(page))
    assert not page.text_input
    assert opened().text_input[0].label == "Hva er vedtatt? Roller, aldri navn."


def test_what_is_decided_now_belongs_to_the_month_that_was_locked_last(
    tables: dict[str, Any], release: Callable[..., Path]
) -> None:
    following = dt.date(2026, 11, 1)
    at = dt.datetime.fromisoformat("2026-11-12T09:00")
    tables["months"].append(
        {"month": following, "locked_at": at, "is_history": False, "lock_release": 1}
    )
    release(tables)
    page = opened()
    assert "Møtet om oktober 2026 er over." in words(markup(page))
    assert not page.text_input


@small
def test_a_version_that_is_not_there_is_said_and_what_was_locked_is_shown() -> None:
    page = opened(versjon="7")
    assert "Det finnes ingen slik versjon av oktober 2026. Du ser det som ble låst." in words(
        markup(page)
    )
    assert slides(page) == slides(opened())


def test_a_corrected_version_is_offered_by_number_and_read_only_when_asked_for(
    tables: dict[str, Any], release: Callable[..., Path]
) -> None:
    release(tables)
    before = slides(opened())
    for row in tables["cells"]:
        if row["indicator"] == "told_back":
            row |= {"signal": "concern", "signal_rule": "run"}
    tables["release"][0] |= {"number": 2, "content_hash": "cd" * 32}
    tables["month_versions"] = [
        {
            "month": OCTOBER,
            "version": version,
            "release": version,
            "made_at": dt.datetime.fromisoformat(f"2026-11-1{version}T08:00"),
            "changes": 3 * (version - 1),
        }
        for version in (1, 2)
    ]
    release(tables, 2)
    page = opened()
    assert slides(page) == before
    assert "Versjon 2 kom 12. november 2026 kl. 09.00: 3 tall ble rettet." in words(markup(page))
    corrected = slides(opened(versjon="2"))
    assert corrected != before
    assert "rettet, versjon 2 · utgave 2 · cdcdcdcd" in words(corrected[0])


# -- before the lock -----------------------------------------------------------------------------


@pytest.fixture
def unlocked_store(tables: dict[str, Any], release: Callable[..., Path]) -> dict[str, Any]:
    tables["months"][-1] |= {"locked_at": None, "lock_release": None, "is_history": None}
    tables["month_versions"].pop()
    tables["deliveries"] = [
        {
            "municipality_id": place,
            "kind": kind,
            "month": OCTOBER,
            "is_expected": True,
            "is_delivered": (place, kind) != ("3440", "actions"),
        }
        for place in ("3439", "3440")
        for kind in ("actions", "survey_waves")
    ]
    release(tables)
    return tables


@unlocked
def test_what_is_missing_is_listed_before_the_lock() -> None:
    page = opened()
    said = words(markup(page))
    order = [
        said.index(part)
        for part in (
            "Én fil mangler før oktober 2026 låses",
            "Øyer : tiltak",
            "En låst måned står stille",
        )
    ]
    assert order == sorted(order)
    assert slides(page) == []
    (lock,) = page.button
    assert lock.label == "Lås oktober 2026"
    assert lock.disabled
    page.checkbox[0].check().run(timeout=20)
    assert not page.button[0].disabled


@unlocked
def test_only_the_regional_coordinator_locks() -> None:
    page = opened(role="leader")
    assert "Den regionale koordinatoren låser måneden." in words(markup(page))
    assert not page.button


@unlocked
def test_a_month_that_is_not_over_cannot_be_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "today", lambda _store=None: dt.date(2026, 10, 31))
    page = opened()
    assert "Oktober 2026 er ikke over ennå" in words(markup(page))
    assert not page.button
    monkeypatch.setattr(settings, "today", lambda _store=None: dt.date(2026, 11, 1))
    assert len(opened().button) == 1


@pytest.mark.parametrize(
    ("today", "then"),
    [
        ("2026-11-12", "2026-12-10"),  # the second Thursday of both
        ("2026-10-30", "2026-11-27"),  # a fifth Friday becomes a fourth
        ("2026-12-01", "2027-01-05"),  # a first Tuesday, over the new year
        ("2027-01-28", "2027-02-25"),  # a fourth Thursday
    ],
)
def test_the_suggested_due_date_is_the_same_weekday_of_the_next_month(
    today: str, then: str
) -> None:
    assert month_on(dt.date.fromisoformat(today)) == dt.date.fromisoformat(then)
