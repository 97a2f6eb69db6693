"""The door: found as an application by Streamlit, and light for the terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.web.server.app_discovery import discover_asgi_app

import app
from pages.web.application import MAIN_SCRIPT

ROOT = Path(app.__file__).parent


def test_streamlit_finds_the_application_in_the_source() -> None:
    found = discover_asgi_app(ROOT / "app.py")
    assert found.is_asgi_app
    assert found.import_string == "app:app"


def test_streamlit_would_not_find_it_behind_a_function(tmp_path: Path) -> None:
    # Why app.py reads as it does: so written, Streamlit runs it as a script without sign-in.
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    assert "app = st.App(" in source
    changed = tmp_path / "app.py"
    changed.write_text(source.replace("app = st.App(", "app = made("), encoding="utf-8")
    assert not discover_asgi_app(changed).is_asgi_app


def test_no_folder_of_pages_lies_beside_the_main_script() -> None:
    assert MAIN_SCRIPT.is_file()
    assert not (MAIN_SCRIPT.parent / "pages").exists()


@pytest.mark.parametrize("name", ["streamlit", "duckdb", "polars", "plotly"])
def test_the_door_opens_without_what_a_command_may_not_need(name: str) -> None:
    code = f"import app, sys; sys.exit({name!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_door_is_about_forty_lines() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 50
