"""Answers beside the cooperation: every word has its condition, and every refusal its reason."""

import dataclasses
import datetime as dt
import re
from typing import Any, get_args

import pytest

from pages.parts.verdicts import REASONS, WORDS, verdicts, verdicts_finding
from queries import cards
from queries.cards import Card
from queries.verdicts import Reason, Word

CARD = cards.read(cards.FOLDER / "response_rate_same_day.toml")
CARDS: dict[str, Card] = {
    CARD.id: CARD,
    "other": dataclasses.replace(CARD, id="other", page="status"),
}


def row(name: str, verdict: str = "not_different", **more: Any) -> dict[str, Any]:
    return {
        "indicator": CARD.id,
        "municipality_id": name,
        "name": name,
        "period": dt.date(2026, 1, 1),
        "verdict": verdict,
        "verdict_reason": None,
        "difference_low": -0.12,
        "difference_high": 0.31,
        "grain": "tertial",
        "part": None,
        "state": "measured",
        "numerator": None,
        "denominator": None,
        "value": 0.4,
        "band": "10-19",
        "denominator_band": "20-49",
        "shown": "rounded",
        "reason": "rounded",
        "low": 0.2,
        "high": 0.6,
        "delivered": 4,
        "members": 4,
        "updated_on": None,
        "today": dt.date(2026, 11, 12),
    } | more


def words(rows: list[dict[str, Any]], own: str = "") -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", verdicts(rows, CARDS, own)).split())


def test_who_differs_is_named_with_the_way_it_goes() -> None:
    rows = [row("Gausdal", "higher"), row("Ringebu", "lower"), row("Øyer", "higher")]
    said = verdicts_finding(rows, CARDS)
    title = CARD.words("title")
    assert said == (
        f"{title}: høyere enn i samarbeidet i Gausdal og Øyer. "
        f"{title}: lavere enn i samarbeidet i Ringebu."
    )


def test_when_nobody_differs_it_says_so() -> None:
    rows = [row("Gausdal"), row("Øyer")]
    assert verdicts_finding(rows, CARDS) == "Svarene i kommunene kan ikke skilles fra samarbeidets."


def test_what_is_not_judged_is_not_called_the_same() -> None:
    rows = [row("Gausdal"), row("Øyer", "no_verdict", verdict_reason="few_answers")]
    assert verdicts_finding(rows, CARDS) == (
        "Ett av to tall kan vurderes, og det kan ikke skilles fra samarbeidets."
    )
    rows = [*rows, row("Ringebu")]
    assert verdicts_finding(rows, CARDS) == (
        "To av tre tall kan vurderes, og ingen av dem kan skilles fra samarbeidets."
    )


def test_what_is_not_there_is_not_shown_without_a_verdict_either() -> None:
    gone = dict.fromkeys(("value", "band", "denominator_band")) | {"numerator": 0, "denominator": 0}
    hidden = row(
        "Øyer", "no_verdict", verdict_reason="hidden", state="withheld", shown="none", **gone
    )
    unasked = row("Øyer", "no_verdict", verdict_reason="nothing_held", shown="exact", **gone)
    assert "vises ikke" in words([hidden])
    assert "ingen spurte" in words([unasked])
    assert "vises uten vurdering" not in words([hidden]) + words([unasked])


def test_too_few_answers_everywhere_is_no_finding_of_equality() -> None:
    rows = [row("Øyer", "no_verdict", verdict_reason="few_answers")]
    assert verdicts_finding(rows, CARDS) == "Det er for få svar til å sammenligne med samarbeidet."


def test_each_municipality_has_its_word_and_its_number() -> None:
    said = words([row("Gausdal"), row("Øyer", "higher")])
    assert "Gausdal" in said
    assert "kan ikke skilles fra samarbeidet" in said
    assert "om lag 40 %" in said
    assert "Forskjellen ligger mellom −12 og 31 prosentpoeng (95 %)." in said


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_refusal_is_explained_in_norwegian(reason: str) -> None:
    said = words([row("Øyer", "no_verdict", verdict_reason=reason)])
    assert "vises uten vurdering" in said
    assert REASONS[reason] not in said


def test_the_chosen_municipality_stands_out() -> None:
    assert verdicts([row("Gausdal"), row("Øyer")], CARDS, "Øyer").count('class="own"') == 1


def test_every_word_of_the_engine_has_words_for_people() -> None:
    assert set(WORDS) == set(get_args(Word))
    assert set(REASONS) == set(get_args(Reason))
