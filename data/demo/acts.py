"""What people did in the dashboard: attested, decided, gave evidence, reviewed and locked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from data.demo import deviations, story
from data.demo.deliveries import REGIONAL, Who
from data.demo.places import (
    GAUSDAL,
    LILLEHAMMER,
    NORD_FRON,
    OYER,
    RINGEBU,
    SOR_FRON,
)


@dataclass(frozen=True)
class Act:
    """One thing somebody did; `facts` are the arguments of the function in data/acts.py.

    A decision has a `decision` of its own, a short name that what becomes of it repeats: the
    number it gets in the ledger is not known before it is there.
    """

    act: str
    at: dt.datetime
    who: Who
    facts: dict[str, Any] = field(default_factory=dict)


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def acts() -> list[Act]:
    """Every act in the order of time."""
    found = [
        *_locks(),
        *_attestations(),
        *_decisions(),
        *_turns(),
        *_evidence(),
        *_deviations(),
    ]
    return sorted(found, key=lambda act: act.at)


def _locks() -> list[Act]:
    history = Act(
        "lock_history",
        _at(story.HISTORY_DAY, 12),
        REGIONAL,
        {"through": f"{story.HISTORY_THROUGH:%Y-%m}"},
    )
    months = [
        Act("lock", _at(day, 13), REGIONAL, {"month": f"{month:%Y-%m}"})
        for month, day in story.LOCK_DAYS.items()
    ]
    return [history, *months]


# Per municipality, January to October 2026: seen, follows up, asks for; "." is nobody, and a small
# letter is an attestation that came after the meeting.
_HEADS = {
    LILLEHAMMER: "SFAFSSSAFS",
    OYER: "SFFsSFSSFF",
    GAUSDAL: "SSFS..SSS.",
    RINGEBU: "SAFSSSFASF",
    NORD_FRON: "SS.SsSSSS.",
    SOR_FRON: "SFSSASSFSS",
}
_STATEMENTS = {"S": "seen", "F": "follows_up", "A": "asks_for"}

_ASKS = {
    (LILLEHAMMER, 3): "Hvor mange av tiltakene fra i vinter er meldt tilbake til brukerne?",
    (LILLEHAMMER, 8): "Hva gjør vi med tjenesten som ikke er spurt siden juni?",
    (RINGEBU, 2): "Hva har brukerpanelet ment om åpningstidene?",
    (RINGEBU, 8): "Hvilke tiltak er lånt av naboene, og virker de her?",
    (SOR_FRON, 5): "Kan vi få svarene fra kursene sammen med Nord-Fron sine?",
}
_FOLLOWS = (
    "Tas opp i ledergruppa",
    "Frister og ansvar gås gjennom med enhetslederne",
    "Settes på dagsorden i neste personalmøte",
)


def _attestations() -> list[Act]:
    found: list[Act] = []
    for month, lock_day in story.LOCK_DAYS.items():
        for number, letters in _HEADS.items():
            letter = letters[month.month - 1]
            if letter == ".":
                continue
            chance = story.dice("attest", month, number)
            meeting = story.MEETING_DAYS[month]
            if letter.islower():
                day = meeting + dt.timedelta(days=chance.randint(4, 9))
            else:
                day = lock_day + dt.timedelta(days=chance.randint(0, (meeting - lock_day).days))
            # In the afternoon of the lock day at the earliest, before the meeting on its own day.
            at = _at(day, 8 if day == meeting else 14, chance.randint(0, 59))
            statement = _STATEMENTS[letter.upper()]
            facts = {"municipality": number, "month": f"{month:%Y-%m}", "statement": statement}
            if statement == "asks_for":
                facts["text"] = _ASKS[number, month.month]
            elif statement == "follows_up":
                facts["text"] = chance.choice(_FOLLOWS)
            found.append(Act("attest", at, Who("leader", number), facts))
    return found


# Name, decided, text, whose job, due, for whom, about which indicator, action, criterion, done.
_DECIDED: tuple[tuple[str, str, str, str, str, str | None, dict[str, str], str | None], ...] = (
    (
        "faste-dager", "2026-01-15",
        "Alle kommuner leverer filene sine innen den femte virkedagen i måneden",
        "koordinator i hver kommune", "2026-02-28", None, {}, "2026-03-04",
    ),
    (
        "halvt-aar", "2026-02-12",
        "Alle kurs får evaluering på SMS etter et halvt år",
        "kurskoordinator", "2026-04-30", None, {"indicator": "half_year_evaluation"}, None,
    ),
    (
        "tilbakemelding", "2026-03-12",
        "Et tiltak er ikke ferdig før brukerne har fått vite hva som ble endret",
        "enhetsleder", "2026-04-10", None, {"indicator": "told_back"}, "2026-04-09",
    ),
    (
        "oyer-frister", "2026-03-12",
        "Gå gjennom alle tiltak over frist, og sett frister som holder",
        "enhetsleder", "2026-05-31", OYER, {"indicator": "overdue_actions"}, "2026-05-29",
    ),
    (
        "lillehammer-tid", "2026-04-14",
        "Sette av to timer i uka til brukermedvirkning i hver enhet",
        "kommunalsjef helse og omsorg", "2026-06-30", LILLEHAMMER,
        {"criterion": "conditions_secured"}, "2026-06-22",
    ),
    (
        "ringebu-ledergruppe", "2026-04-14",
        "Koordinator for brukermedvirkning blir fast medlem av ledergruppa",
        "kommunalsjef helse og omsorg", "2026-05-31", RINGEBU,
        {"criterion": "organisation_decided"}, "2026-05-18",
    ),
    (
        "gausdal-vikar", "2026-05-12",
        "Skaffe vikar for koordinatoren, så filene kommer igjen",
        "enhetsleder", "2026-07-31", GAUSDAL, {}, "2026-08-03",
    ),
    (
        "ferske-tjenester", "2026-06-11",
        "Spørre brukerne i tjenestene som ikke er spurt det siste kvartalet",
        "fagleder", "2026-09-30", None, {"indicator": "feedback_freshness"}, None,
    ),
    (
        "felles-rekruttering", "2026-07-07",
        "Sende felles invitasjon til nye brukerrepresentanter i alle seks kommuner",
        "drifts- og utviklingskoordinator", "2026-10-15", None,
        # Three weeks late, after the meeting of October and before the lock.
        {"indicator": "seats_filled"}, "2026-11-05",
    ),
    (
        "samme-dag", "2026-08-13",
        "Lage en felles tekst for SMS-evalueringen",
        "kurskoordinator", "2026-09-15", None, {"indicator": "same_day_evaluation"}, "2026-09-08",
    ),
    (
        "nord-fron-maal", "2026-08-13",
        "Vedta nye mål for brukermedvirkning",
        "kommunalsjef helse og omsorg", "2026-11-30", NORD_FRON,
        {"indicator": "concrete_goals"}, None,
    ),
    (
        "gausdal-brevene", "2026-10-13",
        "Fortelle brukerne hva som ble endret i brevene",
        "enhetsleder", "2026-10-30", GAUSDAL,
        {"indicator": "told_back", "action_id": "T-GAU-26-901"}, None,
    ),
    (
        "vara", "2026-10-13",
        "Vara møter i fagteamet når leder er borte",
        "enhetsleder", "2026-11-30", None, {"indicator": "leaders_present"}, None,
    ),
)  # fmt: skip


def _decisions() -> list[Act]:
    found: list[Act] = []
    for name, decided, text, owner_role, due, municipality, about, carried_out in _DECIDED:
        facts: dict[str, Any] = {
            "decision": name,
            "text": text,
            "owner_role": owner_role,
            "due_on": _day(due),
            "decided_on": _day(decided),
            **about,
        }
        if municipality is not None:
            facts["municipality"] = municipality
        found.append(Act("decide", _at(_day(decided), 14, len(found)), REGIONAL, facts))
        if carried_out is not None:
            on = _day(carried_out)
            found.append(Act("carry_out", _at(on, 15, 30), REGIONAL, {"decision": name, "on": on}))
    return found


MADE_ACTION = "V-NFR-26-01"
"""The number of the action that a decision of October's meeting became."""


