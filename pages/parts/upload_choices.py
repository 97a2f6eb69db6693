"""What an uploader can say instead of what was judged: a field for each choice about a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from data import contract
from data.encoding import ENCODINGS
from data.read import AS_JUDGED
from data.recognise import PROPOSED
from data.uploader_words import column_for, columns_said, word_for
from pages.parts import upload_words as words
from pages.parts.upload_inbox import Dropped, inbox
from pages.text import language, later, number, problems, say

LAST_HEADING_LINE = 30
"""Title blocks are a few lines; a heading row further down is offered when it was found there."""

NO_HEADINGS = 0

WIDTH = 270
"""Pixels of a field: three beside each other on a laptop, one on a phone."""

ASKED_BY = {
    "unsure_encoding": "encoding",
    "unreadable_encoding": "encoding",
    "unsure_delimiter": "delimiter",
    "one_column": "delimiter",
    "no_headings": "heading_row",
    "short_headings": "heading_row",
    "unknown_heading_row": "heading_row",
    "headings_only": "heading_row",
    "several_sheets": "sheet",
    "unknown_sheet": "sheet",
    "several_layouts": "mapping",
    "unknown_layout": "mapping",
    "unknown_mapping": "mapping",
    "ambiguous_dates": "dates",
    "needs_value": "values",
}
"""Problems that a choice can answer: the field stands where the problem is told."""


def asked(file: Dropped) -> list[str]:
    """The choices that the file's problems ask for, in the order of the fields."""
    wanted = {ASKED_BY.get(problem.code) for problem in file.intake.problems}
    used = file.intake.mapping
    if used is not None and set(used.asks_for()) - {"municipality"}:
        # What is to be said of every file stays in one place, also once it is said.
        wanted.add("values")
    wanted |= {"words", "columns"}
    return [name for name in _possible(file) if name in wanted]


def unasked(file: Dropped) -> list[str]:
    """The choices that can be made besides."""
    return [name for name in _possible(file) if name not in asked(file)]


def fields(file: Dropped, which: Iterable[str], municipalities: Mapping[str, str]) -> None:
    """Draw the fields of these choices, beside each other where there is room."""
    drawing: list[Callable[[], None]] = []
    for name in which:
        if name == "values":
            drawing += _values(file, municipalities)
        elif name == "columns":
            drawing += [partial(_column, file, heading) for heading in _misspelt(file)]
        elif name == "words":
            drawing += [partial(_word, file, text) for text in _unknown_statuses(file)]
        else:
            drawing.append(partial(_FIELDS[name], file))
    with st.container(horizontal=True, gap="medium"):
        for draw in drawing:
            draw()


def set_back(file: Dropped) -> None:
    """Draw the button that takes every choice back, when there is one."""
    is_read = file.confirmed is None and file.beside.proposal is None
    if file.choices == AS_JUDGED and file.mapping_name is None and is_read:
        return
    st.button(
        say("Back to how we read it first"),
        key=_key(file, "set_back"),
        on_click=_set_back,
        args=(file.number,),
        type="tertiary",
    )


def _possible(file: Dropped) -> list[str]:
    read = file.intake.reading
    is_table = bool(read.columns)
    codes = {problem.code for problem in file.intake.problems}
    there = {
        "sheet": len([sheet for sheet in read.sheets if sheet.rows]) > 1,
        "encoding": read.encoding is not None,
        "delimiter": read.delimiter is not None,
        "heading_row": is_table or bool(codes & {"unknown_heading_row", "headings_only"}),
        "mapping": is_table,
        "dates": is_table and file.intake.mapping is not None,
        "values": file.intake.mapping is not None and bool(file.intake.mapping.asks_for()),
        "words": bool(_unknown_statuses(file)),
        "columns": bool(_misspelt(file)),
        "put_back": bool(_set_aside(file)),
    }
    return [name for name, is_there in there.items() if is_there]


# -- the fields --------------------------------------------------------------------------------


def _sheet(file: Dropped) -> None:
    read = file.intake.reading
    hidden = {sheet.name for sheet in read.sheets if sheet.hidden}

    def shown(name: str) -> str:
        return say("{name} (hidden)", name=name) if name in hidden else name

    names = [sheet.name for sheet in read.sheets if sheet.rows]
    _select(file, "sheet", say("Sheet"), names, read.sheet, shown)


def _encoding(file: Dropped) -> None:
    now = file.intake.reading.encoding
    _select(file, "encoding", say("Encoding"), ENCODINGS, now, words.encoding)


