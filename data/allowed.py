"""Whether an act can be done: by whom, for which municipality, with which words, on which day."""

from __future__ import annotations

import datetime as dt

from data import contract, people, settings
from data.people import Person
from data.store import RefusedError, Store

ALL = "all"
"""Stands for all six where an act is not about one municipality."""


def criteria() -> tuple[str, ...]:
    """The five criteria of the anchoring staircase, from the contract of goals."""
    return tuple(value.code for value in contract.load("goals").column("criterion").values)


def must(who: Person, act: str, municipality: str | None) -> None:
    """Refuse whoever may not do this act for that municipality: "may_not"."""
    if not people.may(who, act, municipality):
        raise RefusedError("may_not", act=act, municipality=municipality or ALL)


def known_municipality(store: Store, municipality: str) -> None:
    """Refuse a municipality that the store does not know: "unknown_municipality"."""
    known = {found for (found,) in store.rows("select municipality_id from current_municipalities")}
    if municipality not in known:
        raise RefusedError("unknown_municipality", municipality=municipality)


def member_from(store: Store, municipality: str) -> dt.date:
    """The first full month in which a municipality was a member.

    Of a year the whole is meant; a month may have been joined on any of its days, so the next one
    is the first that is full. clean/memberships.sql says the same.
    """
    joined: dt.date
    ((joined, precision),) = store.rows(
        "select joined_on, joined_precision from current_municipalities"
        " where municipality_id = $municipality",
        {"municipality": municipality},
    )
    first = joined.replace(day=1)
    if precision == "year":
        return dt.date(first.year, 1, 1)
    is_whole = precision == "day" and joined == first
    return first if is_whole else (first + dt.timedelta(days=31)).replace(day=1)


def one_of(value: str, allowed: tuple[str, ...], code: str) -> None:
    """Refuse a code that is none of those allowed."""
    if value not in allowed:
        raise RefusedError(code, found=value, allowed=allowed)


def criterion(given: str | None) -> str | None:
    """The criterion, if it is one or none: "unknown_criterion"."""
    if given is not None:
        one_of(given, criteria(), "unknown_criterion")
    return given


def clean(text: str | None) -> str | None:
    """Words without blanks around them, or none."""
    return (text or "").strip() or None


def needed(*texts: str | None) -> None:
    """Refuse when any of the words is missing: "text_needed"."""
    if not all(map(clean, texts)):
        raise RefusedError("text_needed")


def day(store: Store, at: dt.datetime | None) -> dt.date:
    """The day of an act: today, or that of the moment it is told to be of."""
    return settings.today(store.folder) if at is None else settings.day_of(at)


def not_later(on: dt.date, store: Store, at: dt.datetime | None) -> None:
    """Refuse a day that has not come: "in_the_future"."""
    if on > day(store, at):
        raise RefusedError("in_the_future", day=on)
