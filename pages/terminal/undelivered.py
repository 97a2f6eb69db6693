"""What a month that is to be locked lacks: which files nobody has delivered for it, of whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data import contract
from pages.text import language, listed, month, plural, say
from queries import ask
from queries.disclosure import COOPERATION


@dataclass(frozen=True)
class Undelivered:
    """A kind of file that a municipality has not delivered for a month.

    Attributes:
        name: Of the municipality.
    """

    municipality: str
    name: str
    kind: str
    month: dt.date


def undelivered(folder: Path, months: Sequence[dt.date]) -> list[Undelivered]:
    """What is missing in these months, as the current release knows; in the order it is listed.

    A kind of file that nobody has delivered yet is not waited for.

    Raises:
        NoReleaseError: Nothing has been released.
    """
    found = ask.ask("frame_municipalities", store=folder)
    names = dict(found.select("municipality_id", "name").iter_rows())
    return [
        Undelivered(who, names.get(who, who), kind, when)
        for when in months
        for who, kind in ask.ask(
            "upload_missing", store=folder, month=when, municipality=COOPERATION
        )
        .select("municipality_id", "kind")
        .iter_rows()
    ]


def lines(missing: Sequence[Undelivered]) -> list[str]:
    """The same in words: a line for each month and kind, with the municipalities."""
    if not missing:
        return []
    said = plural(
        "One file is not delivered. What it tells is missing in what is locked:",
        "{n} files are not delivered. What they tell is missing in what is locked:",
        len(missing),
    )
    of: dict[tuple[dt.date, str], list[str]] = defaultdict(list)
    for one in missing:
        of[one.month, one.kind].append(one.name)
    return [
        said,
        *(
            "  "
            + say(
                "{month}: {kind} from {places}",
                month=month(when),
                kind=contract.load(kind).name[language()].lower(),
                places=listed(places),
            )
            for (when, kind), places in of.items()
        ),
    ]
