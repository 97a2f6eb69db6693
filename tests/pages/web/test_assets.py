"""Files are looked up, never opened by a path that somebody sent, and compressed once."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from streamlit import file_util

from pages.web.application import ON_EVERY_PAGE, ON_OTHER_PAGES
from pages.web.assets import Shelf, asset


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.abc.js").write_text("let a = 1;\n" * 500)
    (tmp_path / "static" / "font.woff2").write_bytes(b"\0\1\2")
    (tmp_path / "secrets.toml").write_text("secret = 1")  # not of a type that is served
    return Shelf(tmp_path / "static")


def test_only_files_below_the_folder_are_there(shelf: Shelf) -> None:
    assert "index.abc.js" in shelf
    assert "../secrets.toml" not in shelf
    assert "missing.js" not in shelf
    with pytest.raises(KeyError):
        shelf["../secrets.toml"]


def test_a_script_is_compressed_and_a_font_is_not(shelf: Shelf) -> None:
    script = shelf["index.abc.js"]
    assert gzip.decompress(script.packed) == script.content
    assert len(script.packed) < len(script.content) / 10
    assert not shelf["font.woff2"].shrinks


def test_a_file_is_read_and_compressed_once(shelf: Shelf) -> None:
    assert shelf["index.abc.js"] is shelf["index.abc.js"]
    assert shelf["index.abc.js"].packed is shelf["index.abc.js"].packed


def test_equal_content_has_one_fingerprint_and_other_content_another() -> None:
    assert asset("a.js", b"1").fingerprint == asset("b.js", b"1").fingerprint
    assert asset("a.js", b"1").fingerprint != asset("a.js", b"2").fingerprint


def test_what_a_page_links_to_is_compressed_ahead(shelf: Shelf) -> None:
    names = shelf.linked('<script src="./static/index.abc.js">')
    assert names == ["index.abc.js"]
    shelf.warm(names)
    assert shelf["index.abc.js"]._packed is not None


def test_a_script_is_loaded_ahead_with_all_that_it_imports(tmp_path: Path) -> None:
    js = tmp_path / "js"
    js.mkdir()
    (js / "A.1.js").write_text('import{b}from"./B.2.js";import"./C.3.js";import("./Later.5.js")')
    (js / "B.2.js").write_text('import"./C.3.js";import"./A.1.js"')
    (js / "C.3.js").write_text('let a="./Other.4.js"')
    (js / "Other.4.js").write_text("")
    (js / "Later.5.js").write_text("")
    shelf = Shelf(tmp_path)
    assert shelf.with_imports("A") == ["js/A.1.js", "js/B.2.js", "js/C.3.js"]
    assert shelf.with_imports("A", beside='href="./js/B.2.js"') == ["js/A.1.js", "js/C.3.js"]
    with pytest.raises(ValueError, match="0 files named D"):
        shelf.with_imports("D")


def test_streamlit_has_the_scripts_that_every_page_needs() -> None:
    static = Shelf(Path(file_util.get_static_dir()))
    assert len(static.with_imports(*ON_EVERY_PAGE)) > len(ON_EVERY_PAGE)
    assert len(static.with_imports(*ON_OTHER_PAGES)) > len(ON_OTHER_PAGES)
