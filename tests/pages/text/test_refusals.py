"""Everything that can be refused has its sentence, and a secret is in none."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

from data import settings
from data.settings import SettingRefusedError
from data.store import NoStoreError, RefusedError, StoreBusyError
from pages.text import refusals
from queries.ask import DiscardedReleaseError, NoReleaseError

ROOT = Path(__file__).parents[3]

FACTS = {
    "act": "attest",
    "action_id": "T-1",
    "allowed": ("a", "b"),
    "because": StoreBusyError(),
    "at": dt.datetime.fromisoformat("2026-11-10T12:00"),
    "attestation": 3,
    "day": dt.date(2026, 11, 10),
    "decided_on": dt.date(2026, 10, 13),
    "decision": 4,
    "done_on": dt.date(2026, 10, 20),
    "due_on": dt.date(2026, 10, 1),
    "ended_on": dt.date(2026, 10, 20),
    "entry": 9,
    "file": "2026-10.nb.json",
    "file_name": "tiltak.csv",
    "first": dt.date(2023, 1, 1),
    "folder": "/et/sted",
    "found": "noe",
    "held": 8,
    "is_by_itself": False,
    "kind": "actions",
    "known": ("missing_evaluation", "not_told_back"),
    "last": dt.date(2026, 10, 1),
    "month": dt.date(2026, 10, 1),
    "member_from": dt.date(2026, 11, 1),
    "municipalities": ["3439", "3440"],
    "municipality": "3439",
    "newest": 2,
    "opened_on": dt.date(2026, 10, 13),
    "release": 12,
    "report": 5,
    "row_key": "T-1",
    "rule": "not_told_back",
    "state": "suggested",
    "told_on": dt.date(2026, 11, 3),
    "upload_id": 7,
    "version": 3,
    "who": "lokal",
}


def codes_in_the_code() -> set[str]:
    """The codes of every RefusedError that is raised, also those handed to allowed.one_of."""
    found: set[str] = set()
    takes = {"RefusedError": 0, "store.RefusedError": 0, "one_of": 2, "allowed.one_of": 2}
    for layer in ("data", "queries", "pages"):
        for path in (ROOT / layer).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                place = takes.get(ast.unparse(node.func))
                if place is None or len(node.args) <= place:
                    continue
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return found


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert codes_in_the_code() == set(refusals.SENTENCES)


@pytest.mark.parametrize("code", sorted(refusals.SENTENCES))
def test_a_sentence_is_whole(code: str) -> None:
    sentence = refusals.sentence(RefusedError(code, **FACTS))
    assert sentence is not None
    assert sentence[0].isupper() or not sentence[0].isalpha()
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "None" not in sentence


def test_who_may_is_said_with_the_refusal() -> None:
    refused = RefusedError("may_not", act="attest", municipality="3439")
    assert refusals.sentence(refused) == (
        "Denne rollen kan ikke gjøre det for 3439. En leder attesterer for egen kommune."
    )
    refused = RefusedError("may_not", act="lock", municipality="all")
    assert refusals.sentence(refused) == (
        "Denne rollen kan ikke gjøre det. Den regionale koordinatoren låser måneder."
    )


def test_every_act_that_a_role_may_do_is_worded() -> None:
    from data.people import MAY

    acts = set().union(*MAY.values()) - {"read"}
    assert acts == set(refusals.ROLES_THAT_MAY)


def test_every_expectation_of_a_setting_is_worded() -> None:
    expected = {setting.expected for setting in settings.SETTINGS}
    expected |= {"valid TOML", "set together with the other OIDC settings"}
    assert expected == set(refusals.EXPECTED)


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({"FORANKRING_OIDC_COOKIE_SECRET": "hemmelig"})
    sentence = refusals.sentence(refused.value)
    assert sentence == "FORANKRING_OIDC_COOKIE_SECRET kan ikke brukes: ventet minst 32 tegn."


def test_an_unknown_setting_is_told_with_those_that_are_known() -> None:
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({"FORANKRING_PROT": "8501"})
    sentence = refusals.sentence(refused.value)
    assert sentence is not None
    assert sentence.startswith("Innstillingen FORANKRING_PROT er ukjent. Innstillingene er address")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreBusyError("x"), "store_busy"),
        (NoStoreError("x"), "no_store"),
        (NoReleaseError("x"), "no_release"),
        (DiscardedReleaseError("x"), "discarded_release"),
        (FileNotFoundError(2, "No such file", "x.csv"), "file_not_usable"),
        (IsADirectoryError(21, "Is a directory", "x"), "file_not_usable"),
        (PermissionError(13, "Permission denied", "x"), "file_not_usable"),
        (SettingRefusedError("x", None, "text"), "wrong_setting"),
    ],
)
def test_the_worlds_failures_are_worded_too(error: Exception, code: str) -> None:
    assert refusals.code(error) == code
    assert refusals.sentence(error)


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError("no file is named"), KeyError("x")])
def test_a_fault_in_the_program_is_no_refusal(error: Exception) -> None:
    assert refusals.code(error) is None
    assert refusals.sentence(error) is None
