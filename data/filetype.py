"""What sort of file the bytes are, judged by what they begin with and never by the file's name."""

from __future__ import annotations

import io
import re
import zipfile

from data.problems import Problem

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_WORKBOOK_PART = "xl/workbook.xml"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff")

_NOTHING = b" \t\r\n\x00"

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)
_TEXT_SIGNS = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"\{\\rtf"), "rtf"),
    (re.compile(rb"<\?xml"), "xml"),
    (re.compile(rb"[\[{]\s*(\"|\{|\[)"), "json"),
    (re.compile(rb"%!PS"), "postscript"),
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"7z\xbc\xaf"), "7z"),
    (re.compile(rb"SQLite format 3"), "sqlite"),
    (re.compile(rb"PAR1"), "parquet"),
    (re.compile(rb"BZh[1-9]1AY&SY"), "bzip2"),
    (re.compile(rb"\xfd7zXZ"), "xz"),
    (re.compile(rb"Rar!\x1a"), "rar"),
    (re.compile(rb"MIME-Version:", re.IGNORECASE), "mail"),
    (re.compile(rb"BEGIN:V(CALENDAR|CARD)", re.IGNORECASE), "calendar"),
    (re.compile(rb"ID;P[\w;]*\r?\n[BCFOP];[A-Z]"), "sylk"),
    (re.compile(rb"TABLE\s+0,1\s+\""), "dif"),
    (re.compile(rb"\$FL[23]"), "spss"),
)


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes are an Office Open XML workbook (.xlsx, .xlsm), whatever it is named."""
    return raw[:4] == ZIP and _WORKBOOK_PART in _members(raw)


def _members(raw: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return frozenset(archive.namelist())
    # A hostile directory raises more than BadZipFile: bad offsets, bad encodings, overflow.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        return frozenset()


def refusal(raw: bytes) -> Problem | None:
    """Why these bytes are no table of text and no workbook; None when they may be one."""
    # The beginning first: to strip the whole of a big file is to copy it.
    if not (raw[:4096].strip(_NOTHING) or raw.strip(_NOTHING)) or raw in _BOMS:
        return Problem("empty")
    if raw[:8] == OLE:
        return _office_97(raw)
    if raw[:2] == b"PK":
        return None if is_workbook(raw) else _archive(raw)
    # The four zeros of a bitmap, since a heading may begin with BM too: BMI is one.
    if raw.startswith(_IMAGES) or (raw[:2] == b"BM" and raw[6:10] == bytes(4)):
        return Problem("other_file", found="image")
    start = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:4000].startswith(b"<") and _HTML.search(start[:4000]):
        return Problem("html")
    for sign, sort in _TEXT_SIGNS:
        if sign.match(start):
            return Problem("pdf") if sort == "pdf" else Problem("other_file", found=sort)
    return None


def _office_97(raw: bytes) -> Problem:
    # Names of streams are UTF-16 in such a container; a protected .xlsx is one stream inside it.
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return Problem("encrypted_workbook")
    if "WordDocument".encode("utf-16-le") in raw:
        return Problem("other_file", found="word")
    return Problem("old_workbook")


def _archive(raw: bytes) -> Problem:
    members = _members(raw)
    if not members:
        return Problem("broken_workbook")
    if "xl/workbook.bin" in members:
        return Problem("other_workbook", found="xlsb")
    if "content.xml" in members and "mimetype" in members:
        return Problem("other_workbook", found="ods")
    if any(name.startswith("word/") for name in members):
        return Problem("other_file", found="word")
    if any(name.startswith("ppt/") for name in members):
        return Problem("other_file", found="powerpoint")
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in members):
        return Problem("other_workbook", found="numbers")
    return Problem("other_file", found="zip")
