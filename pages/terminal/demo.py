"""`forankring demo`: a store with example data, made by letting its story happen."""

from __future__ import annotations

import argparse
import hashlib
import shutil
from datetime import date
from pathlib import Path

from data import settings
from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import month, say

MARK = "demo.sha256"
"""In a demo store: the fingerprint of what it was made by, and the last entry of its story."""


def add_arguments(parser: Parser) -> None:
    """The folder."""
    parser.explain(
        say(
            "Makes a store with example data in a new or empty folder: the files and acts of a"
            " made-up story enter as people enter theirs. Where such a store is already, made by"
            " this very program, nothing is done; one that another version made is made anew,"
            " unless somebody has uploaded or written something in it."
        ),
        ["demo .store/demo"],
        keys={
            "folder": say("the folder of the store"),
            "is_new": say("whether it was made now"),
            "release": say("the number of the release that is shown"),
        },
    )
    parser.add_argument("folder", type=Path, metavar=say("FOLDER"), help=say("where to make it"))
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make it, or say that it is there; 1 when something else is in the folder."""
    folder: Path = arguments.folder
    mark = fingerprint()
    is_new = not _is_current(folder, mark)
    if is_new and _is_used(folder):
        is_new = False
        if not arguments.json:
            output.show(
                say(
                    "Somebody has uploaded or written something in {folder}, so it is kept as it"
                    " is. Delete the folder to have the example data anew.",
                    folder=folder,
                )
            )
    if is_new:
        refused = _refused(folder)
        if refused is not None:
            return shared.refused(arguments, "folder_in_use", refused)
        _make(folder, mark, is_silent=arguments.json)
    number = int((folder / "releases" / "current").read_text(encoding="utf-8"))
    if arguments.json:
        output.show_json({"folder": str(folder), "is_new": is_new, "release": number})
    elif is_new:
        output.show(say("Example data – the numbers are made up: {folder}", folder=folder))
    else:
        output.show(say("The example data are in {folder} already.", folder=folder))
    return 0


def fingerprint() -> str:
    """A hash of everything that makes the demo store what it is: code, contracts, SQL, story."""
    top = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for layer in ("data", "queries"):
        for path in sorted((top / layer).rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(path.relative_to(top).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_current(folder: Path, mark: str) -> bool:
    path = folder / MARK
    return path.is_file() and path.read_text(encoding="utf-8").split()[0] == mark


def _is_used(folder: Path) -> bool:
    """Whether something was recorded after the story: then the store is somebody's, and kept."""
    path = folder / MARK
    if not path.is_file():
        return False
    from data import store

    with store.opened(folder) as opened:
        return str(opened.last_entry()) != path.read_text(encoding="utf-8").split()[-1]


def _refused(folder: Path) -> str | None:
    """Why no demo store can be made here; None when the folder is free, or holds an older one."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    told = settings.about(folder)
    if told is not None and told.is_demo:
        return None
    return say("{folder} holds something else. Choose a new or an empty folder.", folder=folder)


def _make(folder: Path, mark: str, *, is_silent: bool) -> None:
    """Make it beside, and put it in its place when it is whole."""
    from data import store
    from data.demo.tell import tell
    from data.settings import About
    from data.snapshot import Snapshot
    from queries.release import release_snapshot

    def told(done: int, of: int, reached: date) -> None:
        if not is_silent:
            output.show(say("{month}: {done} of {of}", month=month(reached), done=done, of=of))

    if not is_silent:
        output.show(say("Making example data in {folder}.", folder=folder))
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)

    def make_release(snapshot: Snapshot, about: About) -> None:
        release_snapshot(snapshot, about, part)

    tell(part, make_release, told)
    with store.opened(part) as opened:
        last = opened.last_entry()
    (part / MARK).write_text(f"{mark} {last}", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
