"""The way in, one step below the other: choose, what was read, problems, cover, changes, store."""

from __future__ import annotations

import streamlit as st

from data.disk import StoreUnavailableError
from pages.parts import upload_choices as choices
from pages.parts import upload_inbox as inbox
from pages.parts import upload_lost as lost
from pages.parts import upload_mapping as mapping
from pages.parts import upload_problems as problems
from pages.parts import upload_rest as rests
from pages.parts import upload_storing as storing
from pages.parts import upload_understood as understood
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.notes import finding, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.parts.places import place_name, sentence
from pages.parts.upload_inbox import Dropped, Held
from pages.parts.upload_notes import arriving, refused
from pages.parts.upload_working import working
from pages.text import month, number, plural, say
from pages.text import problems as worded
from pages.text.markup import Markup, tag
from queries.ask import NoReleaseError, ask


def way_in(chosen: Chosen, now: Held) -> None:
    """Draw the steps for the file that is in hand, or the field to drop one on."""
    held = inbox.inbox()
    storing.show_stored()
    held.stored = held.turned = None
    top = st.container()
    try:
        with working(len(held.files)) as work:
            for place, one in enumerate(held.files, start=1):
                inbox.bring_up_to_date(one, chosen.person, now, work.file(place))
    except StoreUnavailableError as error:
        draw(refused(error))
    file = _in_hand()
    with top:
        draw(*_heading(file, chosen, now), lost.said(chosen, held, now))
    lost.note_in_address(file, held)
    _choose(chosen, file)
    if file is not None:
        if file.needs_bytes:
            draw(_once_more())
        _read(file, now)
        _problems(file, now)
        if not file.to_store.blocking and not file.needs_bytes:
            storing.steps(file, chosen, now)


# -- the headings ------------------------------------------------------------------------------


def _missing(chosen: Chosen) -> str:
    """What the chosen municipality has not delivered yet: the reason to be on this page."""
    when = month(chosen.month)
    try:
        missing = ask("upload_missing", municipality=chosen.municipality, month=chosen.month)
        found = ask("frame_deliveries", municipality=chosen.municipality, month=chosen.month)
        place = sentence(place_name(chosen.municipality))
    except NoReleaseError:
        return say("Upload the first files")
    if not found.row(0, named=True)["expected"]:
        return say("No files are expected of {place} for {month}.", place=place, month=when)
    if missing.is_empty():
        return say(
            "{place} has delivered everything that is expected for {month}.",
            place=place,
            month=when,
        )
    if chosen.municipality == COOPERATION:
        return plural(
            "{Words} file is missing for {month}.",
            "{Words} files are missing for {month}.",
            missing.height,
            month=when,
        )
    kinds = words.kinds(missing["kind"])
    return say(
        "{place} has not delivered {kinds} for {month}.", place=place, kinds=kinds, month=when
    )


def _heading(file: Dropped | None, chosen: Chosen, now: Held) -> list[Markup]:
    """What there is to know: what is missing, or how far the file in hand has come."""
    if file is None:
        return [finding(_missing(chosen))]
    name, intake = file.intake.name, file.intake
    stops = [problem for problem in intake.problems if problem.weight == "stop"]
    if file.to_store is not intake:
        said = rests.headline(file)
    elif stops:
        said = worded.headline(name, stops)
    elif intake.blocking:
        said = say("{file} needs an answer from you.", file=name)
    elif now.same_file(intake) is not None:
        said = say("{file} is uploaded already.", file=name)
    else:
        said = say("{file} is ready to be stored.", file=name)
    # The problems stand below what was read, which a small screen has no room for.
    where = say("Go to the problems") if stops else say("Go to the question")
    door = tag("p", tag("a", where, href="#problemer", class_="go"))
    heading = arriving(said, f"file {file.number}")
    return [heading, door] if intake.blocking else [heading]


def _once_more() -> Markup:
    return tag(
        "p",
        say(
            "There is personal data in the file, so we have not kept it. Choose it once more, and"
            " we read it as you have said."
        ),
        class_="fk-warning",
        role="status",
    )


# -- 1: choose ---------------------------------------------------------------------------------


