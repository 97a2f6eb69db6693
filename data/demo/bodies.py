"""The invented bodies with seats for user representatives, and the goals that leaders decided."""

from __future__ import annotations

import datetime as dt

from data.demo.places import (
    BY_NUMBER,
    GAUSDAL,
    LILLEHAMMER,
    NORD_FRON,
    OYER,
    RINGEBU,
    SOR_FRON,
    Row,
)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# Per body: municipality, id, name, kind, from, to, how many municipalities its seats speak for.
_BODIES: dict[str, tuple[str, str, str, str, str | None, int]] = {
    "P-LIL": (LILLEHAMMER, "Brukerpanelet i Lillehammer", "user_panel", "2021-02-01", None, 1),
    "FT-LIL-1": (
        LILLEHAMMER, "Forbedringsteam oppfølging", "improvement_team", "2023-02-01", None, 1,
    ),
    "FT-LIL-2": (LILLEHAMMER, "Forbedringsteam rus", "improvement_team", "2024-09-01", None, 1),
    "SG": (
        LILLEHAMMER, "Styringsgruppa for Kompetansebanken", "steering_group", "2021-01-01", None, 6,
    ),
    "FAG": (LILLEHAMMER, "Interkommunalt fagteam", "leader_team", "2018-12-01", None, 6),
    "AG": (
        LILLEHAMMER, "Interkommunal arbeidsgruppe", "working_group", "2024-01-01", "2025-06-30", 6,
    ),
    "FT-OYE-1": (
        OYER, "Forbedringsteam psykisk helse og rus", "improvement_team", "2022-10-01", None, 1,
    ),
    "FT-GAU-1": (
        GAUSDAL, "Forbedringsteam psykisk helse og rus", "improvement_team", "2023-11-01", None, 1,
    ),
    "FT-GAU-2": (
        GAUSDAL, "Forbedringsteam aktivitetssenteret", "improvement_team", "2026-09-14", None, 1,
    ),
    "P-RIN": (RINGEBU, "Brukerpanelet i Ringebu", "user_panel", "2022-05-01", None, 1),
    "FT-RIN-1": (RINGEBU, "Forbedringsteam aktivitet", "improvement_team", "2023-09-01", None, 1),
    "P-NFR": (NORD_FRON, "Brukerpanelet i Nord-Fron", "user_panel", "2023-03-01", None, 1),
    "BR-SFR": (SOR_FRON, "Brukerråd for psykisk helse og rus", "other", "2022-01-01", None, 2),
}  # fmt: skip

