"""A proposal for reading a survey's export: seen, given a name and confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from data.proposal import LASTING, Column, Proposal
from data.recognise import PROPOSED
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import heading
from pages.parts.table import Column as Shown
from pages.parts.table import folded, table
from pages.parts.upload_choices import WIDTH
from pages.parts.upload_correct import (
    change,
    column,
    file_of,
    key_of,
    named,
    role,
    table_of_answers,
)
from pages.parts.upload_inbox import Dropped, inbox
from pages.text import later, number, plural, say
from pages.text.markup import Markup, tag
from pages.text.problems import sentence

OPEN = 8
"""Questions that stand open; a longer list is folded, so that the answer fields are in reach."""


REASONS = {
    "personal": later("may show who somebody is"),
    "free_text": later("people's own words"),
    "metadata": later("is about filling in the form, not about an answer"),
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
        column(file, proposal)
    if any(one.scale for one in proposal.columns):
        with st.expander(say("Change which number an answer has")):
            table_of_answers(file, proposal)


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
        key=key_of(file, "name"),
        help=say("The recipe is saved under this name, and reads the next export by itself."),
        max_chars=60,
        width=WIDTH,
    ).strip()
    if name in file.mappings:
        draw(tag("p", say("This replaces the recipe “{name}”.", name=name), class_="note"))
    has_answers = any(one.is_answered for one in known.proposal.columns)
    if not has_answers:
        draw(
            tag("p", say("Take at least one column as answers before you confirm."), class_="note")
        )
    st.button(
        say("Confirm the proposal"),
        key=key_of(file, "confirm"),
        type="primary",
        disabled=not (name and has_answers),
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
    at_commas = [one.heading for one in asks if one.split]
    questions = _questions(proposal, asks)
    if len(asks) > OPEN:
        questions = folded(say("See all the questions, and how answers become numbers"), questions)
    return [
        heading(3, say("The proposal")),
        _no_longer_fits(file),
        tag("p", f"{from_}{said}{texts}", class_="measure"),
        _split(at_commas),
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


def _no_longer_fits(file: Dropped) -> Markup:
    """Why the recipe of the time before was not used: it is what somebody wonders first."""
    told = [sentence(one) for one in file.intake.problems if one.code == "changed_mapping"]
    return tag("p", *told, class_="fk-warning") if told else Markup()


def _split(headings: Sequence[str]) -> Markup:
    """What is to be looked at before it is confirmed: a comma may stand inside a choice too."""
    if not headings:
        return Markup()
    return tag(
        "p",
        plural(
            "The cells of {columns} are split at every comma. Look whether these are the choices"
            " that were given; if not, correct the column.",
            "The cells of {columns} are split at every comma. Look whether these are the choices"
            " that were given; if not, correct the columns.",
            len(headings),
            columns=words.quoted(headings),
        ),
        class_="fk-warning",
    )


def _questions(proposal: Proposal, asks: Sequence[Column]) -> Markup:
    rows = [
        {
            "column": one.heading,
            "text": one.text if one.text != one.heading else "",
            "role": role(one.role) + (f" ({say('new')})" if one.why == "new" else ""),
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
        [{"column": named(one), "why": say(REASONS[_reason(one) or "left_out"])} for one in aside],
    )


def _reason(one: Column) -> str | None:
    """Why a column is not taken; None for one that is."""
    if one.use in ("personal", "free_text", "metadata"):
        return one.use
    if one.use != "left_out":
        return None
    return one.why if one.why in REASONS else "left_out"


# -- the waves ---------------------------------------------------------------------------------


def _waves(file: Dropped, proposal: Proposal) -> None:
    if proposal.column_of("wave_id") is not None or proposal.column_of("answered_on") is None:
        return
    st.radio(
        say("Which answers belong together"),
        list(WAVES),
        list(WAVES).index(proposal.waves),
        format_func=lambda one: say(WAVES[one]),
        key=key_of(file, "waves"),
        on_change=_waves_set,
        args=(file.number,),
    )


# -- a saved mapping that does not know every column -------------------------------------------


def _offer_new(file: Dropped) -> None:
    st.button(
        say("Make a new recipe from this one, with the new columns"),
        key=key_of(file, "renew"),
        on_click=_renewed,
        args=(file.number,),
    )


# -- what happens ------------------------------------------------------------------------------


def _waves_set(file_number: int) -> None:
    file, proposal = file_of(file_number)
    change(file, dataclasses.replace(proposal, waves=st.session_state[key_of(file, "waves")]))


def _confirmed(file_number: int, name: str) -> None:
    file, proposal = file_of(file_number)
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
