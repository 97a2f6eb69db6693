"""SurveyXact's lists of questions and of labels are known, and read."""

from __future__ import annotations

from pathlib import Path

from data import codebook
from data.codebook import Codebook
from data.read import read

STRUCTURE = (
    "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
    "s_1;s_1;Closed;Single;Hvor fornøyd er du?;;\n"
    "s_2;s_2_1;Closed;Multiple;Hva gjorde du? ;1;Kurs \n"
    "s_3;s_3;Open;String;Noe mer? - Skriv her:;;\n"
)
LABELS = "s_1;1;Svært fornøyd \ns_1;2;Fornøyd\ns_2_1;0;Ikke valgt\ns_2_1;1;Valgt\n"


def both() -> Codebook:
    found = codebook.NOTHING
    for text in (STRUCTURE, LABELS):
        found = found.and_also(codebook.of(read(text.encode("cp1252"), "fil.csv")))
    return found


def test_texts_labels_and_what_people_wrote_are_told_apart() -> None:
    found = both()
    assert found.texts == {
        "s_1": "Hvor fornøyd er du?",
        "s_2_1": "Hva gjorde du?: Kurs",
        "s_3": "Noe mer? - Skriv her",
    }
    assert found.labels == {
        "s_1": {"1": "Svært fornøyd", "2": "Fornøyd"},
        "s_2_1": {"0": "Ikke valgt", "1": "Valgt"},
    }
    assert found.free == {"s_3"}


def test_labels_under_headings_are_read_too() -> None:
    reading = read(f"variable;value;label\n{LABELS}".encode(), "fil.csv")
    assert codebook.of(reading).labels == both().labels


def test_a_codebook_is_of_the_file_that_has_its_variables() -> None:
    assert both().is_of(["s_1", "s_2_1", "s_3", "stato_1"])
    assert both().is_of(["s_1", "s_2_1"])
    assert not both().is_of(["s_1", "tiltak"])


def test_the_real_lists_explain_the_real_answers(real: Path) -> None:
    folder = real / "surveyxact_semicolon_cp1252"
    found = codebook.NOTHING
    for name in ("structure.csv", "labels.csv"):
        reading = read((folder / name).read_bytes(), name)
        assert codebook.is_codebook(reading)
        found = found.and_also(codebook.of(reading))
    answers = read((folder / "dataset.csv").read_bytes(), "dataset.csv")
    assert not codebook.is_codebook(answers)
    assert found.is_of(answers.columns)
    assert (len(found.texts), len(found.labels)) == (242, 235)
    assert found.labels["up_01"]["4"] == "Helt enig"
