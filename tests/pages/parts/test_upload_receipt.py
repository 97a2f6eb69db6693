"""A receipt names a dozen columns that are not kept, and the others where nobody drowns in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pages.parts.upload_receipt import MOST_NAMED, dropped
from pages.text.markup import tag

STATIC = Path(__file__).parents[3] / "pages" / "web" / "static"


def headings(count: int) -> list[str]:
    return [f"felt {number}" for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, MOST_NAMED - 1, MOST_NAMED])
def test_a_few_columns_are_all_named_at_once(count: int) -> None:
    said = str(tag("dd", dropped(headings(count))))
    assert re.findall("«felt [0-9]+»", said) == [f"«{one}»" for one in headings(count)]
    assert "<details" not in said


@pytest.mark.parametrize("count", [MOST_NAMED + 1, 98])
def test_of_many_columns_the_others_are_folded_and_none_is_lost(count: int) -> None:
    said = str(tag("dd", dropped(headings(count))))
    assert re.findall("«felt [0-9]+»", said) == [f"«{one}»" for one in headings(count)]
    open_, folded = said.split("<details")
    assert open_.startswith(f"<dd>{count} kolonner: «felt 1», «felt 2»")
    assert open_.count("«") == MOST_NAMED
    assert f"<summary>og {count - MOST_NAMED} til</summary>" in folded


@pytest.mark.browser
def test_on_paper_what_is_folded_on_a_receipt_is_open(visit: Any) -> None:
    folded = tag("section", tag("dl", tag("dd", dropped(headings(98)))), class_="receipt")
    visit.page.set_content(f"<style>{(STATIC / 'print.css').read_text('utf-8')}</style>{folded}")
    last = visit.page.get_by_text("«felt 98»")
    assert not last.is_visible()
    visit.page.emulate_media(media="print")
    assert last.is_visible()
