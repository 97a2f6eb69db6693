"""What is stored is listed, undone and restored, and has a receipt and a board."""

from __future__ import annotations

import re
from pathlib import Path

from queries import ask
from tests.pages.upload.visiting import (
    HEAD,
    OCTOBER,
    TWO,
    Opening,
    actions,
    click,
    drop,
    heading,
    load,
    markup,
    run,
    uploads,
    words,
)


def test_uploads_are_listed_newest_first_with_ways_to_undo_them(
    stored: int, opening: Opening
) -> None:
    shown = markup(opening())
    files = re.findall(r'file-name">([^<]*)<', shown)
    assert files == ["tiltak_2026-10.csv", "tjenester.csv", "kommuner.csv"]
    assert f"opplasting={stored}&amp;spor=ja" in shown


def test_the_list_follows_the_chosen_municipality(stored: int, opening: Opening) -> None:  # noqa: ARG001
    page = opening(shown="3440")
    assert "Dette er lastet opp for Øyer" in words(page)
    assert "tiltak_2026-10.csv" not in words(page)


def test_undo_asks_once_says_what_happens_and_can_be_undone(
    stored: int, opening: Opening, folder: Path
) -> None:
    page = opening()
    page.query_params["opplasting"], page.query_params["spor"] = str(stored), "ja"
    page = run(page)
    assert "Vil du angre denne opplastingen?" in words(page)
    assert "1 rad slutter å telle" in words(page)
    page = click(page, "La den stå")
    assert uploads(folder)[0].is_active
    page = click(click(page, "Angre opplastingen"), "Ja, angre")
    assert heading(page) == "Opplastingen av tiltak_2026-10.csv er angret."
    assert not uploads(folder)[0].is_active
    page = click(click(page, "Gjenopprett opplastingen"), "Ja, gjenopprett")
    assert "Opplastingen er gjenopprettet." in words(page)
    assert uploads(folder)[0].is_active


def test_an_upload_that_is_not_there_is_said(opening: Opening) -> None:
    page = opening()
    page.query_params["opplasting"] = "999"
    assert heading(run(page)) == "Det er ingen opplasting 999"


def test_the_heading_says_what_is_missing(stored: int, opening: Opening) -> None:  # noqa: ARG001
    assert heading(opening()) == "Én fil mangler for oktober 2026."
    assert heading(opening(shown="3440")) == "Øyer har ikke levert tiltak for oktober 2026."
    assert (
        heading(opening(shown="3439")) == "Ringebu har levert alt som er ventet for oktober 2026."
    )


def test_the_board_says_what_has_come_in_neutral_words(stored: int, opening: Opening) -> None:  # noqa: ARG001
    page = opening(shown="3440")
    assert "Levert av Øyer" in words(page)
    assert "Tiltak mangler" in words(page)
    assert "Vi mangler tiltak fra Øyer for oktober 2026." in page.code[0].value
    # Kinds that nobody has delivered are not waited for.
    assert "Innspill ikke i bruk ennå" in words(page)


def test_each_kind_has_its_templates_to_download(opening: Opening) -> None:
    page = opening()
    (field,) = (field for field in page.selectbox if field.key == "upload_template")
    assert len(field.options) == 10
    assert "Excel med nedtrekkslister og forklaring" in str(page.get("download_button"))


def test_a_receipt_names_releases_only_while_they_can_be_opened(
    opening: Opening, folder: Path
) -> None:
    page = click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    assert "utgave 1 før, utgave 2 etter" in words(page)
    (folder / "releases" / "000001.duckdb").unlink()
    ask._answer.cache_clear()
    assert "Tallene" not in words(run(page))
    assert heading(page).startswith("2 rader er lagret")


def test_what_somebody_else_stored_meanwhile_is_seen_before_it_is_replaced(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    assert "2 nye" in words(page)
    # Another one stores the list with T-1 as it is, and with one that this file does not have.
    other = TWO.replace("T-2", "T-3")
    load(folder, "annen.csv", "\n".join([HEAD, OCTOBER, other, ""]))
    before = len(uploads(folder))
    page = click(page, "Lagre")
    assert "Noe annet er lagret siden du så" in words(page)
    assert len(uploads(folder)) == before
    assert "1 ny rad og 1 rad borte" in words(page)
    page = click(page, "Lagre")
    assert len(uploads(folder)) == before + 1
