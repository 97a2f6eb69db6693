"""A problem with a file as a sentence: where, what was found, what was expected, what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from data import contract
from data.layout import LeftOut
from data.problems import Problem
from pages.text import date, language, later, number, plural, say

MOST_LINES = 8
"""Line numbers that are listed; of more the first ones and how many."""

MOST_COLUMNS = 20
"""Headings that are listed in a sentence; of more the first ones and how many."""


def sentence(problem: Problem) -> str:
    """One problem in the language spoken now, as plain text."""
    where = place(problem)
    what = _WHAT[problem.code](problem)
    return f"{where}: {what}" if where else what[:1].upper() + what[1:]


def headline(file_name: str, problems: Sequence[Problem]) -> str:
    """What the list of problems amounts to, in one line above it."""
    count = sum(problem.blocking for problem in problems)
    if count == 0:
        return say("{file} can be stored.", file=file_name)
    return plural(
        "{n} problem in {file}. Nothing is stored.",
        "{n} problems in {file}. Nothing is stored.",
        count,
        file=file_name,
    )


def place(problem: Problem) -> str:
    """Where in the file, as "Lines 4 and 9, column «status»"; empty when it is the whole file."""
    parts = []
    if problem.sheet:
        parts.append(say("sheet “{sheet}”", sheet=problem.sheet))
    lines = problem.lines or ((problem.line,) if problem.line is not None else ())
    if lines:
        parts.append(_lines(lines))
    column = problem.column or (_heading(problem) if lines and problem.field else None)
    if column and not (problem.column is None and problem.code == "missing_column"):
        parts.append(say("column “{column}”", column=column))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _lines(lines: Sequence[int]) -> str:
    shown = [str(line) for line in lines[:MOST_LINES]]
    if len(lines) == 1:
        return say("line {line}", line=shown[0])
    if len(lines) > MOST_LINES:
        more = number(len(lines) - MOST_LINES)
        return say("lines {lines} and {more} more", lines=", ".join(shown), more=more)
    return say("lines {lines} and {last}", lines=", ".join(shown[:-1]), last=shown[-1])


def left_out(one: LeftOut) -> str:
    """Why a row is not among the values, in a few words."""
    reasons = {
        "separator_line": say("names the separator"),
        "title_row": say("a title above the table"),
        "heading_row": say("a further heading row"),
        "repeated_heading": say("the headings once more"),
        "sum_row": say("a sum"),
        "source_row": say("a source or note"),
        "blank_row": say("empty"),
        "example": say("the example of the template"),
        "chosen": say("left out by you"),
    }
    return reasons[one.why]


def not_counted(held: Mapping[str, Any]) -> list[str]:
    """What a receipt says was read and counts in no number, or in fewer than the rest.

    Args:
        held: The facts of an upload, as the store keeps them.
    """
    said = []
    if held.get("without_answers"):
        said.append(
            plural(
                "{n} row has no answer to any of the questions that are read",
                "{n} rows have no answer to any of the questions that are read",
                held["without_answers"],
            )
        )
    if held.get("without_number"):
        said.append(
            plural(
                "{n} answer is without a number and in no share",
                "{n} answers are without a number and in no share",
                held["without_number"],
            )
        )
    return said


# -- words for facts ---------------------------------------------------------------------------


def _heading(problem: Problem) -> str | None:
    if problem.kind is None or problem.field is None:
        return None
    try:
        return contract.load(problem.kind).column(problem.field).heading
    except (KeyError, contract.ContractError):
        return None


def _word(problem: Problem, code: str) -> str:
    """A code in the reader's words, as the contract gives them."""
    if problem.kind is not None and problem.field is not None:
        for value in contract.load(problem.kind).column(problem.field).values:
            if value.code == code:
                return value.words[language()]
    return code


