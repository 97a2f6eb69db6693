"""One way through the house: a layer imports only from its left, a library stays in its layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("data", "queries", "pages", "app")

# Of the pages only these write or read the store; the others get numbers through ask() alone.
MAY_IMPORT_DATA = (
    "pages/upload.py",
    "pages/meeting.py",
    "pages/parts",
    "pages/web",
    "pages/terminal",
)

# The method page explains the contracts, and the words for problems and refusals are text: they
# name things of `data` but hold no rows and no numbers.
MAY_IMPORT_NAMES = ("pages/method.py", "pages/text")

ONLY_IN = {
    "duckdb": ("data/store.py", "queries/sql.py"),
    "plotly": ("pages/charts",),
    "streamlit": ("pages", "app.py"),
    "highspy": ("queries/solver.py",),
    "scipy": ("queries",),
}
NOT_IN = {"streamlit": ("pages/charts", "pages/documents", "pages/programme", "pages/text")}


def modules() -> list[str]:
    found = [ROOT / "app.py"]
    for layer in LAYERS[:-1]:
        found += sorted((ROOT / layer).rglob("*.py"))
    return [path.relative_to(ROOT).as_posix() for path in found]


def imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}/") for place in places)


def faults(module: str, text: str) -> list[str]:
    layer = LAYERS.index(module.split("/")[0].removesuffix(".py"))
    found = []
    for name in imports(text):
        top = name.split(".")[0]
        if top in LAYERS and LAYERS.index(top) > layer:
            found.append(f"{module} imports {name}, which stands to its right")
        if (
            top == "data"
            and module.startswith("pages/")
            and not is_within(module, MAY_IMPORT_DATA)
            and not is_within(module, MAY_IMPORT_NAMES)
        ):
            found.append(f"{module} imports {name}: a page gets numbers only from ask()")
        if top in ONLY_IN and not is_within(module, ONLY_IN[top]):
            found.append(f"{module} imports {top}, which belongs in {', '.join(ONLY_IN[top])}")
        if top in NOT_IN and is_within(module, NOT_IN[top]):
            found.append(f"{module} imports {top}, which has no place there")
    return found


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_only_what_stands_to_its_left(module: str) -> None:
    assert faults(module, (ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("data/read.py", "import queries.sql"),
        ("queries/ask.py", "from pages import text"),
        ("queries/release.py", "import duckdb"),
        ("pages/status.py", "from data import store"),
        ("pages/status.py", "import plotly.graph_objects"),
        ("pages/charts/ages.py", "import streamlit as st"),
        ("data/store.py", "import streamlit"),
    ],
)
def test_a_planted_step_back_is_caught(module: str, text: str) -> None:
    assert faults(module, text)


def test_the_top_level_holds_nothing_else() -> None:
    allowed = {
        "app.py", "pages", "queries", "data", "tests", "pyproject.toml", "README.md", "Makefile",
        "CHANGELOG.md", "LICENSE", "requirements.txt", "requirements-dev.txt", "uv.lock", "dist",
    }  # fmt: skip
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here - allowed - {"__pycache__", "forankring.egg-info"} == set()


def test_the_lock_holds_no_address() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert text.count("==") == sum("==" in line for line in text.splitlines()), lock.name
        assert "--hash=sha256:" in text, lock.name
