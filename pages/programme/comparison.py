"""What was agreed and what was kept, municipality by municipality: never a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.charts.drawing import Table
from pages.parts.commitments import commitments_heading
from pages.programme.reading import Reading, Row
from pages.programme.slides import Slide
from pages.text import cells, month, say
from pages.text.formats import NO_BREAK
from queries.commitments import load_commitments


def comparison(reading: Reading) -> tuple[Slide, ...]:
    """One slide, the same for every municipality: the meeting looks at all of them together."""
    agreed = reading.rows("commitments_matrix", month=reading.month)
    kept = reading.rows("commitments_kept", month=reading.month)
    finding = commitments_heading(kept, agreed, reading.month)
    return (
        Slide(
            id="comparison-commitments",
            part="comparison",
            title=say("Did we keep what we agreed?"),
            finding=finding.rstrip("."),
            table=_matrix(agreed, reading) if agreed else None,
        ),
    )


def _matrix(agreed: Sequence[Row], reading: Reading) -> Table:
    codes = [
        code for code in load_commitments() if any(row["commitment"] == code for row in agreed)
    ]
    lines: dict[str, dict[str, Row]] = {}
    for row in agreed:
        lines.setdefault(row["name"], {})[row["commitment"]] = row
    names = [cells.words(load_commitments()[code], "name") for code in codes]
    return Table(
        caption=say("What was agreed and what was kept in {month}", month=month(reading.month)),
        columns=(say("Municipality"), *names),
        rows=tuple(
            (name, *(_words(line.get(code)) for code in codes)) for name, line in lines.items()
        ),
        marks=tuple(("", *(_mark(line, code) for code in codes)) for line in lines.values()),
    )


def _words(row: Row | None) -> str:
    if row is None:
        return ""
    # The count stays on one line, where the words above it break.
    count = cells.commitment_count(row).replace(" ", NO_BREAK)
    return f"{cells.commitment_word(row)} {count}".strip()


def _mark(line: Mapping[str, Row], code: str) -> str:
    return str(line[code]["state"]) if code in line else ""
