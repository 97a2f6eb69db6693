"""How long a coordinator waits for the receipt of an everyday file, in Chromium."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import servers
from browser import PATIENCE_MS, STILL, chromium, somebody
from measured import Line, median
from playwright.sync_api import Browser

ROWS = 1_000

_HEADINGS = "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status"


def lines(folder: Path, store: Path, times: int) -> Iterator[Line]:
    """From the click to the receipt, and to the numbers that the file gave."""
    copy = Path(shutil.copytree(store, folder / "uploading"))
    with chromium() as browser, servers.dashboard(folder, copy) as ours:
        # The first of all waits for imports, once a day.
        runs = [_stored(browser, ours.url, turn) for turn in range(times + 1)][1:]
    yield Line(
        "upload",
        "1 000 rader lastet opp, fra klikket til kvitteringen",
        median([receipt for receipt, _ in runs]),
        "s",
        goal=2.0,
        note=f"de nye tallene er der etter {median([numbers for _, numbers in runs]):.1f}"
        " sekunder".replace(".", ","),
    )


def _file(turn: int) -> bytes:
    """A list of actions, another one each turn: the same file twice would change nothing."""
    rows = (
        f"T-{number};Lillehammer;Tiltak {number} etter {turn};egen kommune;dialogmøte;"
        "05.10.2026;20.12.2026;åpent"
        for number in range(ROWS)
    )
    return "\r\n".join([_HEADINGS, *rows, ""]).encode("cp1252")


def _stored(browser: Browser, url: str, turn: int) -> tuple[float, float]:
    """Seconds from the click to the receipt, and to the number of the new release in it."""
    with somebody(browser) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{url}/upload?kommune=3405&maned=2026-10")
        page.wait_for_selector(STILL)
        name = f"tiltak_{turn}.csv"
        file = {"name": name, "mimeType": "text/csv", "buffer": _file(turn)}
        page.locator("input[type=file]").first.set_input_files([file])
        store = page.get_by_role("button", name="Lagre 1")
        store.wait_for()
        page.wait_for_selector(STILL)
        began = time.perf_counter()
        store.click()
        receipt = page.locator(".receipt")
        receipt.wait_for()
        shown = time.perf_counter() - began
        receipt.filter(has_text="etter").wait_for()
        return shown, time.perf_counter() - began
