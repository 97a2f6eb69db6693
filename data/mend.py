"""Rows that a stray sign damaged are read as they can only have been meant, and each is told."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from data import parse
from data.cuts import MOST_DAMAGE, NO_SEPARATOR, Cuts
from data.dialect import DELIMITERS, Dialect, unescaped
from data.layout import Record

if TYPE_CHECKING:
    from _csv import Reader

MOST_LOOKED_AT = 1_000
"""Damaged rows that are looked at: a file with more of them is no table with damaged rows."""

MOST_STEPS = 300_000
"""Steps taken in a file to weigh how lines can be cut: about a second."""

_ENOUGH = 3
"""Rows that show what a table looks like: two may agree by chance."""

_LOOKED_AT = 100
"""Rows whose shapes are counted."""

_NO_TITLE = 4
"""So many words of a title seldom look like the cells of a row, each in its column."""

_CLEARLY = 0.5
"""How much better a reading must fit the columns than the next one: half a column."""


class Row(NamedTuple):
    """A record, the line it begins on, and whether it is read otherwise than it is written."""

    line: int
    cells: list[str]
    is_mended: bool = False


@dataclass(frozen=True)
class Columns:
    """What the sound rows of a table look like, column by column.

    Attributes:
        width: How many cells a sound row has.
        sound: Some sound rows, without the headings.
    """

    width: int
    sound: tuple[Sequence[str], ...] = ()

    # Counted when the first damaged row is met: most files have none.
    @cached_property
    def shares(self) -> tuple[dict[str, float], ...]:
        """For each column the share of each shape of cell; empty when too few rows say."""
        if len(self.sound) < _ENOUGH:
            return ()
        counted = [
            Counter(shape(cell) for cell in column) for column in zip(*self.sound, strict=True)
        ]
        return tuple(
            {form: n / len(self.sound) for form, n in column.items()} for column in counted
        )

    def fit(self, cells: Sequence[str]) -> float:
        """How many columns the cells look at home in."""
        return sum(
            share.get(shape(cell), 0.0) for share, cell in zip(self.shares, cells, strict=True)
        )


def columns(top: Sequence[Record]) -> Columns | None:
    """What most rows look like; None where no width is that of half the rows, or of three."""
    rows = [row for _, row in top if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if count < _ENOUGH or count * 2 < len(rows):
        return None
    sound = tuple(row for row in rows[1:] if len(row) == width)
    return Columns(width, sound[:_LOOKED_AT])


_RUN = re.compile(r"(?P<digits>\d+)|(?P<letters>[^\W\d_]+)")


def shape(cell: str) -> str:
    """The form of a cell: "" for none, "9" for a number, "a a" for text, else signs and runs."""
    text = cell.strip()
    if not text:
        return ""
    if re.fullmatch(parse.NUMBER, text):
        return "9"
    form = _RUN.sub(lambda run: "9" if run.group("digits") else "a", text[:40])
    return "a a" if "a" in form and " " in form else form[:12]


def rows(text: str, dialect: Dialect, usual: Columns | None) -> Iterator[Row]:
    """All rows of a text: the well-written as they are, the damaged mended where that is sure."""
    lines = io.StringIO(unescaped(text, dialect), newline="").readlines()
    mending = None if usual is None else _Mending(dialect, usual)
    at = broken = 0
    while at < len(lines):
        # After so many broken rows the file is told of in any case, and must not take all day.
        reader = _reader(lines, at, dialect, strict=broken < MOST_LOOKED_AT)
        begins = at
        try:
            for cells in reader:
                after = at + reader.line_num
                meant = mending.meant(lines[begins], cells, after - begins) if mending else None
                if meant is None:
                    yield Row(begins + 1, cells)
                    begins = after
                    continue
                # Excel and others end rows with separators that nothing stands between.
                yield Row(begins + 1, meant, is_mended=meant != cells[: len(meant)])
                begins += 1
                if begins < after:  # it was one line, and the next ones are rows of their own
                    break
            at = begins
        except csv.Error:
            # The reader stands somewhere behind the damage, so it begins anew after this record.
            broken += 1
            meant = mending.of_broken(lines[begins]) if mending else None
            if meant is not None:
                yield Row(begins + 1, meant, is_mended=True)
                at = begins + 1
            else:
                lenient = _reader(lines, begins, dialect, strict=False)
                yield Row(begins + 1, next(lenient), is_mended=True)
                at = begins + lenient.line_num


def _reader(lines: list[str], at: int, dialect: Dialect, *, strict: bool) -> Reader:
    return csv.reader(
        (lines[number] for number in range(at, len(lines))),
        strict=strict,
        **dialect.for_csv(),
    )


def swallows_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether lines inside a quoted cell look like rows, so that the quote was never closed."""
    if delimiter not in cell:
        return False
    inside = re.split("\r\n|\r|\n", cell)[1:]
    like_rows = sum(1 for line in inside if line.count(delimiter) >= width - 1)
    # Of two columns a row has one separator, which any line of text may have too.
    return like_rows >= (1 if width > 2 else 3)


