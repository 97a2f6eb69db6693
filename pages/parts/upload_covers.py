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
from pages.parts.upload_inbox import Dropped
from pages.text import month, say

BEFORE = 24
"""Months before the proposed first one that can be chosen: a file that reaches further back says so
itself."""


def title(covers: Coverage, names: Mapping[str, str]) -> str:
    """What the file covers, as the heading of the step."""
    if not covers:
        return say("Which municipalities and months does the file cover?")
    return say("The file covers {covers}", covers=words.covers(covers, names))


def belongs_somewhere(file: Dropped) -> bool:
    """Whether the file holds anything that belongs to a municipality."""
    return bool(_kinds(file))


def chosen(file: Dropped) -> Coverage:
    """What is confirmed by now: what was proposed, until somebody says something else."""
    proposed = file.intake.proposes
    state = st.session_state
    if _key(file, "places") not in state and _key(file, "first_0") not in state:
        return proposed
    places = state.get(_key(file, "places"), _places(proposed))
    found: set[tuple[str, str, dt.date]] = set()
    for number, (kinds, span) in enumerate(_groups(file)):
        first = state.get(_key(file, f"first_{number}"), min(span, default=None))
        last = state.get(_key(file, f"last_{number}"), max(span, default=None))
        if first is not None and last is not None:
            found |= coverage.of(kinds, places, first, last)
    return frozenset(found)


def fields(file: Dropped, person: Person, names: Mapping[str, str], today: dt.date) -> None:
    """Draw the fields: the municipalities, and the first and last month.

    Kinds of one file that reach over different months have their own fields.
    """
    places = _places(file.intake.proposes)
    if person.municipality is None:
        st.multiselect(
            say("Municipalities"),
            sorted({*names, *places}, key=lambda number: names.get(number, number)),
            default=places,
            format_func=lambda number: names.get(number, number),
            key=_key(file, "places"),
            placeholder=say("Choose"),
        )
    groups = _groups(file)
    for number, (kinds, proposed) in enumerate(groups):
        span = proposed or {today.replace(day=1)}
        offered = _offered(min(span), max(*span, today))
        of = f" ({words.kinds(kinds)})" if len(groups) > 1 else ""
        left, right, _ = st.columns(3, gap="medium")
        left.selectbox(
            say("First month") + of,
            offered,
            offered.index(min(span)),
            format_func=month,
            key=_key(file, f"first_{number}"),
        )
        right.selectbox(
            say("Last month") + of,
            offered,
            offered.index(max(span)),
            format_func=month,
            key=_key(file, f"last_{number}"),
        )


def _groups(file: Dropped) -> list[tuple[list[str], set[dt.date]]]:
    """The kinds that are proposed for the same months, with these months."""
    kinds_of: dict[tuple[dt.date, ...], list[str]] = {}
    for kind in _kinds(file):
        span = sorted({one for of, _, one in file.intake.proposes if of == kind})
        kinds_of.setdefault(tuple(span), []).append(kind)
    return [(kinds, set(span)) for span, kinds in kinds_of.items()]


def _kinds(file: Dropped) -> list[str]:
    """The kinds of the file whose rows are some municipality's."""
    held = [contract.load(kind) for kind in file.intake.tables]
    return [
        one.kind for one in held if one.follows is not None or one.municipality_column is not None
    ]


def _places(covers: Coverage) -> list[str]:
    return sorted({place for _, place, _ in covers})


def _offered(first: dt.date, last: dt.date) -> list[dt.date]:
    start = first.year * 12 + first.month - 1 - BEFORE
    return coverage.months(dt.date(start // 12, start % 12 + 1, 1), last)


def _key(file: Dropped, field: str) -> str:
    # Read in another way the file may propose something else: that begins with fresh fields.
    proposed = hashlib.sha256(coverage.written(file.intake.proposes).encode()).hexdigest()[:8]
    return f"upload_{file.number}_{proposed}_{field}"
