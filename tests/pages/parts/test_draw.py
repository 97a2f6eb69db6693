"""A drawing reaches the screen whole, as an attribute that the page's first script opens."""

import re
from urllib.parse import unquote

from streamlit.testing.v1 import AppTest

DRAWING = '<svg viewBox="0 0 1 1"><title>Økt med 10 % & «mer»</title></svg>'


def _page() -> None:
    from pages.parts.draw import draw_lightly
    from pages.text.markup import Markup

    drawing = '<svg viewBox="0 0 1 1"><title>Økt med 10 % & «mer»</title></svg>'
    draw_lightly(Markup(f"<p>{drawing} {drawing} ord</p>"))


def test_a_drawing_travels_as_an_attribute_and_comes_out_as_it_was() -> None:
    drawn = AppTest.from_function(_page).run(timeout=30).main
    (body,) = (str(element.proto.body) for element in drawn if element.type == "html")
    assert "<svg" not in body
    assert [unquote(found) for found in re.findall(r'data-svg="([^"]*)"', body)] == [DRAWING] * 2
    assert re.sub("<[^>]*>", "", body).split() == ["ord"]
