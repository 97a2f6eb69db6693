"""Streamlit's main script: what stands around every page, and who may see it.

It lies here and not beside a folder `pages`, because Streamlit runs every file of such a folder by
itself, without this script, when its address is the first one asked for after a start.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from typing import Any

import streamlit as st

from data import lock_day, settings
from data.disk import StoreUnavailableError
from data.people import Person
from data.settings import Settings
from data.store import RefusedError, StoreBusyError, app_version
from pages.parts import ahead, bands, corrected, doorway, late, menu, pickers
from pages.parts.draw import draw
from pages.parts.kept import kept
from pages.parts.pickers import COOPERATION, Chosen, Offered
from pages.text import date, language, month, say, use_language
from pages.text.language import ADDRESS, COOKIE, LANGUAGES
from pages.text.markup import tag
from queries.ask import NoReleaseError, ask

# What can be used before there are any numbers: where files go in.
WITHOUT_NUMBERS = ("upload",)

OF_A_MONTH = ("status", "participation", "actions", "comparison")
"""The pages that show the newest version of a locked month; a meeting says itself what it reads."""

READ = (*OF_A_MONTH, "method")
"""The pages that are only read, so that they can be made ready before anybody asks."""


def main() -> None:
    """One run: find the page, see who is there, draw the frame, run the page."""
    ahead.NEXT.make_way()
    told = settings.load()
    with settings.held(told):
        _run(told)


def _run(told: Settings) -> None:
    use_language(_language(told))
    chosen: list[Chosen] = []
    page = st.navigation(
        [
            st.Page(
                _drawing(entry.id, chosen),
                title=say(entry.title),
                url_path=entry.id,
                default=entry.id == menu.HOME,
            )
            for entry in menu.PAGES
        ],
        # The menu is drawn here, so that its links keep municipality and month.
        position="hidden",
    )
    here = page.url_path or menu.HOME
    st.set_page_config(page_title="Forankring", layout="wide")
    person = doorway.enter(told)
    if person is None:
        _foot(told)
        return
    offered: Offered | None
    cannot_be_made = False
    try:
        offered, cannot_be_made = _with_locks(told, _offered())
    except NoReleaseError:
        offered = _with_numbers_made(told, here)
    if offered is None or not offered.months:
        _without_numbers(told, person, here, page.run, chosen)
    else:
        _with_numbers(told, person, offered, here, page.run, chosen, cannot_be_made)


def _with_numbers(
    told: Settings,
    person: Person,
    offered: Offered,
    here: str,
    run: Callable[[], None],
    chosen: list[Chosen],
    cannot_be_made: bool,
) -> None:
    release = ask("release").row(0, named=True)
    if told.is_local:
        person = pickers.local_person(offered)
    now, notes = pickers.choose(person, offered)
    deliveries = _deliveries(now.municipality, now.month)
    months = ask("months").rows_by_key("month", named=True, unique=True)
    version = corrected.newest(now.month)
    fresh = bands.freshness(now.month, months[now.month], deliveries, release, version)
    ribbon = bands.ribbon() if release["is_demo"] else None
    choices = tag(
        "div",
        pickers.pickers(now, offered),
        fresh,
        pickers.role_picker(person, offered) if told.is_local else None,
        class_="fk-choices",
    )
    # One element, as everything that stands together: Streamlit takes its time for each.
    with st.container(key="fk_top"):
        draw(ribbon, bands.bar(here, now.in_address), choices)
        if not told.is_local:
            _who(person, offered)
    place = offered.name(now.municipality)
    st.set_page_config(page_title=f"{_title(here)} – {place}, {month(now.month)} – Forankring")
    if cannot_be_made:
        notes.append(_old(release["today"]))
    for sentence in notes:
        st.html(bands.warning(sentence))
    if version is not None and here in OF_A_MONTH:
        st.html(corrected.corrected(now.municipality, now.month, offered.municipalities))
    chosen.append(now)
    late.begin()
    run()
    newest = _deliveries(COOPERATION, now.month)
    _foot(told, release, newest)
    late.finish()
    if here in READ:
        ahead.NEXT.prepare(
            make_ready, [here, *(page for page in READ if page != here)], now, offered
        )


def make_ready(page: str, where: str, when: dt.date) -> None:
    """Make what a page and the frame around it draw, to be kept; one of READ."""
    for place in {where, COOPERATION}:  # of the choice, and in the foot
        _deliveries(place, when)
    if page in OF_A_MONTH and corrected.newest(when) is not None:
        ask("corrected", municipality=where, month=when)
    importlib.import_module(f"pages.{page}").make_ready(where, when)


def _without_numbers(
    told: Settings, person: Person, here: str, run: Callable[[], None], chosen: list[Chosen]
) -> None:
    st.html(bands.bar(here, {}))
    if here in WITHOUT_NUMBERS:
        first = settings.today(told.store).replace(day=1)
        chosen.append(Chosen(COOPERATION, first, person, language()))
        run()
    else:
        st.html(
            tag(
                "div",
                tag("h1", say("There are no numbers here yet"), class_="finding"),
                tag("p", say("Upload the first files, and this page fills itself.")),
                tag(
                    "p",
                    tag(
                        "a",
                        say("Upload files"),
                        href=menu.address("upload"),
                        target="_self",
                        class_="go",
                    ),
                ),
                tag(
                    "p",
                    say("To look around first, make a store with example data in the terminal:"),
                    class_="note",
                ),
                tag("pre", tag("code", f"forankring demo {told.store}")),
                class_="fk-door",
            )
        )
    _foot(told)


def _language(told: Settings) -> str:
    """What the address asks for; else what the reader chose earlier, or the operator before."""
    asked = (st.query_params.get(ADDRESS), st.context.cookies.get(COOKIE))
    return next((code for code in asked if code in LANGUAGES), told.language)


def _foot(
    told: Settings, release: bands.Row | None = None, newest: bands.Row | None = None
) -> None:
    st.html(bands.foot(release, newest, app_version(), told.statement_url))


def _who(person: Person, offered: Offered) -> None:
    """Who is looking, and the way out."""
    with st.container(
        key="fk_who", horizontal=True, vertical_alignment="center", horizontal_alignment="right"
    ):
        words = f"{person.name}, {pickers.role(person, offered.municipalities)}"
        st.html(tag("p", words, class_="fk-fresh"), width="content")
        doorway.leave()


def _with_numbers_made(told: Settings, here: str) -> Offered | None:
    """The months of a store whose numbers are not made, or no longer count; None where it is empty.

    That is so after a stop in the middle, and after a new version of the program.
    """
    from pages.terminal import locked_export

    try:
        if settings.about(told.store) is None:
            return None
        with st.spinner(say("The numbers are being computed …")):
            number = locked_export.bring_up_to_date(told.store)
    except (StoreUnavailableError, RefusedError):
        if here in WITHOUT_NUMBERS:
            return None
        # Why is for whoever runs the dashboard: the sentence names folders of the machine.
        words = say(
            "The numbers cannot be shown right now. Try again in a minute. If it lasts, the command"
            " forankring release says why on the machine that runs the dashboard."
        )
        st.html(bands.bar(here, {}))
        st.html(tag("p", words, class_="fk-warning", role="alert"))
        _foot(told)
        st.stop()
    return _offered() if number else None


def _with_locks(told: Settings, offered: Offered) -> tuple[Offered, bool]:
    """The months, as of today: those locked that have locked themselves since the last visit.

    Returns:
        The months, and whether they are older because the numbers cannot be made anew.
    """
    try:
        if not _is_behind(told, offered):
            return offered, False
        # Loaded here, since it computes: once a day, for one visitor.
        from pages.terminal import locked_export

        locked_export.bring_up_to_date(told.store)
    except StoreBusyError:
        # Somebody is writing, and makes them in passing. What is shown until then is not wrong.
        return offered, False
    except (StoreUnavailableError, RefusedError):
        # The disk is full, or the store is not as it should be. What was released before is whole.
        return offered, True
    return _offered(), False


def _is_behind(told: Settings, offered: Offered) -> bool:
    """Whether the day has come for something that the shown numbers lack.

    Raises:
        DiskRefusedError: What the store says of itself cannot be understood.
    """
    about = settings.about(told.store)
    if about is None:
        return False
    first = min(offered.months, default=None)
    today = settings.today(told.store)
    if lock_day.overdue(first, offered.locked, about.made_on, told.lock_day, today):
        return True
    # Numbers mature, and deadlines pass, without anybody uploading anything.
    return bool(ask("release")["today"].item() < today)


def _old(day: dt.date) -> str:
    """Of when the numbers are; why is for whoever runs the dashboard, as it names folders."""
    return say(
        "The numbers are as of {day}: newer ones cannot be made right now. If it lasts, the command"
        " forankring release says why on the machine that runs the dashboard.",
        day=date(day),
    )


@kept
def _offered() -> Offered:
    municipalities = ask("frame_municipalities")
    months = ask("months").sort("month", descending=True)
    return Offered(
        dict(municipalities.select("municipality_id", "name").iter_rows()),
        tuple(months["month"]),
        frozenset(months.filter(months["locked_at"].is_not_null())["month"]),
    )


@kept
def _deliveries(municipality: str, chosen_month: dt.date) -> bands.Row:
    answer = ask("frame_deliveries", municipality=municipality, month=chosen_month)
    return answer.row(0, named=True)


def _drawing(page: str, chosen: list[Chosen]) -> Callable[[], None]:
    """What Streamlit calls for a page: its render, with what is chosen by then."""

    def draw() -> None:
        module: Any = importlib.import_module(f"pages.{page}")
        module.render(chosen[0])

    return draw


def _title(page: str) -> str:
    return next(say(entry.title) for entry in menu.PAGES if entry.id == page)


if __name__ == "__main__":
    main()
