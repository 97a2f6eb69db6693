"""A child of the store of ten years: child_ten_years.py STORE made|history|month|upload."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ten_years

from queries import gate, release

BEFORE: dict[str, Callable[[Path], None]] = {
    "made": ten_years.make,
    "month": ten_years.one_more_month,
    "upload": ten_years.one_more_upload,
}
"""What happens in the store before its release is made."""


def main(folder: Path, what: str) -> None:
    if what in ("month", "upload"):
        # As the server does when somebody opens the page for uploads.
        release.make_ready(folder)
    if what in BEFORE:
        BEFORE[what](folder)
    said: dict[str, Any] = {}
    if what != "made":
        # How long the audit takes of it is asked of the gate itself.
        audit, gated = [0.0], gate.gated

        def timed(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            found = gated(*given, **named)
            audit[0] += time.perf_counter() - began
            return found

        gate.gated = timed
        began, cpu = time.perf_counter(), time.process_time()
        said["release"] = release.bring_up_to_date(folder)
        said["seconds"] = time.perf_counter() - began
        said["cpu"] = time.process_time() - cpu
        said["audit"] = audit[0]
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
