"""Dates that name their month (05/Feb/26), written with its number where that is sure."""

from __future__ import annotations

import polars as pl

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
    "januar": 1, "january": 1, "februar": 2, "february": 2, "mars": 3, "march": 3, "april": 4,
    "juni": 6, "june": 6, "juli": 7, "july": 7, "august": 8, "september": 9, "oktober": 10,
    "october": 10, "november": 11, "desember": 12, "december": 12,
}  # fmt: skip
"""Norwegian and English. Those of other languages (abr, lut) stay as they are, and are then said to
be dates that cannot be read."""

_FORM = r"^(\d{1,2})[/.\- ]+([\p{L}]{3,9})\.?[/.\- ]+(\d{4}|\d{2})(\D.*)?$"


def numbered(text: pl.Series) -> pl.Series:
    """Cells as "05/Feb/26 12:00 PM" become "2026-02-05 12:00 PM"; all others stay as they are."""
    parts = pl.DataFrame({"text": text}).with_columns(
        pl.col("text").str.extract(_FORM, 1).str.zfill(2).alias("day"),
        pl.col("text")
        .str.extract(_FORM, 2)
        .str.to_lowercase()
        .replace_strict(MONTHS, default=None, return_dtype=pl.Int64)
        .cast(pl.String)
        .str.zfill(2)
        .alias("month"),
        pl.col("text").str.extract(_FORM, 3).alias("year"),
        pl.col("text").str.extract(_FORM, 4).fill_null("").alias("rest"),
    )
    year = pl.when(pl.col("year").str.len_bytes() == 2).then("20" + pl.col("year"))
    date = pl.concat_str(year.otherwise("year"), "month", "day", separator="-")
    return parts.select(pl.coalesce(pl.concat_str(date, "rest"), "text").alias(text.name))[
        text.name
    ]
