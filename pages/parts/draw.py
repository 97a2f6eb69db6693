"""The one door from markup to the screen."""

from __future__ import annotations

import re
from urllib.parse import quote

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


def draw_lightly(*children: Child) -> None:
    """Draw HTML and SVG as one block without markdown, which is slow on much of it.

    st.html removes SVG, so each drawing travels as an attribute that the page's first script opens
    before anything is painted.
    """
    st.html(_SVG.sub(_as_attribute, join(children)))


_SVG = re.compile("<svg.*?</svg>", re.DOTALL)


def _as_attribute(found: re.Match[str]) -> str:
    return f'<span data-svg="{quote(found[0], safe=" /:=,.()#")}"></span>'
