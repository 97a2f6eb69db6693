"""`forankring load`: a file is judged and stored, without asking."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal import arguments as shared
from pages.terminal import choices, documented, left, output
from pages.terminal.parser import Parser
from pages.text import say

if TYPE_CHECKING:
    from data.coverage import Coverage
    from data.delivery import Ground
    from data.intake import Intake


def add_arguments(parser: Parser) -> None:
    """The file, how it is read, what it covers, who uploads it."""
    parser.explain(
        say(
            "Judges a file as check does, and stores it when nothing is wrong with it. What it"
            " covers is what --covers says, or else what the file itself seems to cover; the"
            " receipt says which. The same file twice changes nothing. In an empty folder a new"
            " store is made. With --rest rows that are wrong are left, and the others are stored."
        ),
        [
            "load tiltak_2026-10.csv",
            "load tiltak_2026-10.csv --rest --mend rett_tiltak.csv",
            'load aktiviteter.csv --covers "3439,3440:2026-01..2026-10"',
            "load svar.csv --mapping evaluering_forms --as coordinator:3439",
        ],
        keys={
            **documented.receipt(),
            "release_before, release_after": say("the releases shown before and after"),
            "problems": say("what was said of the file, as check prints it"),
        },
    )
    choices.add_choices(parser)
    choices.add_judging(parser)
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
    """Judge, store and release, and print the receipt; 1 when the file is refused."""
    from data import delivery, settings, store, uploads
    from pages.parts.upload_problems import to_mend
    from pages.terminal import judged, receipts
    from pages.text import problems
    from queries import release

    folder = shared.store_of(arguments)
    if settings.about(folder) is None and _is_free(folder):
        store.create(folder)
    before = release.bring_up_to_date(folder)
    with store.opened(folder) as opened:
        against = delivery.ground(opened, arguments.at and settings.day_of(arguments.at))
    raw, intake = choices.received(arguments, against)
    said = [judged.problem_facts(problem) for problem in intake.problems]
    written = left.write(intake, arguments.mend)
    if arguments.rest and intake.blocking:
        intake = _rest(arguments, against, intake)
    if intake.blocking:
        print("\n".join([*judged.problem_lines(intake), *written]), file=sys.stderr)
        if arguments.json:
            sentence = judged.problem_lines(intake)[0]
            refused = {"code": "problems", "sentence": sentence}
            output.show_json({"refused": refused, "problems": said})
        return 1
    covers = intake.proposes
    if arguments.covers is not None:
        read = _covers(arguments.covers, intake)
        if read is None:
            return shared.wrong_use(
                arguments,
                say(
                    "“{found}” is no coverage; expected it as 3439,3440:2026-01..2026-10.",
                    found=arguments.covers,
                ),
            )
        covers = read
    with store.opened(folder) as opened:
        receipt = uploads.commit(
            opened,
            delivery.upload(intake, raw, covers, to_mend(intake) if intake.left else b""),
            arguments.person,
            at=arguments.at,
        )
    after = release.bring_up_to_date(folder)
    if arguments.json:
        shown = {"release_before": before, "release_after": after, "problems": said}
        output.show_json(receipts.facts(receipt) | shown)
        return 0
    lines = [say("Uploaded already. Nothing was changed.")] if receipt.is_repeat else []
    lines.append(receipts.text(receipt))
    if arguments.covers is None and covers:
        lines.append(say("What it covers is proposed from the file; --covers says otherwise."))
    lines += [f"  {problems.sentence(problem)}" for problem in intake.problems]
    lines += written
    lines.append(
        say("Release {before} was shown before, {after} is shown now.", before=before, after=after)
    )
    output.show("\n".join(lines))
    return 0


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
