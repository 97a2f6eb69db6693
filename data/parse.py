"""Text cells become numbers, dates, moments, yes or no, and lists, whole columns at a time."""

from __future__ import annotations

import re
from typing import Literal

import polars as pl

from data.contract import FALSE_WORDS, LIST_SEPARATORS, TRUE_WORDS, fold

SPACES = " \u00a0\u202f\u2009"
"""What separates thousands in Norwegian: a space, or one that does not break or is narrow."""

ZONE = "Europe/Oslo"

Order = Literal["dmy", "mdy"]
"""What the first number of 2/7/2026 is: a day as in Norway, or a month as Microsoft writes it."""

NUMBER = (
    rf"[-+\u2212]?(?:(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d+)(?:[.,]\d+)?|[.,]\d+)"
    rf"(?:[eE][-+]?\d{{1,3}})?[{SPACES}]?%?"
)
_NUMBER_ONLY = rf"^(?:{NUMBER})$"
_COUNT_ONLY = "^[0-9]{1,15}$"


_BLANKS = " \t\r\n\u00a0\u202f\u2009\u200b\ufeff"


def stripped(text: pl.Series) -> pl.Series:
    """Cells without blanks at either end; what is then empty is null."""
    # A column without blanks is used as it lies: a copy of a million cells is 16 MB.
    if text.str.contains_any(list(_BLANKS)).any():
        text = text.str.strip_chars(_BLANKS)
    is_empty = text == ""
    return text.set(is_empty, None) if is_empty.any() else text


def numbers(text: pl.Series) -> pl.Series:
    """Float64; null where the text is no number. "1 234,5" is 1234.5 and "50 %" is 0.5.

    A point or a comma is always the decimal sign: "1.234" is no thousand, since nobody can tell.
    """
    # Most columns are counts, and a file of a few rows waits for each question asked of a column.
    if text.str.contains(_COUNT_ONLY).all():
        return text.cast(pl.Float64)
    bare = text.str.replace_all(f"[{SPACES}%]", "").str.replace("\u2212", "-", literal=True)
    value = bare.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    is_percent = text.str.ends_with("%")
    value = value.zip_with(~is_percent.fill_null(False), value / 100)
    fits = text.str.contains(_NUMBER_ONLY).fill_null(False) & value.is_finite().fill_null(False)
    return value.set(~fits, None)


# What Excel and LibreOffice write for a formula that fails, in English and Norwegian.
_ERROR_VALUE = (
    r"^(?i:#(?:N/A|I/T|NAME\?|NAVN\?|REF!|DIV/0!|VALUE!|VERDI!|NUM!|NULL!|TALL!|SPILL!|OVERFLYT!"
    r"|CALC!|BEREGN!|FIELD!|FELT!|GETTING_DATA|HENTER_DATA)|Err:\d{3}|#{3,})$"
)


def error_values(text: pl.Series) -> pl.Series:
    """Boolean: whether the cell is what a spreadsheet writes where a formula failed."""
    begins = text.str.contains("^(?:#|Err:)")
    if not begins.any():
        return begins
    return begins & text.str.contains(_ERROR_VALUE)


# Google Forms ends its moments with "GMT+1" or "CET".
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), "+0000"),
    **dict.fromkeys(("CET", "WEST", "BST"), "+0100"),
    **dict.fromkeys(("CEST", "EET"), "+0200"),
    "EEST": "+0300",
}
_TIME = (
    r"(?:(?:T|\s*,?\s*kl\.?\s*|\s*,\s*|\s+)(?<hour>\d{1,2})[:.](?<minute>\d{2})"
    r"(?:[:.](?<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?)?"
    rf"\s*(?<zone>{'|'.join(_ZONES)}|[+-]\d{{2}}(?::?\d{{2}})?|(?:UTC|GMT)[+-]\d{{1,2}}(?::?\d{{2}})?)?"
)
_DATE = (
    r"(?:(?<y1>\d{4})[-/.](?<m1>\d{1,2})[-/.](?<d1>\d{1,2})"
    r"|(?<a>\d{1,2})(?<sign>[./-])(?<b>\d{1,2})[./-](?<y2>\d{4}|\d{2})"
    r"|(?<y3>(?:19|20)\d{2})(?<m3>\d{2})(?<d3>\d{2}))"
)
_MOMENT = f"^{_DATE}{_TIME}$"

MOMENT = re.compile(_MOMENT.replace("(?<", "(?P<"))
"""The same form for one text in Python; it does not know whether the day exists."""


def moments(text: pl.Series, order: Order = "dmy") -> pl.Series:
    """Datetime on Norwegian clocks, without zone; null where the text is no date or moment.

    Args:
        order: How a date with slashes is read; with dots or dashes the day always comes first.
    """
    # Most columns are in one of these, and strptime alone is several times as fast as the form.
    direct = text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    direct = direct.set(text.str.len_bytes() != 19, None)
    rest = direct.is_null() & text.is_not_null()
    if not rest.any():
        return _of_our_time(direct)
    slow = _by_form(text.set(~rest, None), order)
    return _of_our_time(direct.zip_with(direct.is_not_null(), slow))


