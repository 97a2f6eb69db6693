"""Bytes become a table of text cells, with everything that was understood and all that was not."""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile

import polars as pl

from data import columnar, dialect, encoding, filetype, layout, mend, workbook
from data.body import Body, named
from data.layout import LeftOut
from data.parse import Order
from data.problems import Problem, at_lines
from data.workbook import Sheet, SheetSeen

__all__ = ["Choices", "LeftOut", "Limits", "Reading", "SheetSeen", "read", "readings"]


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
        cells: All String, named as `columns`; null where the cell is absent or empty.
        lines: Int64, the line of the file each row begins on.
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
    lines: pl.Series = field(default_factory=lambda: pl.Series("line", [], pl.Int64), repr=False)
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    # The workbook's other sheets, for the guard's eyes only: it takes them away.
    other_sheets: tuple[Sheet, ...] = field(default=(), repr=False)

    @property
    def is_blocked(self) -> bool:
        """Whether the reading itself already stops the file."""
        return any(problem.blocking for problem in self.problems)


def read(raw: bytes, name: str, *, choices: Choices = AS_JUDGED, limits: Limits = USUAL) -> Reading:
    """The table in a file; of a workbook the chosen sheet, or the first that holds a table.

    Never raises for a bad file: what is wrong with it is in `problems`. Several sheets with tables
    and no choice are a problem "several_sheets", which asks.
    """
    found = readings(raw, name, choices=choices, limits=limits)
    if len(found) == 1:
        return found[0]
    first = found[0]
    names = "; ".join(reading.sheet or "" for reading in found)
    asked = Problem("several_sheets", expected=names, sheet=first.sheet)
    return _with(first, asked)


def readings(
    raw: bytes, name: str, *, choices: Choices = AS_JUDGED, limits: Limits = USUAL
) -> tuple[Reading, ...]:
    """Every table in a file that could be meant: one of a text file, of a workbook one per sheet.

    Hidden sheets are named in `sheets` and never read as the table unless they are chosen.
    """
    if len(raw) > limits.bytes:
        found, expected = _megabytes(len(raw)), _megabytes(limits.bytes)
        return (Reading(name, problems=(Problem("too_big", found=found, expected=expected),)),)
    refused = filetype.refusal(raw)
    if refused is not None:
        return (Reading(name, problems=(refused,)),)
    if filetype.is_workbook(raw):
        return tuple(_workbook(raw, name, choices, limits))
    return (_text(raw, name, choices, limits),)


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}".removesuffix(".0")


# -- text --------------------------------------------------------------------------------------