# Per seat: body, then each time it was filled: from, to, recruited, trained, used the service.
# A seat that is vacant now ends with None.
_Filled = tuple[str, str | None, str, bool, bool | None]
_SEATS: tuple[tuple[str, str, tuple[_Filled | None, ...]], ...] = (
    ("V-LIL-01", "P-LIL", (("2021-02-01", None, "open_call", True, True),)),
    ("V-LIL-02", "P-LIL", (
        ("2022-01-01", "2024-05-31", "organisation", True, True),
        ("2024-08-15", None, "panel", True, True),
    )),
    ("V-LIL-03", "P-LIL", (("2023-06-01", None, "open_call", False, True),)),
    ("V-LIL-04", "P-LIL", (
        ("2021-02-01", "2025-03-31", "known_to_service", False, True),
        ("2025-05-05", None, "open_call", True, True),
    )),
    ("V-LIL-05", "FT-LIL-1", (("2023-02-01", None, "panel", True, True),)),
    ("V-LIL-06", "FT-LIL-1", (
        ("2023-04-01", "2026-01-31", "known_to_service", False, True),
        ("2026-02-16", None, "open_call", True, True),
    )),
    ("V-LIL-07", "FT-LIL-2", (("2024-09-15", None, "known_to_service", False, True),)),
    ("V-LIL-08", "FT-LIL-2", (("2024-10-01", "2026-07-31", "organisation", True, None), None)),
    ("V-LIL-09", "SG", (("2021-01-01", None, "organisation", True, False),)),
    ("V-LIL-10", "SG", (("2021-06-01", None, "organisation", True, False),)),
    ("V-LIL-11", "FAG", (("2024-01-15", None, "organisation", True, True),)),
    ("V-LIL-12", "AG", (("2024-01-15", "2025-06-30", "organisation", True, False),)),
    ("V-OYE-01", "FT-OYE-1", (("2022-10-01", None, "known_to_service", False, True),)),
    ("V-OYE-02", "FT-OYE-1", (
        ("2023-01-15", "2023-09-30", "other", False, True),
        ("2024-02-01", "2026-03-15", "open_call", True, True),
        None,
    )),
    ("V-GAU-01", "FT-GAU-1", (("2023-11-01", None, "known_to_service", False, True),)),
    ("V-GAU-02", "FT-GAU-1", (
        ("2024-03-01", "2025-08-31", "known_to_service", False, True),
        ("2025-12-01", None, "other", False, True),
    )),
    ("V-GAU-03", "FT-GAU-2", (None,)),
    ("V-RIN-01", "P-RIN", (("2022-05-01", None, "open_call", True, True),)),
    ("V-RIN-02", "P-RIN", (("2022-05-01", None, "open_call", True, True),)),
    ("V-RIN-03", "P-RIN", (
        ("2022-09-01", "2024-12-31", "organisation", False, False),
        ("2025-02-10", None, "known_to_service", True, True),
    )),
    ("V-RIN-04", "FT-RIN-1", (("2023-09-01", None, "panel", True, True),)),
    ("V-RIN-05", "FT-RIN-1", (("2023-10-15", None, "panel", True, True),)),
    ("V-NFR-01", "P-NFR", (("2023-03-01", None, "known_to_service", False, True),)),
    ("V-NFR-02", "P-NFR", (
        ("2023-03-01", "2023-12-31", "organisation", True, False),
        ("2024-04-08", "2026-09-20", "organisation", True, False),
        ("2026-10-19", None, "open_call", False, True),
    )),
    ("V-SFR-01", "BR-SFR", (("2022-01-01", None, "organisation", True, False),)),
)  # fmt: skip


def seats() -> list[Row]:
    """One row each time a seat was filled, and one with no date for a seat that is vacant now."""
    rows = []
    for seat_id, body_id, times in _SEATS:
        municipality, body, kind, since, until, covers = _BODIES[body_id]
        for filled in times:
            row: Row = {
                "seat_id": seat_id,
                "municipality": municipality,
                "body_id": body_id,
                "body": body,
                "body_kind": kind,
                "body_from": _day(since),
                "body_to": _day(until),
                "seat_from": _made_on(since, times),
                "seat_to": _day(until),
            }
            if filled is not None:
                row |= {
                    "filled_from": _day(filled[0]),
                    "filled_to": _day(filled[1]),
                    "recruited_via": filled[2],
                    "trained": filled[3],
                    "used_service": filled[4],
                    "covers_municipalities": covers,
                }
            rows.append(row)
    return rows


def _made_on(body_from: str, times: tuple[_Filled | None, ...]) -> dt.date:
    """With the body, or at most two months before somebody first took the seat."""
    with_body = dt.date.fromisoformat(body_from)
    if times[0] is None:
        return with_body
    return max(with_body, dt.date.fromisoformat(times[0][0]) - dt.timedelta(days=60))


def vacant_since(rows: list[Row], seat_id: str) -> dt.date:
    """The day after the last representative left, or the day the seat was made."""
    own = [row for row in rows if row["seat_id"] == seat_id]
    ends: list[dt.date] = [row["filled_to"] for row in own if row.get("filled_to")]
    made_on: dt.date = own[0]["seat_from"]
    return max(ends) + dt.timedelta(days=1) if ends else made_on


