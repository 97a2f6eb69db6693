"""A proposal for reading a survey's export: seen, corrected, given a name and confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from data import contract, scales
from data.mapping import Scale
from data.proposal import LASTING, Column, Proposal, Use
from data.recognise import PROPOSED
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import heading
from pages.parts.table import Column as Shown
from pages.parts.table import folded, table
from pages.parts.upload_choices import WIDTH
from pages.parts.upload_inbox import Dropped, inbox
from pages.text import language, later, number, plural, say
from pages.text.markup import Markup, tag

OPEN = 8
"""Questions that stand open; a longer list is folded, so that the answer fields are in reach."""

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

REASONS = {
    "personal": later("may hold who somebody is"),
    "free_text": later("people's own words"),
    "metadata": later("tells of the filling in, and of no answer"),
    "empty": later("is empty"),
    "no_scale": later("is on no scale we know"),
    "codes": later("holds codes whose texts we lack"),
    "left_out": later("not taken"),
}
"""Why a column is not taken."""

WAVES = {
    "file": later("All the answers in the file belong to one survey wave"),
    "month": later("The answers of each month are a survey wave of their own"),
}
"""Whose answers belong together."""


def correct(file: Dropped) -> None:
    """Draw the proposal and the fields to correct it with, where nobody has confirmed it."""
    proposal = file.intake.recognition.proposal
    if proposal is None or file.is_refused:
        return
    draw(*_shown(file, proposal))
    with st.expander(say("Correct a column")):
        _column(file, proposal)
    if any(one.scale for one in proposal.columns):
        with st.expander(say("Change which number an answer has")):
            _scale(file, proposal)


def confirm(file: Dropped) -> None:
    """Draw the name and the button by which a proposal is confirmed; and what a saved one lacks."""
    known = file.intake.recognition
    if known.proposal is None:
        if known.why in ("saved_mapping", "asked_for") and known.unknown_columns:
            _offer_new(file)
        return
    if file.is_refused or file.needs_bytes:
        return
    _waves(file, known.proposal)
    nearly = known.nearly
    name = st.text_input(
        say("What the survey is called"),
        nearly.name if nearly else known.proposal.survey,
        key=_key(file, "name"),
        help=say("The recipe is saved under this name, and reads the next export by itself."),
        max_chars=60,
        width=WIDTH,
    ).strip()
    if name in file.mappings:
        draw(tag("p", say("This replaces the recipe «{name}».", name=name), class_="note"))
    st.button(
        say("Confirm the proposal"),
        key=_key(file, "confirm"),
        type="primary",
        disabled=not name,
        on_click=_confirmed,
        args=(file.number, name),
    )


# -- what is proposed --------------------------------------------------------------------------


def _shown(file: Dropped, proposal: Proposal) -> list[Markup]:
    asks = [one for one in proposal.columns if one.is_answered]
    aside = [one for one in proposal.columns if _reason(one) is not None]
    said = plural(
        "{n} column is taken as answers, and {others} are not taken.",
        "{n} columns are taken as answers, and {others} are not taken.",
        len(asks),
        others=number(len(aside)),
    )
    tool = words.TOOLS.get(proposal.tool)
    from_ = say("The file is an export from {tool}.", tool=tool) + " " if tool else ""
    texts = (
        " " + say("The texts are from {files}.", files=words.quoted(file.explained_by))
        if file.explained_by
        else ""
    )
    questions = _questions(proposal, asks)
    if len(asks) > OPEN:
        questions = folded(say("See all the questions, and how answers become numbers"), questions)
    return [
        heading(3, say("The proposal")),
        tag("p", f"{from_}{said}{texts}", class_="measure"),
        tag("div", questions, class_="proposed"),
        folded(
            plural(
                "See the column that is not taken",
                "See the {n} columns that are not taken",
                len(aside),
            ),
            _aside(aside),
        )
        if aside
        else Markup(),
    ]


def _questions(proposal: Proposal, asks: Sequence[Column]) -> Markup:
    rows = [
        {
            "column": one.heading,
            "text": one.text if one.text != one.heading else "",
            "role": _role(one.role) + (f" ({say('new')})" if one.why == "new" else ""),
            "answers": _answers(proposal, one),
        }
        for one in asks
    ]
    return table(
        say("The questions and how answers become numbers"),
        [
            Shown(say("Column"), lambda row: str(row["column"]), is_head=True),
            Shown(say("Question"), lambda row: str(row["text"])),
            Shown(say("Used for"), lambda row: str(row["role"])),
            Shown(say("Answers"), lambda row: str(row["answers"])),
        ],
        rows,
        empty=say("No column is taken as answers yet."),
    )


def _answers(proposal: Proposal, one: Column) -> str:
    if one.use == "choices":
        return words.quoted(one.options)
    if not one.scale:
        return say("as they stand")
    held = proposal.scales[one.scale]
    counted = [f"{text} = {value:g}" for text, value in held.numbers.items()]
    valid = [say("{answer} (no number)", answer=text) for text in held.without_number]
    return ", ".join([*counted, *valid])


def _aside(aside: Sequence[Column]) -> Markup:
    return table(
        say("Columns that are not taken"),
        [
            Shown(say("Column"), lambda row: str(row["column"]), is_head=True),
            Shown(say("Why"), lambda row: str(row["why"])),
        ],
        [{"column": _named(one), "why": say(REASONS[_reason(one) or "left_out"])} for one in aside],
    )


def _reason(one: Column) -> str | None:
    """Why a column is not taken; None for one that is."""
    if one.use in ("personal", "free_text", "metadata"):
        return one.use
    if one.use != "left_out":
        return None
    return one.why if one.why in REASONS else "left_out"


def _named(one: Column) -> str:
    return one.heading if one.text in ("", one.heading) else f"{one.heading}: {one.text}"


def _role(code: str) -> str:
    held = contract.load("questions").column("role")
    return next(value.words[language()] for value in held.values if value.code == code)


# -- one column --------------------------------------------------------------------------------


def _column(file: Dropped, proposal: Proposal) -> None:
    by_heading = {one.heading: one for one in proposal.columns}
    chosen = st.selectbox(
        say("Column"),
        list(by_heading),
        index=None,
        format_func=lambda name: _named(by_heading[name]),
        key=_key(file, "column"),
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
            _field(file, say("Used for"), roles, one.role, _role, chosen, "role")
        if one.use == "question":
            offered = ["", *proposal.scales]
            _field(file, say("Table of answers"), offered, one.scale, _table, chosen, "scale")
    if not one.is_answered:
        return
    st.text_input(
        say("The question as people saw it"),
        one.text,
        key=_key(file, "text", chosen),
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
            key=_key(file, "alike", chosen),
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
        key=_key(file, field, column),
        on_change=_set,
        args=(file.number, column, field),
        placeholder=say("Choose"),
        width=WIDTH,
    )


# -- one table ---------------------------------------------------------------------------------


def _scale(file: Dropped, proposal: Proposal) -> None:
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
        key=_key(file, "table"),
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
        key=_key(file, "lines", chosen),
        on_change=_lines,
        args=(file.number, chosen),
        help=say(
            "“Agree = 4”. Without a number after the sign the answer is valid and in no average; a"
            " hyphen says that nobody answered."
        ),
        height=min(400, 60 + 26 * (len(held.numbers) + len(held.without_number) + 1)),
    )
    wrong = st.session_state.get(_key(file, "wrong", chosen))
    if wrong:
        sentence = say("This line is no answer with a number: “{line}”.", line=wrong)
        draw(tag("p", sentence, class_="fk-warning", role="alert"))


# -- the waves ---------------------------------------------------------------------------------


def _waves(file: Dropped, proposal: Proposal) -> None:
    if proposal.column_of("wave_id") is not None or proposal.column_of("answered_on") is None:
        return
    st.radio(
        say("Which answers belong together"),
        list(WAVES),
        list(WAVES).index(proposal.waves),
        format_func=lambda one: say(WAVES[one]),
        key=_key(file, "waves"),
        on_change=_waves_set,
        args=(file.number,),
    )


# -- a saved mapping that does not know every column -------------------------------------------


def _offer_new(file: Dropped) -> None:
    st.button(
        say("Make a new recipe from this one, with the new columns"),
        key=_key(file, "renew"),
        on_click=_renewed,
        args=(file.number,),
    )


# -- what happens ------------------------------------------------------------------------------


def _key(file: Dropped, field: str, of: str = "") -> str:
    visits = st.session_state.get(f"upload_{file.number}_visits", 0) if of else ""
    return f"upload_{file.number}_{file.turn}_mapping_{field}_{of}_{visits}"


def _turned(file_number: int) -> None:
    """Begin with fresh fields: those of a column that was looked at before may be out of date."""
    key = f"upload_{file_number}_visits"
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _file(file_number: int) -> tuple[Dropped, Proposal]:
    (found,) = (file for file in inbox().files if file.number == file_number)
    proposal = found.intake.recognition.proposal
    assert proposal is not None
    return found, proposal


def _change(file: Dropped, proposal: Proposal) -> None:
    file.beside = dataclasses.replace(file.beside, proposal=proposal)
    file.is_changed = True


def _set(file_number: int, column: str, field: str) -> None:
    file, proposal = _file(file_number)
    value = st.session_state[_key(file, field, column)]
    facts = {field: value} | ({"why": ""} if field == "use" else {})
    _change(file, proposal.changed(column, **facts))


def _same_role(file_number: int, column: str) -> None:
    file, proposal = _file(file_number)
    (one,) = (one for one in proposal.columns if one.heading == column)
    for other in proposal.columns:
        if other.is_answered and other.scale == one.scale:
            proposal = proposal.changed(other.heading, role=one.role)
    _change(file, proposal)


def _lines(file_number: int, name: str) -> None:
    file, proposal = _file(file_number)
    key = _key(file, "wrong", name)
    try:
        changed: Scale = scales.from_lines(
            st.session_state[_key(file, "lines", name)], proposal.scales[name]
        )
    except ValueError as error:
        st.session_state[key] = str(error)
        return
    st.session_state.pop(key, None)
    _change(file, dataclasses.replace(proposal, scales={**proposal.scales, name: changed}))


def _waves_set(file_number: int) -> None:
    file, proposal = _file(file_number)
    _change(file, dataclasses.replace(proposal, waves=st.session_state[_key(file, "waves")]))


def _confirmed(file_number: int, name: str) -> None:
    file, proposal = _file(file_number)
    said = {one: file.choices.values[one] for one in LASTING if file.choices.values.get(one)}
    nearly = file.intake.recognition.nearly
    proposal = dataclasses.replace(
        proposal,
        lasting={**proposal.lasting, **said},
        survey=proposal.survey if nearly else name,
    )
    file.confirmed = proposal.mapping(name)
    file.is_changed = True


def _renewed(file_number: int) -> None:
    (file,) = (file for file in inbox().files if file.number == file_number)
    file.mapping_name, file.confirmed = PROPOSED, None
    file.turn += 1
    file.is_changed = True
