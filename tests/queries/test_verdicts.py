"""Verdicts beside the cooperation: only what holds whatever the rounding and the bands hide."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import Any

import pytest

from queries import cards, disclosure, intervals, verdicts
from queries.cards import Rate
from queries.verdicts import Span

TERTIAL = dt.date(2026, 1, 1)


def own(share: float, band: str = "20-49", **more: Any) -> dict[str, Any]:
    """A municipality's released share of answers."""
    return {
        "indicator": "benefit",
        "municipality_id": "3439",
        "grain": "tertial",
        "period": TERTIAL,
        "part": None,
        "state": "measured",
        "shown": "rounded",
        "reason": "rounded",
        "numerator": None,
        "denominator": None,
        "value": share,
        "band": band,
        "denominator_band": band,
    } | more


def exactly(numerator: float, denominator: float) -> Span:
    return Span(numerator, numerator, denominator, denominator)


def test_a_large_difference_is_said_which_way_it_goes() -> None:
    assert verdicts.verdict(own(0.9), exactly(100, 250), 100).word == "higher"
    assert verdicts.verdict(own(0.1), exactly(150, 250), 100).word == "lower"


def test_equal_shares_cannot_be_told_apart() -> None:
    found = verdicts.verdict(own(0.5), exactly(100, 200), 100)
    assert found.word == "not_different"
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


def test_a_difference_must_hold_at_the_edge_of_the_rounding() -> None:
    # 40 % against 80 % is far, but 65 % could be 60: with 20 answers 12 of 20 is too near to 35 %.
    assert verdicts.verdict(own(0.7), exactly(80, 200), 100).word == "not_different"
    assert verdicts.verdict(own(0.9), exactly(80, 200), 100).word == "higher"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (own(0.9, "10-19"), "few_answers"),
        (own(0.9, state="withheld", shown="none", value=None), "hidden"),
        (own(0.9, shown="band", reason="few_answers", value=None), "few_answers"),
        (own(0.9, shown="exact", reason="nothing_held", value=None), "nothing_held"),
        (own(0.9, shown="band", reason="no_list_of_asked", value=None), "hidden"),
    ],
)
def test_what_is_hidden_or_of_too_few_gets_no_verdict(cell: dict[str, Any], reason: str) -> None:
    found = verdicts.verdict(cell, exactly(100, 250), 100)
    assert (found.word, found.reason) == ("no_verdict", reason)
    assert found.low is None


def test_a_response_rate_needs_twenty_answers_and_not_twenty_asked() -> None:
    for band, reason in (("10-19", "few_answers"), ("20-49", None)):
        rate = own(0.5, "20-49") | {"band": band}
        assert verdicts.verdict(rate, exactly(100, 250), 100, is_rate=True).reason == reason
    few_besides = verdicts.verdict(own(0.5), exactly(78, 250), 29, is_rate=True)
    assert few_besides.reason == "small_rest"  # 78 answers less 49
    # Of who answered a question, all answered.
    assert verdicts.verdict(own(0.5), exactly(100, 250), 100).reason is None


