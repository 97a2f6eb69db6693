"""When a page fails: the reader gets a reference, the log gets the trace without its words."""

from __future__ import annotations

import logging
import secrets
import traceback

import streamlit as st

from pages.text import say
from pages.text.markup import tag

_LOG = logging.getLogger("forankring")


def trace(error: BaseException) -> str:
    """Where an error came from, and of which sort it and those before it are.

    Not what it says: libraries quote the value that they failed at, and it may be somebody's.
    """
    lines: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        kind = type(now)
        placed = "".join(traceback.format_tb(now.__traceback__))
        lines.insert(0, f"{placed}{kind.__module__}.{kind.__qualname__}")
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(lines)


def show(error: Exception) -> bool:
    """Say that something failed, under a reference that stands in the log too.

    Returns:
        True: Streamlit adds nothing of its own.
    """
    reference = secrets.token_hex(3).upper()
    _LOG.error("%s\n%s", reference, trace(error))
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
