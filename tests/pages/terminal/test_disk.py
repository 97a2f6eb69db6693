"""What the disk refuses a command ends in a sentence and exit code 1, and stores nothing half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import receipts, store
from data.disk import DiskRefusedError
from queries import ask, release

ROOT = Path(__file__).parents[3]
Run = Callable[..., Any]

DAMAGED = (
    "Lagerets fil i {path} er skadet eller borte, så ingenting kan leses fra den eller lagres."
    " Ingenting er endret. Legg mappen tilbake fra den nyeste sikkerhetskopien.\n"
)
FULL = (
    "Disken er full, så dette er ikke lagret. Det som var lagret fra før, er trygt. Lag plass der"
    " {path} ligger, og prøv igjen.\n"
)


STORED = (
    "Det er lagret, men tallene er ikke regnet ut ennå: Disken er full. Lag plass der {path}"
    " ligger. Da regner kommandoen forankring release dem ut."
)


@pytest.fixture
def full(small: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No room for a release of the small store, though for what it is made of there is."""

    def refuse(*_: object) -> Path:
        raise DiskRefusedError("disk_full", str(small / ask.RELEASES))

    monkeypatch.setattr(release.Release, "write_beside", refuse)
    return monkeypatch


def last_entry(folder: Path) -> int:
    with store.opened(folder) as opened:
        return opened.last_entry()


def test_what_is_stored_is_said_to_be_where_its_numbers_find_no_room(
    run: Run, small: Path, full: pytest.MonkeyPatch
) -> None:
    before = last_entry(small)
    stored = STORED.format(path=small / ask.RELEASES) + f" Nummeret i loggen er {before + 1}."
    words = ("decide", "Alle kurs evalueres", "--owner", "kommunalsjef", "--due", "2026-12-31")
    said = run(*words, "--json", "--store", small)
    assert (said.code, said.err) == (1, stored + "\n")
    assert said.json == {
        "refused": {"code": "stored_not_released", "sentence": stored, "entry": before + 1}
    }
    assert last_entry(small) == before + 1
    full.undo()
    assert run("release", "--store", small).code == 0
    (decision,) = run("decide", "--list", "--json", "--store", small).json["decisions"]
    assert decision["decision_id"] == before + 1


@pytest.mark.usefixtures("full")
def test_what_is_not_stored_is_not_said_to_be(run: Run, small: Path, actions: Path) -> None:
    # What was stored before waits for its numbers already, so nothing more is stored.
    assert run("undo", "2", "--store", small).code == 1
    before = last_entry(small)
    path = small / ask.RELEASES
    for words in (("restore", "2"), ("load", actions)):
        assert run(*words, "--store", small).err == FULL.format(path=path)
    assert last_entry(small) == before


def test_a_load_whose_numbers_find_no_room_gives_its_receipt(
    run: Run, small: Path, actions: Path, full: pytest.MonkeyPatch
) -> None:
    stored = STORED.format(path=small / ask.RELEASES)
    text = actions.read_text(encoding="utf-8").replace("Skilt", "Nye skilt")
    actions.write_text(text, encoding="utf-8")
    said = run("load", actions, "--json", "--store", small)
    assert (said.code, said.err) == (1, stored + "\n")
    assert said.json["upload_id"] == 3
    assert said.json["release_after"] is None
    assert said.json["refused"] == {"code": "stored_not_released", "sentence": stored}
    full.undo()
    assert run("undo", "3", "--store", small).code == 0


@pytest.mark.usefixtures("full")
def test_a_load_whose_numbers_find_no_room_says_in_words_what_is_stored(
    run: Run, small: Path, actions: Path
) -> None:
    text = actions.read_text(encoding="utf-8").replace("Skilt", "Nye skilt")
    actions.write_text(text, encoding="utf-8")
    said = run("load", actions, "--store", small)
    assert (said.code, said.err) == (1, STORED.format(path=small / ask.RELEASES) + "\n")
    assert "tiltak.csv" in said.out
    assert "Utgave" not in said.out


@pytest.mark.parametrize("words", [("uploads",), ("undo", "1"), ("lock", "2026-10"), ("release",)])
def test_a_damaged_store_is_said_in_a_sentence(
    run: Run, small: Path, words: tuple[str, ...]
) -> None:
    file = small / store.STORE_FILE
    file.write_bytes(b"")
    shutil.rmtree(small / "releases")
    said = run(*words, "--store", small)
    assert (said.code, said.out, said.err) == (1, "", DAMAGED.format(path=file))
    assert file.read_bytes() == b""


@pytest.mark.parametrize("held", [b"", b"\0\0\0\0\0\0", b"0000012", b"not a number"])
@pytest.mark.parametrize("words", [("release",), ("export",), ("audit",), ("undo", "1")])
def test_a_damaged_pointer_to_the_release_is_said_in_a_sentence(
    run: Run, small: Path, words: tuple[str, ...], held: bytes
) -> None:
    pointer = small / ask.RELEASES / ask.CURRENT
    pointer.write_bytes(held)
    said = run(*words, "--json", "--store", small)
    sentence = DAMAGED.format(path=pointer)
    assert (said.code, said.err) == (1, sentence)
    told = {"code": "store_damaged", "sentence": sentence.removesuffix("\n")}
    assert said.json == {"refused": told}
    assert pointer.read_bytes() == held


def test_a_refusal_of_the_disk_has_a_code_for_machines(run: Run, small: Path) -> None:
    (small / store.STORE_FILE).unlink()
    said = run("uploads", "--json", "--store", small)
    assert said.code == 1
    assert said.json["refused"]["code"] == "store_damaged"


def test_a_load_onto_a_full_disk_stores_nothing_and_works_when_there_is_room(
    run: Run, small: Path, tmp_path: Path
) -> None:
    with store.opened(small) as opened:
        before = len(receipts.newest_first(opened))
    head = "tiltak_id;kommune;tiltak;omfang;kilde;åpnet;status;sist_endret"
    letters = str.maketrans("0123456789", "ghijklmnop")  # no digits, which may be a telephone's
    rows = [
        f"N-{n};Ringebu;{f'{n * 15_485_863_104_729:x}'.translate(letters)};egen kommune;"
        "dialogmøte;05.10.2026;åpent;05.10.2026"
        for n in range(3_000)
    ]
    file = tmp_path / "tiltak.csv"
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    script = (
        "import resource, sys, app\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "sys.exit(app.main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "load", str(file), "--store", str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == FULL.format(path=small / store.FILES)
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == before
    said = run("load", file, "--store", small)
    assert said.code == 0, said.err
