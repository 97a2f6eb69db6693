"""The files somebody has dropped: judged, waiting to be stored, and gone as soon as they are."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import contract, delivery, fileset, jumps, receipts, rest, settings, store, undo, uploads
from data.coverage import Coverage
from data.difference import Difference, all_new, foreseen
from data.disk import StoreUnavailableError
from data.fileset import Given, Together
from data.intake import Intake
from data.mapping import Mapping as ExportMapping
from data.meant import ALONE, Beside
from data.people import Person
from data.problems import PERSONAL, Problem
from data.progress import Told, untold
from data.read import AS_JUDGED, Choices
from data.receipts import Receipt
from data.unfit import Unfit, unfit
from pages.parts import upload_judging as judging

_KEY = "upload_inbox"

_OF_PERSONS = (PERSONAL - {"personal_file_name"}) | {"personal_column"}
"""Problems that say that there is personal data in the bytes themselves."""


@dataclass(frozen=True)
class Foreseen:
    """What storing a file would do: row by row, and where the numbers are odd."""

    changes: Mapping[str, Difference]
    odd: tuple[jumps.Jump, ...] = ()
    unfit: tuple[Unfit, ...] = ()


@dataclass
class Dropped:
    """One file on its way in.

    Attributes:
        number: What its widgets are called by.
        intake: What was understood of it, without anything personal.
        raw: Its bytes, as long as another choice may read them anew; None when there is personal
            data in them, which is not kept anywhere, not even until the file is stored.
        sha256: Of the bytes, to know the file again when it is chosen a second time.
        judged_by, judged_at: For whom, and at which entry of the ledger, it was judged.
        beside: What came along with it, and the proposal as somebody has corrected it.
        explained_by: The names of the files that its texts came from.
        confirmed: The mapping that its proposal has become, to be saved with it.
        rest: The file without the rows that are wrong, where that can be stored.
        is_rest: The rest is what is to be stored.
        is_changed: A choice was made since it was judged.
        turn: Counts how often its widgets were set back to what was judged.
        compared: What it would change, at which ledger entry, for which cover, of the file or
            of its rest.
        seen: The same as it was drawn last: what whoever presses the button has read.
        is_overtaken: Somebody else stored what made it another one since.
    """

    number: int
    intake: Intake
    raw: bytes | None
    sha256: str
    mappings: tuple[str, ...]
    judged_by: Person
    judged_at: int
    choices: Choices = AS_JUDGED
    mapping_name: str | None = None
    beside: Beside = ALONE
    explained_by: tuple[str, ...] = ()
    confirmed: ExportMapping | None = None
    rest: Intake | None = field(default=None, repr=False)
    is_rest: bool = False
    is_changed: bool = False
    turn: int = 0
    compared: tuple[int, Coverage, bool, Foreseen] | None = field(default=None, repr=False)
    seen: tuple[Coverage, bool, Foreseen] | None = field(default=None, repr=False)
    is_overtaken: bool = False

    @property
    def to_store(self) -> Intake:
        """What is stored of it: the whole file, or the rest of it where that was chosen."""
        return self.rest if self.is_rest and self.rest is not None else self.intake

    @property
    def needs_bytes(self) -> bool:
        """Whether it must be chosen once more before it can be read as it was asked for."""
        return self.is_changed and self.raw is None

    @property
    def is_refused(self) -> bool:
        """Whether personal data in what would be kept refuses it, so that only mending helps."""
        return any(
            problem.blocking and problem.code in _OF_PERSONS for problem in self.intake.problems
        )


@dataclass
class Inbox:
    """The dropped files of one visitor.

    Attributes:
        round: Names the field that files are dropped on; a new round is an empty field.
        stored: The upload that was stored last, and is greeted as new.
        unshown: The same until its receipt has been shown: the run that stored it can be cut off
            before it gets so far, and the next one goes on where it stopped.
        turned: The upload that was undone or restored last.
        refused: The fingerprints of files that were recorded as refused in this visit.
    """

    files: list[Dropped] = field(default_factory=list)
    next_number: int = 1
    round: int = 1
    stored: int | None = None
    unshown: int | None = None
    repeated: bool = False
    turned: int | None = None
    refused: set[str] = field(default_factory=set)

    def in_order(self) -> list[Dropped]:
        """The files, those that others refer to first: a wave before its answers."""
        kinds = contract.all_kinds()
        last = len(kinds)

        def place(file: Dropped) -> tuple[int, int]:
            found = [kinds.index(kind) for kind in file.intake.tables]
            return min(found, default=last), file.number

        return sorted(self.files, key=place)

    def forget(self, file: Dropped) -> None:
        """Let a file go, with everything that was kept of it."""
        self.files = [one for one in self.files if one.number != file.number]


def inbox() -> Inbox:
    """The inbox of this visit."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Inbox()
    found = st.session_state[_KEY]
    assert isinstance(found, Inbox)
    return found


