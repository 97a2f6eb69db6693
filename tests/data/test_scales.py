"""Answers find the table that turns them into numbers, and what is on none finds none."""

from __future__ import annotations

import re

import pytest

from data import scales
from data.mapping import Scale
from data.scales import proposed, sort


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        # All five steps, in any order and spelling; "Vet ikke" is valid and no number.
        (
            ["Helt enig", "helt uenig", "Litt uenig", "VERKEN ELLER", "Litt enig", "Vet ikke"],
            "helt uenig=1; Litt uenig=2; VERKEN ELLER=3; Litt enig=4; Helt enig=5; Vet ikke=",
        ),
        # What nobody chose is in the table all the same: somebody will choose it next month.
        (
            ["Svært enig", "Enig"],
            "Helt uenig=1; Litt uenig=2; Verken eller=3; Enig=4; Svært enig=5",
        ),
        # All four steps of the scale without a middle, and no middle anywhere.
        (
            ["Helt uenig", "Uenig", "Enig", "Helt enig"],
            "Helt uenig=1; Uenig=2; Enig=3; Helt enig=4",
        ),
        (
            ["Svært nøgd", "Misnøgd"],
            "Svært misfornøyd=1; Misnøgd=2; Verken fornøyd eller misfornøyd=3; Fornøyd=4;"
            " Svært nøgd=5",
        ),
        (["Ja", "Nei", "Veit ikkje"], "Nei=0; Ja=1; Veit ikkje="),
        (["Ja", "Delvis", "Nei"], "Nei=1; Delvis=2; Ja=3"),
        (["Ikke valgt", "Valgt"], "Ikke valgt=0; Valgt=1"),
        (["😀", "😡", "🙁", "😐", "🙂"], "😡=1; 🙁=2; 😐=3; 🙂=4; 😀=5"),
        # Nobody chose the worst of five, and the short scale has one step for the two best.
        (["😀", "🙂", "😐", "🙁"], "😡=1; 🙁=2; 😐=3; 🙂=4; 😀=5"),
        (["😞", "😐", "😊"], "😞=1; 😐=2; 😊=3"),
        (["Excellent", "Poor"], "Poor=1; Fair=2; Good=3; Very good=4; Excellent=5"),
        (
            ["Strongly agree", "Disagree"],
            "Strongly disagree=1; Disagree=2; Neither agree nor disagree=3; Agree=4;"
            " Strongly agree=5",
        ),
        (["0", "7", "10"], "; ".join(f"{one}={one}" for one in range(11))),
        (["2", "5"], "; ".join(f"{one}={one}" for one in range(1, 6))),
        (["1", "6"], "; ".join(f"{one}={one}" for one in range(1, 7))),
        (["0", "1"], "0=0; 1=1"),
        # Numbered from its good end: high is good everywhere, so it is turned.
        (["1 - Svært enig", "5 - Svært uenig"], "1 - Svært enig=5; 5 - Svært uenig=1"),
    ],
)
def test_answers_are_on_a_known_scale(answers: list[str], written: str) -> None:
    found = proposed(answers)
    assert found is not None
    assert found.written() == written


@pytest.mark.parametrize(
    "answers",
    [
        ["18-29", "30-44"],
        ["Kvinne", "Mann"],
        ["Helt enig", "Jeg savnet noen å snakke med"],
        ["11", "3"],  # an age, an amount
        ["Vet ikke"],
        [],
    ],
)
def test_what_is_no_scale_is_proposed_as_none(answers: list[str]) -> None:
    assert proposed(answers) is None


def test_a_battery_lends_its_middle_to_a_question_where_nobody_chose_it() -> None:
    four = ["Helt uenig", "Uenig", "Enig", "Helt enig"]
    alone = proposed(four)
    beside = proposed(four, [*four, "Verken enig eller uenig"])
    assert alone is not None
    assert beside is not None
    assert (alone.name, beside.name) == ("enig_4", "enig_5")
    assert beside.numbers["Verken enig eller uenig"] == 3
    assert beside.numbers["Helt enig"] == 5


def test_refusing_to_answer_is_no_answer_and_not_knowing_is_one() -> None:
    found = sort(["Ja", "Vet ikke", "Ønsker ikke å svare"])
    assert (found.counted, found.without_number) == (("Ja",), ("Vet ikke",))
    assert found.no_answer == ("Ønsker ikke å svare",)


@pytest.mark.parametrize("scale", scales.known(), ids=lambda one: one.name)
def test_no_wording_stands_for_two_steps(scale: scales.Known) -> None:
    wordings = [scales.key(text) for step in scale.steps for text in step]
    assert len(wordings) == len(set(wordings)) == len(scale.by_key)


@pytest.mark.parametrize("scale", scales.known(), ids=lambda one: one.name)
def test_every_known_scale_is_found_by_the_usual_wording_of_its_steps(
    scale: scales.Known,
) -> None:
    english = not any(
        len(step) > count for step, count in zip(scale.steps, scale.english, strict=True)
    )
    usual = [scale.usual(place, is_english=english) for place in range(len(scale.steps))]
    found = proposed(usual)
    assert found is not None
    assert sorted(found.numbers.values()) == [
        float(scale.first + place) for place in range(len(scale.steps))
    ]
    assert [found.numbers[text] for text in usual] == sorted(found.numbers.values())


# -- as lines ----------------------------------------------------------------------------------

TABLE = Scale("enig", {"Uenig": 1.0, "Enig": 2.5}, ("Vet ikke",), ("Ubesvart",), {"1": "Enig"})


def test_a_table_can_be_changed_as_lines() -> None:
    lines = scales.as_lines(TABLE)
    assert lines == "Uenig = 1\nEnig = 2.5\nVet ikke =\nUbesvart = -"
    assert scales.from_lines(lines, TABLE) == TABLE
    changed = scales.from_lines("Uenig=0\n\n a = b = 2,5 \nVet ikke = 3", TABLE)
    assert dict(changed.numbers) == {"Uenig": 0.0, "a = b": 2.5, "Vet ikke": 3.0}


@pytest.mark.parametrize(
    "line", ["Enig", "= 3", "Enig = mye", "Enig = inf", "Enig = nan", "uenig = 2", "Enig = 10000"]
)
def test_a_line_that_is_none_of_a_table_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(line) + "$"):
        scales.from_lines(f"Uenig = 1\n{line}", TABLE)
