"""What a page draws last: the charts that nobody sees before scrolling down to them.

The browser draws one chart after another, and shows none before all that came together are drawn.
So the first ones come with the words, and the others when the whole page stands.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

AT_ONCE = 2
"""How many charts a laptop has room for on the first screen: side by side, below the finding."""


class _Page:
    def __init__(self) -> None:
        self.drawn = 0
        self.waiting: list[tuple[DeltaGenerator, Callable[[], None]]] = []


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


def begin() -> None:
    """From now on all but the first charts of this run wait for finish()."""
    _page.set(_Page())


LOW = 240
"""Pixels under which a chart is low: rows of dots, for which pages.css keeps a lower place free."""


def place(draw: Callable[[], None], key: str, height: int) -> None:
    """Draw a chart here, at once or when all else is drawn.

    Args:
        key: Sets its place apart from those of the page's other charts.
        height: Of the chart in pixels, for the place that is kept free until it is there.
    """
    page = _page.get()
    if page is None:
        draw()
        return
    page.drawn += 1
    if page.drawn <= AT_ONCE:
        draw()
    else:
        kept_free = "late_low" if height < LOW else "late"
        page.waiting.append((st.container(key=f"{kept_free}_{key}"), draw))


def finish() -> None:
    """Draw what waits, each in its place."""
    page = _page.get()
    _page.set(None)
    for where, draw in page.waiting if page is not None else ():
        with where:
            draw()
