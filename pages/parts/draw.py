"""The one door from markup to the screen."""

from __future__ import annotations

import streamlit as st

from pages.text.markup import Child, join


def draw(*children: Child) -> None:
    """Draw HTML and SVG as one block of the page, which the page's first script opens.

    One element for many pieces: Streamlit takes its time per element, not per character. st.html
    looks through each node and removes SVG; markdown keeps it, and is slower still. So the block
    travels as an attribute, and is opened before anything is painted. Everything in it was escaped
    where it became markup, and the policy of the document lets nothing in it run.
    """
    packed = str(join(children))
    for sign, code in _PACKED.items():
        # str.translate takes twenty milliseconds for a page, and this a fraction of one.
        packed = packed.replace(sign, code)
    st.html(f'<div data-html="{packed}"></div>')


_PACKED = {sign: f"%{ord(sign):02X}" for sign in '%"&<>'}
"""What would end the attribute, or be read as anything but text in it; the sign of codes first."""
