"""The tables of the page about participation: services, seats and courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pages.charts.style import Row
from pages.parts.notes import day, heading, note
from pages.parts.table import Column, folded, table
from pages.text import cells, date, language, month, number, plural, say
from pages.text.markup import Child, Markup, tag
from queries.cards import Card

LONG_VACANT = 60
"""Days after which a vacant seat is a deviation (indicators.md 3, seats_filled)."""

MOST_COURSES = 8
"""More courses than these are folded, so that the page stays short; a link to them opens them."""


def service_table(rows: Sequence[Row], card: Card, *, of_all: bool) -> Markup:
    """How long ago each service heard from its users.

    Args:
        rows: The answer of asked/service_freshness.sql.
        card: The card of feedback_freshness; its target says what is fresh.
    """
    limit = card.target.value if card.target else None
    columns = [Column(say("Service"), lambda row: row["service"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["municipality"]))
    columns += [
        Column(say("Last feedback"), lambda row: _days_ago(row, card)),
        Column(say("Fresh?"), lambda row: _fresh(row, limit)),
    ]
    return table(
        say("Days since each service last heard from its users"),
        columns,
        rows,
        is_caption_shown=False,
        empty=say("No service is listed."),
    )


def _days_ago(row: Row, card: Card) -> Child:
    if row["value"] is None:
        return cells.shown_text(row, card)
    if row["began_on"] is not None:
        return say("heard, or began, {date}", date=date(row["began_on"]))
    words = plural("{n} day ago", "{n} days ago", round(row["value"]))
    return tag("span", words, class_="day")


def _fresh(row: Row, limit: float | None) -> Markup | None:
    if row["value"] is None or limit is None:
        return None
    if row["value"] <= limit:
        return tag("span", say("fresh"), class_="mark-same")
    return tag("span", say("over {days} days", days=number(limit)), class_="mark-worse")


def vacancies(rows: Sequence[Row], *, of_all: bool, is_delivered: bool) -> Markup:
    """The seats that have been vacant for too long, and the other vacant ones folded below.

    Args:
        rows: The answer of asked/vacant_seats.sql.
        is_delivered: The month's seats are known: then no row means that none is vacant.
    """
    long = [row for row in rows if (row["days_vacant"] or 0) > LONG_VACANT]
    others = [row for row in rows if row not in long]
    if not long:
        return _vacancy_table(
            rows,
            say("Vacant seats for user representatives"),
            of_all=of_all,
            empty=say("No seat is vacant.") if is_delivered else say(cells.NO_LIST),
        )
    caption = say("Seats that have been vacant for over {n} days", n=LONG_VACANT)
    shown = _vacancy_table(long, caption, of_all=of_all)
    if not others:
        return shown
    more = plural(
        "{n} more that is vacant for {days} days or less",
        "{n} more that are vacant for {days} days or less",
        len(others),
        days=LONG_VACANT,
    )
    caption = say("Other vacant seats")
    return Markup(shown + folded(more, _vacancy_table(others, caption, of_all=of_all)))


def _vacancy_table(
    rows: Sequence[Row], caption: str, *, of_all: bool, empty: str | None = None
) -> Markup:
    columns = [Column(say("Seat in"), _seat, is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Vacant since"), _vacant_since),
        Column(say("How long"), _how_long),
    ]
    return table(caption, columns, rows, is_caption_shown=False, is_cards=True, empty=empty)


def _seat(row: Row) -> Markup:
    return tag("span", row["body"] or row["seat_id"], tag("span", row["seat_id"], class_="quiet"))


def _vacant_since(row: Row) -> Child:
    return day(row["vacant_since"]) if row["vacant_since"] else say("not stated")


def _how_long(row: Row) -> Markup | None:
    if row["days_vacant"] is None:
        return None
    is_long = row["days_vacant"] > LONG_VACANT
    words = plural("{n} day", "{n} days", row["days_vacant"])
    return tag("span", words, class_="mark-worse" if is_long else None)


def recruitment_table(rows: Sequence[Row], card: Card) -> Markup:
    """How the representatives who are in their seats were recruited.

    Args:
        rows: The answer of asked/recruitment.sql.
        card: The card of seats_filled, which names the ways.
    """
    columns = [
        Column(
            say("Recruited through"),
            lambda row: card.parts[row["recruited_via"]].text[language()],
            is_head=True,
        ),
        Column(say("Filled seats"), _of_seats),
    ]
    return table(
        say("How user representatives were recruited, all municipalities together"),
        columns,
        rows if any(row["seats"] is not None for row in rows) else [],
        is_caption_shown=False,
        empty=say("It is not stated how representatives were recruited."),
    )


def _of_seats(row: Row) -> str:
    if row["seats"] is None:
        return say("missing")
    return say(
        "{part} of {whole}", part=number(row["seats"]), whole=number(row["seats_in_all"] or 0)
    )


def courses_to_evaluate(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The courses that wait for their evaluation half a year later, and what else was not in time.

    Args:
        rows: The answer of asked/courses_to_evaluate.sql.
    """
    if not rows:
        return note(say("Every course was evaluated in time."))
    waiting = [row for row in rows if row["awaits_half_year"]]
    others = [row for row in rows if not row["awaits_half_year"]]
    made: list[Markup] = []
    if waiting:
        words = plural(
            "{Words} course waits for its evaluation after half a year",
            "{Words} courses wait for their evaluation after half a year",
            len(waiting),
        )
        caption = say("Courses that wait for their evaluation after half a year")
        shown = _course_table(waiting, caption, of_all=of_all, anchor="kurs-venter")
        made += (
            [folded(words, shown)] if len(waiting) > MOST_COURSES else [heading(3, words), shown]
        )
    if others:
        words = plural(
            "{Words} course was not evaluated in time in the last 12 months",
            "{Words} courses were not evaluated in time in the last 12 months",
            len(others),
        )
        if waiting:
            words = plural(
                "{Words} more course was not evaluated in time in the last 12 months",
                "{Words} more courses were not evaluated in time in the last 12 months",
                len(others),
            )
        made.append(folded(words, _course_table(others, words, of_all=of_all)))
    return tag("div", made)


def _course_table(
    rows: Sequence[Row], caption: str, *, of_all: bool, anchor: str | None = None
) -> Markup:
    columns = [Column(say("Course"), lambda row: row["activity_id"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Ended"), lambda row: day(row["ended_on"])),
        Column(say("The same day"), _same_day),
        Column(say("After half a year"), _half_year),
    ]
    shown = table(caption, columns, rows, is_caption_shown=False, is_cards=True)
    return tag("div", shown, id=anchor)


def _same_day(row: Row) -> Markup | None:
    if not row["lacks_same_day"]:
        return None
    return _not_in_time(row["same_day_sent_on"], say("not sent"))


def _half_year(row: Row) -> Markup | None:
    if not row["lacks_half_year"]:
        return None
    due = say("not sent; due in {month}", month=month(row["half_year_due_on"]))
    return _not_in_time(row["half_year_sent_on"], due)


def _not_in_time(sent_on: dt.date | None, never: str) -> Markup:
    """That it was not sent, or when it was sent instead."""
    words = never if sent_on is None else say("sent on {date}", date=date(sent_on))
    return tag("span", words, class_="mark-worse")


def part_names(card: Card) -> Mapping[str, str]:
    """The words of a card's parts in the language spoken now."""
    return {code: part.text[language()] for code, part in card.parts.items()}
