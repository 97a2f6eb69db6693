"""What the uploader says of a file becomes a part of how it is read, and stands in its receipt."""

from __future__ import annotations

import dataclasses

from data import contract
from data.contract import fold
from data.known import Known
from data.mapping import Mapping, Source
from data.read import Choices
from data.recognise import Recognition


def applied(known_as: Recognition, choices: Choices, known: Known) -> Recognition:
    """The recognition by a mapping in which what the uploader said has its place."""
    known_as = _with_columns(known_as, choices)
    return _with_words(_without_known_wave(known_as, choices, known), choices)


def _without_known_wave(known_as: Recognition, choices: Choices, known: Known) -> Recognition:
    """The recognition without the wave itself, where the uploader names one that is known: what is
    stored of it is not said anew with every file of its answers."""
    mapping = known_as.mapping
    wave = choices.values.get("wave_id")
    if mapping is None or wave not in known.waves:
        return known_as
    given = tuple(
        one
        for one in mapping.gives
        if one.kind != "survey_waves" or one.columns["wave_id"].asked_for != ("wave_id",)
    )
    return dataclasses.replace(known_as, mapping=dataclasses.replace(mapping, gives=given))


_COLUMN = "column:"


def column_for(heading: str) -> str:
    """The name under which somebody says which of our columns a heading means."""
    return f"{_COLUMN}{heading}"


def columns_said(choices: Choices) -> dict[str, str]:
    """Headings of the file → what somebody says that they mean; "" for one that is not used."""
    return {
        name.removeprefix(_COLUMN): column
        for name, column in choices.values.items()
        if name.startswith(_COLUMN)
    }


def _with_columns(known_as: Recognition, choices: Choices) -> Recognition:
    """The recognition by headings with the columns that somebody has told it of."""
    mapping, kind = known_as.mapping, known_as.kind
    if mapping is None or kind is None or known_as.why != "headings":
        return known_as
    ours = {fold(word): one.name for one in contract.load(kind).columns for word in one.headings}
    (given,) = mapping.gives
    columns, unknown = dict(given.columns), list(known_as.unknown_columns)
    for heading, said in columns_said(choices).items():
        name = ours.get(fold(said))
        if heading in unknown and name is not None and name not in columns:
            columns[name] = Source("column", heading)
            unknown.remove(heading)
    found = dataclasses.replace(mapping, gives=(dataclasses.replace(given, columns=columns),))
    return dataclasses.replace(
        known_as,
        mapping=found,
        unknown_columns=tuple(unknown),
        missing_columns=tuple(
            one for one in known_as.missing_columns if ours.get(fold(one)) not in columns
        ),
    )


def word_for(kind: str, column: str, text: str) -> str:
    """The name under which somebody says what a text in a column of codes means."""
    return f"{kind}.{column}:{text}"


def _with_words(known_as: Recognition, choices: Choices) -> Recognition:
    """The recognition with what was said of texts that its mapping does not know.

    A board of somebody's own has lists of its own ("Ideer"): what they are is said once, and saved
    with the mapping.
    """
    mapping = known_as.mapping
    if mapping is None or known_as.why == "headings":
        return known_as
    said = {name.partition(":")[0] for name in choices.values if ":" in name}
    given = []
    for one in mapping.gives:
        columns = dict(one.columns)
        for name, source in one.columns.items():
            start = word_for(one.kind, name, "")
            if start.removesuffix(":") in said:
                more = {
                    text.removeprefix(start): code
                    for text, code in choices.values.items()
                    if text.startswith(start) and code
                }
                columns[name] = dataclasses.replace(source, words={**source.words, **more})
        given.append(dataclasses.replace(one, columns=columns))
    if tuple(given) == mapping.gives:
        return known_as
    return dataclasses.replace(known_as, mapping=dataclasses.replace(mapping, gives=tuple(given)))


def ids_asked_for(mapping: Mapping | None) -> frozenset[str]:
    """The values that a mapping asks for and that are keys or references."""
    return frozenset(
        source.of
        for one in (mapping.gives if mapping else ())
        for name, source in one.columns.items()
        if name in contract.load(one.kind).key
        or contract.load(one.kind).column(name).refers_to is not None
    )


def constants(known_as: Recognition, choices: Choices) -> dict[str, str]:
    """What the mapping or the uploader set for the whole file, by contract column."""
    if known_as.mapping is None:
        return {}
    said = {
        f"{one.kind}.{name}": choices.values[source.of]
        for one in known_as.mapping.gives
        for name, source in one.columns.items()
        if source.how == "ask" and choices.values.get(source.of)
    }
    return known_as.mapping.constants() | said
