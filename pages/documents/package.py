"""The package to take away from a meeting: every document of a locked month, by file name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pages.documents import month as months
from pages.documents.month import Month
from pages.documents.month_sheet import month_sheet
from pages.documents.numbers import Numbers, charts_csv, numbers_csv, numbers_xlsx
from pages.documents.presentation import slides
from pages.documents.texts import message, report_text
from pages.parts import menu
from pages.programme.comparison import comparison
from pages.programme.decided import decided
from pages.programme.month import programme
from pages.programme.reading import Reading
from pages.programme.since_last import since_last
from pages.programme.slides import Programme
from queries.disclosure import COOPERATION

Files = Iterator[tuple[str, bytes]]

EVERYBODY = "alle"
"""What a file name calls all municipalities together, as the address does."""

ATTEST = "attest"
"""The part of the monthly status where a head attests."""


@dataclass(frozen=True)
class Wanted:
    """What a package is made of.

    Attributes:
        folder: The store's.
        month: Its first day.
        municipality: Its number, or "cooperation" for all of them together.
        release, version: Which version of the locked month, and the release that holds it.
        live: The release that attestations and decisions are from: they come after the lock.
        numbers: Every number that is shown of the month in that release.
        address: Where the dashboard is reached, without a slash at its end.
    """

    folder: Path
    month: dt.date
    municipality: str
    release: int
    version: int
    live: int
    numbers: Numbers
    address: str

    @cached_property
    def programme(self) -> Programme:
        """What the meeting reads."""
        return programme(
            self.folder,
            self.month,
            self.municipality,
            release=self.release,
            version=self.version,
            live=self.live,
        )

    def reading(self, municipality: str) -> Reading:
        """The same month and release, of one municipality or of all."""
        return Reading(self.folder, self.month, municipality, self.release, self.live)

    def name(self, stem: str, ending: str, municipality: str | None = None) -> str:
        """What a file is called: what it is, the month, of whom, which version."""
        number = municipality or self.municipality
        names = self.reading(self.municipality).names
        place = EVERYBODY if number == COOPERATION else in_file_name(names[number])
        version = "" if self.version == 1 else f"_versjon-{self.version}"
        return f"{stem}_{self.month:%Y-%m}_{place}{version}.{ending}"


def package(wanted: Wanted, formats: Collection[str] | None = None) -> dict[str, bytes]:
    """The documents by file name, in the language spoken now.

    Args:
        formats: Only these of FORMATS; all of them by default.
    """
    return {
        name: content
        for form, make in FORMATS.items()
        if formats is None or form in formats
        for name, content in make(wanted)
    }


def _pdf(wanted: Wanted) -> Files:
    of = months.read(wanted.reading(wanted.municipality))
    yield wanted.name("manedsark", "pdf"), month_sheet(wanted.programme, of)


def _pptx(wanted: Wanted) -> Files:
    yield wanted.name("lysark", "pptx"), slides(wanted.programme)


def _csv(wanted: Wanted) -> Files:
    yield wanted.name("tall", "csv"), numbers_csv(_own(wanted))
    yield wanted.name("diagrammer", "csv"), charts_csv(wanted.programme)


def _xlsx(wanted: Wanted) -> Files:
    yield wanted.name("tall", "xlsx"), numbers_xlsx(_own(wanted), wanted.programme)


def _text(wanted: Wanted) -> Files:
    """For all together the cooperation's own report, and each municipality's report and message."""
    of_all = wanted.municipality == COOPERATION
    names = wanted.reading(wanted.municipality).names
    for municipality in (COOPERATION, *names) if of_all else (wanted.municipality,):
        told, of = _told(wanted, municipality)
        name = wanted.name("rapport", "txt", municipality)
        yield name, _plain(report_text(told, of))
        if municipality != COOPERATION:
            name = wanted.name("melding", "txt", municipality)
            yield name, _plain(message(told, of, link(wanted, municipality)))


FORMATS: Mapping[str, Callable[[Wanted], Files]] = {
    "pdf": _pdf,
    "pptx": _pptx,
    "csv": _csv,
    "xlsx": _xlsx,
    "text": _text,
}
"""What makes the files of each format, in the order in which they are offered."""


def link(wanted: Wanted, municipality: str) -> str:
    """The whole address of a municipality's month, at its attestation."""
    choices = {menu.MUNICIPALITY: municipality, menu.MONTH: f"{wanted.month:%Y-%m}"}
    return f"{wanted.address}{menu.address(menu.HOME, **choices)}#{ATTEST}"


def in_file_name(name: str) -> str:
    """A municipality's name in letters that every system takes in a file name."""
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in plain)


def _own(wanted: Wanted) -> Numbers:
    """Of one municipality its own numbers, and those of all together that they are seen beside."""
    if wanted.municipality == COOPERATION:
        return wanted.numbers
    own = (wanted.municipality, COOPERATION)
    return replace(
        wanted.numbers,
        cells=[row for row in wanted.numbers.cells if row["municipality"] in own],
        commitments=[row for row in wanted.numbers.commitments if row["municipality"] in own],
    )


def _told(wanted: Wanted, municipality: str) -> tuple[Programme, Month]:
    """What is told of a municipality in words: without the charts, which take the time."""
    reading = wanted.reading(municipality)
    of = months.read(reading)
    if municipality == wanted.municipality:
        return wanted.programme, of
    told = replace(
        wanted.programme,
        place=reading.names[municipality],
        municipality=municipality,
        slides=(*since_last(reading), *comparison(reading), *decided(reading)),
    )
    return told, of


def _plain(text: str) -> bytes:
    """Text as Windows opens it right too: with its mark, and line ends of two characters."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
