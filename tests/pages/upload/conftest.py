"""A store that knows two municipalities and a service, and the page opened on a copy of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import store
from queries import release
from tests.pages.upload.visiting import (
    HEAD,
    MUNICIPALITIES,
    OCTOBER,
    SERVICES,
    TODAY,
    Opening,
    load,
    page_of,
    run,
    uploads,
)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows two municipalities and a service, with its release."""
    folder = tmp_path_factory.mktemp("begun") / "store"
    store.create(folder, demo_today=TODAY)
    load(folder, "kommuner.csv", MUNICIPALITIES)
    load(folder, "tjenester.csv", SERVICES)
    release.bring_up_to_date(folder)
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which the page uses."""
    copy = Path(shutil.copytree(begun, tmp_path / "store"))
    monkeypatch.setenv("FORANKRING_STORE", str(copy))
    return copy


@pytest.fixture
def opening(folder: Path) -> Opening:  # noqa: ARG001 - the store stands ready
    """Open the page as somebody: opening("coordinator", "3439")."""

    def come(
        role: str = "regional_coordinator",
        own: str | None = None,
        shown: str = "cooperation",
        **address: str,
    ) -> AppTest:
        page = AppTest.from_function(page_of, args=(role, own, shown), default_timeout=60)
        for name, value in address.items():
            page.query_params[name] = value
        return run(page)

    return come


@pytest.fixture
def stored(folder: Path) -> int:
    load(folder, "tiltak_2026-10.csv", f"{HEAD}\n{OCTOBER}\n")
    release.bring_up_to_date(folder)
    return uploads(folder)[0].upload_id
