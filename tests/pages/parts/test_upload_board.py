"""The text to those who are missing something names what, from whom, by when and where."""

from __future__ import annotations

import datetime as dt

import pytest

from pages.parts import upload_board as board

OCTOBER = dt.date(2026, 10, 1)
ADDRESS = "https://eksempel.no/upload?kommune=3439&maned=2026-10"


def test_one_municipality_is_written_to_in_a_sentence() -> None:
    said = board.letter(
        {"Ringebu": ["actions", "feedback"]}, OCTOBER, dt.date(2026, 11, 10), ADDRESS
    )
    assert said == (
        "Hei!\n\n"
        "Vi mangler innspill og tiltak fra Ringebu for oktober 2026.\n\n"
        "Last opp senest 10. november 2026, så kommer det med til møtet.\n"
        "Skjedde det ingenting denne måneden, så last opp listen likevel, eller si fra til oss.\n\n"
        f"Dere laster opp her: {ADDRESS}"
    )


def test_several_are_written_to_with_a_line_each() -> None:
    said = board.letter({"Ringebu": ["actions"], "Øyer": ["seats"]}, OCTOBER, None, ADDRESS)
    assert "For oktober 2026 mangler vi:\n- Ringebu: tiltak\n- Øyer: verv\n" in said
    assert "Last opp så snart dere kan." in said


@pytest.mark.parametrize(
    ("of", "when", "says"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 11, 4), "levert 4. november"),
        (dt.date(2025, 12, 1), dt.date(2026, 1, 5), "levert 5. januar"),
        # In the same year it would read as before the month was over.
        (dt.date(2025, 12, 1), dt.date(2026, 11, 12), "levert 12. november 2026"),
        (dt.date(2023, 1, 1), dt.date(2026, 1, 12), "levert 12. januar 2026"),
    ],
)
def test_a_delivery_long_after_its_month_has_its_year(
    of: dt.date, when: dt.date, says: str
) -> None:
    assert (
        str(board._said(("delivered", when), of)).replace("\xa0", " ").endswith(f">{says}</span>")
    )


def test_the_board_shows_what_belongs_to_a_municipality_monthly_kinds_first() -> None:
    kinds = board.kinds()
    assert kinds[0] == "activities"
    assert set(kinds[-3:]) == {"services", "seats", "goals"}
    assert not {"municipalities", "questions"} & set(kinds)
