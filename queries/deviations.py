"""Judges a deviation, if the release shows one that can still be judged so."""

from __future__ import annotations

import datetime as dt

from data import acts, people
from data.people import Person
from data.store import RefusedError, Store
from queries import rules
from queries.ask import ask

POSSIBLE: dict[str, tuple[str, ...]] = {
    "suggested": ("confirmed", "rejected"),
    # Whoever answered in haste may answer again.
    "confirmed": ("closed", "rejected"),
    "rejected": ("confirmed",),
    "reported": ("closed",),
    "closed": (),
}
"""What a person can make of a deviation, by what it is."""


def review(
    opened: Store,
    who: Person,
    rule: str,
    row_key: str,
    municipality: str,
    verdict: str,
    *,
    reason: str | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Record what a person makes of a deviation that the current release shows.

    Where the rule held more than once, it is about the newest time that can be judged so.

    Raises:
        RefusedError: "unknown_rule", "not_suggested", "verdict_not_possible", or as acts.review.
    """
    if not people.may(who, "review", municipality):
        raise RefusedError("may_not", act="review", municipality=municipality)
    known = rules.load_all()
    if rule not in known and rule != acts.REPORTED:
        raise RefusedError("unknown_rule", found=rule, known=tuple(known))
    lives = ask(
        "deviation_lives",
        store=opened.folder,
        rule=rule,
        row_key=row_key,
        municipality=municipality,
    ).rows()
    if not lives and rule != acts.REPORTED:
        raise RefusedError("not_suggested", rule=rule, row_key=row_key)
    fitting = [since for _, since, state in lives if verdict in POSSIBLE[state]]
    if lives and not fitting and verdict in acts.VERDICTS:
        raise RefusedError("verdict_not_possible", state=lives[0][2], verdict=verdict)
    since_on = fitting[0] if fitting and rule != acts.REPORTED else None
    return acts.review(
        opened,
        who,
        rule,
        row_key,
        municipality,
        verdict,
        reason=reason,
        since_on=since_on,
        at=at,
    )
