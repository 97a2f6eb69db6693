"""What stands on every document: which month and place, locked when, from which release."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from pages.programme.slides import Programme
from pages.text import date, date_and_time, later, month, say

OSLO = ZoneInfo("Europe/Oslo")

HASH_SHOWN = 12
"""Characters of the content's fingerprint that are read aloud and compared, as in the terminal."""

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
"""The languages as documents name them, for reading aloud and for spelling."""

EXAMPLE = later("Example data – the numbers are made up")


BETWEEN = " · "


def stamp(programme: Programme) -> str:
    """One line: place, month, lock, release, content and when it was made."""
    return BETWEEN.join((programme.place, month(programme.month), made_from(programme)))


def made_from(programme: Programme) -> str:
    """The same without place and month, where the title says them."""
    return BETWEEN.join(
        (
            _locked(programme),
            say(
                "release {number}, version {version}",
                number=programme.release_number,
                version=programme.version,
            ),
            say("content {hash}", hash=programme.content_hash[:HASH_SHOWN]),
            say("made {moment}", moment=told(programme.made_at)),
        )
    )


def example(programme: Programme) -> str | None:
    """The words that say the numbers are made up, where they are."""
    return say(EXAMPLE) if programme.is_demo else None


def told(moment: dt.datetime) -> str:
    """A stored moment (UTC) as people in Norway read it."""
    return date_and_time(moment.replace(tzinfo=dt.UTC).astimezone(OSLO))


def _locked(programme: Programme) -> str:
    if programme.locked_at is None:
        return say("not locked")
    return say(
        "locked {day}", day=date(programme.locked_at.replace(tzinfo=dt.UTC).astimezone(OSLO))
    )
