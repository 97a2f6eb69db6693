"""A small table, and files that hold it with one thing wrong in each, as the Pollock survey found.

After the kinds of pollution in Vitagliano et al. (2023), "Pollock: A Data Loading Benchmark":
separators too many or too few, stray quotation marks, another separator in one row, other dialects,
headings and tables where none are expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Cell = tuple[str, bool]
"""A text, and whether it is written with quotation marks around it."""

TABLE: tuple[tuple[Cell, ...], ...] = (
    (("dato", False), ("tid", False), ("antall", False), ("type", False), ("omtale", True),
     ("lenke", True), ("merknad", False)),
    (("28/01/2018", False), ("10:15", False), ("2", False), ("Kurs på kveld", False),
     ("Et kurs for alle, med pause og kaffe.", True), ("https://eks.no/a/1", True), ("", False)),
    (("29/01/2018", False), ("10:30", False), ("0", False), ("Møte, lite", True),
     ("Vi møtes, snakker og skriver.", True), ("https://eks.no/a/2", True), ("", False)),
    (("30/01/2018", False), ("11:45", False), ("12", False), ('Skjerm, 24"', True),
     ("En skjerm som henger på veggen.", True), ("https://eks.no/a/3", True), ("", False)),
    (("31/01/2018", False), ("09:00", False), ("7", False), ("Kafé", False),
     ("Åpent for alle, hver onsdag.", True), ("https://eks.no/a/4", True), ("", False)),
    (("13/02/2018", False), ("08:05", False), ("1", False), ("Fotball ute", False),
     ('Målet er 5" bredt, og det er nok.', True), ("https://eks.no/a/5", True), ("", False)),
)  # fmt: skip

CELLS = [[text for text, _ in row] for row in TABLE]

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Polluted:
    """A file, what is wrong with it, and the rows it holds: those of a clean file."""

    name: str
    text: str
    rows: list[list[str]]


def written(
    rows: Rows = TABLE,
    *,
    sign: str = ",",
    escape: str = '"',
    end: str = "\r\n",
    without: tuple[int, int] | None = None,
    stray: tuple[int, int] | None = None,
    spaced: int | None = None,
) -> str:
    """The table as text.

    Args:
        without: The row, and the cell that no separator follows.
        stray: The row, and the cell whose text begins with a quotation mark that nothing marks.
        spaced: The row whose cells stand apart by spaces.
    """
    lines = []
    for number, row in enumerate(rows):
        line = ""
        for place, (text, is_quoted) in enumerate(row):
            inside = text.replace('"', f'{escape}"')
            if stray == (number, place):
                inside = f'"{inside}'
            line += f'"{inside}"' if is_quoted else inside
            if place < len(row) - 1 and without != (number, place):
                line += " " if spaced == number else sign
        lines.append(line + end)
    return "".join(lines)


def _with_empty(row: int, place: int) -> Rows:
    cells = TABLE[row]
    more = (*cells[:place], ("", False), *cells[place:])
    return (*TABLE[:row], more, *TABLE[row + 1 :])


def files() -> Iterator[Polluted]:
    """Every file, with the damage at every row and every cell."""
    title = (("Kurs i 2018", False), *[("", False)] * 6)
    blank = (("", False),) * 7
    yield Polluted("clean", written(), CELLS)
    yield Polluted("no_last_line_end", written().rstrip(), CELLS)
    yield Polluted("two_last_line_ends", written() + "\r\n", CELLS)
    yield Polluted("no_headings", written(TABLE[1:]), CELLS[1:])
    yield Polluted("headings_only", written(TABLE[:1]), CELLS[:1])
    yield Polluted("one_row", written(TABLE[:2]), CELLS[:2])
    yield Polluted("preamble", written((title, blank, *TABLE)), CELLS)
    yield Polluted("twice", written(TABLE + TABLE), CELLS)
    yield Polluted("narrow_table_below", written() + written(tuple(r[:6] for r in TABLE)), CELLS)
    wide = tuple((*row, ("fler" if row is TABLE[0] else "", False)) for row in TABLE)
    yield Polluted("wide_table_below", written(TABLE + wide), CELLS)
    for sign in (";", "\t", "|", ", "):
        yield Polluted(f"separator_{sign!r}", written(sign=sign), CELLS)
    for end in ("\n", "\r"):
        yield Polluted(f"end_{end!r}", written(end=end), CELLS)
    yield Polluted("escape_backslash", written(escape="\\"), CELLS)
    yield Polluted("escape_none", written(escape=""), CELLS)
    for row in range(len(TABLE)):
        yield Polluted(f"spaces_{row}", written(spaced=row), CELLS)
        for place in range(7):
            stray = [list(cells) for cells in CELLS]
            stray[row][place] = '"' + stray[row][place]
            yield Polluted(f"stray_{row}_{place}", written(stray=(row, place)), stray)
            yield Polluted(f"more_{row}_{place}", written(_with_empty(row, place)), CELLS)
            if place < 6:
                yield Polluted(f"less_{row}_{place}", written(without=(row, place)), CELLS)
