"""The wheel holds everything the dashboard needs, and opens where nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def tracked() -> set[str]:
    """What the repository holds of the packages, as git knows it."""
    found = subprocess.run(
        ["git", "ls-files", "app.py", "data", "queries", "pages"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(found.stdout.split("\n")) - {""}


def test_the_wheel_holds_what_is_tracked_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    # A file that was removed in the working tree and not yet in the index is in neither.
    here = {name for name in tracked() if (ROOT / name).exists()}
    assert here - held == set()
    assert {name for name in held - here if not _is_new(name)} == set()


def _is_new(name: str) -> bool:
    """In the working tree, not ignored, and not yet added: part of the next commit."""
    ignored = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
    return (ROOT / name).exists() and ignored.returncode == 1


def test_the_wheel_holds_no_python_cache_and_no_store(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert not [name for name in names if "__pycache__" in name or name.endswith(".duckdb")]


@pytest.mark.browser
def test_the_wheel_opens_in_an_empty_environment(
    wheel: Path, demo_copy: Path, tmp_path: Path, visiting, free_address: tuple[str, int]
) -> None:
    host, port = free_address
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    install = [Path(sys.executable).parent / "uv", "pip", "install", "--quiet", "--python", python]
    locked = ["--require-hashes", "--requirement", ROOT / "requirements.txt"]
    subprocess.run([*install, *locked], check=True)
    subprocess.run([*install, "--no-deps", wheel], check=True)

    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FORANKRING_", "STREAMLIT_", "PYTHON", "PYTEST_", "VIRTUAL_"))
    } | {"FORANKRING_STORE": str(demo_copy), "FORANKRING_PORT": str(port)}
    command = environment / "bin" / "forankring"
    # It reads its own demo files and finds the store to be theirs, without making it once more.
    subprocess.run(
        [command, "demo", demo_copy], check=True, env=clean, cwd=tmp_path, capture_output=True
    )
    # A release from the installed questions, cards and texts.
    subprocess.run(
        [
            command,
            "decide",
            "Vi tar det opp igjen",
            "--owner",
            "enhetsleder",
            "--due",
            "2026-12-01",
        ],
        check=True,
        env=clean,
        cwd=tmp_path,
        capture_output=True,
    )
    with subprocess.Popen(
        [command, "serve"],
        env=clean,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert str(port) in process.stdout.readline()
            visit = visiting()
            page = visit.open(f"http://{host}:{port}/?kommune=3439")
            assert "Eksempeldata" in page.inner_text("body")
            assert "Ringebu" in page.inner_text("body")
            assert page.locator("[data-testid=stException]").count() == 0
            assert {urlsplit(address).netloc for address in visit.foreign} == set()
        finally:
            process.terminate()


@pytest.fixture
def free_address() -> tuple[str, int]:
    """An address of this machine where nobody listened a moment ago."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    return str(host), int(port)
