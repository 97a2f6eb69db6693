"""Opplasting: a file goes in, step by step, and everything about it is seen before it is stored."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data import people, settings
from data.disk import StoreUnavailableError
from pages.parts import menu
from pages.parts import upload_board as board
from pages.parts import upload_history as history
from pages.parts import upload_steps as steps
from pages.parts import upload_templates as templates
from pages.parts import upload_view as view
from pages.parts.ahead import NEXT
from pages.parts.draw import draw
from pages.parts.notes import finding, link
from pages.parts.pickers import COOPERATION, Chosen, role
from pages.parts.upload_inbox import Held, inbox, look
from pages.parts.upload_notes import refused
from pages.text import say
from pages.text.markup import tag


def render(chosen: Chosen) -> None:
    """Draw the page: an upload's receipt where the address asks for one, else the way in."""
    try:
        now = look()
    except StoreUnavailableError as error:
        draw(finding(say("The store is busy")), refused(error))
        return
    asked = st.query_params.get(history.UPLOAD)
    if asked is not None:
        # Its first element stands where the block of the steps stood, and takes that away at once:
        # Streamlit would leave it there, below the receipt, as long as the numbers are computed.
        working = view.receipt(asked, chosen, now)
    else:
        with st.container():
            working = st.container()
            _way_in(chosen, now)
    view.bring_up_to_date(now, working)


def _way_in(chosen: Chosen, now: Held) -> None:
    may_upload = people.may(chosen.person, "upload")
    if may_upload:
        NEXT.once(_ready, settings.load().store)
        steps.way_in(chosen, now)
    else:
        _not_you(chosen, now)
    if not inbox().files:
        # While a file is in hand the page is about that file alone.
        board.draw_board(chosen, now)
        templates.draw_templates(_whose(chosen), may_upload=may_upload)
    if may_upload:
        view.uploads(chosen, now)


def _ready(folder: Path) -> None:
    """While a file is looked for and read, what its release will be made of is worked out."""
    # Loaded here, since it computes: only who uploads pays for it.
    from queries import release

    release.make_ready(folder)


def _whose(chosen: Chosen) -> str | None:
    """Whose example a template holds: what is uploaded for is the reader's own, or the chosen."""
    if chosen.person.municipality is not None:
        return chosen.person.municipality
    return None if chosen.municipality == COOPERATION else chosen.municipality


def _not_you(chosen: Chosen, now: Held) -> None:
    files = menu.address("method", **chosen.in_address) + "#filer"
    draw(
        finding(say("Coordinators upload the files")),
        tag(
            "p",
            say(
                "You are here as {role}, and can read everything that is shown. If your"
                " municipality has something to deliver, give the file to its coordinator.",
                role=role(chosen.person, now.municipalities),
            ),
            class_="measure",
        ),
        tag("p", link(say("See what the files hold"), files)),
    )
