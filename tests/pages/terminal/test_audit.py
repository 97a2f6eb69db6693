"""`forankring audit` says in words what could be learnt, and ends with 1 where something could."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import ask, certificate
from tests.pages.terminal.conftest import Run


def test_a_release_that_gives_nobody_away_passes(run: Run, small: Path) -> None:
    number = ask.current_release(small)
    said = run("audit", "--store", small)
    assert said.code == 0
    assert said.out.startswith(
        f"Ingen kan slutte av utgave {number} hvor mange personer eller svar en kommune hadde,"
        " verken en utenforstående eller en annen kommune.\n"
    )


def test_the_answer_for_machines_has_the_same(run: Run, small: Path) -> None:
    said = run("audit", "--store", small, "--json")
    assert (said.code, said.json["passed"], said.json["findings"]) == (0, True, [])
    assert said.json["release"] == ask.current_release(small)


def test_a_release_without_a_certificate_fails_in_words(run: Run, small: Path) -> None:
    number = ask.current_release(small)
    certificate.path_of(ask.file_of(small, number)).unlink()
    said = run("audit", "--store", small, "--release", number)
    assert said.code == 1
    assert said.out == (
        f"Én ting er galt med utgave {number}.\n"
        "Utgaven har ikke noe sertifikat som passer, så den åpnes ikke: Den er aldri revidert,"
        " eller filen er ikke den som ble det. Kommandoen release lager en ny.\n"
    )


@pytest.mark.parametrize("number", [0, 99])
def test_a_release_that_is_not_there_is_refused(run: Run, small: Path, number: int) -> None:
    said = run("audit", "--store", small, "--release", number)
    assert said.code == 1
    assert said.err.startswith("Den utgaven finnes ikke her")
