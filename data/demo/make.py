"""Writes the demo data: the files, and the order in which they and the acts enter (events.toml)."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data.demo.acts import Act, acts
from data.demo.deliveries import Delivery, Who, deliveries

FOLDER = Path(__file__).parent
FILES = "files"
EVENTS = "events.toml"

_ABOUT = """\
# How the demo store is lived through: every delivery and every act, in the order of time.
#
# Made by `python -m data.demo.make`; change the story there, not here. Everything is invented but
# the municipalities' names, numbers and join dates. Times are Norwegian clock time.
#
# A delivery has `file` (below files/) and what it covers; `mapping` where a saved mapping reads it.
# An act has `act`, the name of the function in data/acts.py, and its arguments. A decision's
# `decision` is a name that what becomes of it repeats; its number is given when it is entered.
"""


def made() -> dict[str, bytes]:
    """Every file of the demo data by its path below this folder."""
    delivered = deliveries()
    contents = {f"{FILES}/{one.file}": one.content for one in delivered}
    return contents | {EVENTS: _events(delivered, acts()).encode()}


def write(folder: Path) -> list[Path]:
    """Write the demo data in place of what the folder held, and give what was written."""
    shutil.rmtree(folder / FILES, ignore_errors=True)
    written = []
    for name, content in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def _events(delivered: Iterable[Delivery], acted: Iterable[Act]) -> str:
    entries: list[tuple[dt.datetime, str]] = []
    for one in delivered:
        covers = {
            "municipalities": list(one.municipalities),
            "first": f"{one.first:%Y-%m}",
            "last": f"{one.last:%Y-%m}",
        }
        entry = {"at": one.at, "who": _who(one.who), "file": one.file, "covers": covers}
        if one.mapping is not None:
            entry["mapping"] = one.mapping
        entries.append((one.at, _entry(entry)))
    for act in acted:
        entries.append(
            (act.at, _entry({"at": act.at, "who": _who(act.who), "act": act.act, **act.facts}))
        )
    entries.sort(key=lambda entry: entry[0])
    return "\n".join([_ABOUT, *(text for _, text in entries)])


def _who(who: Who) -> dict[str, str]:
    named = {"role": who.role}
    return named if who.municipality is None else named | {"municipality": who.municipality}


def _entry(facts: dict[str, Any]) -> str:
    return "\n".join(
        ["[[entry]]", *(f"{key} = {_toml(value)}" for key, value in facts.items()), ""]
    )


def _toml(value: Any) -> str:
    """A value as TOML writes it; the standard library only reads TOML."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.stdout.write(f"{len(write(FOLDER))} files written\n")
