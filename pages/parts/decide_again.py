"""A decision that was written down: changed, withdrawn, or made an improvement action."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from data import acts, contract
from data.decided import Decision
from data.store import Store
from pages.parts.action_list import theme_words
from pages.parts.decide_about import Choices, about_of, choices, linked
from pages.parts.draw import draw
from pages.parts.meeting_read import Decided, Read
from pages.parts.texts import too_long
from pages.text import date, say, short_date
from pages.text.markup import Markup, tag
from queries.ask import ask

Row = Mapping[str, Any]
"""One row of asked/decision_turns.sql."""

EDITED = "decide_edited"
"""In the session: the number of the decision that is being changed."""

FETCHED, SEEN = "decide_fetched", "decide_seen"
"""In the session: the decision as it was when it was opened to be changed, and as it was shown to
whoever was about to write over another's change."""

LONGEST = 200


class Done(Protocol):
    """Does an act, says so, and draws the page anew."""

    def __call__(
        self, act: Callable[[Store], object], words: str, *, is_left: bool = True
    ) -> None: ...


@dataclass(frozen=True)
class Fetched:
    """What the form was filled in with: were it another one meanwhile, its fields would be others,
    and what was written in them lost.

    Attributes:
        roles, choices: What could be chosen then.
    """

    one: Decision
    roles: Sequence[str]
    choices: Choices


def change_panel(now: Read, one: Decision, made: Decided, roles: Sequence[str], done: Done) -> None:
    """Draw the decision's own words to change, its history, and what else it can become."""
    if st.button(say("Back to the decisions"), key="decide_back"):
        st.session_state.pop(EDITED, None)
        st.rerun()
    fetched = _fetched(now, one, roles)
    _words(now, one, fetched, done)
    turns = ask("decision_turns", decision=one.decision_id).to_dicts()
    if len(turns) > 1:
        draw(_history(turns))
    _carried_out(now, one, done)
    if one.carried_out_on is None and one.decision_id not in made.actions:
        _action(now, one, fetched, done)
    _withdraw(now, one, done)


def _fetched(now: Read, one: Decision, roles: Sequence[str]) -> Fetched:
    """What the form is filled in with, fetched when the decision was opened to be changed."""
    held: Fetched | None = st.session_state.get(FETCHED)
    if held is None or held.one.decision_id != one.decision_id:
        place = one.municipality or now.chosen.municipality
        known = list(dict.fromkeys([one.owner_role, *roles]))
        held = Fetched(one, known, choices(now, place, about_of(one)))
        st.session_state[FETCHED] = held
        st.session_state.pop(SEEN, None)
    return held


def _words(now: Read, one: Decision, fetched: Fetched, done: Done) -> None:
    """The decision's words to change.

    Args:
        one: As it is now.
    """
    decision, was = one.decision_id, fetched.one
    abouts, called = fetched.choices
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    places = [None, *names]
    with st.form(key=f"decide_words_{decision}", border=False):
        text = st.text_input(say("What is decided?"), value=was.text)
        left, right = st.columns([3, 2])
        role = left.selectbox(
            say("Owner (role)"),
            fetched.roles,
            accept_new_options=True,
            placeholder=say("Choose or write a role"),
        )
        due_on = right.date_input(say("Due"), value=was.due_on, format="DD.MM.YYYY")
        left, right = st.columns([3, 2])
        about = left.selectbox(
            say("About"), abouts, index=abouts.index(about_of(was)), format_func=called
        )
        whose = right.selectbox(
            say("For"),
            places,
            index=places.index(was.municipality),
            format_func=lambda number: say("All") if number is None else names[number],
        )
        is_sent = st.form_submit_button(say("Save the change"), type="primary")
    if is_sent and (refusal := too_long(text, LONGEST)) is not None:
        draw(refusal)
    elif is_sent and not _is_overtaken(one, fetched):
        whose, indicator, action = linked(about, whose)
        done(
            lambda opened: acts.change_decision(
                opened,
                now.chosen.person,
                decision,
                text=text,
                owner_role=role,
                due_on=due_on,
                municipality=whose,
                indicator=indicator,
                action_id=action,
            ),
            say("Decision {number} is changed. What it said before is kept.", number=decision),
        )


