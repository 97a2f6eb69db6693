"""Every state, reason and verdict of a released cell has its words, and says no more than it is."""

import datetime as dt
import inspect
import re
from typing import Any

import pytest

from pages.text import cells, in_language
from queries import cards, combine, disclosure, freezing
from queries.cards import Card

OCTOBER = dt.date(2026, 10, 1)
SUMMER = dt.date(2026, 5, 1)


def cell(**facts: Any) -> dict[str, Any]:
    """A cell of Ringebu in October 2026 that is measured and exact; facts change that."""
    row: dict[str, Any] = {
        "municipality_id": "3439",
        "grain": "month",
        "period": OCTOBER,
        "part": None,
        "state": "measured",
        "numerator": None,
        "denominator": None,
        "value": None,
        "band": None,
        "denominator_band": None,
        "shown": "exact",
        "reason": None,
        "low": None,
        "high": None,
        "signal": None,
        "signal_rule": None,
        "limits_are_provisional": False,
        "assurance": None,
        "updated_on": dt.date(2026, 11, 4),
    }
    return row | facts


def share(numerator: float, denominator: float, **facts: Any) -> dict[str, Any]:
    value = numerator / denominator if denominator else None
    return cell(numerator=numerator, denominator=denominator, value=value, **facts)


def count(n: float, **facts: Any) -> dict[str, Any]:
    return cell(numerator=n, value=n, **facts)


def card(name: str) -> Card:
    return cards.load_all()[name]


VALUES = [
    # A share that is not about people stands with what it is a share of.
    ("same_day_evaluation", share(3, 3), "3 av 3 kurs"),
    ("same_day_evaluation", share(1, 1), "1 av 1 kurs"),
    ("same_day_evaluation", share(0, 0, reason="nothing_to_count"), "ingen kurs"),
    ("told_back", share(0, 1), "0 av 1 ferdig tiltak"),
    ("told_back", share(2, 4, state="provisional"), "2 av 4 ferdige tiltak, foreløpig"),
    # Nothing to count has nothing that could still change for the reader to wait for.
    ("told_back", share(0, 0, state="provisional"), "ingen ferdige tiltak"),
    # Of one municipality a share of municipalities is a yes or a no; of all it is a share.
    ("leaders_present", share(1, 1), "ja"),
    ("leaders_present", share(0, 1), "nei"),
    ("leaders_present", share(5, 6, municipality_id="cooperation"), "5 av 6 kommuner"),
    ("leaders_present", share(1, 1, municipality_id="cooperation"), "1 av 1 kommune"),
    # Counts and days.
    ("open_actions", count(11), "11 åpne tiltak"),
    ("open_actions", count(1), "1 åpent tiltak"),
    ("open_actions", count(0), "ingen åpne tiltak"),
    ("feedback_freshness", count(41), "41 dager"),
    ("feedback_freshness", count(1), "1 dag"),
    ("feedback_freshness", count(40.5), "40,5 dager"),
    # As disclosure.exact gives it: no number, and nothing that is kept from anybody.
    (
        "feedback_freshness",
        cell(shown="none", reason="nothing_to_count"),
        "ingenting å regne fra",
    ),
    # Numbers about people: bands, roundings, and the exact number of all together.
    ("participants", cell(shown="band", band="0-9"), "under 10 deltakere"),
    ("participants", cell(shown="band", band="10-19"), "10–19 deltakere"),
    ("participants", cell(shown="band", band="20-49"), "20–49 deltakere"),
    ("participants", cell(shown="band", band="50+"), "50 eller flere deltakere"),
    ("participants", count(0, reason="nothing_held"), "ingen deltakere"),
    ("participants", count(1234, municipality_id="cooperation"), "1\u00a0234 deltakere"),
    (
        "response_rate_same_day",
        cell(shown="band", band="0-9", reason="few_answers"),
        "under 10 svar",
    ),
    ("response_rate_same_day", cell(shown="rounded", value=0.4), "om lag 40\u00a0%"),
    ("response_rate_same_day", cell(shown="under"), "under 10\u00a0%"),
    ("response_rate_same_day", cell(shown="over"), "over 90\u00a0%"),
    ("response_rate_same_day", share(43, 100), "43\u00a0%"),
    ("response_rate_same_day", cell(numerator=12, reason="no_list_of_asked"), "12 svar"),
    ("response_rate_same_day", cell(numerator=0.0, reason="nothing_held"), "ingen utsending"),
]


