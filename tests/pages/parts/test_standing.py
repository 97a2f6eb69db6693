"""How it stands: by signal and then by group, folded where nothing changed, and all of it there."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from pages.parts.standing import EVERYTHING, standing
from pages.text import cells
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)
CHOICES = {"kommune": "3439", "maned": "2026-10"}
ATTENTION = {"concern": 1, "improvement": 2, "increase": 3, "decrease": 4, "no_change": None}


@pytest.fixture
def rows(small_release: Path) -> list[dict[str, Any]]:
    answer = ask("matrix", store=small_release, municipality="3439", month=OCTOBER)
    return answer.to_dicts()


def signalled(rows: list[dict[str, Any]], **signals: str) -> list[dict[str, Any]]:
    return [
        row | {"signal": code, "attention": ATTENTION[code]}
        if (code := signals.get(row["indicator"]))
        else row
        for row in rows
    ]


def shown(rows: list[dict[str, Any]], *, is_everything: bool = False) -> str:
    return standing(rows, load_all(), OCTOBER, CHOICES, is_everything=is_everything)


def order(markup: str) -> list[str]:
    """The indicators from top to bottom, by the links of their names."""
    return re.findall(r"#([a-z_]+)\"[^>]*class=\"name\"", markup)


def test_every_indicator_stands_there_once(rows: list[dict[str, Any]]) -> None:
    named = order(shown(rows))
    of_all = {card.id for card in load_all().values() if card.is_cooperation_only}
    assert sorted(named) == sorted({row["indicator"] for row in rows} | of_all)


def test_what_is_worse_comes_first_and_then_the_groups_in_their_order(
    rows: list[dict[str, Any]],
) -> None:
    found = signalled(
        rows,
        told_back="concern",
        seats_filled="concern",
        activities_held="improvement",
        open_actions="decrease",
    )
    assert order(shown(found))[:4] == [
        "seats_filled",
        "told_back",
        "activities_held",
        "open_actions",
    ]


def test_what_changed_is_told_at_length_and_the_rest_a_line_each(
    rows: list[dict[str, Any]],
) -> None:
    found = shown(signalled(rows, told_back="concern", seats_filled="no_change"))
    before, _, after = found.partition("<details")
    assert order(before) == ["told_back"]
    assert load_all()["told_back"].words("note") in before
    assert "seats_filled" in order(after)
    assert load_all()["seats_filled"].words("note") not in after
    assert load_all()["seats_filled"].words("note") in shown(rows, is_everything=True)


def test_what_could_be_judged_is_open_and_what_could_not_is_folded(
    rows: list[dict[str, Any]],
) -> None:
    found = shown(signalled(rows, told_back="concern", seats_filled="no_change"))
    first, *rest = re.findall(r"<details[^>]*>", found)
    assert " open" in first
    assert rest
    assert not any(" open" in fold for fold in rest)
    few = [row | {"signal": "too_few", "attention": None} for row in rows]
    assert re.search(r"<details[^>]* open", shown(few)), "with no news there is something to see"


def test_nothing_is_folded_where_the_address_asks_for_everything(
    rows: list[dict[str, Any]],
) -> None:
    folded = shown(signalled(rows, told_back="concern"))
    assert f"vis={EVERYTHING}#slik-star-det" in folded
    opened = shown(signalled(rows, told_back="concern"), is_everything=True)
    assert opened.count("<details") == len(re.findall(r"<details[^>]* open", opened)) > 0
    assert f"vis={EVERYTHING}" not in opened


def test_a_fold_says_how_many_it_holds_and_how_many_miss_their_target(
    rows: list[dict[str, Any]],
) -> None:
    found = [
        row | {"signal": "no_change", "attention": None, "state": "measured", "assurance": "fail"}
        if row["indicator"] in ("told_back", "seats_filled")
        else row | {"signal": "too_few", "attention": None, "assurance": None}
        for row in rows
    ]
    (words,) = re.findall(r"<summary>(<span>Ingen sikker endring.*?)</summary>", shown(found))
    said = " ".join(re.sub("<[^>]+>", " ", words).split())
    assert said == "Ingen sikker endring: 2 indikatorer 2 når ikke målet"


def test_a_number_that_is_not_there_is_not_called_unchanged(rows: list[dict[str, Any]]) -> None:
    missing = {"state": "missing", "shown": "none", "reason": "missing", "value": None}
    found = [row | missing | {"signal": "no_change", "attention": None} for row in rows]
    markup = shown(found)
    assert "Uten tall" in markup
    assert f"<summary><span>{cells.SIGNALS['no_change'].capitalize()}" not in markup
    assert "Ingen sikker endring:" not in markup


def test_what_nobody_has_had_a_number_of_is_folded_by_itself(rows: list[dict[str, Any]]) -> None:
    missing = {"state": "missing", "shown": "none", "reason": "missing", "value": None}
    found = [
        row | missing | {"attention": None, "is_in_use": row["indicator"] != "told_back"}
        for row in rows
    ]
    folds = re.findall(r"<summary>(.*?)</summary>(.*?)</details>", shown(found))
    told = [re.sub("<[^>]+>", "", summary) for summary, _ in folds]
    assert told[-1] == "Ikke i bruk ennå: 1 indikator"
    assert "Filer som trengs, er ikke levert." in folds[-1][1]
    assert "Filer som trengs" not in folds[0][1]
