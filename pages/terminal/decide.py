"""`forankring decide`: a decision of the leaders' meeting, and that it was carried out."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import date, say


def add_arguments(parser: Parser) -> None:
    """What was decided, whose it is and when it is due; or which decision was carried out."""
    from pages.terminal import words

    parser.explain(
        say(
            "Writes a decision down, with the role that owns it and the day it is due. With --done"
            " a decision is recorded as carried out."
        ),
        [
            'decide "Alle kurs evalueres samme dag" --owner kommunalsjef --due 2026-12-31',
            'decide "Fyll det ledige vervet" --owner enhetsleder --due 2027-01-31'
            " --municipality Øyer --indicator seats_filled",
            "decide --done 41 --on 2026-11-10",
        ],
        keys={
            "decision_id": say("the number of the decision"),
            "carried_out_on": say("the day it was carried out, or null"),
            "release": say("the number of the release that is shown now"),
        },
    )
    parser.add_argument("text", nargs="?", metavar=say("TEXT"), help=say("what was decided"))
    parser.add_argument("--owner", metavar=say("ROLE"), help=say("the role that owns it"))
    parser.add_argument(
        "--due", type=shared.day, metavar=say("DAY"), help=say("when it is to be carried out")
    )
    parser.add_argument(
        "--municipality",
        metavar=say("MUNICIPALITY"),
        help=say("whom it is for, by number or name; all of them otherwise"),
    )
    parser.add_argument(
        "--indicator", metavar=say("INDICATOR"), help=say("the indicator it is about")
    )
    parser.add_argument("--action", metavar=say("ACTION"), help=say("the action it is about"))
    parser.add_argument(
        "--criterion",
        type=words.criterion,
        metavar=say("CRITERION"),
        help=words.listed_criteria(),
    )
    parser.add_argument(
        "--done",
        type=shared.whole,
        metavar=say("NUMBER"),
        help=say("the decision that was carried out"),
    )
    parser.add_argument(
        "--on",
        type=shared.day,
        metavar=say("DAY"),
        help=say("when it was decided or carried out; today otherwise"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Record it."""
    if arguments.done is not None:
        return _carry_out(arguments)
    if arguments.text is None or arguments.owner is None or arguments.due is None:
        return shared.wrong_use(arguments, say("Say what was decided, with --owner and --due."))
    return _decide(arguments)


def _decide(arguments: argparse.Namespace) -> int:
    from data import acts
    from data.store import RefusedError, Store
    from pages.terminal.writing import municipality, written
    from queries import cards

    if arguments.indicator is not None and arguments.indicator not in cards.load_all():
        raise RefusedError(
            "unknown_indicator", found=arguments.indicator, allowed=tuple(cards.load_all())
        )

    def write(opened: Store) -> int:
        place = arguments.municipality
        return acts.decide(
            opened,
            arguments.person,
            arguments.text,
            owner_role=arguments.owner,
            due_on=arguments.due,
            municipality=None if place is None else municipality(opened, place),
            indicator=arguments.indicator,
            action_id=arguments.action,
            criterion=arguments.criterion,
            decided_on=arguments.on,
            at=arguments.at,
        )

    done = written(shared.store_of(arguments), write)
    if arguments.json:
        output.show_json(
            {"decision_id": done.result, "carried_out_on": None, "release": done.after}
        )
    else:
        output.show(
            say(
                "Decision {number} is recorded, due on {due_on}. Release {release} is shown now.",
                number=done.result,
                due_on=date(arguments.due),
                release=done.after,
            )
        )
    return 0


def _carry_out(arguments: argparse.Namespace) -> int:
    from data import acts, settings
    from pages.terminal.writing import written

    folder = shared.store_of(arguments)
    on = arguments.on or (settings.day_of(arguments.at) if arguments.at else settings.today(folder))
    done = written(
        folder,
        lambda opened: acts.carry_out(
            opened, arguments.person, arguments.done, on, at=arguments.at
        ),
    )
    if arguments.json:
        output.show_json(
            {"decision_id": arguments.done, "carried_out_on": on, "release": done.after}
        )
    else:
        output.show(
            say(
                "Decision {number} was carried out on {day}. Release {release} is shown now.",
                number=arguments.done,
                day=date(on),
                release=done.after,
            )
        )
    return 0