class _Mending:
    """What rows of one file were meant to hold; it stops looking when there are too many."""

    def __init__(self, dialect: Dialect, usual: Columns) -> None:
        self.dialect, self.usual = dialect, usual
        self._rows_left = MOST_LOOKED_AT
        self._steps_left = MOST_STEPS
        self._is_first = True

    def meant(self, raw: str, cells: list[str], lines: int) -> list[str] | None:
        """The cells of the one line that begins a record; None where there is nothing to mend.

        Args:
            raw: The first line of the record.
            cells: The record as it is written, which may go over more lines.
            lines: How many.
        """
        if not self._is_suspect(raw, cells, lines) or self._rows_left == 0:
            self._is_first &= len(cells) != self.usual.width
            return None
        self._rows_left -= 1
        width = self.usual.width
        if len(cells) <= width or lines > 1 or self._odd_marks(raw, cells):
            meant = self._by_least_damage(raw, most=NO_SEPARATOR if lines == 1 else MOST_DAMAGE)
            if meant is not None or lines > 1:
                return meant
        if len(cells) == width + 1:
            return self._without_one_sign(cells)
        if len(cells) < width:
            return _by_another_sign(raw, self.dialect, self.usual)
        return None

    def of_broken(self, raw: str) -> list[str] | None:
        """The cells of a line whose quotation marks are not those of a well-written row."""
        if self._rows_left == 0:
            return None
        self._rows_left -= 1
        return self._by_least_damage(raw)

    def _is_suspect(self, raw: str, cells: list[str], lines: int) -> bool:
        width = self.usual.width
        if len(cells) != width:
            return any(cells)
        if lines > 1:
            return False
        # Quotation marks in the middle of two cells may be those of one, whose separator is gone.
        return self._odd_marks(raw, cells) > 1

    def _odd_marks(self, raw: str, cells: list[str]) -> int:
        """How many cells without quotes around them hold an odd number of quotation marks."""
        mark = self.dialect.quote
        # Most rows have none within their cells, which is seen at once when the cells are one text.
        if not mark or raw.count(mark) < 2 or mark not in "".join(cells):
            return 0
        return sum(1 for cell in cells if cell.count(mark) % 2 and cell in raw)

    def _without_one_sign(self, cells: list[str]) -> list[str] | None:
        """A row with one cell too many: a separator made an empty cell, or cut a text in two."""
        without = [
            [*cells[:number], *cells[number + 1 :]]
            for number, cell in enumerate(cells)
            if not cell.strip()
        ]
        if self._is_first:
            # Above the headings there is nothing to compare with, but they are seldom empty.
            different = set(map(tuple, without))
            return without[0] if len(different) == 1 and not _has_values(cells) else None
        joined = [
            [*cells[:number], f"{left}{self.dialect.delimiter}{right}", *cells[number + 2 :]]
            for number, (left, right) in enumerate(pairwise(cells))
            if left.strip() and right.strip()
        ]
        return _clearly_best([*without, *joined], self.usual) if self.usual.shares else None

    def _by_least_damage(self, raw: str, most: float = MOST_DAMAGE) -> list[str] | None:
        """The cells of one line when it is cut into the usual number with the least damage.

        Every way to cut the line is weighed: a quotation mark too many or too few and a separator
        that is missing count as damage. None when two ways are as good, or none is good.
        """
        line, mark = raw.rstrip("\r\n"), self.dialect.quote
        if mark is None or mark not in line or self.dialect.escape or self.dialect.skips_spaces:
            return None
        marks = line.count(mark)
        signs = marks + line.count(self.dialect.delimiter)
        self._steps_left -= len(line) + signs * marks * self.usual.width
        if self._steps_left < 0:
            self._rows_left = 0
            return None
        cuts = Cuts(line, self.dialect.delimiter, mark, self.usual.width)
        return _clearly_best(cuts.best(most), self.usual)


def _has_values(cells: Sequence[str]) -> bool:
    return any(shape(cell).strip("9./:-T") == "" for cell in cells if cell.strip())


def _clearly_best(found: Sequence[list[str]], usual: Columns) -> list[str] | None:
    different = [list(cells) for cells in dict.fromkeys(map(tuple, found))]
    if len(different) == 1:
        return different[0]
    if not different or not usual.shares:
        return None
    ranked = sorted(different, key=usual.fit, reverse=True)
    return ranked[0] if usual.fit(ranked[0]) - usual.fit(ranked[1]) >= _CLEARLY else None


def _by_another_sign(raw: str, dialect: Dialect, usual: Columns) -> list[str] | None:
    """A row that another sign separates than the rest of the file."""
    line = raw.rstrip("\r\n")
    for sign in (*DELIMITERS, " "):
        if sign == dialect.delimiter or line.count(sign) < usual.width - 1:
            continue
        try:
            (cells,) = csv.reader([line], delimiter=sign, quotechar=dialect.quote, strict=True)
        except (csv.Error, ValueError):
            continue
        if sign == " ":
            return _by_spaces(line, cells, dialect, usual)
        if len(cells) == usual.width:
            return cells
    return None


def _by_spaces(line: str, cells: list[str], dialect: Dialect, usual: Columns) -> list[str] | None:
    """Cells apart by spaces, of which one may be a text with spaces of its own.

    Words are apart by spaces too, so the row must look like the others, or hold quoted cells.
    """
    more = len(cells) - usual.width
    if usual.width < _NO_TITLE or more < 0:
        return None
    if more == 0 and dialect.quote and f" {dialect.quote}" in line:
        return cells
    if not usual.shares:
        return None
    best = _clearly_best(
        [
            [*cells[:start], " ".join(cells[start : start + more + 1]), *cells[start + more + 1 :]]
            for start in range(usual.width)
        ],
        usual,
    )
    return best if best is not None and usual.fit(best) >= 0.75 * usual.width else None
