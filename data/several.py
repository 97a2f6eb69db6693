"""Whether the commas of a column part choices: proposed only where nothing speaks against it."""

from __future__ import annotations

import polars as pl

COMMA = ", "
"""What Google Forms writes between choices; a choice and a sentence may hold one too."""

MOST_CHOICES = 12
"""Different choices: more than a form lists are people's own words."""


def choices_at_commas(cells: pl.Series) -> tuple[str, ...]:
    """The choices of a column whose cells may hold several, "Kurs, Samtale"; none where unsure.

    They are few, each comes at least twice, and some cell holds two. None always has the same
    neighbour: "Kurs, dagtid" is one choice with a comma in it, and so is "Ja, alltid".

    Args:
        cells: Texts without blanks at their ends, null where nothing was chosen.
    """
    lists = [text.split(COMMA) for text in cells.drop_nulls().to_list() if text]
    if all(len(parts) == 1 for parts in lists):
        return ()
    counts: dict[str, int] = {}
    before: dict[str, set[str | None]] = {}
    after: dict[str, set[str | None]] = {}
    for parts in lists:
        if len(set(parts)) < len(parts) or not all(part.strip() == part != "" for part in parts):
            return ()  # nobody chooses the same twice, or nothing
        for place, part in enumerate(parts):
            counts[part] = counts.get(part, 0) + 1
            before.setdefault(part, set()).add(parts[place - 1] if place else None)
            after.setdefault(part, set()).add(parts[place + 1] if place + 1 < len(parts) else None)
        if len(counts) > MOST_CHOICES:
            return ()
    if min(counts.values()) < 2:
        return ()
    bound = any(
        None not in beside and len(beside) == 1
        for neighbours in (before, after)
        for beside in neighbours.values()
    )
    return () if bound else tuple(sorted(counts))
