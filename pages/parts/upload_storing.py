"""The last steps: what a file covers, what it changes, and the button that stores it."""

from __future__ import annotations

import streamlit as st

from data import settings
from data.coverage import Coverage
from data.disk import StoreUnavailableError
from data.receipts import Receipt
from data.store import RefusedError
from pages.parts import menu
from pages.parts import upload_changes as changes
from pages.parts import upload_covers as covers
from pages.parts import upload_history as history
from pages.parts import upload_inbox as inbox
from pages.parts import upload_lost as lost
from pages.parts import upload_problems as problems
from pages.parts import upload_rest as rests
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import link, note, part
from pages.parts.pickers import Chosen
from pages.parts.upload_inbox import Dropped, Held
from pages.parts.upload_notes import refused
from pages.parts.upload_working import working
from pages.text import number, odd, plural, say
from pages.text.markup import tag


def steps(file: Dropped, chosen: Chosen, now: Held) -> None:
    """What the file covers, then what it changes and the button; or that it is stored already."""
    proposes = covers.proposed(file, now)
    covered = covers.chosen(file, proposes)
    earlier = now.same_file(file.to_store)
    if earlier is not None and covered <= earlier.covers:
        _already(earlier, chosen, now)
        if covers.belongs_somewhere(file):
            with st.expander(say("Does the file cover more than it did then?")):
                _cover(file, proposes, chosen, now)
        return
    if covers.belongs_somewhere(file):
        draw(part(f"4. {covers.title(covered, now.municipalities)}", _proposal()))
        _cover(file, proposes, chosen, now)
        if not covered:
            draw(note(say("Choose at least one municipality, and a last month after the first.")))
            return
    _confirm(file, covered, chosen, now)


def _cover(file: Dropped, proposes: Coverage, chosen: Chosen, now: Held) -> None:
    today = settings.today(settings.load().store)
    covers.fields(file, proposes, chosen.person, now.municipalities, today)


def _proposal() -> str:
    return say(
        "This is our proposal from what stands in the file. A month it covers and has no rows for"
        " counts as delivered, with nothing in it."
    )


def _already(earlier: Receipt, chosen: Chosen, now: Held) -> None:
    here = chosen.in_address | {history.UPLOAD: str(earlier.upload_id)}
    names = now.municipalities
    draw(
        part(say("4. Uploaded already")),
        tag(
            "p",
            say(
                "The same file was stored {when} by {who}, for {covers}. Uploading it again changes"
                " nothing.",
                when=words.when(earlier.at),
                who=words.who(earlier.who, earlier.role, names),
                covers=words.covers(earlier.covers, names) or say("all the municipalities"),
            ),
            class_="measure",
        ),
        tag("p", link(say("See the receipt"), menu.address("upload", **here))),
    )


def _confirm(file: Dropped, covered: Coverage, chosen: Chosen, now: Held) -> None:
    step = 5 if covers.belongs_somewhere(file) else 4
    seen = inbox.seen_of(file, covered)
    try:
        found = inbox.foreseen_of(file, covered, now)
    except StoreUnavailableError as error:
        draw(refused(error))
        st.button(say("Try again"), key="upload_try_again")
        return
    # What somebody else stored meanwhile would be undone unseen.
    is_other = seen is not None and seen.changes != found.changes
    file.seen, file.is_overtaken = (covered, file.is_rest, found), file.is_overtaken or is_other
    draw(
        part(
            f"{step}. {changes.title(found.changes)}",
            changes.meaning(found.changes, is_part=file.to_store.is_part),
        ),
        changes.odd(
            [
                *odd.of_headings(file.to_store.problems),
                *odd.sentences(found.odd, found.changes, now.municipalities),
                *odd.of_answers(found.unfit),
            ]
        ),
        changes.counts(found.changes),
        *changes.rows(found.changes, file.to_store.tables, now.municipalities),
    )
    is_sent = st.button(
        _button(file, covered, now), type="primary", key=f"upload_store_{file.number}"
    )
    if is_sent and not is_other:
        try:
            with working() as work:
                work.file(1)("storing")
                left = problems.to_mend(file.to_store) if file.is_rest else b""
                inbox.keep(file, covered, chosen.person, left)
        except (StoreUnavailableError, RefusedError, OSError) as error:
            draw(refused(_named(error, now)))
            return
        show_stored()
    if file.is_overtaken:
        said = say(
            "Something else was stored since you saw what this file changes. Look at it anew above,"
            " and press once more. Nothing is stored yet."
        )
        draw(tag("p", said, class_="fk-warning", role="alert"))
    draw(note(say("You can undo it later. Nothing is ever deleted.")))


def show_stored() -> None:
    """Go on to the receipt of what was stored last; does nothing where it has been shown."""
    held = inbox.inbox()
    if held.unshown is not None:
        st.query_params[history.UPLOAD] = str(held.unshown)
        st.query_params.pop(lost.FILE, None)
        held.unshown = None
        st.rerun()


def _named(error: Exception, now: Held) -> Exception:
    """A refusal with municipalities by name, where it is about them."""
    if not isinstance(error, RefusedError) or "municipalities" not in error.facts:
        return error
    names = [now.municipalities.get(one, one) for one in error.facts["municipalities"]]
    return RefusedError(error.code, **{**error.facts, "municipalities": names})


def _button(file: Dropped, covered: Coverage, now: Held) -> str:
    count = sum(table.height for table in file.to_store.tables.values())
    said = words.covers(covered, now.municipalities)
    if file.is_rest and said:
        right, whole = rests.counts(file)
        return say(
            "Store {n} of {of} rows for {covers}", n=number(right), of=number(whole), covers=said
        )
    if not said:
        return plural("Store {n} row", "Store {n} rows", count)
    return plural("Store {n} row for {covers}", "Store {n} rows for {covers}", count, covers=said)
