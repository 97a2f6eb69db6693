"""A line that is cut while a file is in work leaves the whole of it, or nothing and a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.upload.visiting import ONE, actions, uploads

pytestmark = pytest.mark.browser

NAME = "tiltak_2026-10.csv"
PATIENCE = 60_000
A_WHILE = 10_000
"""Milliseconds: far more than so small a file takes, on the slowest machine."""

# The page's own line to the server, so that it can be cut without the page being loaded anew.
SOCKETS = """(() => {
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
        constructor(...given) {
            super(...given);
            window.line = this;
            this.addEventListener("open", () => window.mended?.());
        }
    };
})()"""
CUT = """() => {
    window.again = new Promise(done => { window.mended = done });
    window.line.close();
}"""


def many_actions() -> bytes:
    """So many that they are not stored in the blink of an eye."""
    row = ONE.format("05.10.2026", "06.10.2026")
    return actions(*(row.replace("T-1;", f"T-{number};") for number in range(1, 4001)))


def cut_and_mend(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate(CUT)
    page.context.set_offline(False)
    page.evaluate("window.again")


def test_a_line_that_is_cut_while_a_file_is_read_or_stored_leaves_it_whole_or_not_at_all(
    folder: Path, server: Any, visit: Any
) -> None:
    page: Page = visit.page
    page.add_init_script(SOCKETS)
    visit.open(f"{server(folder).url}/upload?kommune=3439&maned=2026-10")
    before = len(uploads(folder))
    file = {"name": NAME, "mimeType": "text/csv", "buffer": many_actions()}
    page.locator("input[type=file]").first.set_input_files([file])
    ready = page.get_by_role("heading", name=f"{NAME} er klar til å lagres.")
    expect(page.get_by_text("…", exact=False).or_(ready).first).to_be_visible(timeout=PATIENCE)
    cut_and_mend(page)

    # What was read is in hand, as if nothing had been; nothing of it is stored.
    expect(ready).to_be_visible(timeout=PATIENCE)
    visit.settled()
    assert len(uploads(folder)) == before

    store = page.get_by_role("button", name="Lagre 4")
    receipt = page.locator(".receipt")
    store.click()
    expect(page.get_by_text("Lagrer …").or_(receipt).first).to_be_visible(timeout=PATIENCE)
    cut_and_mend(page)
    try:
        # What was being written when the line was cut is finished, and is told.
        expect(receipt).to_be_visible(timeout=A_WHILE)
    except AssertionError:
        # It was cut before anything was written, and the page says that it waits to be stored.
        expect(ready).to_be_visible(timeout=PATIENCE)
        visit.settled()
        assert len(uploads(folder)) == before
        store.click()
    expect(receipt).to_contain_text("4 000 rader", timeout=PATIENCE)
    newest, *others = uploads(folder)
    assert len(others) == before
    assert newest.rows == {"actions": 4000}
