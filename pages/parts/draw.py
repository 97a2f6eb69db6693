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


def draw_whole(*children: Child) -> None:
    """Draw HTML and SVG as one block that the page's first script opens.

    st.html looks through each node and removes SVG; markdown is slower still. So the block travels
    as an attribute, and is opened before anything is painted. Everything in it was escaped where
    it became markup, and the policy of the document lets nothing in it run.
    """
    packed = join(children).translate(_PACKED)
    st.html(f'<div data-html="{packed}"></div>')


_PACKED = {ord(sign): f"%{ord(sign):02X}" for sign in '%"&<>'}
"""What would end the attribute, or be read as anything but text in it."""
