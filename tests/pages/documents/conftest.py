"""The documents of the small release's October, made once, and a reader of what stands in them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pages.documents.package import Wanted, package
from pages.terminal import exported

OCTOBER = dt.date(2026, 10, 1)
ADDRESS = "https://dashbord.example.no"

Want = Callable[..., Wanted]


@pytest.fixture(scope="session")
def want() -> Want:
    """want(folder, "3439"): October of a place, from the first release of a store."""

    def of(folder: Path, municipality: str = "cooperation", **more: Any) -> Wanted:
        facts: dict[str, Any] = {
            "folder": folder,
            "month": OCTOBER,
            "municipality": municipality,
            "release": 1,
            "version": 1,
            "live": 1,
            "read_numbers": lambda: exported.numbers(exported.shown(folder, 1, OCTOBER)),
            "address": ADDRESS,
        }
        return Wanted(**(facts | more))

    return of


@pytest.fixture(scope="session")
def wanted(small_release: Path, want: Want) -> Wanted:
    """All municipalities together."""
    return want(small_release)


@pytest.fixture(scope="session")
def files(wanted: Wanted) -> Mapping[str, bytes]:
    """Their package."""
    return package(wanted)


@pytest.fixture(scope="session")
def file(files: Mapping[str, bytes]) -> Callable[[str], bytes]:
    """file("tall", "csv"): the one whose name begins and ends so."""

    def found(stem: str, ending: str) -> bytes:
        (name,) = [name for name in files if name.startswith(stem) and name.endswith(ending)]
        return files[name]

    return found


# -- the text of a PDF -------------------------------------------------------------------------


def _letters(text: str) -> str:
    """A text without its spaces: where a line breaks, a PDF may have none."""
    return re.sub(r"\s|\u00ad", "", text)


@pytest.fixture(scope="session")
def letters() -> Callable[[str], str]:
    """letters("5 av 6"): what text_of() gives of it."""
    return _letters


@pytest.fixture(scope="session")
def text_of() -> Callable[[bytes], str]:
    """The letters that a PDF shows, in the order in which they are drawn."""

    def read(content: bytes) -> str:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _letters("".join("".join(_shown(page)) for page in pdf.pages))

    return read


def _shown(page: pikepdf.Page) -> Iterator[str]:
    maps = {name: _letters_of(font) for name, font in page.resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            known = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    for place in range(0, len(raw), 2):
                        yield known[int.from_bytes(raw[place : place + 2], "big")]
        elif str(operator) == "Do":
            form = page.resources["/XObject"][str(operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _shown(_Form(form))


class _Form:
    """A drawing within a page, read as a page is."""

    def __init__(self, form: Any) -> None:
        self.form = form
        self.resources = form.get("/Resources", {})


def _letters_of(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(
            r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block
        ):
            start = ord(bytes.fromhex(letter).decode("utf-16-be"))
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + step)
    return found
