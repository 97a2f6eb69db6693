"""A child that makes a release: child_release.py STORE upload|ready|history."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from data import coverage, delivery, snapshot, store, uploads
from data.people import LOCAL
from data.settings import today
from queries import release


def one_more_upload(folder: Path) -> None:
    """Store the newest file of actions again, with a line end more: other bytes, all to be done."""
    from data.demo.make import FILES, FOLDER

    path = FOLDER / FILES / "2026-10" / "tiltak_lillehammer_2026-10.csv"
    raw = path.read_bytes() + b"\r\n"
    with store.opened(folder) as opened:
        intake = delivery.receive(delivery.ground(opened), raw, path.name, LOCAL)
        assert not intake.blocking, intake.problems
        month = today(folder).replace(day=1)
        covers = coverage.of(intake.tables, ["3405"], month, month)
        uploads.commit(opened, delivery.upload(intake, raw, covers), LOCAL)


def all_anew(folder: Path) -> int:
    """Make the release of a store that has none, beside those that it has."""
    with store.opened(folder) as opened:
        taken, about = replace(snapshot.taken(opened), released=None), opened.about
    beside = folder / "anew"
    made = release.compute(taken, about, beside)
    made.publish(made.write_beside(beside), beside)
    return made.number


def main(folder: Path, what: str) -> None:
    if what == "ready":
        # As the server does when somebody opens the page for uploads.
        release.make_ready(folder)
    if what != "history":
        one_more_upload(folder)
    began, cpu = time.perf_counter(), time.process_time()
    number = all_anew(folder) if what == "history" else release.bring_up_to_date(folder)
    said = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "release": number,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
