"""Plain text to copy: for a municipality's own report, and the month's message to its head."""

from __future__ import annotations

from collections.abc import Sequence

from pages.documents.month import Line, Month, attested_words
from pages.documents.stamp import example, stamp
from pages.parts.places import sentence
from pages.programme.slides import Part, Programme, Slide
from pages.text import cells, listed, month, say
from queries.disclosure import COOPERATION

CERTAIN = ("improvement", "concern", "increase", "decrease")
"""The signals that a report repeats beside the number; that nothing has changed is said once."""

HIDDEN = ("withheld", "not_due")
"""States that are told together: nothing lacks, and yet there is no number."""

BULLET = "– "

NEWEST_CHANGES = 3
"""As many changes as a message tells of: it is read on a phone, and the link shows the rest."""


def report_text(programme: Programme, of: Month) -> str:
    """A page for the municipality's own tertial report: sentences, and no number of our own."""
    lines = [line for group in of.groups for line in group.lines]
    parts = [
        _title(say("User involvement in {place}, {month}", place=of.place, month=month(of.when))),
        example(programme) or "",
        _corrected(of),
        of.finding,
        _listed(
            say("This has changed"),
            [f"{one.what} {one.why}".strip() for one in of.changes] or [of.unchanged],
        ),
        *(
            _listed(group.title, [_told(line) for line in group.lines if _has_number(line)])
            for group in of.groups
        ),
        _without(say("Numbers are missing for:"), [line for line in lines if _is_missing(line)]),
        _without(
            say("Not shown, so that nobody can be recognised, or because it is not due yet:"),
            [line for line in lines if line.state in HIDDEN],
        ),
        _agreed(programme),
        _listed(say("Decisions"), _decisions(programme)),
        " ".join(attested_words(of.attestations)),
        say("The numbers are from: {stamp}.", stamp=stamp(programme)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def message(programme: Programme, of: Month, link: str) -> str:
    """The month's message to a municipality's head, with the way to the attestation.

    Args:
        link: The whole address of the municipality's month, at its attestation.
    """
    when, has_attested = month(of.when), not of.attestations.lacking
    lead = (
        say("{Month} is locked, and you have attested it. Thank you.", Month=sentence(when))
        if has_attested
        else say("{Month} is locked. Please look at it, and attest.", Month=sentence(when))
    )
    way = (
        say("See the month here:")
        if has_attested
        else say("See the month and attest here. It takes two minutes:")
    )
    changed = [one.what for one in of.changes[:NEWEST_CHANGES]] or [of.unchanged]
    parts = [
        say("To the municipal head in {place}", place=of.place),
        say("Subject: User involvement in {place}, {month}", place=of.place, month=when),
        example(programme) or "",
        _corrected(of),
        lead,
        _listed(say("This has changed"), changed),
        _listed(
            say("What is waiting for you"),
            of.waiting or [say("Nothing waits at the end of this month.")],
        ),
        f"{way}\n{link}",
        say("Regards from the leaders' team of the municipalities"),
        say("The numbers are from: {stamp}.", stamp=stamp(programme)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _corrected(of: Month) -> str:
    """Of a later version than what was locked: that it is one, and what changed."""
    return _listed(of.corrected[0], of.corrected[1:]) or of.corrected[0] if of.corrected else ""


def _title(words: str) -> str:
    return f"{words}\n{'=' * len(words)}"


def _listed(title: str, items: Sequence[str]) -> str:
    """A heading and its lines; empty where there are none."""
    shown = [f"{BULLET}{item}" for item in items if item]
    return "\n".join([title, *shown]) if shown else ""


def _has_number(line: Line) -> bool:
    return not _is_missing(line) and line.state not in HIDDEN


def _is_missing(line: Line) -> bool:
    return line.state in ("missing", "not_member")


def _told(line: Line) -> str:
    """One indicator in a sentence or three: what is shown, a certain change, the target."""
    shown = f"{line.title}: {line.value}"
    if line.below:
        shown += f" ({line.below.rstrip('.')})"
    said = [f"{shown}."]
    if line.signal in CERTAIN:
        said.append(f"{sentence(line.change)}.")
    if line.target and line.assurance != say(cells.ASSURANCES["too_few"]):
        said.append(
            say(
                "The target is {target}: {assurance}.", target=line.target, assurance=line.assurance
            )
        )
    return " ".join(said)


def _without(lead: str, lines: Sequence[Line]) -> str:
    return f"{lead} {listed([line.title for line in lines])}." if lines else ""


def _slides(programme: Programme, part: Part) -> list[Slide]:
    return [slide for slide in programme.slides if slide.part == part]


def _agreed(programme: Programme) -> str:
    """What the municipality kept of what was agreed; of all together, each one's row."""
    said: list[str] = []
    for slide in _slides(programme, "comparison"):
        if slide.table is None:
            continue
        for name, *words in slide.table.rows:
            if programme.municipality == COOPERATION or programme.place == name:
                told = zip(slide.table.columns[1:], words, strict=True)
                kept = "; ".join(f"{column} – {word}" for column, word in told if word)
                said.append(f"{name}: {kept}.")
    return _listed(say("What was agreed"), said)


def _decisions(programme: Programme) -> list[str]:
    slides = [*_slides(programme, "since_last"), *_slides(programme, "decisions")]
    return [
        # A day ends in a full stop already, where its month is short.
        ", ".join(filter(None, row)).rstrip(".") + "."
        for slide in slides
        if slide.table is not None
        for row in slide.table.rows
    ]
