"""Om tallene: everything that defines a number is on the page, and every link within it arrives."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import contract
from pages.parts.explained import sources
from queries.cards import load_all
from queries.commitments import load_commitments
from queries.disclosure import limits
from tests.pages.drawn_html import opened


def _page() -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import method
    from pages.parts.pickers import Chosen

    method.render(Chosen("3439", dt.date(2026, 10, 1), LOCAL, "nb"))


@pytest.fixture(scope="module")
def markup(small_release: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORANKRING_STORE", str(small_release))
        page = AppTest.from_function(_page).run(timeout=30)
    assert not page.exception, page.exception
    return opened(page.main[0].proto.body)


@pytest.fixture(scope="module")
def words(markup: str) -> str:
    shown = re.sub(r"<[^>]+>", " ", markup)
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        shown = shown.replace(code, sign)
    return " ".join(shown.replace("&amp;", "&").split())


@pytest.mark.parametrize("indicator", load_all())
def test_an_indicator_is_explained_from_its_card(indicator: str, markup: str, words: str) -> None:
    card = load_all()[indicator]
    assert markup.count(f'id="{indicator}"') == 1
    for name in ("title", "question", "why", "counted"):
        assert " ".join(card.words(name).split()) in words
    if card.privacy_reason is not None:
        assert card.privacy_reason["nb"] in words


def test_a_target_without_a_source_is_called_a_proposal(words: str) -> None:
    card = load_all()["told_back"]
    assert card.target is not None
    assert card.target.source == "proposal"
    section = words.split(card.words("why"))[1]
    assert "100\xa0% (forslag). Ingen av kildene gir dette målet." in section.split("Retning")[
        1
    ].split("Personvern")[0].replace("100 %", "100\xa0%")


def test_a_target_from_a_document_names_it(words: str) -> None:
    card = load_all()["same_day_evaluation"]
    section = words.split(card.words("why"))[1].split("Personvern")[0]
    assert sources()["S001"]["title"] in section
    assert "forslag" not in section


@pytest.mark.parametrize("kind", contract.KINDS)
def test_every_column_of_every_file_is_explained(kind: str, words: str) -> None:
    for column in contract.load(kind).columns:
        assert " ".join(column.meaning["nb"].split()) in words
        assert column.heading in words
        for value in column.values:
            assert value.words["nb"] in words


@pytest.mark.parametrize("code", load_commitments())
def test_every_commitment_is_explained(code: str, words: str) -> None:
    commitment = load_commitments()[code]
    for name in ("name", "question", "counted"):
        assert commitment.words(name) in words


@pytest.mark.parametrize("limit", limits())
def test_every_limit_stands_with_its_reason(limit: str, words: str) -> None:
    held = limits()[limit]
    assert held["why_nb"].replace("{value}", str(held.get("value"))) in words


def test_the_worked_figures_are_computed(words: str) -> None:
    for figures in ("4 av 6 67 % 30–90 %", "6 av 9 67 % 35–88 %", "48 av 120 40 % 32–49 %"):
        assert figures in words.replace("\xa0", " ")


def test_every_link_of_the_contents_arrives_once(markup: str) -> None:
    targets = re.findall(r'href="#([^"]+)"', markup)
    assert len(targets) == len(set(targets))
    for target in targets:
        assert markup.count(f'id="{target}"') == 1, target
    assert set(load_all()) <= set(targets)


def test_links_to_the_pages_keep_municipality_and_month(markup: str) -> None:
    links = re.findall(r'href="(/[^"]+)"', markup)
    assert links
    for link in links:
        assert "kommune=3439" in link
        assert "maned=2026-10" in link
