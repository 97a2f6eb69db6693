"""What may be shown: fixed grains, bands and rounding for numbers about persons and answers.

The shape is fixed before any data is seen, because which cells are hidden tells something too.
The one way from a true count to a released cell is `shown_municipality` or `shown_cooperation`.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from queries import intervals

LIMITS_FILE = Path(__file__).parent / "limits.toml"

COOPERATION = "cooperation"
"""Stands where a municipality's number would: all members together."""


@cache
def limits() -> dict[str, dict[str, Any]]:
    """The limits and their reasons, as limits.toml holds them."""
    return tomllib.loads(LIMITS_FILE.read_text(encoding="utf-8"))


def limit(name: str) -> float:
    """One limit that is a single number, by its name in limits.toml."""
    return float(limits()[name]["value"])


How = Literal["exact", "band", "rounded", "under", "over", "none"]


@dataclass(frozen=True)
class Shown:
    """What is released of one number.

    Attributes:
        numerator, denominator: Exact counts; None where only a band is released.
        value: What may be plotted: a count or a share (0 to 1); None where nothing may.
        band, denominator_band: As "10-19" or "50+".
        how: "exact", "band", "rounded", "under", "over" or "none".
        reason: Why it is not exact, as a code; None when it is.
        low, high: The interval of the share, from the released values alone.
    """

    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    band: str | None = None
    denominator_band: str | None = None
    how: How = "none"
    reason: str | None = None
    low: float | None = None
    high: float | None = None


def band_of(count: float) -> str:
    """The band that a count of persons or answers lies in."""
    starts: Sequence[int] = limits()["bands"]["starts"]
    index = max(place for place, start in enumerate(starts) if count >= start)
    if index == len(starts) - 1:
        return f"{starts[index]}+"
    return f"{starts[index]}-{starts[index + 1] - 1}"


def band_low(band: str) -> int:
    """The smallest count in a band."""
    return int(band.rstrip("+").split("-")[0])


def band_ends(band: str) -> tuple[int, float]:
    """The smallest and the largest count in a band; infinity where it is open."""
    low = band_low(band)
    return low, math.inf if band.endswith("+") else int(band.split("-")[1])


