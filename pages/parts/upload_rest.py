"""Where rows are wrong: the list to mend, and the choice to store the rows that are right."""

from __future__ import annotations

import streamlit as st

from data import rest
from pages.parts import upload_problems as problems
from pages.parts.draw import draw
from pages.parts.notes import note
from pages.parts.upload_inbox import Dropped
from pages.text import number, plural, say


def headline(file: Dropped) -> str:
    """What there is to know of a file whose rest is about to be stored."""
    left, whole = _left(file), file.intake.reading.cells.height
    return say(
        "{n} of {of} rows in {file} are ready to be stored.",
        n=number(whole - left),
        of=number(whole),
        file=file.intake.name,
    )


def draw_ways(file: Dropped) -> None:
    """Draw what can be done about the problems: lists to take away, and the rest of the file."""
    is_stopped = any(problem.weight == "stop" for problem in file.intake.problems)
    to_mend = problems.to_mend(file.intake) if is_stopped else b""
    if is_stopped:
        draw(note(_advice(file, is_list=bool(to_mend))))
    with st.container(horizontal=True, gap="medium"):
        if to_mend:
            st.download_button(
                say("Download the rows to mend (CSV)"),
                to_mend,
                problems.to_mend_name(file.intake),
                "text/csv",
                key=f"upload_mend_{file.number}",
                on_click="ignore",
            )
        st.download_button(
            say("Download the list of problems (CSV)"),
            problems.as_list(file.intake),
            problems.list_name(file.intake),
            "text/csv",
            key=f"upload_list_{file.number}",
            on_click="ignore",
        )
    if file.rest is not None and not file.needs_bytes:
        _choice(file)


def _advice(file: Dropped, *, is_list: bool) -> str:
    if not is_list:
        return say(
            "Mend the file, or what it was exported from, and choose it again. Nothing of it is"
            " stored."
        )
    used = file.intake.mapping
    if used is not None and rest.hangs_together(used):
        return say(
            "Mend the file, or what it was exported from, and choose it again. The rows of this"
            " export are counted together, so the list to mend holds all of them."
        )
    return say(
        "Mend the file, or what it was exported from, and choose it again. Or download the rows to"
        " mend, mend them there, and upload that list alone."
    )


def _choice(file: Dropped) -> None:
    left, whole = _left(file), file.intake.reading.cells.height
    if file.is_rest:
        draw(
            note(
                plural(
                    "{n} row is left out, and its list is kept with the upload.",
                    "{n} rows are left out, and their list is kept with the upload.",
                    left,
                )
            )
        )
        st.button(
            say("Wait with the rest"),
            key=f"upload_no_rest_{file.number}",
            on_click=_choose,
            args=(file, False),
            type="tertiary",
        )
        return
    st.button(
        say("Upload the rest: {n} of {of} rows", n=number(whole - left), of=number(whole)),
        key=f"upload_rest_{file.number}",
        on_click=_choose,
        args=(file, True),
    )
    draw(note(say("You see what changes before it is stored. The rows with problems are left.")))


def _choose(file: Dropped, is_rest: bool) -> None:
    file.is_rest = is_rest


def counts(file: Dropped) -> tuple[int, int]:
    """How many rows of the file the rest holds, and how many the file."""
    whole = file.intake.reading.cells.height
    return whole - _left(file), whole


def _left(file: Dropped) -> int:
    assert file.rest is not None
    return len(rest.left_lines(file.rest))
