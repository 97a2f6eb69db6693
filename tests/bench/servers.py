"""Servers for a while: started in a process of their own, known to answer, stopped at the end."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measured import HERE, ROOT, environment

PATIENCE_SECONDS = 120
"""How long a server may take to answer, on a machine that does much else."""

PAUSE_SECONDS = 0.02
"""Between two questions whether it answers: what a measured start can be too long by."""


@dataclass(frozen=True)
class Server:
    """A server that answers, and how long that took from the start of its process."""

    url: str
    seconds: float
    cpu: float


def dashboard(folder: Path, store: Path) -> contextlib.AbstractContextManager[Server]:
    """The dashboard over a store."""
    return _server(folder, [str(ROOT / "app.py"), "serve"], store=store)


def page(folder: Path, script: str) -> contextlib.AbstractContextManager[Server]:
    """A page of this folder, as Streamlit serves it by itself."""
    return _server(folder, [str(HERE / "child_pages.py")], script=script)


@contextlib.contextmanager
def _server(
    folder: Path, program: list[str], *, store: Path | None = None, script: str | None = None
) -> Iterator[Server]:
    port = _free_port()
    words = program if script is None else [*program, str(port), script]
    variables = {"FORANKRING_PORT": str(port)}
    if store is not None:
        variables["FORANKRING_STORE"] = str(store)
    log = folder / f"{port}.log"
    began = time.perf_counter()
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=folder,
            env=environment(**variables),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        while not _answers(port):
            late = time.perf_counter() - began > PATIENCE_SECONDS
            if late or process.poll() is not None:
                raise RuntimeError(f"{words}: {log.read_text(encoding='utf-8')}")
            threading.Event().wait(PAUSE_SECONDS)
        yield Server(f"http://127.0.0.1:{port}", time.perf_counter() - began, _cpu(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _cpu(process: int) -> float:
    """Seconds of processor time that a process has used so far; 0 where nobody says."""
    try:
        # After the name in brackets, which may hold blanks: user and system time, in ticks.
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0.0
    import os

    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
