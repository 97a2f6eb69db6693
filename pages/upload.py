"""Upload: where files come in."""

from __future__ import annotations

from pages.parts.draw import draw
from pages.parts.notes import finding
from pages.parts.pickers import Chosen
from pages.text import say


def render(chosen: Chosen) -> None:  # noqa: ARG001 - every page is called so
    """Draw the page."""
    draw(finding(say("Upload files")))
