"""`forankring load`: a file is judged and stored, without asking."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages.terminal import arguments as shared
from pages.terminal import choices, documented, left, output
from pages.terminal.parser import Parser
from pages.terminal.working import working
from pages.text import say

if TYPE_CHECKING:
    from data.coverage import Coverage
    from data.delivery import Ground
    from data.intake import Intake
    from data.mapping import Mapping
    from pages.terminal.choices import Received


def add_arguments(parser: Parser) -> None:
    """The file, how it is read, what it covers, who uploads it."""
    parser.explain(
        say(
            "Judges a file as check does, and stores it when nothing is wrong with it. What it"
            " covers is what --covers says, or else what the file itself seems to cover; the"
            " receipt says which. The same file twice changes nothing. In an empty folder a new"
            " store is made. With --rest rows that are wrong are left, and the others are stored."
        )
        + " "
        + say(
            "With --save-mapping the proposal for reading a survey's export is saved with its"
            " answers."
        ),
        [
            "load tiltak_2026-10.csv",
            "load tiltak_2026-10.csv --rest --mend rett_tiltak.csv",
            'load aktiviteter.csv --covers "3439,3440:2026-01..2026-10"',
            "load svar.csv --mapping evaluering_forms --as coordinator:3439",
            "load eksport.zip --save-mapping kurs --value wave_id=U-9 --value municipality=3439"
            " --value sent_on=2026-10-01 --value measurement=same_day",
        ],
        keys={
            **documented.receipt(),
            "release_before, release_after": say("the releases shown before and after"),
            "changes": say("by kind how many rows were new, changed, gone and as before"),
            "odd": say("what is unlike what usually comes, in sentences"),
            "problems": say("what was said of the file, as check prints it"),
        },
    )
    choices.add_choices(parser, several=True)
    choices.add_judging(parser)
    parser.add_argument(
        "--save-mapping",
        metavar=say("NAME"),
        help=say(
            "confirms the proposal, or the mapping of a file, and saves it under this name: the"
            " next such file is read by it"
        ),
    )
    left.add_list(parser)
    parser.add_argument(
        "--rest",
        action="store_true",
        help=say("stores the rows that are right, and keeps the list of those that are not"),
    )
    parser.add_argument(
        "--covers",
        metavar=say("COVERAGE"),
        help=say(
            "the municipalities and months it delivers, as 3439,3440:2026-01..2026-10; several"
            " parts with a space between"
        ),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Judge, store and release, and print the receipts; 1 when a file is refused."""
    from data import settings, store
    from data.mapping import MappingError
    from pages.terminal import locked_export
    from pages.text import refusals

    shared.refuse_no_place(arguments.mend)
    folder = shared.store_of(arguments)
    is_first = settings.about(folder) is None and _is_free(folder)
    before = 0 if is_first else locked_export.bring_up_to_date(folder)
    against = _ground(arguments, None if is_first else folder)
    try:
        found = choices.received(arguments, against)
    except MappingError as error:
        return shared.wrong_use(arguments, str(error))
    if arguments.save_mapping is not None:
        given = [_confirmed(arguments, one) for one in found]
        saved = next((one for one in given if one is not None), None)
        if saved is None:
            return shared.wrong_use(
                arguments, say("There is no proposal and no mapping of a file to save here.")
            )
        found = choices.received(arguments, against, saved)
    if len(found) > 1 and arguments.covers is not None:
        return shared.wrong_use(arguments, say("--covers is for one file at a time."))
    if is_first:
        # Not before there is a file to put in it: a mistyped name would leave an empty store.
        store.create(folder)
    told: list[_Told] = []
    for one in found:
        if any(earlier.code == 0 for earlier in told):
            # What it refers to may have been in a file before it.
            against = _ground(arguments, folder)
            one = choices.judged(arguments, against, one.given, one.own)
        told.append(_stored(arguments, folder, against, one))
    if any(one.code == 2 for one in told):
        return 2
    is_stored = any(one.code == 0 for one in told)
    after, why_not = None, None
    with working() as doing:
        doing("computing")
        try:
            after = locked_export.bring_up_to_date(folder)
        except Exception as error:
            why_not = refusals.not_released(error) if is_stored else None
            if why_not is None:
                raise
    if arguments.json:
        shown: dict[str, Any] = {"release_before": before, "release_after": after}
        if why_not is not None:
            shown["refused"] = {"code": "stored_not_released", "sentence": why_not}
        facts = [one.facts | ({} if one.code else shown) for one in told]
        output.show_json(facts[0] if len(facts) == 1 else {"files": facts})
    lines = [line for one in told for line in one.lines]
    if why_not is not None:
        if not arguments.json:
            output.show("\n".join(lines))
        print(why_not, file=sys.stderr)
        return 1
    if not arguments.json and is_stored:
        changed = (
            say(
                "Release {before} was shown before, {after} is shown now.",
                before=before,
                after=after,
            )
            if before
            else say("Release {after} is shown now.", after=after)
        )
        output.show("\n".join([*lines, changed]))
    return max(one.code for one in told)


