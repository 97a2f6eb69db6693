"""Møte: before it what is missing and the lock; then the slides, and decisions beside them."""

from __future__ import annotations

import streamlit as st

from pages.parts.before_meeting import VERSION, before_meeting
from pages.parts.decide_panel import decide_panel
from pages.parts.draw import draw
from pages.parts.meeting_read import decided, read
from pages.parts.pickers import Chosen
from pages.parts.recorded import released
from pages.parts.stage_bar import bar


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month.

    The slides are all there from the start, below what comes before the meeting: the static script
    shows them, one at a time, where the address asks for one.
    """
    now = read(chosen, st.query_params.get(VERSION))
    with st.container(key="fk_before"):
        before_meeting(now)
    if now.version is None:
        return
    made = decided(now)
    with st.container(key="fk_stage"):
        draw(now.slides())
        st.html(bar())
        with st.container(key="fk_decide"):
            decide_panel(now, now.programme(), made)
            is_newer = released(made.entry)
    if is_newer:
        st.rerun()
