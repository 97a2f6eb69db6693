"""How long a visitor waits, beside empty pages that are served the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import servers
from browser import Visit, chromium, somebody, turn, visit
from measured import HERE, Line, child, in_turn, median, ratio_in_turn
from playwright.sync_api import Browser

MEGABYTE = 1_000_000

FINDING, MATRIX, FOOT = "h1", "table", "footer"
"""What of our pages must be seen: the finding, the matrix, and the last thing that is drawn."""

CHART = ".js-plotly-plot .main-svg"

EMPTY, ONE_CHART = "Tom side", "Én figur"

OURS = "– Forankring"


def lines(folder: Path, store: Path, times: int) -> Iterator[Line]:
    """First and third visit, what travels, a page of charts, and the script of a change."""
    with (
        chromium() as browser,
        servers.dashboard(folder, store) as ours,
        servers.page(folder, "page_empty.py") as empty,
        servers.page(folder, "page_chart.py") as chart,
    ):
        for once in (ours, empty, chart):  # the first visitor of all waits for imports, once a day
            with somebody(browser) as context:
                visit(context, once.url, "")
        yield from _visits(browser, ours.url, empty.url, times)
        yield from _charts(browser, ours.url, chart.url, times)
    yield from _script(folder, store, times)


def _visits(browser: Browser, ours: str, empty: str, times: int) -> Iterator[Line]:
    def three(url: str, title: str, wanted: tuple[str, ...]) -> Callable[[], list[Visit]]:
        def come() -> list[Visit]:
            with somebody(browser) as context:
                return [visit(context, url, title, wanted) for _ in range(3)]

        return come

    found = in_turn(
        times,
        {
            "ours": three(ours, OURS, (FINDING, MATRIX, FOOT)),
            "empty": three(empty, EMPTY, ()),
        },
    )
    for place, name in ((0, "første"), (2, "tredje")):
        milliseconds = [visits[place].milliseconds for visits in found["ours"]]
        beside = [visits[place].milliseconds for visits in found["empty"]]
        yield Line(
            f"visit_{place + 1}",
            f"Månedsstatus, {name} besøk",
            median(milliseconds),
            "ms",
            median(beside),
            "tom Streamlit-side",
            ratio_in_turn(milliseconds, beside),
            1.15,
        )
    sent = median([visits[0].sent for visits in found["ours"]])
    beside_sent = median([visits[0].sent for visits in found["empty"]])
    yield Line(
        "sent",
        "Sendt ved første besøk, til siden står der",
        sent / MEGABYTE,
        "MB",
        beside_sent / MEGABYTE,
        "tom Streamlit-side",
        sent / beside_sent,
        1.0,
        of="measured",
    )


def _charts(browser: Browser, ours: str, chart: str, times: int) -> Iterator[Line]:
    def after_status() -> Visit:
        with somebody(browser) as context:
            visit(context, ours, OURS, (FINDING, MATRIX, FOOT))
            return visit(context, f"{ours}/participation", OURS, (FINDING, CHART, FOOT))

    def warm() -> Visit:
        with somebody(browser) as context:
            visit(context, chart, ONE_CHART, (CHART,))
            return visit(context, chart, ONE_CHART, (CHART,))

    def turned() -> float:
        with somebody(browser) as context:
            return turn(context, ours, "Deltakelse", "Deltakelse", (FINDING, CHART, FOOT))

    found = in_turn(
        times,
        {
            "menu": turned,
            "address": lambda: after_status().milliseconds,
            "chart": lambda: warm().milliseconds,
        },
    )
    for name, how in (("menu", "fra menyen på"), ("address", "med adressen, etter")):
        yield Line(
            f"charts_{name}",
            f"Deltakelse, åpnet {how} månedsstatus",
            median(found[name]),
            "ms",
            median(found["chart"]),
            "varm side med én enkel Plotly-figur",
            ratio_in_turn(found[name], found["chart"]),
            1.1,
        )


OF_STATUS = (
    ("again", "Skriptet ved bytte av måned"),
    ("ahead", "Skriptet ved bytte til nabomåneden, som ingen har sett"),
    ("rest", "Skriptet ved bytte til en måned lenger unna, etter et sekund på siden"),
    ("fresh", "Skriptet ved bytte til en måned lenger unna, med det samme"),
)
OTHER_PAGES = {
    "participation": "Deltakelse",
    "actions": "Tiltak",
    "comparison": "Sammenligning",
    "method": "Om tallene",
}


def _script(folder: Path, store: Path, times: int) -> Iterator[Line]:
    def measured(page: str) -> list[dict[str, dict[str, float]]]:
        runs = range(min(times, 2))
        return [child(folder, HERE / "child_script.py", store, page).said for _ in runs]

    def line(name: str, what: str, found: list[dict[str, float]]) -> Line:
        cpu = median([one["cpu"] for one in found]) * 1000
        return Line(
            f"script_{name}",
            what,
            median([one["seconds"] for one in found]) * 1000,
            "ms",
            goal=20.0,
            note=f"{cpu:.0f} ms i prosessortid",
        )

    runs = measured("status")
    for name, what in OF_STATUS:
        yield line(name, what, [run[name] for run in runs])
    for page, title in OTHER_PAGES.items():
        found = [run["rest"] for run in measured(page)]
        yield line(page, f"{title}, ved bytte etter et sekund på siden", found)
