"""The month sheet: two pages, read aloud right, kept for ever, with the numbers of the screen."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pages.documents import month as months
from pages.documents.month_sheet import month_sheet
from pages.documents.package import Wanted, package
from pages.documents.stamp import stamp
from pages.text import cells, in_language
from queries.ask import ask
from queries.cards import load_all


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree, each before those in it."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.fixture(scope="module")
def content(file: Callable[[str, str], bytes]) -> bytes:
    return file("manedsark", "pdf")


@pytest.fixture(scope="module")
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tree(pdf: pikepdf.Pdf) -> list[Any]:
    return list(elements(pdf.Root.StructTreeRoot.K))


def test_it_says_that_it_can_be_read_aloud_and_kept(pdf: pikepdf.Pdf) -> None:
    facts = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in facts
    assert "<pdfaid:part>2</pdfaid:part>" in facts
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in facts
    assert "Månedsark: Alle kommuner, oktober 2026" in facts
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.Root.Lang) == "nb-NO"


def test_it_is_two_pages_of_a4(pdf: pikepdf.Pdf) -> None:
    sizes = [[round(float(each)) for each in page.mediabox] for page in pdf.pages]
    assert sizes == [[0, 0, 595, 842]] * 2


def test_headings_follow_each_other_and_none_is_skipped(tree: list[Any]) -> None:
    levels = [int(str(each.S)[2:]) for each in tree if str(each.S) in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3} <= set(levels)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_drawing_has_its_words(tree: list[Any], wanted: Wanted) -> None:
    told = [str(each.get("/Alt", "")) for each in tree if str(each.S) == "/Figure"]
    assert all(told)
    attention = [slide.chart for slide in wanted.programme.slides if slide.part == "attention"]
    for chart in attention:
        assert chart is None or chart.alt in told


def test_every_table_has_cells_that_name_its_columns(tree: list[Any]) -> None:
    tables = [each for each in tree if str(each.S) == "/Table"]
    assert tables
    for table in tables:
        sorts = Counter(str(each.S) for each in elements(table.K))
        assert sorts["/TR"] > 1
        heads = [each for each in elements(table.K) if str(each.S) == "/TH"]
        assert len(heads) >= 3
        assert {str(each.A[0].Scope) for each in heads} == {"/Column", "/Row"}


def rows_without_head(tree: list[Any]) -> int:
    """Rows whose first cell does not name them, or whose other cells do not say that it does."""
    lacking = 0
    for row in (each for each in tree if str(each.S) == "/TR"):
        first, *others = row.K
        is_own = str(first.S) == "/TH" and str(first.A[0].Scope) == "/Row"
        is_head = {str(each.S) for each in row.K} == {"/TH"} and not is_own
        told = all(first.get("/ID") in list(each.A[0].Headers) for each in others)
        lacking += not (is_head or (is_own and told))
    return lacking


def test_every_row_has_a_cell_that_names_it_and_is_found_by_its_name(
    pdf: pikepdf.Pdf, tree: list[Any], content: bytes
) -> None:
    assert rows_without_head(tree) == 0
    names = pdf.Root.StructTreeRoot.IDTree.Names
    listed = {bytes(name): element for name, element in zip(names[::2], names[1::2], strict=True)}
    assert list(listed) == sorted(listed)
    heads = [each for each in tree if str(each.S) == "/TH"]
    assert {bytes(each.ID) for each in heads} == set(listed)
    assert pdf.check_pdf_syntax() == []
    # A row that lost its head is noticed.
    with pikepdf.open(io.BytesIO(content)) as other:
        rows = list(elements(other.Root.StructTreeRoot.K))
        next(each for each in rows if str(each.get("/ID", "")).startswith("V")).S = pikepdf.Name.TD
        assert rows_without_head(rows) == 1


def test_the_one_typeface_is_inside_it(pdf: pikepdf.Pdf) -> None:
    names = {
        str(font.BaseFont).partition("+")[2]
        for page in pdf.pages
        for font in page.resources["/Font"].values()
    }
    assert names
    assert all(name.startswith("SourceSansPro") for name in names)


def test_the_same_release_gives_the_same_bytes(content: bytes, wanted: Wanted) -> None:
    (again,) = package(wanted, ["pdf"]).values()
    assert again == content


def lacking(text: str, folder: Path, municipality: str, letters: Callable[[str], str]) -> list[str]:
    """The indicators whose title or value, as the screen shows them, a text lacks."""
    rows = ask(
        "matrix", store=folder, release=1, municipality=municipality, month="2026-10-01"
    ).to_dicts()
    cards = load_all()
    assert len(rows) > 8
    return [
        row["indicator"]
        for row in rows
        if letters(
            cells.words(cards[row["indicator"]], "title")
            + cells.shown_text(row, cards[row["indicator"]])
        )
        not in text
    ]


@pytest.mark.parametrize("municipality", ["cooperation", "3439"])
def test_every_number_of_the_screen_stands_in_it(
    municipality: str,
    small_release: Path,
    want: Callable[..., Wanted],
    text_of: Callable[[bytes], str],
    letters: Callable[[str], str],
) -> None:
    wanted = want(small_release, municipality)
    (content,) = package(wanted, ["pdf"]).values()
    text = text_of(content)
    assert lacking(text, small_release, municipality, letters) == []
    # On both pages: which month, locked when, from which release and with which content.
    assert text.count(letters(stamp(wanted.programme))) == 2
    assert letters("Eksempeldata – tallene er oppdiktet") in text
    # A wrong number is noticed: of another municipality most are.
    assert len(lacking(text, small_release, "3405", letters)) > 2


def test_it_speaks_the_chosen_language(
    want: Callable[..., Wanted], small_release: Path, text_of: Callable[[bytes], str]
) -> None:
    with in_language("nn"):
        (content,) = package(want(small_release), ["pdf"]).values()
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.Root.Lang) == "nn-NO"
    assert "Månadsark:Allekommunar,oktober2026" in text_of(content)


def test_what_people_wrote_is_text_and_never_markup(
    want: Callable[..., Wanted],
    tables: dict[str, list[dict[str, Any]]],
    released: Callable[[dict[str, list[dict[str, Any]]]], Path],
    text_of: Callable[[bytes], str],
    letters: Callable[[str], str],
) -> None:
    name = '#strong[x] *y* $z$ `w` @a "b" \\c <d> [e]'
    tables["municipalities"][3]["name"] = name
    wanted = want(released(tables), tables["municipalities"][3]["municipality_id"])
    content = month_sheet(wanted.programme, months.read(wanted.reading(wanted.municipality)))
    assert letters(f"Månedsark: {name}") in text_of(content)
