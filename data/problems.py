"""The kinds of problem a file can have: codes and facts, no sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, as facts that a sentence can be made of.

    Attributes:
        code: Which kind of problem; one of CODES.
        line: The line of the file, counted from 1; None when it is about the whole file.
        column: The heading as it stands in the file.
        found: What stood there; never filled when it may be personal data.
        expected: What would have been right, as data (an allowed value, a format, a limit).
        nearest: The allowed value that looks most like what was found.
        lines: All lines with the same problem, when one cause makes many.
        sheet: The sheet of a workbook.
    """

    code: str
    line: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    lines: tuple[int, ...] = ()
    sheet: str | None = None

    @property
    def is_blocking(self) -> bool:
        """Whether the file cannot be stored as it is."""
        return CODES[self.code]


# Every code and whether it stops the file from being stored.
CODES: dict[str, bool] = {}
