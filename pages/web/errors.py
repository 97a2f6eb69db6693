"""When a page fails: the reader gets a reference, the log gets the trace."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from pages.text import say
from pages.text.markup import tag

_LOG = logging.getLogger("forankring")


def show(error: Exception) -> bool:
    """Say that something failed, under a reference that stands in the log too.

    Returns:
        True: Streamlit adds nothing of its own.
    """
    reference = secrets.token_hex(3).upper()
    _LOG.error("%s", reference, exc_info=error)
    st.html(
        tag(
            "div",
            tag("h2", say("Something went wrong here")),
            tag(
                "p",
                say(
                    "Load the page again. If it happens again, tell whoever runs the dashboard, "
                    "and give the reference {reference}. Nothing you had stored is lost.",
                    reference=reference,
                ),
            ),
            class_="fk-error",
            role="alert",
        )
    )
    return True
