"""A table says what it holds and which heading belongs to which number."""

from pages.parts.table import Column, folded, table
from pages.text import in_language

COLUMNS = [
    Column("Kommune", lambda row: row["name"], is_head=True),
    Column("Tiltak", lambda row: str(row["n"]), is_number=True),
]


def test_headings_have_a_scope_and_the_caption_says_what_it_is() -> None:
    shown = table("Åpne tiltak", COLUMNS, [{"name": "Øyer", "n": 4}])
    assert shown == (
        '<div class="rows" role="region" aria-label="Åpne tiltak" tabindex="0"><table>'
        "<caption>Åpne tiltak</caption>"
        '<thead><tr><th scope="col">Kommune</th><th scope="col" class="number">Tiltak</th></tr>'
        '</thead><tbody><tr><th scope="row">Øyer</th><td class="number">4</td></tr></tbody>'
        "</table></div>"
    )


def test_a_row_that_becomes_a_card_has_its_headings_beside_its_cells() -> None:
    shown = table("Åpne tiltak", COLUMNS, [{"name": "Øyer", "n": 4}], is_cards=True)
    assert shown.startswith('<div class="rows cards"')
    assert '<th scope="row">Øyer</th><td class="number" data-label="Tiltak">4</td>' in shown


def test_a_caption_that_is_not_shown_is_still_read_out() -> None:
    shown = table("Åpne tiltak", COLUMNS, [{"name": "Øyer", "n": 4}], is_caption_shown=False)
    assert '<caption class="unseen">Åpne tiltak</caption>' in shown


def test_a_title_from_a_file_cannot_become_an_element() -> None:
    shown = table("Tiltak", COLUMNS, [{"name": "<script>alert(1)</script>", "n": 1}])
    assert "<script" not in shown


def test_no_rows_are_a_sentence_and_not_an_empty_table() -> None:
    with in_language("en"):
        assert table("Tiltak", COLUMNS, []) == '<p class="empty">There is nothing to show here.</p>'
        assert (
            table("Tiltak", COLUMNS, [], empty="No actions.") == '<p class="empty">No actions.</p>'
        )


def test_what_is_folded_has_a_name_to_open_it_by() -> None:
    assert folded("Tallene", "a") == (
        '<details class="folded"><summary>Tallene</summary>a</details>'
    )
