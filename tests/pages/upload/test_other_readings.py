"""Every judgement about how a file is read can be changed and taken back."""

from __future__ import annotations

from pathlib import Path

from data import store
from tests.pages.upload.visiting import (
    HEAD,
    OCTOBER,
    ONE,
    TWO,
    Opening,
    actions,
    choose,
    click,
    drop,
    heading,
    run,
    words,
)


def test_dates_that_read_both_ways_are_asked_about_where_it_says_so(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(ONE.format("1/2/2026", "3/2/2026"))))
    assert heading(page) == "tiltak.csv trenger svar fra deg."
    assert "Dette trenger vi svar på" in words(page)
    page = choose(page, "Datoer med skråstrek har", "mdy")
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert "Datoer: måneden først, som 12/31/2026" in words(page)
    assert "Filen gjelder Ringebu, januar–oktober 2026" in words(page)


def test_every_judgement_can_be_changed_and_taken_back(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", b"Tiltak i oktober;;;\r\n" + actions()))
    assert "Overskrifter: på linje 2" in words(page)
    assert "Utelatt: 1 rad: linje 1 (tittel over tabellen)" in words(page)
    page = choose(page, "Overskriftene står på", 1)
    assert heading(page) != "tiltak.csv er klar til å lagres."
    page = click(page, "Tilbake til slik vi leste den først")
    assert heading(page) == "tiltak.csv er klar til å lagres."
    page = choose(page, "Skilletegn", ",")
    assert "Vi fant bare én kolonne" in words(page)
    page = choose(page, "Skilletegn", ";")
    page = choose(page, "Tegnsett", "cp865")
    assert "Tegnsett: MS-DOS, nordisk" in words(page)


def test_a_sum_row_is_left_out_and_can_be_put_back(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, TWO, "Sum;;;;;;;;;")))
    assert "Utelatt: 1 rad: linje 4 (sum)" in words(page)
    (rows,) = (field for field in page.multiselect if field.label == "Rader som likevel skal med")
    rows.set_value([4])
    page = run(page)
    assert "2. Vi leste 3 rader" in words(page)


def test_a_file_of_another_sort_than_was_judged_can_be_said(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    page = choose(page, "Hva filen er", "goals")
    assert "mangler" in words(page)
    assert heading(page).endswith("Ingenting er lagret.")


def test_a_heading_that_is_nearly_ours_is_said_before_storing_and_can_be_told(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions(head=HEAD.replace("frist", "frst"))))
    sentence = "Kolonne «frst»: mente du «frist»? Kolonnen blir ikke brukt."
    assert words(page).count(sentence) == 2  # where problems are told, and above the button
    page = choose(page, "Hva kolonnen «frst» er", "")
    assert words(page).count(sentence) == 2
    page = choose(page, "Hva kolonnen «frst» er", "frist")
    assert sentence not in words(page)
    click(page, "Lagre 2 rader")
    with store.opened(folder) as opened:
        assert opened.rows("select count(due_on) from current_actions") == [(2,)]
