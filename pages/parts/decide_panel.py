"""Decisions written down beside the slides: what, whose and by when; and what stands already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from data import acts, people
from data.store import Store
from pages.parts.decide_about import SHOWN, choices, indicator_of, linked
from pages.parts.decide_again import EDITED, FETCHED, SEEN, change_panel
from pages.parts.decide_listed import decided_before, decided_now
from pages.parts.draw import draw
from pages.parts.meeting_read import Decided, Read
from pages.parts.pickers import COOPERATION
from pages.parts.recorded import written
from pages.parts.texts import too_long
from pages.programme.slides import Programme
from pages.text import later, month, say
from pages.text.markup import Markup, tag
from queries.ask import ask

LONGEST = 200
"""Characters of a decision: what is read aloud in one breath, and stands on two lines."""

ROLES = (
    later("head of the sector"),
    later("unit leader"),
    later("professional leader"),
    later("coordinator in the municipality"),
    later("regional coordinator of operations and development"),
)
"""Who usually owns a decision; any other role can be written."""

SENT, DONE = "decide_sent", "decide_said"
ROLE, DUE = "decide_role", "decide_due"
"""In the session: how many forms were sent; what was done last and by which entry of the ledger;
the role that owned the last one, and when it was due."""


def decide_panel(now: Read, programme: Programme, made: Decided) -> None:
    """Draw the panel: the form for who may, what is decided, and the one that is being changed."""
    may = people.may(now.chosen.person, "decide")
    wanted = st.session_state.get(EDITED)
    known = (*made.decisions, *made.before)
    edited = next((one for one in known if one.decision_id == wanted), None)
    if edited is not None and may:
        draw(_head(say("Decision {number}", number=edited.decision_id), None))
        change_panel(now, edited, made, roles(), done)
        return
    draw(_head(say("Write a decision"), tag("p", class_="decide-about", data_stage_about="")))
    words, entry = st.session_state.get(DONE, ("", None))
    place = st.empty()
    if entry is not None and entry == made.entry:
        with place:
            draw(tag("p", words, class_="done", role="status"))
    if may and made.is_over:
        draw(
            tag(
                "p",
                say(
                    "The meeting about {month} is over. Decisions are written at the month that"
                    " was locked last.",
                    month=month(now.chosen.month),
                ),
            )
        )
    elif may:
        with st.container(key="fk_decide_before"):
            decided_before(now, made, done)
        _form(now, programme)
    else:
        draw(tag("p", say("The regional coordinator writes the decisions.")))
    if DONE not in st.session_state:
        # What was done before is not said beside what could not be done now.
        place.empty()
    decided_now(made, may=may)


def _head(title: str, about: Markup | None) -> Markup:
    """What the panel is about; the static script fills in the slide's own words."""
    return tag(
        "div",
        tag("div", title, role="heading", aria_level=2, class_="decide-heading"),
        about,
        tag(
            "button",
            say("Close"),
            type="button",
            data_stage="close",
        ),
        class_="decide-head",
    )


def _form(now: Read, programme: Programme) -> None:
    place = now.chosen.municipality
    sent = st.session_state.get(SENT, 0)
    known = roles()
    abouts, called = choices(now, place, SHOWN)
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    places = [None, *names] if place == COOPERATION else [place, None]
    with st.form(key=f"decide_{now.chosen.month:%Y_%m}_{sent}", border=False):
        text = st.text_input(say("What is decided? Roles, never names."))
        left, right = st.columns([3, 2])
        role = left.selectbox(
            say("Owner (role)"),
            known,
            index=known.index(kept) if (kept := st.session_state.get(ROLE)) in known else 0,
            accept_new_options=True,
            placeholder=say("Choose or write a role"),
        )
        due_on = right.date_input(
            say("Due"),
            value=max(st.session_state.get(DUE, month_on(now.today)), now.today),
            min_value=now.today,
            format="DD.MM.YYYY",
        )
        left, right = st.columns([3, 2])
        about = left.selectbox(say("About"), abouts, format_func=called)
        whose = right.selectbox(
            say("For"),
            places,
            format_func=lambda number: say("All") if number is None else names[number],
        )
        # Where on the wall it was written; the static script keeps it.
        slide = st.text_input("ark", value="1", key=f"decide_slide_{sent}")
        if DUE not in st.session_state:
            said = say("The due date is a suggestion, a month on. Yours is suggested next time.")
            draw(tag("p", said, class_="quiet"))
        is_sent = st.form_submit_button(say("Save the decision"), type="primary")
    refusal = too_long(text, LONGEST)
    if is_sent and refusal is not None:
        draw(refusal)
    elif is_sent:
        whose, indicator, action = linked(about, whose, indicator_of(programme, slide))
        st.session_state[ROLE], st.session_state[DUE] = role, due_on
        done(
            lambda opened: acts.decide(
                opened,
                now.chosen.person,
                text,
                owner_role=role or "",
                due_on=due_on,
                municipality=whose,
                indicator=indicator,
                action_id=action,
            ),
            say("The decision is written down."),
        )


def done(act: Callable[[Store], object], words: str, *, is_left: bool = True) -> None:
    """Do it, say so, and draw the page anew; or say why it cannot be, and keep what was written.

    Args:
        is_left: What was being changed is left.
    """
    entry = written(act)
    if isinstance(entry, Markup):
        st.session_state.pop(DONE, None)
        draw(entry)
        return
    st.session_state[DONE] = words, entry
    st.session_state[SENT] = st.session_state.get(SENT, 0) + 1
    for name in (FETCHED, SEEN):
        st.session_state.pop(name, None)
    if is_left:
        st.session_state.pop(EDITED, None)
    st.rerun()


def roles() -> list[str]:
    """The roles that own decisions already, the most usual first, and then the usual ones."""
    rows = ask("decisions_listed", municipality=COOPERATION, since=dt.date(1900, 1, 1))
    used: list[str] = rows["owner_role"].value_counts(sort=True)["owner_role"].to_list()
    return list(dict.fromkeys([*used, *(say(role) for role in ROLES)]))


def month_on(today: dt.date) -> dt.date:
    """The same weekday of the next month, the second Thursday after a second Thursday.

    The fifth of a weekday is followed by the fourth, which every month has.
    """
    which = min((today.day - 1) // 7, 3)
    first = (today.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    offset = (today.weekday() - first.weekday()) % 7
    return first + dt.timedelta(days=offset + 7 * which)
