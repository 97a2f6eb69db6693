"""What was made of a release is made once, and anew for another release, language or argument."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts.kept import MOST, kept
from pages.text import in_language, say
from queries import ask

Tables = dict[str, list[dict[str, Any]]]


def test_a_part_is_made_once_for_each_argument_language_and_release(
    small_release: Path,
    tables: Tables,
    released: Callable[[Tables], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []

    @kept
    def part(n: int) -> str:
        made.append(n)
        return say("Monthly status")

    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    assert part(1) == part(1) == "Månedsstatus"
    part(2)
    assert made == [1, 2]
    with in_language("en"):
        assert part(1) == "Monthly status"
    monkeypatch.setenv("FORANKRING_STORE", str(released(tables)))
    part(1)
    assert made == [1, 2, 1, 1]


def test_a_new_release_of_the_same_store_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ask.RELEASES).mkdir()
    monkeypatch.setenv("FORANKRING_STORE", str(tmp_path))
    made: list[int] = []

    @kept
    def part() -> int:
        made.append(ask.current_release())
        return made[-1]

    for number in (1, 1, 2, 1):
        (tmp_path / ask.RELEASES / ask.CURRENT).write_text(f"{number:06d}", encoding="utf-8")
        assert part() == number
    assert made == [1, 2]


def test_what_was_used_longest_ago_makes_room(
    small_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(small_release))
    made: list[int] = []

    @kept
    def part(n: int) -> int:
        made.append(n)
        return n

    part(0)
    part(1)
    for n in range(2, MOST):
        part(n)
    # Used again: the other one is the oldest.
    part(0)
    part(MOST)
    made.clear()
    part(0)
    part(1)
    assert made == [1]
