"""What a month's documents tell beside the meeting's programme: every number, and who attested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from pages.charts.spark import spark
from pages.parts import findings
from pages.parts.attested import STATEMENTS
from pages.parts.matrix import GROUPS, TONES
from pages.parts.places import sentence
from pages.parts.waiting import MOST_LINES, leads
from pages.programme.reading import Reading
from pages.programme.since_last import attested_now, members
from pages.text import cells, corrections, later, listed, number, percent, say
from pages.text.below import below
from pages.text.markup import Markup
from queries.cards import Card
from queries.disclosure import COOPERATION

Row = Mapping[str, Any]

Tone = Literal["better", "worse", "change", "plain"]


@dataclass(frozen=True)
class Line:
    """One indicator in the month, worded as the matrix of the monthly status words it.

    Attributes:
        indicator: Its id.
        title, note: What it is called, and what is counted.
        state: "measured", "provisional", "missing", "withheld", …; "withheld" too for what is never
            shown of one municipality.
        signal: What its series says: "improvement", "concern", …; None where nothing is said.
        value: What is shown: "3 av 4 ferdige tiltak", "under 10 svar", "mangler".
        below: What the value rests on; empty where it says so itself.
        change, tone: The word of its signal and its colour; empty where nothing is said.
        why: The rule behind the signal, as a sentence; empty where none fired.
        assurance, target: The word against the target, and the target; empty without one.
        line: Its 24 months as a drawing, and the same in words; None where there are none.
    """

    indicator: str
    title: str
    note: str
    state: str
    signal: str | None
    value: str
    below: str
    change: str
    tone: Tone
    why: str
    assurance: str
    target: str
    line: tuple[Markup, str] | None


@dataclass(frozen=True)
class Group:
    """The indicators of one part of the matrix."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """Something that has changed for certain: what, why it is called so, and whether it is good."""

    what: str
    why: str
    tone: Tone


@dataclass(frozen=True)
class Attestations:
    """Who has said something of the locked month, and who has not.

    Attributes:
        given: From a municipality's name to its statement's word.
        lacking: The names of the others that were members.
        as_of: When what is told here was made (UTC): heads attest after the lock.
    """

    given: Mapping[str, str]
    lacking: tuple[str, ...]
    as_of: dt.datetime


@dataclass(frozen=True)
class Month:
    """What the documents tell of one month and one place.

    Attributes:
        place: What it is called in a sentence: "Ringebu", "samarbeidet".
        finding: What there is to know, as a sentence or two.
        corrected: Of a later version than what was locked: that it is one, and each number that
            changed, as lines; empty of what was locked.
        unchanged: That nothing has changed, as a sentence; empty where something has.
        freshness: How fresh the feedback is, as a sentence; empty where it is not known.
        waiting: What waits for a leader, the first sentence of each.
    """

    when: dt.date
    municipality: str
    place: str
    finding: str
    corrected: tuple[str, ...]
    changes: tuple[Change, ...]
    unchanged: str
    freshness: str
    waiting: tuple[str, ...]
    groups: tuple[Group, ...]
    attestations: Attestations


def read(reading: Reading, version: int = 1) -> Month:
    """What a release tells of one month, for one municipality or for all together.

    Args:
        version: Which version of the month the release holds; 1 is what was locked.
    """
    when, place, cards = reading.month, reading.place, reading.cards
    rows = list(reading.matrix.values())
    # Attesting begins when the month is locked: at that moment everybody lacks.
    waits = [row for row in reading.here("waiting") if row["thing"] != "attestation"]
    waiting = leads(waits, of_all=reading.of_all)
    changed = findings.changed(rows)
    return Month(
        when=when,
        municipality=reading.municipality,
        place=place,
        finding=findings.status_heading(rows, waiting, cards, place, when),
        corrected=_corrected(reading, version),
        changes=tuple(_change(row, cards[row["indicator"]], place) for row in changed),
        unchanged="" if changed else findings.no_change(rows, when),
        freshness=findings.freshness(rows),
        waiting=tuple(waiting[:MOST_LINES]),
        groups=tuple(_groups(rows, cards, when)),
        attestations=_attestations(reading),
    )


def _corrected(reading: Reading, version: int) -> tuple[str, ...]:
    if version == 1:
        return ()
    (row,) = [
        row
        for row in reading.rows("month_versions")
        if (row["month"], row["version"]) == (reading.month, version)
    ]
    notes = [note for note in reading.here("corrected") if note["version"] == version]
    changed = corrections.lines(notes, reading.names, reading.municipality)
    return (f"{corrections.headline(row, len(notes))}.", *changed)


def _change(row: Row, card: Card, place: str) -> Change:
    what, why = findings.change_words(row, card, place)
    return Change(what, why, TONES[row["signal"]])  # type: ignore[arg-type]


# -- the matrix ------------------------------------------------------------------------------


def _groups(rows: Sequence[Row], cards: Mapping[str, Card], when: dt.date) -> list[Group]:
    by_indicator = {row["indicator"]: row for row in rows}
    is_alone = any(row["municipality_id"] != COOPERATION for row in rows)
    chosen = [
        card
        for card in cards.values()
        if card.id in by_indicator or (is_alone and card.is_cooperation_only)
    ]
    return [
        Group(
            say(GROUPS[group]),
            tuple(_line(card, by_indicator.get(card.id), when) for card in members),
        )
        for group, members in groupby(chosen, key=lambda card: card.group)
    ]


def _line(card: Card, row: Row | None, when: dt.date) -> Line:
    title, note = cells.words(card, "title"), cells.words(card, "note")
    if row is None:
        value, why = (
            say(cells.STATES["withheld"]),
            say("Shown only for all municipalities together."),
        )
        return Line(
            card.id, title, note, "withheld", None, value, why, "", "plain", "", "", "", None
        )
    return Line(
        indicator=card.id,
        title=title,
        note=note,
        state=row["state"],
        signal=row["signal"],
        value=cells.shown_text(row, card),
        below=_joined(below(row, card)),
        change=cells.signal_word(row),
        tone=TONES.get(row["signal"], "plain"),  # type: ignore[arg-type]
        why=cells.rule_text(row),
        assurance=cells.assurance_word(row, card) if card.target else "",
        target=cells.target_text(card) if card.target else "",
        line=_spark(card, row, when),
    )


def _joined(said: Sequence[str]) -> str:
    """Quiet words after each other: a comma between, a space after what is a sentence."""
    whole = "".join(f"{one} " if one.endswith(".") else f"{one}, " for one in said)
    return whole.rstrip(" ,")


def _spark(card: Card, row: Row, when: dt.date) -> tuple[Markup, str] | None:
    points = [(point["month"], point["value"]) for point in row["history"] or ()]
    known = [value for _, value in points if value is not None]
    if not known:
        return None
    drawn = spark(
        points,
        last=when,
        ceiling=1.0 if card.unit == "share" else None,
        target=card.target.value if card.target else None,
        tone=TONES.get(row["signal"], "plain"),
    )
    words = say(
        "24 months: lowest {low}, highest {high}",
        low=_amount(min(known), card),
        high=_amount(max(known), card),
    )
    return drawn, words


def _amount(value: float, card: Card) -> str:
    if card.unit == "share":
        return percent(value)
    return number(value, 0 if value == round(value) else 1)


# -- who has attested ---------------------------------------------------------------------------


def _attestations(reading: Reading) -> Attestations:
    (made,) = reading.live_rows("release")
    said = attested_now(reading)
    names = members(reading)
    return Attestations(
        given={
            name: say(STATEMENTS[said[number]["statement"]])
            for number, name in names.items()
            if number in said
        },
        lacking=tuple(name for number, name in names.items() if number not in said),
        as_of=made["made_at"],
    )


GIVEN = later("Attested by {names}.")
LACKING = later("Not attested yet by {names}.")


def attested_words(attestations: Attestations) -> list[str]:
    """Who has attested, with what word, and who has not: a sentence for each."""
    said = []
    if attestations.given:
        given = [f"{name} ({word})" for name, word in attestations.given.items()]
        said.append(say(GIVEN, names=listed(given)))
    if attestations.lacking:
        said.append(say(LACKING, names=listed(attestations.lacking)))
    return [sentence(one) for one in said]
