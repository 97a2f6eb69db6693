"""What is wrong with cells against their contract and the store, in words."""

from __future__ import annotations

from collections.abc import Callable

from data import contract
from data.problems import Problem
from pages.text import language, listed, plural, say
from pages.text.problem_facts import (
    day_of,
    did_you_mean,
    either,
    expected,
    found,
    word,
)


def _ambiguous_dates(problem: Problem) -> str:
    text = say(
        "found “{found}”, which can be read with the day first or the month first.",
        found=found(problem),
    )
    if problem.nearest == "mdy":
        return text + " " + say("Some of the dates only exist with the month first. Choose.")
    return text + " " + say("Choose which it is.")


def _unknown_code(problem: Problem) -> str:
    allowed = [word(problem, code) for code in expected(problem).split(";") if code]
    text = say(
        "found “{found}”, expected {allowed}.", found=found(problem), allowed=either(allowed)
    )
    nearest = word(problem, problem.nearest) if problem.nearest else None
    return text + did_you_mean(nearest)


def _not_on_scale(problem: Problem) -> str:
    allowed = either([f"“{text}”" for text in expected(problem).split("; ")])
    return say("found “{found}”, expected {allowed}.", found=found(problem), allowed=allowed)


def _not_a_date(problem: Problem) -> str:
    example = problem.nearest or "28.02.2026"
    return say(
        "found “{found}”, expected a date such as {example}.",
        found=found(problem),
        example=example,
    )


def _future_date(problem: Problem) -> str:
    return say(
        "found “{found}”, which is in the future. Expected a date up to {today}.",
        found=found(problem),
        today=day_of(problem.expected),
    )


def _other(problem: Problem) -> tuple[str, str]:
    column, _, value = expected(problem).rpartition(": ")
    return column, value


def _before_other(problem: Problem) -> str:
    column, value = _other(problem)
    return say(
        "found {found}, which is before {value} in the column “{other}”.",
        found=day_of(problem.found),
        value=day_of(value),
        other=column,
    )


def _above_other(problem: Problem) -> str:
    column, value = _other(problem)
    return say(
        "found {found}, which is more than {value} in the column “{other}”.",
        found=found(problem),
        value=value,
        other=column,
    )


def _unknown_municipality(problem: Problem) -> str:
    text = say("found “{found}”.", found=found(problem))
    if problem.nearest:
        return text + did_you_mean(problem.nearest)
    if problem.allowed == 0:
        return text + " " + say("No municipalities have been uploaded yet. Upload them first.")
    text += " " + say("It is not one of the municipalities in the cooperation.")
    return text + _allowed(problem)


def _unknown_reference(problem: Problem) -> str:
    refers_to = None
    if problem.kind and problem.field:
        refers_to = contract.load(problem.kind).column(problem.field).refers_to
    kind = contract.load(refers_to).name[language()].lower() if refers_to else ""
    if problem.allowed == 0:
        return say(
            "found “{found}”, and no {kind} have been uploaded yet. Upload them first.",
            found=found(problem),
            kind=kind,
        )
    text = say(
        "found “{found}”, which is not among the {kind} that have been uploaded.",
        found=found(problem),
        kind=kind,
    )
    if problem.nearest:
        return text + did_you_mean(problem.nearest)
    return text + _allowed(problem)


def _allowed(problem: Problem) -> str:
    """What would have been right: all of it, or how many there are and those most like it."""
    if not problem.allowed:
        return ""
    names = problem.expected.split("; ") if problem.expected else []
    if len(names) == problem.allowed:
        return " " + plural(
            "Only {values} is known.",
            "These are known: {values}.",
            problem.allowed,
            values=listed(names),
        )
    text = " " + plural("One is known.", "{n} are known.", problem.allowed)
    if names:
        text += " " + say("The most similar are {values}.", values=listed(names))
    return text


def _duplicate_key(problem: Problem) -> str:
    return say(
        "“{found}” is on several rows. Each row must have its own, or the last one would replace"
        " the others.",
        found=found(problem),
    )


def _half_year(problem: Problem) -> str:
    return say(
        "the half-year survey is dated {found}, and the same-day survey of the same course {first}."
        " Half a year must come after.",
        found=day_of(problem.found),
        first=day_of(problem.expected),
    )


def _not_yours(problem: Problem) -> str:
    return say(
        "the rows are for {found}. You can upload for your own municipality only. Take the rows"
        " out, or ask the regional coordinator.",
        found=found(problem),
    )


WHAT: dict[str, Callable[[Problem], str]] = {
    "ambiguous_dates": _ambiguous_dates,
    "missing_value": lambda _: say("the cell is empty, but must be filled in."),
    "not_a_number": lambda problem: say(
        "found “{found}”, expected a number.", found=found(problem)
    ),
    "error_value": lambda problem: say(
        "found “{found}”, which a spreadsheet writes when a formula fails. Mend the formula, or"
        " write what should stand there.",
        found=found(problem),
    ),
    "not_whole": lambda problem: say(
        "found “{found}”, expected a whole number.", found=found(problem)
    ),
    "not_a_date": _not_a_date,
    "not_yes_or_no": lambda problem: say(
        "found “{found}”, expected yes or no.", found=found(problem)
    ),
    "unknown_code": _unknown_code,
    "own_words": lambda _: say(
        "there is an answer in somebody's own words here, which may not be uploaded. Leave the"
        " column out, or code the answers first."
    ),
    "not_on_scale": _not_on_scale,
    "wrong_pattern": lambda problem: say(
        "“{found}” does not have the form that is expected here. See the explanation of the column"
        " in the template.",
        found=found(problem),
    ),
    "below_range": lambda problem: say(
        "found “{found}”, expected {least} or more.",
        found=found(problem),
        least=expected(problem),
    ),
    "above_range": lambda problem: say(
        "found “{found}”, expected {most} or less.", found=found(problem), most=expected(problem)
    ),
    "above_other": _above_other,
    "future_date": _future_date,
    "before_other": _before_other,
    "half_year_before_same_day": _half_year,
    "duplicate_key": _duplicate_key,
    "varying_value": lambda problem: say(
        "rows for “{found}” do not agree here.", found=found(problem)
    ),
    "unknown_municipality": _unknown_municipality,
    "unknown_reference": _unknown_reference,
    "unsure_reference": lambda problem: say(
        "several are called “{found}”: {ids}. Write which one.",
        found=found(problem),
        ids=expected(problem).replace("; ", ", "),
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
        found=found(problem),
        owner=problem.expected,
    ),
    "example_row": lambda _: say(
        "this is the example of the template, and the only row. Write over it, unless it is yours."
    ),
}
"""By code, what follows the place in the sentence."""
