"""The kinds of problem a file can have: codes and facts, no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Weight = Literal["stop", "ask", "tell"]
"""stop: the file must be mended. ask: it waits for an answer. tell: said, and stored so."""


@dataclass(frozen=True)
class Code:
    """One kind of problem: how much it weighs, and what it means in one line."""

    weight: Weight
    meaning: str


CODES: dict[str, Code] = {
    # -- the file as a whole -------------------------------------------------------------------
    "empty": Code("stop", "there is nothing in the file"),
    "headings_only": Code("stop", "headings, and no row below them"),
    "html": Code("stop", "a web page, perhaps named .xls or .csv"),
    "pdf": Code("stop", "a PDF"),
    "prose": Code("stop", "running text, no table"),
    "other_file": Code("stop", "some other file; found says which: word, zip, image, …"),
    "old_workbook": Code("stop", "an Excel workbook of before 2007 (.xls)"),
    "other_workbook": Code("stop", "a workbook in another format; found says which: ods, xlsb"),
    "encrypted_workbook": Code("stop", "a workbook that a password protects"),
    "broken_workbook": Code("stop", "a workbook that cannot be opened"),
    "archive_bomb": Code("stop", "a workbook that unpacks to more than is allowed"),
    "far_cell": Code("stop", "a cell far outside any table; found names it"),
    "too_big": Code("stop", "more bytes than are allowed; found and expected in MB"),
    "crowded_archive": Code("stop", "an archive with more files than are allowed"),
    "big_archive": Code(
        "stop", "an archive that unpacks to more than is allowed; found and expected in MB"
    ),
    "empty_archive": Code("stop", "an archive without any file that can be a table"),
    "locked_archive": Code("stop", "an archive that a password protects, or that is broken"),
    "too_slow": Code("stop", "reading took longer, or more memory, than is allowed"),
    "too_many_columns": Code("stop", "more columns than are allowed"),
    "too_many_lines": Code("stop", "more lines than are allowed"),
    "long_cell": Code("stop", "one cell with more text than is allowed"),
    "workbook_by_another_name": Code("tell", "a workbook whose name ends otherwise"),
    "one_column": Code("stop", "only one column was found"),
    # -- letters and cells ---------------------------------------------------------------------
    "mixed_encoding": Code("tell", "lines in another encoding than the rest, read as such"),
    "lost_letters": Code("tell", "letters that were lost before the file came here (�)"),
    "unsure_encoding": Code("ask", "letters that look wrong as read; nearest is a better reading"),
    "twice_encoded": Code(
        "stop", "letters that were encoded twice before they came here: Ã¸ for ø"
    ),
    "zero_bytes": Code("stop", "zero bytes, which no text holds: the file is damaged"),
    "control_signs": Code("tell", "signs that no keyboard writes"),
    "unreadable_encoding": Code("stop", "the bytes do not fit the encoding that was chosen"),
    "unsure_delimiter": Code("ask", "two separators fit about equally well"),
    "unclosed_quote": Code("stop", "a quotation mark opens at this line and swallows what follows"),
    "ragged_rows": Code("stop", "rows with more or fewer cells than there are headings"),
    "mended_rows": Code("stop", "rows with stray signs, read as they were most likely meant"),
    "second_table": Code("stop", "a second table begins at this line, and is not read"),
    "short_headings": Code("ask", "fewer headings than the rows have cells; found and expected"),
    "formula_without_value": Code("stop", "formula cells that hold no value"),
    "duplicate_headings": Code("tell", "headings that stand more than once, now numbered"),
    "empty_headings": Code("tell", "columns with cells but no heading, now numbered"),
    "no_headings": Code("ask", "the heading row looks like a row of values"),
    "unknown_heading_row": Code("stop", "the heading row that was chosen is not there"),
    "unknown_sheet": Code("stop", "the sheet that was chosen is not there"),
    "several_sheets": Code("ask", "several sheets hold a table; expected names them"),
    "sheet_chosen": Code("tell", "the only one of several sheets that is known; found names it"),
    "merged_cells": Code("stop", "cells merged over several rows, of which only one has the value"),
    "hidden_rows": Code("tell", "rows that the workbook hides, and that are read as all others"),
    "hidden_sheet": Code("tell", "a hidden sheet, which is not read"),
    # -- whose export it is --------------------------------------------------------------------
    "unknown_layout": Code("stop", "the headings are those of no known file; nearest is a kind"),
    "several_layouts": Code("ask", "the headings fit more than one kind or mapping"),
    "codebook": Code("stop", "SurveyXact's list of questions or of labels, without any answers"),
    "unknown_mapping": Code("stop", "no mapping of the name that was asked for"),
    "proposed_mapping": Code(
        "ask", "nobody has confirmed yet how the columns are read; found names the tool"
    ),
    "changed_mapping": Code(
        "tell",
        "a saved mapping nearly fits; nearest names it, found what is new, expected what is gone",
    ),
    "codes_without_texts": Code("tell", "codes whose texts stand in files that did not come along"),
    "missing_column": Code("stop", "a required column is not there; nearest is a heading"),
    "unknown_column": Code("tell", "a column that is no part of the contract; it is left out"),
    "misspelt_column": Code(
        "tell", "a column that is left out, and whose heading is nearly one that is not there"
    ),
    "unsure_column": Code("ask", "two columns of the file could be this one"),
    "needs_value": Code("ask", "the mapping needs a value that the file does not hold"),
    "ambiguous_dates": Code("ask", "dates that read both as day/month and as month/day"),
    # -- personal data (found is never filled) -------------------------------------------------
    "identity_number": Code("stop", "a national identity number in a column that is kept"),
    "phone_number": Code("stop", "a telephone number in a column that is kept"),
    "email_address": Code("stop", "an e-mail address in a column that is kept"),
    "personal_column": Code("stop", "a column that by its heading holds names or the like is kept"),
    "personal_heading": Code("stop", "personal data in the headings themselves"),
    "personal_file_name": Code("tell", "personal data in the file's name, which is not kept"),
    "dropped_column": Code("tell", "a column that may hold personal data and is not kept"),
    "dropped_personal_data": Code("tell", "personal data in what is dropped; it is not kept"),
    # -- cells against the contract ------------------------------------------------------------
    "missing_value": Code("stop", "an empty cell in a required column"),
    "not_a_number": Code("stop", "no number"),
    "error_value": Code("stop", "what a spreadsheet writes for a formula that fails, as #N/A"),
    "not_whole": Code("stop", "a number with decimals where a count is expected"),
    "not_a_date": Code("stop", "no date, or a day that does not exist"),
    "not_yes_or_no": Code("stop", "neither yes nor no"),
    "unknown_code": Code("stop", "none of the allowed values"),
    "own_words": Code("stop", "an answer in somebody's own words, which is never shown"),
    "not_on_scale": Code("stop", "an answer that the mapping's scale does not know"),
    "absent_question": Code("tell", "a question of the mapping that no column of the file holds"),
    "without_number": Code(
        "tell", "valid answers that are no number (Don't know); found says what"
    ),
    "unfinished_rows": Code("tell", "rows that nobody filled in to the end"),
    "without_answers": Code("tell", "rows without an answer to any question that is read"),
    "wrong_pattern": Code("stop", "a text of the wrong form; expected is the pattern"),
    "below_range": Code("stop", "a number below the least that is allowed"),
    "above_range": Code("stop", "a number above the most that is allowed"),
    "above_other": Code("stop", "a number above that of another column; expected names it"),
    "future_date": Code("stop", "a date in the future in a column about the past"),
    "before_other": Code("stop", "a date before that of another column; expected names it"),
    "half_year_before_same_day": Code("stop", "the half-year wave before its same-day wave"),
    "duplicate_key": Code("stop", "the same key on several rows"),
    "varying_value": Code("stop", "rows of one thing that do not agree about it"),
    "unknown_municipality": Code("stop", "no municipality of that name or number"),
    "unknown_reference": Code("stop", "something that is not known: a service, a wave, …"),
    "unsure_reference": Code("ask", "a name that several things share"),
    "not_your_municipality": Code("stop", "rows for a municipality that is not the uploader's"),
    "status_without_date": Code(
        "tell", "a status without the day it began; expected names the column of that day"
    ),
    "taken_key": Code("stop", "a key that is another municipality's; expected names whose"),
    "example_row": Code("tell", "the template's own example is the only row"),
    "nothing_left": Code("stop", "no row is left to store"),
}

ABOUT_ROWS = frozenset(
    {
        "ragged_rows",
        "mended_rows",
        "formula_without_value",
        "missing_value",
        "not_a_number",
        "not_whole",
        "not_a_date",
        "not_yes_or_no",
        "unknown_code",
        "not_on_scale",
        "wrong_pattern",
        "below_range",
        "above_range",
        "above_other",
        "future_date",
        "before_other",
        "half_year_before_same_day",
        "duplicate_key",
        "unknown_municipality",
        "unknown_reference",
        "unsure_reference",
        "not_your_municipality",
        "taken_key",
    }
)
"""Problems of single rows: the rows beside them are as right as they would be without them. All the
others put the whole file in doubt, so that nothing of it can be stored before they are mended."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file, as facts that a sentence can be made of.

    Attributes:
        code: Which kind of problem; one of CODES.
        line: The line of the file, counted from 1; None when it is about the whole file.
        column: The heading as it stands in the file.
        found: What stood there; never filled when it may be personal data.
        expected: What would have been right, as data (allowed codes, a format, a limit).
        nearest: The allowed value that looks most like what was found.
        lines: All lines with the same problem, when one cause makes many.
        file: The name of the file, where several are judged together.
        sheet: The sheet of a workbook.
        kind: The kind of file whose contract was not met.
        field: The contract's column, for its words in the reader's language.
        of: How many rows there were, where the problem is some of them; or how many columns.
        allowed: How many values would have been right, where `expected` may name only some.
    """

    code: str
    line: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    lines: tuple[int, ...] = ()
    file: str | None = None
    sheet: str | None = None
    kind: str | None = None
    field: str | None = None
    of: int | None = None
    allowed: int | None = None

    def __post_init__(self) -> None:
        assert self.code in CODES, self.code
        assert self.code not in PERSONAL or self.found is None, self.code

    @property
    def weight(self) -> Weight:
        return CODES[self.code].weight

    @property
    def about_lines(self) -> tuple[int, ...]:
        """The lines of the rows that it is about; none where it is about the whole file."""
        if self.code not in ABOUT_ROWS:
            return ()
        return self.lines or (() if self.line is None else (self.line,))

    @property
    def blocking(self) -> bool:
        """Whether the file cannot be stored as it is: it must be mended, or a question answered."""
        return self.weight != "tell"


PERSONAL = frozenset(
    {
        "identity_number",
        "phone_number",
        "email_address",
        "own_words",
        "personal_heading",
        "personal_file_name",
        "dropped_personal_data",
    }
)
"""Codes whose `found` stays empty, because what was found is somebody's."""


def about_columns(code: str, columns: Sequence[str], **facts: Any) -> tuple[Problem, ...]:
    """At most one problem for all the columns with the same cause; several are in `found`."""
    if not columns:
        return ()
    if len(columns) == 1:
        return (Problem(code, column=columns[0], **facts),)
    return (Problem(code, found="; ".join(columns), of=len(columns), **facts),)


def at_lines(code: str, lines: Iterable[int], **facts: Any) -> Problem:
    """One problem that stands on these lines: the first is `line`, all of them `lines`."""
    ordered = tuple(sorted(lines))
    return Problem(code, line=ordered[0] if ordered else None, lines=ordered, **facts)


def as_facts(problem: Problem) -> dict[str, Any]:
    """A problem as plain data, for the ledger: only what is known of it."""
    return {name: value for name, value in asdict(problem).items() if value not in (None, ())}


def from_facts(facts: dict[str, Any]) -> Problem:
    """The problem that `as_facts` wrote."""
    return Problem(**{**facts, "lines": tuple(facts.get("lines", ()))})
