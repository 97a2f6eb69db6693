"""Bytes become text by BOM, then UTF-8, then Windows-1252, and doubt is said."""

from __future__ import annotations

from random import Random

import pytest

from data.encoding import ENCODINGS, decode, is_binary, windows_1252
from data.problems import Problem, at_lines

NORWEGIAN = "kommune;tema\nØyer;én dør inn – «ærlig»\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (NORWEGIAN.encode("cp1252"), "windows-1252"),
        (NORWEGIAN.encode("utf-8"), "utf-8"),
        (NORWEGIAN.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + NORWEGIAN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + NORWEGIAN.encode("utf-16-be"), "utf-16-be"),
        (NORWEGIAN.encode("utf-16-le"), "utf-16-le"),  # without its mark: by its zero bytes
        (NORWEGIAN.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_norwegian_letters_arrive_from_every_encoding(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding, decoded.problems) == (NORWEGIAN, encoding, ())


def test_plain_ascii_is_utf8() -> None:
    assert decode(b"a;b\n1;2\n").encoding == "utf-8"


def test_a_file_put_together_of_two_encodings_is_read_line_by_line_and_said() -> None:
    raw = "Øyer\nÅs\n".encode() + "Sør-Fron\nGjøvik\n".encode("cp1252") + "Ærøya\n".encode()
    decoded = decode(raw)
    assert decoded.text == "Øyer\nÅs\nSør-Fron\nGjøvik\nÆrøya\n"
    assert decoded.problems == (at_lines("mixed_encoding", [3, 4], found="utf-8"),)


def test_of_two_encodings_the_smaller_part_is_what_is_told() -> None:
    raw = "Øyer\nÅsåæø\n".encode("cp1252") + "Sør\n".encode()
    decoded = decode(raw)
    assert decoded.encoding == "windows-1252"
    assert decoded.problems == (at_lines("mixed_encoding", [3], found="windows-1252"),)


def test_letters_lost_before_the_file_came_are_told() -> None:
    assert decode("a\r\n�yer\r\n".encode()).problems == (at_lines("lost_letters", [2]),)


@pytest.mark.parametrize("encoding", ["cp865", "mac_roman"])
def test_letters_of_other_machines_are_asked_about(encoding: str) -> None:
    text = "tiltak;åpnet\nT;før på\n"
    decoded = decode(text.encode(encoding))
    (problem,) = decoded.problems
    assert (problem.code, problem.nearest, problem.blocking) == ("unsure_encoding", encoding, True)
    assert decode(text.encode(encoding), encoding).text == text


def test_the_five_unused_bytes_of_windows_1252_stay_what_browsers_make_of_them() -> None:
    assert windows_1252(b"a\x81\x8d\x8f\x90\x9d\x80") == "a\x81\x8d\x8f\x90\x9d€"


def test_an_encoding_that_does_not_fit_is_told_with_its_line() -> None:
    assert decode("a\nØ".encode("cp1252"), "utf-8").problems == (
        Problem("unreadable_encoding", line=2, expected="utf-8"),
    )
    assert decode(b"a", "klingon").problems[0].code == "unreadable_encoding"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_chosen_encoding_is_used_with_or_without_a_mark(encoding: str) -> None:
    raw = "Bø;rå\n".encode("utf-8-sig" if encoding == "utf-8-sig" else encoding)
    assert decode(raw, encoding).text == "Bø;rå\n"


def test_half_a_letter_at_the_end_of_utf16_is_told_and_the_rest_is_read() -> None:
    decoded = decode(b"\xff\xfe" + "a;b\n".encode("utf-16-le") + b"c")
    assert decoded.text == "a;b\n"
    assert decoded.problems == (at_lines("lost_letters", [2]),)


TABLE = "kommune;tiltak\r\nØyer;Ny skiltplan på huset\r\nGausdal;Lese brev høyt\r\n"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_known_by_its_mark_or_its_zeros_and_never_as_utf_16(encoding: str) -> None:
    decoded = decode(TABLE.encode(encoding))
    assert (decoded.text, decoded.problems) == (TABLE, ())
    assert decoded.encoding.startswith("utf-32")


def test_a_file_of_which_half_is_utf_16_is_not_read_as_far_eastern() -> None:
    decoded = decode(TABLE.encode() + TABLE.encode("utf-16-le"))
    assert [problem.code for problem in decoded.problems] == ["mixed_encoding", "zero_bytes"]
    assert decoded.text.startswith(TABLE)


def test_byte_order_marks_in_the_middle_are_no_letters() -> None:
    assert decode(TABLE.encode("utf-8-sig") * 2).text == TABLE * 2


def test_zero_bytes_are_told_with_their_lines() -> None:
    assert decode(b"a;b\n1;x\x00y\n").problems == (at_lines("zero_bytes", [2]),)


def test_signs_that_no_keyboard_writes_are_told_and_kept() -> None:
    decoded = decode(b"a;b\n1;x\x02y\n")
    assert (decoded.text, decoded.problems) == (
        "a;b\n1;x\x02y\n",
        (at_lines("control_signs", [2]),),
    )
    # A vertical tab and soft hyphens come with texts that are pasted.
    assert decode(b"a;b\n1;x\x0by\x1f\n").problems == ()


def test_letters_that_were_encoded_twice_are_told() -> None:
    twice = TABLE.encode().decode("cp1252").encode()
    assert decode(twice).problems == (at_lines("twice_encoded", [2, 3]),)
    assert decode("SÃO PAULO".encode()).problems == ()


def test_utf_7_is_asked_about() -> None:
    (problem,) = decode(TABLE.encode("utf-7")).problems
    assert (problem.code, problem.nearest) == ("unsure_encoding", "utf-7")
    assert decode(TABLE.encode("utf-7"), "utf-7").text == TABLE
    assert decode(b"a+AB-c;d\n").problems == ()


def test_bytes_that_are_no_text_in_any_encoding_are_known() -> None:
    assert is_binary(Random(1).randbytes(5000))
    assert is_binary(("kommune;tiltak\n" * 9).encode("cp500"))
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp865"):
        assert not is_binary(TABLE.encode(encoding))
    # A file that was not written to its end, and one with a few signs too many.
    assert not is_binary(TABLE.encode() + bytes(500))
    assert not is_binary(b"a;b\x01\x02\x03\x04")
    assert is_binary(b"a;b\x01\x02\x03\x04\x05")
