"""What is right is stored, and the rest is kept as a list to mend."""

from __future__ import annotations

import re
from pathlib import Path

from data import receipts, store
from tests.pages.upload.visiting import (
    BAD_ROW,
    HEAD,
    IDENTITY_NUMBER,
    OCTOBER,
    TWO,
    Opening,
    actions,
    click,
    drop,
    heading,
    labels,
    words,
)


def test_the_right_rows_can_be_stored_and_the_others_are_kept_as_a_list(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW, TWO)))
    assert not any(label.startswith("Lagre") for label in labels(page))
    page = click(page, "Last opp resten: 2 av 3 rader")
    assert heading(page) == "2 av 3 rader i tiltak.csv er klare til å lagres."
    assert "blir ingenting borte fordi det ikke er med" in words(page)
    page = click(page, "Lagre 2 av 3 rader for Ringebu, oktober 2026")
    assert heading(page) == "2 rader er lagret for Ringebu, oktober 2026. 1 rad står igjen."
    assert "Linje 3, kolonne «åpnet»: fant «31.02.2026»" in words(page)
    with store.opened(folder) as opened:
        (newest, *_) = receipts.newest_first(opened)
    assert newest.left_rows == 1
    kept = (folder / store.FILES / newest.facts["left_sha256"]).read_text(encoding="utf-8-sig")
    head, row = kept.splitlines()
    assert head == f"hva_må_rettes;{HEAD}"
    assert row.startswith("Linje 3, kolonne «åpnet»: fant «31.02.2026», ventet en dato som")
    assert row.endswith(BAD_ROW)


def test_the_mended_list_is_added_and_nothing_is_gone(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW, TWO)))
    click(click(page, "Last opp resten"), "Lagre")
    assert re.search(r"levert \d+\. \w+, rader står igjen", words(opening()))
    mended = BAD_ROW.replace("31.02.2026", "05.10.2026").replace("feito", "åpent")
    page = drop(
        opening(), ("rett_tiltak.csv", actions(f"x;{mended}", head=f"hva_må_rettes;{HEAD}"))
    )
    assert "Dette endres: 1 ny rad" in words(page)
    click(page, "Lagre")
    with store.opened(folder) as opened:
        assert len(opened.rows("select * from current_actions")) == 3
    assert "rader står igjen" not in words(opening())


def test_the_rest_can_wait(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW)))
    page = click(click(page, "Last opp resten"), "Vent med resten")
    assert heading(page) == "2 problemer i tiltak.csv. Ingenting er lagret."
    assert not any(label.startswith("Lagre") for label in labels(page))


def test_what_is_in_doubt_as_a_whole_offers_no_rest(opening: Opening) -> None:
    for rows in (
        actions(OCTOBER, BAD_ROW, head=HEAD.replace("åpnet", "noe")),
        actions(OCTOBER, BAD_ROW, TWO.replace("Skilt ved døra", IDENTITY_NUMBER)),
    ):
        page = drop(opening(), ("tiltak.csv", rows))
        assert not any(label.startswith("Last opp resten") for label in labels(page))
