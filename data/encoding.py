"""Bytes become text: by BOM, then strict UTF-8, then Windows-1252, and doubt is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from data.problems import Problem, at_lines

# What a person may choose when the judgement was wrong. Names are those of the files' world;
# Python knows cp865 and mac_roman as the letters of MS-DOS and of old Macs in Norway.
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "windows-1252",
    "utf-16-le",
    "utf-16-be",
    "iso-8859-1",
    "cp865",
    "mac_roman",
)

# So much of the file is enough to see zero bytes in every second place.
_SAMPLE_BYTES = 4096

# Lines that are named in one problem; more help nobody, and a message must stay readable.
MOST_LINES = 1000


@dataclass(frozen=True)
class Decoded:
    """A file as text, without its byte order mark."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(raw: bytes, chosen: str | None = None) -> Decoded:
    """The text of the bytes and the encoding it was read in; never raises.

    Args:
        chosen: An encoding that the uploader chose instead; one of ENCODINGS.
    """
    if chosen is not None:
        return _as_chosen(raw, chosen)
    if raw.startswith(codecs.BOM_UTF8):
        return _utf8(raw[3:], "utf-8-sig")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        little = raw.startswith(codecs.BOM_UTF16_LE)
        return _utf16(raw[2:], "utf-16-le" if little else "utf-16-be")
    by_zeros = _utf16_by_zeros(raw)
    if by_zeros is not None:
        return _utf16(raw, by_zeros)
    return _utf8(raw, "utf-8")


def _utf16_by_zeros(raw: bytes) -> str | None:
    """UTF-16 without its mark: in Western text nearly every second byte is zero."""
    sample = raw[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # A third, because texts with typographic quotes and the like still keep well above it.
    enough = max(1, len(sample) // 6)
    if odd >= enough and even * 4 < odd:
        return "utf-16-le"
    if even >= enough and odd * 4 < even:
        return "utf-16-be"
    return None


def _utf16(raw: bytes, encoding: str) -> Decoded:
    text = raw[: len(raw) // 2 * 2].decode(encoding, errors="replace")
    problems = _lost_letters(text)
    if len(raw) % 2:
        problems = (*problems, at_lines("lost_letters", [text.count("\n") + 1]))
    return Decoded(text, encoding, problems)


def _utf8(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(raw, encoding)
    return Decoded(text, encoding, _lost_letters(text))


_ESCAPED = re.compile("[\udc80-\udcff]")


def _not_utf8(raw: bytes, encoding: str) -> Decoded:
    """Windows-1252, or a file put together of UTF-8 and Windows-1252.

    Norwegian text in Windows-1252 does not hold valid multi-byte UTF-8 by chance ("Ã¸" is no
    spelling), so one such sequence beside bytes that are no UTF-8 means that there are two.
    """
    escaped = raw.decode("utf-8", errors="surrogateescape")
    wrong = len(_ESCAPED.findall(escaped))
    beyond_ascii = sum(1 for sign in re.findall(r"[^\x00-\x7f]", escaped)) - wrong
    if beyond_ascii == 0:
        text = windows_1252(raw)
        return Decoded(text, "windows-1252", _doubts(text))
    lines = _lines_with(_ESCAPED, escaped)
    text = _ESCAPED.sub(lambda sign: windows_1252(bytes([ord(sign.group()) - 0xDC00])), escaped)
    main = encoding if beyond_ascii >= wrong or encoding == "utf-8-sig" else "windows-1252"
    if main == "windows-1252":
        lines = _lines_with(re.compile("[^\x00-\x7f\udc80-\udcff]"), escaped)
    return Decoded(text, main, (at_lines("mixed_encoding", lines, found=main),))


def windows_1252(raw: bytes) -> str:
    """The text of Windows-1252; its five unused bytes stay control characters, as in browsers."""
    return raw.decode("cp1252", errors="forankring.unused")


def _unused(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("forankring.unused", _unused)


# Where the letters æøå of MS-DOS and of old Macs land when read as Windows-1252, inside a word.
_OTHER_ENCODINGS = (
    ("cp865", re.compile("[†\x8f\x9d](?=[a-z])|(?<=[A-Za-z])›(?=[a-z])")),
    ("mac_roman", re.compile("(?<=[A-Za-z])[Œ¿¾](?=[a-z])|(?<![A-Za-z])[\x81¯Œ](?=[a-z])")),
)


def _doubts(text: str) -> tuple[Problem, ...]:
    if re.search("[æøåÆØÅ]", text):
        return ()
    for encoding, sign in _OTHER_ENCODINGS:
        lines = _lines_with(sign, text)
        if lines:
            return (at_lines("unsure_encoding", lines, found="windows-1252", nearest=encoding),)
    return ()


def _lost_letters(text: str) -> tuple[Problem, ...]:
    if "\ufffd" not in text:
        return ()
    return (at_lines("lost_letters", _lines_with(re.compile("\ufffd"), text)),)


def _lines_with(sign: re.Pattern[str], text: str) -> list[int]:
    """The first MOST_LINES lines that hold the sign, counted as an editor counts them."""
    ends = [match.end() for match in re.finditer("\r\n|\r|\n", text)]
    found: list[int] = []
    line = 0
    for match in sign.finditer(text):
        while line < len(ends) and ends[line] <= match.start():
            line += 1
        if not found or found[-1] != line + 1:
            found.append(line + 1)
            if len(found) == MOST_LINES:
                break
    return found


def _as_chosen(raw: bytes, chosen: str) -> Decoded:
    if chosen not in ENCODINGS:
        return Decoded("", chosen, (Problem("unreadable_encoding", expected=chosen),))
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if raw.startswith(mark) and chosen.startswith("utf-"):
            raw = raw[len(mark) :]
            break
    if chosen == "windows-1252":
        return Decoded(windows_1252(raw), chosen)
    try:
        text = raw.decode("utf-8" if chosen == "utf-8-sig" else chosen)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Decoded("", chosen, (Problem("unreadable_encoding", line=line, expected=chosen),))
    return Decoded(text, chosen, _lost_letters(text))
