"""Second opinions of more indicators of actions and the loop: plain Python over the rows."""

from __future__ import annotations

from collections.abc import Callable

from tests.queries.worlds import Numbers, World

OPINIONS: dict[str, Callable[[World], Numbers]] = {}
