"""What the tests of reading and checking share: a small store's knowledge, and a file taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from data import mapping, people
from data.intake import Intake, take_in
from data.known import Known, KnownWave

# The same examples every time, and no stop-watch: these machines are shared.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("steady")

BAD = Path(__file__).parent / "bad"
REAL = Path(__file__).parents[2].parent / "shared" / "real"
TODAY = dt.date(2026, 11, 12)


@pytest.fixture
def known() -> Known:
    """The six municipalities and one wave of Ringebu."""
    return Known(
        municipalities={
            "3405": "Lillehammer",
            "3441": "Gausdal",
            "3440": "Øyer",
            "3439": "Ringebu",
            "3438": "Sør-Fron",
            "3436": "Nord-Fron",
        },
        waves={"U-2026-001": KnownWave("3439", dt.date(2026, 1, 5))},
    )


@pytest.fixture
def taken(known: Known) -> Callable[..., Intake]:
    """A file taken in by the regional coordinator, with the shipped mappings."""

    def take(raw: bytes | str, name: str = "fil.csv", **more: Any) -> Intake:
        facts: dict[str, Any] = {
            "store_knows": known,
            "mappings": mapping.shipped(),
            "who": people.LOCAL,
            "today": TODAY,
        }
        raw = raw.encode("cp1252") if isinstance(raw, str) else raw
        return take_in(raw, name, **(facts | more))

    return take


@pytest.fixture
def real() -> Path:
    """The folder of real exports; the test is skipped where it is absent."""
    if not REAL.is_dir():
        pytest.skip("the real files are not here")
    return REAL
