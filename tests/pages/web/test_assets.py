"""Files are looked up, never opened by a path that somebody sent, and compressed once."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

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