# -- what the store says now -------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """What the page needs from the store, taken so that it need not stay open.

    Attributes:
        entry: The number of the last ledger entry.
        municipalities: Number → name.
        uploads: Every receipt, newest first.
    """

    entry: int = 0
    municipalities: Mapping[str, str] = field(default_factory=dict)
    uploads: tuple[Receipt, ...] = ()

    def same_file(self, intake: Intake) -> Receipt | None:
        """The upload that these bytes, read so, are stored by already."""
        used = None if intake.mapping is None else intake.mapping.name
        for receipt in self.uploads:
            if (
                receipt.sha256 == intake.sha256
                and receipt.is_active
                and receipt.facts.get("mapping") == used
                and receipt.left_rows == len(rest.left_lines(intake))
            ):
                return receipt
        return None


def look() -> Held:
    """What the store holds now; nothing where there is no store yet.

    Raises:
        StoreBusyError: Somebody else keeps it.
    """
    folder = settings.load().store
    if settings.about(folder) is None:
        return Held()
    with store.opened(folder) as opened:
        return Held(
            opened.last_entry(),
            {
                str(number): str(name)
                for number, name in opened.rows(
                    "select municipality_id, name from current_municipalities"
                    " order by translate(lower(name), 'æøå', '{|}')"
                )
            },
            tuple(receipts.newest_first(opened)),
        )


# -- coming in ---------------------------------------------------------------------------------


def take(
    files: Iterable[UploadedFile], person: Person, told: Callable[[int], Told] = lambda _: untold
) -> None:
    """Judge dropped files and put them in the inbox; the field they were dropped on is emptied.

    Args:
        told: Given the place of a file among them, what is told the steps it goes through.

    Raises:
        StoreBusyError: The files are still where they were dropped.
    """
    held = inbox()
    taken = list(files)
    # Files of codes that are here already may be explained by what comes now.
    waiting = [
        Given(file.intake.name, file.raw)
        for file in held.files
        if file.raw is not None and _lacks_texts(file.intake)
    ]
    given = [*waiting, *(Given(one.name, one.getvalue()) for one in taken)]
    for place, together in enumerate(fileset.together(given, judging.limits()), start=1):
        _take(held, together, person, told(place))
    held.round += 1
    _let_go(taken)


def _lacks_texts(judged: Intake) -> bool:
    proposal = judged.recognition.proposal
    return proposal is not None and proposal.lacks_texts


def _take(held: Inbox, given: Together, person: Person, told: Told) -> None:
    raw, beside = given.raw, Beside(codebook=given.codebook, problem=given.problem)
    judged, against = judging.judged(raw, given.name, person, AS_JUDGED, beside, None, told)
    known = next((file for file in held.files if file.sha256 == judged.sha256), None)
    if known is not None:
        # Chosen once more: to be read as was asked for in the meantime, or by mistake, or because
        # what explains it has come.
        known.raw = raw
        if given.explained_by:
            known.beside, known.explained_by = beside, given.explained_by
        judge_again(known, person, told)
        return
    held.files.append(
        Dropped(
            number=held.next_number,
            intake=judged,
            raw=None if _holds_persons(judged) else raw,
            sha256=judged.sha256,
            mappings=against.mappings,
            judged_by=person,
            judged_at=against.entry,
            beside=beside,
            explained_by=given.explained_by,
            rest=against.rest,
        )
    )
    held.next_number += 1
    if held.files[-1].is_refused:
        _record_refusal(held, held.files[-1], person)


def take_away(file: Dropped, person: Person) -> None:
    """Let a file go that is not stored; that it could not be is recorded, and nothing of it."""
    held = inbox()
    held.forget(file)
    if file.intake.blocking:
        _record_refusal(held, file, person)


def _record_refusal(held: Inbox, file: Dropped, person: Person) -> None:
    """Once for each file and visit; a store that cannot be reached goes without the number."""
    folder = settings.load().store
    if file.sha256 in held.refused or settings.about(folder) is None:
        return
    with contextlib.suppress(StoreUnavailableError), store.opened(folder) as opened:
        entry = delivery.refuse(opened, file.intake, person)
        held.refused.add(file.sha256)
        for one in held.files:
            if one.judged_at == entry - 1:
                # Nothing that files are judged against has changed.
                one.judged_at = entry


def judge_again(file: Dropped, person: Person, told: Told = untold) -> None:
    """Judge a file anew, by the choices made since, or because the store has changed.

    Where its bytes are gone it is judged by what was kept of it, if that is enough to tell.
    """
    beside = dataclasses.replace(file.beside, mapping_name=file.mapping_name)
    if file.raw is None:
        told("checking")
        found = judging.without_bytes(file.intake, person, file.choices, beside, file.confirmed)
        if found is None:
            file.is_changed = True
            return
        judged, against = found
    else:
        judged, against = judging.judged(
            file.raw, file.intake.name, person, file.choices, beside, file.confirmed, told
        )
    said = {problem.code for problem in file.intake.problems}
    if "personal_file_name" in said:
        # The name was taken away when the file came; that it was, is still to be said.
        judged = dataclasses.replace(
            judged, problems=(*judged.problems, Problem("personal_file_name"))
        )
    file.intake, file.judged_by, file.judged_at = judged, person, against.entry
    if file.is_changed:
        file.seen, file.is_overtaken = None, False
    file.mappings, file.is_changed = against.mappings, False
    file.rest, file.is_rest = against.rest, file.is_rest and against.rest is not None
    file.compared = None
    if _holds_persons(judged):
        file.raw = None


def bring_up_to_date(file: Dropped, person: Person, now: Held, told: Told = untold) -> None:
    """Judge a file anew where a choice, another role or a newer store makes it necessary."""
    is_old = file.judged_at != now.entry or file.judged_by != person
    if file.is_changed or is_old:
        judge_again(file, person, told)


def _holds_persons(judged: Intake) -> bool:
    return any(problem.code in _OF_PERSONS for problem in judged.problems)


def _let_go(files: Iterable[UploadedFile]) -> None:
    """Take the bytes from Streamlit's own memory too: it would keep them until the visit ends."""
    context = get_script_run_ctx()
    manager: Any = None if context is None else context.uploaded_file_mgr
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        for one in files:
            manager.remove_file(context.session_id, one.file_id)


