"""What defines each indicator, read from its card, or refused by name.

A card is the document that a person can sign: what is asked, why, how it is counted, which way is
good, what is aimed at and who says so. One card stands beside one SQL file of the same name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from data import contract
from data.contract import LANGUAGES, Words
from queries import on_card, sql
from queries.on_card import CardError, Table, Texts

FOLDER = sql.FOLDER / "indicators"

Group = Literal["participation", "actions", "anchoring"]
Unit = Literal["count", "share", "days", "score"]
Kind = Literal["flow", "stock", "cohort"]
Direction = Literal["higher", "lower", "neutral"]
Combine = Literal["sum", "last", "none"]
Privacy = Literal["none", "persons", "answers"]

GROUPS = ("participation", "actions", "anchoring")
PAGES = ("status", "participation", "actions", "comparison")
UNITS = ("count", "share", "days", "score")
KINDS = ("flow", "stock", "cohort")
DIRECTIONS = ("higher", "lower", "neutral")
COMBINATIONS = ("sum", "last", "none")
PRIVACIES = ("none", "persons", "answers")
OWNERS = ("regional_coordinator", "leader_team")
TARGET_SOURCES = ("S000", "S001", "S002", "S003", "S004", "proposal")

LOCKS = "locks"
"""As the kind of a source: the number exists once its month is locked, and no file is read."""

ACTS = "acts"
"""As the kind of a source: what people write into the dashboard itself. The number exists from the
first month that was not locked as history; before that nobody could write anything."""

SOURCE_KINDS = (*contract.KINDS, LOCKS, ACTS)

_ALWAYS = (
    "title",
    "question",
    "why",
    "counted",
    "note",
    "unit_one",
    "unit_many",
    "outcome_no_change",
    "outcome_too_few",
)
_OUTCOMES = {
    "higher": ("outcome_improvement", "outcome_concern"),
    "lower": ("outcome_improvement", "outcome_concern"),
    "neutral": ("outcome_increase", "outcome_decrease"),
}
_MAY = ("caveat",)
_NOUNS = ("unit_one", "unit_many")


@dataclass(frozen=True)
class Target:
    """What is aimed at: a share from 0 to 1, or days, and whose word it is.

    Attributes:
        source: The document that gives it, or "proposal" where none does and the people
            responsible may change it in the card.
    """

    value: float
    at: Literal["least", "most"]
    source: str


@dataclass(frozen=True)
class Source:
    """A kind of file that must have been delivered before there is a number.

    Attributes:
        kind: A kind of file, or LOCKS or ACTS.
        months: Of which month it is needed, counted from the number's own: 0 is the same, -6 half
            a year before. A later month (1) is not needed for a number, but until it has been
            delivered the number is provisional. None: once, whatever month it was for.
        is_from_first: Needed only from the first month a municipality delivered it for: who never
            has is seen in the other sources alone.
    """

    kind: str
    months: int | None
    is_from_first: bool = False


@dataclass(frozen=True)
class Rate:
    """A response rate that must be good enough for answers to be compared between municipalities.

    Attributes:
        indicator: The response rate's own card.
        tertials: In which tertial, counted from the answers' own: those of half a year later are
            sent in a later one.
    """

    indicator: str
    tertials: int


@dataclass(frozen=True)
class AskedBefore:
    """Where the same people were asked the first time.

    Attributes:
        indicator: The card that counts those who were asked then.
        months: How many months earlier.
    """

    indicator: str
    months: int


@dataclass(frozen=True)
class Part:
    """One line of a breakdown: its code, its words, and its unit where that is another one.

    Attributes:
        unit_one, unit_many: What the line counts, where that is another thing than the whole.
    """

    code: str
    text: Words
    unit: Unit
    unit_one: Words | None = None
    unit_many: Words | None = None


@dataclass(frozen=True)
class Card:
    """What one indicator is.

    Attributes:
        place: Where it stands among those of its group.
        combine: How the cooperation and a longer period come from the rows: "sum" adds numerators
            and denominators, "last" adds over municipalities and takes the last over time, "none"
            where the SQL gives the cooperation's rows itself.
        is_by_tertial: Of four months at a time also for the cooperation, as the cohort is.
        is_cooperation_only: Shown for all members together and for no municipality, in no period.
        is_live: Read as it is now also beside the numbers of a locked month.
        parameters: The named parameters of the SQL.
        parts: The lines of its breakdown; empty where parts_from says where they come from.
        parts_from: The kind of file whose keys are the parts.
        rates: The response rates behind its answers; none for what is no question's answers.
        asked_before: Where the same people were asked the first time; None for what asks once.
        text: Texts by language and name.
    """

    id: str
    group: Group
    place: int
    page: str
    unit: Unit
    kind: Kind
    direction: Direction
    combine: Combine
    privacy: Privacy
    privacy_reason: Words | None
    matures_after_days: int
    is_by_tertial: bool
    is_cooperation_only: bool
    is_live: bool
    owner: str
    reviewed_on: dt.date
    parameters: tuple[str, ...]
    target: Target | None
    sources: tuple[Source, ...]
    parts: Mapping[str, Part]
    parts_from: str | None
    rates: tuple[Rate, ...]
    asked_before: AskedBefore | None
    text: Texts

    def words(self, name: str, language: str = "nb") -> str:
        """One text of the card ("title", "counted", …); KeyError when there is no such text."""
        return self.text[language][name]

    def has_words(self, name: str) -> bool:
        """Whether the card has this text, where it need not."""
        return name in self.text[LANGUAGES[0]]

    def unit_of(self, part: str | None) -> Unit:
        """What a line counts: a part may be days where the whole is a share."""
        known = self.parts.get(part) if part is not None else None
        return self.unit if known is None else known.unit

    def noun(self, n: float, language: str = "nb", part: str | None = None) -> str:
        """What so many of it are called, or of one line of its breakdown."""
        name = "unit_one" if n == 1 else "unit_many"
        known = self.parts.get(part) if part is not None else None
        own = None if known is None else known.unit_one if n == 1 else known.unit_many
        return self.words(name, language) if own is None else own[language]

    @property
    def path(self) -> Path:
        """The SQL file beside the card."""
        return FOLDER / f"{self.id}.sql"


# -- reading ---------------------------------------------------------------------------------

_KEYS = {
    "group", "place", "page", "unit", "kind", "direction", "combine", "privacy", "privacy_reason",
    "matures_after_days", "by_tertial", "cooperation_only", "live", "owner", "reviewed_on",
    "parameters", "target", "source", "parts", "parts_from", "response_rate",
    "asked_before", "text",
}  # fmt: skip


def _target(table: Any, place: str) -> Target:
    on_card.refuse_unknown(table, ("value", "at", "source"), place)
    value = table.get("value")
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise CardError(f"{place}: value {value!r} is no number")
    at = on_card.one_of(table, "at", ("least", "most"), place)
    return Target(float(value), at, on_card.one_of(table, "source", TARGET_SOURCES, place))


def source_of(table: Table, place: str) -> Source:
    """A source, as the card of an indicator or of a commitment names it."""
    on_card.refuse_unknown(table, ("kind", "months", "from_first"), place)
    return Source(
        on_card.one_of(table, "kind", SOURCE_KINDS, place),
        on_card.of_type(table, "months", int, place) if "months" in table else None,
        on_card.of_type(table, "from_first", bool, place) if "from_first" in table else False,
    )


def _rate(table: Table, place: str) -> Rate:
    on_card.refuse_unknown(table, ("indicator", "tertials"), place)
    return Rate(
        on_card.of_type(table, "indicator", str, place),
        on_card.of_type(table, "tertials", int, place),
    )


def _asked_before(table: Table, place: str) -> AskedBefore:
    on_card.refuse_unknown(table, ("indicator", "months"), place)
    return AskedBefore(
        on_card.of_type(table, "indicator", str, place),
        on_card.of_type(table, "months", int, place),
    )


def _part(code: str, table: Any, unit: Unit, place: str) -> Part:
    text = on_card.words(table, place, also=("unit", *_NOUNS))
    nouns = [
        on_card.words(table[name], f"{place}.{name}") if name in table else None for name in _NOUNS
    ]
    if None in nouns and nouns != [None, None]:
        raise CardError(f"{place}: {' and '.join(_NOUNS)} stand together")
    own = on_card.one_of(table, "unit", UNITS, place) if "unit" in table else unit
    return Part(code, text, own, *nouns)


def read(path: Path) -> Card:
    """The card in one TOML file; the indicator is the file's name.

    Raises:
        CardError: The card lacks something, or contradicts itself.
    """
    table, name = on_card.read(path), path.name
    on_card.refuse_unknown(table, _KEYS, name)
    unit = on_card.one_of(table, "unit", UNITS, name)
    direction = on_card.one_of(table, "direction", DIRECTIONS, name)
    parameters = tuple(on_card.of_type(table, "parameters", list, name))
    needed = (*_ALWAYS, *_OUTCOMES[direction])
    outcomes = {text: ("place",) for text in needed if text.startswith("outcome_")}
    card = Card(
        id=path.stem,
        group=on_card.one_of(table, "group", GROUPS, name),
        place=on_card.of_type(table, "place", int, name),
        page=on_card.one_of(table, "page", PAGES, name),
        unit=unit,
        kind=on_card.one_of(table, "kind", KINDS, name),
        direction=direction,
        combine=on_card.one_of(table, "combine", COMBINATIONS, name),
        privacy=on_card.one_of(table, "privacy", PRIVACIES, name),
        privacy_reason=on_card.words(table["privacy_reason"], f"{name}, privacy_reason")
        if "privacy_reason" in table
        else None,
        matures_after_days=on_card.of_type(table, "matures_after_days", int, name),
        is_by_tertial=on_card.flag(table, "by_tertial", name),
        is_cooperation_only=on_card.flag(table, "cooperation_only", name),
        is_live=on_card.flag(table, "live", name),
        owner=on_card.one_of(table, "owner", OWNERS, name),
        reviewed_on=on_card.of_type(table, "reviewed_on", dt.date, name),
        parameters=parameters,
        target=_target(table["target"], f"{name}, target") if "target" in table else None,
        sources=tuple(source_of(entry, f"{name}, source") for entry in table.get("source", ())),
        parts=MappingProxyType(
            {
                code: _part(code, entry, unit, f"{name}, parts.{code}")
                for code, entry in table.get("parts", {}).items()
            }
        ),
        parts_from=on_card.one_of(table, "parts_from", contract.KINDS, name)
        if "parts_from" in table
        else None,
        rates=tuple(
            _rate(entry, f"{name}, response_rate") for entry in table.get("response_rate", ())
        ),
        asked_before=_asked_before(table["asked_before"], f"{name}, asked_before")
        if "asked_before" in table
        else None,
        text=on_card.texts(table.get("text"), needed, f"{name}, text", _MAY, outcomes),
    )
    _refuse_contradictions(card, name)
    return card


def _refuse_contradictions(card: Card, name: str) -> None:
    if (card.privacy == "none") != (card.privacy_reason is not None):
        raise CardError(f"{name}: privacy_reason stands where privacy is none, and only there")
    if card.privacy != "none" and card.combine != "sum":
        # The fixed grains are sums: the cooperation by month, a municipality by tertial.
        raise CardError(f"{name}: what is about {card.privacy} combines by sum")
    if card.privacy == "none" and (card.is_by_tertial or card.is_cooperation_only):
        # What is about nobody is shown by month and municipality.
        raise CardError(f"{name}: by_tertial and cooperation_only stand where privacy is not none")
    if card.kind == "stock" and card.combine == "sum":
        raise CardError(f"{name}: a stock over time is not a sum; combine is last or none")
    if card.kind != "stock" and card.combine == "last":
        raise CardError(f"{name}: only a stock has a last")
    if card.unit in ("days", "score") and card.combine != "none":
        raise CardError(f"{name}: {card.unit} neither add up; combine is none")
    if card.direction == "neutral" and card.target is not None:
        raise CardError(f"{name}: what has no good direction has no target")
    if card.target is not None and card.unit == "share" and not 0 <= card.target.value <= 1:
        raise CardError(f"{name}: a share's target lies between 0 and 1")
    if not card.sources:
        raise CardError(f"{name}: a source says when there is a number")
    if card.matures_after_days < 0:
        raise CardError(f"{name}: matures_after_days is below 0")
    if card.parts and card.parts_from:
        raise CardError(f"{name}: parts are listed or come from a kind of file, not both")


@cache
def load_all(folder: Path = FOLDER) -> Mapping[str, Card]:
    """Every indicator's card by id, in the order in which they are listed to people.

    Raises:
        CardError: A card lacks something, contradicts itself or does not know its SQL's parameters,
            or a card or an SQL file stands alone.
    """
    cards = {path.stem: read(path) for path in folder.glob("*.toml")}
    for alone in sorted({path.stem for path in folder.glob("*.sql")} ^ set(cards)):
        raise CardError(f"{alone}: a card and an SQL file of that name stand together")
    for card in cards.values():
        used = sql.parameters_of(folder / f"{card.id}.sql")
        if used != set(card.parameters):
            raise CardError(f"{card.id}.toml: parameters are not those of {sorted(used)}")
        for rate in card.rates:
            if rate.indicator not in cards:
                raise CardError(f"{card.id}.toml: response_rate {rate.indicator!r} has no card")
        if card.asked_before is not None and card.asked_before.indicator not in cards:
            before = card.asked_before.indicator
            raise CardError(f"{card.id}.toml: asked_before {before!r} has no card")
    ordered = sorted(
        cards.values(), key=lambda card: (GROUPS.index(card.group), card.place, card.id)
    )
    return MappingProxyType({card.id: card for card in ordered})
