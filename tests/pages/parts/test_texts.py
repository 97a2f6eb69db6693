"""How long what people write may be."""

from __future__ import annotations

import pytest

from pages.parts.texts import at_most, too_long


def test_an_empty_field_says_how_much_room_there_is() -> None:
    assert at_most(300) == "Høyst 300 tegn"


@pytest.mark.parametrize("text", [None, "", "a" * 300])
def test_what_fits_is_kept(text: str | None) -> None:
    assert too_long(text, 300) is None


def test_what_does_not_fit_is_refused_with_both_numbers() -> None:
    said = str(too_long("a" * 2400, 300))
    assert "Teksten har 2 400 tegn, og det er plass til 300." in said.replace("\u00a0", " ")
