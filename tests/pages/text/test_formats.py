"""Numbers and dates against Babel, which knows them from CLDR."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from pages import text

LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB"}
languages = pytest.mark.parametrize("language", text.LANGUAGES)


@languages
@given(
    number=st.decimals(-(10**9), 10**9, places=3).map(float),
    decimals=st.integers(0, 2),
)
def test_a_number_is_written_as_the_language_writes_it(
    language: str, number: float, decimals: int
) -> None:
    # Rounded first, so that halves are not rounded by two rules.
    number = round(number, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with text.in_language(language):
        shown = text.number(number, decimals).replace("−", "-")
    expected = format_decimal(number, format=pattern, locale=LOCALES[language])
    # Zero has no sign for people; Babel keeps the sign of a number that rounds to it.
    assert shown == (expected.lstrip("-") if number == 0 else expected)


@languages
@pytest.mark.parametrize("share", [0, 0.004, 0.433, 0.995, 1])
def test_a_share_is_written_as_per_cent(language: str, share: float) -> None:
    with text.in_language(language):
        assert text.percent(share) == format_percent(share, locale=LOCALES[language])


@languages
@pytest.mark.parametrize("month", range(1, 13))
def test_months_and_days_have_the_names_of_the_language(language: str, month: int) -> None:
    day, locale = dt.date(2026, month, 3), LOCALES[language]
    with text.in_language(language):
        assert text.month(day) == format_date(day, "MMMM y", locale=locale)
        assert text.short_month(day) == format_date(day, "MMM y", locale=locale)
        assert text.date(day) == format_date(day, "long", locale=locale)
        assert text.day_and_month(day) == format_skeleton("MMMMd", day, locale=locale)
        assert text.short_date(day) == format_skeleton("MMMd", day, locale=locale)


@languages
@pytest.mark.parametrize("count", range(5))
def test_a_list_is_joined_as_the_language_joins_it(language: str, count: int) -> None:
    items = ["Gausdal", "Øyer", "Ringebu", "Lillehammer"][:count]
    with text.in_language(language):
        assert text.listed(items) == format_list(items, locale=LOCALES[language])


def test_a_negative_number_that_rounds_to_zero_has_no_sign() -> None:
    assert text.number(-0.4) == "0"


def test_small_counts_are_words_and_large_ones_digits() -> None:
    assert [text.in_words(n) for n in (0, 1, 12, 13)] == ["null", "én", "tolv", "13"]


def test_a_moment_is_told_to_the_minute() -> None:
    moment = dt.datetime(2026, 11, 10, 9, 5)  # noqa: DTZ001 - as the store keeps it
    assert text.date_and_time(moment) == "10. november 2026 kl. 09.05"


@pytest.mark.parametrize(("language", "said"), [("nb", "«Ja»"), ("nn", "«Ja»"), ("en", "“Ja”")])
def test_quotation_marks_are_the_languages(language: str, said: str) -> None:
    with text.in_language(language):
        assert text.in_quotes("Ja") == said
