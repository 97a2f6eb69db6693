"""Who comes in: the sign-in, and what is shown to somebody who is not in."""

from __future__ import annotations

import time

import streamlit as st

from data.people import LOCAL, Person
from data.settings import Settings, SignIn
from pages.parts import bands
from pages.text import say
from pages.text.markup import tag
from pages.web import sign_in

# A minute late is early enough to close a page that somebody has walked away from.
_LOOK_EVERY = "60s"


def enter(told: Settings) -> Person | None:
    """Who is there. None after having drawn why nobody is: then nothing else may be drawn."""
    if told.sign_in is None:
        return LOCAL
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        _ask_to_sign_in(say("Sign in to see the numbers"))
        return None
    if sign_in.is_expired(claims, told.sign_in, time.time()):
        _ask_to_sign_in(say("You have been signed out, because it is a while since you signed in"))
        return None
    person = sign_in.person(claims, told.sign_in)
    if person is None:
        _draw(
            say("You have no role here yet"),
            say(
                "You are signed in, but your account has no role in this dashboard. Ask whoever "
                "runs it in your municipality to give you one, and sign in again."
            ),
        )
        leave()
        return None
    _watch(told.sign_in)
    return person


def leave() -> None:
    """Draw the button that signs out."""
    if st.button(say("Sign out"), key="sign_out"):
        st.logout()


def _ask_to_sign_in(heading: str) -> None:
    _draw(
        heading,
        say(
            "The dashboard is for the leaders and coordinators of the municipalities. You use the "
            "account you have at work."
        ),
    )
    if st.button(say("Sign in"), type="primary", key="sign_in"):
        st.login()


def _draw(heading: str, words: str) -> None:
    st.html(bands.name())
    st.html(tag("div", tag("h1", heading, class_="finding"), tag("p", words), class_="fk-door"))


@st.fragment(run_every=_LOOK_EVERY)
def _watch(signed_in: SignIn) -> None:
    """Close the page when the sign-in is too old, also when nobody touches it."""
    if sign_in.is_expired(st.user.to_dict(), signed_in, time.time()):
        st.rerun(scope="app")
