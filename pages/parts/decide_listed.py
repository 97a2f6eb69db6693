"""The decisions that stand beside the form: those of this meeting, and those of the ones before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import streamlit as st

from data import acts
from data.decided import Decision
from pages.parts.decide_again import EDITED, FETCHED, SEEN, Done
from pages.parts.draw import draw
from pages.parts.meeting_read import Decided, Read
from pages.text import say, short_date
from pages.text.markup import Markup, tag
from queries.ask import ask


def decided_now(made: Decided, *, may: bool) -> None:
    """Draw what this meeting has decided, the newest first.

    Args:
        may: Whoever looks may change it.
    """
    if not made.decisions:
        return
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    draw(_heading(say("Decided now")))
    for one in made.decisions:
        number = one.decision_id
        with st.container(horizontal=True, vertical_alignment="center", key=f"decided_{number}"):
            st.html(_line(one, _facts(one, names, made.actions.get(number))))
            if may:
                _change_button(one)


def decided_before(now: Read, made: Decided, done: Done) -> None:
    """Draw what earlier meetings decided, to be marked as carried out.

    It shows beside the slides that look back alone, which tell of the same decisions.
    """
    if not made.before:
        return
    draw(_heading(say("Decided before"), tabindex=-1, class_="decide-now decide-before"))
    for one in made.before:
        number, is_done = one.decision_id, one.carried_out_on is not None
        with st.container(horizontal=True, vertical_alignment="center", key=f"before_{number}"):
            st.html(_line(one, _stands(one, now.today)))
            words = say("Not carried out") if is_done else say("Carried out")
            # One button for both, so that the keyboard stays where it is.
            if st.button(_named(words, one), key=f"decide_mark_{number}"):
                _mark(now, one, done)
            _change_button(one)


def _mark(now: Read, one: Decision, done: Done) -> None:
    """Carried out today; or not after all, where it was marked by mistake."""
    person, number = now.chosen.person, one.decision_id
    if one.carried_out_on is None:
        words = say("Decision {number} is carried out.", number=number)
        done(lambda opened: acts.carry_out(opened, person, number, now.today), words)
    else:
        words = say("Decision {number} is not carried out after all.", number=number)
        done(lambda opened: acts.withdraw_carry_out(opened, person, number), words)


def _change_button(one: Decision) -> None:
    number = one.decision_id
    words = _named(say("Change it"), one)
    st.button(words, key=f"decide_change_{number}", on_click=_edit, args=(number,))


def _edit(decision: int) -> None:
    st.session_state[EDITED] = decision
    for name in (FETCHED, SEEN):
        st.session_state.pop(name, None)


_MARKS = re.compile(r"([^\w\s])")
"""What Streamlit's markdown may take for more than it is."""


def _named(words: str, one: Decision) -> str:
    """A button's words. What it is about is read out and not shown: it stands beside the button."""
    plain = _MARKS.sub(r"\\\1", " ".join(one.text.split()))
    return f"{words} :small[{plain}]"


def _heading(words: str, **more: str | int) -> Markup:
    return tag("div", words, role="heading", aria_level=3, **({"class_": "decide-now"} | more))


def _facts(one: Decision, names: Mapping[str, str], action: str | None) -> Markup:
    """Whose it is and by when; the action it became, or is about."""
    said = [one.owner_role, say("due {date}", date=short_date(one.due_on))]
    if one.municipality is not None:
        said.insert(0, names[one.municipality])
    if action is not None:
        said.append(say("action {id}", id=action))
    elif one.action_id is not None:
        said.append(say("about action {id}", id=one.action_id))
    return tag("span", " · ".join(said), class_="quiet")


def _stands(one: Decision, today: dt.date) -> Markup:
    if one.carried_out_on is not None:
        said = say("carried out {date}", date=short_date(one.carried_out_on))
        return tag("span", said, class_="quiet")
    is_late = one.due_on < today
    said = say("due {date}", date=short_date(one.due_on))
    return tag("span", said, class_="mark-worse" if is_late else "quiet")


def _line(one: Decision, below: Markup) -> Markup:
    return tag("p", tag("strong", one.text), below, class_="decided")