@pytest.mark.parametrize(("indicator", "row", "words"), VALUES)
def test_a_value_is_said_as_people_say_it(indicator: str, row: dict[str, Any], words: str) -> None:
    assert cells.shown_text(row, card(indicator)) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("missing", "mangler"),
        ("not_member", "ikke med ennå"),
        ("not_due", "ikke forfalt"),
        ("withheld", "vises ikke"),
    ],
)
def test_a_cell_without_a_number_says_why_in_a_word(state: str, words: str) -> None:
    assert cells.shown_text(cell(state=state, shown="none"), card("told_back")) == words


def test_a_number_that_is_not_shown_says_nothing_of_what_it_is() -> None:
    # Even if a number stood there by mistake, the words follow the state.
    row = share(3, 4, state="withheld", shown="none", reason="audit")
    assert cells.shown_text(row, card("told_back")) == "vises ikke"
    assert cells.beside(row, card("response_rate_same_day")) == ""


def test_what_will_be_shown_says_when() -> None:
    row = cell(state="not_due", shown="none", shows_from=dt.date(2027, 1, 1))
    assert cells.shown_text(row, card("participants")) == "vises tidligst i januar 2027"
    late = cell(state="not_due", shown="none", shows_at_lock_of=dt.date(2026, 12, 1))
    assert cells.shown_text(late, card("participants")) == "vises når desember 2026 er låst"


def test_a_share_of_answers_says_of_how_many() -> None:
    rate = card("response_rate_same_day")
    assert cells.beside(share(43, 100), rate) == "av 100 spurte"
    rounded = cell(shown="rounded", value=0.4, denominator_band="20-49")
    assert cells.beside(rounded, rate) == "av 20–49 spurte"
    # Where the answers themselves are few, the band is all there is to say.
    assert cells.beside(cell(shown="band", band="0-9", denominator_band="10-19"), rate) == ""
    assert cells.beside(share(3, 4), card("told_back")) == ""


def test_a_line_of_a_breakdown_that_counts_answers_says_answers() -> None:
    rate = card("response_rate_same_day")
    assert cells.shown_text(count(7, part="without_list"), rate) == "7 svar"
    banded = cell(shown="band", band="10-19", part="without_list")
    assert cells.shown_text(banded, rate) == "10–19 svar"


def test_a_line_of_a_breakdown_that_counts_others_says_whom() -> None:
    # Those who were not reached did not answer.
    banded = cell(shown="band", band="0-9", denominator_band="10-19", part="not_reached")
    assert cells.shown_text(banded, card("response_rate_same_day")) == "under 10 spurte"


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        ("improvement", "sikker forbedring"),
        ("concern", "sikker forverring"),
        ("increase", "sikker økning"),
        ("decrease", "sikker nedgang"),
        ("no_change", "ingen sikker endring"),
        ("too_few", "for få målinger"),
        (None, ""),
    ],
)
def test_a_signal_has_its_word(signal: str | None, words: str) -> None:
    assert cells.signal_word(cell(signal=signal)) == words


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        ("pass", "når målet stabilt"),
        ("sometimes", "når målet av og til"),
        ("fail", "når ikke målet"),
        ("too_few", "kan ikke vurderes ennå"),
        (None, "kan ikke vurderes ennå"),
    ],
)
def test_a_verdict_against_a_target_has_its_words(assurance: str | None, words: str) -> None:
    assert cells.assurance_word(cell(assurance=assurance), card("told_back")) == words


def test_an_indicator_without_a_target_is_never_judged_against_one() -> None:
    assert cells.assurance_word(cell(assurance="fail"), card("participants")) == "uten mål"


def test_a_target_says_its_bound_and_that_it_is_a_proposal() -> None:
    assert cells.target_text(card("same_day_evaluation")) == "100\u00a0%"
    assert cells.target_text(card("feedback_freshness")) == "høyst 90 dager (forslag)"
    assert cells.target_text(card("participants")) == "uten mål"


