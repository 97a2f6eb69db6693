"""The one door from markup to the screen."""

from __future__ import annotations

import re

import streamlit as st

from pages.text.markup import Child, join


def draw(*children: Child) -> None:
    """Draw HTML and SVG as one block of the page.

    One element for many pieces: Streamlit takes its time per element, not per character. SVG goes
    through markdown, because st.html removes it; a heading must not, because markdown gives it a
    link to itself.
    """
    markup = join(children)
    if "<svg" in markup:
        assert not re.search(r"<h[1-6]", markup), "a heading with SVG is a role, not an h2"
        st.markdown(markup, unsafe_allow_html=True)
    else:
        st.html(markup)
