"""Whether a municipality's answers differ from the cooperation's, from released numbers alone.

A municipality's share is rounded and its answers stand in a band, so a difference is claimed only
where it holds in every corner that they leave: at both edges of the rounding, at the low and the
high end of the band, and at the ends of what is shown of the cooperation. At 95 % six equal
municipalities would get a false verdict in every sixth comparison; so it is under one in a hundred.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from queries import disclosure, intervals
from queries.cards import Card, Rate
from queries.disclosure import COOPERATION

FEWEST_OWN = 20
"""Answers of the municipality below which one of them moves the share by five points or more."""

FEWEST_BESIDES = 30
"""Answers of the others below which there is nothing to be compared with."""

SIGNIFICANCE = 0.002
"""Two-sided p below which a difference is called one: five comparisons in a thousand by chance
even if a year held some twenty-five of them."""

LEAST_DIFFERENCE = 0.10
"""A share smaller than this, ten points, is no difference that anybody should act on."""

LOWEST_RATE = 0.30
"""Below this response rate those who answered say little of those who did not."""

RATES_APART = 0.20
"""Response rates further apart than this mean that others were heard in one place than another."""

ROUNDING = 1e-9

Word = Literal["higher", "lower", "not_different", "no_verdict"]
Reason = Literal[
    "few_answers",
    "nothing_held",
    "hidden",
    "cooperation_hidden",
    "small_rest",
    "rates_unknown",
    "rates_low",
    "rates_apart",
]
"""Which condition failed."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """What is known of a count of answers: how many count, of how many, from least to most."""

    fewest: float
    most: float
    out_of_fewest: float
    out_of_most: float

    def __add__(self, other: Span) -> Span:
        return Span(
            self.fewest + other.fewest,
            self.most + other.most,
            self.out_of_fewest + other.out_of_fewest,
            self.out_of_most + other.out_of_most,
        )

    @property
    def share(self) -> tuple[float, float]:
        """The lowest and the highest share that it can be."""
        if not self.out_of_fewest:
            return 0.0, 1.0
        return self.fewest / self.out_of_most, min(1.0, self.most / self.out_of_fewest)


NOBODY = Span(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Verdict:
    """What may be said of a municipality beside the cooperation.

    Attributes:
        word: "no_verdict" where a condition fails.
        reason: Which one failed; None with any other word.
        low, high: How far its share may lie above (below: negative) that of the others, by
            Newcombe's interval in every corner; None without a verdict.
    """

    word: Word
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None


def refused(reason: Reason) -> Verdict:
    """No verdict, because of this."""
    return Verdict("no_verdict", reason)


def verdict(
    own: Row, whole: Span | None, others_at_least: float, *, is_rate: bool = False
) -> Verdict:
    """What the numbers of one tertial allow to be said.

    Args:
        own: The municipality's released cell: a share, rounded, and the band of its answers.
        whole: What is released of all municipalities together in the tertial, this one included;
            None where it is hidden.
        others_at_least: The low ends of the other municipalities' bands of answers together.
        is_rate: It is a response rate: of those asked, the answers are those that count.

    Source: methods.md B; Fisher's exact test, Newcombe's interval of a difference.
    """
    if own["state"] == "withheld":
        return refused("hidden")
    if own["reason"] == "nothing_held":
        return refused("nothing_held")
    if own["shown"] != "rounded":
        return refused("few_answers" if own["reason"] == "few_answers" else "hidden")
    low, high = disclosure.band_ends(own["denominator_band"])
    fewest, most = disclosure.band_ends(own[_answers(is_rate=is_rate)])
    if fewest < FEWEST_OWN:
        return refused("few_answers")
    if whole is None:
        return refused("cooperation_hidden")
    of_whole = whole.fewest if is_rate else whole.out_of_fewest
    if max(of_whole - most, others_at_least) < FEWEST_BESIDES:
        return refused("small_rest")
    besides = max(whole.out_of_fewest - high, others_at_least)
    corners = list(_corners(own["value"], low, min(high, whole.out_of_most - besides), whole))
    if not corners:
        return refused("cooperation_hidden")
    spans = [intervals.newcombe(*corner) for corner in corners]
    found = min(low for low, _ in spans), max(high for _, high in spans)
    return Verdict(_word(corners), None, *found)


def _answers(*, is_rate: bool) -> str:
    """Which band of a released cell is that of its answers."""
    return "band" if is_rate else "denominator_band"


Corner = tuple[int, int, int, int]
"""Own answers that count, of how many; the others' that count, of how many."""


def _corners(share: float, low: float, high: float, whole: Span) -> Iterable[Corner]:
    """The outermost counts that the released numbers leave possible."""
    half = disclosure.limit("municipality_share_step") / 2
    for own in sorted({low, max(low, high)}):
        edges = (
            math.ceil(max(0.0, share - half) * own - ROUNDING),
            math.floor(min(1.0, share + half) * own + ROUNDING),
        )
        wholes = itertools.product(
            sorted({whole.fewest, whole.most}), sorted({whole.out_of_fewest, whole.out_of_most})
        )
        for (count, out_of), counting in itertools.product(wholes, sorted({*edges})):
            rest = int(out_of - own)
            if rest > 0:
                yield counting, int(own), int(min(max(count - counting, 0), rest)), rest


