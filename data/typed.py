"""One column of text becomes a column of its contract's type, with a problem for what cannot."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data import packed, parse
from data.contract import Column, fold
from data.known import MOST_LISTED, Names
from data.parse import Order
from data.problems import Problem, at_lines

MOST_VALUES = 20
"""Wrong values of one column that each get a message of their own; more are one message."""

FEW_CELLS = 2_000
"""Cells up to which a column is read as it stands: to find the different ones takes as long."""

DTYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}


@dataclass(frozen=True)
class Place:
    """Where a column of a kind stands in the file: its heading, and the line of each cell."""

    kind: str
    column: Column
    heading: str | None
    lines: pl.Series

    def facts(self) -> dict[str, str | None]:
        return {"column": self.heading, "kind": self.kind, "field": self.column.name}


@dataclass
class Cells:
    """Reads columns, and gathers what is wrong with them.

    Attributes:
        order: How dates with slashes are read; None when nobody has said.
        codes: (kind, column) → codes beyond the contract's.
    """

    today: dt.date
    order: Order | None
    codes: Mapping[tuple[str, str], Collection[str]]
    problems: list[Problem] = field(default_factory=list)

    def typed(self, place: Place, text: pl.Series) -> pl.Series:
        """The column with its type; null where the text is empty or cannot be.

        Where nothing is wrong with any of the different texts, nothing is wrong with the column;
        only for what is wrong are its lines looked for.
        """
        if packed.is_packed(text):
            trial = Cells(self.today, self.order, self.codes)
            made = packed.by_text(
                text, lambda texts: trial._read(_without_lines(place, texts), texts)
            )
            if not trial.problems:
                return made
        return self._read(place, packed.plain(text))

    def _read(self, place: Place, text: pl.Series) -> pl.Series:
        read: dict[str, Callable[[Place, pl.Series], pl.Series]] = {
            "text": self._text,
            "code": self._code,
            "integer": self._integer,
            "number": self._number,
            "date": self._date,
            "moment": self._moment,
            "boolean": self._boolean,
            "list": lambda _, cells: parse.lists(cells),
        }
        return read[place.column.type](place, text)

    def _text(self, place: Place, text: pl.Series) -> pl.Series:
        failed = parse.error_values(text)
        if failed.any():
            self.each("error_value", place, text, failed)
            text = text.set(failed.fill_null(False), None)
        pattern = place.column.pattern
        if pattern is None:
            return text
        fits = text.str.contains(f"^(?:{pattern})$")
        if (place.kind, place.column.name) != ("survey_answers", "value"):
            self.each("wrong_pattern", place, text, ~fits, expected=pattern)
        else:
            own_words = place.lines.filter((~fits).fill_null(False)).to_list()
            if own_words:
                self.problems.append(
                    at_lines("own_words", own_words, of=text.len(), **place.facts())
                )
            # Numbers among answers are written as SQL reads them.
            is_number = text.str.contains(r"^-?\d+,\d+$").fill_null(False)
            if is_number.any():
                text = text.zip_with(~is_number, text.str.replace(",", "."))
        misfits = ~fits.fill_null(True)
        return text.set(misfits, None) if misfits.any() else text

    def _code(self, place: Place, text: pl.Series) -> pl.Series:
        column = place.column
        codes = {fold(word): value.code for value in column.values for word in value.texts}
        if column.is_extensible:
            added = self.codes.get((place.kind, column.name), ())
            codes |= {fold(code): code for code in added if fold(code) not in codes}
        distinct = text.drop_nulls().unique().to_list()
        table = {word: codes[fold(word)] for word in distinct if fold(word) in codes}
        made = parse.translated(text, table, pl.String)
        expected = ";".join(dict.fromkeys(codes.values()))
        words = Names(codes)

        def nearest(found: str) -> str | None:
            word = words.nearest(found)
            return None if word is None else codes[word]

        self.each("unknown_code", place, text, made.is_null(), expected=expected, nearest=nearest)
        return made

    def _number(self, place: Place, text: pl.Series) -> pl.Series:
        made = _by_distinct(text, parse.numbers)
        self.each("not_a_number", place, text, made.is_null())
        self._range(place, text, made)
        return made

    def _integer(self, place: Place, text: pl.Series) -> pl.Series:
        made = _by_distinct(text, parse.numbers)
        self.each("not_a_number", place, text, made.is_null())
        # 2**53: beyond it a float no longer holds every whole number, and no count goes there.
        broken = (made != made.round()) | (made.abs() > 2**53)
        # A share of something, never a count: "200 %" would be 2.
        broken |= text.str.ends_with("%")
        self.each("not_whole", place, text, broken)
        whole = made.set(broken.fill_null(False), None)
        self._range(place, text, whole)
        return whole.cast(pl.Int64)

    def _range(self, place: Place, text: pl.Series, made: pl.Series) -> None:
        column = place.column
        if column.minimum is not None:
            low = made < column.minimum
            self.each("below_range", place, text, low, expected=f"{column.minimum:g}")
        if column.maximum is not None:
            high = made > column.maximum
            self.each("above_range", place, text, high, expected=f"{column.maximum:g}")

    def _date(self, place: Place, text: pl.Series) -> pl.Series:
        return self._dated(place, text, parse.dates)

    def _moment(self, place: Place, text: pl.Series) -> pl.Series:
        return self._dated(place, text, parse.moments)

    def _dated(
        self, place: Place, text: pl.Series, read: Callable[[pl.Series, Order], pl.Series]
    ) -> pl.Series:
        order = self.order or self._asked_order(place, text)
        made = _by_distinct(text, lambda cells: read(cells, order))
        self.each("not_a_date", place, text, made.is_null(), nearest=_last_of_month)
        if place.column.is_past:
            late = made.cast(pl.Date) > self.today
            self.each("future_date", place, text, late, expected=self.today.isoformat())
        return made

    def _asked_order(self, place: Place, text: pl.Series) -> Order:
        """Ask how 2/7/2026 is read, unless a day above 12 stands first as Norwegians write it.

        Days above 12 in second place do not settle it: only somebody's word that the tool writes
        months first does, since one wrong guess would be wrong for every date.
        """
        order = parse.slash_order(text)
        if order in ("either", "mdy"):
            slashed = text.str.contains(r"^\d{1,2}/\d{1,2}/\d{2,4}").fill_null(False)
            lines = place.lines.filter(slashed).to_list()
            nearest = "mdy" if order == "mdy" else None
            found = text.filter(slashed)[0]
            self.problems.append(
                at_lines("ambiguous_dates", lines, found=found, nearest=nearest, **place.facts())
            )
        return "mdy" if order == "mdy" else "dmy"

    def _boolean(self, place: Place, text: pl.Series) -> pl.Series:
        made = parse.booleans(text)
        self.each("not_yes_or_no", place, text, made.is_null())
        return made

    def each(
        self,
        code: str,
        place: Place,
        text: pl.Series,
        wrong: pl.Series,
        *,
        expected: str | Callable[[str], str | None] | None = None,
        nearest: Callable[[str], str | None] | None = None,
        names: Names | None = None,
    ) -> None:
        """One problem per different wrong value, with all its lines; one for all beyond a limit.

        A null in `wrong` and an empty cell are no problem of this sort.

        Args:
            names: What the values should have named: those that are allowed are said, and the
                nearest.
        """
        # Nearly always; and a null among what is wrong is none of it.
        if not wrong.any():
            return
        if names is not None:
            expected, nearest = names.listed, names.nearest
        wrong = wrong.fill_null(False) & text.is_not_null()
        if not wrong.any():
            return
        cases = (
            pl.DataFrame({"found": text, "line": place.lines})
            .filter(wrong)
            .group_by("found", maintain_order=True)
            .agg("line")
        )
        if cases.height > MOST_VALUES:
            lines = [line for lines in cases["line"].to_list() for line in lines]
            limit = expected if isinstance(expected, str) else None
            if names is not None and names.count <= MOST_LISTED:
                limit = names.listed("")
            facts: dict[str, Any] = {"expected": limit, "of": text.len(), **place.facts()}
            facts["allowed"] = None if names is None else names.count
            self.problems.append(
                at_lines(code, lines, found=some(cases["found"].to_list()), **facts)
            )
            return
        for found, lines in cases.iter_rows():
            facts = {
                "found": shortened(found),
                "expected": expected(found) if callable(expected) else expected,
                "nearest": nearest(found) if nearest else None,
                "of": text.len(),
                "allowed": None if names is None else names.count,
                **place.facts(),
            }
            self.problems.append(at_lines(code, lines, **facts))


def _without_lines(place: Place, texts: pl.Series) -> Place:
    return dataclasses.replace(place, lines=pl.Series("line", [0]).new_from_index(0, texts.len()))


def some(found: list[str]) -> str:
    """The first few of many values, for one message about all of them."""
    return "; ".join([*(shortened(one) for one in found[:5]), "…"])


def shortened(found: str, most: int = 60) -> str:
    """As much of a cell as a message needs to be recognised by."""
    return found if len(found) <= most else f"{found[:most]}…"


def _by_distinct(text: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The same as reading the whole column, at the cost of its different values."""
    if text.len() <= FEW_CELLS:
        return read(text)
    distinct = text.unique()
    if distinct.len() * 2 > text.len():
        return read(text)
    return text.replace_strict(distinct, read(distinct), default=None)


def _last_of_month(found: str) -> str | None:
    """28.02.2026 for 31.02.2026: the last day of a month that is shorter than was thought."""
    match = parse.MOMENT.fullmatch(found.strip())
    if match is None or not match["y2"] or match["sign"] != ".":
        return None
    day, month, year = int(match["a"]), int(match["b"]), int(match["y2"])
    if not (1 <= month <= 12 and 28 < day <= 31 and year > 99):
        return None
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).strftime("%d.%m.%Y")