def tertial_of(month: dt.date) -> dt.date:
    """The first day of the tertial (January-April, May-August, September-December)."""
    return month.replace(month=(month.month - 1) // 4 * 4 + 1, day=1)


def tertial_end(tertial: dt.date) -> dt.date:
    """The last day of the tertial that starts on this day."""
    after = (
        tertial.replace(year=tertial.year + 1, month=1)
        if tertial.month == 9
        else tertial.replace(month=tertial.month + 4)
    )
    return after - dt.timedelta(days=1)


def exact(numerator: float | None, denominator: float | None, unit: str) -> Shown:
    """What is released of a number that is not about persons: the number itself."""
    if numerator is None:
        return Shown(reason="nothing_to_count")
    if unit != "share":
        return Shown(numerator=numerator, value=numerator, how="exact")
    if not denominator:
        return Shown(numerator, denominator, how="exact", reason="nothing_to_count")
    low, high = intervals.wilson(numerator, denominator)
    return Shown(numerator, denominator, numerator / denominator, how="exact", low=low, high=high)


def shown_municipality(
    numerator: float, denominator: float | None, persons: float, *, unit: str, nothing_held: bool
) -> Shown:
    """What is released of a municipality's number of persons or answers in a closed tertial.

    Args:
        numerator: Persons or answers; for a share those that count.
        denominator: For a share all that could count; None where there is no share.
        persons: How many persons or answers stand behind the number at least.
        nothing_held: No activity was held and no wave was sent, which everyone may know.
    """
    if nothing_held:
        return _nothing_held(unit)
    band = band_of(numerator)
    if unit != "share":
        return Shown(band=band, how="band", reason="band")
    if denominator is None:
        return Shown(band=band, how="band", reason="no_list_of_asked")
    out_of = band_of(denominator)
    if persons < limit("fewest_answers"):
        return Shown(band=band, denominator_band=out_of, how="band", reason="few_answers")
    if not denominator:
        # Answers of whom nobody was asked: a list that is empty is none.
        return Shown(band=band, how="band", reason="no_list_of_asked")
    step = limit("municipality_share_step")
    # In whole numbers: 15 of 100 must not fall to either side of 15 % by how a computer divides.
    doubled = round(2 / step)
    steps = int(doubled * numerator + denominator) // int(2 * denominator)
    share = min(1.0, steps * step)
    return _rounded(Shown(value=round(share, 10), band=band, denominator_band=out_of))


def _rounded(shown: Shown) -> Shown:
    """A rounded share with its interval, from nothing but the share and the band."""
    step = limit("municipality_share_step")
    share, out_of = shown.value, shown.denominator_band
    assert share is not None
    assert out_of is not None
    # At their worst: the edges of the rounding, and the low end of the band of those asked.
    asked = max(band_low(out_of), 1)
    return replace(
        shown,
        how="rounded",
        reason="rounded",
        low=intervals.wilson(max(0.0, share - step / 2) * asked, asked)[0],
        high=intervals.wilson(min(1.0, share + step / 2) * asked, asked)[1],
    )


def shown_cooperation(
    numerator: float,
    denominator: float | None,
    persons: float,
    *,
    unit: str,
    largest: float,
    largest_numerator: float | None = None,
    nothing_held: bool,
) -> Shown:
    """What is released of the cooperation's number of persons or answers in a month.

    Args:
        largest: The persons of the municipality that has the most of them.
        largest_numerator: The same of the number itself, where it counts others than `persons`:
            a line of a breakdown, as those whom a question did not reach.
    """
    if nothing_held:
        return _nothing_held(unit)
    is_exact = persons - largest >= limit("rest_of_cooperation")
    if unit != "share" or denominator is None or (is_exact and not denominator):
        reason = None if unit != "share" else "no_list_of_asked"
        if not is_exact:
            return Shown(band=band_of(numerator), how="band", reason=reason or "small_rest")
        value = numerator if unit != "share" else None
        return Shown(numerator, value=value, how="exact", reason=reason)
    band, out_of = band_of(numerator), band_of(denominator)
    few = limit("fewest_on_one_side")
    if not is_exact:
        return Shown(band=band, denominator_band=out_of, how="band", reason="small_rest")
    if numerator < few or denominator - numerator < few:
        # The limit must hold for every count that gives it, else its absence would tell the count.
        if denominator < fewest_for_tail():
            return Shown(band=band, denominator_band=out_of, how="band", reason="few_on_one_side")
        how: How = "under" if numerator < few else "over"
        return Shown(band=band, denominator_band=out_of, how=how, reason="few_on_one_side")
    rest = None if largest_numerator is None else numerator - largest_numerator
    if rest is not None and rest < limit("rest_of_cooperation"):
        return Shown(band=band, denominator_band=out_of, how="band", reason="small_rest")
    return _exact_share(Shown(numerator, denominator))


def fewest_for_tail() -> int:
    """Of how many "under 10 %" holds, however few stand on the one side: 2 of 20 are 10 %."""
    return math.floor((limit("fewest_on_one_side") - 1) / limit("tail_share")) + 1


def _exact_share(shown: Shown) -> Shown:
    """An exact share in whole per cent with its interval, from its two counts."""
    assert shown.numerator is not None
    assert shown.denominator is not None
    low, high = intervals.wilson(shown.numerator, shown.denominator)
    share = round(shown.numerator / shown.denominator, 2)
    return replace(shown, value=share, how="exact", low=low, high=high)


def derived_again(shown: Shown, unit: str) -> Shown:
    """A released number of persons or answers with all that is derived in it made anew.

    Equal to what is released, unless something in it came from elsewhere than the release: the true
    counts, for instance, which a plotted value or an interval must never come from.
    """
    bare = replace(shown, value=None, low=None, high=None)
    if shown.how == "rounded":
        steps = round((shown.value or 0.0) / limit("municipality_share_step"))
        value = round(min(1.0, steps * limit("municipality_share_step")), 10)
        return _rounded(replace(bare, numerator=None, denominator=None, value=value))
    if shown.how != "exact":
        return replace(bare, numerator=None, denominator=None)
    if shown.reason == "nothing_held":
        return _nothing_held(unit)
    if unit == "share" and shown.denominator is not None:
        return _exact_share(bare)
    return replace(bare, value=shown.numerator if unit != "share" else None)


def _nothing_held(unit: str) -> Shown:
    value = None if unit == "share" else 0.0
    return Shown(0.0, value=value, how="exact", reason="nothing_held")


def banded(shown: Shown) -> Shown:
    """An exact number of persons or answers as its band, because of what stands beside it."""
    if shown.how != "exact" or shown.reason == "nothing_held" or shown.numerator is None:
        return shown
    return Shown(
        band=band_of(shown.numerator),
        denominator_band=None if shown.denominator is None else band_of(shown.denominator),
        how="band",
        reason="small_rest",
    )
