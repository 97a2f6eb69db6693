"""The bands around every page: the ribbon, the menu, what the numbers are from, and the foot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from data.settings import OSLO
from pages.parts import menu
from pages.text import date, date_and_time, day_and_month, language, plural, say
from pages.text.language import LANGUAGES
from pages.text.markup import Markup, join, tag

Row = Mapping[str, Any]


def ribbon() -> Markup:
    """What stands over every page of made-up numbers."""
    return tag(
        "p",
        tag("strong", say("Example data")),
        " – ",
        say("the numbers are made up"),
        class_="fk-ribbon",
        role="note",
    )


def bar(here: str, choices: Mapping[str, str]) -> Markup:
    """The name and the menu, every link with the choices it keeps.

    Args:
        here: The id of the page that is shown.
        choices: Municipality and month as the address says them; empty before anything is chosen.
    """
    links = [
        tag(
            "li",
            tag(
                "a",
                say(entry.title),
                href=menu.address(entry.id, **choices),
                target="_self",
                aria_current="page" if entry.id == here else None,
            ),
        )
        for entry in menu.PAGES
    ]
    home = menu.address(menu.HOME, **choices)
    title = next(say(entry.title) for entry in menu.PAGES if entry.id == here)
    return tag(
        "div",
        tag("a", "Forankring", href=home, target="_self", class_="fk-brand"),
        # On a phone the menu is folded, and says where one is; the page's own script opens it.
        tag("span", title, class_="fk-here"),
        tag(
            "button",
            say("Menu"),
            type="button",
            class_="fk-menu",
            data_menu="",
            aria_expanded="false",
            aria_controls="fk-pages",
        ),
        tag("nav", tag("ul", links), aria_label=say("Pages"), id="fk-pages"),
        class_="fk-bar",
    )


def name() -> Markup:
    """The name alone, over what is shown to somebody who is not in."""
    return tag("div", tag("p", "Forankring", class_="fk-brand"), class_="fk-bar")


def freshness(
    chosen: dt.date, month: Row, deliveries: Row, release: Row, version: Row | None = None
) -> Markup:
    """What the chosen month's numbers are from: locked when, which edition, how much delivered.

    Args:
        chosen: The first day of the chosen month.
        month: locked_at and lock_release of it.
        deliveries: delivered and expected, of the chosen month and municipality.
        release: number of the release that is shown.
        version: version and release of the newest version, of a month that was corrected.
    """
    locked_at: dt.datetime | None = month["locked_at"]
    said = (
        say("Not locked yet")
        if locked_at is None
        else say("Locked {date}", date=_day(locked_at, chosen))
    )
    edition = month["lock_release"] or release["number"]
    if version is not None:
        said = say(
            "{locked}, corrected: version {version}", locked=said, version=version["version"]
        )
        edition = version["release"]
    parts = [said, say("edition {number}", number=edition)]
    if deliveries["expected"]:
        parts.append(
            plural(
                "{delivered} of {n} file delivered",
                "{delivered} of {n} files delivered",
                deliveries["expected"],
                delivered=deliveries["delivered"],
            )
        )
    return tag("p", " · ".join(parts), class_="fk-fresh")


def foot(
    release: Row | None,
    deliveries: Row | None,
    version: str,
    statement_url: str | None,
) -> Markup:
    """The last band: the newest delivery, edition and version, the languages, and the statement."""
    parts: list[str | Markup] = []
    if release is not None:
        parts.append(
            say(
                "Edition {number}, made {moment}",
                number=release["number"],
                moment=date_and_time(_here(release["made_at"])),
            )
        )
    if deliveries is not None and deliveries["delivered_on"] is not None:
        parts.append(say("Newest delivery {date}", date=date(deliveries["delivered_on"])))
    parts.append(say("Forankring {version}", version=version))
    if release is not None and release["is_demo"]:
        parts.append(tag("strong", say("Example data – the numbers are made up")))
    if statement_url is not None:
        parts.append(tag("a", say("Accessibility statement"), href=statement_url))
    chosen = tag("div", languages(), contrast(), class_="fk-choose")
    return tag("footer", tag("p", join(parts, " · ")), chosen, class_="fk-foot")


def contrast() -> Markup:
    """The button for more contrast; the page's own script keeps the choice in the browser."""
    return tag(
        "button", say("High contrast"), type="button", data_contrast="", aria_pressed="false"
    )


def languages() -> Markup:
    """The languages, each under its own name, the one that is spoken marked.

    Buttons and not links: the page stays the same, and the page's own script loads it anew in the
    other language, with all that is chosen in its address.
    """
    buttons = [
        tag(
            "li",
            tag(
                "button",
                name_of,
                type="button",
                lang=code,
                data_language=code,
                aria_current="true" if code == language() else None,
            ),
        )
        for code, name_of in LANGUAGES.items()
    ]
    return tag(
        "div", tag("ul", buttons), role="group", aria_label=say("Language"), class_="fk-languages"
    )


def warning(sentence: str) -> Markup:
    """A note over the page about something that is not as asked for."""
    return tag("p", sentence, class_="fk-warning", role="status")


def _day(moment: dt.datetime, month: dt.date) -> str:
    """The day, with its year where that is another one than the month's."""
    day = _here(moment).date()
    return date(day) if day.year != month.year else day_and_month(day)


def _here(moment: dt.datetime) -> dt.datetime:
    """A stored moment on Norway's clock."""
    return moment.replace(tzinfo=dt.UTC).astimezone(OSLO)
