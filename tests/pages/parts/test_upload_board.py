"""The text to those who are missing something names what, from whom, by when and where."""

from __future__ import annotations

import datetime as dt

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


def test_the_board_shows_what_belongs_to_a_municipality_monthly_kinds_first() -> None:
    kinds = board.kinds()
    assert kinds[0] == "activities"
    assert set(kinds[-3:]) == {"services", "seats", "goals"}
    assert not {"municipalities", "questions"} & set(kinds)