def _turns() -> list[Act]:
    """What became of decisions at the meeting of 13 October and after it."""
    meeting = _day("2026-10-13")
    return [
        Act(
            "change_decision",
            _at(meeting, 15, 10),
            REGIONAL,
            {"decision": "nord-fron-maal", "due_on": _day("2027-01-31")},
        ),
        Act(
            "make_action",
            _at(meeting, 15, 20),
            REGIONAL,
            {
                "decision": "vara",
                "municipality": NORD_FRON,
                "title": "Peke ut fast vara til fagteamet",
                "action_id": MADE_ACTION,
            },
        ),
        Act(
            "move_action",
            _at(_day("2026-11-04"), 9, 30),
            Who("coordinator", NORD_FRON),
            {
                "municipality": NORD_FRON,
                "action_id": MADE_ACTION,
                "status": "in_progress",
                "on": _day("2026-11-03"),
            },
        ),
    ]


_EVIDENCE = (
    (LILLEHAMMER, "need_communicated", "2026-02-03", "Orientering i personalmøte, sak 4/26"),
    (LILLEHAMMER, "organisation_decided", "2026-01-27", "Vedtak i ledergruppa, sak 2/26"),
    (RINGEBU, "need_communicated", "2026-02-19", "Orientering i helse- og omsorgsutvalget, 7/26"),
    (OYER, "need_communicated", "2026-03-04", "Orientering i personalmøte, sak 3/26"),
    (OYER, "organisation_decided", "2026-03-18", "Vedtak i ledergruppa, sak 9/26"),
    (GAUSDAL, "need_communicated", "2026-03-11", "Orientering i personalmøte, sak 2/26"),
    (NORD_FRON, "need_communicated", "2026-03-25", "Orientering i personalmøte, sak 5/26"),
    (SOR_FRON, "need_communicated", "2026-02-24", "Orientering i personalmøte, sak 1/26"),
)

_LAPSED = (NORD_FRON, "organisation_decided", "2025-09-02", "Vedtak i ledergruppa, sak 21/25")
"""Given when the dashboard was new; more than twelve months old at the end of the story."""


def _evidence() -> list[Act]:
    found: list[Act] = []
    for municipality, criterion, on, reference in (*_EVIDENCE, _LAPSED):
        day = max(_day(on), story.HISTORY_DAY + dt.timedelta(days=2))
        facts = {
            "municipality": municipality,
            "criterion": criterion,
            "on": _day(on),
            "reference": reference,
        }
        who = Who("coordinator", municipality)
        found.append(Act("give_evidence", _at(day, 15, 10), who, facts))
    return found


def _deviations() -> list[Act]:
    reviews = [
        Act("review", at, Who("coordinator", facts["municipality"]), facts)
        for at, facts in deviations.reviews()
    ]
    reports = [
        Act("report", at, Who(role, facts["municipality"]), facts)
        for at, role, facts in deviations.reports()
    ]
    return [*reviews, *reports]
