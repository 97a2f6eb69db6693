"""The texts to copy: plain sentences of the released cells, and the link of each head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pages.documents.package import Wanted, in_file_name, package, texts
from pages.text import in_language

Files = dict[str, bytes]


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
    assert "<" not in report.replace("<", "", 0)


def test_the_message_leads_to_the_attestation_of_its_own_municipality(
    ringebu: tuple[str, str],
) -> None:
    _, message = ringebu
    assert message.startswith("Til kommunalsjefen i Ringebu\n")
    assert "\nhttps://dashbord.example.no/?kommune=3439&maned=2026-10#attest\n" in message
    assert "Oktober 2026 er låst. Se på tallene, og attester." in message
    assert "Dette venter på deg\n– " in message


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


def test_a_later_version_says_so_in_its_name(
    small_release: Path, want: Callable[..., Wanted]
) -> None:
    files = package(want(small_release, "3439", version=2), ["text"])
    assert set(files) == {
        "rapport_2026-10_ringebu_versjon-2.txt",
        "melding_2026-10_ringebu_versjon-2.txt",
    }
    assert "versjon 2" in files["rapport_2026-10_ringebu_versjon-2.txt"].decode("utf-8-sig")
