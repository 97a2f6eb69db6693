"""While a file is in work the page says what is being done with it, in words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.progress import Step, Told
from pages.text import number, say
from pages.text.steps import doing


@contextlib.contextmanager
def working(of: int = 1) -> Iterator[Working]:
    """A place on the page that says what is being done, and is empty when it is over.

    Args:
        of: So many files are in work, one after the other.
    """
    with contextlib.ExitStack() as shown:
        yield Working(shown, of)


class Working:
    """What is being done with the files of one drop: it lives as long as the reader waits."""

    def __init__(self, shown: contextlib.ExitStack, of: int) -> None:
        self._shown, self._of = shown, of
        self._line: DeltaGenerator | None = None
        # Without anything in it a container takes no room, and what stands below stays in place.
        self._place = st.container()

    def file(self, place: int) -> Told:
        """Tells the steps of one file, with its place among several."""

        def told(step: Step) -> None:
            words = doing(step)
            if self._of > 1:
                words = say(
                    "File {n} of {of}: {step}", n=number(place), of=number(self._of), step=words
                )
            self._shown.close()
            if self._line is None:
                self._line = self._place.empty()
            self._shown.enter_context(self._line)
            # It waits a little before it shows: of a small file nothing flickers.
            self._shown.enter_context(st.spinner(words))

        return told
