"""The guard itself: whoever reaches for the real store in a test is stopped."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from data import settings

REAL_STORE = Path(__file__).parents[1] / ".store"


def test_a_test_cannot_open_a_file_of_the_real_store() -> None:
    with pytest.raises(AssertionError, match="open"):
        (REAL_STORE / "about.json").read_text()


def test_a_test_cannot_make_the_real_store() -> None:
    with pytest.raises(AssertionError, match="mkdir"):
        REAL_STORE.mkdir()


def test_a_test_cannot_list_the_real_store_by_a_relative_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(REAL_STORE.parent)
    with pytest.raises(AssertionError, match="listdir"):
        os.listdir(".store")  # noqa: PTH208 - the interpreter's own call is what is watched


def test_a_test_cannot_open_the_real_store_in_duckdb() -> None:
    with pytest.raises(AssertionError, match="connect"):
        duckdb.connect(str(REAL_STORE / "store.duckdb"))


def test_the_settings_of_a_test_name_another_store() -> None:
    assert settings.load().store.resolve() != REAL_STORE
