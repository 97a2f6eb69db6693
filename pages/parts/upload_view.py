"""What there is of uploads that are stored: the list of them, one receipt, undo and restore."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import settings, store
from data.disk import StoreUnavailableError
from data.receipts import Receipt
from data.store import RefusedError
from pages.parts import menu
from pages.parts import upload_history as history
from pages.parts import upload_inbox as inbox
from pages.parts import upload_receipt as receipts
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import finding, link, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.parts.places import place_name
from pages.parts.recorded import released
from pages.parts.table import folded
from pages.parts.upload_inbox import Held
from pages.parts.upload_notes import arriving, refused
from pages.text import plural, say
from pages.text.markup import Markup, tag

# -- the list ----------------------------------------------------------------------------------


def uploads(chosen: Chosen, now: Held) -> None:
    """Draw the list of uploads for the chosen municipality, newest first.

    Folded together while a file is in hand: then that is what the page is about.
    """
    found = history.of_place(now.uploads, chosen.municipality)
    title = (
        say("What has been uploaded")
        if chosen.municipality == COOPERATION
        else say("What has been uploaded for {place}", place=place_name(chosen.municipality))
    )
    if inbox.inbox().files:
        if found:
            draw(folded(title, _table(found[: history.SHOWN], chosen, now)))
        return
    draw(part(title, anchor="historikk"))
    if not found:
        draw(note(say("Nothing yet.")))
        return
    is_whole = st.query_params.get(history.ALL) is not None
    shown = found if is_whole else found[: history.SHOWN]
    draw(_table(shown, chosen, now), _older(len(found) - len(shown), chosen))


def _table(shown: list[Receipt], chosen: Chosen, now: Held) -> Markup:
    return history.table(shown, chosen.person, now.municipalities, chosen.in_address)


def _older(more: int, chosen: Chosen) -> Markup | None:
    if not more:
        return None
    address = menu.address("upload", **chosen.in_address, **{history.ALL: "ja"}) + "#historikk"
    words_ = plural("Show {n} older upload", "Show {n} older uploads", more)
    return tag("p", link(words_, address), class_="older")


# -- one upload --------------------------------------------------------------------------------


def receipt(asked: str, chosen: Chosen, now: Held) -> DeltaGenerator:
    """Draw the receipt of an upload and what can be done with it; gives the place for progress."""
    found = next((one for one in now.uploads if str(one.upload_id) == asked), None)
    if found is None:
        draw(finding(say("There is no upload {number}", number=asked)), _back(chosen))
        return st.container()
    if not receipts.may_see(chosen.person, found):
        draw(
            finding(say("This receipt is not shown to you")),
            tag(
                "p",
                say("It is for those who may upload for all the municipalities in the file."),
                class_="measure",
            ),
            _back(chosen),
        )
        return st.container()
    held = inbox.inbox()
    is_new = held.stored == found.upload_id
    names = now.municipalities
    draw(
        arriving(
            receipts.title(found, names, is_new=is_new, is_repeat=held.repeated),
            f"{found.upload_id} {found.is_active}",
        ),
        tag("p", _done(found), class_="measure", role="status")
        if held.turned == found.upload_id
        else None,
    )
    working = st.container()
    # Who comes from the list to undo it is asked first; who has read the receipt is asked below.
    is_asked_first = st.query_params.get(history.ASK) is not None
    if is_asked_first:
        _ask(found, chosen)
    draw(receipts.table(found, names))
    if not is_asked_first:
        _doors(found, chosen)
    draw(_next(chosen, held) if held.files else _back(chosen))
    return working


def _done(found: Receipt) -> str:
    if found.is_active:
        return say("The upload is restored. Its rows count again.")
    return say(
        "Its rows no longer count, and what counted before it does again. You can restore it."
    )


def _doors(found: Receipt, chosen: Chosen) -> None:
    number = found.upload_id
    if st.session_state.get(_asking(number)):
        _ask(found, chosen)
        return
    with st.container(horizontal=True, gap="medium", key="upload_doors"):
        words_ = say("Print the receipt")
        st.html(
            tag("button", words_, type="button", class_="plain", data_print=True), width="content"
        )
        _mending(found)
        st.button(
            say("Undo the upload") if found.is_active else say("Restore the upload"),
            key=f"upload_ask_{number}",
            on_click=_begin_asking,
            args=(number,),
        )


def _mending(found: Receipt) -> None:
    """The list of the rows that were left, as it was when the others were stored."""
    digest = found.facts.get("left_sha256")
    kept = settings.load().store / store.FILES / str(digest)
    if digest is None or not kept.is_file():
        return
    stem = found.file_name.rpartition(".")[0] or found.file_name
    st.download_button(
        say("Download the rows to mend (CSV)"),
        kept.read_bytes(),
        say("mend_{file}.csv", file=stem),
        "text/csv",
        key=f"upload_left_{found.upload_id}",
        on_click="ignore",
    )


def _asking(number: int) -> str:
    return f"upload_asking_{number}"


def _begin_asking(number: int) -> None:
    st.session_state[_asking(number)] = True


def _stop_asking(number: int) -> None:
    st.session_state.pop(_asking(number), None)
    st.query_params.pop(history.ASK, None)


def _ask(found: Receipt, chosen: Chosen) -> None:
    """Ask once, say what happens, and do it."""
    number, is_undone = found.upload_id, found.is_active
    rows = words.rows(sum(found.rows.values()))
    with st.container(key="upload_question"):
        draw(
            part(
                say("Undo this upload?") if is_undone else say("Restore this upload?"),
            ),
            tag(
                "p",
                say(
                    "{rows} will no longer count, and what counted before the upload does again."
                    " Later uploads stay as they are. Nothing is deleted, and you can restore it.",
                    rows=rows,
                )
                if is_undone
                else say(
                    "{rows} will count again. Where a later upload says something else, the later"
                    " one goes before.",
                    rows=rows,
                ),
                class_="measure",
            ),
        )
        with st.container(horizontal=True, gap="medium"):
            go_on = st.button(
                say("Undo it") if is_undone else say("Restore it"),
                key=f"upload_turn_{number}",
                type="primary",
            )
            st.button(
                say("Leave it as it is"),
                key=f"upload_leave_{number}",
                on_click=_stop_asking,
                args=(number,),
            )
    if not go_on:
        return
    try:
        inbox.turn(number, chosen.person, is_undone=is_undone)
    except (StoreUnavailableError, RefusedError) as error:
        draw(refused(error))
        return
    _stop_asking(number)
    st.rerun()


def _back(chosen: Chosen) -> Markup:
    address = menu.address("upload", **chosen.in_address)
    return tag("p", link(say("Upload more files"), address), class_="older")


def _next(chosen: Chosen, held: inbox.Inbox) -> Markup:
    address = menu.address("upload", **chosen.in_address)
    name = held.in_order()[0].intake.name
    return tag("p", link(say("Go on with {file}", file=name), address), class_="older")


# -- the numbers -------------------------------------------------------------------------------


def bring_up_to_date(now: Held, where: DeltaGenerator) -> None:
    """Release what the store holds and the current release lacks, then draw the page anew.

    Args:
        now: What the store holds.
        where: The place on the page that says that it is under way.
    """
    if now.entry == 0:
        return
    with where:
        if released(now.entry):
            st.rerun()
