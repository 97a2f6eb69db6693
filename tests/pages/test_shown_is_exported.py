"""What the pages draw of a municipality and a month is, number by number, what `export` writes."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import app
from pages.parts.standing import EVERYTHING, VIEW
from tests.pages.drawn_html import opened

PLACES = ("3439", "cooperation")
Texts = dict[tuple[str, str, str], str]


def _page(name: str, municipality: str) -> None:
    import datetime as dt
    import importlib

    from data.people import Person
    from pages.parts.pickers import Chosen

    chosen = Chosen(municipality, dt.date(2026, 10, 1), Person("lokal", "viewer"), "nb")
    importlib.import_module(f"pages.{name}").render(chosen)


def drawn(name: str, municipality: str) -> str:
    page = AppTest.from_function(_page, args=(name, municipality))
    page.query_params[VIEW] = EVERYTHING
    page.run(timeout=60)
    assert not page.exception, page.exception
    return opened(" ".join(str(each.proto.body) for each in page.main if each.type == "html"))


@pytest.fixture
def texts(
    small_release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Texts:
    """What was exported, by the indicator's name, the municipality, and the month in words."""
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    assert app.main(["export"]) == 0
    whole = json.loads(capsys.readouterr().out)
    return {
        (cell["title"], cell["municipality"], cell["period_text"]): cell["text"]
        for cell in whole["cells"]
        if cell["part"] is None and cell["grain"] == "month"
    }


def rows(table: str) -> list[list[str]]:
    """The cells of a table's rows, each as what stands first in it."""
    found = re.findall(r"<tr.*?</tr>", re.sub(r"<svg.*?</svg>", "", table))
    return [[_first(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def _first(cell: str) -> str:
    told = (html.unescape(piece).strip() for piece in re.split(r"<[^>]*>", cell))
    return next((piece for piece in told if piece), "")


def untrue(markup: str, municipality: str, texts: Texts) -> tuple[list[Any], int]:
    """The numbers that are drawn and not exported so, and how many were looked at."""
    wrong: list[Any] = []
    looked = 0
    for table in re.findall(r"<table.*?</table>", markup):
        heads, *body = rows(table)
        for row in body:
            if heads[0] == "Indikator" and len(row) == len(heads) == 6:
                key, value, places = (row[0], "oktober 2026"), row[1], (municipality,)
            elif heads[0] == "Måned":
                # Some charts are of all together on every page.
                key, value, places = (heads[1], row[0]), row[1], (municipality, "cooperation")
            else:
                continue
            exported = [texts.get((key[0], place, key[1])) for place in places]
            # A matrix gives the newest number of what has none in the month, and says of when.
            if any(exported):
                looked += 1
                wrong += [] if value in exported else [(key, value, exported)]
    return wrong, looked


@pytest.mark.parametrize("municipality", PLACES)
def test_every_number_of_the_matrix_and_of_the_charts_tables_is_exported_so(
    texts: Texts, municipality: str
) -> None:
    for name, fewest in (("status", 8), ("participation", 100), ("actions", 40)):
        markup = drawn(name, municipality)
        wrong, looked = untrue(markup, municipality, texts)
        assert wrong == [], name
        assert looked >= fewest, (name, looked)


def test_a_number_of_another_municipality_would_be_noticed(texts: Texts) -> None:
    markup = drawn("status", "3439")
    assert untrue(markup, "3440", texts)[0]
