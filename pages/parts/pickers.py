"""The two choices that every page shares, municipality and month, and who looks at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from data.people import LOCAL, Person
from pages.parts.menu import MONTH, MUNICIPALITY
from pages.text import language, later, month, say

COOPERATION = "cooperation"
"""All the municipalities together, as the release names them."""

ALL = "alle"
"""The same, as the address says it."""

# The keys of the widgets in the session; the pages' own widgets have other names.
_PLACE, _MONTH, _ROLE = "chosen_municipality", "chosen_month", "chosen_role"


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at, and who the reader is.

    Attributes:
        municipality: A municipality's number, or "cooperation" for all of them together.
        month: The first day of the month.
        person: Who looks, with the role that decides what may be done.
        language: "nb", "nn" or "en".
    """

    municipality: str
    month: dt.date
    person: Person
    language: str

    @property
    def in_address(self) -> dict[str, str]:
        """The two choices as every address says them."""
        return {MUNICIPALITY: _code(self.municipality), MONTH: f"{self.month:%Y-%m}"}


@dataclass(frozen=True)
class Offered:
    """What can be chosen.

    Attributes:
        municipalities: From number to name, in the order they are listed.
        months: The first days of the months, the newest first.
        locked: Those of them that are locked.
    """

    municipalities: Mapping[str, str]
    months: tuple[dt.date, ...]
    locked: frozenset[dt.date]

    def first_month(self) -> dt.date:
        """The month to open with: the newest locked one, which is what the meeting reads."""
        return next((month for month in self.months if month in self.locked), self.months[0])

    def places(self) -> list[str]:
        """The municipalities' numbers, after all of them together."""
        return [COOPERATION, *self.municipalities]

    def name(self, place: str) -> str:
        """What a place is called."""
        if place == COOPERATION:
            return say("All municipalities")
        return self.municipalities[place]


def choose(person: Person, offered: Offered) -> tuple[Chosen, list[str]]:
    """Draw the pickers, bound to the address.

    What the address says wins: it may have come from a link, from the browser's way back, or from
    the pickers themselves. What it leaves out stays as it was.

    Returns:
        What is chosen, and a note for each thing the address asked for that is not there.
    """
    notes: list[str] = []
    place, asked_place = _place(offered, person), st.query_params.get(MUNICIPALITY)
    if asked_place is not None and _code(place) != asked_place:
        notes.append(
            say(
                "The address asks for municipality “{asked}”, which is not here. "
                "You are looking at {place}.",
                asked=asked_place,
                place=_inside(offered.name(place)),
            )
        )
    chosen_month, asked_month = _month(offered), st.query_params.get(MONTH)
    if asked_month is not None and f"{chosen_month:%Y-%m}" != asked_month:
        notes.append(
            say(
                "The address asks for the month “{asked}”, which is not here. "
                "You are looking at {month}.",
                asked=asked_month,
                month=month(chosen_month),
            )
        )
    _keep(_PLACE, place)
    _keep(_MONTH, chosen_month)
    if asked_place is None or asked_month is None:
        _write(place, chosen_month)
    st.selectbox(
        say("Municipality"),
        offered.places(),
        key=_PLACE,
        format_func=offered.name,
        on_change=_moved,
        label_visibility="collapsed",
        width=220,
    )
    st.selectbox(
        say("Month"),
        offered.months,
        key=_MONTH,
        format_func=month,
        on_change=_moved,
        label_visibility="collapsed",
        width=190,
    )
    return Chosen(place, chosen_month, person, language()), notes


ROLES = {
    "regional_coordinator": later("regional coordinator"),
    "viewer": later("reader"),
    "leader": later("leader in {place}"),
    "coordinator": later("coordinator in {place}"),
}
"""What each role is called, in the running text of a sentence."""


def role(person: Person, municipalities: Mapping[str, str]) -> str:
    """What a person is here: "leder i Ringebu"."""
    place = municipalities.get(person.municipality or "", person.municipality or "")
    return say(ROLES[person.role], place=place)


def local_person(offered: Offered) -> Person:
    """Who looks in local mode: the regional coordinator, or another role to see it as."""
    people = [
        Person(LOCAL.name, "regional_coordinator"),
        Person(LOCAL.name, "viewer"),
        *(
            Person(LOCAL.name, role, place)
            for role in ("leader", "coordinator")
            for place in offered.municipalities
        ),
    ]
    named = {role(person, offered.municipalities): person for person in people}
    kept = st.session_state.get(_ROLE)
    return named.get(str(kept), people[0])


def pick_local_person(offered: Offered) -> None:
    """Draw the picker of the role to see it as, in local mode."""
    roles = ["regional_coordinator", "viewer"]
    options = [say(ROLES[role]) for role in roles] + [
        say(ROLES[role], place=name)
        for role in ("leader", "coordinator")
        for name in offered.municipalities.values()
    ]
    st.selectbox(
        say("See it as"),
        options,
        key=_ROLE,
        on_change=_became,
        args=(offered,),
        label_visibility="collapsed",
        width=250,
    )


def _code(place: str) -> str:
    return ALL if place == COOPERATION else place


def _inside(name: str) -> str:
    """A name inside a sentence: "All municipalities" loses its capital, a proper noun does not."""
    return name[:1].lower() + name[1:] if name == say("All municipalities") else name


def _place(offered: Offered, person: Person) -> str:
    asked = st.query_params.get(MUNICIPALITY)
    if asked == ALL:
        return COOPERATION
    if asked in offered.municipalities:
        return str(asked)
    kept = st.session_state.get(_PLACE)
    if asked is None and kept in offered.places():
        return str(kept)
    own = person.municipality
    return own if own is not None and own in offered.municipalities else COOPERATION


def _month(offered: Offered) -> dt.date:
    asked = st.query_params.get(MONTH)
    for each in offered.months:
        if f"{each:%Y-%m}" == asked:
            return each
    kept = st.session_state.get(_MONTH)
    if asked is None and isinstance(kept, dt.date) and kept in offered.months:
        return kept
    return offered.first_month()


def _keep(key: str, value: object) -> None:
    # Setting a widget's value anew, even to what it is, sends it to the browser again.
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _write(place: str, chosen_month: dt.date) -> None:
    st.query_params.update({MUNICIPALITY: _code(place), MONTH: f"{chosen_month:%Y-%m}"})


def _moved() -> None:
    _write(st.session_state[_PLACE], st.session_state[_MONTH])


def _became(offered: Offered) -> None:
    """Somebody of one municipality starts by looking at that one."""
    person = local_person(offered)
    if person.municipality is not None:
        st.query_params[MUNICIPALITY] = person.municipality
