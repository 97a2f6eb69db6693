"""What was shown of October: the same bytes after later files, an undo and an upgrade."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from pages.terminal import exported
from queries import ask, cards, certificate, kept_exports, sql

Run = Callable[..., Any]

ROOT = Path(__file__).parents[3]


def october(run: Run, store: Path) -> dict[str, str]:
    """What is exported of October, in both formats."""
    words = ("export", "--month", "2026-10", "--store", store)
    return {form: run(*words, "--format", form).out for form in ("json", "csv")}


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A later version of the program, which words a card otherwise and exports one column more."""

    def upgrade() -> None:
        told = dict(cards.load_all())
        card = told["open_actions"]
        text = {name: {**words, "title": "Uløste saker"} for name, words in card.text.items()}
        told["open_actions"] = replace(card, text=text)
        monkeypatch.setattr(exported.cards, "load_all", lambda: MappingProxyType(told))
        made = exported._cell
        monkeypatch.setattr(
            exported, "_cell", lambda *given: {**made(*given), "colour": "grønn"}, raising=True
        )

    return upgrade


def test_october_is_what_it_was_after_an_upgrade(
    run: Run, locked: Path, tmp_path: Path, upgraded: Callable[[], None]
) -> None:
    # Kept by whoever locked it, before anybody asked for it.
    kept = {path.name.split(".")[-2] for path in locked.glob("releases/exports/2026-10.*")}
    assert kept == {"json", "csv"}
    before = october(run, locked)
    whole = run("export", "--store", locked).out
    upgraded()
    assert run("export", "--store", locked).out != whole
    assert october(run, locked) == before
    # A copy of the store carries it.
    copy = shutil.copytree(locked, tmp_path / "backup")
    assert october(run, Path(copy)) == before
    # What is lost cannot be said in the words of then.
    for kept in Path(copy).glob("releases/exports/*.json.kept"):
        kept.unlink()
    refused = run("export", "--month", "2026-10", "--store", copy)
    assert (refused.code, refused.out) == (1, "")
    assert kept.name in refused.err


@pytest.mark.parametrize("is_current", [True, False])
@pytest.mark.parametrize("how", ["lost", "changed"])
def test_what_is_kept_is_given_also_when_its_release_is_not_what_it_was(
    run: Run, locked: Path, monkeypatch: pytest.MonkeyPatch, how: str, *, is_current: bool
) -> None:
    number = ask.current_release(locked)
    before = october(run, locked)
    if not is_current:
        assert run("undo", "2", "--store", locked).code == 0
    file = ask.file_of(locked, number)
    # Where a process has read it, it knows it; another reads it from the disk.
    for known in (ask._answer, sql._reader, certificate._fitting):
        known.cache_clear()
    if how == "lost":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"x")
    assert october(run, locked) == before
    monkeypatch.setenv("FORANKRING_LANGUAGE", "en")
    said = run("export", "--month", "2026-10", "--store", locked)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"October 2026 is locked, and release {number}, which its lock kept, is lost or is not what"
        " it was. It is never made anew. Put the folder"
        f" {locked / ask.RELEASES} back from the newest backup.\n"
    )
    # Where nothing is kept either, the command release would not bring it back.
    monkeypatch.delenv("FORANKRING_LANGUAGE")
    shutil.rmtree(locked / ask.RELEASES / kept_exports.FOLDER)
    said = run("export", "--month", "2026-10", "--json", "--store", locked)
    assert said.json["refused"]["code"] == "locked_release_lost"
    assert "Kommandoen release" not in said.err


def test_what_moves_on_after_the_lock_is_not_told_as_it_was(run: Run, locked: Path) -> None:
    live = {card.id for card in cards.load_all().values() if card.is_live}
    told = json.loads(october(run, locked)["json"])["cells"]
    assert told
    assert not live & {cell["indicator"] for cell in told}
    whole = json.loads(run("export", "--format", "json", "--store", locked).out)["cells"]
    assert live <= {cell["indicator"] for cell in whole}


def test_a_month_that_is_open_is_exported_as_it_is_now(
    run: Run, small: Path, upgraded: Callable[[], None]
) -> None:
    before = october(run, small)
    upgraded()
    assert october(run, small) != before
    assert not (small / ask.RELEASES / kept_exports.FOLDER).exists()


def test_the_audit_names_a_kept_export_that_was_changed(run: Run, locked: Path) -> None:
    kept = next(locked.glob("releases/exports/*.json.kept"))
    kept.write_bytes(kept.read_bytes()[:-1])
    told = run("audit", "--store", locked)
    assert told.code == 1
    assert kept.name in told.out
    refused = run("export", "--month", "2026-10", "--store", locked)
    assert refused.code != 0
    assert kept.name in refused.out + refused.err


def test_whoever_has_a_release_made_keeps_what_wkept_exports() -> None:
    # Around it nothing would be kept, and the next version would word the month otherwise.
    around = [
        path.name
        for path in sorted((ROOT / "pages").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "bring_up_to_date"
        and isinstance(node.value, ast.Name)
        and node.value.id == "release"
    ]
    assert around == ["locked_export.py"]