def _is_overtaken(one: Decision, fetched: Fetched) -> bool:
    """Whether somebody has changed it since it was opened; says what it says now, once."""
    if _said(one) in (_said(fetched.one), st.session_state.get(SEEN)):
        return False
    st.session_state[SEEN] = _said(one)
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    facts = [
        one.owner_role,
        say("due {date}", date=date(one.due_on)),
        names.get(one.municipality, one.municipality) if one.municipality else say("All"),
        fetched.choices[1](about_of(one)),
    ]
    words = say(
        "Somebody has changed the decision since you opened it. It says “{text}” now ({facts})."
        " Press once more to go on; what it says now is kept in the log.",
        text=one.text,
        facts=", ".join(facts),
    )
    draw(tag("p", words, class_="fk-warning", role="alert"))
    return True


def _said(one: Decision) -> tuple[object, ...]:
    """What of a decision can be changed."""
    return one.text, one.owner_role, one.due_on, one.municipality, about_of(one)


def _carried_out(now: Read, one: Decision, done: Done) -> None:
    """The day it was carried out; or that it was not, where it is marked."""
    decision = one.decision_id
    if one.carried_out_on is not None:
        said = say("Carried out {date}.", date=date(one.carried_out_on))
        draw(tag("p", said))
        if st.button(say("Not carried out"), key=f"decide_not_done_{decision}"):
            done(
                lambda opened: acts.withdraw_carry_out(opened, now.chosen.person, decision),
                say("Decision {number} is not carried out after all.", number=decision),
                is_left=False,
            )
        return
    with st.form(key=f"decide_done_on_{decision}", border=False):
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        on = left.date_input(
            say("Carried out on"),
            value=now.today,
            min_value=one.decided_on,
            max_value=now.today,
            format="DD.MM.YYYY",
        )
        is_sent = right.form_submit_button(say("It is carried out"))
    if is_sent:
        done(
            lambda opened: acts.carry_out(opened, now.chosen.person, decision, on),
            say("Decision {number} is carried out.", number=decision),
        )


def _history(turns: Sequence[Row]) -> Markup:
    """What it said before, the newest first."""
    lines = [
        tag(
            "li",
            say(
                "{date}: {text} ({role}, due {due})",
                date=date(turn["from_on"]),
                text=turn["text"],
                role=turn["owner_role"],
                due=short_date(turn["due_on"]),
            ),
        )
        for turn in turns[1:]
    ]
    return tag(
        "details",
        tag("summary", say("What it said before")),
        tag("ul", lines),
        class_="folded",
    )


def _action(now: Read, one: Decision, fetched: Fetched, done: Done) -> None:
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    own = one.municipality
    with st.form(key=f"decide_action_{one.decision_id}", border=False):
        left, right = st.columns(2)
        place = left.selectbox(
            say("Municipality of the action"),
            list(names) if own is None else [own],
            index=None if own is None else 0,
            format_func=lambda number: names[number],
            placeholder=say("Choose"),
        )
        theme = right.selectbox(
            say("Theme"),
            [value.code for value in contract.load("actions").column("theme").values],
            index=None,
            format_func=theme_words,
            placeholder=say("Choose"),
        )
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        # Numbers, never their words: this stands on the wall.
        feedback = left.text_input(
            say("Answers feedback"), max_chars=LONGEST, placeholder="INN-12; INN-15"
        )
        is_sent = right.form_submit_button(say("Make it an improvement action"))
    if is_sent and place is None:
        draw(tag("p", say("Choose the municipality."), class_="fk-warning", role="alert"))
    elif is_sent and place is not None and not _is_overtaken(one, fetched):
        done(
            lambda opened: acts.make_action(
                opened,
                now.chosen.person,
                one.decision_id,
                place,
                one.text,
                theme=theme,
                feedback_ids=tuple(re.findall(r"[^;,\s]+", feedback)),
            ),
            say("The decision is an improvement action in {place} now.", place=names[place]),
        )


def _withdraw(now: Read, one: Decision, done: Done) -> None:
    decision = one.decision_id
    with st.form(key=f"decide_withdraw_{decision}", border=False):
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        reason = left.text_input(say("Why it is withdrawn"))
        is_sent = right.form_submit_button(say("Withdraw the decision"))
    refusal = too_long(reason, LONGEST)
    if is_sent and refusal is not None:
        draw(refusal)
    elif is_sent:
        done(
            lambda opened: acts.withdraw_decision(opened, now.chosen.person, decision, reason),
            say("Decision {number} is withdrawn. It stays in the log.", number=decision),
        )
