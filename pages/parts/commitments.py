"""Did each municipality do what was agreed: a matrix of words and counts, never a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.charts.icons import commitment_icon
from pages.text import cells, in_words, month, plural, say, short_month
from pages.text.markup import Markup, tag
from queries.commitments import load_commitments

Row = Mapping[str, Any]
"""One row of asked/commitments_matrix.sql, or of asked/commitments_kept.sql where that is said."""


def commitments_heading(kept: Sequence[Row], agreed: Sequence[Row], when: dt.date) -> str:
    """The finding: what most did not keep, and how much was kept by all.

    Args:
        kept: The answer of asked/commitments_kept.sql.
        agreed: The answer of asked/commitments_matrix.sql.
    """
    # What was not delivered may have fallen due, and not been kept.
    unknown = {row["commitment"] for row in agreed if row["state"] == "missing"}
    if not kept and unknown:
        return say(
            "Nothing has been delivered that shows what was kept in {month}.", month=month(when)
        )
    if not kept:
        return say("Nothing that was agreed fell due in {month}.", month=month(when))
    broken = [row for row in kept if row["kept"] < row["due"]]
    if not broken and unknown:
        return say(
            "Of what has been delivered, all that fell due in {month} was kept.", month=month(when)
        )
    if not broken:
        return say("All that fell due in {month} was kept.", month=month(when))
    # Of equals the first in the order of the columns.
    places = list(load_commitments())
    broken.sort(key=lambda row: places.index(row["commitment"]))
    # By municipalities, not by share: one of one is all of them and says the least.
    most = max(broken, key=lambda row: (row["due"] - row["kept"], -row["due"]))
    only = say(
        "The one municipality where “{thing}” fell due in {month} did not keep it.",
        thing=_name(most["commitment"]),
        month=month(when),
    )
    facts = {
        "of": in_words(most["due"]),
        "thing": _name(most["commitment"]),
        "month": month(when),
    }
    if most["due"] == 1:
        said = only
    elif not most["kept"]:
        said = say(
            "None of the {of} municipalities where “{thing}” fell due in {month} kept it.", **facts
        )
    else:
        said = plural(
            "{Words} of {of} municipalities did not keep “{thing}” in {month}.",
            "{Words} of {of} municipalities did not keep “{thing}” in {month}.",
            most["due"] - most["kept"],
            **facts,
        )
    whole = sum(row["kept"] == row["due"] and row["commitment"] not in unknown for row in kept)
    if not whole:
        return said
    rest = plural(
        "One commitment was kept wherever it fell due.",
        "{Words} commitments were kept wherever they fell due.",
        whole,
    )
    return f"{said} {rest}"


def commitments(rows: Sequence[Row], when: dt.date, own: str) -> Markup:
    """Municipality by commitment: icon, word and count, and the last 12 months as small marks.

    Args:
        rows: The answer of asked/commitments_matrix.sql.
        own: The chosen municipality, whose row stands out.
    """
    codes = [code for code in load_commitments() if any(row["commitment"] == code for row in rows)]
    heads = [tag("th", say("Municipality"), scope="col", role="columnheader")] + [
        tag("th", _name(code), scope="col", role="columnheader") for code in codes
    ]
    body: list[Markup] = []
    for name, members in groupby(rows, key=lambda row: row["name"]):
        by_code = {row["commitment"]: row for row in members}
        is_own = any(row["municipality_id"] == own for row in by_code.values())
        cells_shown = [_cell(code, by_code.get(code)) for code in codes]
        body.append(
            tag(
                "tr",
                tag("th", name, scope="row", role="rowheader"),
                cells_shown,
                role="row",
                class_="own" if is_own else None,
            )
        )
    caption = say("What was agreed and what was kept in {month}", month=month(when))
    return tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", heads, role="row"), role="rowgroup"),
        tag("tbody", body, role="rowgroup"),
        class_="commitments",
        role="table",
    )


def _cell(code: str, row: Row | None) -> Markup:
    label = tag("span", _name(code), class_="label", aria_hidden="true")
    if row is None:
        return tag("td", label, role="cell")
    count = cells.commitment_count(row)
    return tag(
        "td",
        label,
        tag(
            "span",
            commitment_icon(row["state"]),
            tag("span", cells.commitment_word(row), class_="word"),
            tag("span", count, class_="count"),
            class_="kept",
        ),
        _year(row),
        role="cell",
    )


def _year(row: Row) -> Markup | None:
    """The last 12 months as marks; in words for those who do not see them."""
    if not row["months_due"]:
        return None
    marks = [
        tag(
            "i",
            class_=f"mark {point['state']}",
            title=f"{short_month(point['month'])}: {cells.commitment_word(point)}",
        )
        for point in row["last_year"]
    ]
    words = say(
        "kept in {kept} of {due} months where it was due",
        kept=row["months_kept"],
        due=row["months_due"],
    )
    return tag(
        "span",
        tag("span", marks, class_="marks", aria_hidden="true"),
        tag("span", words, class_="unseen"),
        class_="year",
    )


def legend() -> Markup:
    """What the small marks stand for."""
    states = ("kept", "not_kept", "not_due", "missing")
    return tag(
        "p",
        say("The small marks are the last 12 months:"),
        [
            tag(
                "span",
                tag("i", class_=f"mark {state}", aria_hidden="true"),
                " ",
                say(cells.COMMITMENT_STATES[state]),
                class_="key",
            )
            for state in states
        ],
        class_="note legend",
    )


def _name(code: str) -> str:
    return cells.words(load_commitments()[code], "name")
