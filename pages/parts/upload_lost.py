"""A visit that was cut off while a file was in hand: what became of the file is said."""

from __future__ import annotations

import streamlit as st

from data.receipts import Receipt
from pages.parts import menu
from pages.parts import upload_history as history
from pages.parts.notes import link
from pages.parts.pickers import Chosen
from pages.parts.upload_inbox import Dropped, Held, Inbox
from pages.text import say
from pages.text.markup import Markup, tag

FILE = "fil"
"""?fil=1f2e3d… names the file in hand by its fingerprint: the address outlives the visit."""

_DIGITS = 12
"""Of the fingerprint: enough to know one file among all that a cooperation ever uploads."""


def note_in_address(file: Dropped | None, held: Inbox) -> None:
    """Keep the address in step with what is in hand."""
    if file is not None:
        if st.query_params.get(FILE) != file.sha256[:_DIGITS]:
            st.query_params[FILE] = file.sha256[:_DIGITS]
    elif held.next_number > 1:
        # This visit has had files, and has stored them or let them go.
        st.query_params.pop(FILE, None)


def said(chosen: Chosen, held: Inbox, now: Held) -> Markup | None:
    """What became of the file of a visit that was cut off; None where none was."""
    asked = st.query_params.get(FILE)
    if asked is None or held.files or held.next_number > 1:
        return None
    stored = next((one for one in now.uploads if one.sha256.startswith(asked)), None)
    return tag("p", *_words(stored, chosen), class_="fk-warning", role="status")


def _words(stored: Receipt | None, chosen: Chosen) -> tuple[str | Markup, ...]:
    if stored is None:
        return (
            say(
                "The page was loaded anew before your file was stored. Nothing of it is stored."
                " Choose it again."
            ),
        )
    here = chosen.in_address | {history.UPLOAD: str(stored.upload_id)}
    return (
        say("The page was loaded anew, but {file} is stored whole.", file=stored.file_name),
        " ",
        link(say("See the receipt"), menu.address("upload", **here)),
    )