# -- going on ----------------------------------------------------------------------------------


def seen_of(file: Dropped, covers: Coverage) -> Foreseen | None:
    """What was said last of what storing the file would do, for the same cover and choice."""
    if file.seen is None or file.seen[:2] != (covers, file.is_rest):
        return None
    return file.seen[2]


def foreseen_of(file: Dropped, covers: Coverage, now: Held) -> Foreseen:
    """What storing the file would do; kept until the store, the cover or the choice changes.

    Raises:
        StoreBusyError: Somebody else keeps the store.
    """
    asked = (now.entry, covers, file.is_rest)
    if file.compared is None or file.compared[:3] != asked:
        file.compared = (*asked, _compared(file, covers))
    return file.compared[3]


def _compared(file: Dropped, covers: Coverage) -> Foreseen:
    folder = settings.load().store
    if settings.about(folder) is None:
        changes = {kind: all_new(kind, table) for kind, table in file.to_store.tables.items()}
        return Foreseen(changes)
    coming = file.to_store
    with store.opened(folder) as opened:
        return Foreseen(
            foreseen(opened, coming.tables, covers, is_part=coming.is_part),
            jumps.found(opened, coming.tables, covers, is_part=coming.is_part),
            unfit(opened, coming.tables),
        )


def keep(file: Dropped, covers: Coverage, person: Person, left: bytes = b"") -> Receipt:
    """Store a file, and let it go; the first file of all makes the store.

    Args:
        left: The list of the rows that are left to be mended.

    Raises:
        StoreBusyError, RefusedError: Nothing is stored, and the file is still in the inbox.
    """
    folder: Path = settings.load().store
    if settings.about(folder) is None:
        store.create(folder)
    # Without bytes there was personal data in them, and only the kept cells are stored anyhow.
    upload = delivery.upload(file.to_store, file.raw or b"", covers, left)
    with store.opened(folder) as opened:
        to_save = file.confirmed or _with_own_words(file)
        if to_save is not None:
            delivery.save_mapping(opened, person, to_save)
        receipt = uploads.commit(opened, upload, person)
    held = inbox()
    held.forget(file)
    held.stored = held.unshown = receipt.upload_id
    held.repeated = receipt.is_repeat
    return receipt


def _with_own_words(file: Dropped) -> ExportMapping | None:
    """The mapping with what was said of a board's own lists; None where nothing was."""
    said = any(":" in name for name in file.choices.values)
    return file.intake.mapping if said and file.intake.recognition.why != "headings" else None


def turn(upload_id: int, person: Person, *, is_undone: bool) -> None:
    """Undo an upload, or restore it.

    Raises:
        StoreBusyError, RefusedError: Nothing is changed.
    """
    with store.opened(settings.load().store) as opened:
        if is_undone:
            undo.withdraw(opened, upload_id, person)
        else:
            undo.bring_back(opened, upload_id, person)
    inbox().turned = upload_id
