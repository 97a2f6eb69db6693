"""Every indicator's second opinion by its id."""

from __future__ import annotations

from collections.abc import Callable

from tests.queries.indicators import (
    opinions_actions,
    opinions_anchoring,
    opinions_deviations,
    opinions_participation,
    opinions_representation,
    second_opinions,
)
from tests.queries.worlds import Numbers, World

OPINIONS: dict[str, Callable[[World], Numbers]] = {
    **second_opinions.OPINIONS,
    **opinions_participation.OPINIONS,
    **opinions_representation.OPINIONS,
    **opinions_actions.OPINIONS,
    **opinions_anchoring.OPINIONS,
    **opinions_deviations.OPINIONS,
}
