"""The package to take away: a button for each document, which is made when it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.documents.same_bytes import packed
from pages.parts.draw import draw
from pages.parts.notes import heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.text import in_language, language, later, say
from queries.ask import current_release

if TYPE_CHECKING:
    # What makes the documents is loaded when one is asked for.
    from pages.documents.package import Wanted

KINDS = {
    "pdf": (later("Month sheet to print (PDF)"), "application/pdf"),
    "pptx": (
        later("Slides to edit (PowerPoint)"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "xlsx": (
        later("Every number, and what it means (Excel)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (later("Every number (CSV)"), "text/csv"),
}
"""The formats that have a button, its words, and what a browser is told that the file is."""

KEPT = 64
"""Documents that are kept in memory: those of a meeting, in each language, are a dozen."""

Asked = tuple[Path, dt.date, str, int, int, str]
"""The store, the month, the municipality, the version, the release shown now, the language."""


def draw_package(chosen: Chosen, folder: Path, version: int) -> None:
    """Draw the buttons and the texts, of the chosen municipality in a version of its locked month.

    Args:
        folder: The store's.
        version: 1 is what was locked.
    """
    draw(
        part(
            say("Take home"),
            say(
                "Made from the locked numbers, whatever has been uploaded since. What was decided,"
                " and who has attested, is as it is now."
            ),
            anchor="pakken",
        )
    )
    newest = current_release(folder)
    asked = (folder, chosen.month, chosen.municipality, version, newest, language())
    names = _names(asked)
    with st.container(horizontal=True, gap="small"):
        for form, (words, mime) in KINDS.items():
            st.download_button(
                say(words),
                _maker(asked, form),
                names[form],
                mime,
                key=f"package_{form}",
                on_click="ignore",
            )
        st.download_button(
            say("All of it, with the texts (ZIP)"),
            lambda: packed(_made(asked, None)),
            names["zip"],
            "application/zip",
            key="package_zip",
            on_click="ignore",
        )
    if st.toggle(say("Show the texts to copy"), key="package_texts"):
        _texts(asked)


def _texts(asked: Asked) -> None:
    """The texts of one municipality; of which one is chosen where all are looked at."""
    from pages.documents.package import texts

    wanted = _wanted(asked)
    names = wanted.reading(wanted.municipality).names
    municipality = wanted.municipality
    if municipality == COOPERATION:
        municipality = st.selectbox(
            say("Municipality"),
            list(names),
            format_func=lambda number: names[number],
            key="package_municipality",
            width=280,
        )
    report, message = texts(wanted, municipality)
    draw(heading(3, say("The month's message to the head")))
    st.code(message, language=None, wrap_lines=True)
    draw(heading(3, say("Text for the municipality's own report")))
    st.code(report, language=None, wrap_lines=True)
    draw(note(say("Copy with the button at the corner of each text.")))


def _maker(asked: Asked, form: str) -> Callable[[], bytes]:
    """Makes the first file of a format when the button is pressed, in a thread of its own."""
    return lambda: next(iter(_made(asked, form).values()))


@lru_cache(maxsize=KEPT)
def _made(asked: Asked, form: str | None) -> dict[str, bytes]:
    # A release never changes, so neither does what is made of it.
    from pages.documents.package import package

    with in_language(asked[-1]):
        return package(_wanted(asked), None if form is None else [form])


def _names(asked: Asked) -> dict[str, str]:
    wanted = _wanted(asked)
    stems = {"pdf": "manedsark", "pptx": "lysark", "xlsx": "tall", "csv": "tall", "zip": "pakke"}
    return {form: wanted.name(stem, form) for form, stem in stems.items()}


def _wanted(asked: Asked) -> Wanted:
    from pages.terminal.packaged import wanted

    folder, month, municipality, version, _, _ = asked
    return wanted(folder, month, municipality, version=version)