_OPERATIONS, _REPRESENTATION = "ordinary_operations", "user_representation"
_DIALOGUE, _SURVEYS = "dialogue_meetings", "surveys_for_development"
_HEAD = "kommunalsjef"

_RATE = "Svarprosent et halvt år etter kurs"
_MEETINGS = "Dialogmøter per tjeneste og år"
_TOLD = "Andel tiltak der brukerne får vite hva som ble endret"
_FRESH = "Andel tjenester med tilbakemelding de siste 90 dagene"
_SEATED = "Forbedringsteam med to brukerrepresentanter"
_REPORTS = "Andel dialogmøter med rapport innen 30 dager"

# Municipality, number, theme, measure, baseline, aim, due, decided, by whom, closed.
_GOALS = (
    (LILLEHAMMER, 1, _DIALOGUE, _MEETINGS, 2.0, 4.0, "2024-12-31", "2023-01-16", _HEAD,
     "2024-12-16"),
    (LILLEHAMMER, 2, _SURVEYS, _RATE, 0.22, 0.3, "2025-12-31", "2024-11-18", _HEAD, "2025-12-15"),
    (LILLEHAMMER, 3, _OPERATIONS, _TOLD, 0.35, 0.8, "2026-12-31", "2026-01-20", _HEAD, None),
    (LILLEHAMMER, 4, _REPRESENTATION, _SEATED, 1.0, 2.0, "2027-06-30", "2026-03-23",
     "enhetsleder", None),
    (OYER, 1, _DIALOGUE, _REPORTS, 0.7, 1.0, "2025-12-31", "2023-03-13", _HEAD, "2025-12-19"),
    (OYER, 2, _OPERATIONS, "Andel åpne tiltak over frist", 0.55, 0.1, "2026-12-31", "2026-01-22",
     _HEAD, None),
    (GAUSDAL, 1, _SURVEYS, "Kurs med evaluering etter et halvt år", 0.25, 1.0, "2026-12-31",
     "2026-02-16", "enhetsleder", None),
    (RINGEBU, 1, _REPRESENTATION, "Møter i brukerpanelet per år", 3.0, 6.0, "2025-06-30",
     "2023-05-22", _HEAD, "2025-06-23"),
    (RINGEBU, 2, _SURVEYS, _RATE, 0.18, 0.25, "2026-12-31", "2026-01-20", _HEAD, None),
    (RINGEBU, 3, _OPERATIONS, _FRESH, 0.67, 1.0, "2026-06-30", "2025-06-23", _HEAD, "2026-06-22"),
    (NORD_FRON, 1, _DIALOGUE, _REPORTS, 0.6, 0.9, "2024-12-31", "2023-05-15", _HEAD, "2024-12-16"),
    (NORD_FRON, 2, _OPERATIONS, _FRESH, 0.5, 0.9, "2026-06-30", "2025-01-20", "enhetsleder",
     "2026-06-30"),
    (SOR_FRON, 1, _SURVEYS, "Svar fra brukerne per år", 6.0, 15.0, "2025-10-31", "2023-06-12",
     _HEAD, "2025-10-27"),
    (SOR_FRON, 2, _DIALOGUE, _MEETINGS, 4.0, 6.0, "2026-11-30", "2025-11-20", _HEAD, None),
)  # fmt: skip


def goals() -> list[Row]:
    """Every goal, with the day it was reached or laid aside."""
    return [
        {
            "goal_id": f"M-{BY_NUMBER[municipality].code}-{number}",
            "municipality": municipality,
            "theme": theme,
            "measure": measure,
            "baseline": baseline,
            "aim": aim,
            "due_on": _day(due),
            "decided_on": _day(decided),
            "decided_by_role": role,
            "closed_on": _day(closed),
            "criterion": "areas_decided",
        }
        for (
            municipality,
            number,
            theme,
            measure,
            baseline,
            aim,
            due,
            decided,
            role,
            closed,
        ) in _GOALS
    ]
