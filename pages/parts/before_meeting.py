"""Before the meeting: what is missing, the lock, who has attested, what to take home, the keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from data import acts, contract, people, store
from data.disk import StoreUnavailableError
from data.settings import OSLO
from pages.parts import menu, stage_bar
from pages.parts.draw import draw
from pages.parts.meeting_read import Read
from pages.parts.notes import finding, link, note, part
from pages.parts.package import draw_package
from pages.parts.pickers import COOPERATION
from pages.parts.recorded import released, written
from pages.programme.reading import Reading
from pages.programme.since_last import attested_now, attested_words, members
from pages.text import (
    date,
    date_and_time,
    day_and_month,
    language,
    listed,
    month,
    number,
    plural,
    say,
)
from pages.text.markup import Markup, tag
from queries.ask import ask, current_release

Row = Mapping[str, Any]

SLIDE = "ark"
"""In the address: the number of the slide that is shown."""

VERSION = "versjon"
"""In the address: another version of the month than the one that was locked."""

HASH = 12
"""Characters of the hash: enough to compare by eye."""


def before_meeting(now: Read) -> None:
    """Draw what comes before the slides, and what is around them."""
    if now.version is None:
        _open_month(now)
    else:
        _locked_month(now)
    draw(part(say("Keys during the meeting"), anchor="taster"), stage_bar.keys())


# -- a month that is not locked ------------------------------------------------------------------


def _open_month(now: Read) -> None:
    missing = _missing(now)
    when = month(now.chosen.month)
    if not now.is_over:
        draw(finding(say("{Month} is not over yet", Month=when.capitalize())))
        said = say("It can be locked from the first of the next month, when its files are in.")
        draw(tag("p", said, class_="measure"))
    elif missing:
        n = len(missing)
        said = plural(
            "One file is missing before {month} is locked",
            "{Words} files are missing before {month} is locked",
            n,
            month=when,
        )
        draw(finding(said))
    elif not _is_expected(now):
        draw(finding(say("No files are expected for {month}", month=when)))
    else:
        draw(finding(say("Everything for {month} has come, and it can be locked", month=when)))
    if missing:
        draw(part(say("What is missing"), anchor="mangler"), _missing_list(now, missing))
    if now.is_over:
        _lock(now, len(missing))


def _missing(now: Read) -> Sequence[Row]:
    """What nobody has delivered: of everybody, since a lock is for all of them."""
    return ask("upload_missing", municipality=COOPERATION, month=now.chosen.month).to_dicts()


def _is_expected(now: Read) -> bool:
    """Whether anybody is to deliver anything."""
    found = ask("frame_deliveries", municipality=COOPERATION, month=now.chosen.month)
    return bool(found.row(0, named=True)["expected"])


def _missing_list(now: Read, missing: Sequence[Row]) -> Markup:
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    lines = [
        tag("li", tag("strong", names[place]), ": ", listed([_kind(row["kind"]) for row in rows]))
        for place, rows in groupby(missing, key=lambda row: row["municipality_id"])
    ]
    go = menu.address("upload", **now.chosen.in_address)
    return Markup(tag("ul", lines, class_="missing") + tag("p", link(say("See the uploads"), go)))


def _kind(code: str) -> str:
    return contract.load(code).name[language()].lower()


def _lock(now: Read, missing: int) -> None:
    when = month(now.chosen.month)
    draw(
        part(say("Lock {month}", month=when), anchor="las"),
        tag(
            "p",
            say(
                "A locked month stands still: the meeting reads these numbers, and whatever is"
                " uploaded later changes nothing on the slides. A correction makes version 2,"
                " with a note of what changed. A lock cannot be undone."
            ),
            class_="measure",
        ),
    )
    if not people.may(now.chosen.person, "lock"):
        draw(note(say("The regional coordinator locks the month.")))
        return
    is_sure = not missing or st.checkbox(
        plural(
            "Lock it although {n} file is missing",
            "Lock it although {n} files are missing",
            missing,
        ),
        key=f"meeting_sure_{now.chosen.month:%Y_%m}",
    )
    words = say("Lock {month}", month=when)
    if st.button(words, type="primary", disabled=not is_sure, key="meeting_lock"):
        done = written(lambda opened: acts.lock(opened, now.chosen.person, now.chosen.month))
        entry = _locked_meanwhile(now) if isinstance(done, Markup) else done
        if isinstance(done, Markup) and entry is None:
            draw(done)
            return
        released(entry)
        st.query_params[SLIDE] = "1"
        st.rerun()


def _locked_meanwhile(now: Read) -> int | None:
    """The last entry of the ledger where somebody else has locked the month; else None."""
    try:
        with store.opened(now.folder) as opened:
            return opened.last_entry() if now.chosen.month in acts.locked_months(opened) else None
    except StoreUnavailableError:
        return None


# -- a locked month ------------------------------------------------------------------------------


def _locked_month(now: Read) -> None:
    when = month(now.chosen.month)
    assert now.version is not None
    assert now.locked_on is not None
    draw(finding(say("{Month} is locked, and the meeting can begin", Month=when.capitalize())))
    if now.is_unknown:
        draw(
            tag(
                "p",
                say("There is no such version of {month}. You see what was locked.", month=when),
                class_="fk-warning",
                role="status",
            )
        )
    asked = {} if now.version.version == 1 else {VERSION: str(now.version.version)}
    go = menu.address("meeting", **now.chosen.in_address, **asked, **{SLIDE: "1"})
    draw(
        tag("p", tag("a", say("Show the slides"), href=go, target="_self", class_="start")),
        tag("p", _facts(now), class_="quiet"),
        _versions(now),
    )
    _attestation(now)
    draw_package(now.chosen, now.folder, now.version.version)
    missing = _missing(now)
    if missing:
        draw(part(say("What has not come"), anchor="mangler"), _missing_list(now, missing))


def _facts(now: Read) -> str:
    assert now.version is not None
    assert now.locked_on is not None
    made = ask("release", release=now.version.release).row(0, named=True)
    is_same_year = now.locked_on.year == now.chosen.month.year
    day = day_and_month(now.locked_on) if is_same_year else date(now.locked_on)
    return say(
        "Locked {date}, edition {number}, content {hash}.",
        date=day,
        number=number(now.version.release),
        hash=made["content_hash"][:HASH],
    )


def _versions(now: Read) -> Markup | None:
    """The other versions, by number, with how much they change."""
    assert now.version is not None
    others = [one for one in now.known if one.version != now.version.version]
    if not others:
        return None
    lines = []
    for one in others:
        go = menu.address("meeting", **now.chosen.in_address, **{VERSION: str(one.version)})
        said = (
            say("Version 1 is what was locked.")
            if one.version == 1
            else plural(
                "Version {version} came {moment}: {n} number was corrected.",
                "Version {version} came {moment}: {n} numbers were corrected.",
                one.changes,
                version=one.version,
                moment=date_and_time(_in_norway(one.made_at)),
            )
        )
        lines.append(tag("li", said, " ", link(say("See version {n}", n=one.version), go)))
    return tag("ul", lines, class_="versions")


def _in_norway(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC).astimezone(OSLO)


def _attestation(now: Read) -> None:
    newest = current_release(now.folder)
    reading = Reading(now.folder, now.chosen.month, now.chosen.municipality, newest, newest)
    if not attested_words(reading):
        return
    given = attested_now(reading)
    lines = [
        tag(
            "li",
            tag("strong", name),
            ": ",
            say("attested {date}", date=day_and_month(given[place]["attested_on"]))
            if place in given
            else tag("span", say("not yet"), class_="mark-worse"),
        )
        for place, name in members(reading).items()
    ]
    draw(
        part(say("Who has attested"), anchor="attest"),
        tag("ul", lines, class_="missing"),
    )
