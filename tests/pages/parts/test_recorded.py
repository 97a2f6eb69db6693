"""What is written down is never said to be lost because its numbers have to wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.disk import DiskRefusedError
from data.store import RefusedError
from pages.parts import recorded
from pages.terminal import locked_export

FULL = (
    "Det er lagret, men tallene er ikke regnet ut ennå: Disken er full. Lag plass der /et/sted"
    " ligger. Da regner kommandoen forankring release dem ut."
)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> int:
        raise DiskRefusedError("disk_full", "/et/sted")

    monkeypatch.setattr(locked_export, "bring_up_to_date", refuse)


def _asked() -> None:
    from pages.parts import recorded

    assert not recorded.released(99)


@pytest.mark.usefixtures("full")
def test_a_full_disk_after_an_act_is_said_with_that_it_is_stored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(tmp_path))
    page = AppTest.from_function(_asked).run(timeout=60)
    assert not page.exception, page.exception
    drawn = " ".join(str(one.proto.body) for one in page.main if one.type == "html")
    assert FULL in drawn
    assert recorded.receipt("Attesten er lagret.") == f"Attesten er lagret. {FULL}"


def test_another_refusal_is_said_with_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> int:
        raise RefusedError("releases_lost", release=4, folder="/et/sted")

    monkeypatch.setattr(locked_export, "bring_up_to_date", refuse)
    assert recorded.receipt("Gjort.").startswith(
        "Gjort. Det er lagret, men tallene er ikke regnet ut. Tallene kan ikke lages på nytt:"
    )
