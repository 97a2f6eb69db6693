"""The head attests the locked month, takes it back, and sees what was said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import streamlit as st

from data import acts, people
from data.store import Store
from pages.parts.attested import STATEMENTS
from pages.parts.draw import draw
from pages.parts.notes import day, note
from pages.parts.pickers import Chosen
from pages.parts.recorded import receipt, written
from pages.parts.staircase import step_names
from pages.parts.table import Column, folded, table
from pages.parts.texts import at_most, too_long
from pages.text import date, in_quotes, month, say
from pages.text.markup import Markup, tag
from queries.ask import ask

Row = Mapping[str, Any]
"""One row of asked/attestations_given.sql."""

LONGEST = 300
"""Characters of what is asked for: a sentence or two, as it will be read aloud in the meeting."""

_DONE = "attest_done"
"""In the session: what was recorded last, to be said once the page is drawn anew."""

_SENT = "attest_sent"
"""In the session: how many were recorded. A form that was sent gives way to an empty one, and one
that was refused keeps what was written."""


def attest_form(chosen: Chosen, rows: Sequence[Row], months: Mapping[dt.date, Row]) -> None:
    """Draw what has been said of the month, and for who may, the form and the way to take it back.

    Args:
        rows: The answer of asked/attestations_given.sql for the chosen municipality and month.
        months: The rows of asked/months.sql by month.
    """
    members = ask("members", month=chosen.month)["municipality_id"]
    if chosen.municipality not in members:
        said = say("The municipality was not a member in {month}.", month=month(chosen.month))
        draw(note(said))
        return
    locked = months.get(chosen.month)
    is_open = locked is not None and locked["locked_at"] is not None and not locked["is_history"]
    is_form = is_open and people.may(chosen.person, "attest", chosen.municipality)
    # Above a form always, so that it keeps its place: when it says why not, it stays open.
    with st.empty() if is_form else nullcontext():
        if (done := st.session_state.pop(_DONE, None)) is not None:
            draw(tag("p", done, class_="done", role="status"))
    if not is_open:
        draw(note(_why_not(chosen.month, locked)))
    elif is_form:
        standing = [row for row in rows if row["is_of_month"] and row["withdrawn_on"] is None]
        if standing:
            # What is done is said first; the whole form would look as if it were not.
            draw(*(tag("p", _given(row)) for row in standing))
            with st.expander(say("Say more about {month}", month=month(chosen.month))):
                _form(chosen)
        else:
            _form(chosen)
        for row in standing:
            _way_back(chosen, row)
    if rows:
        draw(_earlier(rows))


def _why_not(when: dt.date, locked: Row | None) -> str:
    if locked is not None and locked["is_history"]:
        return say(
            "{Month} was locked as history and is not to be attested.",
            Month=month(when).capitalize(),
        )
    return say(
        "{Month} can be attested once it is locked, so that the numbers stand still.",
        Month=month(when).capitalize(),
    )


def _form(chosen: Chosen) -> None:
    steps = step_names()
    sent = st.session_state.get(_SENT, 0)
    with st.form(key=f"attest_{chosen.municipality}_{chosen.month:%Y_%m}_{sent}"):
        statement = st.radio(
            say("What do you say about {month}?", month=month(chosen.month)),
            list(STATEMENTS),
            format_func=_statement,
            horizontal=True,
        )
        text = st.text_area(
            say("What you follow up or ask for. Write roles, never names."),
            placeholder=at_most(LONGEST),
            height=90,
        )
        criterion = st.selectbox(
            say("The step of the staircase that it shows, if any"),
            [None, *steps],
            format_func=lambda code: say("none") if code is None else steps[code],
        )
        is_sent = st.form_submit_button(
            say("Attest {month}", month=month(chosen.month)), type="primary"
        )
    refusal = too_long(text, LONGEST)
    if is_sent and refusal is not None:
        draw(refusal)
    elif is_sent:
        _write(
            lambda opened: acts.attest(
                opened,
                chosen.person,
                chosen.municipality,
                chosen.month,
                statement,
                text=text,
                criterion=criterion,
            ),
            say("Your attestation of {month} is recorded.", month=month(chosen.month)),
        )


def _statement(code: str) -> str:
    said = say(STATEMENTS[code])
    return said[:1].upper() + said[1:]


def _given(row: Row) -> Markup:
    """What stands: when it was given and what it says."""
    attested = say("Attested {date}:", date=date(row["given_on"]))
    return tag("span", tag("strong", attested), " ", _said(row))


def _way_back(chosen: Chosen, row: Row) -> None:
    number = row["attestation_id"]
    when = month(row["month"])
    words = say(
        "Take back the attestation of {month} ({statement}, given {date})",
        month=when,
        statement=_said(row),
        date=date(row["given_on"]),
    )
    if st.button(words, key=f"attest_withdraw_{number}"):
        _write(
            lambda opened: acts.withdraw_attestation(opened, chosen.person, number),
            say("The attestation of {month} is taken back. It stays in the log.", month=when),
        )


def _write(act: Callable[[Store], int], done: str) -> None:
    """Do it, release what it changed, and draw the page anew; or say why it cannot be done."""
    entry = written(act)
    if isinstance(entry, Markup):
        draw(entry)
        return
    with st.spinner(say("The numbers are being computed …")):
        st.session_state[_DONE] = receipt(done)
    st.session_state[_SENT] = st.session_state.get(_SENT, 0) + 1
    st.rerun()


# -- what was said before ----------------------------------------------------------------------


def _earlier(rows: Sequence[Row]) -> Markup:
    steps = step_names()
    caption = say("What the head has said, the newest month first")
    shown = table(
        caption,
        [
            Column(say("Month"), lambda row: month(row["month"]), is_head=True),
            Column(say("Given"), lambda row: day(row["given_on"])),
            Column(say("Statement"), _said),
            Column(say("Shows that"), lambda row: steps.get(row["criterion"] or "", "")),
            Column(say("State"), _state),
        ],
        rows,
        is_caption_shown=False,
    )
    return folded(caption, shown)


def _said(row: Row) -> str:
    said = say(STATEMENTS[row["statement"]])
    return f"{said}: {in_quotes(row['text'])}" if row["text"] else said


def _state(row: Row) -> Markup | str:
    if row["withdrawn_on"] is None:
        return say("counts")
    return tag("span", say("taken back"), " ", day(row["withdrawn_on"]))
