"""The data quality of a month, small: what was refused, when all had come, what came too late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pages.parts.notes import part
from pages.parts.pickers import COOPERATION
from pages.parts.table import folded
from pages.text import month, say
from pages.text.markup import Markup, tag
from pages.text.quality import COUNTED, OF_ALL, TITLES, Row, shown_text


def data_quality(rows: Sequence[Row], when: dt.date) -> Markup | None:
    """The measures with their numbers, and folded below them what each counts.

    Args:
        rows: The answer of asked/data_quality_of_month.sql.
        when: The chosen month; its files came in the next one.
    """
    by_measure = {row["measure"]: row for row in rows}
    shown = [measure for measure in TITLES if measure in by_measure]
    if not shown:
        return None
    is_own = any(row["municipality_id"] != COOPERATION for row in rows)
    following = (when.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    return tag(
        "section",
        part(
            say("Data quality"),
            say(
                "The files for {month}, which came in {next}.",
                month=month(when),
                next=month(following),
            ),
            anchor="datakvalitet",
        ),
        tag("dl", [_line(by_measure[one], is_own=is_own) for one in shown], class_="words"),
        folded(
            say("What is counted"),
            tag(
                "dl",
                [
                    tag("div", tag("dt", say(TITLES[one])), tag("dd", say(COUNTED[one])))
                    for one in shown
                ],
                class_="words",
            ),
        ),
    )


def _line(row: Row, *, is_own: bool) -> Markup:
    # Of whom a refused file was is often not known: beside a municipality's own it is said.
    is_of_all = is_own and row["measure"] in OF_ALL
    words = tag("span", say("all municipalities together"), class_="quiet") if is_of_all else None
    title = say(TITLES[row["measure"]])
    return tag("div", tag("dt", title), tag("dd", shown_text(row), " ", words))
