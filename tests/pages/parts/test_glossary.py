"""The glossary says each word in three languages, and everybody is told how to use the pages."""

import pytest

from data.contract import LANGUAGES
from pages.parts.glossary import accessibility, glossary, terms
from pages.text import in_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_meaning_in_the_order_of_the_alphabet(language: str) -> None:
    with in_language(language):
        shown = glossary()
    words = [said[language][0] for said in terms().values()]
    assert len(set(words)) == len(words)
    places = [shown.index(f"<dt>{word}".replace("'", "&#x27;")) for word in words]
    assert len(set(places)) == len(words)
    for word, meaning in (said[language] for said in terms().values()):
        assert word
        assert meaning.endswith(".")
    if language == "nb":
        order = [shown.index(f"<dt>{word}") for word in ("anbefaling", "ferskhet", "vises ikke")]
        assert order == sorted(order)


def test_the_statement_is_linked_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ingen tilgjengelighetserklæring" in "".join(accessibility())
    monkeypatch.setenv("FORANKRING_STATEMENT_URL", "https://example.org/uu")
    assert 'href="https://example.org/uu"' in "".join(accessibility())
