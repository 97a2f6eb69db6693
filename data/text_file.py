"""A text file becomes a reading: its letters, its separator, its headings and its rows."""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Iterator
from itertools import islice, takewhile

import polars as pl

from data import columnar, dialect, encoding, filetype, layout, mend, packed
from data.body import Body, named
from data.finished import finished
from data.layout import LeftOut
from data.problems import Problem
from data.reading import Choices, Limits, Reading

_BLANKS = "\ufeff \t\r\n\x00"

_BEGINNING_BYTES = 4_000_000
"""More than is ever looked at as text of a file that is in order."""


def reading(raw: bytes, name: str, choices: Choices, limits: Limits) -> Reading:
    """The table in a text file; what is wrong with it is in `problems`."""
    # Some programs end a file with the sign that ended files in MS-DOS.
    raw = raw.removesuffix(b"\x1a")
    if choices.encoding is None and encoding.is_binary(raw):
        return Reading(name, problems=(Problem("other_file", found="binary"),))
    decoded, is_whole = _decoded(raw, choices)
    if decoded.encoding.startswith(("utf-16", "utf-32")):
        # What the file begins with can only be seen now.
        refused = filetype.refusal(decoded.text[:4096].encode("utf-8", "surrogatepass"))
        if refused is not None:
            return Reading(name, problems=(refused,))
    understood = Reading(name, encoding=decoded.encoding, problems=decoded.problems)
    lines = _lines(decoded.text) if is_whole else _lines(raw)
    if lines > limits.lines:
        found, expected = str(lines), str(limits.lines)
        return understood.saying(Problem("too_many_lines", found=found, expected=expected))
    if not decoded.text.strip(_BLANKS):
        return understood.saying(Problem("empty"))
    told = dialect.separator_line(decoded.text)
    begin = 0
    left_out: tuple[LeftOut, ...] = ()
    if told is not None:
        begin = _end_of_line(decoded.text)
        left_out = (LeftOut(1, "separator_line", decoded.text[:begin].strip()),)
    text = decoded.text[begin:]
    judged = dialect.judge(text, choices.delimiter or told)
    understood = dataclasses.replace(
        understood.saying(*judged.problems),
        delimiter=judged.dialect.delimiter,
        quote=judged.dialect.quote,
    )
    if _is_prose(text, judged):
        return understood.saying(Problem("prose"))
    if judged.is_one_column:
        return understood.saying(Problem("one_column"))
    offset = 1 if told is not None else 0
    usual = mend.columns(_beginning(text, judged.dialect, offset))
    top = _beginning(text, judged.dialect, offset, usual)
    head = layout.headings(top, choices.heading_row)
    if head is None:
        return understood.saying(Problem("unknown_heading_row", line=choices.heading_row))
    is_short = usual is not None and head.line is not None and len(head.names) < usual.width
    names = named(head.names, usual.width) if usual is not None and is_short else head.names
    body = None
    if not is_short and len(raw) >= columnar.LEAST_BYTES:
        is_as_it_lies = decoded.encoding in ("utf-8", "utf-8-sig") and not decoded.problems
        lying = raw if is_as_it_lies else decoded.text.encode("utf-8", "surrogatepass")
        # The text of a big file is as big again; should it be needed after all, it is made anew.
        del decoded
        text, is_whole = "", False
        body = _columnar(lying, judged.dialect, top, head)
        del lying
    if body is None:
        text = text if is_whole else encoding.decode(raw, choices.encoding).text[begin:]
        body = _body(text, judged.dialect, usual, names, head.skip, offset, limits)
    if is_short and choices.heading_row is None:
        found, expected = str(len(head.names)), str(len(names))
        asked = Problem("short_headings", head.line, found=found, expected=expected)
        understood = understood.saying(asked)
    return finished(understood, head, body, left_out, choices, limits)


def _decoded(raw: bytes, choices: Choices) -> tuple[encoding.Decoded, bool]:
    """The text, and whether it is whole: of a big file that is in order only its beginning."""
    if choices.encoding is None and len(raw) > max(columnar.LEAST_BYTES, _BEGINNING_BYTES):
        decoded = encoding.beginning(raw, _BEGINNING_BYTES)
        if decoded is not None and decoded.text.strip(_BLANKS):
            return decoded, False
    return encoding.decode(raw, choices.encoding), True


def _lines(text: str | bytes) -> int:
    """How many lines there are at least: ended by CR, by LF or by both."""
    if isinstance(text, bytes):
        return max(text.count(b"\n"), text.count(b"\r"))
    return max(text.count("\n"), text.count("\r"))


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
    rows = [row for _, row in top[head.skip :]]
    forms = {
        name: packed.form(pl.Series([row[number] for row in rows if number < len(row)]))
        for number, name in enumerate(head.names)
    }
    found = columnar.table(raw, begin, forms, used.delimiter, used.quote, first_line)
    if found is None:
        return None
    body = Body(head.names)
    body.cells, body.lines = found
    return body
