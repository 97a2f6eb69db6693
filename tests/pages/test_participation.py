"""Deltakelse: a finding first, charts with their words and tables, and rows to go to."""

import datetime as dt
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.drawn_html import opened as opened_html

Tables = dict[str, list[dict[str, Any]]]
OCTOBER = dt.date(2026, 10, 1)


def _page(municipality: str, year: int, month: int) -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import participation
    from pages.parts.pickers import Chosen

    participation.render(Chosen(municipality, dt.date(year, month, 1), LOCAL, "nb"))


def opened(municipality: str, month: dt.date = OCTOBER) -> AppTest:
    page = AppTest.from_function(_page, args=(municipality, month.year, month.month))
    page.run(timeout=30)
    assert not page.exception, page.exception
    return page


def markup(page: AppTest) -> str:
    drawn = (str(element.proto.body) for element in page.main if element.type == "html")
    return opened_html(" ".join(drawn))


def words(page: AppTest) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup(page)).split())


@pytest.fixture
def _small(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))


@pytest.fixture
def releasing(
    released: Callable[[Tables], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Tables], None]:
    return lambda tables: monkeypatch.setenv("FORANKRING_STORE", str(released(tables)))


def test_the_heading_is_a_finding_and_says_what_waits(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    for row in tables["cells"]:
        row["signal"] = "no_change"
    releasing(tables)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(opened("3439")))
    assert heading.replace("\xa0", " ").startswith(
        "Ingen sikker endring i deltakelsen i Ringebu i oktober 2026."
    )
    assert "verv" in heading


def test_a_certain_change_comes_first_in_the_heading(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    changed = "seats_filled"
    for row in tables["cells"]:
        row["signal"] = "concern" if row["indicator"] == changed else "no_change"
    releasing(tables)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(opened("3439")))
    assert "Forverringen er sikker." in heading


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("municipality", ["cooperation", "3439", "3438"])
def test_every_chart_is_told_in_words_and_has_its_table(municipality: str) -> None:
    page = opened(municipality)
    charts = page.get("plotly_chart")
    assert len(charts) == 7
    for chart in charts:
        assert "24 måneder fra november 2024 til oktober 2026." in chart.proto.alt
    assert markup(page).count("Vis tallene som tabell") == len(charts)


@pytest.mark.usefixtures("_small")
def test_numbers_of_persons_stand_in_bands_for_a_municipality() -> None:
    said = words(opened("3439"))
    assert "deltakere" in said
    assert re.search(r"(under 10|10–19|20–49|50 eller flere) deltakere", said)


@pytest.mark.usefixtures("_small")
def test_the_table_of_a_chart_says_every_month_also_those_without_a_number() -> None:
    said = words(opened("cooperation"))
    table = said.split("Deltakere i medvirkningsaktiviteter, måned for måned")[1]
    table = table.split("Medvirkningsaktiviteter holdt")[0]
    months = re.findall(r"(\w+ 202[456]) (?=\d|mangler|vises ikke)", table)
    assert len(months) == 24
    assert months[0] == "oktober 2026"
    assert "mangler" in table
    assert "vises ikke" in table


@pytest.mark.usefixtures("_small")
def test_a_service_says_how_long_ago_and_whether_that_is_fresh() -> None:
    said = words(opened("3439"))
    assert "Tjeneste 1 i Ringebu for 80 dager siden fersk" in said
    assert "Tjeneste 2 i Ringebu for 160 dager siden over 90 dager" in said
    assert "Tjeneste 1 i Gausdal" not in said


@pytest.mark.usefixtures("_small")
def test_a_vacant_seat_says_since_when_and_for_how_long() -> None:
    said = words(opened("3439"))
    assert "Brukerpanelet V-3439-2 16. juli 2026 107 dager" in said


@pytest.mark.usefixtures("_small")
def test_recruitment_is_for_all_together() -> None:
    said = words(opened("3439"))
    assert "12 av 26" in said
    assert "Alle kommuner samlet." in said


@pytest.mark.usefixtures("_small")
def test_the_parts_that_links_go_to_are_there() -> None:
    said = markup(opened("3439"))
    jumps = re.findall(r'href="#([^"]+)"', said)
    assert len(jumps) > 4
    for anchor in ("kurs", "verv", "tomme", "ferskhet", *jumps):
        assert said.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize(("rate", "is_told"), [(0.49, True), (0.5, False)])
