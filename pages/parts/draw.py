"""The one door from markup to the screen."""

from __future__ import annotations

import streamlit as st

from pages.text.markup import Child, join


def draw(*children: Child) -> None:
    """Draw HTML and SVG as one block of the page.

    One element for many pieces: Streamlit takes its time per element, not per character. It is
    markdown and not st.html because the latter removes SVG.
    """
    st.markdown(join(children), unsafe_allow_html=True)
