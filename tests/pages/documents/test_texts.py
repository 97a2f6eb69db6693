"""The texts to copy: plain sentences of the released cells, and the link of each head."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.documents.package import Wanted, in_file_name, package, texts
from pages.terminal import exported
from pages.text import in_language

Files = dict[str, bytes]
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def ringebu(small_release: Path, want: Callable[..., Wanted]) -> tuple[str, str]:
    return texts(want(small_release, "3439"), "3439")


def test_the_report_tells_every_number_in_a_sentence(ringebu: tuple[str, str]) -> None:
    report, _ = ringebu
    assert report.startswith("Brukermedvirkning i Ringebu, oktober 2026\n=====")
    assert "Eksempeldata – tallene er oppdiktet" in report
    assert "– Åpne forbedringstiltak: 3 åpne tiltak.\n" in report
    assert "– Over frist: 2 av 3 tiltak." in report
    assert "Disse mangler tall" not in report
    assert report.rstrip().endswith("laget 10. november 2026 kl. 10.12.")


def lacking(report: str, told: list[dict[str, Any]], municipality: str) -> list[str]:
    """The numbers of the export for a municipality's month that its report lacks."""
    own = [
        row
        for row in told
        if (row["municipality"], row["grain"], row["part"]) == (municipality, "month", None)
    ]
    wanted = [f"– {row['title']}: {row['text']}" for row in own if row["shown"] == "exact"]
    assert len(wanted) > 6
    return [line for line in wanted if f"{line}." not in report and f"{line} (" not in report]


def invented(report: str, told: list[dict[str, Any]], municipality: str) -> list[str]:
    """The lines of a report about an indicator whose number is none of the export's."""
    titles = {row["title"] for row in told}
    shown = {
        f"– {row['title']}: {row['text']}"
        for row in told
        if (row["municipality"], row["part"]) == (municipality, None)
    }
    lines = [line for line in report.splitlines() if line[2:].partition(":")[0] in titles]
    return [line for line in lines if not any(line.startswith(each) for each in shown)]


def test_the_reports_tell_the_numbers_of_the_export_one_by_one(
    files: Files, wanted: Wanted
) -> None:
    shown = exported.shown(wanted.folder, 1, wanted.month)
    told = json.loads(exported.as_json(shown))["cells"]
    names = wanted.reading(wanted.municipality).names
    for municipality, place in {"cooperation": "alle", **names}.items():
        name = f"rapport_2026-10_{in_file_name(place)}.txt"
        report = files[name].decode("utf-8-sig").replace("\r\n", "\n")
        assert lacking(report, told, municipality) == [], name
        assert invented(report, told, municipality) == [], name
    # A number that is wrong is noticed, both ways.
    wrong = [row | {"text": f"0{row['text']}"} for row in told]
    assert lacking(report, wrong, municipality)
    assert invented(report, wrong, municipality)


def test_the_message_leads_to_the_attestation_of_its_own_municipality(
    ringebu: tuple[str, str],
) -> None:
    _, message = ringebu
    assert message.startswith("Til kommunalsjefen i Ringebu\n")
    assert "\nhttps://dashbord.example.no/?kommune=3439&maned=2026-10#attest\n" in message
    assert "Oktober 2026 er låst. Se på tallene, og attester." in message
    assert "Dette venter på deg\n– " in message


def test_whoever_has_attested_is_thanked_and_not_asked_again(
    tables: dict[str, list[dict[str, Any]]],
    released: Callable[[dict[str, list[dict[str, Any]]]], Path],
    want: Callable[..., Wanted],
) -> None:
    given_at = dt.datetime.fromisoformat("2026-11-11T09:00")
    given = {"attestation_id": 1, "municipality_id": "3439", "month": OCTOBER, "statement": "seen"}
    tables["attestations"] = [given | {"given_at": given_at}]
    report, message = texts(want(released(tables), "3439"), "3439")
    assert "Oktober 2026 er låst, og du har attestert. Takk." in message
    assert "Se måneden her:\nhttps://" in message
    assert "og attester" not in message
    assert ".." not in report


def test_of_all_together_each_municipality_has_its_report_and_message(
    files: Files,
) -> None:
    names = [name for name in files if name.endswith(".txt")]
    assert "rapport_2026-10_alle.txt" in names
    assert {"rapport_2026-10_oyer.txt", "melding_2026-10_sor-fron.txt"} <= set(names)
    assert len(names) == 13
    assert "melding_2026-10_alle.txt" not in names
    oyer = files["melding_2026-10_oyer.txt"]
    assert "kommune=3440&" in oyer.decode("utf-8-sig")
    assert oyer.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in oyer


def test_nobody_is_named_and_nothing_that_a_head_wrote_is_repeated(files: Files) -> None:
    for name, content in files.items():
        if name.endswith(".txt"):
            assert "Tas opp" not in content.decode("utf-8-sig")


def test_they_speak_the_chosen_language(small_release: Path, want: Callable[..., Wanted]) -> None:
    with in_language("en"):
        report, message = texts(want(small_release, "3439"), "3439")
    assert report.startswith("User involvement in Ringebu, October 2026\n")
    assert "Please look at it, and attest." in message


@pytest.mark.parametrize(
    ("name", "written"),
    [("Sør-Fron", "sor-fron"), ("Øyer", "oyer"), ("Næs & Å", "naes---a"), ("../x", "---x")],
)
def test_a_name_is_safe_in_a_file_name(name: str, written: str) -> None:
    assert in_file_name(name) == written


def test_a_later_version_says_so_in_its_name_and_what_changed(
    tables: dict[str, list[dict[str, Any]]],
    released: Callable[[dict[str, list[dict[str, Any]]]], Path],
    want: Callable[..., Wanted],
    text_of: Callable[[bytes], str],
    letters: Callable[[str], str],
) -> None:
    made = {"month": OCTOBER, "release": 1, "made_at": dt.datetime(2026, 11, 14, 9), "changes": 1}  # noqa: DTZ001 - stored without zone
    tables["month_versions"] = [made | {"version": 1}, made | {"version": 2}]
    tables["corrections"] = [
        {
            "month": OCTOBER,
            "version": 2,
            "indicator": "open_actions",
            "municipality_id": "3439",
            "grain": "month",
            "period": OCTOBER,
            "was_state": "measured",
            "was_numerator": 2,
            "now_state": "measured",
            "now_numerator": 3,
        }
    ]
    files = package(want(released(tables), "3439", version=2), ["text", "pdf"])
    assert set(files) == {
        "manedsark_2026-10_ringebu_versjon-2.pdf",
        "rapport_2026-10_ringebu_versjon-2.txt",
        "melding_2026-10_ringebu_versjon-2.txt",
    }
    told = (
        "Rettet etter låsing: versjon 2 fra 14. november, ett tall endret.",
        "Åpne forbedringstiltak: 2 åpne tiltak → 3 åpne tiltak",
    )
    for name, content in files.items():
        if name.endswith(".pdf"):
            text = text_of(content)
            assert all(letters(one) in text for one in told)
        else:
            assert "\r\n– ".join(told) in content.decode("utf-8-sig")
