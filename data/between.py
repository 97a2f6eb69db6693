"""What several columns, several rows, or a file and the store say of each other."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from data import contract, packed, parse, people, typed
from data.contract import Contract
from data.known import Known, Names
from data.people import Person
from data.problems import Problem, at_lines
from data.rows import Rows
from data.typed import Place


class Between:
    """Typed rows of one file, looked at together.

    Args:
        municipalities: Names by number, stored and in the file.
        names: The same as words may refer to them.
        problems: Where what is found goes.
    """

    def __init__(
        self,
        known: Known,
        who: Person,
        given: Rows,
        municipalities: Mapping[str, str],
        names: Names,
        problems: list[Problem],
    ) -> None:
        self._known, self._who, self._given = known, who, given
        self._municipalities, self._names = municipalities, names
        self._problems = problems

    def look(self, held: Contract, made: pl.DataFrame) -> None:
        """Look at the rows of one kind.

        Args:
            made: Typed, with `line`.
        """
        self._across(held, made)
        self._undated(held, made)
        self._keys(held, made)
        self._owners(held, made)
        self._taken(held, made)

    # -- several columns, several rows -----------------------------------------------------

    def _across(self, held: Contract, made: pl.DataFrame) -> None:
        for column in held.columns:
            place = Place(
                held.kind, column, self._given.heading(held.kind, column.name), made["line"]
            )
            values = made[column.name]
            for other in column.not_before:
                wrong = values.cast(pl.Date) < made[other].cast(pl.Date)
                self._pairs("before_other", place, values, wrong, held, other, made[other])
            for other in column.not_above:
                wrong = values > made[other]
                self._pairs("above_other", place, values, wrong, held, other, made[other])

    def _pairs(
        self,
        code: str,
        place: Place,
        values: pl.Series,
        wrong: pl.Series,
        held: Contract,
        other: str,
        others: pl.Series,
    ) -> None:
        """One problem per pair of columns: the first pair of values is quoted."""
        wrong = wrong.fill_null(False)
        if not wrong.any():
            return
        heading = self._given.heading(held.kind, other) or held.column(other).heading
        self._problems.append(
            at_lines(
                code,
                place.lines.filter(wrong).to_list(),
                found=str(values.filter(wrong)[0]),
                expected=f"{heading}: {others.filter(wrong)[0]}",
                **place.facts(),
            )
        )

    def _keys(self, held: Contract, made: pl.DataFrame) -> None:
        # In one file a list's number stands for one thing, whoever's it is.
        key = list(held.key if held.replaces == "list" else held.identity)
        # Hashes first, since keys are seldom repeated and often long; equal ones are then compared.
        hashes = made.select(key).hash_rows().sort(in_place=True)
        if not (hashes.slice(1) == hashes.head(-1)).any():
            return
        whole = made.filter(pl.col(key[0]).is_not_null())
        several = (
            whole.group_by(key, maintain_order=True)
            .agg(pl.col("line"))
            .filter(pl.col("line").list.len() > 1)
        )
        facts = {"column": self._given.heading(held.kind, key[0]), "kind": held.kind}
        if several.height > typed.MOST_VALUES:
            lines = [line for lines in several["line"].to_list() for line in lines]
            found = typed.some([str(one) for one in several[key[0]].to_list()])
            self._problems.append(
                at_lines("duplicate_key", lines, found=found, field=key[0], **facts)
            )
            return
        for row in several.iter_rows():
            found = " + ".join(str(part) for part in row[:-1] if part is not None)
            self._problems.append(
                at_lines("duplicate_key", row[-1], found=found, field=key[0], **facts)
            )

    def _owners(self, held: Contract, made: pl.DataFrame) -> None:
        """Rows for somebody else's municipality; answers are whose their wave is."""
        name = held.municipality_column or held.follows
        if name is None:
            return
        owners = made[name]
        if held.municipality_column is None:
            owner_of = dict(self._wave_owners())
            owners = packed.by_text(
                owners, lambda waves: parse.translated(waves, owner_of, pl.String)
            )
        for owner in sorted(owners.drop_nulls().unique().to_list()):
            if not people.may(self._who, "upload", owner):
                lines = made["line"].filter(owners.is_in([owner])).to_list()
                shown = f"{self._municipalities.get(owner, owner)} ({owner})"
                heading = self._given.heading(held.kind, name)
                self._problems.append(
                    at_lines(
                        "not_your_municipality",
                        lines,
                        column=heading,
                        found=shown,
                        kind=held.kind,
                        field=name,
                    )
                )

    def _undated(self, held: Contract, made: pl.DataFrame) -> None:
        """A status that needs a day and has none: the numbers go by days, and pass it over."""
        for column in held.columns:
            for value in column.values:
                if value.needs is None:
                    continue
                rows = made[column.name].is_in([value.code]) & made[value.needs].is_null()
                lines = made["line"].filter(rows).to_list()
                if lines:
                    day = held.column(value.needs)
                    self._problems.append(
                        at_lines(
                            "status_without_date",
                            lines,
                            column=self._given.heading(held.kind, column.name),
                            found=value.words["nb"],
                            expected=self._given.heading(held.kind, value.needs) or day.heading,
                            kind=held.kind,
                            field=column.name,
                        )
                    )

    def _taken(self, held: Contract, made: pl.DataFrame) -> None:
        """Waves and services whose id is already another municipality's: answers name the id alone,
        so that the newer row would take the older one's answers over."""
        owner_of = {
            "survey_waves": {one: wave.municipality for one, wave in self._known.waves.items()},
            "services": dict(self._known.service_owners),
        }.get(held.kind)
        if not owner_of:
            return
        (key,) = held.key
        for one, owner, line in made.select(key, "municipality", "line").iter_rows():
            other = owner_of.get(one, owner)
            if owner is not None and other != owner:
                self._problems.append(
                    Problem(
                        "taken_key",
                        line=line,
                        column=self._given.heading(held.kind, key),
                        found=one,
                        expected=f"{self._municipalities.get(other, other)} ({other})",
                        kind=held.kind,
                        field=key,
                    )
                )

    def _wave_owners(self) -> list[tuple[str, str]]:
        stored = [(wave_id, wave.municipality) for wave_id, wave in self._known.waves.items()]
        table = self._given.tables.get("survey_waves")
        if table is None:
            return stored
        names = self._names
        here = [
            (wave_id, min(names.find(owner)))
            for wave_id, owner in table.select("wave_id", "municipality").iter_rows()
            if wave_id and owner and names.find(owner)
        ]
        return [*stored, *here]

    # -- the whole file --------------------------------------------------------------------

    def waves(self, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """wave_id, municipality and sent_on of every wave that is stored or in the file."""
        schema = {"wave_id": pl.String, "municipality": pl.String, "sent_on": pl.Date}
        stored = pl.DataFrame(
            [(one, wave.municipality, wave.sent_on) for one, wave in self._known.waves.items()],
            schema=schema,
            orient="row",
        )
        if "survey_waves" in tables:
            here = packed.plain_table(tables["survey_waves"].select(*schema))
            stored = pl.concat([here, stored])
        return stored.filter(pl.col("wave_id").is_not_null()).unique("wave_id", keep="first")

    def look_at_all(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """What can only be said when every kind is typed."""
        if "survey_waves" in tables:
            self._half_years(tables["survey_waves"])

    def _half_years(self, waves: pl.DataFrame) -> None:
        """A course's evaluation after half a year cannot come before that of the same day."""
        first = {
            (wave.activity_id, wave.municipality): wave.sent_on
            for wave in self._known.waves.values()
            if wave.measurement == "same_day" and wave.activity_id and wave.sent_on
        }
        tied = waves.filter(pl.col("activity_id").is_not_null() & pl.col("sent_on").is_not_null())
        columns = ("activity_id", "municipality", "sent_on", "line")
        here = tied.filter(pl.col("measurement") == "same_day").select(columns)
        for activity, owner, sent_on, _ in here.iter_rows():
            first[activity, owner] = sent_on
        later = tied.filter(pl.col("measurement") == "half_year").select(columns)
        column = contract.load("survey_waves").column("sent_on")
        place = Place(
            "survey_waves", column, self._given.heading("survey_waves", column.name), waves["line"]
        )
        for activity, owner, sent_on, line in later.iter_rows():
            before = first.get((activity, owner))
            if before is not None and sent_on <= before:
                self._problems.append(
                    at_lines(
                        "half_year_before_same_day",
                        [line],
                        found=sent_on.isoformat(),
                        expected=before.isoformat(),
                        **place.facts(),
                    )
                )
