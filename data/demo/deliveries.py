"""Which files were delivered when, by whom and in which dialect, and what each holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.demo import dialects, story
from data.demo.dialects import Dialect
from data.demo.known import DATED_BY, known
from data.demo.places import (
    GAUSDAL,
    LILLEHAMMER,
    NORD_FRON,
    NUMBERS,
    OYER,
    RINGEBU,
    SOR_FRON,
    Row,
)
from data.demo.surveys import WRITES_SURVEYXACT
from data.demo.world import world

_DAYS = {
    dt.date(2026, 1, 1): dt.date(2026, 2, 4),
    dt.date(2026, 2, 1): dt.date(2026, 3, 4),
    dt.date(2026, 3, 1): dt.date(2026, 4, 8),
    dt.date(2026, 4, 1): dt.date(2026, 5, 5),
    dt.date(2026, 5, 1): dt.date(2026, 6, 3),
    dt.date(2026, 6, 1): dt.date(2026, 7, 1),
    dt.date(2026, 7, 1): dt.date(2026, 8, 5),
    dt.date(2026, 8, 1): dt.date(2026, 9, 3),
    dt.date(2026, 9, 1): dt.date(2026, 10, 5),
    dt.date(2026, 10, 1): dt.date(2026, 11, 4),
}
"""By month, the day its first files were delivered."""

ON_THE_LAST_DAY = dt.date(2026, 2, 1)
"""The month whose list of actions Lillehammer delivered on the lock day, a few hours before."""

_FORMS = tuple(number for number in NUMBERS if number not in WRITES_SURVEYXACT)
_TOGETHER = (OYER, GAUSDAL, RINGEBU, NORD_FRON)
"""Who keep their actions in one sheet, which the regional coordinator delivers."""


@dataclass(frozen=True)
class Who:
    """A role, and whose; the regional coordinator is for all six."""

    role: str
    municipality: str | None = None


REGIONAL = Who("regional_coordinator")


@dataclass(frozen=True)
class Delivery:
    """One file on its way in.

    Attributes:
        file: Its path below files/.
        municipalities, first, last: What it covers.
        mapping: The saved mapping that reads it; None where its headings are the contract's.
    """

    file: str
    at: dt.datetime
    who: Who
    municipalities: tuple[str, ...]
    first: dt.date
    last: dt.date
    content: bytes
    mapping: str | None = None


SURVEYXACT, FORMS, PLANNER = "evaluering_surveyxact", "evaluering_forms", "tiltak_planner"
"""The names of the mappings that read the tools' files."""


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))


def _of(rows: Iterable[Row], municipalities: Sequence[str]) -> list[Row]:
    return [row for row in rows if row["municipality"] in municipalities]


def deliveries() -> list[Delivery]:
    """Every delivery in the order of time."""
    desk = _Desk()
    found = _history(desk)
    for month, day in _DAYS.items():
        found += _monthly(month, day, desk)
    return sorted(found, key=lambda delivery: delivery.at)