def _text(raw: bytes, name: str, choices: Choices, limits: Limits) -> Reading:
    # Some programs end a file with the sign that ended files in MS-DOS.
    raw = raw.removesuffix(b"\x1a")
    if choices.encoding is None and encoding.is_binary(raw):
        return Reading(name, problems=(Problem("other_file", found="binary"),))
    decoded = encoding.decode(raw, choices.encoding)
    if decoded.encoding.startswith(("utf-16", "utf-32")):
        # What the file begins with can only be seen now.
        refused = filetype.refusal(decoded.text[:4096].encode("utf-8", "surrogatepass"))
        if refused is not None:
            return Reading(name, problems=(refused,))
    understood = Reading(name, encoding=decoded.encoding, problems=decoded.problems)
    lines = max(decoded.text.count("\n"), decoded.text.count("\r"))
    if lines > limits.lines:
        found, expected = str(lines), str(limits.lines)
        return _with(understood, Problem("too_many_lines", found=found, expected=expected))
    if not decoded.text.strip("\ufeff \t\r\n\x00"):
        return _with(understood, Problem("empty"))
    told = dialect.separator_line(decoded.text)
    begin = 0
    left_out: tuple[LeftOut, ...] = ()
    if told is not None:
        begin = _end_of_line(decoded.text)
        left_out = (LeftOut(1, "separator_line", decoded.text[:begin].strip()),)
    text = decoded.text[begin:]
    judged = dialect.judge(text, choices.delimiter or told)
    understood = dataclasses.replace(
        _with(understood, *judged.problems),
        delimiter=judged.dialect.delimiter,
        quote=judged.dialect.quote,
    )
    if _is_prose(text, judged):
        return _with(understood, Problem("prose"))
    if judged.is_one_column:
        return _with(understood, Problem("one_column"))
    offset = 1 if told is not None else 0
    usual = mend.columns(_beginning(text, judged.dialect, offset))
    top = _beginning(text, judged.dialect, offset, usual)
    head = layout.headings(top, choices.heading_row)
    if head is None:
        return _with(understood, Problem("unknown_heading_row", line=choices.heading_row))
    is_short = usual is not None and head.line is not None and len(head.names) < usual.width
    names = named(head.names, usual.width) if usual is not None and is_short else head.names
    body = None
    if not is_short and len(raw) >= columnar.LEAST_BYTES:
        is_as_it_lies = decoded.encoding in ("utf-8", "utf-8-sig") and not decoded.problems
        lying = raw if is_as_it_lies else decoded.text.encode("utf-8", "surrogatepass")
        # The text of a big file is as big again; should it be needed after all, it is made anew.
        del decoded, text
        body = _columnar(lying, judged.dialect, top, head)
        text = "" if body else encoding.decode(raw, choices.encoding).text[begin:]
        del lying
    if body is None:
        body = _body(text, judged.dialect, usual, names, head.skip, offset, limits)
    if is_short and choices.heading_row is None:
        found, expected = str(len(head.names)), str(len(names))
        asked = Problem("short_headings", head.line, found=found, expected=expected)
        understood = _with(understood, asked)
    return _finished(understood, head, body, left_out, choices, limits)


def _body(
    text: str,
    used: dialect.Dialect,
    usual: mend.Columns | None,
    names: tuple[str, ...],
    skip: int,
    offset: int,
    limits: Limits,
) -> Body:
    """The rows below the headings, up to a second table."""

    def gathered(ends: int | None = None) -> Body:
        body = Body(names, used.delimiter, limits.columns)
        records = _records(mend.rows(text, used, usual), offset, body.mended)
        if ends is not None:
            records = takewhile(lambda record: record[0] < ends, records)
        body.take(islice(records, skip, None))
        return body

    body = gathered()
    # A second table shows itself by rows of another width; most files have none to look at.
    if usual is None or not (body.ragged or body.mended):
        return body
    plain = islice(dialect.records(text, used), skip, None)
    begins = layout.second_table(plain, usual.width)
    if begins is not None:
        body = gathered(begins + offset)
        body.second_table = begins + offset
    return body


def _records(rows: Iterator[mend.Row], offset: int, mended: list[int]) -> Iterator[layout.Record]:
    """The rows as records; the lines of those that were mended are added to the list."""
    for row in rows:
        if row.is_mended:
            mended.append(row.line + offset)
        yield row.line + offset, row.cells


def _beginning(
    text: str, used: dialect.Dialect, offset: int, usual: mend.Columns | None = None
) -> list[layout.Record]:
    """The first records: of a big file those of its beginning, where the last one may be cut."""
    beginning = text[: 5 * dialect.SAMPLE_CHARACTERS]
    rows = mend.rows(beginning, used, usual)
    top = list(islice(_records(rows, offset, []), dialect.SAMPLE_ROWS))
    is_cut = len(beginning) < len(text) and len(top) < dialect.SAMPLE_ROWS
    return top[:-1] if is_cut and len(top) > 1 else top


def _end_of_line(text: str) -> int:
    found = [text.find(end) for end in "\r\n" if end in text]
    if not found:
        return len(text)
    end = min(found)
    return end + (2 if text[end : end + 2] == "\r\n" else 1)


