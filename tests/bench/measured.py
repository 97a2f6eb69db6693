"""What is measured, and how: children in turn, medians, and a line of the table for each number."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

Unit = Literal["s", "ms", "MB", "×", "%"]


@dataclass(frozen=True)
class Line:
    """One number of the table.

    Attributes:
        name: A short name for machines.
        what: What was measured, in bokmål.
        measured: The median of our side, in `unit`.
        beside: The median of the other side, in the same unit; None where nothing is beside.
        beside_what: What the other side is.
        ratio: Ours to theirs, as the goal is worded; None where nothing is beside.
        goal: What the number should be, of the ratio where there is one; None without a goal.
        at: Whether the goal is a floor or a ceiling.
        note: What else is worth knowing, one sentence in bokmål.
    """

    name: str
    what: str
    measured: float
    unit: Unit
    beside: float | None = None
    beside_what: str = ""
    ratio: float | None = None
    goal: float | None = None
    at: Literal["least", "most"] = "most"
    of: Literal["ratio", "measured"] = "ratio"
    note: str = ""

    @property
    def judged(self) -> float:
        """The number that the goal is about."""
        return self.measured if self.of == "measured" or self.ratio is None else self.ratio

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return self.judged >= self.goal if self.at == "least" else self.judged <= self.goal


@dataclass(frozen=True)
class Run:
    """One child that has ended: its time from start to end, and what it printed as JSON."""

    seconds: float
    cpu: float
    said: dict[str, Any]


def environment(**more: str) -> dict[str, str]:
    """The variables of a child: nobody's settings, and the program of this folder."""
    foreign = ("FORANKRING_", "STREAMLIT_", "PYTEST_")
    own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return own | {"PYTHONPATH": str(ROOT)} | more


def child(folder: Path, *words: object, **variables: str) -> Run:
    """Run a Python program of ours to its end, in a process of its own.

    Args:
        folder: Where it works: a folder without settings.
        words: The program and its arguments.

    Raises:
        RuntimeError: It failed; the message is what it wrote.
    """
    began, before = time.monotonic(), os.times()
    ended = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, after = time.monotonic() - began, os.times()
    if ended.returncode:
        raise RuntimeError(f"{words}: {ended.stderr or ended.stdout}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    said = json.loads(ended.stdout) if ended.stdout.startswith("{") else {}
    return Run(seconds, cpu, said)


def in_turn(times: int, sides: Mapping[str, Callable[[], Any]]) -> dict[str, list[Any]]:
    """Each side so many times, one after the other, so that a busy spell hits all of them alike."""
    found: dict[str, list[Any]] = {name: [] for name in sides}
    for turn in range(times):
        order = list(sides)
        for name in order if turn % 2 == 0 else reversed(order):
            found[name].append(sides[name]())
    return found


def median(values: Sequence[float]) -> float:
    """The middle of several measurements: one spell of bad luck does not move it."""
    return statistics.median(values)


def ratio_in_turn(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios turn by turn: the two of a turn ran under the same conditions."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def peak_bytes() -> int:
    """The most memory that this process has held; called by a child at its end.

    Linux counts what the parent held before the child was its own program into getrusage's figure,
    so there it is read where it is not.
    """
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except FileNotFoundError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
