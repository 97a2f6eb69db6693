"""A month's name is read where it is Norwegian or English, and left alone elsewhere."""

from __future__ import annotations

import polars as pl
import pytest

from data import month_names, parse


@pytest.mark.parametrize(
    ("written", "numbered"),
    [
        ("05/Feb/26 12:00 PM", "2026-02-05 12:00 PM"),
        ("5/des/2025", "2025-12-05"),
        ("12. mai 2026 08:30", "2026-05-12 08:30"),
        ("31/Oct/26", "2026-10-31"),
        # Spanish and Polish: no number is sure, so they stay and are told as no dates.
        ("11/abr/26", "11/abr/26"),
        ("12/lut/21", "12/lut/21"),
        ("05.02.2026", "05.02.2026"),
        ("2026-02-05", "2026-02-05"),
        ("ukjent", "ukjent"),
    ],
)
def test_months_by_name(written: str, numbered: str) -> None:
    assert month_names.numbered(pl.Series("d", [written, None])).to_list() == [numbered, None]


def test_what_is_numbered_is_a_date() -> None:
    found = parse.moments(month_names.numbered(pl.Series(["05/Feb/26 02:05 PM"])))
    assert str(found[0]) == "2026-02-05 14:05:00"
