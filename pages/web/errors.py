"""When a page fails: the reader gets a reference, the log gets the trace without its words."""

from __future__ import annotations

import logging

import streamlit as st

from pages.text import say
from pages.text.markup import tag
from pages.web import failure

_LOG = logging.getLogger("forankring")


def show(error: Exception) -> bool:
    """Say that something failed, under a reference that stands in the log too.

    Returns:
        True: Streamlit adds nothing of its own.
    """
    reference = failure.reference()
    _LOG.error("%s\n%s", reference, failure.trace(error))
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
