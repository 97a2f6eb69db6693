"""The rows that must be mended, as a list to take away, mend and upload alone."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Collection, Sequence

from data import packed
from data.contract import fold
from data.problems import Problem
from data.read import Reading
from data.typed import shortened

SENTENCE_HEADINGS = {
    "nb": "hva_må_rettes",
    "nn": "kva_må_rettast",
    "en": "what_to_mend",
}
"""The column that says what is wrong with a row. It is known again, and ignored, when the mended
list is uploaded; no tool writes such a heading, so a file that has it is such a list."""

_SENTENCE_COLUMNS = frozenset(map(fold, SENTENCE_HEADINGS.values()))

# What a spreadsheet takes for a formula (OWASP, CSV injection), also behind our own apostrophes, so
# that taking one away gives back exactly what was there.
_LIVE = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = r"^'('*[=+\-@\t\r])"


def neutral(text: str | None) -> str:
    """A text as a cell that no spreadsheet runs: with an apostrophe before what looks live."""
    text = text or ""
    return f"'{text}" if _LIVE.match(text) else text


def as_csv(
    reading: Reading,
    problems: Sequence[Problem],
    lines: Collection[int],
    sentence: Callable[[Problem], str],
    language: str,
    dropped: Sequence[str] = (),
) -> bytes:
    """The rows as CSV for Norwegian Excel: what is wrong first, then the columns as they were.

    Args:
        reading: What the guard let pass, so that nothing personal is in it.
        problems: Everything that is wrong.
        lines: The rows to write, by the line of the file.
        sentence: Words a problem.
        language: Of the heading above the sentences.
        dropped: Headings of columns that are not kept: they stand empty, so that the list is
            known by the same headings as the file.
    """
    of_line: dict[int, list[Problem]] = {}
    for problem in problems:
        for line in problem.about_lines:
            of_line.setdefault(line, []).append(problem)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    beyond = [name for name in reading.columns if is_beyond_headings(name)]
    headed = [name for name in reading.columns if name not in beyond]
    gone = [name for name in dropped if not is_beyond_headings(name)]
    rows.writerow([SENTENCE_HEADINGS[language], *map(neutral, headed), *map(neutral, gone)])
    keep = reading.lines.is_in(sorted(lines))
    cells = reading.cells.filter(keep)
    for line, row in zip(reading.lines.filter(keep), cells.iter_rows(named=True), strict=True):
        said = [sentence(_of_one(problem, line, row)) for problem in of_line.get(line, ())]
        # What is too much of a row stays too much, so that it cannot be cut by being overlooked.
        more = [row[name] for name in beyond]
        while more and not more[-1]:
            more.pop()
        own = [row[name] for name in headed]
        rows.writerow([" ".join(said), *map(neutral, [*own, *([None] * len(gone)), *more])])
    return text.getvalue().encode("utf-8-sig")


def is_beyond_headings(name: str) -> bool:
    """Whether rows with too many cells have made a column, so that no heading stands above it."""
    return re.fullmatch(r"#\d+\**", name) is not None


def _of_one(problem: Problem, line: int, row: dict[str, str | None]) -> Problem:
    """The problem as it is about this row alone, with its own value where several were quoted."""
    cell = row.get(problem.column or "")
    found = problem.found
    if cell and found is not None and found.endswith("; …"):
        found = shortened(cell)
    return dataclasses.replace(problem, line=line, lines=(line,), found=found)


# -- when it comes back ------------------------------------------------------------------------


def is_list(reading: Reading) -> bool:
    """Whether a table is such a list, mended or not."""
    return any(fold(heading) in _SENTENCE_COLUMNS for heading in reading.columns)


def as_it_was(reading: Reading) -> Reading:
    """The table as it was before it became such a list; any other table as it is."""
    if not is_list(reading):
        return reading
    kept = [name for name in reading.columns if fold(name) not in _SENTENCE_COLUMNS]
    texts = dict(zip(reading.columns, reading.texts, strict=False))
    cells = reading.cells.select(kept)
    names = [re.sub(_NEUTRALISED, r"\1", name) for name in kept]
    restored = cells.select(
        packed.plain(cells[name]).str.replace(_NEUTRALISED, "$1").alias(new)
        for name, new in zip(kept, names, strict=True)
    )
    return dataclasses.replace(
        reading,
        columns=tuple(names),
        texts=tuple(texts.get(name, "") for name in kept if reading.texts),
        cells=restored,
    )
