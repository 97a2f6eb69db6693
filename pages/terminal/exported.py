"""What is shown of a release, cell by cell, as JSON for machines and CSV for Norwegian Excel."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from data import settings
from data.store import RefusedError
from pages.terminal import output, release
from pages.text import cells, language, later, say
from queries import ask, cards, versions
from queries.cards import Card
from queries.commitments import load_commitments
from queries.disclosure import COOPERATION, tertial_of
from queries.shown_from import appearance

if TYPE_CHECKING:
    # The workbook's writer is loaded by those who want one.
    from pages.documents.numbers import Numbers

EXAMPLE = later("Example data – the numbers are made up")

DAYS_OF_A_TERTIAL = 123
"""The longest: May to August, and September to December is one less."""

LOCKED_WITHIN = 31
"""Days after its end within which a month is locked where locks are made on time."""


@dataclass(frozen=True)
class Shown:
    """What is shown of a release, whole or of one month.

    Attributes:
        facts: What the release says of itself.
        month: The month that was asked for; None for all.
    """

    facts: Mapping[str, Any]
    month: dt.date | None
    cells: Sequence[Mapping[str, Any]]
    commitments: Sequence[Mapping[str, Any]]
    more: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def locked_at(self) -> dt.datetime | None:
        """When the month was locked (UTC); None where it was not."""
        found = {one["month"]: one["locked_at"] for one in self.facts["locked_months"]}
        return found.get(self.month)


MORE = {
    "anchoring": None,
    "data_quality": "month",
    "verdicts": "period",
    "deviations": None,
    "deviation_turns": None,
    "month_versions": "month",
    "corrections": "month",
}
"""Further tables of the release that are exported row by row, each asked for under its own name:
by table the column that says which month a row belongs to; None where every month shows them all.
A release of an earlier version lacks those that came later, and is exported as it was."""


def shown(
    folder: Path, number: int | None, when: dt.date | None, version: int | None = None
) -> Shown:
    """Everything that is shown, or was shown of one month.

    What is read live beside the numbers of a locked month, as attestations are, is none of them.

    Args:
        number: An earlier release; otherwise the current one, or what the month's lock kept.
        when: The first day of the month.
        version: A version of the month; of a locked month what was locked by default.

    Raises:
        RefusedError: "unknown_month" when the release holds no such month, "no_version" when the
            month has no such version.
        NoReleaseError: There is no such release.
    """
    current = ask.current_release(folder) if number is None else number
    facts = release.facts(folder, current)
    is_locked = False
    if when is not None:
        known = ask.ask("months", store=folder, release=current)["month"]
        if when not in set(known):
            raise RefusedError("unknown_month", month=when, first=known.min(), last=known.max())
        if version is not None or (number is None and versions.versions(folder, when)):
            _, kept = versions.release_of(folder, when, version)
            facts = release.facts(folder, kept)
            is_locked = True

    def asked(question: str) -> Iterable[Mapping[str, Any]]:
        return ask.ask(question, store=folder, release=facts["number"]).iter_rows(named=True)

    held = {row["table_name"] for row in asked("columns")}
    names = {row["municipality_id"]: row["name"] for row in asked("frame_municipalities")}
    known_cards = cards.load_all()
    lock_day = settings.load().lock_day
    return Shown(
        facts,
        when,
        [
            _cell(row, known_cards[row["indicator"]], names, lock_day, facts["today"])
            for row in _near(ask.ask("cells", store=folder, release=facts["number"]), when)
            if when is None or _belongs(row, when, known_cards[row["indicator"]].matures_after_days)
            # Who attests does so after the lock: what was known then says nothing of it.
            if not (is_locked and known_cards[row["indicator"]].is_live)
        ],
        [
            _commitment(row, names)
            for row in asked("commitments")
            if when is None or row["month"] == when
        ],
        {
            name: [
                _named(row, names)
                for row in asked(name)
                if when is None or column is None or _is_of(row[column], column, when)
            ]
            for name, column in MORE.items()
            if name in held
        },
    )


def _near(frame: pl.DataFrame, when: dt.date | None) -> Iterable[Mapping[str, Any]]:
    """The rows that may be shown of a month: ten years hold a hundred times as many."""
    if when is not None:
        month, tertial = pl.col("grain") == "month", pl.col("grain") != "month"
        two_years = pl.col("period").is_between(when - dt.timedelta(days=731), when)
        frame = frame.filter((month & (pl.col("period") == when)) | (tertial & two_years))
    return frame.iter_rows(named=True)


def _belongs(row: Mapping[str, Any], when: dt.date, matures_after_days: int = 0) -> bool:
    """Whether a cell is shown of a month: the month itself, its tertial, and the one before it.

    While a tertial lasts, and until its answers have come in, the one before it is what is shown:
    of answers that come half a year later, the third before it.
    """
    if row["grain"] == "month":
        return bool(row["period"] == when)
    first = tertial_of(when)
    for _ in range(1 + (matures_after_days + LOCKED_WITHIN) // DAYS_OF_A_TERTIAL):
        first = tertial_of(first - dt.timedelta(days=1))
    return bool(first <= row["period"] <= when)


def _is_of(day: dt.date, column: str, when: dt.date) -> bool:
    grain = "tertial" if column == "period" else "month"
    return _belongs({"grain": grain, "period": day}, when)


def _named(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A row as it is, the municipality's number and its name under the names they have here."""
    named = {"municipality" if name == "municipality_id" else name: row[name] for name in row}
    if "municipality_id" in row:
        named["municipality_name"] = _name(row["municipality_id"], names)
    return named


