"""How long what people write may be, said before and after.

Streamlit's own limit ignores what is pasted over it, and says nothing.
"""

from __future__ import annotations

from pages.text import number, say
from pages.text.markup import Markup, tag


def at_most(characters: int) -> str:
    """What an empty field says of its room."""
    return say("At most {n} characters", n=number(characters))


def too_long(text: str | None, characters: int) -> Markup | None:
    """Why a text cannot be kept as it is; nothing where it fits. What was written stays."""
    if text is None or len(text) <= characters:
        return None
    said = say(
        "The text has {n} characters, and there is room for {most}. Make it shorter.",
        n=number(len(text)),
        most=number(characters),
    )
    return tag("p", said, class_="fk-warning", role="alert")
