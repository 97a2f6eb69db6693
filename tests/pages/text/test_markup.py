"""Text becomes HTML in one place, and never the other way."""

import html
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pages.text.markup import Markup, join, tag, text


def test_text_inside_an_element_is_escaped() -> None:
    assert tag("p", "<b>3 & 4</b>") == "<p>&lt;b&gt;3 &amp; 4&lt;/b&gt;</p>"


def test_markup_inside_an_element_stays_markup() -> None:
    assert tag("p", "To ", tag("b", "verv")) == "<p>To <b>verv</b></p>"


def test_names_of_attributes_are_written_as_html_wants_them() -> None:
    shown = tag("svg", class_="spark", aria_hidden="true", viewbox="0 0 4 2", width=4.0)
    assert shown == '<svg class="spark" aria-hidden="true" viewBox="0 0 4 2" width="4"></svg>'


def test_attributes_without_a_value_are_left_out() -> None:
    assert tag("td", colspan=None, hidden=False, inert=True) == "<td inert></td>"


def test_zero_is_a_value() -> None:
    assert tag("line", x1=0, x2=0.0) == '<line x1="0" x2="0"/>'


def test_children_that_are_nothing_leave_no_trace() -> None:
    assert tag("p", None, ["a", None, "b"]) == "<p>ab</p>"
    assert join(["a", None, "b"], " · ") == "a · b"


def test_a_blank_line_in_a_title_does_not_end_the_block() -> None:
    assert "\n" not in tag("p", "Første\r\n\r\n  andre")
    assert tag("p", "Første\r\n\r\n  andre") == "<p>Første andre</p>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_can_become_an_element(written: str) -> None:
    reader = _Reader()
    reader.feed(tag("p", tag("a", written, title=written), "."))
    assert [name for name, _ in reader.elements] == ["p", "a"]
    assert reader.text == written + "."
    assert reader.elements[1][1]["title"] == html.unescape(text(written))


def test_only_this_module_says_what_is_markup() -> None:
    assert isinstance(tag("p"), Markup)
    assert not isinstance("<p>", Markup)