def _ground(arguments: argparse.Namespace, folder: Path | None) -> Ground:
    """What the files are judged against; None where there is no store yet."""
    from data import delivery, settings, store

    today = arguments.at and settings.day_of(arguments.at)
    if folder is None:
        nothing = delivery.ground_without_store()
        return dataclasses.replace(nothing, today=today or nothing.today)
    with store.opened(folder) as opened:
        return delivery.ground(opened, today)


@dataclass(frozen=True)
class _Told:
    """What became of one file: the exit code, and what is said of it."""

    code: int
    facts: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def _confirmed(arguments: argparse.Namespace, one: Received) -> Mapping | None:
    """The mapping that is saved: the proposal, or the one that was used, with what was said."""
    name, proposal = arguments.save_mapping, one.intake.recognition.proposal
    if proposal is None:
        used = one.intake.mapping if one.intake.recognition.why != "headings" else None
        found = used or one.own
        return None if found is None else dataclasses.replace(found, name=name)
    if not any(column.is_answered for column in proposal.columns):
        return None  # it would read every file of the same tool, and take nothing of it
    from data.proposal import LASTING

    said = dict(arguments.value)
    lasting = {of: said[of] for of in LASTING if said.get(of)}
    survey = proposal.survey if one.intake.recognition.nearly else name
    changed = dataclasses.replace(proposal, lasting={**proposal.lasting, **lasting}, survey=survey)
    return changed.mapping(name)


def _stored(arguments: argparse.Namespace, folder: Path, against: Ground, one: Received) -> _Told:
    """Store one file, or say why not."""
    from data import delivery, store, uploads
    from pages.parts.upload_problems import to_mend
    from pages.terminal import judged, receipts
    from pages.text import problems

    intake = one.intake
    said = [judged.problem_facts(problem) for problem in intake.problems]
    written = left.write(intake, arguments.mend)
    if arguments.rest and intake.blocking:
        intake = _rest(arguments, against, intake)
    if intake.blocking:
        with store.opened(folder) as opened:
            delivery.refuse(opened, intake, arguments.person, at=arguments.at)
        print("\n".join([*judged.problem_lines(intake), *written]), file=sys.stderr)
        sentence = judged.problem_lines(intake)[0]
        refused = {"code": "problems", "sentence": sentence}
        return _Told(1, {"refused": refused, "problems": said})
    covers = None
    if arguments.covers is not None:
        covers = _covers(arguments.covers, intake)
        if covers is None:
            sentence = say(
                "“{found}” is no coverage; expected it as 3439,3440:2026-01..2026-10.",
                found=arguments.covers,
            )
            return _Told(shared.wrong_use(arguments, sentence))
    would = judged.would(intake, folder, covers)
    covers = would.proposes
    with working() as doing, store.opened(folder) as opened:
        doing("storing")
        if one.own is not None and arguments.save_mapping is not None:
            delivery.save_mapping(opened, arguments.person, one.own, at=arguments.at)
        receipt = uploads.commit(
            opened,
            delivery.upload(intake, one.given.raw, covers, to_mend(intake) if intake.left else b""),
            arguments.person,
            at=arguments.at,
        )
    lines = [say("Uploaded already. Nothing was changed.")] if receipt.is_repeat else []
    lines.append(receipts.text(receipt))
    if not receipt.is_repeat:
        lines += judged.change_lines(would.changes, is_done=True)
        lines += judged.odd_lines(would.odd)
        lines += judged.column_hints(intake.problems)
    if arguments.covers is None and covers:
        lines.append(say("What it covers is proposed from the file; --covers says otherwise."))
    lines += [f"  {problems.sentence(problem)}" for problem in intake.problems]
    told = {
        "changes": {} if receipt.is_repeat else judged.change_facts(would.changes),
        "odd": [] if receipt.is_repeat else list(would.odd),
        "problems": said,
    }
    facts = receipts.facts(receipt) | told
    return _Told(0, facts, (*lines, *written))


def _rest(arguments: argparse.Namespace, against: Ground, intake: Intake) -> Intake:
    """The file without the rows that are wrong; as it is where only the whole can be stored."""
    from data import rest

    others = rest.rest(
        intake,
        against.known,
        today=against.today,
        who=arguments.person,
        choices=choices.chosen(arguments),
    )
    return intake if others is None else others


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _covers(text: str, intake: Intake) -> Coverage | None:
    from data import coverage

    try:
        return coverage.read(text, list(intake.tables))
    except ValueError:
        return None
