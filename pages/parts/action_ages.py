"""Open actions by age, and those overdue or without a due date, by municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.parts.table import Column, table
from pages.text import in_words, number, plural, say
from pages.text.markup import Markup, tag

Row = Mapping[str, Any]


def age_sentence(rows: Sequence[Row]) -> str:
    """How many of the open actions are old.

    Args:
        rows: The answer of asked/actions_by_age.sql.
    """
    old = rows[0]["over_180_in_all"] if rows else None
    if old is None:
        return say("Open actions by age")
    of = rows[0]["open_in_all"]
    if not of:
        return say("No action is open")
    if not old:
        return plural(
            "The one open action is not over 180 days old",
            "None of {words} open actions is over 180 days old",
            of,
        )
    return plural(
        "{Words} of {of} open actions is over 180 days old",
        "{Words} of {of} open actions are over 180 days old",
        old,
        of=in_words(of),
    )


def age_table(rows: Sequence[Row], ages: Mapping[str, str]) -> Markup:
    """Open actions by municipality and age.

    Args:
        rows: The answer of asked/actions_by_age.sql.
        ages: The columns of the age bands and their words, youngest first.
    """
    columns = [Column(say("Municipality"), lambda row: row["name"], is_head=True)]
    columns += [_count(words, column) for column, words in ages.items()]
    columns.append(_count(say("Open in all"), "open"))
    caption = say("Open actions by municipality and age at month end")
    return table(caption, columns, rows, is_caption_shown=False, is_cards=True)


def ages_described(rows: Sequence[Row], ages: Mapping[str, str]) -> str:
    """The chart of ages in words, for those who do not see it.

    Args:
        rows: The answer of asked/actions_by_age.sql.
        ages: The columns of the age bands and their words, youngest first.
    """
    said = [
        f"{row['name']}: "
        + (
            say("missing")
            if row["open"] is None
            else ", ".join(f"{words} {number(row[band])}" for band, words in ages.items())
        )
        for row in rows
    ]
    return say("Open actions by age. {rows}.", rows="; ".join(said))


def due_table(rows: Sequence[Row]) -> Markup:
    """Overdue actions and those without a due date, by municipality.

    Args:
        rows: The answer of asked/actions_by_age.sql.
    """
    columns = [
        Column(say("Municipality"), lambda row: row["name"], is_head=True),
        Column(say("Overdue, of those with a due date"), _overdue),
        _count(say("Without a due date"), "without_due_date"),
    ]
    caption = say("Overdue actions and actions without a due date, by municipality")
    return table(caption, columns, rows, is_caption_shown=False, is_cards=True)


def _count(heading: str, column: str) -> Column:
    def cell(row: Row) -> str:
        return say("missing") if row[column] is None else number(row[column])

    return Column(heading, cell, is_number=True)


def _overdue(row: Row) -> Markup | str:
    if row["overdue"] is None:
        return say("missing")
    words = say(
        "{part} of {whole}", part=number(row["overdue"]), whole=number(row["with_due_date"])
    )
    return tag("span", words, class_="mark-worse" if row["overdue"] else None)
