"""What is odd about a file's answers, in words."""

from __future__ import annotations

import pytest

from data.unfit import Unfit
from pages.text import in_language, odd


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Unfit("many", "U-1", 46, asked=40),
            "«U-1» har 46 svar, og 40 ble spurt. Er antallet riktig, eller står noe to ganger?",
        ),
        (
            Unfit("unknown", "kurs", 3, ("nyte",)),
            "3 svar er på «nyte», som ikke står i listen over spørsmål for «kurs»."
            " Er kodene riktige?",
        ),
        (
            Unfit("off_scale", "nytte", 9, ("0", "6", "7", "8", "9", "10", "11")),
            "9 svar på «nytte» er ikke noe trinn på skalaen: «0», «6», «7», «8», «9» og 2 til."
            " De er ikke med i noen andel. Er skalaen riktig?",
        ),
    ],
)
def test_answers_that_do_not_fit_are_asked_about(one: Unfit, said: str) -> None:
    assert odd.of_answers([one]) == [said]
    for spoken in ("nn", "en"):
        with in_language(spoken):
            assert odd.of_answers([one]) != [said]
