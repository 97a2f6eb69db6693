"""The sentences of the cards: each claims what its number can show, in every language."""

import re

import pytest

from data.contract import LANGUAGES
from queries.cards import Card, load_all

# How each outcome begins or what it must hold, so that no template says another outcome's news.
SAYS = {
    "nb": {
        "improvement": r"(Forbedringen|Endringen) er sikker\.$",
        "concern": r"(Forverringen|Endringen) er sikker\.$",
        "increase": r"Økningen er sikker\.$",
        "decrease": r"Nedgangen er sikker\.$",
        "no_change": r"^Ingen sikker endring i ",
        "too_few": r"^For få målinger til å si om ",
    },
    "nn": {
        "improvement": r"(Betringa|Endringa) er sikker\.$",
        "concern": r"(Forverringa|Endringa) er sikker\.$",
        "increase": r"Auken er sikker\.$",
        "decrease": r"Nedgangen er sikker\.$",
        "no_change": r"^Inga sikker endring i ",
        "too_few": r"^For få målingar til å seie om ",
    },
    "en": {
        "improvement": r"The (improvement|change) is certain\.$",
        "concern": r"The (worsening|change) is certain\.$",
        "increase": r"The increase is certain\.$",
        "decrease": r"The decrease is certain\.$",
        "no_change": r"^No certain change in ",
        "too_few": r"^Too few measurements to say whether ",
    },
}

# Words for a number of things. A share may rise while the number falls, so it may not use them.
COUNTS = re.compile(
    r"^(Flere|Fleire|Færre|More|Fewer|Less) |\b(hvor mange|kor mange|how many|how much)\b"
)


def faults(card: Card, outcome: str, language: str, text: str) -> list[str]:
    """What a sentence claims that its card's number cannot show, or says as another outcome."""
    found = []
    if not re.search(SAYS[language][outcome], text):
        found.append(f"{card.id} {language} {outcome}: is worded as another outcome: {text}")
    if card.unit == "share" and outcome != "too_few" and COUNTS.search(text):
        found.append(f"{card.id} {language} {outcome}: a share is told as a number: {text}")
    return found


def outcomes(card: Card) -> list[str]:
    return [code for code in SAYS["nb"] if card.has_words(f"outcome_{code}")]


@pytest.mark.parametrize("card", load_all().values(), ids=lambda card: card.id)
def test_every_outcome_claims_what_its_number_can_show(card: Card) -> None:
    assert {"no_change", "too_few"} < set(outcomes(card))
    assert [
        fault
        for language in LANGUAGES
        for outcome in outcomes(card)
        for fault in faults(card, outcome, language, card.words(f"outcome_{outcome}", language))
    ] == []


@pytest.mark.parametrize("card", load_all().values(), ids=lambda card: card.id)
def test_the_two_ways_a_number_can_go_are_two_sentences(card: Card) -> None:
    for language in LANGUAGES:
        said = [card.words(f"outcome_{outcome}", language) for outcome in outcomes(card)]
        assert len(said) == len(set(said)), (card.id, language)


def test_a_sentence_that_claims_too_much_is_noticed() -> None:
    card = load_all()["same_day_evaluation"]
    right = card.words("outcome_improvement", "nb")
    assert faults(card, "improvement", "nb", right) == []
    counted = "Flere kurs i {place} blir evaluert samme dag enn før. Forbedringen er sikker."
    assert faults(card, "improvement", "nb", counted)
    assert faults(card, "concern", "nb", right)
