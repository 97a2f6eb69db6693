"""A page that fails says so under a reference, and quotes nothing, to the reader or in the log."""

from __future__ import annotations

import logging

import polars as pl
import pytest

from pages.web import errors, failure

SOMEBODY = "Kari Nordmann 15076500565"


def failed() -> Exception:
    """An error that quotes the cell it failed at, after another one that does."""
    try:
        try:
            pl.DataFrame({"a": [1, SOMEBODY]}, schema={"a": pl.Int64})
        except (TypeError, pl.exceptions.PolarsError) as first:
            raise ValueError(f"cannot read {SOMEBODY}") from first
    except ValueError as error:
        return error
    raise AssertionError


def test_neither_the_page_nor_the_log_quotes_the_cell_that_it_failed_at(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(errors.st, "html", shown.append)
    error = failed()
    assert SOMEBODY in str(error)
    assert SOMEBODY in str(error.__cause__)  # the fault is planted
    with caplog.at_level(logging.ERROR):
        assert errors.show(error)
    (record,) = caplog.records
    assert record.exc_info is None
    for part in SOMEBODY.split():
        assert part not in caplog.text
        assert part not in shown[0]
    reference = record.getMessage().split()[0]
    assert reference in shown[0]


def test_the_log_says_where_it_failed_and_of_which_sort_it_was() -> None:
    said = failure.trace(failed())
    assert said.endswith("builtins.ValueError")
    assert "in failed" in said
    assert said.index("pl.DataFrame(") < said.index("builtins.ValueError")
