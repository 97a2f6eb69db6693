"""What the page says of itself: a heading to start reading at, and why something failed."""

from __future__ import annotations

from pages.text import refusals
from pages.text.markup import Markup, tag


def arriving(sentence: str, what: str) -> Markup:
    """The page's heading, where reading starts anew once it says something new.

    What was pressed is gone by then, so the static script moves the focus here, and the window.

    Args:
        sentence: What there is to know.
        what: What it is about: another value is another thing to be brought to.
    """
    return tag("h1", sentence, class_="finding", data_arrive=what)


def refused(error: Exception) -> Markup:
    """Why something could not be done, as a sentence; a fault of the program goes on up."""
    sentence = refusals.sentence(error)
    if sentence is None:
        raise error
    return tag("p", sentence, class_="fk-warning", role="alert")


def not_released(error: Exception) -> Markup:
    """Why what is stored is not in the numbers yet; a fault of the program goes on up."""
    sentence = refusals.not_released(error)
    if sentence is None:
        raise error
    return tag("p", sentence, class_="fk-warning", role="alert")
