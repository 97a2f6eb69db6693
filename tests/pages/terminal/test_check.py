"""`check` tells everything about a file and stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import receipts, store

Run = Callable[..., Any]


def test_a_known_file_changes_nothing_and_says_what_it_covers(
    run: Run, small: Path, actions: Path
) -> None:
    said = run("check", actions, "--store", small)
    assert said.code == 0
    assert said.out == (
        "Fil: tiltak.csv\n"
        "Tegnsett: utf-8\n"
        "Skilletegn: semikolon\n"
        "Overskrifter: linje 1\n"
        "Forstått: 2 rader (tiltak)\n"
        "Ville endret tiltak: nye 0, endret 0, borte 0, som før 2\n"
        "Ser ut til å dekke: 3439:2026-10\n"
        "\n"
        "tiltak.csv kan lagres.\n"
    )


def test_what_a_newer_file_would_change_is_counted(run: Run, small: Path, actions: Path) -> None:
    text = actions.read_text(encoding="utf-8").replace("Skilt ved", "Nytt skilt ved")
    first, *rest = text.splitlines()
    actions.write_text("\n".join([first, rest[1], rest[1].replace("T-2", "T-3")]), encoding="utf-8")
    said = run("check", actions, "--store", small, "--json")
    # T-2 has a new title, T-3 is new, T-1 is not in the list any more.
    assert said.json["changes"] == {"actions": {"new": 1, "changed": 1, "gone": 1, "same": 0}}
    assert said.json["proposes"] == "3439:2026-10"
    assert said.json["blocking"] is False


def test_all_problems_are_told_at_once_and_nothing_is_stored(
    run: Run, small: Path, actions: Path
) -> None:
    text = actions.read_text(encoding="utf-8")
    text = text.replace("T-1;Ringebu", "T-1;Ringbu").replace("åpent", "feito")
    actions.write_text(text, encoding="utf-8")
    said = run("check", actions, "--store", small, "--json")
    assert said.code == 1
    assert said.json["blocking"] is True
    assert {problem["code"] for problem in said.json["problems"]} == {
        "unknown_municipality",
        "unknown_code",
    }
    sentences = [problem["sentence"] for problem in said.json["problems"]]
    assert "Linje 2, kolonne «kommune»: fant «Ringbu». Mente du Ringebu (3439)?" in sentences
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == 2
    said = run("check", actions, "--store", small)
    assert "2 problemer i tiltak.csv. Ingenting er lagret." in said.out


def test_a_coordinator_is_told_of_rows_that_are_another_municipalitys(
    run: Run, small: Path, actions: Path
) -> None:
    said = run("check", actions, "--store", small, "--as", "coordinator:3440", "--json")
    assert said.code == 1
    assert [problem["code"] for problem in said.json["problems"]] == ["not_your_municipality"]


def test_a_file_can_be_checked_where_there_is_no_store(
    run: Run, tmp_path: Path, actions: Path
) -> None:
    said = run("check", actions, "--store", tmp_path / "ingen", "--json")
    assert {problem["code"] for problem in said.json["problems"]} == {"unknown_municipality"}
    assert not (tmp_path / "ingen").exists()


def test_a_mapping_that_is_not_there_is_said(run: Run, small: Path, actions: Path) -> None:
    said = run("check", actions, "--store", small, "--mapping", "finnes_ikke")
    assert said.code == 1
    assert "Det er ingen lagret tilordning" in said.out or "finnes_ikke" in said.out


def test_a_key_that_another_municipality_has_is_asked_about_and_stored_all_the_same(
    run: Run, small: Path, actions: Path
) -> None:
    actions.write_text(
        actions.read_text(encoding="utf-8").replace("T-1;Ringebu", "T-1;Øyer"), encoding="utf-8"
    )
    first, moved, _ = actions.read_text(encoding="utf-8").splitlines()
    actions.write_text(f"{first}\n{moved}\n", encoding="utf-8")
    sentence = (
        "«T-1» kommer nå for Øyer, og finnes i Ringebu fra før (tiltak). Den blir stående begge"
        " steder til listen fra Ringebu ikke lenger har den. Er det den samme, som har flyttet?"
    )
    said = run("check", actions, "--store", small)
    assert said.code == 0
    assert f"Se på dette:\n  {sentence}\n" in said.out
    assert run("check", actions, "--store", small, "--json").json["odd"] == [sentence]
    said = run("load", actions, "--store", small)
    assert said.code == 0
    assert sentence in said.out


@pytest.mark.parametrize("role", ["leader:9999", "coordinator:9999"])
def test_nobody_acts_for_a_municipality_that_the_store_does_not_know(
    run: Run, small: Path, actions: Path, tmp_path: Path, role: str
) -> None:
    said = run("check", actions, "--store", small, "--as", role)
    assert (said.code, said.out) == (1, "")
    assert said.err == "«9999» er ingen av kommunene i lageret.\n"
    # Where no municipality is known there is nobody to ask.
    assert "9999" not in run("check", actions, "--store", tmp_path / "ny", "--as", role).err


def test_a_heading_that_is_nearly_ours_is_said_and_can_be_told(
    run: Run, small: Path, actions: Path
) -> None:
    text = actions.read_text(encoding="utf-8").replace(";frist;", ";frst;")
    actions.write_text(text, encoding="utf-8")
    sentence = "Kolonne «frst»: mente du «frist»? Kolonnen blir ikke brukt."
    said = run("check", actions, "--store", small)
    assert said.code == 0
    assert f"Se på dette:\n  {sentence}\n  --column frst=frist leser den slik.\n" in said.out
    # Two days are gone as it stands, and none once it is said what they are.
    assert run("check", actions, "--store", small, "--json").json["odd"] == [sentence]
    told = run("check", actions, "--store", small, "--column", "frst=frist", "--json").json
    assert (told["odd"], told["problems"]) == ([], [])
    assert told["changes"]["actions"] == {"new": 0, "changed": 0, "gone": 0, "same": 2}
    assert run("load", actions, "--store", small, "--column", "frst=due_on").code == 0


SERVICES = """\
tjeneste_id;kommune;tjenestenavn;tjenestetype;i_drift_fra
RIN-HUS;Ringebu;Aktivitetshuset;psykisk helse og rus;01.01.2014
"""
WAVES = """\
utsending_id;kommune;tjeneste;undersøkelse;måling;hvem_svarte;sendt;kanal;antall_spurt
U-1;Ringebu;RIN-HUS;brukerevaluering;annet;bruker;19.10.2026;SMS;14
"""


def written(folder: Path, **files: str) -> list[Path]:
    paths = [folder / f"{name}.csv" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_each_file_is_checked_as_if_those_before_it_were_stored_and_nothing_is(
    run: Run, small: Path, tmp_path: Path
) -> None:
    # A service that is nowhere else, and the wave that refers to it: alone it is refused.
    other, waves = written(tmp_path, tjenester=SERVICES, utsendinger=WAVES)
    known = SERVICES.replace("RIN-HUS", "RIN-1").replace("Aktivitetshuset", "Møteplassen")
    (first,) = written(tmp_path, tjenester_fra_før=known)
    assert run("load", first, "--store", small).code == 0
    kept = {path.relative_to(small) for path in small.rglob("*")}
    assert run("check", waves, "--store", small).code == 1
    said = run("check", waves, other, "--store", small, "--json")
    assert said.code == 0, said.json
    services, asked = said.json["files"]
    assert services["changes"]["services"] == {"new": 1, "changed": 0, "gone": 1, "same": 0}
    assert asked["changes"]["survey_waves"]["new"] == 1
    # Nothing of it was stored: the wave alone is refused as before.
    assert run("check", waves, "--store", small).code == 1
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == 3
    assert {path.relative_to(small) for path in small.rglob("*")} == kept


def test_files_are_checked_after_each_other_where_there_is_no_store_too(
    run: Run, tmp_path: Path, actions: Path
) -> None:
    text = "kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n"
    (municipalities,) = written(tmp_path, kommuner=text)
    said = run("check", actions, municipalities, "--store", tmp_path / "ingen", "--json")
    assert said.code == 0, said.json
    assert not (tmp_path / "ingen").exists()


def test_a_file_that_cannot_be_stored_is_no_ground_for_the_others(
    run: Run, tmp_path: Path, actions: Path
) -> None:
    text = "kommunenummer;kommunenavn;med_fra\n3439;Ringebu;31.02.2014\n"
    (municipalities,) = written(tmp_path, kommuner=text)
    said = run("check", actions, municipalities, "--store", tmp_path / "ingen", "--json")
    assert said.code == 1
    codes = [{problem["code"] for problem in one["problems"]} for one in said.json["files"]]
    assert codes == [{"not_a_date"}, {"unknown_municipality"}]