def _word(corners: Sequence[Corner]) -> Word:
    differences = [x1 / n1 - x2 / n2 for x1, n1, x2, n2 in corners]
    words: tuple[tuple[Word, float], ...] = (
        ("higher", min(differences)),
        ("lower", -max(differences)),
    )
    for word, least in words:
        if least >= LEAST_DIFFERENCE - ROUNDING and all(
            intervals.fisher_two_sided(*corner) < SIGNIFICANCE for corner in corners
        ):
            return word
    return "not_different"


# -- what is released of all together, and who answered ----------------------------------------


def span_of(cell: Row) -> Span | None:
    """What a released cell of the cooperation leaves possible; None where it says nothing."""
    if cell["state"] not in ("measured", "provisional"):
        return None
    if cell["reason"] == "nothing_held":
        return NOBODY
    if cell["shown"] == "exact" and cell["denominator"] is not None:
        return Span(cell["numerator"], cell["numerator"], cell["denominator"], cell["denominator"])
    if cell["denominator_band"] is None:
        return None
    fewest, most = disclosure.band_ends(cell["band"])
    out_of_fewest, out_of_most = disclosure.band_ends(cell["denominator_band"])
    few = disclosure.limit("fewest_on_one_side") - 1
    if cell["shown"] == "under":
        return Span(0, few, out_of_fewest, out_of_most)
    if cell["shown"] == "over":
        return Span(max(fewest, out_of_fewest - few), out_of_most, out_of_fewest, out_of_most)
    return Span(fewest, min(most, out_of_most), out_of_fewest, out_of_most)


class _Released:
    """The released cells of shares of answers, by what identifies them."""

    def __init__(self, rows: Iterable[Row], wanted: Iterable[str]) -> None:
        asked = set(wanted)
        self.tertials: dict[tuple[str, dt.date], dict[str, Row]] = defaultdict(dict)
        self.months: dict[tuple[str, dt.date], list[Row]] = defaultdict(list)
        for row in rows:
            if row["indicator"] not in asked or row["part"] is not None:
                continue
            key = row["indicator"], disclosure.tertial_of(row["period"])
            if row["grain"] == "tertial":
                self.tertials[key][row["municipality_id"]] = row
            elif row["municipality_id"] == COOPERATION:
                self.months[key].append(row)

    def whole(self, indicator: str, tertial: dt.date) -> Span | None:
        """All municipalities together in a tertial: as released for it, or month by month.

        None where something is hidden, or stands in a band without an end.
        """
        row = self.tertials[indicator, tertial].get(COOPERATION)
        rows = self.months[indicator, tertial] if row is None else [row]
        known = [span for span in map(span_of, rows) if span is not None]
        if not known or len(known) < len(rows):
            return None
        total = NOBODY
        for span in known:
            total += span
        return None if math.isinf(total.most) or math.isinf(total.out_of_most) else total

    def rates_fit(
        self, rates: Sequence[Rate], municipality: str, tertial: dt.date
    ) -> Reason | None:
        """Why the response rates forbid a verdict, as a code; None where they allow it."""
        half = disclosure.limit("municipality_share_step") / 2
        for rate in rates:
            when = _later(tertial, rate.tertials)
            own = self.tertials[rate.indicator, when].get(municipality)
            whole = self.whole(rate.indicator, when)
            if own is None or own["value"] is None or whole is None:
                return "rates_unknown"
            low, high = max(0.0, own["value"] - half), min(1.0, own["value"] + half)
            if min(low, whole.share[0]) <= LOWEST_RATE + ROUNDING:
                return "rates_low"
            if max(high - whole.share[0], whole.share[1] - low) > RATES_APART + ROUNDING:
                return "rates_apart"
        return None


def _later(tertial: dt.date, by: int) -> dt.date:
    for _ in range(by):
        tertial = disclosure.tertial_end(tertial) + dt.timedelta(days=1)
    return tertial


def verdicts(rows: Sequence[Row], cards: Mapping[str, Card]) -> list[dict[str, Any]]:
    """A verdict on every municipality's share of answers in every tertial that is released.

    Args:
        rows: The released cells, as rows of the release's table.

    Returns:
        Rows of the release's table `verdicts`.
    """
    compared = {
        card.id: card
        for card in cards.values()
        if card.privacy == "answers" and card.unit == "share"
    }
    rates = {rate.indicator for card in compared.values() for rate in card.rates}
    released = _Released(rows, compared)
    found = []
    for (indicator, tertial), cells in sorted(released.tertials.items()):
        own = {who: cell for who, cell in cells.items() if who != COOPERATION}
        is_rate = indicator in rates
        lows = {who: _fewest(cell[_answers(is_rate=is_rate)]) for who, cell in own.items()}
        for who, cell in sorted(own.items()):
            if cell["state"] not in ("measured", "withheld"):
                continue
            said = verdict(
                cell,
                released.whole(indicator, tertial),
                sum(lows.values()) - lows[who],
                is_rate=is_rate,
            )
            if said.word != "no_verdict":
                why = released.rates_fit(compared[indicator].rates, who, tertial)
                said = said if why is None else refused(why)
            found.append(
                {
                    "indicator": indicator,
                    "municipality_id": who,
                    "period": tertial,
                    "verdict": said.word,
                    "reason": said.reason,
                    "low": said.low,
                    "high": said.high,
                }
            )
    return found


def _fewest(band: str | None) -> float:
    return 0 if band is None else disclosure.band_low(band)
