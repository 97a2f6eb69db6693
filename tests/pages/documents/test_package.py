"""The package of the demo's October: two pages for any place, and the numbers of the screen."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pages.charts.drawing import Table
from pages.documents import month as months
from pages.documents.month_sheet import month_sheet
from pages.documents.package import Wanted, package
from pages.terminal.packaged import wanted as wanted_of
from pages.text import cells
from queries.cards import load_all

LONG = "Alle som har sagt fra om tjenestene, skal få svar innen tretti dager, også når det er nei "


def pages_of(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


@pytest.fixture(scope="module")
def october(demo_store: Path) -> Callable[[str], Wanted]:
    """The demo's October of one place."""
    return lambda place: wanted_of(demo_store, dt.date(2026, 10, 1), place)


@pytest.mark.parametrize("place", ["cooperation", "3438"])
def test_the_demos_documents_hold_what_its_pages_show(
    place: str,
    october: Callable[[str], Wanted],
    text_of: Callable[[bytes], str],
    letters: Callable[[str], str],
) -> None:
    wanted = october(place)
    (sheet,) = package(wanted, ["pdf"]).values()
    assert pages_of(sheet) == 2
    text = text_of(sheet)
    cards, shown = load_all(), wanted.reading(place).matrix
    assert len(shown) > 30
    for row in shown.values():
        card = cards[row["indicator"]]
        title = cells.words(card, "title")
        assert letters(title + cells.shown_text(row, card)) in text, title


def test_many_long_words_are_set_smaller_and_not_on_a_third_page(
    october: Callable[[str], Wanted],
) -> None:
    wanted = october("cooperation")
    of = months.read(wanted.reading("cooperation"))
    role = "drifts- og utviklingskoordinator"
    table = Table(
        "Vedtak",
        ("Vedtak", "Ansvarlig", "Frist", "Hva skjedde"),
        ((LONG, role, "30. nov.", "196 dager over frist, ble et tiltak"),) * 6,
    )
    slides = tuple(
        replace(
            slide,
            finding=slide.finding + LONG,
            sentences=(LONG,) * 3,
            table=table if slide.part in ("since_last", "decisions") else slide.table,
        )
        for slide in wanted.programme.slides
    )
    content = month_sheet(
        replace(wanted.programme, slides=slides),
        replace(of, finding=LONG * 2, changes=of.changes[:1] * 8),
    )
    assert pages_of(content) == 2