def dates(text: pl.Series, order: Order = "dmy") -> pl.Series:
    """Date in Norway; a time of day is let go, after its zone has been heeded."""
    is_long = text.str.len_bytes() != 10
    iso = text.str.to_date("%Y-%m-%d", strict=False)
    iso = iso.set(is_long, None) if is_long.any() else iso
    if iso.null_count() == text.null_count():
        return _of_our_time(iso)
    dotted = text.str.to_date("%d.%m.%Y", strict=False).set(is_long, None)
    direct = iso.zip_with(iso.is_not_null(), dotted)
    rest = direct.is_null() & text.is_not_null()
    if not rest.any():
        return _of_our_time(direct)
    slow = moments(text.set(~rest, None), order).dt.date()
    return _of_our_time(direct.zip_with(direct.is_not_null(), slow))


EARLIEST_YEAR = 1900
"""No municipality tells of a day before this: a year like 0024 is a slip of the keys."""


def _of_our_time(found: pl.Series) -> pl.Series:
    earliest = found.dt.year().min()
    if not isinstance(earliest, int) or earliest >= EARLIEST_YEAR:
        return found
    return found.set((found.dt.year() < EARLIEST_YEAR).fill_null(False), None)


def _by_form(text: pl.Series, order: Order) -> pl.Series:
    # Millions of equal dates are a handful of different ones.
    distinct = text.unique()
    parts = pl.DataFrame({"text": distinct}).with_columns(
        pl.col("text").str.extract_groups(_MOMENT).struct.unnest()
    )
    month_first = pl.lit(order == "mdy") & (pl.col("sign") == "/")
    day = pl.coalesce("d1", "d3", pl.when(month_first).then("b").otherwise("a"))
    month = pl.coalesce("m1", "m3", pl.when(month_first).then("a").otherwise("b"))
    year = pl.coalesce("y1", "y3", "y2")
    year = pl.when(year.str.len_bytes() == 2).then("20" + year).otherwise(year)
    iso = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")
    hour = pl.col("hour").cast(pl.Int32)
    half = pl.col("half").str.to_lowercase().str.slice(0, 1)
    hour = (
        pl.when(half.is_null())
        .then(hour.fill_null(0))
        .when(hour.is_between(1, 12))
        .then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    )
    clock = pl.concat_str(
        hour.cast(pl.String).str.zfill(2),
        pl.col("minute").fill_null("00"),
        pl.col("second").fill_null("00"),
        separator=":",
    )
    zone = pl.col("zone").replace(_ZONES).str.replace(r"^(?:UTC|GMT)", "")
    zone = zone.str.replace(r"^([+-])(\d)(:|$)", "${1}0${2}${3}").str.replace(":", "", literal=True)
    zone = pl.when(zone.str.len_bytes() == 3).then(zone + "00").otherwise(zone)
    local = pl.concat_str(iso, clock, separator=" ")
    there = (local + zone).str.to_datetime("%Y-%m-%d %H:%M:%S%z", strict=False)
    found = parts.select(
        "text",
        pl.when(zone.is_null())
        .then(local.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False))
        .otherwise(there.dt.convert_time_zone(ZONE).dt.replace_time_zone(None))
        .alias("moment"),
    )
    return pl.DataFrame({"text": text}).join(
        found, on="text", how="left", maintain_order="left", nulls_equal=True
    )["moment"]


def slash_order(text: pl.Series) -> Literal["none", "dmy", "mdy", "either", "mixed"]:
    """What the dates with slashes in a column say of their own order.

    "either" when no day is above 12, so that both readings make sense of every date.
    """
    if not text.str.contains("/", literal=True).any():
        return "none"
    parts = (
        text.drop_nulls()
        .unique()
        .str.extract_groups(r"^(?<a>\d{1,2})/(?<b>\d{1,2})/\d{2,4}(?:\D.*)?$")
    )
    first = parts.struct.field("a").cast(pl.Int32).drop_nulls()
    second = parts.struct.field("b").cast(pl.Int32).drop_nulls()
    if first.len() == 0:
        return "none"
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if day_first and month_first:
        return "mixed"
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    return "either"


def booleans(text: pl.Series) -> pl.Series:
    """Boolean; null where the text is neither yes nor no."""
    distinct = [value for value in text.unique().to_list() if value is not None]
    words = {value: fold(value) for value in distinct}
    known = {
        value: word in TRUE_WORDS
        for value, word in words.items()
        if word in TRUE_WORDS or word in FALSE_WORDS
    }
    return translated(text, known, pl.Boolean)


def translated(
    text: pl.Series, table: dict[str, bool] | dict[str, str], to: type[pl.DataType]
) -> pl.Series:
    """Each cell's counterpart in a table; null where the table has none.

    The table holds every different cell that has a counterpart, so where each is its own, and no
    cell is without one, the column is as it should be.
    """
    if not table:
        return pl.Series(text.name, [None] * text.len(), to)
    if all(word == counterpart for word, counterpart in table.items()):
        known = text.is_in(list(table))
        return text if known.all() else text.set(~known.fill_null(True), None)
    return text.replace_strict(
        pl.Series(list(table.keys())),
        pl.Series(list(table.values())),
        default=None,
        return_dtype=to,
    )


def lists(text: pl.Series) -> pl.Series:
    """List of texts: "A; B" is ["A", "B"]. An empty cell is null."""
    signs = "".join(re.escape(sign) for sign in LIST_SEPARATORS)
    parts = text.str.replace_all(f"[{signs}]", "\x1f").str.split("\x1f")
    entries = parts.list.eval(
        pl.element()
        .str.strip_chars(f"{SPACES}\t\r")
        .filter(pl.element().str.strip_chars(f"{SPACES}\t\r") != "")
    )
    return entries.set((entries.list.len() == 0).fill_null(False), None)
