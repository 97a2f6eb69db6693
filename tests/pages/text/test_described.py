"""A chart's description says what the eye would see, and nothing that the cells do not say."""

import datetime as dt
from pathlib import Path
from typing import Any

from pages.text.described import described
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)


def told(store: Path, indicator: str, municipality: str = "cooperation", **more: Any) -> str:
    rows = ask(
        "monthly_series", store=store, indicator=indicator, municipality=municipality, month=OCTOBER
    ).to_dicts()
    return described(rows, load_all()[indicator], **more).replace("\xa0", " ")


def test_it_says_the_span_the_newest_the_extremes_and_the_target(small_release: Path) -> None:
    assert told(small_release, "feedback_freshness") == (
        "24 måneder fra november 2024 til oktober 2026. Nyeste: 53 dager. "
        "Lavest: 30 dager i november 2024. Høyest: 53 dager i oktober 2026. "
        "Mål: høyst 90 dager (forslag)."
    )


def test_it_counts_ranges_and_months_without_a_number(small_release: Path) -> None:
    said = told(small_release, "participants")
    # Of 24 months six are bands, one is withheld (it would have been a value), one is missing.
    assert "måneder vises som spenn." in said
    assert "2 måneder er uten tall." in said


def test_it_names_the_decisions(small_release: Path) -> None:
    decisions = [{"decided_on": dt.date(2026, 3, 4), "text": "Fast rutine"}]
    assert told(small_release, "told_back", decisions=decisions).endswith("Vedtak 4. mars 2026.")
