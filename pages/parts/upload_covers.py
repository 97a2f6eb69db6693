"""What a file covers: proposed from what stands in it, and confirmed or changed by the uploader."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import streamlit as st

from data import contract, coverage
from data.coverage import Coverage
from data.people import Person
from pages.parts import upload_words as words
from pages.parts.upload_choices import WIDTH
from pages.parts.upload_inbox import Dropped, Held
from pages.text import month, say

BEFORE = 24
"""Months before the proposed first one that can be chosen: a file that reaches further back says so
itself."""


def proposed(file: Dropped, now: Held) -> Coverage:
    """What a file seems to deliver that has not been delivered before."""
    delivered = (one.covers for one in now.uploads if one.is_active)
    return coverage.still_missing(file.to_store.proposes, delivered)


def title(covers: Coverage, names: Mapping[str, str]) -> str:
    """What the file covers, as the heading of the step."""
    if not covers:
        return say("Which municipalities and months does the file cover?")
    return say("The file covers {covers}", covers=words.covers(covers, names))


def belongs_somewhere(file: Dropped) -> bool:
    """Whether the file holds anything that belongs to a municipality."""
    return bool(_kinds(file))


def chosen(file: Dropped, proposes: Coverage) -> Coverage:
    """What is confirmed by now: what was proposed, until somebody says something else."""
    state, key = st.session_state, _keys(file, proposes)
    if not any(name.startswith(key) for name in map(str, state)):
        return proposes
    places = state.get(f"{key}places", _places(proposes))
    found: set[tuple[str, str, dt.date]] = set()
    for number, (kinds, span) in enumerate(_groups(file, proposes)):
        first = state.get(f"{key}first_{number}", min(span, default=None))
        last = state.get(f"{key}last_{number}", max(span, default=None))
        if first is not None and last is not None:
            found |= coverage.of(kinds, places, first, last)
    return frozenset(found)


def fields(
    file: Dropped,
    proposes: Coverage,
    person: Person,
    names: Mapping[str, str],
    today: dt.date,
) -> None:
    """Draw the fields: the municipalities, and the first and last month.

    Kinds of one file that reach over different months have their own fields.
    """
    places, key = _places(proposes), _keys(file, proposes)
    if person.municipality is None:
        # The store lists them by name; a file of new ones may name some that it does not know.
        offered_places = [*names, *(place for place in places if place not in names)]
        st.multiselect(
            say("Municipalities"),
            offered_places,
            default=[place for place in offered_places if place in places],
            format_func=lambda number: names.get(number, number),
            key=f"{key}places",
            placeholder=say("Choose"),
        )
    groups = _groups(file, proposes)
    for number, (kinds, own) in enumerate(groups):
        span = own or {today.replace(day=1)}
        offered = _offered(min(span), max(*span, today))
        of = f" ({words.kinds(kinds)})" if len(groups) > 1 else ""
        with st.container(horizontal=True, gap="medium"):
            for label, which, now in (
                (say("First month"), "first", min(span)),
                (say("Last month"), "last", max(span)),
            ):
                st.selectbox(
                    label + of,
                    offered,
                    offered.index(now),
                    format_func=month,
                    key=f"{key}{which}_{number}",
                    width=WIDTH,
                )


def _groups(file: Dropped, proposes: Coverage) -> list[tuple[list[str], set[dt.date]]]:
    """The kinds that are proposed for the same months, with these months."""
    kinds_of: dict[tuple[dt.date, ...], list[str]] = {}
    for kind in _kinds(file):
        span = sorted({one for of, _, one in proposes if of == kind})
        kinds_of.setdefault(tuple(span), []).append(kind)
    return [(kinds, set(span)) for span, kinds in kinds_of.items()]


def _kinds(file: Dropped) -> list[str]:
    """The kinds of the file whose rows are some municipality's."""
    held = [contract.load(kind) for kind in file.to_store.tables]
    return [
        one.kind for one in held if one.follows is not None or one.municipality_column is not None
    ]


def _places(covers: Coverage) -> list[str]:
    return sorted({place for _, place, _ in covers})


def _offered(first: dt.date, last: dt.date) -> list[dt.date]:
    start = first.year * 12 + first.month - 1 - BEFORE
    return coverage.months(dt.date(start // 12, start % 12 + 1, 1), last)


def _keys(file: Dropped, proposes: Coverage) -> str:
    # Read in another way the file may propose something else: that begins with fresh fields.
    written = hashlib.sha256(coverage.written(proposes).encode()).hexdigest()[:8]
    return f"upload_{file.number}_{written}_"
