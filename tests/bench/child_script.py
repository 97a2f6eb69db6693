"""A child that times a page's script when somebody changes month: child_script.py STORE PAGE."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measured import ROOT, median

CHANGES = 10


def main(folder: Path, page: str) -> None:
    os.environ["FORANKRING_STORE"] = str(folder)
    from streamlit import config
    from streamlit.runtime import context
    from streamlit.runtime.scriptrunner import script_runner
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from data import settings
    from pages.web.options import options

    # As it is served: by default Streamlit takes notes of every command for its makers.
    for name, value in options(settings.load()).items():
        config.set_option(name, value)
    # The testing tool has a mock for a visitor, which takes two milliseconds to ask for a cookie.
    context._get_client_context = lambda: None
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
    from pages.parts import menu
    from pages.parts.ahead import NEXT
    from queries.ask import ask

    app._page_hash = calc_hash(page) if page != menu.HOME else ""
    places = ask("frame_municipalities")["municipality_id"].to_list()
    listed = ask("months")["month"].sort(descending=True).to_list()

    def turn_to(place: str, at: int) -> dict[str, float]:
        """Choose a place and a month, as the page's own script does: by the address."""
        app.query_params["kommune"] = place
        app.query_params["maned"] = f"{listed[at]:%Y-%m}"
        app.run()
        assert not app.exception, app.exception
        return spent[-1]

    def made_ready(place: str, at: int, *, also_later: bool) -> None:
        NEXT.start()
        turn_to(place, at)
        NEXT.wait(also_later=also_later)
        NEXT.stop()

    turn_to(places[0], 0)
    # Nobody has seen any of these months, of one municipality or of another.
    found = {"fresh": [turn_to(places[0], at) for at in range(2, 2 + CHANGES)], "ahead": []}
    for at in range(1, 1 + 2 * CHANGES, 2):
        made_ready(places[1], at, also_later=False)
        found["ahead"].append(turn_to(places[1], at + 1))
    made_ready(places[2], 0, also_later=True)
    found["rest"] = [turn_to(places[2], at) for at in range(2, 2 + CHANGES)]
    found["again"] = [turn_to(places[0], at) for at in range(2, 2 + CHANGES)]
    said = {
        name: {part: median([one[part] for one in runs]) for part in ("seconds", "cpu")}
        for name, runs in found.items()
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