@pytest.mark.parametrize("grain", ["month", "tertial"])
def test_a_response_rate_under_a_half_never_stands_without_its_caveat(
    releasing: Callable[[Tables], None], tables: Tables, grain: str, rate: float, is_told: bool
) -> None:
    for row in tables["cells"]:
        if row["indicator"] == "response_rate_same_day":
            row |= {"state": "measured", "shown": "exact", "reason": None}
            row |= {
                "numerator": 9,
                "denominator": 18,
                "value": rate if row["grain"] == grain else 0.6,
            }
    releasing(tables)
    assert ("Der under halvparten har svart" in words(opened("3439"))) == is_told


def test_what_people_wrote_is_never_markup(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    for row in tables["services"]:
        row["name"] = "<script>alert(1)</script> & mer"
    for row in tables["seats"]:
        row["body"] = "<img src=x onerror=alert(1)>"
    releasing(tables)
    said = markup(opened("3439"))
    assert "<script" not in said
    assert "<img" not in said
    assert "&lt;script&gt;" in said


def test_what_one_municipality_lacks_is_called_missing(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    with_answers_alone(tables, ("3439", "cooperation"))
    releasing(tables)
    page = opened("3439")
    said = words(page)
    assert "Ingen tjenester er ført opp." in said
    # No chart without a point, and nothing is claimed of what was not delivered.
    assert len(page.get("plotly_chart")) == 1
    for title in ("Medvirkningsaktiviteter holdt", "Brukerrepresentanter på plass"):
        assert f"{title}: mangler i oktober 2026 En fil som tallet lages av" in said
    assert "Tomme verv Fila som denne lista lages av, er ikke levert for perioden." in said
    assert "Alle kurs ble evaluert i tide." not in said
    assert said.startswith("Ringebu mangler tall for 6 av 7 indikatorer i oktober 2026.")
    assert "Ikke i bruk ennå" not in said


def test_what_nobody_delivers_is_not_in_use_and_is_not_missing(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    with_answers_alone(tables, {row["municipality_id"] for row in tables["cells"]})
    releasing(tables)
    for where in ("3439", "cooperation"):
        said = words(opened(where))
        assert "mangler i oktober" not in said, re.findall(r".{60}mangler.{30}", said)
        assert not re.search(r"^\S+ mangler", said)
        assert "Svarprosent samme dag" in said
        told = "Ikke i bruk ennå Ingen kommune har hatt tall her ennå: "
        assert f"{told}Filer som trengs, er ikke levert. Hvem deltar Evaluering av kurs" in said
        # Nothing leads to a part that is not there.
        drawn = markup(opened(where))
        links = re.findall(r'href="#([a-z]+)"', drawn)
        assert {"svar", "tertialer"} <= set(links)
        assert not {"deltakere", "kurs", "ferskhet", "verv"} & set(links)
        assert all(f'id="{name}"' in drawn for name in links)


def with_answers_alone(tables: Tables, places: Collection[str]) -> None:
    """Leave of these municipalities nothing but who answers, as where no other file comes."""
    for name in ("services", "seats", "courses", "decisions", "recommendations"):
        tables[name] = []
    tables["cells"] = [
        row
        if row["indicator"] == "response_rate_same_day" or row["municipality_id"] not in places
        else missing(row)
        for row in tables["cells"]
        if row.get("part") is None
    ]


def missing(row: dict[str, Any]) -> dict[str, Any]:
    hidden = {"numerator": None, "denominator": None, "value": None, "band": None}
    told = {"state": "missing", "shown": "none", "reason": "missing", "updated_on": None}
    return row | hidden | told


@pytest.mark.usefixtures("_small")
def test_the_first_month_of_all_has_a_page() -> None:
    assert "november 2024" in words(opened("3439", dt.date(2024, 11, 1)))


@pytest.mark.usefixtures("_small")
def test_few_months_are_a_table_and_nothing_is_said_of_change() -> None:
    page = opened("3439", dt.date(2025, 5, 1))
    assert not page.get("plotly_chart")
    assert "Medvirkningsaktiviteter holdt, måned for måned" in markup(page)
    assert opened("3439", dt.date(2025, 6, 1)).get("plotly_chart")


def test_the_heading_claims_no_more_than_the_series_allow(
    releasing: Callable[[Tables], None], tables: Tables
) -> None:
    for row in tables["cells"]:
        row["signal"] = "too_few"
    tables["seats"] = []
    releasing(tables)
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(opened("3439")))
    assert heading == "Det er for få måneder til å si om deltakelsen i Ringebu har endret seg."
