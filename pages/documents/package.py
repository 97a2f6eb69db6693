"""The package to take away from a meeting: every document of a locked month, by file name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import cached_property, partial
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
from pages.programme.month import head, programme
from pages.programme.reading import Reading
from pages.programme.since_last import since_last
from pages.programme.slides import Programme
from queries.disclosure import COOPERATION

Files = Mapping[str, bytes]
"""Documents by file name."""

Job = Callable[[], Files]

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
        read_numbers: Gives every number that is shown of the month in that release.
        address: Where the dashboard is reached, without a slash at its end.
    """

    folder: Path
    month: dt.date
    municipality: str
    release: int
    version: int
    live: int
    read_numbers: Callable[[], Numbers]
    address: str

    @cached_property
    def numbers(self) -> Numbers:
        """Every number of the month; of one municipality those of all together beside its own."""
        found = self.read_numbers()
        if self.municipality == COOPERATION:
            return found
        own = (self.municipality, COOPERATION)
        return replace(
            found,
            cells=[row for row in found.cells if row["municipality"] in own],
            commitments=[row for row in found.commitments if row["municipality"] in own],
        )

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


def texts(wanted: Wanted, municipality: str) -> tuple[str, str]:
    """A municipality's text for its own report, and the month's message to its head; to copy."""
    told, of = _told(wanted, municipality)
    return report_text(told, of), message(told, of, link(wanted, municipality))


def package(wanted: Wanted, formats: Collection[str] | None = None) -> dict[str, bytes]:
    """The documents by file name, in the language spoken now.

    Args:
        formats: Only these of FORMATS; all of them by default.
    """
    chosen = [form for form in FORMATS if formats is None or form in formats]
    jobs = [job for form in chosen for job in FORMATS[form](wanted)]
    if len(jobs) == 1:
        return dict(jobs[0]())
    # The language is the context's, which a thread begins without.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(copy_context().run, job) for job in jobs]
        return {name: content for each in done for name, content in each.result().items()}


AT_ONCE = 2
"""Documents made side by side: typesetting and the release's answers run outside Python's own
lock, beside what writes the office files; the smallest machine has two cores."""


def _pdf(wanted: Wanted) -> list[Job]:
    def make() -> Files:
        of = months.read(wanted.reading(wanted.municipality), wanted.version)
        return {wanted.name("manedsark", "pdf"): month_sheet(wanted.programme, of)}

    return [make]


def _pptx(wanted: Wanted) -> list[Job]:
    return [lambda: {wanted.name("lysark", "pptx"): slides(wanted.programme)}]


def _csv(wanted: Wanted) -> list[Job]:
    return [
        lambda: {wanted.name("tall", "csv"): numbers_csv(wanted.numbers)},
        lambda: {wanted.name("diagrammer", "csv"): charts_csv(wanted.programme)},
    ]


def _xlsx(wanted: Wanted) -> list[Job]:
    return [
        lambda: {wanted.name("tall", "xlsx"): numbers_xlsx(wanted.numbers, wanted.programme)},
    ]


def _text(wanted: Wanted) -> list[Job]:
    """For all together the cooperation's own report, and each municipality's report and message."""

    def of_all() -> Files:
        told, of = _told(wanted, COOPERATION)
        return {wanted.name("rapport", "txt"): _plain(report_text(told, of))}

    def of_one(municipality: str) -> Files:
        return {
            wanted.name(stem, "txt", municipality): _plain(text)
            for stem, text in zip(("rapport", "melding"), texts(wanted, municipality), strict=True)
        }

    if wanted.municipality != COOPERATION:
        return [partial(of_one, wanted.municipality)]
    return [of_all, *(partial(of_one, each) for each in wanted.reading(COOPERATION).names)]


FORMATS: Mapping[str, Callable[[Wanted], list[Job]]] = {
    "pdf": _pdf,
    "pptx": _pptx,
    "csv": _csv,
    "xlsx": _xlsx,
    "text": _text,
}
"""What makes the files of each format, in the order in which they are offered: jobs that can be
done side by side."""


def link(wanted: Wanted, municipality: str) -> str:
    """The whole address of a municipality's month, at its attestation."""
    choices = {menu.MUNICIPALITY: municipality, menu.MONTH: f"{wanted.month:%Y-%m}"}
    return f"{wanted.address}{menu.address(menu.HOME, **choices)}#{ATTEST}"


def in_file_name(name: str) -> str:
    """A municipality's name in letters that every system takes in a file name."""
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in plain)


def _told(wanted: Wanted, municipality: str) -> tuple[Programme, Month]:
    """What is told of a municipality in words: without the charts, which take the time."""
    reading = wanted.reading(municipality)
    told = replace(
        head(reading, wanted.version),
        slides=(*since_last(reading), *comparison(reading), *decided(reading)),
    )
    return told, months.read(reading, wanted.version)


def _plain(text: str) -> bytes:
    """Text as Windows opens it right too: with its mark, and line ends of two characters."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