class _Desk:
    """Where files are made: it remembers what was delivered, so that files hold news only."""

    def __init__(self) -> None:
        self._delivered: dict[tuple[str, str, str], Row] = {}
        self._answers: set[int] = set()
        self._files: dict[bytes, str] = {}

    def rows(self, kind: str, month: dt.date, day: dt.date) -> list[Row]:
        """What is dated through the month, as it was known on the morning of the day.

        Of the fagteam the coming meeting too, which has no counts yet.
        """
        ended = story.month_end(month)
        if kind in ("seats", "goals"):
            # No monthly kinds: the regional coordinator keeps them, also for who is silent.
            return known(kind, world().rows[kind], ended + dt.timedelta(days=1))
        dated = [row for row in world().rows[kind] if row[DATED_BY[kind]] <= ended]
        rows = known(kind, dated, day)
        if kind == "activities":
            rows += [
                {name: value for name, value in row.items() if name not in ("leaders", "deputies")}
                for row in world().rows[kind]
                if row["kind"] == "leader_team" and row["ends_on"] == story.MEETING_DAYS[month]
            ]
        return [row for row in rows if month not in story.SILENT.get(row["municipality"], ())]

    def news(self, kind: str, month: dt.date, day: dt.date) -> list[Row]:
        """Those of the rows that are new or have changed since they were last delivered."""
        found = []
        for row in self.rows(kind, month, day):
            name = row["activity_id" if kind == "activities" else "wave_id"]
            key = (kind, name, row["municipality"])
            if self._delivered.get(key) != row:
                self._delivered[key] = row
                found.append(row)
        return found

    def answers(self, municipalities: Sequence[str], month: dt.date, day: dt.date) -> list[Row]:
        """The answers to waves of the month and before that came since the last time."""
        sent = {row["wave_id"] for row in self.rows("survey_waves", month, day)}
        found = [
            row
            for row in world().answers
            if row["municipality"] in municipalities
            and row["wave_id"] in sent
            and row["at"].date() < day
            and row["answer"] not in self._answers
        ]
        self._answers |= {row["answer"] for row in found}
        return found

    def file(self, path: str, content: bytes) -> str:
        """The path of a file; that of the earlier one when nothing in it has changed."""
        return self._files.setdefault(content, path)


def _history(desk: _Desk) -> list[Delivery]:
    """Three years at once, on the day the dashboard was taken into use."""
    month, day = story.HISTORY_THROUGH, story.HISTORY_DAY
    excel, utf8 = dialects.NORWEGIAN_EXCEL, dialects.EXCEL_UTF8
    texts: list[tuple[str, str, list[Row], Dialect]] = [
        ("kommuner", "municipalities", world().rows["municipalities"], excel),
        ("tjenester", "services", world().rows["services"], excel),
        ("sporsmal", "questions", world().rows["questions"], utf8),
        ("aktiviteter", "activities", desk.news("activities", month, day), utf8),
        ("utsendinger", "survey_waves", desk.news("survey_waves", month, day), excel),
    ]
    later: list[tuple[str, str, list[Row], Dialect]] = [
        ("innspill", "feedback", desk.rows("feedback", month, day), dialects.SYSTEM_EXPORT),
        ("tiltak", "actions", desk.rows("actions", month, day), utf8),
        ("verv", "seats", desk.rows("seats", month, day), dialects.EXCEL_SEPARATOR_LINE),
        ("maal", "goals", desk.rows("goals", month, day), excel),
    ]
    files: list[tuple[str, bytes, str | None]] = [
        (f"{name}_2023-2025.csv", dialects.as_text(kind, rows, dialect), None)
        for name, kind, rows, dialect in texts
    ]
    xact = dialects.as_surveyxact(desk.answers(WRITES_SURVEYXACT, month, day), is_unicode=True)
    forms = dialects.as_forms(desk.answers(_FORMS, month, day))
    files.append(("svar_surveyxact_2023-2025.csv", xact, SURVEYXACT))
    files.append(("svar_forms_2023-2025.csv", forms, FORMS))
    files += [
        (f"{name}_2023-2025.csv", dialects.as_text(kind, rows, dialect), None)
        for name, kind, rows, dialect in later
    ]
    return [
        Delivery(
            desk.file(f"historie/{name}", content),
            _at(day, 9, 3 * number),
            REGIONAL,
            _answering(mapping, NUMBERS),
            story.FIRST_MONTH,
            month,
            content,
            mapping,
        )
        for number, (name, content, mapping) in enumerate(files)
    ]


def _answering(mapping: str | None, municipalities: tuple[str, ...]) -> tuple[str, ...]:
    """Whose answers a survey tool's file holds; without a mapping, all of them."""
    tools = {SURVEYXACT: WRITES_SURVEYXACT, FORMS: _FORMS}
    return tuple(number for number in tools.get(mapping or "", NUMBERS) if number in municipalities)


