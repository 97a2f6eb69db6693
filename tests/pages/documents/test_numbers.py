"""Every number as CSV and as a workbook: those of the export, the same in both, and no formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pages.documents import numbers
from pages.documents.neutral import neutral
from pages.documents.package import Wanted, package
from pages.terminal import exported
from pages.text import in_language
from queries.cards import load_all
from queries.commitments import load_commitments

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def told(wanted: Wanted) -> Rows:
    """What `forankring export --format json --month` says."""
    shown = exported.shown(wanted.folder, 1, wanted.month)
    whole = json.loads(exported.as_json(shown))
    assert len(whole["cells"]) > 50
    return [*whole["cells"], *whole["commitments"]]


@pytest.fixture(scope="module")
def book(file: Callable[[str, str], bytes]) -> Any:
    return load_workbook(io.BytesIO(file("tall", "xlsx")))


def read_csv(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def wanted_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """What must stand in a line for one number of the export."""
    low, high = row.get("interval") or (None, None)
    return (
        row["title"],
        row["municipality"],
        row.get("part_text"),
        row["text"],
        row.get("numerator", row.get("kept")),
        row.get("denominator", row.get("due")),
        row.get("value"),
        low,
        high,
        row.get("signal_text") or None,
        row.get("assurance_text") or None,
    )


HEADINGS = (
    "Indikator", "Kommunenummer", "Del", "Vist", "Teller", "Nevner", "Verdi", "Usikkerhet fra",
    "Usikkerhet til", "Endring", "Mot målet",
)  # fmt: skip
COUNTS = range(4, 9)


def lacking(lines: list[tuple[Any, ...]], told: Rows) -> list[tuple[Any, ...]]:
    """The numbers of the export that the lines of a file lack."""
    found = set(map(_rounded, lines))
    return [wanted_of(row) for row in told if _rounded(wanted_of(row)) not in found]


def _rounded(line: tuple[Any, ...]) -> tuple[Any, ...]:
    """A workbook holds sixteen digits, and JSON seventeen."""
    return tuple(round(each, 12) if isinstance(each, float) else each for each in line)


def lines_of_csv(content: bytes) -> list[tuple[Any, ...]]:
    return [
        tuple(
            float(line[heading].replace(",", ".")) if place in COUNTS and line[heading] else
            (line[heading] or None)
            for place, heading in enumerate(HEADINGS)
        )
        for line in read_csv(content)
    ]  # fmt: skip


def lines_of_book(book: Any) -> list[tuple[Any, ...]]:
    rows = book["Tallene" if "Tallene" in book.sheetnames else book.sheetnames[0]].values
    heads = list(next(rows))
    places = [heads.index(heading) for heading in HEADINGS]
    return [tuple(row[place] for place in places) for row in rows]


def test_every_number_of_the_export_stands_in_the_csv(
    file: Callable[[str, str], bytes], told: Rows
) -> None:
    found = lines_of_csv(file("tall", "csv"))
    assert len(found) == len(told)
    assert lacking(found, told) == []
    # A number that is wrong is noticed.
    assert lacking(found, [told[0] | {"numerator": 4711}])


def test_every_number_of_the_export_stands_in_the_workbook_as_a_number(
    book: Any, told: Rows
) -> None:
    found = lines_of_book(book)
    assert len(found) == len(told)
    assert lacking(found, told) == []
    assert lacking(found, [told[0] | {"text": "noe annet"}])


def test_what_each_indicator_is_stands_in_a_sheet_of_its_own(book: Any) -> None:
    lines = list(book[book.sheetnames[2]].values)
    assert lines[0][:3] == ("Indikator", "Spørsmål", "Slik teller vi")
    titles = [line[0] for line in lines[1:]]
    assert titles == [card.words("title") for card in load_all().values()] + [
        commitment.words("name") for commitment in load_commitments().values()
    ]
    assert lines[1][2] == next(iter(load_all().values())).words("counted")


def test_the_workbook_says_where_it_is_from(book: Any, wanted: Wanted) -> None:
    facts = dict(row for row in book[book.sheetnames[3]].values if row[0])
    assert facts["Merknad"] == "Eksempeldata – tallene er oppdiktet"
    assert facts["Måned"] == "oktober 2026"
    assert facts["Utgave"] == "1"
    assert facts["Innhold"] == wanted.programme.content_hash


def test_every_point_of_the_charts_stands_in_both(
    book: Any, file: Callable[[str, str], bytes], wanted: Wanted
) -> None:
    points = [
        (slide.chart.title, point.label, point.words, point.value)
        for slide in wanted.programme.slides
        if slide.chart is not None
        for point in slide.chart.points
    ]
    lines = list(book[book.sheetnames[1]].values)[1:]
    assert [tuple(line[:4]) for line in lines] == points
    written = read_csv(file("diagrammer", "csv"))
    assert [(line["Diagram"], line["Periode eller trinn"], line["Vist"]) for line in written] == [
        point[:3] for point in points
    ]


def test_days_are_days_and_the_same_release_gives_the_same_bytes(
    book: Any, wanted: Wanted, file: Callable[[str, str], bytes]
) -> None:
    sheet = book[book.sheetnames[0]]
    first = [cell.value for cell in sheet[1]].index("Første dag")
    assert sheet.cell(2, first + 1).value == dt.datetime(2026, 10, 1)  # noqa: DTZ001 - as read
    content = file("tall", "xlsx")
    assert numbers.numbers_xlsx(wanted.numbers, wanted.programme) == content
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        assert b"2026-11-10T09:12:00Z" in whole.read("docProps/core.xml")


def test_no_text_becomes_a_formula(
    tables: dict[str, Rows],
    released: Callable[[dict[str, Rows]], Path],
    want: Callable[..., Wanted],
) -> None:
    names = [f"{start}1+cmd|' /C calc'!A0" for start in ("=", "+", "-", "@", "\t", "\r")]
    for row, name in zip(tables["municipalities"], names, strict=True):
        row["name"] = name
    of = want(released(tables)).read_numbers()
    read = read_csv(numbers.numbers_csv(of))
    assert {row["Kommune"] for row in read} - {"samarbeidet"} == {f"'{name}" for name in names}
    assert [neutral(name) for name in names] == [f"'{name}" for name in names]
    made = load_workbook(io.BytesIO(_book(of)))
    texts = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    written = [cell for cell in texts if isinstance(cell.value, str)]
    assert {cell.data_type for cell in written} == {"s"}
    assert not any(cell.value.startswith(tuple("=+-@\t\r")) for cell in written)
    assert any(cell.value.startswith("'=1+cmd") for cell in written)


def _book(of: numbers.Numbers) -> bytes:
    class NoSlides:
        slides = ()

    return numbers.numbers_xlsx(of, NoSlides())  # type: ignore[arg-type]


def test_of_one_municipality_its_own_numbers_stand_beside_those_of_all(
    small_release: Path, want: Callable[..., Wanted]
) -> None:
    found = package(want(small_release, "3439"), ["csv"])
    assert set(found) == {"tall_2026-10_ringebu.csv", "diagrammer_2026-10_ringebu.csv"}
    read = read_csv(found["tall_2026-10_ringebu.csv"])
    assert {row["Kommune"] for row in read} == {"Ringebu", "samarbeidet"}


def test_the_headings_are_in_the_chosen_language(wanted: Wanted) -> None:
    with in_language("nn"):
        line = numbers.numbers_csv(wanted.numbers).decode("utf-8-sig").partition("\r\n")[0]
    assert line.startswith("Indikator;Kommunenummer;Kommune;Periode;Første dag;Del;Vist;")
    assert "Byggjer på" in line
