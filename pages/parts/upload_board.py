"""What has come and what is missing, municipality by kind by month, and a text to send for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from data import contract, settings
from data.receipts import Receipt
from pages.parts import menu
from pages.parts import upload_words as words
from pages.parts.draw import draw
from pages.parts.menu import MONTH, MUNICIPALITY
from pages.parts.notes import heading, note, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.table import Column, Row, table
from pages.parts.upload_choices import WIDTH
from pages.parts.upload_inbox import Held
from pages.text import date, day_and_month, later, month, say
from pages.text.formats import NO_BREAK
from pages.text.markup import Child, Markup, tag
from queries.ask import NoReleaseError, ask

SHOWN_MONTHS = 6
"""Months of one municipality beside each other: what fits a laptop without scrolling."""

DAYS_AFTER = 92
"""A file for December that comes by March is plainly of the year after."""

STATES = {
    "delivered": later("delivered"),
    "left": later("rows are left"),
    "missing": later("missing"),
    "not_in_use": later("not in use yet"),
    "not_awaited": later("not expected"),
}
"""Neutral words for what there is of a kind; nobody is late before somebody has asked."""

ANCHOR = "levert"

Cell = tuple[str, dt.date | None]


def draw_board(chosen: Chosen, now: Held) -> None:
    """Draw the board for the chosen month, or for the last months of the chosen municipality."""
    try:
        months = tuple(ask("months")["month"].to_list())
    except NoReleaseError:
        return
    if chosen.month not in months:
        return
    last = months.index(chosen.month)
    shown = months[max(0, last - SHOWN_MONTHS + 1) : last + 1]
    cells = _cells(shown, now.uploads)
    whole = chosen.municipality == COOPERATION
    title = (
        say("Delivered for {month}", month=month(chosen.month))
        if whole
        else say(
            "Delivered by {place}",
            place=now.municipalities.get(chosen.municipality, chosen.municipality),
        )
    )
    draw(
        part(title, anchor=ANCHOR),
        _by_municipality(cells, chosen.month, now.municipalities)
        if whole
        else _by_month(cells, chosen.municipality, shown),
        _other_months(chosen, months),
    )
    _to_send(cells, chosen, now)


# -- the cells ---------------------------------------------------------------------------------


def _cells(
    months: Sequence[dt.date], uploads: Sequence[Receipt]
) -> dict[tuple[str, str, dt.date], Cell]:
    """By kind, municipality and month: how it stands, and since when."""
    board = ask("upload_board", first_month=months[0], last_month=months[-1])
    found: dict[tuple[str, str, dt.date], Cell] = {
        (row["kind"], row["municipality_id"], row["month"]): (row["state"], row["delivered_on"])
        for row in board.iter_rows(named=True)
    }
    # Lists that are not awaited each month count as they are covered by an upload.
    for receipt in reversed(uploads):
        for kind, place, when in receipt.covers if receipt.is_active else ():
            if when in months and not contract.load(kind).is_monthly:
                found[kind, place, when] = ("delivered", receipt.at.date())
    # Newest first: what was mended and uploaded since is said no more.
    for key, receipt in _newest(uploads, months).items():
        state, since = found.get(key, ("missing", None))
        if state == "delivered" and receipt.left_rows and key[0] in _left(receipt):
            found[key] = ("left", since)
    return found


def _newest(
    uploads: Sequence[Receipt], months: Sequence[dt.date]
) -> dict[tuple[str, str, dt.date], Receipt]:
    """The last upload that counts for each kind, municipality and month."""
    newest: dict[tuple[str, str, dt.date], Receipt] = {}
    for receipt in uploads:
        for key in receipt.covers if receipt.is_active else ():
            if key[2] in months:
                newest.setdefault(key, receipt)
    return newest


def _left(receipt: Receipt) -> frozenset[str]:
    """The kinds that rows of an upload are left of; all of them where no problem says which."""
    named = {fact.get("kind") for fact in receipt.facts.get("left", ())} - {None}
    return frozenset(named & set(receipt.rows)) or frozenset(receipt.rows)


def kinds() -> list[str]:
    """The kinds that belong to a municipality, those that are awaited each month first."""
    owned = [
        held
        for held in map(contract.load, contract.all_kinds())
        if held.municipality_column == "municipality" or held.follows is not None
    ]
    return [held.kind for held in sorted(owned, key=lambda held: not held.is_monthly)]


def _said(cell: Cell | None, of: dt.date) -> Child:
    state, when = cell or ("not_awaited", None)
    if state == "missing":
        return tag("span", say(STATES[state]), class_="missing")
    if state in ("delivered", "left") and when is not None:
        # A month that was loaded as history came years later.
        is_plain = when.year == of.year or 0 <= (when - of).days < DAYS_AFTER
        day = day_and_month(when) if is_plain else date(when)
        said = say("delivered {day}", day=day.replace(" ", NO_BREAK))
        said += ", " + say(STATES["left"]) if state == "left" else ""
        return tag("span", said, class_="delivered")
    return tag("span", say(STATES[state]), class_="quiet")


def _by_municipality(
    cells: Mapping[tuple[str, str, dt.date], Cell], when: dt.date, names: Mapping[str, str]
) -> Markup:
    return _table(
        say("What has come for {month}, by kind of file and municipality", month=month(when)),
        [(name, number, when) for number, name in names.items()],
        cells,
    )


def _by_month(
    cells: Mapping[tuple[str, str, dt.date], Cell], place: str, months: Sequence[dt.date]
) -> Markup:
    return _table(
        say("What has come, by kind of file and month"),
        # The newest first: a phone shows one or two of them beside the kind.
        [(month(one), place, one) for one in reversed(months)],
        cells,
    )


def _table(
    caption: str,
    columns: Sequence[tuple[str, str, dt.date]],
    cells: Mapping[tuple[str, str, dt.date], Cell],
) -> Markup:
    def cell(place: str, when: dt.date) -> Callable[[Row], Child]:
        return lambda row: _said(cells.get((row["kind"], place, when)), when)

    return tag(
        "div",
        table(
            caption,
            [
                Column(say("Kind of file"), lambda row: words.kind(row["kind"]), is_head=True),
                *(Column(name, cell(place, when)) for name, place, when in columns),
            ],
            [{"kind": kind} for kind in kinds()],
            is_caption_shown=False,
            is_cards=True,
        ),
        class_="board",
    )


def _other_months(chosen: Chosen, months: Sequence[dt.date]) -> Markup:
    """The month before and the month after, as links that say which."""
    place = months.index(chosen.month)
    others = [months[place - 1]] if place else []
    others += [months[place + 1]] if place + 1 < len(months) else []
    links = [
        tag(
            "a",
            month(one),
            href=menu.address("upload", **chosen.in_address | {MONTH: f"{one:%Y-%m}"})
            + f"#{ANCHOR}",
            target="_self",
        )
        for one in others
    ]
    return tag("p", tag("span", say("Other months:"), class_="quiet"), links, class_="months")


# -- the text to send --------------------------------------------------------------------------


def _to_send(cells: Mapping[tuple[str, str, dt.date], Cell], chosen: Chosen, now: Held) -> None:
    """The text for those who are missing something, ready to be copied."""
    missing: dict[str, list[str]] = {}
    for (kind, place, when), (state, _) in cells.items():
        if state == "missing" and when == chosen.month:
            missing.setdefault(place, []).append(kind)
    if chosen.municipality != COOPERATION:
        missing = {place: of for place, of in missing.items() if place == chosen.municipality}
    if not missing:
        draw(
            note(
                say("Everything that is expected for {month} has come.", month=month(chosen.month))
            )
        )
        return
    draw(heading(3, say("A text to send to those who are missing something")))
    places = [place for place in now.municipalities if place in missing]
    to = places[0]
    if len(places) > 1:
        to = st.selectbox(
            say("To"),
            [ALL, *places],
            format_func=lambda one: (
                say("everybody who is missing something")
                if one == ALL
                else now.municipalities.get(one, one)
            ),
            key="upload_to",
            width=WIDTH,
        )
    told = settings.load()
    text = letter(
        {now.municipalities.get(one, one): missing[one] for one in places if to in (ALL, one)},
        chosen.month,
        _until(chosen.month, told.lock_day, settings.today(told.store)),
        _address(chosen, to),
    )
    with st.container(key="upload_letter"):
        st.code(text, language=None, wrap_lines=True)


def letter(
    missing: Mapping[str, Sequence[str]], when: dt.date, until: dt.date | None, address: str
) -> str:
    """The text: what is missing from whom, by when, and where to upload it.

    Args:
        missing: By the name of a municipality, the kinds that it has not delivered.
        when: For which month.
        until: The day the month locks itself; None when it has passed.
        address: Of the upload page.
    """
    lines = [say("Hello!"), ""]
    if len(missing) == 1:
        ((place, kinds_),) = missing.items()
        lines.append(
            say(
                "We are missing {kinds} from {place} for {month}.",
                kinds=words.kinds(kinds_),
                place=place,
                month=month(when),
            )
        )
    else:
        lines.append(say("For {month} we are missing:", month=month(when)))
        lines += [f"- {place}: {words.kinds(kinds_)}" for place, kinds_ in missing.items()]
    lines.append("")
    if until is not None:
        lines.append(
            say("Please upload before {day}, so that it counts in the meeting.", day=date(until))
        )
    else:
        lines.append(say("Please upload as soon as you can."))
    lines += [
        say("If there was nothing this month, upload the list all the same, or tell us so."),
        "",
        say("You upload here: {address}", address=address),
    ]
    return "\n".join(lines)


def _until(when: dt.date, lock_day: int, today: dt.date) -> dt.date | None:
    following = (when + dt.timedelta(days=31)).replace(day=lock_day)
    return following if following >= today else None


def _address(chosen: Chosen, to: str) -> str:
    here = urlsplit(st.context.url or "")
    choices = {MUNICIPALITY: to, MONTH: f"{chosen.month:%Y-%m}"}
    return f"{here.scheme}://{here.netloc}{menu.address('upload', **choices)}"