def _monthly(month: dt.date, day: dt.date, desk: _Desk) -> list[Delivery]:
    delivering = tuple(number for number in NUMBERS if month not in story.SILENT.get(number, ()))
    name = f"{month:%Y-%m}"
    found: list[Delivery] = []

    def add(
        file: str,
        content: bytes,
        at: dt.datetime,
        municipalities: Sequence[str],
        who: Who = REGIONAL,
        mapping: str | None = None,
    ) -> None:
        path = desk.file(f"{name}/{file}", content)
        found.append(Delivery(path, at, who, tuple(municipalities), month, month, content, mapping))

    def text(kind: str, dialect: Dialect, rows: Iterable[Row] | None = None) -> bytes:
        return dialects.as_text(
            kind, desk.rows(kind, month, day) if rows is None else rows, dialect
        )

    activities, waves = desk.news("activities", month, day), desk.news("survey_waves", month, day)
    utf8, excel = dialects.EXCEL_UTF8, dialects.NORWEGIAN_EXCEL
    add(f"aktiviteter_{name}.csv", text("activities", utf8, activities), _at(day, 9, 5), delivering)
    add(f"utsendinger_{name}.csv", text("survey_waves", excel, waves), _at(day, 9, 10), delivering)
    for tool, file, numbers in (
        (SURVEYXACT, f"svar_surveyxact_{name}.csv", _answering(SURVEYXACT, delivering)),
        (FORMS, f"svar_forms_{name}.csv", _answering(FORMS, delivering)),
    ):
        came = desk.answers(numbers, month, day)
        made = dialects.as_forms(came) if tool == FORMS else dialects.as_surveyxact(came)
        add(file, made, _at(day, 9, 15 if tool == SURVEYXACT else 20), numbers, mapping=tool)
    system = dialects.SYSTEM_EXPORT
    add(f"innspill_{name}.csv", text("feedback", system), _at(day, 9, 25), delivering)
    separator = dialects.EXCEL_SEPARATOR_LINE
    add(f"verv_{name}.csv", text("seats", separator), _at(day, 9, 30), NUMBERS)
    add(f"maal_{name}.csv", text("goals", excel), _at(day, 9, 35), NUMBERS)
    for file, at, numbers, who in _lists(month, day):
        rows = _of(desk.rows("actions", month, at.date()), numbers)
        if numbers == (SOR_FRON,):
            made = dialects.as_planner(rows, "Brukermedvirkning Sør-Fron", at.date())
            add(f"{file}_{name}.xlsx", made, at, numbers, who, PLANNER)
        else:
            made = dialects.as_text("actions", rows, _LIST_DIALECTS[numbers])
            held = tuple(number for number in numbers if number in delivering)
            add(f"{file}_{name}.csv", made, at, held, who)
    return found


_LIST_DIALECTS = {
    (LILLEHAMMER,): dialects.NORWEGIAN_EXCEL_WIDE,
    _TOGETHER: dialects.EXCEL_UTF8,
}


def _lists(month: dt.date, day: dt.date) -> list[tuple[str, dt.datetime, tuple[str, ...], Who]]:
    """The lists of actions of a month: file, when, whose, by whom."""
    lillehammer, sor_fron = _at(day + dt.timedelta(days=1), 10, 15), _at(day, 15, 30)
    if month == ON_THE_LAST_DAY:
        lillehammer = _at(story.LOCK_DAYS[month], 8, 50)
    who_is_late, late_month, late_day = story.LATE_LIST
    if month == late_month and who_is_late == SOR_FRON:
        sor_fron = _at(late_day, 11, 20)
    return [
        ("tiltak_felles", _at(day, 14, 0), _TOGETHER, REGIONAL),
        ("tiltak_sor-fron", sor_fron, (SOR_FRON,), Who("coordinator", SOR_FRON)),
        ("tiltak_lillehammer", lillehammer, (LILLEHAMMER,), Who("coordinator", LILLEHAMMER)),
    ]
