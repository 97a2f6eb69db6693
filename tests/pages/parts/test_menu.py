"""The pages, their addresses, and the module behind each."""

from __future__ import annotations

import importlib

import pytest

from pages.parts import menu


def test_the_pages_stand_in_the_order_in_which_a_month_is_read() -> None:
    assert [entry.path for entry in menu.PAGES] == [
        "/",
        "/participation",
        "/actions",
        "/comparison",
        "/meeting",
        "/upload",
        "/method",
    ]


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_every_page_has_a_module_that_draws_it(entry: menu.Entry) -> None:
    assert callable(importlib.import_module(f"pages.{entry.id}").render)


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_the_menu_knows_the_pages_that_plotly_draws_on(entry: menu.Entry) -> None:
    module = importlib.import_module(f"pages.{entry.id}")
    assert entry.has_charts is any(hasattr(module, name) for name in ("line_chart", "dot_chart"))


def test_a_link_holds_its_choices_and_what_is_in_them_is_quoted() -> None:
    assert menu.address("status") == "/"
    assert menu.address("actions", kommune="3439", tema="a&b") == "/actions?kommune=3439&tema=a%26b"
