"""What a file is, is judged by its first bytes and never by its name."""

from __future__ import annotations

import pytest

from data.filetype import is_workbook, refusal


@pytest.mark.parametrize(
    ("raw", "code", "found"),
    [
        (b"", "empty", None),
        (b" \r\n\t\n", "empty", None),
        (b"\xef\xbb\xbf", "empty", None),
        (b"\xff\xfe", "empty", None),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html", None),
        (b"\n  <table border=1>", "html", None),
        (b"%PDF-1.4", "pdf", None),
        (b"\x89PNG\r\n\x1a\n", "other_file", "image"),
        (b"{\\rtf1 abc}", "other_file", "rtf"),
        (b'{"a": 1}', "other_file", "json"),
        (b'[{"a": 1}]', "other_file", "json"),
        (b"<?xml version='1.0'?><data/>", "other_file", "xml"),
        (b"PAR1....", "other_file", "parquet"),
        (b"PK\x03\x04 cut off", "broken_workbook", None),
        (b"\xff\xfe\x00\x00", "empty", None),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", "other_file", "image"),
        (b"BZh91AY&SY....", "other_file", "bzip2"),
        (b"\xfd7zXZ\x00", "other_file", "xz"),
        (b"Rar!\x1a\x07", "other_file", "rar"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "other_file", "mail"),
        (b"BEGIN:VCARD\nN:a;b", "other_file", "calendar"),
        (b"ID;PWXL;N;E\r\nP;PGeneral", "other_file", "sylk"),
        (b'TABLE\r\n0,1\r\n"EXCEL"', "other_file", "dif"),
    ],
)
def test_what_is_no_table_is_named(raw: bytes, code: str, found: str | None) -> None:
    problem = refusal(raw)
    assert problem is not None
    assert (problem.code, problem.found) == (code, found)


@pytest.mark.parametrize(
    "raw",
    [
        b"a;b\n1;2\n",
        b"<5;>5\n1;2\n",
        b"{a};b\n1;2\n",
        b"BMI;vekt\n21;70\n",
        b"ID;Priority;Status\n1;2;3\n",
        b"TABLE;0,1\n1;2\n",
    ],
)
def test_text_that_only_begins_like_something_else_is_read(raw: bytes) -> None:
    assert refusal(raw) is None
    assert not is_workbook(raw)
