"""What is wrong with a file's columns, or with how they are meant, in words."""

from __future__ import annotations

from collections.abc import Callable

from data import contract
from data.problems import Problem
from pages.text import in_quotes, language, later, listed, number, say
from pages.text.problem_facts import (
    did_you_mean,
    expected,
    found,
    heading,
    one_of_columns,
)


def _unknown_layout(problem: Problem) -> str:
    text = say("The headings are those of no file we know.")
    if problem.nearest in contract.all_kinds():
        kind = contract.load(problem.nearest).name[language()]
        text += " " + say("They look most like {kind}.", kind=kind)
    return text + " " + say("Use a template, or say what each column is.")


def _missing_column(problem: Problem) -> str:
    text = say("The column “{column}” is missing.", column=expected(problem))
    if problem.nearest:
        return text + did_you_mean(in_quotes(problem.nearest))
    return text + " " + say("Add it to the file and upload it again.")


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


def _unknown_mapping(problem: Problem) -> str:
    text = say("There is no saved mapping “{found}”.", found=found(problem))
    names = problem.expected.split("; ") if problem.expected else []
    return text + (" " + say("There are {names}.", names=listed(names)) if names else "")


def _changed_mapping(problem: Problem) -> str:
    text = say("The recipe “{name}” nearly fits.", name=problem.nearest or "")
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


WHAT: dict[str, Callable[[Problem], str]] = {
    "short_headings": lambda problem: say(
        "there are {n} headings, and {cells} cells in the rows. Is there a separator too few"
        " between two headings? Mend the file, or choose the row with the headings if it is right.",
        n=found(problem),
        cells=expected(problem),
    ),
    "duplicate_headings": lambda problem: say(
        "headings stand more than once and are now numbered: {found}.", found=found(problem)
    ),
    "empty_headings": lambda problem: say(
        "columns without a heading are now called {found}.",
        found=found(problem).replace("; ", ", "),
    ),
    "no_headings": lambda _: say(
        "the heading row looks like a row of values. Choose the row with the headings."
    ),
    "unknown_heading_row": lambda _: say("there is no row to take headings from."),
    "unknown_layout": _unknown_layout,
    "several_layouts": lambda problem: say(
        "The headings fit more than one kind of file: {kinds}. Choose which it is.",
        kinds=expected(problem).replace("; ", ", "),
    ),
    "codebook": lambda _: say(
        "This is a SurveyXact export's list of questions or labels, not its answers. Upload the"
        " file with the answers (dataset); this one is not needed."
    ),
    "unknown_mapping": _unknown_mapping,
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
    "unknown_column": one_of_columns(
        later("the column is not used and is left out."),
        later("{n} columns are not used and are left out: {columns}."),
    ),
    "misspelt_column": lambda problem: say(
        "did you mean “{nearest}”? The column is not used.", nearest=problem.nearest
    ),
    "unsure_column": lambda problem: say(
        "several columns can be “{column}”: {columns}. Choose which.",
        column=heading(problem) or "",
        columns=expected(problem).replace("; ", ", "),
    ),
    "needs_value": _needs_value,
    "identity_number": _personal(later("there is a national identity number here.")),
    "phone_number": _personal(later("there is a telephone number here.")),
    "email_address": _personal(later("there is an e-mail address here.")),
    "personal_column": _personal(later("by its heading this column holds names or the like.")),
    "personal_heading": _personal(later("the heading itself holds personal data.")),
    "personal_file_name": lambda _: say(
        "The name of the file holds personal data, so the name is not kept."
    ),
    "dropped_column": one_of_columns(
        later("the column may hold personal data, and is not kept."),
        later("{n} columns may hold personal data, and are not kept: {columns}."),
    ),
    "dropped_personal_data": lambda _: say(
        "there is personal data here. It is not part of what is read, and is not kept."
    ),
    "absent_question": one_of_columns(
        later("the column is not in the file, so its question has no answers."),
        later("{n} columns are not in the file, so their questions have no answers: {columns}."),
    ),
    "without_number": lambda problem: say(
        "“{found}” is an answer without a number. It counts as answered, and is in no share and no"
        " average.",
        found=found(problem).replace("; ", " / "),
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
    "nothing_left": lambda _: say("No row is left to store."),
}
"""By code, what follows the place in the sentence."""
