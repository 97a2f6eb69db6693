"""How long a release, a demo store and a start take."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import servers
from measured import HERE, ROOT, Line, Run, child, in_turn, median, ratio_in_turn


def demo(folder: Path, store: Path) -> Iterator[Line]:
    """The demo store made from nothing; it is what the others measure on."""
    made = child(folder, ROOT / "app.py", "demo", store)
    yield Line(
        "demo",
        "Eksempellageret laget fra ingenting, i prosessortid",
        made.cpu,
        "s",
        goal=20.0,
        note=f"{made.seconds:.1f} s på klokken".replace(".", ","),
    )


def releases(folder: Path, store: Path, times: int) -> Iterator[Line]:
    """A release after one more upload, and of the whole history, beside a copy of the store."""

    def copied() -> Path:
        shutil.rmtree(folder / "copy", ignore_errors=True)
        return Path(shutil.copytree(store, folder / "copy"))

    found = in_turn(
        times,
        {
            **{
                what: lambda what=what: (
                    child(folder, HERE / "child_release.py", copied(), what).said
                )
                for what in ("ready", "upload", "history")
            },
            "copy": lambda: child(folder, HERE / "child_copy.py", copied()).said,
        },
    )
    beside = [one["seconds"] for one in found["copy"]]
    for name, what, goal in (
        ("ready", "En utgave etter én opplasting til, i tjeneren som fikk den", 1.0),
        ("upload", "En utgave etter én opplasting til, av en ny prosess", 1.0),
        ("history", "En utgave med hele historikken fra ingenting", None),
    ):
        ours = [one["seconds"] for one in found[name]]
        cpu = median([one["cpu"] for one in found[name]])
        yield Line(
            f"release_{name}",
            what,
            median(ours),
            "s",
            median(beside),
            "DuckDB kopierer lagerets tabeller",
            ratio_in_turn(ours, beside),
            goal,
            of="measured",
            note=f"{cpu:.2f} s i prosessortid".replace(".", ","),
        )


TEN_YEARS = {
    "history": ("En utgave av ti år med 300 000 svar, fra ingenting", 60.0),
    "month": ("En måned til etter ti år, den siste i tertialet, i tjeneren", 2.0),
    "upload": ("En utgave etter én opplasting til, etter ti år, i tjeneren", 1.0),
}
"""What is measured on the store of ten years, and the goal in seconds."""


def ten_years(folder: Path, times: int) -> Iterator[Line]:
    """The releases of six municipalities with ten years behind them, beside a copy of the store."""
    made, whole = folder / "ten_years", folder / "ten_years_released"
    child(folder, HERE / "child_ten_years.py", made, "made")

    def copied(of: Path, to: Path) -> Path:
        shutil.rmtree(to, ignore_errors=True)
        return Path(shutil.copytree(of, to))

    def one(store: Path, what: str) -> dict[str, Any]:
        return child(folder, HERE / "child_ten_years.py", store, what).said

    found: dict[str, list[dict[str, Any]]] = {name: [] for name in (*TEN_YEARS, "copy")}
    # The whole history takes as long as all the others together.
    found["history"].append(one(copied(made, whole), "history"))
    for _ in range(times):
        store = copied(whole, folder / "copy")
        for name in ("month", "upload"):
            found[name].append(one(store, name))
        found["copy"].append(child(folder, HERE / "child_copy.py", store).said)
    beside = [one["seconds"] for one in found["copy"]]
    for name, (what, goal) in TEN_YEARS.items():
        ours = median([one["seconds"] for one in found[name]])
        cpu = median([one["cpu"] for one in found[name]])
        audit = median([one["audit"] for one in found[name]])
        yield Line(
            f"ten_years_{name}",
            what,
            ours,
            "s",
            median(beside),
            "DuckDB kopierer lagerets tabeller",
            ours / median(beside),
            goal,
            of="measured",
            note=f"{cpu:.1f} s i prosessortid, og revisjonen er {audit:.1f} s av tiden".replace(
                ".", ","
            ),
        )


def package(folder: Path, store: Path, times: int) -> Iterator[Line]:
    """Everything to take away from a meeting, beside empty documents by the same makers."""
    found = in_turn(
        times,
        {
            what: lambda what=what: child(folder, HERE / "child_package.py", store, what).said
            for what in ("package", "empty")
        },
    )
    ours, beside = ([one["seconds"] for one in found[side]] for side in ("package", "empty"))
    cpu = median([one["cpu"] for one in found["package"]])
    yield Line(
        "package",
        "Pakken fra et møte: månedsark, lysark, tall og tekster",
        median(ours),
        "s",
        median(beside),
        "tomme dokumenter av de samme slagene",
        ratio_in_turn(ours, beside),
        3.0,
        of="measured",
        note=f"{cpu:.2f} s i prosessortid".replace(".", ","),
    )


def start(folder: Path, store: Path, times: int) -> Iterator[Line]:
    """The second start: the demo store is there already, then until the server answers."""

    def ours() -> tuple[Run, servers.Server]:
        there = child(folder, ROOT / "app.py", "demo", store)
        with servers.dashboard(folder, store) as server:
            return there, server

    def theirs() -> servers.Server:
        with servers.page(folder, "page_empty.py") as server:
            return server

    found = in_turn(times, {"ours": ours, "empty": theirs})
    seconds = [there.seconds + server.seconds for there, server in found["ours"]]
    cpu = [there.cpu + server.cpu for there, server in found["ours"]]
    beside = [server.seconds for server in found["empty"]]
    yield Line(
        "start",
        "Andre oppstart, til tjeneren svarer",
        median(seconds),
        "s",
        median(beside),
        "en tjener med en tom Streamlit-side",
        ratio_in_turn(seconds, beside),
        3.0,
        of="measured",
        note=f"{median(cpu):.2f} s i prosessortid, mot"
        f" {median([server.cpu for server in found['empty']]):.2f} s".replace(".", ","),
    )
