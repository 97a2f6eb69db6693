"""What a decision can be about: the indicators that there are, which the acts do not know."""

from __future__ import annotations

from data.store import RefusedError
from queries import cards


def refuse_unknown(indicator: str | None) -> None:
    """Refuse an indicator that there is no card of; none at all is as good as any.

    Raises:
        RefusedError: "unknown_indicator".
    """
    known = tuple(cards.load_all())
    if indicator is not None and indicator not in known:
        raise RefusedError("unknown_indicator", found=indicator, allowed=known)
