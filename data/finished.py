"""Rows below headings become a reading, without those that are no values, with what that tells."""

from __future__ import annotations

import dataclasses

import polars as pl

from data import layout, packed
from data.body import Body
from data.layout import LeftOut
from data.problems import Problem, at_lines
from data.reading import Choices, Limits, Reading


def finished(
    understood: Reading,
    head: layout.Headings,
    body: Body,
    left_out: tuple[LeftOut, ...],
    choices: Choices,
    limits: Limits,
) -> Reading:
    """The reading with its rows, without those that are no values, and with what that tells."""
    sheet = understood.sheet
    problems: list[Problem] = []
    cells, lines = body.cells, body.lines
    names = body.names
    if len(names) > limits.columns:
        found, expected = str(len(names)), str(limits.columns)
        wide = Problem("too_many_columns", found=found, expected=expected, sheet=sheet)
        return understood.saying(wide)
    too_long = _long_cell(cells, lines, limits.cell)
    if too_long is not None:
        return understood.saying(too_long)
    # Columns with neither heading nor cells are what a spreadsheet leaves behind.
    bare = (*head.empty, *body.given[len(head.names) :])
    hollow = [name for name in bare if cells[name].null_count() == cells.height]
    cells = cells.drop(hollow)
    texts = tuple(
        text for name, text in zip(head.names, head.texts, strict=False) if name not in hollow
    )
    names = tuple(cells.columns)
    # A row that is too long makes columns that are told of with the row.
    unheaded = {*head.empty, *body.given} - (set(head.names) - set(head.empty))
    empty = [name for name in names if name in unheaded]

    aside = layout.rows_that_are_no_values(cells, lines)
    put_back = set(choices.put_back)
    chosen = set(lines.filter(lines.is_in(list(choices.leave_out))).to_list())
    aside = tuple(
        one for one in aside if one.line not in put_back and one.line not in chosen
    ) + tuple(LeftOut(line, "chosen") for line in sorted(chosen))
    again = body.second_table or _table_once_more(cells, lines, aside)
    if again is not None:
        problems.append(Problem("second_table", again, sheet=sheet))
        cells, lines = cells.filter(lines < again), lines.filter(lines < again)
        aside = tuple(one for one in aside if one.line < again)
    gone = {one.line for one in aside}
    total = cells.height
    if gone:
        keep = ~lines.is_in(list(gone))
        cells, lines = cells.filter(keep), lines.filter(keep)
        # A blank last row is how most files end; only one between values is worth a word.
        last = lines[-1] if lines.len() else 0
        aside = tuple(one for one in aside if one.why != "blank_row" or one.line < last)

    problems += [Problem("unclosed_quote", line=line) for line in body.swallowing]
    told = gone | set(body.swallowing)
    mended = [line for line in body.mended if line not in told]
    told |= set(mended)
    ragged = [line for line in body.ragged if line not in told]
    if mended:
        problems.append(at_lines("mended_rows", mended, sheet=sheet, of=total))
    if ragged:
        expected = str(len(head.names))
        problems.append(at_lines("ragged_rows", ragged, expected=expected, sheet=sheet, of=total))
    if head.duplicates:
        found = "; ".join(head.duplicates)
        problems.append(Problem("duplicate_headings", head.line, found=found, sheet=sheet))
    if empty:
        found = "; ".join(empty)
        problems.append(Problem("empty_headings", head.line, found=found, sheet=sheet))
    if head.looks_like_values:
        problems.append(Problem("no_headings", head.first_line, sheet=sheet))
    if cells.height == 0:
        problems.append(Problem("headings_only", head.line, sheet=sheet))
    return dataclasses.replace(
        understood.saying(*problems),
        heading_row=head.line,
        columns=names,
        texts=texts,
        cells=cells,
        lines=lines,
        left_out=tuple(sorted((*left_out, *head.left_out, *aside), key=lambda one: one.line)),
    )


def _table_once_more(
    cells: pl.DataFrame, lines: pl.Series, aside: tuple[LeftOut, ...]
) -> int | None:
    """The line where the headings stand again above nothing but rows that stood above: a copy."""
    again = next((one.line for one in aside if one.why == "repeated_heading"), None)
    if again is None:
        return None
    others = ~lines.is_in([one.line for one in aside])
    above, below = cells.filter(others & (lines < again)), cells.filter(others & (lines > again))
    new = below.join(above, on=cells.columns, how="anti", nulls_equal=True)
    return again if below.height and not new.height else None


def _long_cell(cells: pl.DataFrame, lines: pl.Series, limit: int) -> Problem | None:
    for name in cells.columns:
        # Bytes first: they are counted without looking at the letters, and are never fewer.
        longest = packed.different(cells[name]).str.len_bytes().max()
        if not isinstance(longest, int) or longest <= limit:
            continue
        length = packed.plain(cells[name]).str.len_chars()
        longest = length.max()
        if isinstance(longest, int) and longest > limit:
            row = length.arg_max()
            assert row is not None
            return Problem(
                "long_cell", line=lines[row], column=name, found=str(longest), expected=str(limit)
            )
    return None
