"""Own history, drawn on one scale, told in words, and never ranked."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages.charts.intervals import strip
from pages.charts.multiples import panel
from pages.parts.history import (
    can_show_shares,
    history,
    history_finding,
    shares,
    shares_heading,
)
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)

Rows = list[dict[str, Any]]
Release = Callable[[dict[str, Rows]], Path]


def side_by_side(store: Path, indicator: str) -> list[dict[str, Any]]:
    return ask("side_by_side", store=store, indicator=indicator, month=OCTOBER).to_dicts()


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_municipalities_stand_in_the_order_of_the_alphabet_whatever_their_values(
    small_release: Path,
) -> None:
    rows = side_by_side(small_release, "feedback_freshness")
    assert [row["name"] for row in rows] == [
        "Gausdal",
        "Lillehammer",
        "Nord-Fron",
        "Ringebu",
        "Sør-Fron",
        "Øyer",
    ]
    values = [row["value"] for row in rows]
    assert values != sorted(values)
    assert values != sorted(values, reverse=True)


def test_every_panel_has_the_same_scale(small_release: Path) -> None:
    rows = side_by_side(small_release, "feedback_freshness")
    shown = history(rows, load_all()["feedback_freshness"], OCTOBER)
    ticks = [
        re.findall(r'class="tick"[^>]*text-anchor="end">([^<]+)<', part)
        for part in shown.split('class="panel-chart"')[1:]
    ]
    assert len(ticks) == 6
    assert all(each[:3] == ticks[0][:3] for each in ticks)


def test_every_panel_is_told_in_words(small_release: Path) -> None:
    card = load_all()["activities_held"]
    shown = history(side_by_side(small_release, "activities_held"), card, OCTOBER)
    assert shown.count("<title>") == shown.count("<desc>") == 6
    assert "oktober 2026: " in shown
    # Sør-Fron lacks two months, and that is said, not drawn as zeros.
    assert "2 perioder uten tall" in shown.split("<title>Sør-Fron")[1].split("</desc>")[0]


def test_the_table_holds_every_number_of_the_panels(small_release: Path) -> None:
    card = load_all()["told_back"]
    shown = history(side_by_side(small_release, "told_back"), card, OCTOBER)
    assert shown.count("<tbody") == 1
    assert shown.count('<th scope="row">') == 24
    assert "oktober 2026" in shown


def test_numbers_in_bands_are_a_table_and_not_an_empty_chart(small_release: Path) -> None:
    card = load_all()["participants"]
    shown = history(side_by_side(small_release, "participants"), card, OCTOBER)
    assert "<svg" not in shown
    assert "mai–august 2026" in plain(shown)
    assert "under 10 deltakere" in plain(shown)


def test_the_finding_names_places_and_no_order(tables: dict[str, Rows], released: Release) -> None:
    for cell in tables["cells"]:
        if cell["indicator"] == "told_back":
            better = cell["municipality_id"] in ("3440", "3441")
            cell["signal"] = "improvement" if better else "no_change"
    rows = side_by_side(released(tables), "told_back")
    assert history_finding(rows, load_all()["told_back"]) == (
        "Tilbakemeldt til brukerne: sikker forbedring i Gausdal og Øyer."
    )


def test_without_a_signal_the_finding_claims_none(small_release: Path) -> None:
    card = load_all()["told_back"]
    rows = side_by_side(small_release, "told_back")
    assert "for få målinger" in history_finding(rows, card)
    steady = [row | {"signal": "no_change"} for row in rows]
    assert history_finding(steady, card) == (
        "Tilbakemeldt til brukerne: ingen sikker endring i noen kommune."
    )


def test_too_few_measurements_somewhere_are_not_called_no_change_everywhere(
    small_release: Path,
) -> None:
    rows = side_by_side(small_release, "told_back")
    mixed = [
        row | {"signal": "no_change" if row["name"] == "Ringebu" else "too_few"} for row in rows
    ]
    assert history_finding(mixed, load_all()["told_back"]) == (
        "Tilbakemeldt til brukerne: ingen sikker endring i Ringebu, og for få målinger i de andre."
    )


def row(name: str, low: float | None, high: float | None) -> dict[str, Any]:
    return {"name": name, "low": low, "high": high}


def test_ranges_that_overlap_tell_nobody_apart() -> None:
    overlapping = [row("Gausdal", 0.2, 0.6), row("Øyer", 0.5, 0.9)]
    assert "ikke kan skilles" in shares_heading(overlapping)
    apart = [row("Gausdal", 0.2, 0.4), row("Øyer", 0.5, 0.9)]
    assert "Ikke alle spennene overlapper" in shares_heading(apart)
    # A single range has nothing to stand clear of.
    assert "for lite" in shares_heading([row("Gausdal", 0.2, 0.4), row("Øyer", None, None)])


def test_only_shares_of_more_than_one_thing_are_set_side_by_side(small_release: Path) -> None:
    cards = load_all()
    assert can_show_shares(side_by_side(small_release, "told_back"), cards["told_back"])
    rate = side_by_side(small_release, "response_rate_same_day")
    assert not can_show_shares(rate, cards["response_rate_same_day"])
    opened = side_by_side(small_release, "open_actions")
    assert not can_show_shares(opened, cards["open_actions"])
    yes_or_no = [{"denominator": 1.0}] * 6
    assert not can_show_shares(yes_or_no, cards["leaders_present"])


def test_the_cooperation_stands_last_and_is_in_the_table_too(small_release: Path) -> None:
    card = load_all()["told_back"]
    rows = side_by_side(small_release, "told_back")
    whole = ask("matrix", store=small_release, municipality="cooperation", month=OCTOBER)
    (together,) = whole.filter(indicator="told_back").to_dicts()
    shown = shares(rows, together, card)
    assert shown.count('class="name"') == 7
    assert shown.index("Øyer") < shown.index("Alle samlet")
    assert shown.count('<th scope="row">') == 7


def test_a_share_without_an_interval_draws_no_line() -> None:
    assert 'class="range' not in strip(0.5, None, None)
    assert 'class="dot' not in strip(None, 0.2, 0.8)
    assert 'class="range one"' in strip(0.5, 0.2, 0.8)


def test_a_panel_draws_gaps_as_gaps() -> None:
    months = [dt.date(2026, month, 1) for month in range(1, 11)]
    points = [(month, None if month.month == 5 else 1.0) for month in months]
    drawing = panel(
        points,
        last=OCTOBER,
        top=1.0,
        ticks=[(0.0, "0 %"), (1.0, "100 %")],
        ends=("nov. 2024", "okt. 2026"),
        title="Ringebu",
        description="",
    )
    assert drawing.count("<polyline") == 2


def test_shares_of_one_or_two_are_dots_and_not_a_line(
    tables: dict[str, Rows], released: Release
) -> None:
    card = load_all()["told_back"]
    for cell in tables["cells"]:
        if cell["indicator"] == "told_back":
            cell["denominator"] = 4.0
    few = released(tables)
    shown = history(side_by_side(few, "told_back"), card, OCTOBER)
    assert "<polyline" not in shown
    assert shown.count('class="alone"') == 6 * 24
