"""The buttons make what they say, once, in the reader's language, of the version that is read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.documents.same_bytes import packed
from pages.parts import package
from pages.parts.package import Asked

OCTOBER = dt.date(2026, 10, 1)
LOCKED = dt.datetime.fromisoformat("2026-11-10T09:12")


@pytest.fixture
def store(
    tables: dict[str, list[dict[str, Any]]],
    released: Callable[[dict[str, list[dict[str, Any]]]], Path],
) -> Path:
    tables["month_versions"] = [
        {"month": OCTOBER, "version": 1, "release": 1, "made_at": LOCKED, "changes": 0}
    ]
    return released(tables)


def test_a_button_makes_its_document_once_and_in_the_readers_language(store: Path) -> None:
    asked: Asked = (store, OCTOBER, "3439", 1, 1, "nn")
    assert package._names(asked) == {
        "pdf": "manedsark_2026-10_ringebu.pdf",
        "pptx": "lysark_2026-10_ringebu.pptx",
        "xlsx": "tall_2026-10_ringebu.xlsx",
        "csv": "tall_2026-10_ringebu.csv",
        "zip": "pakke_2026-10_ringebu.zip",
    }
    content = package._maker(asked, "csv")()
    assert "Første dag" in content.decode("utf-8-sig")
    assert "Byggjer på" in content.decode("utf-8-sig")
    assert package._maker(asked, "csv")() is content


def test_files_in_a_zip_are_the_same_bytes_each_time() -> None:
    files = {"a.txt": b"en", "b.txt": b"to"}
    content = packed(files)
    assert content == packed(files)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files


def test_the_texts_of_the_chosen_municipality_are_shown_to_copy(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page() -> None:
        import datetime as dt

        from data import settings
        from data.people import LOCAL
        from pages.parts.package import draw_package
        from pages.parts.pickers import Chosen

        chosen = Chosen("cooperation", dt.date(2026, 10, 1), LOCAL, "nb")
        draw_package(chosen, settings.load().store, 1)

    monkeypatch.setenv("FORANKRING_STORE", str(store))
    shown = AppTest.from_function(page, default_timeout=60).run()
    assert not shown.exception
    assert not shown.code
    shown.toggle(key="package_texts").set_value(True).run()
    shown.selectbox(key="package_municipality").set_value("3440").run()
    assert not shown.exception
    message, report = (one.value for one in shown.code)
    assert message.startswith("Til kommunalsjefen i Øyer")
    assert report.startswith("Brukermedvirkning i Øyer, oktober 2026")
