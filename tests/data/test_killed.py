"""A process that is killed while it writes leaves all of it or nothing; the next one goes on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from data import acts, delivery, receipts, store, uploads
from data.people import LOCAL
from queries import release

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kills processes the way POSIX does"
)

# Loads modules once; then begins a child for each line it reads. The tests' own process is not
# forked, since its threads would be copied half. A child may be told to end itself, as by a power
# cut, right before or after one of the calls by which anything reaches the disk.
ZYGOTE = """
import datetime as dt, hashlib, json, os, signal, sys
from pathlib import Path
import polars as pl
import app
from data import contract, store, uploads
from data.people import LOCAL
from pages.terminal import load, lock, release

CALLS = {"execute", "register", "fsync", "replace", "rename", "unlink", "mkdir", "close"}
seen = 0

def count(frame, event, called):
    global seen
    if event in ("c_call", "c_return") and getattr(called, "__name__", "") in CALLS:
        seen += 1
        if seen == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

def upload_of(number):
    rows = 5_000
    names = contract.load("survey_answers").column_names
    given = {
        "answer_id": [f"{number}-{n}" for n in range(rows)],
        "wave_id": ["U1"] * rows,
        "question": ["Q1"] * rows,
        "line": range(2, rows + 2),
    }
    table = pl.DataFrame({name: given.get(name, [None] * rows) for name in (*names, "line")})
    covers = frozenset({("survey_answers", "3439", dt.date(2026, 10, 1))})
    raw = str(number).encode() * 100_000
    return uploads.Upload(f"{number}.csv", raw, hashlib.sha256(raw).hexdigest(),
                          {"survey_answers": table}, covers)

def work(folder, asked):
    if isinstance(asked, list):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        if stop_at != 0:
            sys.setprofile(count)
        return app.main([*asked, "--store", folder])
    upload = upload_of(asked)
    # A line and its end at once: print may write them apart, and two processes write here.
    os.write(1, b"ready\\n")
    sys.setprofile(count)
    with store.opened(Path(folder)) as opened:
        uploads.commit(opened, upload, LOCAL)
    return 0

for line in sys.stdin:
    folder, asked, stop_at = json.loads(line)
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = work(folder, asked)
        sys.setprofile(None)
        os.write(tell, str(seen).encode())
        os._exit(code)
    os.close(tell)
    os.write(1, f"{child}\\n".encode())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps([code, int(os.read(told, 20) or b"0")]), flush=True)
    os.close(told)
