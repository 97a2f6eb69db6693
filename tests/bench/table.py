"""The performance table: `make bench`, or `forankring bench` where this folder is.

Speeds are ratios of two things measured in turn in the same run, because a number of seconds says
more of the machine than of the program. Nothing here is a test: a slow machine breaks nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import false_alarms
import loading
import making
import uploading
import visiting
from measured import Line

GROUPS = (
    "loading",
    "signals",
    "demo",
    "releases",
    "package",
    "ten_years",
    "start",
    "visiting",
    "uploading",
)

TIMES = 5
"""Turns of each measurement: enough for a median that one busy spell does not move."""


def measured(groups: Sequence[str], times: int, folder: Path) -> Iterator[Line]:
    """Every line of the groups, as it is known."""
    store = folder / "demo"
    if "loading" in groups:
        yield from loading.lines(folder, times)
    if "signals" in groups:
        yield from false_alarms.lines()
    if set(groups) - {"loading", "signals", "ten_years"}:
        made = list(making.demo(folder, store))
        yield from made if "demo" in groups else ()
    if "releases" in groups:
        yield from making.releases(folder, store, times)
    if "package" in groups:
        yield from making.package(folder, store, times)
    if "ten_years" in groups:
        yield from making.ten_years(folder, times)
    if "start" in groups:
        yield from making.start(folder, store, times)
    if "visiting" in groups:
        yield from visiting.lines(folder, store, times)
    if "uploading" in groups:
        yield from uploading.lines(folder, store, times)


HEADINGS = ("Hva", "Målt", "Ved siden av", "Forhold", "Mål", "")


def row(line: Line) -> tuple[str, ...]:
    """A line as the cells of the table, in bokmål."""
    beside = "" if line.beside is None else f"{_shown(line.beside, line.unit)} {line.beside_what}"
    goal, met = "", ""
    if line.goal is not None:
        sign = "≥" if line.at == "least" else "≤"
        unit = line.unit if line.of == "measured" or line.ratio is None else "×"
        goal = f"{sign} {_number(line.goal)} {unit}"
        met = "nådd" if line.is_met else "IKKE NÅDD"
    ratio = "" if line.ratio is None else f"{line.ratio:.2f} ×".replace(".", ",")
    return (line.what, _shown(line.measured, line.unit), beside, ratio, goal, met)


def _shown(value: float, unit: str) -> str:
    if unit == "ms":
        return f"{value:.0f} ms"
    return f"{value:.2f} {unit}".replace(".", ",") if value < 10 else f"{value:.0f} {unit}"


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def text(lines: Sequence[Line]) -> str:
    """The table, its notes, and which goals were missed."""
    rows = [HEADINGS, *(row(line) for line in lines)]
    widths = [max(len(cells[place]) for cells in rows) for place in range(len(HEADINGS))]
    out = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in rows
    ]
    out.insert(1, "─" * max(map(len, out)))
    notes = [f"{line.what}: {line.note}." for line in lines if line.note]
    missed = [
        f"Ikke nådd: {line.what.lower()} er {_judged(line)}, målet er {row(line)[4]}."
        for line in lines
        if line.is_met is False
    ]
    return "\n".join([*out, "", *notes, "", *(missed or ["Alle mål er nådd."])])


def _judged(line: Line) -> str:
    if line.of == "measured" or line.ratio is None:
        return _shown(line.measured, line.unit)
    return f"{line.ratio:.2f} ×".replace(".", ",")


def conditions() -> dict[str, object]:
    """What the numbers were measured on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Skriver ut hvor fort det går her.")
    parser.add_argument("--json", action="store_true", help="skriver JSON i stedet for tabellen")
    parser.add_argument("--times", type=int, default=TIMES, help="runder av hver måling")
    parser.add_argument("--only", choices=GROUPS, nargs="+", default=GROUPS, help="bare disse")
    asked = parser.parse_args(words)
    found: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="forankring-bench-") as folder:
        for line in measured(asked.only, asked.times, Path(folder)):
            found.append(line)
            # What is slow says that it is at work, where a table is not piped on.
            print(f"{line.what}: {_judged(line)}", file=sys.stderr)
    if asked.json:
        kept = [dataclasses.asdict(line) | {"is_met": line.is_met} for line in found]
        print(json.dumps(conditions() | {"lines": kept}, ensure_ascii=False, indent=2))
        return 0
    about = conditions()
    print(
        f"\nMålt side om side, {asked.times} runder om hverandre, medianer."
        f" Python {about['python']}, {about['cores']} kjerner, last {about['load']}.\n"
    )
    print(text(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