def _choose(chosen: Chosen, file: Dropped | None) -> None:
    held = inbox.inbox()
    if file is None:
        draw(part(say("1. Choose the files you have exported"), _promise(chosen)))
        _field(chosen)
        return
    count = len(held.files)
    draw(
        part(
            plural("1. You have chosen one file", "1. You have chosen {words} files", count),
            say("Take them one at a time, those that others refer to first.")
            if count > 1
            else None,
        )
    )
    if count > 1:
        numbers = {one.number: one for one in held.in_order()}
        st.radio(
            say("File"),
            list(numbers),
            list(numbers).index(file.number),
            format_func=lambda one: _labelled(numbers[one]),
            key=_radio(),
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        if count == 1:
            name = tag("p", tag("strong", file.intake.name), _size(file), class_="file-name")
            st.html(name, width="content")
        st.button(
            say("Remove the file"),
            key=f"upload_away_{file.number}",
            on_click=inbox.take_away,
            args=(file, chosen.person),
        )
    with st.expander(say("Choose more files"), expanded=file.needs_bytes):
        _field(chosen)


def _promise(chosen: Chosen) -> str:
    said = say(
        "CSV or Excel. Drop them in the field, or choose them. Nothing is stored before you have"
        " seen what was read, and confirmed it."
    )
    if chosen.person.municipality is not None:
        said += " " + say("You upload for {place}.", place=place_name(chosen.person.municipality))
    return said


def _field(chosen: Chosen) -> None:
    held = inbox.inbox()
    dropped = st.file_uploader(
        say("Files to upload"),
        accept_multiple_files=True,
        key=f"upload_field_{held.round}",
        label_visibility="collapsed",
    )
    if not dropped:
        return
    try:
        with working(len(dropped)) as work:
            inbox.take(dropped, chosen.person, work.file)
    except StoreUnavailableError as error:
        draw(refused(error))
        st.button(say("Try again"), key="upload_try_again")
        return
    st.rerun()


def _labelled(file: Dropped) -> str:
    intake = file.intake
    if not intake.blocking:
        state = say("can be stored")
    else:
        count = sum(problem.blocking for problem in intake.problems)
        state = plural("{n} problem", "{n} problems", count)
    return f"{intake.name} – {state}"


def _size(file: Dropped) -> Markup:
    size = file.intake.size
    said = (
        say("{n} kB", n=number(max(1, size // 1000)))
        if size < 1_000_000
        else say("{n} MB", n=number(size / 1_000_000, 1))
    )
    return tag("span", said, class_="quiet")


def _in_hand() -> Dropped | None:
    held = inbox.inbox()
    files = held.in_order()
    asked = st.session_state.get(_radio())
    return next((one for one in files if one.number == asked), files[0] if files else None)


def _radio() -> str:
    # Another set of files is another list: what was chosen in the first says nothing of it.
    return "upload_file_" + "_".join(str(one.number) for one in inbox.inbox().files)


# -- 2: what was read --------------------------------------------------------------------------


def _read(file: Dropped, now: Held) -> None:
    intake = file.intake
    draw(
        part(f"2. {understood.heading(intake)}"),
        understood.facts(intake, now.municipalities, file.choices.dates),
        understood.first_rows(intake),
        understood.columns(intake),
    )
    others = choices.unasked(file)
    if others and not file.is_refused:
        with st.expander(say("Is something wrong here? Change how the file is read")):
            choices.fields(file, others, now.municipalities)
            choices.set_back(file)


# -- 3: problems -------------------------------------------------------------------------------


def _problems(file: Dropped, now: Held) -> None:
    intake = file.intake
    draw(
        part(f"3. {problems.title(intake)}", anchor="problemer"),
        problems.told(intake, "stop"),
        problems.told(intake, "ask"),
    )
    mapping.correct(file)
    asked = choices.asked(file)
    if asked and not file.is_refused:
        choices.fields(file, asked, now.municipalities)
    mapping.confirm(file)
    tell = problems.told(intake, "tell")
    if tell is not None:
        draw(tell)
    if intake.blocking:
        rests.draw_ways(file)
