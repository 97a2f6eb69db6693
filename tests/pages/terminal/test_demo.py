"""`demo` makes the example store once, and nothing else is ever overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import settings, snapshot, store
from data.people import LOCAL
from pages.terminal import demo
from queries import ask

Run = Callable[..., Any]


def test_the_story_is_told_to_its_end(demo_store: Path) -> None:
    assert ask.ask("release", store=demo_store)["is_demo"].item()
    months = ask.ask("months", store=demo_store)
    assert str(months["month"].max()) == "2026-10-01"
    assert months["locked_at"].null_count() == 0
    # Every lock of 2026 kept a release of its own; the history was locked at once.
    assert months["lock_release"].n_unique() == 11
    with store.opened(demo_store) as opened:
        facts = ask.ask("release", store=demo_store).row(0, named=True)
        assert facts["ledger_entry"] == opened.last_entry()
        moments = [entry.at for entry in opened.entries()]
    assert moments == sorted(moments)


def test_a_second_time_it_is_there_already(run: Run, demo_store: Path) -> None:
    before = ask.current_release(demo_store)
    said = run("demo", demo_store)
    assert (said.code, said.out) == (0, f"Eksempeldataene finnes allerede i {demo_store}.\n")
    said = run("demo", demo_store, "--json")
    assert said.json == {"folder": str(demo_store), "is_new": False, "release": before}


def test_a_folder_with_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "viktig.txt").write_text("mitt")
    said = run("demo", tmp_path)
    assert said.code == 1
    assert said.err == f"{tmp_path} inneholder noe annet. Velg en ny eller tom mappe.\n"
    assert (tmp_path / "viktig.txt").read_text() == "mitt"


def test_a_real_store_is_left_alone(run: Run, tmp_path: Path) -> None:
    store.create(tmp_path / "ekte")
    said = run("demo", tmp_path / "ekte", "--json")
    assert said.code == 1
    assert said.json["refused"]["code"] == "folder_in_use"
    assert settings.about(tmp_path / "ekte") is not None


@pytest.fixture
def short_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story that is over at once: an empty store, released."""
    from data.demo import tell

    def told(folder: Path, release: Any, told: Any) -> None:
        store.create(folder, demo_today=tell.TODAY)
        with store.opened(folder) as opened:
            release(snapshot.taken(opened), opened.about)
        told(1, 1, tell.TODAY)

    monkeypatch.setattr(tell, "tell", told)


@pytest.mark.usefixtures("short_story")
def test_a_demo_store_of_another_version_is_made_anew(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    said = run("demo", folder)
    assert said.code == 0
    assert said.out.splitlines() == [
        f"Lager eksempeldata i {folder}.",
        "november 2026: 1 av 1",
        f"Eksempeldata – tallene er oppdiktet: {folder}",
    ]
    mark = folder / demo.MARK
    mark.write_text("of-another-version " + mark.read_text().split()[-1], encoding="utf-8")
    (folder / "left over").write_text("x")
    assert run("demo", folder, "--json").json["is_new"] is True
    assert not (folder / "left over").exists()
    assert run("demo", folder, "--json").json["is_new"] is False


@pytest.mark.usefixtures("short_story")
def test_a_story_that_stops_midway_leaves_no_store(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.demo import tell

    whole = tell.tell

    def stopped(*arguments: Any) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(tell, "tell", stopped)
    assert run("demo", tmp_path / "demo").code == 130
    assert not (tmp_path / "demo").exists()
    monkeypatch.setattr(tell, "tell", whole)
    assert json.loads(run("demo", tmp_path / "demo", "--json").out)["is_new"] is True


@pytest.mark.usefixtures("short_story")
def test_a_demo_store_that_somebody_has_written_in_is_kept(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    run("demo", folder)
    with store.opened(folder) as opened:
        opened.append("report", LOCAL, None, {"municipality": "3439"})
    mark = folder / demo.MARK
    mark.write_text("of-another-version " + mark.read_text().split()[-1], encoding="utf-8")
    said = run("demo", folder)
    assert said.code == 0
    assert said.out.splitlines() == [
        f"Noen har lastet opp eller skrevet noe i {folder}, så det beholdes som det er. Slett"
        " mappen hvis du vil ha eksempeldataene på nytt.",
        f"Eksempeldataene finnes allerede i {folder}.",
    ]
    with store.opened(folder) as opened:
        assert [entry.act for entry in opened.entries()] == ["report"]
