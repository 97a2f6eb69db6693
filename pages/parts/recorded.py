"""Something a person does is written down, and the numbers that it changes are made anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import settings, store
from data.disk import DiskRefusedError, StoreUnavailableError
from data.store import RefusedError, Store, StoreBusyError
from pages.parts.draw import draw
from pages.parts.notes import note
from pages.parts.upload_notes import not_released, refused
from pages.text import refusals, say
from pages.text.markup import Markup
from queries.ask import NoReleaseError, ask


def written(act: Callable[[Store], object]) -> int | Markup:
    """Write it down.

    Returns:
        The last entry of the ledger when it is done; else why it cannot be, as a sentence to draw.
    """
    try:
        with store.opened(settings.load().store) as opened:
            act(opened)
            return opened.last_entry()
    except (StoreUnavailableError, RefusedError, OSError) as error:
        return refused(error)


def receipt(done: str) -> str:
    """Make the numbers of what is written down, and say that it is done, with why where they wait.

    Args:
        done: What is written down, as a sentence.
    """
    # Loaded here, since it computes: whoever only reads need not wait for it.
    from pages.terminal import locked_export

    try:
        locked_export.bring_up_to_date(settings.load().store)
    except (StoreUnavailableError, RefusedError, OSError) as error:
        # Whoever reads "not stored" here does it again, and then it is done twice.
        why = refusals.not_released(error)
        if why is None:
            raise
        return f"{done} {why}"
    return done


def released(entry: int | None) -> bool:
    """Make the numbers of what is written down; whether any had to be made.

    After the page is drawn, so that whoever has written something down sees that it is, and writes
    on, while the numbers are computed; and at any visit, should an earlier one have been cut off.

    Args:
        entry: The last of the store's ledger; None where it cannot be read now.
    """
    if entry is None or _released() == entry:
        return False
    # Loaded here, since it computes: whoever only reads need not wait for it.
    from pages.terminal import locked_export

    try:
        with st.spinner(say("The numbers are being computed …")):
            locked_export.bring_up_to_date(settings.load().store)
    except StoreBusyError:
        draw(
            note(
                say(
                    "What is stored is safe, but the numbers are not computed yet: somebody else is"
                    " writing right now. They are when this page is opened again."
                )
            )
        )
        return False
    except (RefusedError, DiskRefusedError) as error:
        draw(not_released(error))
        return False
    return True


def _released() -> int | None:
    """The last entry of the ledger that the shown numbers hold; None where none are made yet."""
    try:
        return int(ask("release").item(0, "ledger_entry"))
    except NoReleaseError:
        return None
