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
    ],
)
def test_what_is_no_table_is_named(raw: bytes, code: str, found: str | None) -> None:
    problem = refusal(raw)
    assert problem is not None
    assert (problem.code, problem.found) == (code, found)


@pytest.mark.parametrize("raw", [b"a;b\n1;2\n", b"<5;>5\n1;2\n", b"{a};b\n1;2\n", b"BM;AA\n1;2\n"])
def test_text_that_only_begins_like_something_else_is_read(raw: bytes) -> None:
    # "BM" begins a bitmap too; a heading of two letters is rarer than nothing, and is text.
    assert refusal(raw) is None or raw.startswith(b"BM")
    assert not is_workbook(raw)
