"""A store that is busy, a full disk and a lost visit are said, and nothing is half."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import store
from tests.pages.upload.visiting import (
    Opening,
    actions,
    click,
    drop,
    heading,
    markup,
    run,
    uploads,
    words,
)

_HOLD = "import sys; from data import store; from pathlib import Path\n" + (
    "with store.opened(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Another process takes the store and keeps it until the test ends."""
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.2)
    holders: list[subprocess.Popen[str]] = []

    def hold() -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )
        holders.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"

    yield hold
    for process in holders:
        process.communicate("", timeout=30)


def test_a_busy_store_is_said_and_nothing_is_lost(
    opening: Opening, busy: Callable[[], None]
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    busy()
    page = run(page)
    assert heading(page) == "Lageret er opptatt"
    assert "Prøv igjen om litt." in words(page)
    assert len(page.session_state["upload_inbox"].files) == 1


def test_a_damaged_store_is_said_and_so_is_a_file_that_does_not_fit(
    opening: Opening, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        click(page, "Lagre")
    assert "Disken er full, så dette er ikke lagret." in words(page)
    assert len(uploads(folder)) == 2
    assert not list(folder.rglob("*.part"))
    click(page, "Lagre")
    assert len(uploads(folder)) == 3
    (folder / store.STORE_FILE).write_bytes(b"")
    assert "er skadet eller borte" in words(opening())


def test_a_visit_that_was_cut_off_is_told_that_nothing_was_stored(opening: Opening) -> None:
    cut_off = drop(opening(), ("tiltak.csv", actions()))
    asked = cut_off.query_params["fil"]
    again = opening(fil=asked)
    assert "Siden ble lastet på nytt før filen din var lagret." in words(again)
    assert "Ingenting av den er lagret." in words(again)
    # Once it is chosen again, there is nothing more to say of it.
    assert "lastet på nytt" not in words(drop(again, ("tiltak.csv", actions())))


def test_a_visit_that_was_cut_off_after_storing_is_led_to_the_receipt(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    asked = page.query_params["fil"]
    page = click(page, "Lagre")
    assert "fil" not in page.query_params
    (newest, *_) = uploads(folder)
    again = opening(fil=asked)
    assert "Siden ble lastet på nytt, men hele tiltak.csv er lagret." in words(again)
    assert f"opplasting={newest.upload_id}" in markup(again)


def test_a_file_that_is_taken_away_is_not_missed(opening: Opening) -> None:
    page = click(drop(opening(), ("tiltak.csv", actions())), "Ta bort filen")
    assert "fil" not in page.query_params
    assert "lastet på nytt" not in words(page)
