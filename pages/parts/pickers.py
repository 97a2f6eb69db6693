"""The two choices that every page shares, municipality and month, and who looks at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from data.people import LOCAL, Person
from pages.parts.menu import MONTH, MUNICIPALITY, ROLE, STILL_ROLE
from pages.text import language, later, month, say
from pages.text.markup import Markup, join, tag

COOPERATION = "cooperation"
"""All the municipalities together, as the release names them."""

ALL = "alle"
"""The same, as the address says it."""

# What the session keeps of them, for an address that leaves it out.
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
    """What is chosen, by the address.

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
    st.session_state[_PLACE], st.session_state[_MONTH] = place, chosen_month
    if asked_place is None or asked_month is None:
        _write(place, chosen_month)
    return Chosen(place, chosen_month, person, language()), notes


def pickers(chosen: Chosen, offered: Offered) -> Markup:
    """The fields for municipality and month.

    The browser's own fields, which a phone shows as it shows every other; the page's own script
    puts what is chosen into the address.
    """
    places = [(_code(place), offered.name(place)) for place in offered.places()]
    months = [(f"{each:%Y-%m}", month(each)) for each in offered.months]
    return join(
        [
            _picker(MUNICIPALITY, say("Municipality"), places, _code(chosen.municipality)),
            _picker(MONTH, say("Month"), months, f"{chosen.month:%Y-%m}"),
        ]
    )


def role_picker(person: Person, offered: Offered) -> Markup:
    """The field for the role to see it as, in local mode."""
    roles = [
        (_role_code(each), role(each, offered.municipalities)) for each in _local_people(offered)
    ]
    label = say("Local mode. See it as")
    field = _picker(ROLE, label, roles, _role_code(person), is_label_shown=True)
    return tag("div", field, class_="fk-who")


def _picker(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    here: str,
    *,
    is_label_shown: bool = False,
) -> Markup:
    shown = [tag("option", words, value=code, selected=code == here) for code, words in options]
    field = tag("select", shown, id=f"fk-{name}", data_choice=name, autocomplete="off")
    seen = "fk-fresh" if is_label_shown else "unseen"
    return join(
        [
            tag("label", label, for_=f"fk-{name}", class_=seen),
            tag("span", field, class_="fk-field"),
        ]
    )


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
    """Who looks in local mode: the regional coordinator, or another role to see it as.

    The address says it once, when another is picked: a link that is passed on holds no role.
    """
    named = {_role_code(person): person for person in _local_people(offered)}
    still = st.query_params.pop(STILL_ROLE, None)
    if still in named:
        # The page was loaded anew in another language: the role goes on, where it was.
        st.session_state[_ROLE] = still
    asked = st.query_params.pop(ROLE, None)
    if asked in named:
        st.session_state[_ROLE] = asked
        # Somebody of one municipality starts by looking at that one.
        if (own := named[asked].municipality) is not None:
            st.query_params[MUNICIPALITY] = own
    return named.get(str(st.session_state.get(_ROLE)), next(iter(named.values())))


def _local_people(offered: Offered) -> list[Person]:
    return [
        Person(LOCAL.name, "regional_coordinator"),
        Person(LOCAL.name, "viewer"),
        *(
            Person(LOCAL.name, role, place)
            for role in ("leader", "coordinator")
            for place in offered.municipalities
        ),
    ]


def _role_code(person: Person) -> str:
    return person.role if person.municipality is None else f"{person.role}-{person.municipality}"


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


def _write(place: str, chosen_month: dt.date) -> None:
    st.query_params.update({MUNICIPALITY: _code(place), MONTH: f"{chosen_month:%Y-%m}"})
