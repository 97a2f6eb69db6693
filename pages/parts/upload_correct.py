"""What somebody corrects in a proposal: what a column is, and which number an answer has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from data import contract, scales
from data.mapping import Scale
from data.proposal import Column, Proposal, Use
from pages.parts.draw import draw
from pages.parts.upload_choices import WIDTH
from pages.parts.upload_inbox import Dropped, inbox
from pages.text import language, later, plural, say
from pages.text.markup import tag

USES: dict[Use, str] = {
    "question": later("answers to a question"),
    "choices": later("several choices in a cell"),
    "answered_on": later("the date of the answer"),
    "answer_id": later("the number of the answer"),
    "wave_id": later("the survey wave"),
    "municipality": later("the municipality"),
    "left_out": later("not taken"),
}
"""What a column can be taken for; every reason not to take one is one choice."""


# -- one column --------------------------------------------------------------------------------


def column(file: Dropped, proposal: Proposal) -> None:
    """Draw the choice of a column, and the fields that say what it is."""
    by_heading = {one.heading: one for one in proposal.columns}
    chosen = st.selectbox(
        say("Column"),
        list(by_heading),
        index=None,
        format_func=lambda name: named(by_heading[name]),
        key=key_of(file, "column"),
        on_change=_turned,
        args=(file.number,),
        placeholder=say("Choose"),
    )
    if chosen is None:
        return
    one = by_heading[chosen]
    uses = [use for use in USES if use != "choices" or one.options]
    now: Use = one.use if one.use in USES else "left_out"
    with st.container(horizontal=True, gap="medium"):
        _field(file, say("The column is"), uses, now, _use, chosen, "use")
        if one.is_answered:
            held = contract.load("questions").column("role")
            roles = [value.code for value in held.values]
            _field(file, say("Used for"), roles, one.role, role, chosen, "role")
        if one.use == "question":
            offered = ["", *proposal.scales]
            _field(file, say("Table of answers"), offered, one.scale, _table, chosen, "scale")
    if not one.is_answered:
        return
    st.text_input(
        say("The question as people saw it"),
        one.text,
        key=key_of(file, "text", chosen),
        on_change=_set,
        args=(file.number, chosen, "text"),
    )
    alike = [
        other
        for other in proposal.columns
        if other.is_answered and other.scale == one.scale and other.role != one.role
    ]
    if alike:
        st.button(
            plural(
                "Use the other question with the same answers for this too",
                "Use the {n} other questions with the same answers for this too",
                len(alike),
            ),
            key=key_of(file, "alike", chosen),
            on_click=_same_role,
            args=(file.number, chosen),
        )


def _use(use: Use) -> str:
    return say(USES[use])


def _table(name: str) -> str:
    return name or say("none: as they stand")


def _field(
    file: Dropped,
    label: str,
    offered: Sequence[Any],
    now: Any,
    shown: Callable[[Any], str],
    column: str,
    field: str,
) -> None:
    st.selectbox(
        label,
        offered,
        list(offered).index(now) if now in offered else None,
        format_func=shown,
        key=key_of(file, field, column),
        on_change=_set,
        args=(file.number, column, field),
        placeholder=say("Choose"),
        width=WIDTH,
    )


# -- one table ---------------------------------------------------------------------------------


def table_of_answers(file: Dropped, proposal: Proposal) -> None:
    """Draw the choice of a table, and its lines."""
    used = {one.scale: one for one in reversed(proposal.columns) if one.scale}
    names = [name for name in proposal.scales if name in used]

    def shown(name: str) -> str:
        held = proposal.scales[name]
        return f"{name}: {', '.join([*held.numbers, *held.without_number])}"

    chosen = st.selectbox(
        say("Table of answers"),
        names,
        index=None,
        format_func=shown,
        key=key_of(file, "table"),
        on_change=_turned,
        args=(file.number,),
        placeholder=say("Choose"),
    )
    if chosen is None:
        return
    held = proposal.scales[chosen]
    st.text_area(
        say("An answer and its number on each line"),
        scales.as_lines(held),
        key=key_of(file, "lines", chosen),
        on_change=_lines,
        args=(file.number, chosen),
        help=say(
            "“Agree = 4”. Without a number after the sign the answer is valid and in no average; a"
            " hyphen says that nobody answered."
        ),
        height=min(400, 60 + 26 * (len(held.numbers) + len(held.without_number) + 1)),
    )
    wrong = st.session_state.get(key_of(file, "wrong", chosen))
    if wrong:
        sentence = say("This line is no answer with a number: “{line}”.", line=wrong)
        draw(tag("p", sentence, class_="fk-warning", role="alert"))


# -- what happens ------------------------------------------------------------------------------


def role(code: str) -> str:
    """What a question is used for, in words."""
    held = contract.load("questions").column("role")
    return next(value.words[language()] for value in held.values if value.code == code)


# -- one column --------------------------------------------------------------------------------


def named(one: Column) -> str:
    """A column by its heading, and by its question where that says more."""
    return one.heading if one.text in ("", one.heading) else f"{one.heading}: {one.text}"


def key_of(file: Dropped, field: str, of: str = "") -> str:
    """What a field is known by: fresh for every visit to a column or a table."""
    visits = st.session_state.get(f"upload_{file.number}_visits", 0) if of else ""
    return f"upload_{file.number}_{file.turn}_mapping_{field}_{of}_{visits}"


def file_of(file_number: int) -> tuple[Dropped, Proposal]:
    """A file of the inbox, and its proposal."""
    (found,) = (file for file in inbox().files if file.number == file_number)
    proposal = found.intake.recognition.proposal
    assert proposal is not None
    return found, proposal


def change(file: Dropped, proposal: Proposal) -> None:
    """Read a file by a corrected proposal from now on."""
    file.beside = dataclasses.replace(file.beside, proposal=proposal)
    file.is_changed = True


def _turned(file_number: int) -> None:
    """Begin with fresh fields: those of a column that was looked at before may be out of date."""
    key = f"upload_{file_number}_visits"
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _set(file_number: int, column: str, field: str) -> None:
    file, proposal = file_of(file_number)
    value = st.session_state[key_of(file, field, column)]
    facts = {field: value} | ({"why": ""} if field == "use" else {})
    change(file, proposal.changed(column, **facts))


def _same_role(file_number: int, column: str) -> None:
    file, proposal = file_of(file_number)
    (one,) = (one for one in proposal.columns if one.heading == column)
    for other in proposal.columns:
        if other.is_answered and other.scale == one.scale:
            proposal = proposal.changed(other.heading, role=one.role)
    change(file, proposal)


def _lines(file_number: int, name: str) -> None:
    file, proposal = file_of(file_number)
    key = key_of(file, "wrong", name)
    try:
        changed: Scale = scales.from_lines(
            st.session_state[key_of(file, "lines", name)], proposal.scales[name]
        )
    except ValueError as error:
        st.session_state[key] = str(error)
        return
    st.session_state.pop(key, None)
    change(file, dataclasses.replace(proposal, scales={**proposal.scales, name: changed}))
