"""Every page keeps to the language the reader chose: Streamlit's words, ours and the cards'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pages.parts import menu

CHOICES = "kommune=3439&maned=2026-10"

LEFT_OVER = {
    "nn": re.compile(
        r"\b(ikke|hva|hvem|hvor|hvordan|hvorfor|hvilke[nt]?|hver|hvert|måned(en|er|ene)?|"
        r"kommuner|kommunene|forbedring\w*|brukere|brukerne|noe|noen|fra|være|ble|"
        r"tjeneste\w*|vises|senere|siden|deltakelse\w*|sammenlign\w*|endringer|anbefaling\w*|"
        r"tallene|filen|uten|ledere?|lederen|dager|mangler|bare|dere|opplasting(en|er))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\w*[æøå]\w*|\b(og|ikke|ikkje|eller|av|fra|som|til|et|ein|eit|har|kommune\w*|tiltak\w*|"
        r"teneste\w*|tjeneste\w*|brukar\w*|bruker\w*|svar|siste|vart|ble|velg|vel|lukk)\b",
        re.IGNORECASE,
    ),
}
"""Words of bokmål that nynorsk does not have, and Norwegian words and letters in English."""

QUOTED = re.compile(r"[«“][^»”]*[»”]")
"""Titles of documents, and what people wrote, stay as they are in every language."""

ALSO = {"nn": "også: ", "en": "also: "}
"""Begins the further headings that a file may have: those of every language together."""

SAID = """() => {
    const found = [document.title];
    const silent = 'script,style,noscript,code,[data-testid=stIconMaterial]';
    const named = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
    const { SHOW_ELEMENT, SHOW_TEXT } = NodeFilter;
    const walk = document.createTreeWalker(document.body, SHOW_ELEMENT | SHOW_TEXT);
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
        const element = node.nodeType === 1 ? node : node.parentElement;
        const isOther = element.closest('[lang]').lang !== document.documentElement.lang;
        if (isOther || element.closest(silent)) continue;
        if (node.nodeType === 3) found.push(node.data.trim());
        else for (const name of named) found.push(node.getAttribute(name));
    }
    return found.filter(Boolean);
}"""


def left_over(language: str, texts: Iterable[str], data: Iterable[str]) -> list[str]:
    """The texts in which another language's words stand, apart from what the files hold."""
    held = re.compile("|".join(re.escape(each) for each in sorted(data, key=len, reverse=True)))
    return [
        text
        for text in texts
        if not text.startswith(ALSO[language])
        and LEFT_OVER[language].search(held.sub("", QUOTED.sub("", text)))
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [("nn", "Hva er endret i Øyer?"), ("nn", "3 måneder"), ("en", "Vel"), ("en", "3 månader")],
)
def test_another_languages_word_would_be_found(language: str, text: str) -> None:
    assert left_over(language, [text], ["Øyer"]) == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nn", "Kva ventar i kommunane?"),
        ("nn", "Kjelde: «Hva er viktig for deg» (2015)"),
        ("en", "Certain improvement in Øyer"),
        ("en", "also: møtested"),
    ],
)
def test_the_languages_own_words_and_what_files_hold_are_let_be(language: str, text: str) -> None:
    assert left_over(language, [text], ["Øyer"]) == []


@pytest.fixture(scope="module")
def url(small_release: Path, shared_server: Any) -> str:
    return str(shared_server(small_release).url)


@pytest.mark.browser
@pytest.mark.parametrize("language", LEFT_OVER)
def test_nothing_of_another_language_is_left(
    url: str, visit: Any, tables: dict[str, list[dict[str, Any]]], language: str
) -> None:
    data = {
        value
        for rows in tables.values()
        for row in rows
        for value in row.values()
        if isinstance(value, str) and len(value) > 3
    }
    found: dict[str, list[str]] = {}
    for entry in menu.PAGES:
        page = visit.open(f"{url}{entry.path}?{CHOICES}&sprak={language}")
        assert page.locator("html").get_attribute("lang") == language
        # Nothing shows before what draws charts has come.
        page.locator("h1").first.wait_for()
        texts = page.evaluate(SAID)
        assert len(texts) > 20, entry.id
        found[entry.id] = left_over(language, texts, data)
    assert found == {entry.id: [] for entry in menu.PAGES}
