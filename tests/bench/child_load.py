"""A child that takes one file in, from its bytes to stored rows: child_load.py STORE FILE."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from measured import peak_bytes

from data import delivery, store, uploads
from data.people import LOCAL


def main(folder: Path, path: Path) -> None:
    before = peak_bytes()
    began, cpu = time.perf_counter(), time.process_time()
    raw = path.read_bytes()
    with store.opened(folder) as opened:
        ground = delivery.ground(opened)
    intake = delivery.receive(ground, raw, path.name, LOCAL)
    assert not intake.blocking, intake.problems
    upload = delivery.upload(intake, raw, intake.proposes)
    with store.opened(folder) as opened:
        receipt = uploads.commit(opened, upload, LOCAL)
    said = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "rows": sum(receipt.rows.values()),
        "before": before,
        "peak": peak_bytes(),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
