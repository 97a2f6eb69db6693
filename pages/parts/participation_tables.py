"""The tables of the page about participation: tertials, services, seats and courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from data import settings
from pages.charts.style import Row
from pages.parts.notes import day, note
from pages.parts.table import Column, folded, table
from pages.text import cells, language, month, number, plural, say
from pages.text.markup import Child, Markup, tag
from queries.cards import Card
from queries.shown_from import appearance

HALF = 0.5
"""A response rate under this always stands with its caveat (indicators.md 3)."""

LONG_VACANT = 60
"""Days after which a vacant seat is a deviation (indicators.md 3, seats_filled)."""


def tertial_table(rows: Sequence[Row], card: Card) -> Markup:
    """An indicator about persons or answers, municipality by tertial, the newest to the right.

    Args:
        rows: The answer of asked/tertial_cells.sql.
    """
    lines: dict[str, dict[dt.date, Row]] = {}
    for row in rows:
        lines.setdefault(row["name"], {})[row["period"]] = _with_appearance(row, card)
    periods = sorted({row["period"] for row in rows})
    columns = [Column(say("Municipality"), lambda line: line["name"], is_head=True)]
    columns += [_of_period(period, card) for period in periods]
    caption = say("{title} by four months", title=cells.words(card, "title"))
    return table(
        caption,
        columns,
        [{"name": name, "cells": by_period} for name, by_period in lines.items()],
        is_caption_shown=False,
        is_cards=True,
        empty=say("No four months are over yet."),
    )


def _with_appearance(row: Row, card: Card) -> Row:
    """The row, with the month in which a number that is not shown yet appears."""
    if row["state"] != "not_due":
        return row
    appears = appearance(
        row,
        matures_after_days=card.matures_after_days,
        lock_day=settings.load().lock_day,
        today=row["today"],
    )
    return {**row, **appears}


def _of_period(period: dt.date, card: Card) -> Column:
    def cell(line: Row) -> Markup | str:
        row = line["cells"].get(period)
        if row is None:
            return ""
        beside = cells.beside(row, card)
        return tag(
            "span",
            cells.shown_text(row, card),
            tag("span", beside, class_="quiet") if beside else None,
            title=cells.reason_text(row) or None,
        )

    return Column(cells.short_period(period, "tertial"), cell)


def reading_notes(rows: Sequence[Row], card: Card) -> Markup:
    """What a reader of these numbers must know: the caveat, and why some are hidden or rough.

    Args:
        rows: Every cell of the indicator that the page shows.
    """
    is_low = any(row["value"] is not None and row["value"] < HALF for row in rows)
    explained = {
        reason: cells.shown_text(_with_appearance(row, card), card)
        for row in reversed(rows)
        if (reason := cells.reason_text(row))
    }
    return Markup(
        (tag("p", cells.words(card, "caveat")) if is_low and card.has_words("caveat") else "")
        + tag(
            "dl",
            [
                tag("div", tag("dt", example), tag("dd", reason))
                for reason, example in explained.items()
            ],
            class_="words",
        )
    )


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


def _days_ago(row: Row, card: Card) -> str:
    if row["value"] is None:
        return cells.shown_text(row, card)
    return plural("{n} day ago", "{n} days ago", round(row["value"]))


def _fresh(row: Row, limit: float | None) -> Markup | None:
    if row["value"] is None or limit is None:
        return None
    if row["value"] <= limit:
        return tag("span", say("fresh"), class_="mark-same")
    return tag("span", say("over {days} days", days=number(limit)), class_="mark-worse")


def vacancy_table(rows: Sequence[Row], *, of_all: bool, is_delivered: bool) -> Markup:
    """The vacant seats and since when.

    Args:
        rows: The answer of asked/vacant_seats.sql.
        is_delivered: The month's seats are known: then no row means that none is vacant.
    """
    columns = [Column(say("Seat in"), _seat, is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Vacant since"), _vacant_since),
        Column(say("How long"), _how_long),
    ]
    return table(
        say("Vacant seats for user representatives"),
        columns,
        rows,
        is_caption_shown=False,
        empty=say("No seat is vacant.") if is_delivered else say(cells.REASONS["missing"]),
    )


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
        rows,
        is_caption_shown=False,
        empty=say("It is not stated how representatives were recruited."),
    )


def _of_seats(row: Row) -> str:
    if row["seats"] is None:
        return say("missing")
    return say(
        "{part} of {whole}", part=number(row["seats"]), whole=number(row["seats_in_all"] or 0)
    )


def course_table(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The courses that lack an evaluation.

    Args:
        rows: The answer of asked/courses_to_evaluate.sql.
    """
    columns = [Column(say("Course"), lambda row: row["activity_id"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Ended"), lambda row: day(row["ended_on"])),
        Column(say("The same day"), lambda row: _lacks(row["lacks_same_day"])),
        Column(say("After half a year"), _half_year),
    ]
    caption = say("Courses that were not evaluated in time, in the last 12 months")
    return table(caption, columns, rows)


def _lacks(is_lacking: bool) -> Markup | None:
    return tag("span", say("not sent"), class_="mark-worse") if is_lacking else None


def _half_year(row: Row) -> Markup | None:
    if not row["lacks_half_year"]:
        return None
    due = say("not sent; due in {month}", month=month(row["half_year_due_on"]))
    return tag("span", due, class_="mark-worse")


def folded_courses(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The same, folded below the charts of courses, with how many there are."""
    if not rows:
        return note(say("Every course was evaluated in time."))
    summary = plural(
        "{n} course was not evaluated in time", "{n} courses were not evaluated in time", len(rows)
    )
    return folded(summary, course_table(rows, of_all=of_all), is_open=not of_all)


def part_names(card: Card) -> Mapping[str, str]:
    """The words of a card's parts in the language spoken now."""
    return {code: part.text[language()] for code, part in card.parts.items()}
