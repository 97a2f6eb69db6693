"""What is wrong with a file as a whole, or with its letters and rows, in words."""

from __future__ import annotations

from collections.abc import Callable

from data.problems import Problem
from pages.text import number, say
from pages.text.problem_facts import (
    expected,
    found,
)


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
    return words.get(found(problem), say("a file of another sort"))


def _too_big(problem: Problem) -> str:
    return say(
        "The file is {found} MB, and at most {most} MB can be uploaded. Export fewer months at a"
        " time.",
        found=found(problem),
        most=expected(problem),
    )


def _ragged(problem: Problem) -> str:
    return say(
        "{n} of {of} rows have another number of cells than the {headings} headings. Look for a"
        " separator or a quotation mark too many.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
        headings=expected(problem),
    )


def _mended(problem: Problem) -> str:
    return say(
        "{n} of {of} rows have a separator or a quotation mark too many or too few. They are shown"
        " as they were most likely meant. Mend them in the file, or leave these lines out.",
        n=number(len(problem.lines)),
        of=number(problem.of or 0),
    )


def _unsure_delimiter(problem: Problem) -> str:
    names = {";": say("semicolon"), ",": say("comma"), "\t": say("tab"), "|": say("vertical bar")}
    first, second = expected(problem)[0], expected(problem)[-1]
    return say(
        "The cells can be separated by {first} or by {second}. Choose which it is.",
        first=names.get(first, first),
        second=names.get(second, second),
    )


WHAT: dict[str, Callable[[Problem], str]] = {
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
        found=found(problem),
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
        found=found(problem),
        most=expected(problem),
    ),
    "far_cell": lambda problem: say(
        "There is a cell in {found}, far outside any table. Delete the empty rows and columns"
        " around the table, and save.",
        found=found(problem),
    ),
    "too_big": _too_big,
    "too_slow": lambda _: say(
        "The workbook takes too long to read. Save only the sheet with the table, as CSV."
    ),
    "too_many_lines": lambda problem: say(
        "There are {found} lines, and at most {most} are read. Divide the file in several.",
        found=found(problem),
        most=expected(problem),
    ),
    "too_many_columns": lambda problem: say(
        "There are {found} columns, and at most {most} are read.",
        found=found(problem),
        most=expected(problem),
    ),
    "long_cell": lambda problem: say(
        "a cell holds {found} characters, and at most {most} are read. Perhaps a quotation mark is"
        " missing.",
        found=found(problem),
        most=expected(problem),
    ),
    "workbook_by_another_name": lambda problem: say(
        "The file is an Excel workbook, although its name ends in “{found}”. It is read as one.",
        found=found(problem),
    ),
    "one_column": lambda _: say("We found only one column. Is this the right file?"),
    "mixed_encoding": lambda problem: say(
        "these lines are in another encoding than the rest ({found}). They are read as such; look"
        " whether æ, ø and å are right.",
        found=found(problem),
    ),
    "lost_letters": lambda _: say(
        "letters were lost before the file came here (�). Export it once more if you can."
    ),
    "unsure_encoding": lambda problem: say(
        "letters look wrong when read as {found}. Choose {nearest} if æ, ø and å are then right.",
        found=found(problem),
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
        "the file is not {encoding}. Choose another encoding.", encoding=expected(problem)
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
    "formula_without_value": lambda problem: say(
        "formulas have no stored value, as in {found}. Open the workbook in Excel and save it.",
        found=found(problem),
    ),
    "unknown_sheet": lambda problem: say(
        "There is no sheet “{found}”. The sheets are {sheets}.",
        found=found(problem),
        sheets=expected(problem).replace("; ", ", "),
    ),
    "several_sheets": lambda problem: say(
        "several sheets hold a table: {sheets}. Choose which one to read.",
        sheets=expected(problem).replace("; ", ", "),
    ),
    "sheet_chosen": lambda _: say("this sheet is read, since it is the one we know."),
    "merged_cells": lambda problem: say(
        "cells are merged over several rows ({found}), so that only the first row has the value."
        " Split them in Excel, and fill in each row.",
        found=found(problem),
    ),
    "hidden_rows": lambda _: say("rows that are hidden in the workbook are read as all others."),
    "hidden_sheet": lambda _: say("the sheet is hidden and is not read."),
    "crowded_archive": lambda problem: say(
        "The archive holds {found} files. Choose those that are to be read, at most {expected}.",
        found=found(problem),
        expected=expected(problem),
    ),
    "big_archive": lambda problem: say(
        "The archive unpacks to {found} MB, and at most {expected} MB is read. Unpack it, and"
        " choose the file with the rows.",
        found=found(problem),
        expected=expected(problem),
    ),
    "empty_archive": lambda _: say(
        "The archive holds no file that can be a table. Choose the exported file itself."
    ),
    "locked_archive": lambda _: say(
        "The archive cannot be opened. Unpack it, and choose the files in it."
    ),
}
"""By code, what follows the place in the sentence."""
