"""A survey's export is proposed a mapping in the terminal, which is confirmed, saved and used."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

DATASET = "s_1;s_2;s_3;stato_1;stato_2;stato_3;stato_4\n" + "".join(
    f"{one};{1 + one % 2};Skrev noe {one};0;0;0;1\n" for one in (1, 2, 1, 2)
)
STRUCTURE = (
    "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
    "s_1;s_1;Closed;Single;Ble du hørt?;;\ns_2;s_2;Closed;Single;Er du fornøyd?;;\n"
    "s_3;s_3;Open;String;Noe mer?;;\n"
)
LABELS = "s_1;1;Ja\ns_1;2;Nei\ns_2;1;Svært fornøyd\ns_2;2;Misfornøyd\n"
SAID = [
    "--value", "wave_id=U-9", "--value", "municipality=3439", "--value", "sent_on=2026-10-01",
    "--value", "measurement=same_day",
]  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> list[Path]:
    """The three files of a SurveyXact export."""
    paths = []
    for name, text in (("dataset", DATASET), ("structure", STRUCTURE), ("labels", LABELS)):
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(text.encode("cp1252"))
    return paths


def test_a_proposal_is_shown_in_words_and_for_machines(
    run: Run, small: Path, export: list[Path]
) -> None:
    said = run("check", *export, "--store", small)
    assert said.code == 1
    assert "Foreslått, og ikke bekreftet:\n  tekster fra structure.csv, labels.csv\n" in said.out
    assert "s_1 → s_1 (listened_to): Ble du hørt? [Nei=0; Ja=1]" in said.out
    assert "Skrev noe" not in said.out
    shown = run("check", *export, "--store", small, "--json").json
    assert (shown["mapped_by"], shown["tool"]) == ("proposed", "surveyxact")
    assert [(one["column"], one["use"]) for one in shown["proposal"][:3]] == [
        ("s_1", "question"),
        ("s_2", "question"),
        ("s_3", "free_text"),
    ]
    assert "proposed_mapping" in {one["code"] for one in shown["problems"]}


def test_a_confirmed_proposal_is_saved_and_reads_the_next_file(
    run: Run, small: Path, export: list[Path], tmp_path: Path
) -> None:
    together = tmp_path / "eksport.zip"
    with zipfile.ZipFile(together, "w") as archive:
        for path in export:
            archive.write(path, f"eksport/{path.name}")
    stored = run("load", together, "--store", small, "--save-mapping", "kurs", *SAID, "--json")
    assert stored.code == 0
    assert stored.json["mapping"] == "kurs"
    assert stored.json["rows"] == {"questions": 2, "survey_waves": 1, "survey_answers": 8}
    assert stored.json["constants"]["survey_waves.measurement"] == "same_day"
    assert "s_3" in stored.json["dropped_columns"]
    # The texts are in the mapping now: the next file comes alone.
    export[0].write_bytes((DATASET + "2;1;;0;0;0;1\n").encode("cp1252"))
    more = run(
        "check", export[0], "--store", small, "--json", "--value", "wave_id=U-10",
        "--value", "municipality=3439", "--value", "sent_on=2026-10-08",
    )  # fmt: skip
    assert more.code == 0
    assert (more.json["mapping"], more.json["mapped_by"]) == ("kurs", "saved_mapping")
    assert more.json["rows"]["survey_answers"] == 10


def test_a_mapping_in_a_file_is_used_and_can_be_saved(
    run: Run, small: Path, export: list[Path], tmp_path: Path
) -> None:
    shown = run("check", *export, "--store", small, "--json").json
    own = tmp_path / "min.json"
    table = shown["mapping_table"]
    table["question"][0]["role"] = "core"
    own.write_text(json.dumps({"mapping_table": table}), encoding="utf-8")
    stored = run(
        "load", export[0], "--store", small, "--mapping", own, "--save-mapping", "egen", *SAID,
        "--json",
    )  # fmt: skip
    assert (stored.code, stored.json["mapping"]) == (0, "egen")
    again = run("check", export[0], "--store", small, "--json", *SAID)
    assert again.json["mapping_table"]["question"][0]["role"] == "core"


@pytest.mark.parametrize(
    "text", ['{"name": "x", "feil": 1}', "ikke json", '{"name": "x", "gives": [{"kind": "x"}]}']
)
def test_a_mapping_that_contradicts_itself_is_wrong_use(
    text: str, run: Run, small: Path, export: list[Path], tmp_path: Path
) -> None:
    own = tmp_path / "min.json"
    own.write_text(text, encoding="utf-8")
    said = run("check", export[0], "--store", small, "--mapping", own)
    assert said.code == 2
    assert "min.json" in said.err or "x: " in said.err


def test_there_must_be_something_to_save(run: Run, small: Path, actions: Path) -> None:
    said = run("load", actions, "--store", small, "--save-mapping", "x")
    assert said.code == 2
    assert "verken noe forslag" in said.err


def test_several_files_are_stored_each_with_its_receipt(
    run: Run, small: Path, tmp_path: Path
) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"tiltak{number}.csv")
        files[-1].write_text(
            "tiltak_id;kommune;tiltak;åpnet;status\n"
            f"N-{number};Ringebu;Ny ting {number};01.10.2026;åpent\n",
            encoding="utf-8",
        )
    said = run("load", *files, "--store", small, "--json")
    assert said.code == 0
    assert [one["file_name"] for one in said.json["files"]] == ["tiltak1.csv", "tiltak2.csv"]
    refused = run("load", *files, "--store", small, "--covers", "3439:2026-10")
    assert refused.code == 2
