"""What a file was understood as: one table of text cells, and what somebody said of it before."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data.layout import LeftOut
from data.parse import Order
from data.problems import Problem
from data.workbook import Sheet, SheetSeen


@dataclass(frozen=True)
class Choices:
    """What the uploader said instead of what was judged; each is None or empty until then.

    Attributes:
        heading_row: The line of the headings; 0 when the file has none.
        put_back: Lines that were left out and are values after all.
        leave_out: Lines that the uploader leaves out.
        dates: How dates with slashes are read.
        values: What the file lacks and a mapping asks for, by the mapping's name for it.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int | None = None
    put_back: tuple[int, ...] = ()
    leave_out: tuple[int, ...] = ()
    dates: Order | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """What is refused in a sentence before it can hurt anybody.

    Attributes:
        bytes: FORANKRING_UPLOAD_MB; the default is its default.
        lines: A million answers are the most that is promised; twice as many short lines would be
            read for longer than anybody waits.
        columns: The widest real export known (Jira) has 300.
        cell: Characters. Excel itself stops at 32,767; three times that is a document, no cell.
    """

    bytes: int = 50_000_000
    lines: int = 1_500_000
    columns: int = 1_000
    cell: int = 100_000


AS_JUDGED = Choices()
USUAL = Limits()


@dataclass(frozen=True)
class Reading:
    """One table of text cells, as it was understood, before anything is judged about its content.

    Attributes:
        encoding: "utf-8", "utf-8-sig", "windows-1252", "utf-16-le", …; None for a workbook.
        delimiter, quote: How cells were separated and quoted; None for a workbook.
        sheet: The sheet it stands on; None for a text file.
        sheets: All sheets of the workbook.
        heading_row: The line of the headings, counted from 1; None when there are none.
        columns: The headings, made unique.
        texts: What a second heading row says of each column; empty without one.
        cells: Named as `columns`, null where the cell is absent or empty; String, or in a big file
            what repeats few texts packed (see `packed`).
        lines: Int32, the line of the file each row begins on.
        left_out: Rows that are no values, each with a reason.
        problems: What is wrong, or must be asked or said, so far.
    """

    name: str
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    sheet: str | None = None
    sheets: tuple[SheetSeen, ...] = ()
    heading_row: int | None = None
    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    # Cells may be anybody's until the guard has seen them, so they are in no printed form.
    cells: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)
    lines: pl.Series = field(default_factory=lambda: pl.Series("line", [], pl.Int32), repr=False)
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    # The workbook's other sheets, for the guard's eyes only: it takes them away.
    other_sheets: tuple[Sheet, ...] = field(default=(), repr=False)

    @property
    def is_blocked(self) -> bool:
        """Whether the reading itself already stops the file."""
        return any(problem.blocking for problem in self.problems)

    def saying(self, *problems: Problem) -> Reading:
        """The same reading with more to be said of it."""
        return dataclasses.replace(self, problems=(*self.problems, *problems))