def _cell(
    row: Mapping[str, Any],
    card: Card,
    names: Mapping[str, str],
    lock_day: int,
    today: dt.date,
) -> dict[str, Any]:
    unit = card.unit_of(row["part"])
    told = dict(row)
    if row["reason"] == "awaits_lock":
        told |= appearance(
            row, matures_after_days=card.matures_after_days, lock_day=lock_day, today=today
        )
    part = card.parts.get(row["part"])
    has_interval = row["low"] is not None and row["high"] is not None
    return {
        "indicator": row["indicator"],
        "title": cells.words(card, "title"),
        "group": card.group,
        "unit": unit,
        "municipality": row["municipality_id"],
        "municipality_name": _name(row["municipality_id"], names),
        "grain": row["grain"],
        "period": row["period"],
        "period_text": cells.period_text(row),
        "part": row["part"],
        "part_text": row["part"] if part is None else part.text[language()],
        "state": row["state"],
        "numerator": row["numerator"],
        "denominator": row["denominator"],
        "value": row["value"],
        "text": cells.shown_text(told, card),
        "beside": cells.beside(row, card),
        "shown": row["shown"],
        "band": row["band"],
        "denominator_band": row["denominator_band"],
        "reason": row["reason"],
        "reason_text": cells.reason_text(row),
        "interval": [row["low"], row["high"]] if has_interval else None,
        "interval_text": cells.interval_text(row),
        "signal": row["signal"],
        "signal_text": cells.signal_word(row),
        "signal_rule": row["signal_rule"],
        "signal_since": row["signal_since"],
        "limits_are_provisional": row["limits_are_provisional"],
        "centre": row["centre"],
        "assurance": row["assurance"],
        # A target is for the whole, and so is the verdict against it.
        "assurance_text": None if row["part"] else cells.assurance_word(row, card),
        "target_text": None if row["part"] else cells.target_text(card),
        "delivered": row["delivered"],
        "members": row["members"],
        "updated_on": row["updated_on"],
        "frozen_in": row["frozen_in"],
    }


def _name(place: str, names: Mapping[str, str]) -> str:
    """A municipality that is in no list any more is known by its number."""
    return say("the cooperation") if place == COOPERATION else names.get(place, place)


def _commitment(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "municipality": row["municipality_id"],
        "municipality_name": _name(row["municipality_id"], names),
        "month": row["month"],
        "commitment": row["commitment"],
        "title": cells.words(load_commitments()[row["commitment"]], "name"),
        "state": row["state"],
        "text": cells.commitment_word(row),
        "kept": row["kept"],
        "due": row["due"],
        "frozen_in": row["frozen_in"],
    }


# -- as JSON ---------------------------------------------------------------------------------


def as_json(shown: Shown) -> bytes:
    """Everything, with whole numbers as such and the same bytes for the same release."""
    # Which release is shown now may change while this one stays what it is.
    facts = {name: value for name, value in shown.facts.items() if name != "is_current"}
    whole: dict[str, Any] = {"release": facts}
    if facts["is_demo"]:
        whole["example_data"] = say(EXAMPLE)
    whole["month"] = shown.month
    whole["locked_at"] = shown.locked_at
    head = json.dumps(whole, ensure_ascii=False, indent=2, default=output.plain)
    # A line for each cell: a changed number is then a changed line.
    lists = [
        f'  "{name}": [\n' + ",\n".join(f"    {_line(row)}" for row in rows) + "\n  ]"
        for name, rows in {
            "cells": shown.cells,
            "commitments": shown.commitments,
            **shown.more,
        }.items()
    ]
    return (head.removesuffix("\n}") + ",\n" + ",\n".join(lists) + "\n}\n").encode()


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(
        {name: _number(value) for name, value in row.items()},
        ensure_ascii=False,
        default=output.plain,
    )


def _number(value: Any) -> Any:
    """A count as a whole number: the release keeps all its numbers as fractions."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# -- as CSV ----------------------------------------------------------------------------------


def as_csv(shown: Shown) -> bytes:
    """The cells as Norwegian Excel opens them: BOM, semicolon, decimal comma, dates with dots."""
    from pages.documents.numbers import numbers_csv

    return numbers_csv(numbers(shown))


def numbers(shown: Shown) -> Numbers:
    """What is shown, as the documents take it."""
    from pages.documents.numbers import Numbers

    return Numbers(shown.facts, shown.month, shown.locked_at, shown.cells, shown.commitments)
