"""A rule's card says what its SQL does, and one that does not is refused by name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from queries import rules, sql
from queries.on_card import CardError
from tests.queries.worlds import builder, world

NAME = "seat_vacant"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one rule, to spoil."""
    for ending in ("toml", "sql"):
        shutil.copy(rules.FOLDER / f"{NAME}.{ending}", tmp_path)
    return tmp_path


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str], str]:
    """spoil("days = 60", "days = 0"): what is said of the card then."""

    def change(found: str, wrong: str) -> str:
        path = folder / f"{NAME}.toml"
        text = path.read_text(encoding="utf-8")
        assert found in text
        path.write_text(text.replace(found, wrong, 1), encoding="utf-8")
        with pytest.raises(CardError) as refused:
            rules.load_all(folder)
        return str(refused.value)

    return change


def test_the_twelve_rules_are_there_with_their_texts_in_every_language() -> None:
    loaded = rules.load_all()
    assert len(loaded) == 12
    assert [rule.place for rule in loaded.values()] == list(range(1, 13))
    for rule in loaded.values():
        for language in ("nb", "nn", "en"):
            assert rule.words("title", language)
            told = rule.words("sentence", language).format(about="x", day="y", month="z")
            assert told.endswith(".")


@pytest.mark.parametrize(
    ("found", "wrong", "said"),
    [
        ("days = 60", "days = 0", "seat_vacant.toml: the limit days 0 is no whole number from 1"),
        ("days = 60", "weeks = 9", "seat_vacant.toml: the limits are not those of ['days']"),
        ("place = 9", 'place = "9"', "seat_vacant.toml: place '9' is no int"),
        ("place = 9", "place = 9\nowner = 1", "seat_vacant.toml: unknown keys owner"),
        (
            '"proposal"',
            '"S009"',
            "seat_vacant.toml: source 'S009' is none of S000, S001, S002, S003, S004, proposal",
        ),
        ("[text.nn]", "[text.sv]", "seat_vacant.toml, text: unknown keys sv"),
        ("{about}", "{who}", "seat_vacant.toml, text.nb: sentence holds {who}"),
        (
            " siden {day}.",
            ".",
            "seat_vacant.toml, text.nb: the sentence does not say when",
        ),
        ("why =", "way =", "seat_vacant.toml, text.nb: unknown keys way"),
    ],
)
def test_a_card_that_does_not_fit_is_refused_by_name(
    spoil: Callable[[str, str], str], found: str, wrong: str, said: str
) -> None:
    assert spoil(found, wrong) == said


def test_a_rule_that_stands_alone_is_refused(folder: Path) -> None:
    (folder / f"{NAME}.sql").unlink()
    with pytest.raises(CardError, match="seat_vacant: a rule's card and an SQL file"):
        rules.load_all(folder)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("select '3439' as municipality_id", "seat_vacant.sql gives {'municipality_id'"),
        (
            "select '3439' as municipality_id, 'V' as row_key, date '2026-10-02' as since_on,"
            " date '2026-10-02' as until_on, 'Rådet' as about, date '2026-10-01' as happened_on",
            "seat_vacant.sql gives a time that ends before it begins",
        ),
    ],
)
def test_sql_that_gives_something_else_is_refused(folder: Path, rows: str, said: str) -> None:
    (folder / f"{NAME}.sql").write_text(rows, encoding="utf-8")
    rule = rules.load_all()[NAME]
    unlimited = type(rule)(**{**vars(rule), "limits": {}})
    with pytest.raises(CardError) as refused:
        rules.fired(unlimited, sql.run(builder(world()), rules.question(unlimited, folder)[0]))
    assert str(refused.value).startswith(said)
