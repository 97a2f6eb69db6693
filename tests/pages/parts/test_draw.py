"""Markup reaches the screen whole, as an attribute that the page's first script opens."""

import re

from streamlit.testing.v1 import AppTest

from tests.pages.drawn_html import opened

DRAWN = '<p>80 % &amp; “mer”, æøå <svg viewBox="0 0 1 1"><title>Økt</title></svg></p>'


def _page(drawn: str) -> None:
    from pages.parts.draw import draw
    from pages.text.markup import Markup

    draw(Markup(drawn))


def test_markup_travels_as_an_attribute_and_comes_out_as_it_was() -> None:
    drawn = AppTest.from_function(_page, args=(DRAWN,)).run(timeout=30).main
    (body,) = (str(element.proto.body) for element in drawn if element.type == "html")
    assert re.fullmatch('<div data-html="[^"&<>]*"></div>', body)
    assert opened(body) == DRAWN
