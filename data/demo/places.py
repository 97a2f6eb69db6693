"""The six municipalities as they are, and the invented services, surveys and tools of the story."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
"""One row of a kind of file, by contract column; columns that are left out are empty."""

LILLEHAMMER, GAUSDAL, OYER = "3405", "3441", "3440"
RINGEBU, SOR_FRON, NORD_FRON = "3439", "3438", "3436"


@dataclass(frozen=True)
class Place:
    """One municipality.

    Attributes:
        code: Stands first in the codes of its services.
        joined_on, joined_precision, capacity, capacity_unit: The first four of 2014 and the two of
            2018 are from the cooperation's own account, and so are the capacities of Lillehammer
            and Sør-Fron.
        is_capacity_invented: The other four capacities are made up.
        rate: How many activities with users it holds in an ordinary month.
        courses: How many courses end in an ordinary month.
        actions: How many actions it opened in an ordinary month before feedback was registered.
        half_year: How often it remembers the evaluation half a year after a course.
        size: The largest group of participants, with Lillehammer's as 1.
    """

    number: str
    name: str
    code: str
    joined_on: dt.date
    joined_precision: str
    capacity: float
    capacity_unit: str
    is_capacity_invented: bool
    rate: float
    courses: float
    actions: float
    half_year: float
    size: float
    tools: tuple[str, ...]

    @property
    def is_host(self) -> bool:
        """Lillehammer hosts the FACT team."""
        return self.number == LILLEHAMMER


_FOUR = dt.date(2014, 1, 1)
_TWO = dt.date(2018, 11, 1)

_MEETING, _CAFE, _SMS = "dialogmøte", "dialogkafé", "SMS-evaluering"
_PEERS, _PANEL, _TEAM = "Bruker Spør Bruker", "brukerpanel", "forbedringsteam"
_MATTERS, _PLAIN = "hva er viktig for deg", "klarspråksjekk"
TOOLS = (_MEETING, _CAFE, _SMS, _PEERS, _PANEL, _TEAM, _MATTERS, _PLAIN)
"""The tools of the Kompetansebank, by the name that is written in the files."""

PLACES: tuple[Place, ...] = (
    Place(LILLEHAMMER, "Lillehammer", "LIL", _FOUR, "year", 60, "headcount", False,
          3.2, 1.1, 2.8, 0.75, 1.0, TOOLS),
    Place(OYER, "Øyer", "OYE", _FOUR, "year", 7.5, "fte", True,
          1.6, 0.75, 1.5, 0.75, 0.75, (_MEETING, _CAFE, _SMS, _PEERS, _TEAM)),
    Place(GAUSDAL, "Gausdal", "GAU", _FOUR, "year", 11.0, "fte", True,
          1.5, 0.7, 1.2, 0.25, 0.75, (_MEETING, _SMS, _TEAM, _PLAIN)),
    Place(RINGEBU, "Ringebu", "RIN", _FOUR, "year", 8.2, "fte", True,
          2.2, 0.8, 1.7, 0.85, 0.8, (_MEETING, _CAFE, _SMS, _PEERS, _PANEL, _TEAM)),
    Place(NORD_FRON, "Nord-Fron", "NFR", _TWO, "month", 10.5, "fte", True,
          1.4, 0.65, 1.3, 0.6, 0.7, (_MEETING, _CAFE, _SMS, _PANEL, _MATTERS)),
    Place(SOR_FRON, "Sør-Fron", "SFR", _TWO, "month", 2.8, "fte", False,
          1.0, 0.4, 0.8, 0.6, 0.5, (_MEETING, _SMS, _MATTERS)),
)  # fmt: skip
"""In the order of the agreement: the first four, then the two that joined in 2018."""

BY_NUMBER = {place.number: place for place in PLACES}
NUMBERS = tuple(place.number for place in PLACES)


@dataclass(frozen=True)
class Service:
    """One service, invented.

    Attributes:
        asked: How many users it asks in a survey, from and to; single digits answer in the small.
    """

    service_id: str
    municipality: str
    name: str
    kind: str
    active_from: dt.date
    fte: float
    employees: int
    asked: tuple[int, int]


_LONG_AGO = dt.date(2014, 1, 1)

SERVICES: tuple[Service, ...] = tuple(
    Service(f"{BY_NUMBER[where].code}-{code}", where, name, kind, since, fte, employees, asked)
    for where, code, name, kind, since, fte, employees, asked in (
        (LILLEHAMMER, "OPPF", "Oppfølgingstjenesten", "mental_health_and_addiction", _LONG_AGO,
         14.0, 17, (24, 38)),
        (LILLEHAMMER, "RPH", "Rask psykisk helsehjelp", "low_threshold", dt.date(2019, 1, 1),
         7.5, 9, (24, 40)),
        (LILLEHAMMER, "RUS", "Rusoppfølgingen", "mental_health_and_addiction", _LONG_AGO,
         9.0, 11, (18, 30)),
        (LILLEHAMMER, "BO", "Bofellesskapene", "housing", _LONG_AGO, 13.5, 16, (14, 24)),
        (LILLEHAMMER, "HUS", "Aktivitetshuset", "day_activity", _LONG_AGO, 5.5, 7, (18, 32)),
        (OYER, "PSYK", "Psykisk helse og rus", "mental_health_and_addiction", _LONG_AGO,
         4.5, 6, (14, 22)),
        (OYER, "HUS", "Møteplassen", "day_activity", dt.date(2021, 3, 1), 3.0, 5, (12, 18)),
        (GAUSDAL, "PSYK", "Psykisk helse og rus", "mental_health_and_addiction", _LONG_AGO,
         4.8, 6, (14, 24)),
        (GAUSDAL, "BO", "Bofellesskapet", "housing", _LONG_AGO, 3.2, 5, (10, 16)),
        (GAUSDAL, "HUS", "Aktivitetssenteret", "day_activity", _LONG_AGO, 3.0, 5, (12, 18)),
        (RINGEBU, "PSYK", "Psykisk helse og rus", "mental_health_and_addiction", _LONG_AGO,
         5.0, 7, (16, 24)),
        (RINGEBU, "HUS", "Aktivitetshuset", "day_activity", _LONG_AGO, 3.2, 5, (14, 20)),
        (NORD_FRON, "PSYK", "Psykisk helse og rus", "mental_health_and_addiction", _LONG_AGO,
         5.5, 7, (14, 22)),
        (NORD_FRON, "BO", "Bofellesskapet", "housing", _LONG_AGO, 3.5, 6, (10, 16)),
        (NORD_FRON, "ARB", "Grønt arbeid", "work", dt.date(2022, 8, 1), 1.5, 3, (7, 11)),
        (SOR_FRON, "PSYK", "Psykisk helse og rus", "mental_health_and_addiction", _LONG_AGO,
         2.8, 4, (7, 12)),
    )
)  # fmt: skip

SERVICES_OF = {
    number: tuple(service for service in SERVICES if service.municipality == number)
    for number in NUMBERS
}

EVALUATION, STAFF = "brukerevaluering", "ansatte"
"""The two questionnaires: one for users and relatives, one for staff."""

_AGREE = "helt uenig=1; litt uenig=2; verken eller=3; litt enig=4; helt enig=5"

QUESTIONS: tuple[Row, ...] = tuple(
    {
        "survey": survey,
        "question": code,
        "text": text,
        "role": role,
        "scale": scale,
        "topic": topic,
    }
    for survey, code, text, role, scale, topic in (
        (EVALUATION, "informasjon", "Informasjonen jeg fikk, var lett å forstå.", "core",
         _AGREE, "information"),
        (EVALUATION, "respekt", "Jeg ble møtt med respekt.", "core", _AGREE, "experience"),
        (EVALUATION, "paavirke", "Jeg kunne påvirke det som ble gjort.", "core",
         _AGREE, "experience"),
        (EVALUATION, "nytte", "Hvor stor nytte hadde du av tilbudet?", "benefit",
         "ingen nytte=1; liten nytte=2; noe nytte=3; stor nytte=4; svært stor nytte=5",
         "experience"),
        (EVALUATION, "viktig", "Ble du spurt om hva som er viktig for deg?", "what_matters",
         "nei=1; delvis=2; ja=3", "experience"),
        (EVALUATION, "hort", "Innspillene mine blir hørt.", "listened_to", _AGREE, "experience"),
        (STAFF, "kunnskap", "Jeg har den kunnskapen jeg trenger om brukermedvirkning.", "other",
         _AGREE, "staff_needs"),
        (STAFF, "systemer", "Vi har systemer som gjør det lett å bruke tilbakemeldinger.", "other",
         _AGREE, "staff_needs"),
    )
)  # fmt: skip


def municipalities() -> list[Row]:
    """One row per municipality, in the contract's columns."""
    return [
        {
            "municipality_id": place.number,
            "name": place.name,
            "joined_on": place.joined_on,
            "joined_precision": place.joined_precision,
            "is_host": place.is_host,
            "capacity": place.capacity,
            "capacity_unit": place.capacity_unit,
            "capacity_from": dt.date(2021, 1, 1),
            "tools": list(place.tools),
        }
        for place in PLACES
    ]


def services() -> list[Row]:
    """One row per service, in the contract's columns."""
    return [
        {
            "service_id": service.service_id,
            "municipality": service.municipality,
            "name": service.name,
            "kind": service.kind,
            "active_from": service.active_from,
            "fte": service.fte,
            "employees": service.employees,
        }
        for service in SERVICES
    ]