def _or(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return say("{some} or {last}", some=", ".join(items[:-1]), last=items[-1])


def _day(text: str | None) -> str:
    try:
        return date(dt.date.fromisoformat(text or ""))
    except ValueError:
        return text or ""


def _did_you_mean(nearest: str | None) -> str:
    return " " + say("Did you mean {nearest}?", nearest=nearest) if nearest else ""


def _found(problem: Problem) -> str:
    return problem.found or ""


def _expected(problem: Problem) -> str:
    return problem.expected or ""


def _sorts(problem: Problem) -> str:
    words = {
        "word": say("a Word document"),
        "powerpoint": say("a presentation"),
        "zip": say("a packed folder (zip)"),
        "image": say("a picture"),
        "json": say("a JSON file"),
        "xml": say("an XML file"),
        "rtf": say("a text document (RTF)"),
        "spss": say("an SPSS file"),
        "mail": say("an e-mail"),
        "calendar": say("a calendar or address card"),
    }
    return words.get(_found(problem), say("a file of another sort"))


# -- the file ----------------------------------------------------------------------------------


def _too_big(problem: Problem) -> str:
    return say(
        "The file is {found} MB, and at most {most} MB can be uploaded. Export fewer months at a"
        " time.",
        found=_found(problem),
        most=_expected(problem),
    )


def _one_of_columns(one: str, many: str) -> Callable[[Problem], str]:
    def worded(problem: Problem) -> str:
        if problem.column is not None:
            return say(one)
        return say(many, n=number(problem.of or 0), columns=columns(_found(problem).split("; ")))

    return worded


def columns(headings: Sequence[str]) -> str:
    """The headings in a sentence; of very many the first ones and how many more."""
    if len(headings) <= MOST_COLUMNS:
        return ", ".join(headings)
    more = number(len(headings) - MOST_COLUMNS)
    return say("{columns} and {n} more", columns=", ".join(headings[:MOST_COLUMNS]), n=more)


def _unknown_layout(problem: Problem) -> str:
    text = say("The headings are those of no file we know.")
    if problem.nearest in contract.all_kinds():
        kind = contract.load(problem.nearest).name[language()]
        text += " " + say("They look most like {kind}.", kind=kind)
    return text + " " + say("Use a template, or say what each column is.")


def _ragged(problem: Problem) -> str:
    return say(
        "{n} of {of} rows have another number of cells than the {headings} headings. Look for a"
        " separator or a quotation mark too many.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
        headings=_expected(problem),
    )


def _unknown_column(problem: Problem) -> str:
    said = _one_of_columns(
        later("the column is not used and is left out."),
        later("{n} columns are not used and are left out: {columns}."),
    )
    return said(problem) + _did_you_mean(problem.nearest and f"«{problem.nearest}»")


def _mended(problem: Problem) -> str:
    return say(
        "{n} of {of} rows have a separator or a quotation mark too many or too few. They are shown"
        " as they were most likely meant. Mend them in the file, or leave these lines out.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
    )


def _unsure_delimiter(problem: Problem) -> str:
    names = {";": say("semicolon"), ",": say("comma"), "\t": say("tab"), "|": say("vertical bar")}
    first, second = _expected(problem)[0], _expected(problem)[-1]
    return say(
        "The cells can be separated by {first} or by {second}. Choose which it is.",
        first=names.get(first, first),
        second=names.get(second, second),
    )


def _missing_column(problem: Problem) -> str:
    text = say("The column “{column}” is missing.", column=_expected(problem))
    if problem.nearest:
        return text + _did_you_mean(f"«{problem.nearest}»")
    return text + " " + say("Add it to the file and upload it again.")


def _ambiguous_dates(problem: Problem) -> str:
    text = say(
        "found “{found}”, which can be read with the day first or the month first.",
        found=_found(problem),
    )
    if problem.nearest == "mdy":
        return text + " " + say("Some of the dates only exist with the month first. Choose.")
    return text + " " + say("Choose which it is.")


# -- cells -------------------------------------------------------------------------------------


def _unknown_code(problem: Problem) -> str:
    allowed = [_word(problem, code) for code in _expected(problem).split(";") if code]
    text = say("found “{found}”, expected {allowed}.", found=_found(problem), allowed=_or(allowed))
    nearest = _word(problem, problem.nearest) if problem.nearest else None
    return text + _did_you_mean(nearest)


def _not_on_scale(problem: Problem) -> str:
    allowed = _or([f"“{text}”" for text in _expected(problem).split("; ")])
    return say("found “{found}”, expected {allowed}.", found=_found(problem), allowed=allowed)


def _not_a_date(problem: Problem) -> str:
    example = problem.nearest or "28.02.2026"
    return say(
        "found “{found}”, expected a date such as {example}.",
        found=_found(problem),
        example=example,
    )


def _future_date(problem: Problem) -> str:
    return say(
        "found “{found}”, which is in the future. Expected a date up to {today}.",
        found=_found(problem),
        today=_day(problem.expected),
    )


def _other(problem: Problem) -> tuple[str, str]:
    column, _, value = _expected(problem).rpartition(": ")
    return column, value


def _before_other(problem: Problem) -> str:
    column, value = _other(problem)
    return say(
        "found {found}, which is before {value} in the column “{other}”.",
        found=_day(problem.found),
        value=_day(value),
        other=column,
    )


def _above_other(problem: Problem) -> str:
    column, value = _other(problem)
    return say(
        "found {found}, which is more than {value} in the column “{other}”.",
        found=_found(problem),
        value=value,
        other=column,
    )


def _unknown_municipality(problem: Problem) -> str:
    text = say("found “{found}”.", found=_found(problem))
    if problem.nearest:
        return text + _did_you_mean(problem.nearest)
    return text + " " + say("It is not one of the municipalities in the cooperation.")


def _unknown_reference(problem: Problem) -> str:
    refers_to = None
    if problem.kind and problem.field:
        refers_to = contract.load(problem.kind).column(problem.field).refers_to
    kind = contract.load(refers_to).name[language()].lower() if refers_to else ""
    text = say(
        "found “{found}”, which is not among the {kind} that have been uploaded.",
        found=_found(problem),
        kind=kind,
    )
    return text + _did_you_mean(problem.nearest)


def _duplicate_key(problem: Problem) -> str:
    return say(
        "“{found}” is on several rows. Each row must have its own, or the last one would replace"
        " the others.",
        found=_found(problem),
    )


def _half_year(problem: Problem) -> str:
    return say(
        "the half-year survey is dated {found}, and the same-day survey of the same course {first}."
        " Half a year must come after.",
        found=_day(problem.found),
        first=_day(problem.expected),
    )


def _not_yours(problem: Problem) -> str:
    return say(
        "the rows are for {found}. You can upload for your own municipality only. Take the rows"
        " out, or ask the regional coordinator.",
        found=_found(problem),
    )


NEEDED = {
    "municipality": later("the municipality"),
    "wave_id": later("the survey wave"),
    "sent_on": later("when the questions were sent out"),
    "measurement": later(
        "when people were asked: the same day as a course, half a year after, or other"
    ),
}
"""What a mapping may ask for, inside a sentence."""


def _needs_value(problem: Problem) -> str:
    name = problem.field or ""
    what = say(NEEDED[name]) if name in NEEDED else name
    return say("The file does not say {what}. Choose it.", what=what)


def _changed_mapping(problem: Problem) -> str:
    text = say("The recipe «{name}» nearly fits.", name=problem.nearest or "")
    if problem.found:
        text += " " + say("New in the file: {columns}.", columns=problem.found.replace("; ", ", "))
    if problem.expected:
        gone = problem.expected.replace("; ", ", ")
        text += " " + say("No longer in the file: {columns}.", columns=gone)
    return text


def _personal(one: str) -> Callable[[Problem], str]:
    def worded(_: Problem) -> str:
        refused = say("The file is refused, and nothing of it is kept. Remove it and upload.")
        return f"{say(one)} {refused}"

    return worded


_WHAT: dict[str, Callable[[Problem], str]] = {
    "empty": lambda _: say("The file is empty. Export it once more."),
    "headings_only": lambda _: say("There are headings, but no rows below them."),
    "html": lambda _: say(
        "This is a web page, even if its name says otherwise. Open it in Excel and save it as"
        " an Excel workbook (.xlsx)."
    ),
    "pdf": lambda _: say(
        "This is a PDF. Export the table as Excel (.xlsx) or CSV from the tool it comes from."
    ),
    "prose": lambda _: say(
        "This is running text, no table. Export the table as Excel (.xlsx) or CSV."
    ),
    "other_file": lambda problem: say(
        "This is {sort}. Export the table as Excel (.xlsx) or CSV.", sort=_sorts(problem)
    ),
    "old_workbook": lambda _: say(
        "This is an Excel workbook in the old format. Open it in Excel and save it as .xlsx."
    ),
    "other_workbook": lambda problem: say(
        "This is a workbook in the format {found}. Save it as an Excel workbook (.xlsx).",
        found=_found(problem),
    ),
    "encrypted_workbook": lambda _: say(
        "The workbook is protected by a password. Save a copy without a password."
    ),
    "broken_workbook": lambda _: say(
        "The workbook cannot be opened. Open it in Excel and save it again."
    ),
    "archive_bomb": lambda problem: say(
        "The workbook unpacks to {found} MB, and at most {most} MB is read of a file of this size."
        " Save only the sheet with the table.",
        found=_found(problem),
        most=_expected(problem),
    ),
    "far_cell": lambda problem: say(
        "There is a cell in {found}, far outside any table. Delete the empty rows and columns"
        " around the table, and save.",
        found=_found(problem),
    ),
    "too_big": _too_big,
    "too_slow": lambda _: say(
        "The workbook takes too long to read. Save only the sheet with the table, as CSV."
    ),
    "too_many_lines": lambda problem: say(
        "There are {found} lines, and at most {most} are read. Divide the file in several.",
        found=_found(problem),
        most=_expected(problem),
    ),
    "too_many_columns": lambda problem: say(
        "There are {found} columns, and at most {most} are read.",
        found=_found(problem),
        most=_expected(problem),
    ),
    "long_cell": lambda problem: say(
        "a cell holds {found} characters, and at most {most} are read. Perhaps a quotation mark is"
        " missing.",
        found=_found(problem),
        most=_expected(problem),
    ),
    "workbook_by_another_name": lambda problem: say(
        "The file is an Excel workbook, although its name ends in “{found}”. It is read as one.",
        found=_found(problem),
    ),
    "one_column": lambda _: say("We found only one column. Is this the right file?"),
    "mixed_encoding": lambda problem: say(
        "these lines are in another encoding than the rest ({found}). They are read as such; look"
        " whether æ, ø and å are right.",
        found=_found(problem),
    ),
    "lost_letters": lambda _: say(
        "letters were lost before the file came here (�). Export it once more if you can."
    ),
    "unsure_encoding": lambda problem: say(
        "letters look wrong when read as {found}. Choose {nearest} if æ, ø and å are then right.",
        found=_found(problem),
        nearest=problem.nearest,
    ),
    "twice_encoded": lambda _: say(
        "letters were spoilt before the file came here (Ã¸ for ø). Export the file once more, and"
        " choose UTF-8 if you are asked."
    ),
    "zero_bytes": lambda _: say(
        "the file is damaged, with zeros where there should be text. Export it once more."
    ),
    "control_signs": lambda _: say(
        "there are signs that cannot be seen. They stay in the cells; look whether these are right."
    ),
    "unreadable_encoding": lambda problem: say(
        "the file is not {encoding}. Choose another encoding.", encoding=_expected(problem)
    ),
    "unsure_delimiter": _unsure_delimiter,
    "unclosed_quote": lambda _: say(
        "a quotation mark opens here and is not closed, so that rows become one cell. Mend the"
        " mark in the file."
    ),
    "ragged_rows": _ragged,
    "mended_rows": _mended,
    "second_table": lambda _: say(
        "a second table begins here, and it is not read. Let each table have a file of its own."
    ),
    "short_headings": lambda problem: say(
        "there are {n} headings, and {cells} cells in the rows. Is there a separator too few"
        " between two headings? Mend the file, or choose the row with the headings if it is right.",
        n=_found(problem),
        cells=_expected(problem),
    ),
    "formula_without_value": lambda problem: say(
        "formulas have no stored value, as in {found}. Open the workbook in Excel and save it.",
        found=_found(problem),
    ),
    "duplicate_headings": lambda problem: say(
        "headings stand more than once and are now numbered: {found}.", found=_found(problem)
    ),
    "empty_headings": lambda problem: say(
        "columns without a heading are now called {found}.",
        found=_found(problem).replace("; ", ", "),
    ),
    "no_headings": lambda _: say(
        "the heading row looks like a row of values. Choose the row with the headings."
    ),
    "unknown_heading_row": lambda _: say("there is no row to take headings from."),
    "unknown_sheet": lambda problem: say(
        "There is no sheet “{found}”. The sheets are {sheets}.",
        found=_found(problem),
        sheets=_expected(problem).replace("; ", ", "),
    ),
    "several_sheets": lambda problem: say(
        "several sheets hold a table: {sheets}. Choose which one to read.",
        sheets=_expected(problem).replace("; ", ", "),
    ),
    "sheet_chosen": lambda _: say("this sheet is read, since it is the one we know."),
    "merged_cells": lambda problem: say(
        "cells are merged over several rows ({found}), so that only the first row has the value."
        " Split them in Excel, and fill in each row.",
        found=_found(problem),
    ),
    "hidden_rows": lambda _: say("rows that are hidden in the workbook are read as all others."),
    "hidden_sheet": lambda _: say("the sheet is hidden and is not read."),
    "unknown_layout": _unknown_layout,
    "several_layouts": lambda problem: say(
        "The headings fit more than one kind of file: {kinds}. Choose which it is.",
        kinds=_expected(problem).replace("; ", ", "),
    ),
    "crowded_archive": lambda problem: say(
        "The archive holds {found} files. Choose those that are to be read, at most {expected}.",
        found=_found(problem),
        expected=_expected(problem),
    ),
    "big_archive": lambda problem: say(
        "The archive unpacks to {found} MB, and at most {expected} MB is read. Unpack it, and"
        " choose the file with the rows.",
        found=_found(problem),
        expected=_expected(problem),
    ),
    "empty_archive": lambda _: say(
        "The archive holds no file that can be a table. Choose the exported file itself."
    ),
    "locked_archive": lambda _: say(
        "The archive cannot be opened. Unpack it, and choose the files in it."
    ),
    "codebook": lambda _: say(
        "This is a SurveyXact export's list of questions or labels, not its answers. Upload the"
        " file with the answers (dataset); this one is not needed."
    ),
    "unknown_mapping": lambda problem: say(
        "There is no saved mapping “{found}”.", found=_found(problem)
    ),
    "proposed_mapping": lambda _: say(
        "Nobody has confirmed yet how the columns are read. Look at the proposal, correct it where"
        " it is wrong, and confirm it."
    ),
    "changed_mapping": _changed_mapping,
    "codes_without_texts": lambda _: say(
        "The file holds codes. Choose structure.csv and labels.csv of the same export together with"
        " it, and the texts of questions and answers come along."
    ),
    "missing_column": _missing_column,
    "unknown_column": _unknown_column,
    "unsure_column": lambda problem: say(
        "several columns can be “{column}”: {columns}. Choose which.",
        column=_heading(problem) or "",
        columns=_expected(problem).replace("; ", ", "),
    ),
    "needs_value": _needs_value,
    "ambiguous_dates": _ambiguous_dates,
    "identity_number": _personal(later("there is a national identity number here.")),
    "phone_number": _personal(later("there is a telephone number here.")),
    "email_address": _personal(later("there is an e-mail address here.")),
    "personal_column": _personal(later("by its heading this column holds names or the like.")),
    "personal_heading": _personal(later("the heading itself holds personal data.")),
    "personal_file_name": lambda _: say(
        "The name of the file holds personal data, so the name is not kept."
    ),
    "dropped_column": _one_of_columns(
        later("the column may hold personal data, and is not kept."),
        later("{n} columns may hold personal data, and are not kept: {columns}."),
    ),
    "dropped_personal_data": lambda _: say(
        "there is personal data here. It is not part of what is read, and is not kept."
    ),
    "missing_value": lambda _: say("the cell is empty, but must be filled in."),
    "not_a_number": lambda problem: say(
        "found “{found}”, expected a number.", found=_found(problem)
    ),
    "error_value": lambda problem: say(
        "found “{found}”, which a spreadsheet writes when a formula fails. Mend the formula, or"
        " write what should stand there.",
        found=_found(problem),
    ),
    "not_whole": lambda problem: say(
        "found “{found}”, expected a whole number.", found=_found(problem)
    ),
    "not_a_date": _not_a_date,
    "not_yes_or_no": lambda problem: say(
        "found “{found}”, expected yes or no.", found=_found(problem)
    ),
    "unknown_code": _unknown_code,
    "own_words": lambda _: say(
        "there is an answer in somebody's own words here, which may not be uploaded. Leave the"
        " column out, or code the answers first."
    ),
    "not_on_scale": _not_on_scale,
    "absent_question": _one_of_columns(
        later("the column is not in the file, so its question has no answers."),
        later("{n} columns are not in the file, so their questions have no answers: {columns}."),
    ),
    "without_number": lambda problem: say(
        "“{found}” is an answer without a number. It counts as answered, and is in no share and no"
        " average.",
        found=_found(problem).replace("; ", " / "),
    ),
    "unfinished_rows": lambda problem: say(
        "{n} of {of} rows were not filled in to the end. What was answered is taken along.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
    ),
    "without_answers": lambda problem: say(
        "{n} of {of} rows have no answer to any of the questions that are read. They do not count"
        " as answered.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
    ),
    "wrong_pattern": lambda problem: say(
        "“{found}” does not have the form that is expected here. See the explanation of the column"
        " in the template.",
        found=_found(problem),
    ),
    "below_range": lambda problem: say(
        "found “{found}”, expected {least} or more.",
        found=_found(problem),
        least=_expected(problem),
    ),
    "above_range": lambda problem: say(
        "found “{found}”, expected {most} or less.", found=_found(problem), most=_expected(problem)
    ),
    "above_other": _above_other,
    "future_date": _future_date,
    "before_other": _before_other,
    "half_year_before_same_day": _half_year,
    "duplicate_key": _duplicate_key,
    "varying_value": lambda problem: say(
        "rows for “{found}” do not agree here.", found=_found(problem)
    ),
    "unknown_municipality": _unknown_municipality,
    "unknown_reference": _unknown_reference,
    "unsure_reference": lambda problem: say(
        "several are called “{found}”: {ids}. Write which one.",
        found=_found(problem),
        ids=_expected(problem).replace("; ", ", "),
    ),
    "not_your_municipality": _not_yours,
    "status_without_date": lambda problem: say(
        "“{found}” without a date in “{column}”. The numbers go by dates, so the action counts as"
        " open. Fill in the date.",
        found=problem.found,
        column=problem.expected,
    ),
    "taken_key": lambda problem: say(
        "{found} is used by {owner} already. Give the row an id of its own.",
        found=_found(problem),
        owner=problem.expected,
    ),
    "example_row": lambda _: say(
        "this is the example of the template, and the only row. Write over it, unless it is yours."
    ),
    "nothing_left": lambda _: say("No row is left to store."),
}
