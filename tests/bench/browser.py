"""A visitor in Chromium: when what was asked for is on the screen, and what was sent for it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Chromium without what it does on its own: nothing may leave this machine.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
"""Streamlit's own word that the script has run and all of it has been drawn."""

PATIENCE_MS = 120_000

# From the start of the navigation to the first picture in which everything asked for is there. The
# title is the last thing that an empty page gets, and stands for its content.
_WATCH = """
(() => {
    const [title, wanted] = %s;
    const there = found => found && found.getClientRects().length > 0;
    const look = () => {
        if (document.title.includes(title)
            && wanted.every(one => there(document.querySelector(one)))) {
            document.documentElement.dataset.seen = performance.now();
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
})()
"""

# The same from a click on, for a page that opens where another stands.
_WATCH_CLICK = """
addEventListener("click", () => {
    const [title, wanted] = %s;
    const began = performance.now();
    const there = found => found && found.getClientRects().length > 0;
    const look = () => {
        if (document.title.includes(title)
            && wanted.every(one => there(document.querySelector(one)))) {
            document.documentElement.dataset.turned = performance.now() - began;
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
}, {capture: true, once: true})
"""

READING_MS = 5_000
"""How long somebody reads a page before turning to the next one."""


@dataclass(frozen=True)
class Visit:
    """One page load.

    Attributes:
        milliseconds: From the start of the navigation until everything asked for is on the screen.
        sent: Bytes that came over the network until then, as they travelled.
    """

    milliseconds: float
    sent: int


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, found as the tests find it."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        path = named or playwright.chromium.executable_path
        if not Path(path).exists():
            raise FileNotFoundError(path)
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@contextlib.contextmanager
def somebody(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with nothing kept from before."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context
    context.close()


def visit(context: BrowserContext, url: str, title: str, wanted: Sequence[str] = ()) -> Visit:
    """Load a page in a new tab, and wait until it is there.

    Args:
        title: What the page's title holds when its script has run.
        wanted: Selectors of what must be seen.
    """
    page = context.new_page()
    sent = _counting(context, page)
    page.add_init_script(_WATCH % json.dumps([title, [STILL, *wanted]]))
    page.goto(url, wait_until="commit")
    # A mark in the page, because our policy lets nobody wait for an expression.
    page.wait_for_selector("html[data-seen]", state="attached", timeout=PATIENCE_MS)
    milliseconds = float(page.get_attribute("html", "data-seen") or "nan")
    bytes_then = sum(sent)
    # What is fetched ahead for the next page is fetched before the tab is closed.
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    page.close()
    return Visit(milliseconds, bytes_then)


def turn(
    context: BrowserContext, url: str, link: str, title: str, wanted: Sequence[str] = ()
) -> float:
    """Load a page, read it, and follow one of its links.

    Args:
        link, title: What the link is called, and what the title holds when its page is there.
        wanted: Selectors of what must be seen.

    Returns:
        Milliseconds from the click until everything asked for is on the screen.
    """
    page = context.new_page()
    page.add_init_script(_WATCH_CLICK % json.dumps([title, list(wanted)]))
    page.goto(url)
    page.wait_for_selector(STILL, timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    page.wait_for_timeout(READING_MS)
    page.get_by_role("link", name=link).first.click()
    page.wait_for_selector("html[data-turned]", state="attached", timeout=PATIENCE_MS)
    milliseconds = float(page.get_attribute("html", "data-turned") or "nan")
    page.close()
    return milliseconds


def _counting(context: BrowserContext, page: Page) -> list[int]:
    sent: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(told: dict[str, Any]) -> None:
        sent.append(int(told["encodedDataLength"]))

    session.on("Network.loadingFinished", finished)
    return sent
