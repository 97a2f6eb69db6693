"""Second opinions of deviations: the life of each, lived through again for every month's end."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.queries.indicators.second_opinions import month_end, norwegian_day, spine
from tests.queries.worlds import Numbers, Row, World

STANDS = ("confirmed", "reported")
"""What a person stands for."""


@dataclass
class Deviation:
    """What is known of one: when it began, when its rule stopped holding, and what people said."""

    municipality: str
    beginning: str
    since: dt.date
    until: dt.date | None = None
    said: list[Row] = field(default_factory=list)

    def on(self, day: dt.date) -> tuple[str | None, dt.date]:
        """What it is at the end of a day, and since when."""
        if self.since > day:
            return None, self.since
        state, since = self.beginning, self.since
        has_answer = False
        for review in sorted(self.said, key=lambda row: int(row["review_id"])):
            on = norwegian_day(review["at"])
            if on > day:
                break
            has_answer = True
            if review["verdict"] != state:
                state, since = review["verdict"], on
        if not has_answer and self.until is not None and self.until <= day:
            return "closed", self.until
        return state, since


def deviations(world: World) -> list[Deviation]:
    """Every deviation with what was said of it."""
    times: dict[tuple[str, ...], list[Deviation]] = {}
    for row in world.get("suggestions", ()):
        made = Deviation(row["municipality_id"], "suggested", row["since_on"], row["until_on"])
        times.setdefault((row["rule"], row["municipality_id"], row["row_key"]), []).append(made)
    for row in world.get("acts_reports", ()):
        made = Deviation(row["municipality"], "reported", norwegian_day(row["at"]))
        times[("reported", row["municipality"], str(row["report_id"]))] = [made]
    for review in sorted(world.get("acts_reviews", ()), key=lambda row: int(row["review_id"])):
        key = (review["rule"], review["municipality"], review["row_key"])
        known = times.setdefault(key, [])
        on = norwegian_day(review["at"])
        is_report = review["rule"] == "reported"
        begun = [one for one in known if is_report or (one.since <= on and one.beginning != "gone")]
        exact = [one for one in begun if one.since == review.get("since_on")]
        if begun:
            max(exact or begun, key=lambda one: one.since).said.append(review)
        elif not is_report:
            of_row = [
                norwegian_day(row["at"])
                for row in world["acts_reviews"]
                if (row["rule"], row["municipality"], row["row_key"]) == key
            ]
            since = review.get("since_on") or min(of_row)
            gone = [one for one in known if one.beginning == "gone" and one.since == since]
            if not gone:
                gone = [Deviation(review["municipality"], "gone", since)]
                known += gone
            gone[0].said.append(review)
    return [one for found in times.values() for one in found]


def deviations_open(world: World) -> Numbers:
    found: Numbers = {}
    every = deviations(world)
    for who, month in spine(world):
        day = month_end(month)
        states = [one.on(day)[0] for one in every if one.municipality == who]
        # What a file took away since had been suggested, too.
        states = ["suggested" if state == "gone" else state for state in states]
        for part in ("suggested", "confirmed", "reported", "rejected"):
            found[who, month, part] = (states.count(part), None, None)
        found[who, month, None] = (sum(state in STANDS for state in states), None, None)
    return found


def days_deviation_open(world: World) -> Numbers:
    found: Numbers = {}
    together: dict[dt.date, list[int]] = {}
    every = deviations(world)
    for who, month in spine(world):
        day = month_end(month)
        lives = [one.on(day) for one in every if one.municipality == who]
        days = [(day - since).days for state, since in lives if state in STANDS]
        together.setdefault(month, []).extend(days)
        found[who, month, None] = (statistics.median(days) if days else None, None, None)
    for month, days in together.items():
        median = statistics.median(days) if days else None
        found["cooperation", month, None] = (median, None, None)
    return found


OPINIONS: dict[str, Callable[[World], Numbers]] = {
    "deviations_open": deviations_open,
    "days_deviation_open": days_deviation_open,
}