def test_limits_that_may_move_are_called_provisional_only_beside_a_verdict() -> None:
    assert cells.limits_word(cell(signal="concern", limits_are_provisional=True)) == (
        "foreløpige grenser"
    )
    assert cells.limits_word(cell(signal="too_few", limits_are_provisional=True)) == ""
    assert cells.limits_word(cell(signal="concern")) == ""


def test_an_interval_is_said_in_whole_per_cent() -> None:
    assert cells.interval_text(cell(low=0.3, high=0.903)) == "30–90\u00a0%"
    assert cells.interval_text(cell()) == ""


def test_periods_are_named_by_their_months() -> None:
    assert cells.period_text(cell()) == "oktober 2026"
    assert cells.period_text(cell(grain="tertial", period=SUMMER)) == "mai–august 2026"
    assert cells.short_period(SUMMER, "tertial") == "mai–aug. 2026"
    assert cells.short_period(dt.date(2026, 9, 1), "tertial") == "sep.–des. 2026"


def test_freshness_says_the_year_where_it_is_another_one() -> None:
    assert cells.freshness_text(cell()) == "4. nov."
    old = cell(updated_on=dt.date(2024, 2, 3))
    assert cells.freshness_text(old) == "feb. 2024"
    # History that is delivered years later says in which year.
    late = cell(period=dt.date(2024, 4, 1), updated_on=dt.date(2026, 11, 22))
    assert cells.freshness_text(late) == "nov. 2026"
    assert cells.freshness_text(cell(updated_on=None)) == ""
    assert cells.freshness_text(cell(state="missing")) == ""


def test_the_finding_is_the_cards_sentence_for_the_signal() -> None:
    said = cells.finding(cell(signal="improvement"), card("told_back"), "Ringebu")
    assert said == card("told_back").words("outcome_improvement").format(place="Ringebu")
    assert cells.finding(cell(), card("told_back"), "Ringebu") == ""


def test_every_reason_that_disclosure_control_gives_has_its_sentence() -> None:
    source = "".join(map(inspect.getsource, (disclosure, combine, freezing)))
    given = set(re.findall(r'reason(?:=| or )"(\w+)"', source))
    assert {"band", "few_answers", "awaits_lock", "nothing_held"} <= given
    assert given <= set(cells.REASONS)


@pytest.mark.parametrize(
    ("indicator", "looks"),
    [
        ("participants", ""),
        ("half_year_evaluation", " Det ser 6 måneder tilbake."),
        ("tools_in_use", " Det ser 11 måneder tilbake."),
        (None, ""),
    ],
)
def test_a_missing_number_says_how_far_back_its_files_go(indicator: str | None, looks: str) -> None:
    said = cells.reason_text(cell(reason="missing") | {"indicator": indicator})
    assert said == f"En fil som tallet lages av, er ikke levert for perioden.{looks}"


def test_a_reason_without_words_says_nothing() -> None:
    assert cells.reason_text(cell(reason="provisional")) == ""
    assert cells.reason_text(cell()) == ""


def test_every_word_is_translated() -> None:
    tables = (
        cells.STATES,
        cells.REASONS,
        cells.SIGNALS,
        cells.RULES,
        cells.ASSURANCES,
        cells.COMMITMENT_STATES,
    )
    for words in tables:
        for code, english in words.items():
            with in_language("nb"):
                assert cells.say(english) != english, code


@pytest.mark.parametrize(
    ("row", "word", "amount"),
    [
        ({"state": "kept", "kept": 3, "due": 3}, "holdt", "3 av 3"),
        ({"state": "not_kept", "kept": 0, "due": 2}, "ikke holdt", "0 av 2"),
        ({"state": "not_due", "kept": None, "due": None}, "ingenting forfalt", ""),
        # A count beside "mangler" would say that something is known after all.
        ({"state": "missing", "kept": 1, "due": 2}, "mangler", ""),
    ],
)
def test_a_commitment_has_its_word_and_its_count(
    row: dict[str, Any], word: str, amount: str
) -> None:
    assert cells.commitment_word(row) == word
    assert cells.commitment_count(row) == amount
