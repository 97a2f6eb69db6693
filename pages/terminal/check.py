"""`forankring check`: a file is read and judged, and nothing is stored."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal import arguments as shared
from pages.terminal import choices, documented, left, output
from pages.terminal.parser import Parser
from pages.text import say

if TYPE_CHECKING:
    from pages.terminal.choices import Received
    from pages.terminal.judged import Would


def add_arguments(parser: Parser) -> None:
    """The file, how it is read, whom it is judged for."""
    parser.explain(
        say(
            "Reads and judges a file against what is stored: every problem in a sentence, what was"
            " understood, what storing it would change, and which municipalities and months it"
            " seems to cover. Nothing is stored."
        )
        + " "
        + say("Of several files each is judged as if those before it were stored.")
        + " "
        + say("Of a survey's export that no mapping knows it shows how its columns would be read."),
        [
            "check tiltak_2026-10.csv",
            "check svar.csv --mapping evaluering_forms --json",
            "check dataset.csv structure.csv labels.csv",
        ],
        keys=documented.judgement(),
    )
    choices.add_choices(parser, several=True)
    choices.add_judging(parser)
    left.add_list(parser)
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Judge, and print everything; 1 when a file cannot be stored as it is."""
    from data import delivery, settings, store
    from data.mapping import MappingError
    from pages.terminal import judged

    shared.refuse_no_place(arguments.mend)
    folder = shared.store_of(arguments)
    has_store = settings.about(folder) is not None
    against = delivery.ground_without_store()
    if has_store:
        with store.opened(folder) as opened:
            against = delivery.ground(opened)
    try:
        found = choices.received(arguments, against)
    except MappingError as error:
        return shared.wrong_use(arguments, str(error))
    if len(found) > 1:
        shown = _after_each_other(arguments, folder if has_store else None, found)
    else:
        shown = [
            (
                one,
                judged.would(one.intake, folder)
                if has_store
                else judged.Would(one.intake.proposes),
            )
            for one in found
        ]
    written = [line for one, _ in shown for line in left.write(one.intake, arguments.mend)]
    if arguments.json:
        facts = [judged.facts(one.intake, would) for one, would in shown]
        output.show_json(facts[0] if len(facts) == 1 else {"files": facts})
    else:
        texts = [judged.text(one.intake, would, one.given.explained_by) for one, would in shown]
        output.show("\n\n".join([*texts, *written]))
    return 1 if any(one.intake.blocking for one, _ in shown) else 0


def _after_each_other(
    arguments: argparse.Namespace, folder: Path | None, found: Sequence[Received]
) -> list[tuple[Received, Would]]:
    """Several files, each as if those before it were stored, as `load` does; nothing is.

    Args:
        folder: The store; None where there is none, and an empty one stands in for it.
    """
    from data import delivery, store, uploads
    from pages.terminal import judged

    shown: list[tuple[Received, Would]] = []
    with contextlib.ExitStack() as ends:
        if folder is None:
            folder = Path(ends.enter_context(tempfile.TemporaryDirectory())) / "store"
            store.create(folder)
        opened = ends.enter_context(store.opened(folder))
        ends.enter_context(opened.rehearsal())
        for one in found:
            if shown:
                one = choices.judged(arguments, delivery.ground(opened), one.given, one.own)
            would = judged.would_in(opened, one.intake)
            shown.append((one, would))
            if not one.intake.blocking:
                upload = delivery.upload(one.intake, one.given.raw, would.proposes)
                # What may not be stored is no ground for the others, and is refused by `load`.
                with contextlib.suppress(store.RefusedError):
                    uploads.commit(opened, upload, arguments.person)
    return shown