"""


class Worker:
    """A process whose children write, and can be killed while they do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def load(
        self,
        folder: Path,
        number: int,
        *,
        kill_after: float | None = None,
        stop_at: int | None = None,
    ) -> tuple[int, int, float]:
        """Store the upload of this number, or be killed after so many seconds, or at a call.

        Returns:
            The exit code (negative: the signal), how many calls there were, and how long it took.
        """
        self._ask(folder, number, stop_at)
        told = sorted([self._line(), self._line()])
        assert told[1] == "ready"
        began = time.monotonic()
        timer = threading.Timer(kill_after or 0, os.kill, [int(told[0]), signal.SIGKILL])
        if kill_after is not None:
            timer.start()
        code, calls = json.loads(self._line())
        timer.cancel()
        return code, calls, time.monotonic() - began

    def run(self, folder: Path, *words: str, stop_at: int | None = None) -> tuple[int, int]:
        """Run a command, or kill it at a call; its exit code, and how many calls there were.

        With 0 for the call none is counted, which takes half of the time.
        """
        self._ask(folder, list(words), stop_at)
        self._line()
        code, calls = json.loads(self._line())
        return code, calls

    def _ask(self, folder: Path, asked: int | list[str], stop_at: int | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(folder), asked, stop_at]) + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with subprocess.Popen(
        [sys.executable, "-c", ZYGOTE],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Worker(process)
        assert process.stdin is not None
        process.stdin.close()


# -- in the middle of a load -------------------------------------------------------------------


def whole(folder: Path) -> set[int]:
    """The numbers of the uploads that are stored, each of them whole with what belongs to it."""
    with store.opened(folder) as opened:
        counted = opened.rows(
            "select upload_id, count(*) from rows_survey_answers group by all order by all"
        )
        assert counted == [(entry.entry, 5_000) for entry in opened.entries("upload")]
        assert [entry.entry for entry in opened.entries()] == list(range(1, len(counted) + 1))
        assert opened.rows("select count(*) from coverage") == [(len(counted),)]
        found = receipts.newest_first(opened)
    for receipt in found:
        kept = (folder / store.FILES / receipt.sha256).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == receipt.sha256
    return {int(receipt.file_name.removesuffix(".csv")) for receipt in found}


def survives(before: set[int], folder: Path, number: int, code: int) -> set[int]:
    """What is stored after a load that may have been killed, which is all of it or nothing."""
    after = whole(folder)
    # Nothing that was stored before is lost; this one is there or not.
    assert after in (before, before | {number})
    if code == 0:
        assert number in after  # whoever was told that it is done finds it
    return after


def test_a_load_that_is_killed_at_ten_moments_is_whole_or_nothing_each_time(
    folder: Path, worker: Worker
) -> None:
    code, _, seconds = worker.load(folder, 0)
    assert code == 0
    stored = {0}
    for number in range(1, 11):
        code, _, _ = worker.load(folder, number, kill_after=seconds * number / 10)
        stored = survives(stored, folder, number, code)
    assert len(stored) < 11  # some were killed before they had stored anything
    assert worker.load(folder, 11)[0] == 0  # and the store still takes uploads


def test_a_load_that_is_killed_at_ten_of_its_calls_is_whole_or_nothing_each_time(
    folder: Path, worker: Worker
) -> None:
    code, calls, _ = worker.load(folder, 0)
    assert code == 0
    assert calls >= 10
    stored, reached = {0}, set()
    for number in range(1, 11):
        code, _, _ = worker.load(folder, number, stop_at=1 + (calls - 1) * (number - 1) // 9)
        assert code == -signal.SIGKILL
        after = survives(stored, folder, number, code)
        reached.add(len(after) > len(stored))
        stored = after
    assert reached == {False, True}  # the last calls come after the rows are there
    assert worker.load(folder, 11)[0] == 0


# -- in the middle of a lock or a release ------------------------------------------------------

FILES = {
    "kommuner.csv": (
        "kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune\n"
        "3439;Ringebu;01.01.2014;år;nei\n"
    ),
    "tiltak.csv": (
        "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;frist;status\n"
        "T-1;Ringebu;Skilt;egen kommune;dialogmøte;05.10.2026;20.12.2026;åpent\n"
    ),
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo store with its release, and one upload that is in no release yet."""
    folder = tmp_path_factory.mktemp("ready") / "store"
    store.create(folder, demo_today=dt.date(2026, 11, 12))
    for name, text in FILES.items():
        if name == "tiltak.csv":
            release.bring_up_to_date(folder)
        raw = text.encode()
        with store.opened(folder) as opened:
            intake = delivery.receive(delivery.ground(opened), raw, name, LOCAL)
            uploads.commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
    return folder


def exported(folder: Path) -> object:
    """Every released cell that is shown now."""
    out = folder.parent / "export.json"
    assert app.main(["export", "--store", str(folder), "--out", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))["cells"]


def locked(folder: Path) -> int:
    with store.opened(folder) as opened:
        return len(acts.locked_months(opened))


def test_a_lock_and_its_release_that_are_killed_are_made_by_the_next_command(
    ready: Path, worker: Worker, tmp_path: Path
) -> None:
    words = ("lock", "2026-10")
    unharmed = Path(shutil.copytree(ready, tmp_path / "unharmed"))
    code, calls = worker.run(unharmed, *words)
    assert code == 0
    before, after = exported(ready), exported(unharmed)
    assert before != after
    folder = Path(shutil.copytree(ready, tmp_path / "killed"))
    code, _ = worker.run(folder, *words, stop_at=calls // 2)
    assert code == -signal.SIGKILL
    assert exported(folder) in (before, after)  # what is shown is whole
    if locked(folder) == 0:
        assert worker.run(folder, *words, stop_at=0)[0] == 0
    assert worker.run(folder, "release", stop_at=0)[0] == 0
    assert exported(folder) == after
