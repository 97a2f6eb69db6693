"""A child that times the first page's script when somebody changes month: child_script.py STORE."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measured import ROOT, median

CHANGES = 20


def main(folder: Path) -> None:
    os.environ["FORANKRING_STORE"] = str(folder)
    from streamlit.runtime.scriptrunner import script_runner
    from streamlit.testing.v1 import AppTest

    spent: list[dict[str, float]] = []
    run = script_runner.exec_func_with_error_handling

    def timed(function: Callable[[], Any], *rest: Any) -> Any:
        """The script itself: not the testing tool's reading of what it drew."""
        began, cpu = time.perf_counter(), time.thread_time()
        try:
            return run(function, *rest)
        finally:
            spent.append({"seconds": time.perf_counter() - began, "cpu": time.thread_time() - cpu})

    script_runner.exec_func_with_error_handling = timed
    app = AppTest.from_file(str(ROOT / "pages" / "parts" / "frame.py"), default_timeout=120)
    app.run()
    from pages.parts.ahead import NEXT
    from queries.ask import ask

    listed = ask("months")["month"].sort(descending=True).to_list()

    def turn_to(at: int) -> None:
        """Choose a month, as the page's own script does: by the address."""
        app.query_params["maned"] = f"{listed[at]:%Y-%m}"
        app.run()

    months = range(1, 1 + CHANGES)
    found: dict[str, list[dict[str, float]]] = {"fresh": [], "ahead": [], "again": []}
    for name, at in (
        *(("fresh", month) for month in months[::2]),
        # Every other month was left out: it is made ready while the month before is read.
        *(("ahead", month) for month in months[1::2]),
        *(("again", month) for month in months),
    ):
        if name == "ahead":
            NEXT.start()
            turn_to(at - 1)
            NEXT.wait()
        turn_to(at)
        assert not app.exception, app.exception
        NEXT.wait()
        NEXT.stop()
        found[name].append(spent[-1])
    said = {
        name: {part: median([one[part] for one in runs]) for part in ("seconds", "cpu")}
        for name, runs in found.items()
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
