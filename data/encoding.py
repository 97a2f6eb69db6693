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
    "utf-32-le",
    "utf-32-be",
    "utf-7",
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
    decoded = _decoded(raw)
    text = decoded.text
    if "\ufeff" in text:
        # Files that were put together keep the marks of each: they are no letters.
        text = text.replace("\ufeff", "")
    problems = (*decoded.problems, *_no_letters(raw, text))
    return Decoded(text, decoded.encoding, problems)


# Letters, in UTF-8, that something may have to be said of: a mark within the file, a lost letter,
# and the beginnings of those that were UTF-8 twice.
_TOLD_OF = (codecs.BOM_UTF8, b"\xef\xbf\xbd", "Ã".encode(), "â€".encode(), b"\x00")
_PIECE_BYTES = 1_000_000


def beginning(raw: bytes, most: int) -> Decoded | None:
    """The first letters of a file in UTF-8 of which there is nothing to say; None of any other.

    The text of a big file is as big again, and only its beginning is looked at as text.

    Args:
        most: How many bytes of the file make its beginning.
    """
    begin = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    if (raw.startswith(_MARKS) and not begin) or _by_zeros(raw) is not None:
        return None
    if any(raw.find(letters, begin) >= 0 for letters in _TOLD_OF):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    lying = memoryview(raw)
    try:
        text = decoder.decode(lying[begin:most])
        for place in range(max(begin, most), len(raw), _PIECE_BYTES):
            decoder.decode(lying[place : place + _PIECE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    if _wrong_letters(raw, text) or _no_letters(raw, text):
        return None
    return Decoded(text, "utf-8-sig" if begin else "utf-8")


def _decoded(raw: bytes) -> Decoded:
    if raw.startswith(codecs.BOM_UTF8):
        return _utf8(raw[3:], "utf-8-sig")
    # Before UTF-16, whose mark is the beginning of this one.
    if raw.startswith(codecs.BOM_UTF32_LE):
        return _wide(raw[4:], "utf-32-le")
    if raw.startswith(codecs.BOM_UTF32_BE):
        return _wide(raw[4:], "utf-32-be")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        little = raw.startswith(codecs.BOM_UTF16_LE)
        return _wide(raw[2:], "utf-16-le" if little else "utf-16-be")
    by_zeros = _by_zeros(raw)
    if by_zeros is not None:
        return _wide(raw, by_zeros)
    return _utf8(raw, "utf-8")


def _by_zeros(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: in Western text most other bytes are zero."""
    sample = raw[:_SAMPLE_BYTES]
    zeros = [sample[place::4].count(0) for place in range(4)]
    # Two thirds of the places, because texts with typographic quotes have fewer zeros than letters.
    nearly_all = max(1, len(sample) // 6)
    if min(zeros[1:]) >= nearly_all and zeros[0] * 4 < zeros[1]:
        return "utf-32-le"
    if min(zeros[:3]) >= nearly_all and zeros[3] * 4 < zeros[0]:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    # A third, for the same reason.
    enough = max(1, len(sample) // 6)
    found = None
    if odd >= enough and even * 4 < odd:
        found = "utf-16-le"
    elif even >= enough and odd * 4 < even:
        found = "utf-16-be"
    # Where only a part of the file is UTF-16, the rest reads as signs of the Far East.
    return found if found is not None and _is_western(raw, found) else None


def _is_western(raw: bytes, encoding: str) -> bool:
    """Whether nearly all letters, wherever one looks, are such as Europe writes."""
    step = max(len(raw) // 16 // 2 * 2, _SAMPLE_BYTES)
    samples = (raw[begin : begin + _SAMPLE_BYTES] for begin in range(0, len(raw), step))
    texts = (sample.decode(encoding, errors="replace") for sample in samples)
    return all(len(_FAR.findall(text)) * 10 <= len(text) for text in texts)


_FAR = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")


def _wide(raw: bytes, encoding: str) -> Decoded:
    size = 4 if "32" in encoding else 2
    text = raw[: len(raw) // size * size].decode(encoding, errors="replace")
    problems = _lost_letters(text)
    if len(raw) % size:
        problems = (*problems, at_lines("lost_letters", [text.count("\n") + 1]))
    return Decoded(text, encoding, problems)


def _utf8(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(raw, encoding)
    return Decoded(text, encoding, (*_lost_letters(text), *_wrong_letters(raw, text)))


# ø, å, æ, Ø, Å, Æ, é and typographic quotes that were UTF-8, read as Windows-1252 and saved again.
_TWICE = re.compile("Ã[¸¥¦˜…†©\x98\x85\x86]|â€[™œ\x9d“”–]")
# The same letters in UTF-7, which writes each as a word between + and -.
_UTF7 = re.compile(r"\+A(?:OY|Pg|OU|MY|Ng|MU|Ok)[A-Za-z0-9+/]*-")


def _wrong_letters(raw: bytes, text: str) -> tuple[Problem, ...]:
    """What is UTF-8 by its bytes, and yet shows that something went wrong before."""
    if raw.isascii():
        lines = _lines_with(_UTF7, text[:_LOOKED_AT]) if "+A" in text else []
        if lines:
            return (at_lines("unsure_encoding", lines, found="utf-8", nearest="utf-7"),)
        return ()
    if "Ã" not in text and "â€" not in text:
        return ()
    lines = _lines_with(_TWICE, text)
    return (at_lines("twice_encoded", lines),) if lines else ()


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


# What ends lines, or stands in texts that were pasted from a word processor, is let be: tabs, line
# breaks of every sort, soft and hard hyphens.
_NO_LETTERS = re.compile("[\x01-\x08\x0e-\x1d]")
_LOOKED_AT = 500_000


def _no_letters(raw: bytes, text: str) -> tuple[Problem, ...]:
    """Signs that no keyboard writes: zeros are damage, others are told where a file begins."""
    problems: list[Problem] = []
    if b"\x00" in raw and "\x00" in text:
        problems.append(at_lines("zero_bytes", _lines_with(re.compile("\x00"), text)))
    # They do no harm, so a big file need not wait for a second look at all of it.
    text = text[:_LOOKED_AT]
    lines = _lines_with(_NO_LETTERS, text)
    if lines:
        problems.append(at_lines("control_signs", lines))
    return tuple(problems)


def is_binary(raw: bytes) -> bool:
    """Whether so much is no letter that this is no text at all, in any encoding."""
    # Zeros at the end are what is left of a file that was never written to the end.
    raw = raw[:_BEGINNING].rstrip(b"\x00")
    if raw.startswith(_MARKS) or _by_zeros(raw) is not None:
        return False
    odd = len(raw) - len(raw.translate(None, _ODD_BYTES))
    try:
        # Its last letter may be cut.
        raw[:-4].decode("utf-8")
    except UnicodeDecodeError:
        odd += len(raw) - len(raw.translate(None, _UNUSED_BYTES))
    # A fiftieth: of random bytes a tenth are control signs, of a damaged text very few.
    return odd > 4 and odd * 50 > len(raw)


_BEGINNING = 65_536
_ODD_BYTES = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_UNUSED_BYTES = b"\x81\x8d\x8f\x90\x9d"
"""The places that Windows-1252 leaves unused, where EBCDIC has its letters."""


def _lost_letters(text: str) -> tuple[Problem, ...]:
    if "\ufffd" not in text:
        return ()
    return (at_lines("lost_letters", _lines_with(re.compile("\ufffd"), text)),)


def _lines_with(sign: re.Pattern[str], text: str) -> list[int]:
    """The first MOST_LINES lines that hold the sign, counted as an editor counts them."""
    found: list[int] = []
    line, counted = 1, 0
    for match in sign.finditer(text):
        at = match.start()
        line += text.count("\n", counted, at) + text.count("\r", counted, at)
        line -= text.count("\r\n", counted, at)
        counted = at
        if not found or found[-1] != line:
            found.append(line)
            if len(found) == MOST_LINES:
                break
    return found


# The long ones first: the mark of UTF-16 is the beginning of that of UTF-32.
_MARKS = (
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF8,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)


def _as_chosen(raw: bytes, chosen: str) -> Decoded:
    if chosen not in ENCODINGS:
        return Decoded("", chosen, (Problem("unreadable_encoding", expected=chosen),))
    for mark in _MARKS:
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
