"""What the municipalities agreed to do, read from commitments.toml, or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from data.contract import LANGUAGES
from queries import on_card, sql
from queries.cards import TARGET_SOURCES, Source, source_of
from queries.on_card import Texts

FILE = sql.FOLDER / "commitments.toml"


@dataclass(frozen=True)
class Commitment:
    """One of the things that the municipalities agreed to do, a column of the matrix.

    Attributes:
        source: The document that says so, or "proposal".
        reads: The kinds of file that it is counted from; of a later month those that tell how it
            ended.
        counts_deliveries: It is about the deliveries themselves, of every monthly kind.
        text: Texts by language: name, question, counted.
    """

    code: str
    source: str
    reads: tuple[Source, ...]
    counts_deliveries: bool
    text: Texts

    def words(self, name: str, language: str = "nb") -> str:
        """One text of the commitment; KeyError when there is no such text."""
        return self.text[language][name]


@cache
def load_commitments(path: Path = FILE) -> Mapping[str, Commitment]:
    """Every commitment by its code in commitments.sql, in the order of the matrix's columns.

    Raises:
        CardError: A commitment lacks something.
    """
    found = {}
    for code, table in on_card.read(path).items():
        place = f"{path.name}, {code}"
        on_card.refuse_unknown(table, ("source", "reads", "counts_deliveries", *LANGUAGES), place)
        source = on_card.one_of(table, "source", TARGET_SOURCES, place)
        reads = tuple(source_of(entry, f"{place}, reads") for entry in table.get("reads", ()))
        texts = {language: table[language] for language in LANGUAGES if language in table}
        found[code] = Commitment(
            code,
            source,
            reads,
            on_card.flag(table, "counts_deliveries", place),
            on_card.texts(texts, ("name", "question", "counted"), place),
        )
    return MappingProxyType(found)
