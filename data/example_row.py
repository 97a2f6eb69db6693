"""The example row of each kind, in which what it refers to is what the store holds."""

from __future__ import annotations

from data import contract
from data.contract import Column
from data.known import Known

NOTHING = Known()


def example_of(
    kind: str, known: Known = NOTHING, municipality: str | None = None
) -> dict[str, str]:
    """The example row, with what it refers to exchanged for what the store holds.

    The contracts' examples tell one story of a municipality that is nobody's, and load as one set
    into an empty store. Where that municipality is not known the story is told of one that is.

    Args:
        kind: The kind of file.
        known: What the store holds.
        municipality: Whose example it is; that of the contract, or the first that is known.
    """
    held = contract.load(kind)
    example = dict(held.example)
    own = [n for n, name in known.municipalities.items() if name == example.get("municipality")]
    owner = municipality
    if owner is None and "municipality" in held.column_names:
        owner = next(iter([*own, *known.municipalities]), None)
    for column in held.columns:
        text = example.get(column.name)
        if not text or column.refers_to is None:
            continue
        there = _there(column, known, owner)
        entries = [entry.strip() for entry in text.split(";")]
        if there and (column.name == "municipality" or not set(entries) <= set(there)):
            example[column.name] = "; ".join(there[: len(entries)])
    return example


def _there(column: Column, known: Known, owner: str | None) -> list[str]:
    """What a column can refer to in the store, the likeliest first; nothing where none is there."""
    if column.refers_to == "municipalities":
        return [name for number, name in known.municipalities.items() if number == owner]
    if column.refers_to == "services":
        return [one for one, whose in known.service_owners.items() if whose == owner]
    if column.refers_to == "survey_waves":
        return [one for one, wave in known.waves.items() if owner in (None, wave.municipality)]
    assert column.refers_to is not None
    return sorted(known.ids(column.refers_to), reverse=True)
