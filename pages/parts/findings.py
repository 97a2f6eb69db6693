"""What a page says first: sentences from released cells, never more than the cells say."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

from data.acts import month_end
from pages.charts.icons import signal_icon
from pages.parts.places import sentence
from pages.text import cells, date, month, number, plural, say
from pages.text.markup import Markup, tag
from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/matrix.sql, or of asked/waiting.sql where that is said."""

HAS_NUMBER = ("measured", "provisional")

MOST = 0.5
"""Where more than this share is missing of the indicators in use, or of all cannot be judged, that
is the news: "no change" would then be said of what nobody knows."""


def in_use(rows: Sequence[Row]) -> list[Row]:
    """The rows of what somebody has begun with: of the others nobody has had a number or a file."""
    return [row for row in rows if row["is_in_use"]]


def changed(rows: Sequence[Row]) -> list[Row]:
    """The rows whose series says that something changed, what is worse first."""
    return sorted(
        (row for row in rows if row["attention"] is not None), key=lambda row: row["attention"]
    )


def news(rows: Sequence[Row]) -> list[Row]:
    """What has changed, of what a page may begin with.

    A change that was seen before says little of a month whose own number is missing: where most
    is missing, that is the news.
    """
    found = changed(rows)
    known = [row for row in found if row["state"] in HAS_NUMBER]
    return known if _lacks_most(rows) else found


def status_heading(
    rows: Sequence[Row],
    waiting: Sequence[str],
    cards: Mapping[str, Card],
    place: str,
    when: dt.date,
) -> str:
    """The finding of the status page, in one or two sentences.

    Args:
        rows: The matrix.
        waiting: The leads of what waits, what needs the leader most first.
        place: The municipality's name, or what all of them together are called.
    """
    if rows and all(row["state"] == "not_member" for row in rows):
        said = say("{place} was not yet a member in {month}.", place=place, month=month(when))
        return sentence(said)
    if not any(row["state"] in HAS_NUMBER and not row["is_earlier"] for row in rows):
        return sentence(say("{place} has no numbers for {month}.", place=place, month=month(when)))
    found = news(rows)
    if found:
        first = _short(found[0], cards, place)
        second = waiting[0] if waiting else _second(found[1:], cards, place)
        return sentence(f"{first} {second}".strip())
    unknown = _unknown(rows, place, when)
    if unknown:
        return " ".join([unknown, *waiting[:1]])
    if not _is_mostly_judged(rows):
        said = say(
            "No certain change in what can be judged in {place} in {month}.",
            place=place,
            month=month(when),
        )
        return " ".join([said, *waiting[:1]])
    if waiting:
        said = say("No certain change in {place} in {month}.", place=place, month=month(when))
        return f"{said} {waiting[0]}"
    return say(
        "No certain change in {place} in {month}, and nothing waits.",
        place=place,
        month=month(when),
    )


def _unknown(rows: Sequence[Row], place: str, when: dt.date) -> str:
    """What is not known, where that is most of it or all that there is to say; else empty."""
    missing = mostly_missing(rows, place, when)
    if missing:
        return sentence(missing)
    if not any(_is_judged(row) for row in rows):
        return say(
            "There are too few months to say if anything has changed in {place}.", place=place
        )
    return ""


def mostly_missing(rows: Sequence[Row], place: str, when: dt.date) -> str:
    """How many indicators have no number, where that is most of them; else empty."""
    if not _lacks_most(rows):
        return ""
    counted = in_use(rows)
    missing = _missing(counted)
    return say(
        "{place} lacks numbers for {n} of {of} indicators in {month}.",
        place=place,
        n=number(missing),
        of=number(len(counted)),
        month=month(when),
    )


def _missing(rows: Sequence[Row]) -> int:
    return sum(row["state"] == "missing" for row in rows)


def _lacks_most(rows: Sequence[Row]) -> bool:
    counted = in_use(rows)
    return _missing(counted) > MOST * len(counted)


def _is_mostly_judged(rows: Sequence[Row]) -> bool:
    return sum(map(_is_judged, rows)) >= MOST * len(rows)


def _is_judged(row: Row) -> bool:
    return row["signal"] not in (None, "too_few")


