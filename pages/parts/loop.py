"""From recommendation to told back: what was due, what happened, and where most of it stops."""

from __future__ import annotations

from collections.abc import Sequence

from pages.charts.style import Row
from pages.parts.action_list import theme_words
from pages.parts.notes import day, note
from pages.parts.table import Column, folded, table
from pages.text import later, number, plural, say
from pages.text.markup import Markup, tag

STEPS = {
    "answered": later("Recommendations that have a leader's answer"),
    "done": later("Actions past their due date that are done"),
    "told_back": later("Done actions that users have been told about"),
}

LEAKS = {
    "answered": (
        later(
            "Most stops before a leader answers: {n} of {of} recommendations of the "
            "last year has no answer."
        ),
        later(
            "Most stops before a leader answers: {n} of {of} recommendations of the "
            "last year have no answer."
        ),
    ),
    "done": (
        later("Most stops before an action is done: {n} of {of} due in the last year is not done."),
        later(
            "Most stops before an action is done: {n} of {of} due in the last year are not done."
        ),
    ),
    "told_back": (
        later(
            "Most stops before users are told: {n} of {of} actions done in the last year is "
            "not told back."
        ),
        later(
            "Most stops before users are told: {n} of {of} actions done in the last year are "
            "not told back."
        ),
    ),
}


def leak_sentence(steps: Sequence[Row]) -> str:
    """Where the loop from feedback to "told back" leaks most.

    Args:
        steps: The answer of asked/loop_steps.sql.
    """
    for row in steps:
        if row["is_largest_leak"]:
            one, many = LEAKS[row["step"]]
            leaked = row["leaked"]
            message = one if leaked == 1 else many
            return say(message, n=number(leaked), of=number(row["due"]))
    if any(row["due"] for row in steps):
        return say("Nothing has stopped on its way in the last year.")
    return say("Nothing fell due in the last year.")


def loop_table(steps: Sequence[Row]) -> Markup:
    """The steps of the loop: what was due in the last 12 months, and what happened.

    Args:
        steps: The answer of asked/loop_steps.sql.
    """
    columns = [
        Column(say("Step"), _step, is_head=True),
        Column(say("Happened"), _happened),
        Column(say("Stopped"), _stopped),
    ]
    caption = say("From recommendation to told back, what was due in the last 12 months")
    return table(caption, columns, steps, is_caption_shown=False)


def _step(row: Row) -> str:
    message = STEPS[row["step"]]
    return say(message)


def _happened(row: Row) -> str:
    if not row["due"]:
        return say("none due")
    return say("{part} of {whole}", part=number(row["happened"]), whole=number(row["due"]))


def _stopped(row: Row) -> Markup | str:
    words = number(row["leaked"])
    if row["is_largest_leak"]:
        return tag("span", say("{n}, the most", n=words), class_="mark-worse")
    return words


def unanswered_table(rows: Sequence[Row], *, of_all: bool) -> Markup:
    """The recommendations that wait for a leader's answer.

    Args:
        rows: The answer of asked/recommendations_unanswered.sql.
    """
    columns = [Column(say("Recommendation"), lambda row: row["feedback_id"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Theme"), lambda row: theme_words(row["theme"])),
        Column(say("Came on"), lambda row: day(row["recommendation_on"])),
        Column(say("Has waited"), _waited),
    ]
    caption = say("Recommendations that wait for a leader's answer")
    shown = table(caption, columns, rows, is_caption_shown=False)
    summary = plural(
        "{n} recommendation waits for an answer",
        "{n} recommendations wait for an answer",
        len(rows),
    )
    return folded(summary, shown, is_open=not of_all) if rows else note(summary)


def _waited(row: Row) -> Markup:
    words = plural("{n} day", "{n} days", row["days_waiting"])
    return tag("span", words, class_="mark-worse" if row["is_late"] else None)