@pytest.mark.parametrize(
    ("out_of", "others", "reason"),
    [
        (78, 29, "small_rest"),  # 78 less 49 leaves 29
        (79, 29, None),  # 30 are left
        (60, 30, None),  # the others' bands alone hold 30
    ],
)
def test_the_others_must_be_at_least_thirty(out_of: int, others: int, reason: str | None) -> None:
    found = verdicts.verdict(own(0.5), exactly(out_of // 2, out_of), others)
    assert found.reason == reason


def test_an_open_band_leans_on_what_the_others_show() -> None:
    assert verdicts.verdict(own(0.5, "50+"), exactly(60, 120), 20).reason == "small_rest"
    assert verdicts.verdict(own(0.5, "50+"), exactly(60, 120), 30).reason is None


def test_a_hidden_cooperation_gives_no_verdict() -> None:
    assert verdicts.verdict(own(0.9), None, 100).reason == "cooperation_hidden"


def _possible(cell: dict[str, Any], whole: Span) -> list[tuple[int, int, int, int]]:
    """Every true table that the released numbers leave possible, counted out."""
    low, high = disclosure.band_ends(cell["denominator_band"])
    found = []
    for n1 in range(low, int(min(high, whole.out_of_most)) + 1):
        for x1 in range(n1 + 1):
            shown = disclosure.shown_municipality(x1, n1, n1, unit="share", nothing_held=False)
            if shown.value != pytest.approx(cell["value"]):
                continue
            x2, n2 = int(whole.fewest) - x1, int(whole.out_of_fewest) - n1
            if 0 <= x2 <= n2 and n2 >= verdicts.FEWEST_BESIDES:
                found.append((x1, n1, x2, n2))
    return found


def _untrue(tables: int) -> tuple[int, int]:
    """How many verdicts of random releases are given, and how many a possible table contradicts."""
    r = random.Random(1)
    given = untrue = 0
    for _ in range(tables):
        out_of = r.randint(80, 200)
        whole = exactly(r.randint(0, out_of), out_of)
        cell = own(r.randint(0, 10) / 10)
        word = verdicts.verdict(cell, whole, 30).word
        if word not in ("higher", "lower"):
            continue
        given += 1
        sign = 1 if word == "higher" else -1
        untrue += any(
            sign * (x1 / n1 - x2 / n2) < verdicts.LEAST_DIFFERENCE
            or intervals.fisher_two_sided(x1, n1, x2, n2) >= verdicts.SIGNIFICANCE
            for x1, n1, x2, n2 in _possible(cell, whole)
        )
    return given, untrue


def test_a_verdict_holds_for_every_table_that_may_be_true() -> None:
    given, untrue = _untrue(40)
    assert given > 20
    assert untrue == 0


def test_a_verdict_that_holds_in_one_corner_alone_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_all = verdicts._word
    monkeypatch.setattr(
        verdicts,
        "_word",
        lambda corners: next(
            (word for corner in corners if (word := in_all([corner])) != "not_different"),
            "not_different",
        ),
    )
    assert _untrue(40)[1] > 0


def test_equal_municipalities_are_hardly_ever_called_different() -> None:
    r = random.Random(1)
    said = wrong = 0
    for _ in range(150):
        share = r.choice([0.5, 0.7, 0.8, 0.9])
        sizes = [r.randint(20, 60) for _ in range(6)]
        counts = [sum(r.random() < share for _ in range(size)) for size in sizes]
        whole = exactly(sum(counts), sum(sizes))
        for count, size in zip(counts, sizes, strict=True):
            shown = disclosure.shown_municipality(
                count, size, size, unit="share", nothing_held=False
            )
            assert shown.value is not None
            assert shown.denominator_band is not None
            found = verdicts.verdict(own(shown.value, shown.denominator_band), whole, 100)
            said += found.word != "no_verdict"
            wrong += found.word in ("higher", "lower")
    assert said > 800
    assert wrong <= said // 100


# -- from the released cells ---------------------------------------------------------------------


def month(number: int, numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """The cooperation's released share in one month of the tertial."""
    return own(numerator / denominator) | {
        "municipality_id": "cooperation",
        "grain": "month",
        "period": dt.date(2026, number, 1),
        "shown": "exact",
        "reason": None,
        "numerator": numerator,
        "denominator": denominator,
        "denominator_band": None,
    } | more  # fmt: skip


def compared(rows: list[dict[str, Any]], *rates: Rate) -> dict[str, tuple[str, str | None]]:
    card = dataclasses.replace(
        cards.read(cards.FOLDER / "response_rate_same_day.toml"), id="benefit", rates=tuple(rates)
    )
    rate = dataclasses.replace(card, id="rate", rates=())
    found = verdicts.verdicts(rows, {"benefit": card, "rate": rate})
    return {
        row["municipality_id"]: (row["verdict"], row["reason"])
        for row in found
        if row["indicator"] == "benefit"
    }


MONTHS = [month(number, 25, 60) for number in (1, 2, 3, 4)]


def test_the_cooperation_of_a_tertial_is_its_months_together() -> None:
    rows = [own(0.9), own(0.4, municipality_id="3440"), *MONTHS]
    assert compared(rows) == {"3439": ("higher", None), "3440": ("not_different", None)}


def test_one_hidden_month_hides_the_cooperation() -> None:
    hidden = month(4, 25, 60, state="withheld", shown="none")
    assert compared([own(0.9), *MONTHS[:3], hidden]) == {
        "3439": ("no_verdict", "cooperation_hidden")
    }


def test_a_month_in_a_band_widens_what_must_hold() -> None:
    banded = month(4, 25, 60) | {"shown": "band", "band": "20-49", "denominator_band": "50+"}
    # Without an end to the band nothing can be said of the whole.
    assert compared([own(0.9), *MONTHS[:3], banded])["3439"][1] == "cooperation_hidden"
    closed = banded | {"denominator_band": "20-49"}
    assert compared([own(1.0), *MONTHS[:3], closed])["3439"] == ("higher", None)


@pytest.mark.parametrize(
    ("shown", "band"), [("band", "50+"), ("band", "20-49"), ("under", "0-9"), ("over", "50+")]
)
@pytest.mark.parametrize("answers", ["20-49", "50+"])
def test_of_a_tertial_in_a_band_without_an_end_nothing_is_said(
    answers: str, shown: str, band: str
) -> None:
    whole = month(1, 0, 1) | {"grain": "tertial", "numerator": None, "denominator": None}
    banded = whole | {"shown": shown, "band": band, "denominator_band": "50+"}
    told = {"3439": ("no_verdict", "cooperation_hidden")}
    assert compared([own(0.9, answers), banded]) == told
    assert compared([own(0.9), own(0.1, municipality_id="3440"), banded])["3439"] == told["3439"]


def test_a_tertial_that_still_waits_has_no_verdict_at_all() -> None:
    waiting = own(0.9, state="not_due", shown="none", reason="awaits_lock")
    assert compared([waiting, *MONTHS]) == {}


SAME, LATER = Rate("rate", 0), Rate("rate", 1)


@pytest.mark.parametrize(
    ("share", "whole", "reason"),
    [
        (0.6, 36, None),  # 55 to 65 % against 60 %
        (0.3, 24, "rates_low"),  # it may be 25 %
        (0.4, 18, "rates_low"),  # the cooperation's is 30 %, and it must be over that
        (0.4, 19, None),
        (0.8, 39, None),  # it may be 85 % against 65 %: that is twenty points
        (0.8, 38, "rates_apart"),
        (0.7, 36, None),
    ],
)
def test_answers_are_compared_only_where_enough_answered_alike(
    share: float, whole: int, reason: str | None
) -> None:
    rate = own(share) | {"indicator": "rate"}
    rates = [month(number, whole, 60) | {"indicator": "rate"} for number in (1, 2, 3, 4)]
    found = compared([own(0.9), *MONTHS, rate, *rates], SAME)["3439"]
    assert found[1] == reason


def test_a_rate_that_is_not_known_gives_no_verdict() -> None:
    assert compared([own(0.9), *MONTHS], SAME)["3439"] == ("no_verdict", "rates_unknown")


def test_answers_of_half_a_year_later_look_at_the_rate_of_then() -> None:
    rate = own(0.6, period=dt.date(2026, 5, 1)) | {"indicator": "rate"}
    rates = [
        month(number, 36, 60) | {"indicator": "rate", "period": dt.date(2026, number + 4, 1)}
        for number in (1, 2, 3, 4)
    ]
    rows = [own(0.9), *MONTHS, rate, *rates]
    assert compared(rows, LATER)["3439"] == ("higher", None)
    assert compared(rows, SAME)["3439"] == ("no_verdict", "rates_unknown")
