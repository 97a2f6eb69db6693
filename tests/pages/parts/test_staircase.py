"""The staircase says of every step what shows it, until when, and what it lacks."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pages.parts import staircase
from queries.ask import ask
from tests.pages.conftest import LAST, NAMES, Tables, cell, share

STEPS = (
    "need_communicated",
    "organisation_decided",
    "areas_decided",
    "conditions_secured",
    "results_asked_for",
)
Release = Callable[[Tables], Path]
Row = Mapping[str, Any]


def piece(criterion: str, on: str, to: str, **facts: Any) -> dict[str, Any]:
    row = {"municipality_id": "3439", "criterion": criterion, "source": "entry", "source_id": "1"}
    days = {"evident_on": dt.date.fromisoformat(on), "holds_to": dt.date.fromisoformat(to)}
    return row | {"words": "Sak 4/26"} | days | facts


def steps(held: str, municipality: str = "3439", **facts: Any) -> list[dict[str, Any]]:
    """The cells of the five steps, of which these are held: "11001"."""
    return [
        cell("anchoring_steps", municipality, LAST, part=step) | share(int(is_held), 1) | facts
        for step, is_held in zip(STEPS, held, strict=True)
    ]


@pytest.fixture
def rows(tables: Tables, released: Release) -> Callable[..., list[dict[str, Any]]]:
    """rows(cells, evidence, "3439"): what is asked of a release that holds these."""

    def make(cells: Any, evidence: Any, who: str = "3439") -> list[dict[str, Any]]:
        tables["cells"] += cells
        tables["anchoring"] = list(evidence)
        folder = released(tables)
        return ask("staircase", store=folder, municipality=who, month=LAST).to_dicts()

    return make


def words(markup: str) -> str:
    without = re.sub(r"<svg.*?</svg>", "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", without).replace("\u00a0", " ").split())


def said(found: list[dict[str, Any]], step: int) -> str:
    """What stands on one step, counted from 1."""
    drawn = re.findall(r"<li.*?</li>", staircase.staircase(found, LAST))
    return words(drawn[step - 1])


def test_a_step_says_what_shows_it_when_it_was_and_until_when_it_holds(rows: Any) -> None:
    found = rows(
        steps("11101"),
        [
            piece("need_communicated", "2026-02-19", "2027-02-19"),
            piece("need_communicated", "2025-12-01", "2026-12-01"),
            piece("organisation_decided", "2026-04-14", "2027-04-14", source="decision")
            | {"source_id": "117", "words": "Fast plass i ledergruppa"},
            piece("areas_decided", "2026-01-20", "2027-01-20", source="goal")
            | {"source_id": "M-1", "words": "Svarprosent <40>"},
            piece("results_asked_for", "2026-09-10", "2027-09-10", source="attestation")
            | {"of_month": dt.date(2026, 8, 1), "words": None},
        ],
    )
    assert said(found, 1) == (
        "dokumentert 1. Behovet er formidlet Sak 4/26, 19. februar 2026 . "
        "Gjelder til 19. februar 2027 . Én annen dokumentasjon gjelder også."
    )
    assert "Vedtak 117 i fagteamet, 14. april 2026 : «Fast plass i ledergruppa»." in said(found, 2)
    assert "Mål M-1, vedtatt 20. januar 2026 : «Svarprosent &lt;40&gt;»." in said(found, 3)
    assert "Lederattest for august 2026, gitt 10. september 2026 ." in said(found, 5)
    assert said(found, 4) == (
        "mangler 4. Rammene er sikret Vedta tid og penger til arbeidet, og knytt vedtaket til "
        "trinnet."
    )
    assert staircase.staircase_sentence(found, "Ringebu") == (
        "Ringebu har dokumentasjon på fire av fem trinn. "
        "Det mangler dokumentasjon på at rammene er sikret."
    )


def test_what_lapsed_is_told_beside_what_would_fill_the_step(rows: Any) -> None:
    found = rows(steps("00000"), [piece("need_communicated", "2025-09-02", "2026-09-02")])
    assert "Gjaldt til 2. september 2026 . Sak 4/26, 2. september 2025" in said(found, 1)
    assert "Fortell ansatte" in said(found, 1)


@pytest.mark.parametrize(
    ("on", "to", "is_held"),
    [
        ("2025-10-30", "2026-10-30", False),
        ("2025-10-31", "2026-10-31", True),
        ("2026-10-31", "2027-10-31", True),
        ("2026-11-01", "2027-11-01", False),
    ],
)
def test_the_last_day_of_the_month_decides(rows: Any, on: str, to: str, is_held: bool) -> None:
    (first, *_) = [
        row
        for row in rows(steps("00000", state="missing"), [piece("need_communicated", on, to)])
        if row["criterion"] == "need_communicated"
    ]
    assert first["holds"] == is_held


def test_what_a_lock_froze_is_said_and_what_has_changed_since_beside_it(rows: Any) -> None:
    found = rows(steps("10000"), [piece("organisation_decided", "2026-10-20", "2027-10-20")])
    assert said(found, 1).endswith(
        "Det var dokumentert da måneden ble låst, men gjelder ikke lenger."
    )
    assert said(found, 2).startswith("mangler")
    assert "Lagt inn etter at måneden ble låst: Sak 4/26" in said(found, 2)


def test_without_the_goals_what_is_known_is_shown_and_that_there_may_be_more(rows: Any) -> None:
    nothing = {"state": "missing", "numerator": None, "denominator": None, "value": None}
    evidence = [piece("need_communicated", "2026-02-19", "2027-02-19")]
    found = rows(steps("00000", **nothing), evidence)
    assert said(found, 1).startswith("dokumentert")
    assert "Ringebu har ikke levert mål for oktober 2026" in words(staircase.staircase(found, LAST))


def test_all_together_stand_in_alphabetical_order_and_no_number_sums_them_up(rows: Any) -> None:
    held = dict(zip(NAMES, ("11111", "10000", "10100", "11110", "10000", "11000"), strict=True))
    cells = [each for who, pattern in held.items() for each in steps(pattern, who)]
    found = rows(cells, [], "cooperation")
    drawn = staircase.staircases(found, LAST)
    named = re.findall(r'<th scope="row"[^>]*>([^<]+)', drawn)
    assert named == ["Gausdal", "Lillehammer", "Nord-Fron", "Ringebu", "Sør-Fron", "Øyer"]
    assert not re.search(r"\d", words(drawn.replace("2026", "")))
    assert staircase.staircases_sentence(found) == (
        "Alle har dokumentasjon på at behovet er formidlet. "
        "Fem av seks kommuner mangler dokumentasjon på at resultatene er etterspurt."
    )


def test_before_the_dashboard_was_in_use_there_is_no_staircase(rows: Any) -> None:
    found = rows(steps("00000", state="not_due"), [])
    assert "når den er låst" in str(staircase.unknown(found, LAST))
    assert "ingen forankringstrapp" in str(staircase.unknown([], LAST))
    assert staircase.unknown(steps("00000"), LAST) is None