def _delimiter(file: Dropped) -> None:
    now = file.intake.reading.delimiter
    _select(file, "delimiter", say("Separator"), tuple(words.DELIMITERS), now, words.delimiter)


def _heading_row(file: Dropped) -> None:
    read = file.intake.reading
    now = NO_HEADINGS if read.heading_row is None else read.heading_row
    offered = [NO_HEADINGS, *range(1, LAST_HEADING_LINE + 1)]

    def shown(line: int) -> str:
        return say("No headings") if line == NO_HEADINGS else say("Line {line}", line=number(line))

    _select(file, "heading_row", say("Headings are on"), offered, now, shown)


def _mapping(file: Dropped) -> None:
    used = file.intake.mapping
    offered = [*contract.all_kinds(), PROPOSED, *dict.fromkeys(file.mappings)]

    def shown(name: str) -> str:
        if name in contract.all_kinds():
            return say("{kind}, as in the template", kind=words.kind(name))
        if name == PROPOSED:
            return say("Answers to a survey, as we propose to read them")
        return say("The recipe “{name}”", name=name)

    now = used.name if used is not None and used.name in offered else None
    _select(file, "mapping", say("What the file is"), offered, now, shown)


def _dates(file: Dropped) -> None:
    used = file.intake.mapping
    is_asked = "dates" in asked(file)
    now = None if is_asked else file.choices.dates or (used and used.dates) or "dmy"
    _select(
        file,
        "dates",
        say("Dates with slashes have"),
        tuple(words.DATES),
        now,
        lambda order: say(words.DATES[order]),
    )


def _put_back(file: Dropped) -> None:
    aside = _set_aside(file)

    def shown(line: int) -> str:
        return aside[line]

    st.multiselect(
        say("Rows that count after all"),
        list(aside),
        default=[line for line in file.choices.put_back if line in aside],
        format_func=shown,
        key=_key(file, "put_back"),
        on_change=_chosen,
        args=(file.number, "put_back"),
        placeholder=say("None"),
        width=WIDTH,
    )


def _set_aside(file: Dropped) -> dict[int, str]:
    """The lines that may be put back, with why they were left out."""
    may = ("sum_row", "source_row", "repeated_heading")
    found = {
        one.line: say("Line {line} ({why})", line=number(one.line), why=problems.left_out(one))
        for one in file.intake.left_out
        if one.why in may
    }
    back = {line: say("Line {line}", line=number(line)) for line in file.choices.put_back}
    return dict(sorted((back | found).items()))


_FIELDS: dict[str, Callable[[Dropped], None]] = {
    "sheet": _sheet,
    "encoding": _encoding,
    "delimiter": _delimiter,
    "heading_row": _heading_row,
    "mapping": _mapping,
    "dates": _dates,
    "put_back": _put_back,
}


VALUES = {
    "municipality": later("Municipality"),
    "wave_id": later("Survey wave, by its code"),
    "sent_on": later("Sent on, as 31.12.2026"),
    "asked": later("How many were asked"),
    "activity_id": later("The course, by its code"),
    "service": later("Service"),
    "measurement": later("When people were asked"),
    "respondent": later("Who answered"),
    "channel": later("How they were asked"),
}
"""What a mapping may ask for, as the label of its field."""


def _values(file: Dropped, municipalities: Mapping[str, str]) -> list[Callable[[], None]]:
    """A field for each value that the mapping asks for, those that it needs first."""
    used = file.intake.mapping
    assert used is not None
    needed = used.needs()
    names = [*needed, *(name for name in used.asks_for() if name not in needed)]
    return [
        partial(_municipality, file, municipalities)
        if name == "municipality"
        else partial(_value, file, name, is_needed=name in needed)
        for name in names
    ]


def _municipality(file: Dropped, municipalities: Mapping[str, str]) -> None:
    _select(
        file,
        "value_municipality",
        say(VALUES["municipality"]),
        list(municipalities),
        file.choices.values.get("municipality"),
        lambda number: municipalities.get(number, number),
    )


def _value(file: Dropped, name: str, *, is_needed: bool) -> None:
    field, now = f"value_{name}", file.choices.values.get(name)
    label = say(VALUES[name]) if name in VALUES else name
    if not is_needed:
        label = say("{field} (may be empty)", field=label)
    coded = _codes(name)
    if coded:
        _select(file, field, label, list(coded), now or None, lambda code: coded[code])
        return
    st.text_input(
        label,
        value=now or "",
        key=_key(file, field),
        on_change=_chosen,
        args=(file.number, field),
        width=WIDTH,
    )