def _is_prose(text: str, judged: dialect.Judged) -> bool:
    """Whether text is language: one column of many words, or sentences that only commas cut."""
    if not judged.is_one_column and (
        judged.dialect.delimiter != "," or judged.dialect.skips_spaces
    ):
        return False
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    if judged.is_one_column:
        # Eight words is a short sentence and a long value.
        return bool(lines) and sum(len(line.split()) for line in lines) / len(lines) >= 8
    # A comma in language is followed by a space or ends the line; between cells it seldom is.
    commas = sum(line.count(",") for line in lines)
    within = sum(line.count(", ") + line.rstrip().endswith(",") for line in lines)
    ended = sum(line.rstrip().endswith((".", "!", "?", ",")) for line in lines)
    return '"' not in text[:20_000] and within == commas and ended * 3 >= len(lines)


def _columnar(
    raw: bytes, used: dialect.Dialect, top: list[layout.Record], head: layout.Headings
) -> Body | None:
    """The body of a UTF-8 file by the fast way, where that is surely right; else None."""
    if used.escape or used.skips_spaces or len(top) <= head.skip:
        return None
    first_line = top[head.skip][0]
    begin = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    for _ in range(first_line - 1):
        begin = raw.find(b"\n", begin) + 1
        if begin == 0:
            return None
    # Lines were counted by CR, LF and CRLF, here by LF alone: where a bare CR stands above the
    # values the two differ, and the slow way is taken.
    if raw[:begin].replace(b"\r\n", b"\n").count(b"\r"):
        return None
    found = columnar.table(raw, begin, head.names, used.delimiter, used.quote, first_line)
    if found is None:
        return None
    body = Body(head.names)
    body.cells, body.lines = found
    return body


# -- workbooks ---------------------------------------------------------------------------------


def _workbook(raw: bytes, name: str, choices: Choices, limits: Limits) -> Iterator[Reading]:
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
            base = _with(base, Problem("unknown_sheet", found=choices.sheet, expected=expected))
    else:
        wanted = [sheet for sheet in opened.sheets if not sheet.seen.hidden and sheet.rows]
    if base.is_blocked:
        yield base
    elif not wanted:
        yield _with(base, Problem("empty"))
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
        base = _with(base, at_lines("formula_without_value", lines, **facts))
    head = layout.headings(sheet.rows[: dialect.SAMPLE_ROWS], choices.heading_row)
    if head is None:
        return _with(base, Problem("unknown_heading_row", line=choices.heading_row))
    if len(head.names) == 1:
        return _with(base, Problem("one_column", sheet=sheet.seen.name))
    begins = sheet.rows[head.skip][0] if head.skip < len(sheet.rows) else 0
    merged = [(line, cells) for line, cells in sheet.merged if line >= begins > 0]
    if merged:
        lines, found = [line for line, _ in merged], merged[0][1]
        base = _with(base, at_lines("merged_cells", lines, sheet=sheet.seen.name, found=found))
    hidden = [line for line in sheet.hidden_rows if line >= begins > 0]
    if hidden:
        base = _with(base, at_lines("hidden_rows", hidden, sheet=sheet.seen.name))
    # A sheet has no ragged rows: a row ends where its last filled cell stands, and what stands
    # beside the table is a column without a heading.
    below = sheet.rows[head.skip :]
    width = max([len(head.names), *(len(row) for _, row in below)])
    body = Body(named(head.names, width))
    body.take((line, [*row, *[""] * (width - len(row))]) for line, row in below)
    return _finished(base, head, body, (), choices, limits)


# -- both --------------------------------------------------------------------------------------


def _with(reading: Reading, *problems: Problem) -> Reading:
    return dataclasses.replace(reading, problems=(*reading.problems, *problems))


def _finished(
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
        return _with(understood, wide)
    too_long = _long_cell(cells, lines, limits.cell)
    if too_long is not None:
        return _with(understood, too_long)
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
        _with(understood, *problems),
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
        longest = cells[name].str.len_bytes().max()
        if not isinstance(longest, int) or longest <= limit:
            continue
        length = cells[name].str.len_chars()
        longest = length.max()
        if isinstance(longest, int) and longest > limit:
            row = length.arg_max()
            assert row is not None
            return Problem(
                "long_cell", line=lines[row], column=name, found=str(longest), expected=str(limit)
            )
    return None
