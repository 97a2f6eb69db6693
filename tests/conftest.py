"""What every test may ask for: a demo store, a server, a browser; and the guard of real stores."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

import app
from pages.parts import menu

ROOT = Path(__file__).parents[1]

# ---- no test touches a real store -------------------------------------------------------------

REAL_STORE = ROOT / ".store"


class RealStoreTouchedError(AssertionError):
    """A test reached for the store that people use in this folder."""


def _is_real(path: object) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    where = os.fspath(path)
    text = where.decode(errors="replace") if isinstance(where, bytes) else where
    # Compared as text: resolving would touch the disk, and so call this again.
    absolute = os.path.normpath(os.path.join(os.getcwd(), text))  # noqa: PTH109, PTH118
    return absolute == str(REAL_STORE) or absolute.startswith(f"{REAL_STORE}{os.sep}")


# What the interpreter reports of files; DuckDB opens its own, and is watched beside.
_EVENTS = frozenset({"open", "os.listdir", "os.mkdir", "os.rename", "os.remove", "os.scandir"})


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in _EVENTS and any(_is_real(argument) for argument in arguments):
        raise RealStoreTouchedError(f"{event} {arguments}")


sys.addaudithook(_watch)


@pytest.fixture(scope="session", autouse=True)
def _no_real_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the machine's settings reaches a test, and DuckDB opens no real store."""
    connect = duckdb.connect

    def guarded(database: str | Path = ":memory:", *rest: object, **named: object) -> object:
        if _is_real(database):
            raise RealStoreTouchedError(f"duckdb.connect {database}")
        return connect(database, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("FORANKRING_"):
                patch.delenv(name)
        patch.setenv("FORANKRING_STORE", str(tmp_path_factory.mktemp("no") / "store"))
        patch.setattr(duckdb, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _same_main() -> Iterator[None]:
    """A page that is run in a test takes the place of the main module, which new processes read."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def _packages_are_read_once() -> Iterator[None]:
    """Streamlit reads what every package says of itself whenever a page is run in a test.

    Packages do not change meanwhile, and reading them takes far longer than the page.
    """
    if "streamlit.testing.v1" not in sys.modules:
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


# ---- the demo store ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo store, made once by `forankring demo`, also when several workers share a run.

    It is shared: a test that writes takes `demo_copy`.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "demo" / "store"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            assert app.main(["demo", str(folder)]) == 0
    return folder


@pytest.fixture
def demo_copy(demo_store: Path, tmp_path: Path) -> Path:
    """A copy of the demo store to write in."""
    return Path(shutil.copytree(demo_store, tmp_path / "demo"))


# ---- the order ---------------------------------------------------------------------------------

LONGEST = (
    "test_second_opinions",
    "test_killed",
    "test_meeting_in_the_browser",
    "test_in_browser",
    "test_real_input",
    "test_upload_in_the_browser",
    "test_correcting",
    "test_release",
    "test_nothing_personal",
    "test_languages_in_browser",
    "test_upload_mapping_in_the_browser",
    "test_connection_in_the_browser",
    "test_recheck",
    "test_load",
    "test_decide",
    "test_make",
    "test_true_sentences",
    "test_package",
    "test_signing_in",
    "test_export",
    "test_attest_in_the_browser",
    "test_cases_that_must_come_out_right",
    "test_review",
    "test_export_package",
    "test_frame",
    "test_real_store",
)
"""The files that take longest, the longest first: what a worker begins with nobody waits for at the
end."""


def pytest_configure(config: pytest.Config) -> None:
    """Each worker begins to read the tests elsewhere, and finds the rest compiled by the others."""
    if not hasattr(config, "workerinput") or config.args != config.getini("testpaths"):
        return
    parts = [ROOT / "tests" / name for name in ("queries", "pages", "data")]
    others = sorted(
        path
        for path in (ROOT / "tests").iterdir()
        if path not in parts and (path.name.startswith("test_") or path.is_dir())
        if path.name[0] not in "_."
    )
    first = int(config.workerinput["workerid"].removeprefix("gw")) % len(parts)
    config.args = [str(path) for path in (*parts[first:], *others, *parts[:first])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    turn = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: (turn.get(item.path.stem, len(LONGEST)), item.path))


# ---- the server -------------------------------------------------------------------------------


@dataclass
class Server:
    """A dashboard that runs in a process of its own."""

    url: str
    process: subprocess.Popen[str]
    log: Path
    greeting: str

    def stop(self) -> None:
        self.process.terminate()
        # Reads what is left and closes the pipe.
        self.process.communicate(timeout=30)


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Serve = Callable[..., Server]


def _serving(folder: Path) -> Iterator[Serve]:
    started: list[Server] = []

    def start(store: Path, **environment: str) -> Server:
        port = free_port()
        log = folder / f"{port}.log"
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("FORANKRING_", "STREAMLIT_", "PYTEST_"))
        }
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py"), "serve"],
                # A folder without settings of its own.
                cwd=folder,
                env=own
                | {"FORANKRING_STORE": str(store), "FORANKRING_PORT": str(port)}
                | {name: value.format(port=port) for name, value in environment.items()},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert process.stdout is not None
        # It greets when it answers; when it cannot start it ends, and the line is empty.
        greeting = process.stdout.readline()
        server = Server(f"http://127.0.0.1:{port}", process, log, greeting)
        started.append(server)
        assert greeting, log.read_text(encoding="utf-8")
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serve]:
    """Start the real server on a free port: server(store, FORANKRING_…="…") gives where it is.

    "{port}" in a variable is filled in.
    """
    yield from _serving(tmp_path)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """The same for servers that live as long as the run: one for all tests of a file."""
    yield from _serving(tmp_path_factory.mktemp("servers"))


# ---- the browser ------------------------------------------------------------------------------

# Debian's Chromium without what it does on its own: nothing may leave this machine.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_HOW = (
    "no browser: set CHROMIUM to one, or install it (Debian: apt-get install chromium; "
    "elsewhere: python -m playwright install chromium)"
)


# Chromium and the server share the machine with the other tests; it is no test of speed.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Where there is none the test is skipped, except in continuous integration."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        path = named or playwright.chromium.executable_path
        if not Path(path).exists():
            if os.environ.get("CI") == "true":
                pytest.fail(_HOW)
            pytest.skip(_HOW)
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


# Streamlit says on the page itself whether its script has run.
_STILL = "[data-testid=stApp][data-test-script-state=notRunning]"

# What Streamlit shows until the script that draws an element has come.
_PENDING = "[data-testid=stSkeleton]"

# A page may compute new numbers while the other tests have the machine: milliseconds.
PATIENCE = 120_000

# Nothing has changed for a quarter of a second: React has drawn what the script sent.
_QUIET = """() => new Promise(done => {
    let timer = setTimeout(done, 250);
    new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 250) })
        .observe(document.body, {subtree: true, childList: true, characterData: true});
})"""

# What is being unfolded moves what lies below it: a click could be let go on something else.
_UNMOVED = "() => document.getAnimations().every(one => one.playState !== 'running')"


@dataclass
class Visit:
    """Somebody looking at the dashboard: a page, and what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    home: str = ""

    def open(self, url: str) -> Page:
        """Go to an address, and wait until it stands still."""
        self.home = urlsplit(url).netloc
        self.page.goto(url)
        return self.settled()

    def settled(self) -> Page:
        """Wait until the script has run, everything is drawn, and the page stands still."""
        self.page.wait_for_selector(_STILL, state="attached", timeout=PATIENCE)
        self.page.evaluate(_QUIET)
        self.page.wait_for_function(_UNMOVED, timeout=PATIENCE)
        self.page.wait_for_selector(_PENDING, state="detached", timeout=PATIENCE)
        self.page.wait_for_selector(_STILL, state="attached", timeout=PATIENCE)
        return self.page

    def acts_as(self, role: str) -> None:
        """See it as another role, in local mode: the address says which until it is taken up."""
        self.page.get_by_role("combobox", name="Se det som").select_option(label=role)
        self.page.wait_for_url(lambda url: f"{menu.ROLE}=" not in url, timeout=PATIENCE)
        self.settled()

    def hears(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def asks(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.home:
            self.foreign.append(request.url)


Visiting = Callable[..., Visit]


@contextmanager
def _visitors(browser: Browser) -> Iterator[Visiting]:
    contexts = []

    def come(width: int = 1280, height: int = 720, **options: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.on("console", visit.hears)
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.on("request", visit.asks)
        return visit

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    """A new visitor with nothing kept from before: visiting(width=390, height=844)."""
    with _visitors(browser) as come:
        yield come


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    """One visitor, with a laptop."""
    return visiting()


@pytest.fixture(scope="module")
def staying(browser: Browser) -> Iterator[Visit]:
    """One visitor for all tests of a file that only look: a new one costs twice as much a page."""
    with _visitors(browser) as come:
        yield come()
