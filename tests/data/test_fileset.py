"""Files given together are sorted, and an archive is opened only as far as is safe."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from data.fileset import MOST_FILES, Given, together, unpacked
from data.problems import Problem
from data.read import Limits

ANSWERS = b"s_1;s_2;stato_4\n1;2;1\n2;1;1\n"
STRUCTURE = (
    b"questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
    b"s_1;s_1;Closed;Single;Er du enig?;;\ns_2;s_2;Closed;Single;Er du glad?;;\n"
)
LABELS = b"s_1;1;Helt enig\ns_1;2;Enig\ns_2;1;Ja\ns_2;2;Nei\n"
OTHER = b"tiltak_id;kommune;status\n1;Ringebu;ferdig\n2;Ringebu;ferdig\n"
SET = {"dataset.csv": ANSWERS, "structure.csv": STRUCTURE, "labels.csv": LABELS}


def given(files: dict[str, bytes]) -> list[Given]:
    return [Given(name, raw) for name, raw in files.items()]


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as written:
        for name, raw in files.items():
            written.writestr(name, raw)
    return held.getvalue()


@pytest.mark.parametrize("order", [list(SET), list(reversed(SET))])
def test_lists_of_questions_and_labels_go_with_their_answers(order: list[str]) -> None:
    (one,) = together(given({name: SET[name] for name in order}))
    assert (one.name, one.raw) == ("dataset.csv", ANSWERS)
    assert set(one.explained_by) == {"structure.csv", "labels.csv"}
    assert one.codebook.texts["s_1"] == "Er du enig?"
    assert one.codebook.labels["s_2"] == {"1": "Ja", "2": "Nei"}


def test_an_archive_of_the_three_is_the_same_as_the_three() -> None:
    inside = {f"eksport/{name}": raw for name, raw in SET.items()}
    inside |= {"__MACOSX/._dataset.csv": b"x", "eksport/les meg.pdf": b"%PDF-"}
    assert together([Given("eksport.zip", archive(inside))]) == together(given(SET))


def test_lists_that_explain_another_file_stay_alone() -> None:
    found = together(given({"tiltak.csv": OTHER, "labels.csv": LABELS}))
    assert [(one.name, one.codebook.variables) for one in found] == [
        ("tiltak.csv", frozenset()),
        ("labels.csv", frozenset()),
    ]


def test_each_of_several_exports_has_its_own_list() -> None:
    other = ANSWERS.replace(b"s_", b"t_")
    lists = LABELS.replace(b"s_", b"t_").replace(b"Ja", b"Jo")
    found = together(given({"a.csv": ANSWERS, "b.csv": other, "l.csv": LABELS, "m.csv": lists}))
    assert [(one.name, one.explained_by) for one in found] == [
        ("a.csv", ("l.csv",)),
        ("b.csv", ("m.csv",)),
    ]
    assert found[1].codebook.labels["t_2"]["1"] == "Jo"


def test_one_file_is_itself_and_is_not_looked_into() -> None:
    (one,) = together([Given("labels.csv", LABELS)])
    assert (one.name, one.raw, one.problem) == ("labels.csv", LABELS, None)


# -- archives that are not what they seem ------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, None),  # as no archive at all: the reading says what it is
        ({"bilde.png": b"x"}, "empty_archive"),
        ({"inni.zip": archive(SET)}, "empty_archive"),
        ({f"{n}.csv": OTHER for n in range(MOST_FILES)}, None),
        ({f"{n}.csv": OTHER for n in range(MOST_FILES + 1)}, "crowded_archive"),
    ],
)
def test_an_archive_is_refused_by_what_its_directory_says(
    files: dict[str, bytes], problem: str | None
) -> None:
    found = unpacked(Given("a.zip", archive(files)))
    assert (found.code if isinstance(found, Problem) else None) == problem


@pytest.mark.parametrize(("over", "is_refused"), [(-1, False), (0, False), (1, True)])
def test_an_archive_unpacks_to_no_more_than_a_file_may_be(over: int, is_refused: bool) -> None:
    limits = Limits(bytes=1_000_000)
    raw = archive({"a.csv": b"x" * 600_000, "b.csv": b"y" * (400_000 + over)})
    found = unpacked(Given("a.zip", raw), limits)
    assert isinstance(found, Problem) is is_refused
    if isinstance(found, Problem):
        assert (found.code, found.expected) == ("big_archive", "1")


def test_an_archive_that_lies_about_its_sizes_is_not_unpacked_past_the_limit() -> None:
    limits = Limits(bytes=1_000_000)
    raw = bytearray(archive({"a.csv": b"x" * 50_000_000}))
    for at in (raw.find(b"PK\x01\x02") + 24, raw.find(b"PK\x03\x04") + 22):
        raw[at : at + 4] = (10).to_bytes(4, "little")
    found = unpacked(Given("a.zip", bytes(raw)), limits)
    # Either it is cut where the limit is, or the lie is found out: never all of it.
    assert isinstance(found, Problem) or sum(len(one.raw) for one in found) <= limits.bytes


@pytest.mark.parametrize("cut", [30, 60, 200])
def test_a_broken_archive_is_said(cut: int) -> None:
    raw = archive({"a.csv": OTHER * 50}, zipfile.ZIP_STORED)
    broken = raw[:60] + bytes(cut) + raw[60 + cut :]
    found = unpacked(Given("a.zip", broken))
    assert isinstance(found, Problem)
    assert found.code == "locked_archive"


def test_the_real_export_is_a_set(real: Path) -> None:
    folder = real / "surveyxact_semicolon_cp1252"
    files = [Given(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    (one,) = together(files)
    assert one.name == "dataset.csv"
    assert one.explained_by == ("labels.csv", "structure.csv")