def _second(found: Sequence[Row], cards: Mapping[str, Card], place: str) -> str:
    return _short(found[0], cards, place) if found else ""


def _short(row: Row, cards: Mapping[str, Card], place: str) -> str:
    """The card's sentence without the one after it: that it is certain is said below, with why."""
    return cells.finding(row, cards[row["indicator"]], place).partition(". ")[0].rstrip(".") + "."


def changes(rows: Sequence[Row], cards: Mapping[str, Card], place: str, when: dt.date) -> Markup:
    """What has changed for certain, each in a sentence with its icon; or that nothing has."""
    said = [_change(row, cards[row["indicator"]], place, when) for row in changed(rows)]
    if not said:
        said = [tag("li", tag("span", no_change(rows, when)))]
    return tag("ul", said, class_="changes", role="list")


def fresh(rows: Sequence[Row]) -> str:
    """How fresh the feedback is, or that it is not known; empty where nobody asks."""
    return freshness(rows) or _unknown_freshness(rows)


def no_change(rows: Sequence[Row], when: dt.date) -> str:
    """That nothing has changed for certain, of what could be judged."""
    if not any(map(_is_judged, rows)):
        return say("Too few measurements up to {month} to say what has changed.", month=month(when))
    if not _is_mostly_judged(rows):
        return say("No certain change in what can be judged up to {month}.", month=month(when))
    return say("No certain change in the last 24 months up to {month}.", month=month(when))


def change_words(row: Row, card: Card, place: str) -> tuple[str, str]:
    """What a certain change is, and why it is called one: the card's sentence, and the rule's."""
    limits = cells.limits_word(row)
    why = [cells.rule_text(row), sentence(f"{limits}.") if limits else ""]
    return sentence(cells.finding(row, card, place)), " ".join(filter(None, why))


def _change(row: Row, card: Card, place: str, when: dt.date) -> Markup:
    what, why = change_words(row, card, place)
    if row["state"] == "missing":
        why = f"{why} {say('The number for {month} is missing.', month=month(when))}"
    return tag(
        "li",
        signal_icon(row["signal"], card.direction),
        tag("span", what, tag("span", why, class_="quiet")),
    )


def _unknown_freshness(rows: Sequence[Row]) -> str:
    for row in rows:
        if row["indicator"] == "feedback_freshness" and row["state"] == "missing":
            return say(
                "It is not known how fresh the feedback is: a file that it is worked out from is"
                " missing."
            )
    return ""


def freshness(rows: Sequence[Row]) -> str:
    """How fresh the feedback is, in words; empty where it is not known."""
    by_name = {row["indicator"]: row for row in rows}
    row = by_name.get("feedback_freshness")
    if row is None or row["value"] is None:
        return ""
    # Half of a day more or less: rounded up, so that it is still true of half of them.
    days, delivered, members = math.ceil(row["value"]), row["delivered"], row["members"]
    words = _heard(days, row, is_alone=by_name.get("fresh_services", {}).get("denominator") == 1)
    if delivered is None or delivered == members:
        return words
    return say(
        "Told by {delivered} of {members} municipalities: {words}",
        delivered=delivered,
        members=members,
        words=words,
    )


def _heard(days: int, row: Row, *, is_alone: bool) -> str:
    on = date(month_end(row["period"]))
    # What never heard is counted from its start.
    if row["may_be_silent"] and is_alone:
        return plural(
            "By {date} the service had heard from users, or begun, in the last day.",
            "By {date} the service had heard from users, or begun, in the last {n} days.",
            days,
            date=on,
        )
    if row["may_be_silent"]:
        return plural(
            "By {date} at least half of the services had heard from users, or begun, in the last"
            " day.",
            "By {date} at least half of the services had heard from users, or begun, in the last"
            " {n} days.",
            days,
            date=on,
        )
    if is_alone:
        return plural(
            "By {date} the service had heard from users in the last day.",
            "By {date} the service had heard from users in the last {n} days.",
            days,
            date=on,
        )
    return plural(
        "By {date} at least half of the services had heard from users in the last day.",
        "By {date} at least half of the services had heard from users in the last {n} days.",
        days,
        date=on,
    )
