"""Answers that do not fit what was asked are said before they are stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import store
from data.receipts import Receipt
from data.unfit import Unfit, unfit
from data.uploads import Upload

OCTOBER = dt.date(2026, 10, 1)
SCALE = "lite=1; noe=2; en del=3; mye=4; svært mye=5"

Row = dict[str, Any]


def answer(form: int, value: str = "4", question: str = "nytte", wave: str = "U-1") -> Row:
    return {"answer_id": f"S-{form}", "wave_id": wave, "question": question, "value": value}


@pytest.fixture
def found(
    folder: Path, put: Callable[..., Receipt], prepared: Callable[..., Upload]
) -> Callable[..., tuple[Unfit, ...]]:
    wave = {"municipality": "3439", "survey": "kurs", "sent_on": OCTOBER}
    put(
        folder,
        "survey_waves",
        wave | {"wave_id": "U-1", "asked": 3},
        wave | {"wave_id": "U-2", "asked": None, "survey": "ny"},
    )
    put(
        folder,
        "questions",
        {"survey": "kurs", "question": "nytte", "scale": SCALE},
        {"survey": "kurs", "question": "alder", "scale": None},
    )

    def look(*rows: Row) -> tuple[Unfit, ...]:
        upload = prepared("survey_answers", *rows, months=[OCTOBER])
        with store.opened(folder) as opened:
            return unfit(opened, upload.tables)

    return look


def test_what_fits_is_not_spoken_of(found: Callable[..., tuple[Unfit, ...]]) -> None:
    assert found(answer(1, "1"), answer(2, "5"), answer(3, "vet_ikke")) == ()
    # Two questions of one form are one answer of those asked.
    assert (
        found(*(answer(form, question=q) for form in (1, 2, 3) for q in ("nytte", "alder"))) == ()
    )


def test_more_answers_than_were_asked_are_told(found: Callable[..., tuple[Unfit, ...]]) -> None:
    assert found(*(answer(form) for form in range(4))) == (Unfit("many", "U-1", 4, asked=3),)
    # Where nobody knows how many were asked there is nothing to compare with.
    assert found(*(answer(form, wave="U-2") for form in range(9))) == ()


def test_questions_that_are_not_in_the_list_are_told(
    found: Callable[..., tuple[Unfit, ...]],
) -> None:
    given = [answer(1, question="nyte"), answer(2, question="nyte"), answer(1, question="annet")]
    assert found(*given, answer(3)) == (Unfit("unknown", "kurs", 3, ("annet", "nyte")),)
    # Of that questionnaire no list has come yet.
    assert found(answer(1, question="nyte", wave="U-2")) == ()


def test_numbers_beside_the_scale_are_told(found: Callable[..., tuple[Unfit, ...]]) -> None:
    given = [answer(1, "7"), answer(2, "4,5"), answer(3, "7"), answer(1, "99", "alder")]
    assert found(*given) == (Unfit("off_scale", "nytte", 3, ("4,5", "7")),)
