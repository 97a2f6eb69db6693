"""The sheets of a workbook become readings: one of each that could be meant."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from data import dialect, layout, workbook
from data.body import Body, named
from data.finished import finished
from data.problems import Problem, at_lines
from data.reading import Choices, Limits, Reading
from data.workbook import Sheet


def readings(raw: bytes, name: str, choices: Choices, limits: Limits) -> Iterator[Reading]:
    opened = workbook.open_workbook(raw, columns=limits.columns)
    problems = opened.problems
    if not name.lower().endswith((".xlsx", ".xlsm", ".xltx")):
        problems = (*problems, Problem("workbook_by_another_name", found=_ending(name)))
    seen = tuple(sheet.seen for sheet in opened.sheets)
    hidden = tuple(
        Problem("hidden_sheet", sheet=sheet.name) for sheet in seen if sheet.hidden and sheet.rows
    )
    base = Reading(name, sheets=seen, problems=(*problems, *hidden))
    if choices.sheet is not None:
        # By its number too: that is what a sheet is called whose name is somebody's.
        wanted = [
            sheet
            for number, sheet in enumerate(opened.sheets, start=1)
            if choices.sheet in (sheet.seen.name, f"#{number}")
        ]
        if not wanted and not base.is_blocked:
            expected = "; ".join(sheet.name for sheet in seen)
            base = base.saying(Problem("unknown_sheet", found=choices.sheet, expected=expected))
    else:
        wanted = [sheet for sheet in opened.sheets if not sheet.seen.hidden and sheet.rows]
    if base.is_blocked:
        yield base
    elif not wanted:
        yield base.saying(Problem("empty"))
    for sheet in () if base.is_blocked else wanted:
        others = tuple(other for other in opened.sheets if other is not sheet)
        yield _sheet(dataclasses.replace(base, other_sheets=others), sheet, choices, limits)


def _ending(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""


def _sheet(base: Reading, sheet: Sheet, choices: Choices, limits: Limits) -> Reading:
    base = dataclasses.replace(base, sheet=sheet.seen.name)
    if sheet.formulas_without_value:
        lines = sorted({line for line, _ in sheet.formulas_without_value})
        first = min(sheet.formulas_without_value)
        facts = {"found": first[1], "sheet": sheet.seen.name}
        base = base.saying(at_lines("formula_without_value", lines, **facts))
    head = layout.headings(sheet.rows[: dialect.SAMPLE_ROWS], choices.heading_row)
    if head is None:
        return base.saying(Problem("unknown_heading_row", line=choices.heading_row))
    if len(head.names) == 1:
        return base.saying(Problem("one_column", sheet=sheet.seen.name))
    begins = sheet.rows[head.skip][0] if head.skip < len(sheet.rows) else 0
    merged = [(line, cells) for line, cells in sheet.merged if line >= begins > 0]
    if merged:
        lines, found = [line for line, _ in merged], merged[0][1]
        base = base.saying(at_lines("merged_cells", lines, sheet=sheet.seen.name, found=found))
    hidden = [line for line in sheet.hidden_rows if line >= begins > 0]
    if hidden:
        base = base.saying(at_lines("hidden_rows", hidden, sheet=sheet.seen.name))
    # A sheet has no ragged rows: a row ends where its last filled cell stands, and what stands
    # beside the table is a column without a heading.
    below = sheet.rows[head.skip :]
    width = max([len(head.names), *(len(row) for _, row in below)])
    body = Body(named(head.names, width))
    body.take((line, [*row, *[""] * (width - len(row))]) for line, row in below)
    return finished(base, head, body, (), choices, limits)
