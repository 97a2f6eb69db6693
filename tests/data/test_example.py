"""The example of a template is never loaded without a word, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data import contract, template
from data.intake import Intake
from data.read import Choices

Taken = Callable[..., Intake]

HEAD, EXAMPLE = template.as_csv("goals").decode("utf-8-sig").splitlines()
OWN = "M-7;Ringebu;dialogmøter;Antall møter;2;4;31.12.2026;20.01.2026;kommunalsjef;;"


def of(taken: Taken, *rows: str, **more: object) -> Intake:
    return taken("\r\n".join([HEAD, *rows, ""]), "mål.csv", **more)


def test_beside_other_rows_it_is_left_out_with_a_mark(taken: Taken) -> None:
    intake = of(taken, EXAMPLE, OWN)
    assert [(one.line, one.why) for one in intake.left_out] == [(2, "example")]
    assert intake.tables["goals"]["goal_id"].to_list() == ["M-7"]
    assert intake.problems == ()


def test_alone_it_is_loaded_and_said(taken: Taken) -> None:
    intake = of(taken, EXAMPLE)
    assert [(problem.code, problem.line) for problem in intake.problems] == [("example_row", 2)]
    assert intake.is_part  # no list is emptied by it
    assert not intake.blocking


def test_written_twice_one_is_left_out_and_the_other_said(taken: Taken) -> None:
    intake = of(taken, EXAMPLE, EXAMPLE)
    assert [one.line for one in intake.left_out] == [2]
    assert [problem.line for problem in intake.problems] == [3]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("EKS-M-01", "EKS-M-02"),
        ("25 %", "30 %"),
        ("31.12.2026", "30.12.2026"),
    ],
)
def test_whoever_changes_a_cell_has_made_the_row_their_own(
    taken: Taken, was: str, now: str
) -> None:
    intake = of(taken, EXAMPLE.replace(was, now), OWN)
    assert intake.tables["goals"].height == 2
    assert intake.left_out == ()


@pytest.mark.parametrize(
    ("was", "now"), [("25 %", "0,25"), ("31.12.2026", "2026-12-31"), ("Eksempelkommunen", "Øyer")]
)
def test_a_cell_that_is_only_written_otherwise_is_the_same(
    taken: Taken, was: str, now: str
) -> None:
    intake = of(taken, EXAMPLE.replace(was, now), OWN)
    assert [one.line for one in intake.left_out] == [2]


def test_it_can_be_put_back(taken: Taken) -> None:
    intake = of(taken, EXAMPLE, OWN, choices=Choices(put_back=(2,)))
    assert intake.tables["goals"].height == 2


def test_every_kind_has_one_that_differs_from_an_empty_row() -> None:
    for kind in contract.all_kinds():
        held = contract.load(kind)
        assert held.example[held.key[0]], kind