def _codes(name: str) -> dict[str, str]:
    """What may be chosen for a value that has a list of its own, in words."""
    waves = contract.load("survey_waves")
    if name not in waves.column_names:
        return {}
    return {one.code: one.words[language()] for one in waves.column(name).values}


def _unknown_statuses(file: Dropped) -> list[str]:
    """What a tool's list calls a status and no contract does, said by now or not."""
    if file.intake.recognition.why not in ("saved_mapping", "asked_for"):
        return []
    start = word_for("actions", "status", "")
    said = [one.removeprefix(start) for one in file.choices.values if one.startswith(start)]
    unknown = [
        problem.found
        for problem in file.intake.problems
        if (problem.code, problem.kind, problem.field) == ("unknown_code", "actions", "status")
    ]
    return list(dict.fromkeys([*said, *filter(None, unknown)]))


def _word(file: Dropped, text: str) -> None:
    name = word_for("actions", "status", text)
    values = contract.load("actions").column("status").values
    words_of = {one.code: one.words[language()] for one in values}
    _select(
        file,
        f"value_{name}",
        say("What “{text}” means", text=text),
        list(words_of),
        file.choices.values.get(name) or None,
        lambda code: words_of[code],
    )


def _misspelt(file: Dropped) -> list[str]:
    """Headings that are nearly one of ours, and those that somebody has said the meaning of."""
    near = [
        problem.column
        for problem in file.intake.problems
        if problem.code == "misspelt_column" and problem.column is not None
    ]
    return list(dict.fromkeys([*columns_said(file.choices), *near]))


def _column(file: Dropped, heading: str) -> None:
    used = file.intake.mapping
    if used is None or file.intake.recognition.kind is None:
        return
    name = column_for(heading)
    now = file.choices.values.get(name)
    given = {one for gives in used.gives for one in gives.columns}
    free = {
        one.heading: one.heading
        for one in contract.load(file.intake.recognition.kind).columns
        if one.name not in given or one.heading == now
    }
    _select(
        file,
        f"value_{name}",
        say("What the column “{heading}” is", heading=heading),
        ["", *free],
        now,
        lambda one: free.get(one) or say("not used"),
    )


def _select(
    file: Dropped,
    field: str,
    label: str,
    offered: Sequence[Any],
    now: Any,
    shown: Callable[[Any], str],
) -> None:
    options = list(offered)
    if now is not None and now not in options:
        options.append(now)
    st.selectbox(
        label,
        options,
        index=None if now is None else options.index(now),
        format_func=shown,
        key=_key(file, field),
        on_change=_chosen,
        args=(file.number, field),
        placeholder=say("Choose"),
        width=WIDTH,
    )


# -- what happens ------------------------------------------------------------------------------


def _key(file: Dropped, field: str) -> str:
    return f"upload_{file.number}_{file.turn}_{field}"


def _chosen(file_number: int, field: str) -> None:
    file = _file(file_number)
    value = st.session_state[_key(file, field)]
    if field == "mapping":
        file.mapping_name = value
        _forget_proposal(file)
    elif field.startswith("value_"):
        values = {**file.choices.values, field.removeprefix("value_"): value}
        file.choices = dataclasses.replace(file.choices, values=values)
    elif field == "put_back":
        file.choices = dataclasses.replace(file.choices, put_back=tuple(sorted(value)))
    else:
        file.choices = dataclasses.replace(file.choices, **{field: value})
    if field == "sheet":
        # Another sheet is another table: what was said of the first is not said of this one.
        file.choices = dataclasses.replace(AS_JUDGED, sheet=value)
        file.mapping_name = None
        _forget_proposal(file)
        file.turn += 1
    file.is_changed = True


def _forget_proposal(file: Dropped) -> None:
    """Let go of what was corrected and confirmed: it was said of another reading."""
    file.beside = dataclasses.replace(file.beside, proposal=None)
    file.confirmed = None


def _set_back(file_number: int) -> None:
    file = _file(file_number)
    file.choices, file.mapping_name = AS_JUDGED, None
    _forget_proposal(file)
    file.turn += 1
    file.is_changed = True


def _file(file_number: int) -> Dropped:
    (found,) = (file for file in inbox().files if file.number == file_number)
    return found
