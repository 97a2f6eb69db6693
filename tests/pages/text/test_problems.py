"""Every kind of problem has a sentence that says where, what was found and what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data import problems
from data.layout import LeftOut
from data.problems import Problem, at_lines
from pages.text import in_language
from pages.text.problems import headline, left_out, not_counted, sentence

ACTION = {"kind": "actions"}


def in_bokmal(problem: Problem) -> str:
    with in_language("nb"):
        return sentence(problem)


def test_an_unknown_word_is_quoted_beside_the_allowed_ones() -> None:
    problem = Problem(
        "unknown_code",
        line=14,
        column="status",
        found="feito",
        expected="open;in_progress;done;told_back;closed_no_action",
        field="status",
        **ACTION,
    )
    assert in_bokmal(problem) == (
        "Linje 14, kolonne «status»: fant «feito», ventet åpent, pågår, ferdig, tilbakemeldt eller"
        " avsluttet uten tiltak."
    )


def test_a_day_that_does_not_exist_is_told_with_one_that_does() -> None:
    problem = Problem(
        "not_a_date", line=20, column="frist", found="31.02.2026", nearest="28.02.2026", **ACTION
    )
    assert in_bokmal(problem) == (
        "Linje 20, kolonne «frist»: fant «31.02.2026», ventet en dato som 28.02.2026."
    )


def test_a_municipality_is_suggested_and_never_taken() -> None:
    problem = Problem(
        "unknown_municipality",
        line=31,
        column="kommune",
        found="Sør Fron",
        nearest="Sør-Fron (3438)",
    )
    assert in_bokmal(problem) == (
        "Linje 31, kolonne «kommune»: fant «Sør Fron». Mente du Sør-Fron (3438)?"
    )


def test_without_a_near_one_the_municipalities_that_are_known_are_listed() -> None:
    facts = {"line": 31, "column": "kommune", "found": "Lom"}
    problem = Problem(
        "unknown_municipality", expected="Ringebu (3439); Øyer (3440)", allowed=2, **facts
    )
    assert in_bokmal(problem) == (
        "Linje 31, kolonne «kommune»: fant «Lom». Det er ingen av kommunene i samarbeidet."
        " Disse finnes: Ringebu (3439) og Øyer (3440)."
    )
    nobody = Problem("unknown_municipality", expected="", allowed=0, **facts)
    assert in_bokmal(nobody) == (
        "Linje 31, kolonne «kommune»: fant «Lom». Ingen kommuner er lastet opp ennå."
        " Last dem opp først."
    )


@pytest.mark.parametrize(
    ("expected", "allowed", "said"),
    [
        ("U-1", 1, "Bare U-1 finnes."),
        ("U-1; U-2", 2, "Disse finnes: U-1 og U-2."),
        ("U-1; U-2", 214, "Det finnes 214. Mest like er U-1 og U-2."),
        (None, 214, "Det finnes 214."),
        ("", 0, "og ingen utsendinger er lastet opp ennå. Last dem opp først."),
    ],
)
def test_without_a_near_one_what_is_known_is_counted_and_the_likest_named(
    expected: str | None, allowed: int, said: str
) -> None:
    problem = Problem(
        "unknown_reference", line=2, found="X9", expected=expected, allowed=allowed,
        kind="survey_answers", field="wave_id",
    )  # fmt: skip
    assert in_bokmal(problem).endswith(said)


def test_ragged_rows_are_counted_among_all() -> None:
    problem = at_lines("ragged_rows", [93, 17, 201], expected="6", of=412)
    assert in_bokmal(problem) == (
        "Linje 17, 93 og 201: 3 av 412 rader har feil antall felt. Det er 6 overskrifter. Se etter"
        " et skilletegn eller anførselstegn for mye."
    )


def test_of_many_lines_the_first_are_listed_and_the_rest_counted() -> None:
    problem = at_lines("missing_value", range(2, 1002), column="status")
    assert in_bokmal(problem) == (
        "Linje 2, 3, 4, 5, 6, 7, 8, 9 og 992 til, kolonne «status»: cellen er tom, men må fylles"
        " ut."
    )


def test_personal_data_is_placed_and_never_repeated() -> None:
    problem = at_lines("identity_number", [4], column="tiltak")
    assert in_bokmal(problem) == (
        "Linje 4, kolonne «tiltak»: her står det et fødselsnummer. Filen er avvist, og ingenting"
        " fra den er beholdt. Fjern det, og last opp på nytt."
    )


def test_the_headline_counts_what_blocks_only() -> None:
    found = [Problem("empty"), Problem("one_column"), Problem("unknown_column", column="x")]
    with in_language("nb"):
        assert headline("a.csv", found) == "2 problemer i a.csv. Ingenting er lagret."
        assert headline("a.csv", found[2:]) == "a.csv kan lagres."


@pytest.mark.parametrize("code", problems.CODES)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_code_has_a_sentence_in_each_language(code: str, language: str) -> None:
    facts = {"expected": "a; b", "nearest": "c", "kind": "survey_waves", "field": "municipality"}
    if code not in problems.PERSONAL:
        facts["found"] = "2026-01-01"
    with in_language(language):
        for problem in (
            Problem(code, line=3, column="x", sheet="Ark1", of=7, **facts),
            Problem(code, of=7, **facts),
        ):
            text = sentence(problem)
            assert text[0].isupper() or text[0].isdigit() or text[0] in "«“"
            assert text.endswith((".", "?"))
            assert "{" not in text
            assert "None" not in text


@pytest.mark.parametrize(
    "why",
    ["separator_line", "title_row", "heading_row", "repeated_heading", "sum_row", "source_row",
     "blank_row", "chosen"],
)  # fmt: skip
def test_every_reason_to_leave_a_row_out_has_words(why: str) -> None:
    assert left_out(LeftOut(1, why))


def test_a_receipt_says_what_counts_in_no_number() -> None:
    with in_language("nb"):
        assert not_counted({"without_answers": 608, "without_number": 1}) == [
            "608 rader har ikke svar på noen av spørsmålene vi leser",
            "1 svar er uten tall og er ikke med i noen andel",
        ]
        assert not_counted({"without_answers": 0, "without_number": 0}) == []
        # A receipt of before these were counted.
        assert not_counted({}) == []


EXPECTED = Path(__file__).parents[2] / "data" / "bad" / "expected.toml"


@pytest.mark.parametrize(
    ("file", "expected"), tomllib.loads(EXPECTED.read_text(encoding="utf-8")).items()
)
def test_every_bad_file_is_told_in_whole_sentences(file: str, expected: dict[str, Any]) -> None:
    del file
    found = [
        Problem(**{name: tuple(fact) if isinstance(fact, list) else fact
                   for name, fact in facts.items()})
        for facts in expected["problems"]
    ]  # fmt: skip
    assert list(map(in_bokmal, found)) == expected["says"]
