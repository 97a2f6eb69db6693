"""The first cell of every row of a PDF's tables names its row, also for those who hear it read.

Typst tags header rows, and has a word for header cells (`pdf.header-cell`) that is there only with
a switch which its Python binding cannot set. So the tags of what it made are completed here.
"""

from __future__ import annotations

import re

ENTRY = 20
"""Bytes of a line of a PDF's table of objects."""

_ROW = re.compile(rb"^\d+ 0 obj\n<</Type/StructElem/S/TR/.*?/K\[([\d R]+)\]", re.DOTALL)
_CELL = b"<</Type/StructElem/S/TD/"
_HEAD = b"<</Type/StructElem/S/TH/"
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_NAMES = re.compile(rb"(/IDTree<</Names\[)([^\]]*)(\])")
_HEADERS = re.compile(rb"(/O/Table/Headers\[[^\]]*)(\])")

Objects = dict[int, bytes]
"""The objects of a PDF by number, as they stand in the file, in its order."""


def with_row_heads(pdf: bytes) -> bytes:
    """The PDF with the first data cell of each row as a header cell of the row.

    Args:
        pdf: As typst writes it: tagged, every object by itself, and a plain table of them.
    """
    begin = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    objects = _objects(pdf, begin)
    names = {}
    for row in list(objects.values()):
        found = _ROW.match(row)
        if found is None:
            continue
        first, *others = (int(each) for each in re.findall(rb"(\d+) 0 R", found[1]))
        if _CELL not in objects[first]:
            continue
        # Behind those of typst, which begin with U: the names stand in order.
        name = b"V%06d" % first
        names[name] = first
        objects[first] = _named(objects[first], name)
        for other in others:
            objects[other] = _HEADERS.sub(rb"\g<1>(%s)\g<2>" % name, objects[other])
    if not names:
        return pdf
    (tree,) = (number for number, each in objects.items() if _NAMES.search(each))
    listed = b"".join(b"(%s)%d 0 R" % pair for pair in sorted(names.items()))
    objects[tree] = _NAMES.sub(rb"\g<1>\g<2>%s\g<3>" % listed, objects[tree])
    return _written(pdf, begin, objects)


def _named(cell: bytes, name: bytes) -> bytes:
    """A data cell as the header cell of its row."""
    head = cell.replace(_CELL, _HEAD, 1)
    assert b"/A[<</O/Table" in head, head
    return head.replace(b"/A[<</O/Table", b"/ID(%s)/A[<</O/Table/Scope/Row" % name, 1)


def _objects(pdf: bytes, begin: int) -> Objects:
    """Every object, from where the table says that it begins to where the next one does."""
    offsets = {
        number: int(line[:10])
        for number, line in enumerate(_lines(pdf, begin))
        if line[17:18] == b"n"
    }
    order = sorted(offsets, key=lambda number: offsets[number])
    ends = [*(offsets[number] for number in order[1:]), begin]
    return {number: pdf[offsets[number] : end] for number, end in zip(order, ends, strict=True)}


def _lines(pdf: bytes, begin: int) -> list[bytes]:
    """The lines of the table of objects: of number 0, which is none, and of each one by number."""
    found = _TABLE.match(pdf, begin)
    assert found is not None, pdf[begin : begin + ENTRY]
    first = found.end()
    return [pdf[first + ENTRY * at : first + ENTRY * (at + 1)] for at in range(int(found[1]))]


def _written(pdf: bytes, begin: int, objects: Objects) -> bytes:
    """The file with these objects in the place of its own."""
    lines = _lines(pdf, begin)
    whole = bytearray(pdf[: min(int(line[:10]) for line in lines[1:])])
    for number, content in objects.items():
        lines[number] = b"%010d" % len(whole) + lines[number][10:]
        whole += content
    after = b"xref\n0 %d\n" % len(lines) + b"".join(lines)
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    return bytes(whole) + after + trailer + b"startxref\n%d\n%%%%EOF" % len(whole)
