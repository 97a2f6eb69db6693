"""A template of each kind of file, to fill in: as a workbook, and as CSV."""

from __future__ import annotations

import streamlit as st

from data import contract, delivery, settings, store, template
from data.example_row import NOTHING
from data.known import Known
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import part
from pages.parts.upload_choices import WIDTH
from pages.text import language, say
from pages.text.markup import tag

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FIRST = "actions"
"""Offered first: the list that most municipalities keep by hand."""


def draw_templates(municipality: str | None, *, may_upload: bool) -> None:
    """Draw the choice of a kind, what it is, and its template in both forms.

    Args:
        municipality: Whose example it is.
        may_upload: Whether the reader loads the file that is filled in.
    """
    if may_upload:
        how = say(
            "For whoever has no tool to export from. Fill in, save, and choose the file above."
        )
    else:
        how = say(
            "For whoever has no tool to export from. Fill in, save, and give the file to the"
            " coordinator."
        )
    draw(part(say("Templates"), how, anchor="maler"))
    kinds = contract.all_kinds()
    kind = st.selectbox(
        say("Kind of file"),
        kinds,
        kinds.index(FIRST),
        format_func=words.kind,
        key="upload_template",
        width=WIDTH,
    )
    draw(tag("p", contract.load(kind).meaning[language()], class_="measure"))
    with st.container(horizontal=True, gap="medium"):
        st.download_button(
            say("Excel workbook with drop-downs and explanation"),
            lambda: template.as_workbook(kind, language(), _known(), municipality),
            template.file_name(kind, "xlsx"),
            XLSX,
            key="upload_template_xlsx",
            on_click="ignore",
        )
        st.download_button(
            say("CSV with headings and an example"),
            lambda: template.as_csv(kind, _known(), municipality),
            template.file_name(kind, "csv"),
            "text/csv",
            key="upload_template_csv",
            on_click="ignore",
        )


def _known() -> Known:
    """What the store holds, asked for when a template is."""
    folder = settings.load().store
    if settings.about(folder) is None:
        return NOTHING
    with store.opened(folder) as opened:
        return delivery.known(opened)
