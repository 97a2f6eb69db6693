"""`forankring decide`: the life of a decision of the leaders' meeting, and of its actions."""

from __future__ import annotations

import argparse
from typing import Any

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import date, say

ASKED = (
    "done",
    "not_done",
    "change",
    "withdraw",
    "list",
    "history",
    "make_action",
    "move",
    "withdraw_action",
)
"""What can be asked for instead of writing a new decision down; one of them at a time."""


def add_arguments(parser: Parser) -> None:
    """What was decided; or which decision or action it is about, and what became of it."""
    from pages.terminal import words

    parser.explain(
        say(
            "Writes a decision down, with the role that owns it and the day it is due. An option"
            " says what becomes of one: it is carried out, changed, withdrawn, or made an"
            " improvement action of a municipality, which no later file takes away. Such an action"
            " is moved on here until the municipality's own list holds it. Every version is kept."
        ),
        [
            'decide "Alle kurs evalueres samme dag" --owner kommunalsjef --due 2026-12-31',
            'decide "Fyll det ledige vervet" --owner enhetsleder --due 2027-01-31'
            " --municipality Øyer --indicator seats_filled",
            "decide --done 41 --on 2026-11-10",
            "decide --change 41 --due 2027-02-28 --indicator ingen",
            'decide --withdraw 41 --reason "Skrevet to ganger"',
            "decide --list --since 2026-10-01",
            'decide --make-action 41 "Innføre rutinen" --municipality Øyer',
            "decide --move VEDTAK-41 --municipality Øyer --status ferdig --on 2026-12-01",
        ],
        keys={
            "decision_id": say("the number of the decision"),
            "carried_out_on": say("the day it was carried out, or null"),
            "municipality, action_id": say("the action that it became; null where it is not about"),
            "release": say("the number of the release that is shown now"),
            "decisions": say("with --list and --history: the decisions, or the versions of one"),
        },
    )
    parser.add_argument(
        "text",
        nargs="?",
        metavar=say("TEXT"),
        help=say("what was decided; with --make-action what is to be done"),
    )
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
        "--indicator",
        metavar=say("INDICATOR"),
        help=say("the indicator it is about; with --change also {none}", none=say("none")),
    )
    parser.add_argument(
        "--action",
        metavar=say("ACTION"),
        help=say(
            "the action it is about; with --make-action the number that the action is to have"
        ),
    )
    words.add_criterion(parser)
    _about_one(parser)
    _about_actions(parser)
    parser.add_argument(
        "--on",
        type=shared.day,
        metavar=say("DAY"),
        help=say("when it was decided or happened; today otherwise"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def _about_one(parser: Parser) -> None:
    """What becomes of a decision that is there."""
    for name, words in {
        "--done": say("the decision that was carried out"),
        "--not-done": say("the decision that was not carried out after all"),
        "--change": say("the decision that is given other words, owner, due date or links"),
        "--withdraw": say("the decision that does not hold; with --reason"),
        "--history": say("the decision whose versions are listed"),
    }.items():
        parser.add_argument(name, type=shared.whole, metavar=say("NUMBER"), help=words)
    parser.add_argument("--list", action="store_true", help=say("lists the decisions"))
    parser.add_argument(
        "--since",
        type=shared.day,
        metavar=say("DAY"),
        help=say("with --list: only those of this day and later"),
    )
    parser.add_argument("--reason", metavar=say("TEXT"), help=say("why it is withdrawn"))


def _about_actions(parser: Parser) -> None:
    """What becomes of a decision as an action."""
    from pages.terminal import words

    parser.add_argument(
        "--make-action",
        type=shared.whole,
        metavar=say("NUMBER"),
        help=say("the decision that becomes an action of --municipality"),
    )
    for name, help_ in {
        "--move": say("the action, made of a decision, that has come as far as --status"),
        "--withdraw-action": say("the action that a decision did not become; with --reason"),
    }.items():
        parser.add_argument(name, metavar=say("ACTION"), help=help_)
    parser.add_argument(
        "--status", type=words.move, metavar=say("STATUS"), help=words.listed_moves()
    )
    parser.add_argument(
        "--theme",
        type=words.theme,
        metavar=say("THEME"),
        help=words.listed_themes(),
    )
    parser.add_argument(
        "--feedback",
        action="append",
        metavar=say("FEEDBACK"),
        help=say("what users said, that the action answers; may be given several times"),
    )
    parser.add_argument(
        "--channel", metavar=say("TEXT"), help=say("how users were told, when it is told back")
    )
    parser.add_argument(
        "--changed",
        metavar=say("TEXT"),
        help=say("what became different for users, when it is told back"),
    )
    parser.add_argument(
        "--influence",
        type=words.influence,
        metavar=say("ANSWER"),
        help=words.listed_influences(),
    )
    parser.add_argument(
        "--users",
        type=words.users,
        metavar=say("WHEN"),
        help=words.listed_users(),
    )


def run(arguments: argparse.Namespace) -> int:
    """Record it, or list what there is."""
    asked = [name for name in ASKED if getattr(arguments, name) not in (None, False)]
    if len(asked) > 1:
        given = ", ".join("--" + name.replace("_", "-") for name in asked)
        return shared.wrong_use(arguments, say("One thing at a time: {given}.", given=given))
    what = asked[0] if asked else "decide"
    if (lacks := _lacking(arguments, what)) is not None:
        return shared.wrong_use(arguments, lacks)
    if what in ("list", "history"):
        from pages.terminal import decisions_listed

        return decisions_listed.show(arguments)
    if what in ("make_action", "move", "withdraw_action"):
        from pages.terminal import decided_actions

        return decided_actions.record(arguments, what)
    return _decide(arguments) if what == "decide" else _turn(arguments, what)


def _lacking(arguments: argparse.Namespace, what: str) -> str | None:
    """What the words lack for what is asked, if anything."""
    given = vars(arguments)
    if what == "decide" and None in (given["text"], given["owner"], given["due"]):
        return say("Say what was decided, with --owner and --due.")
    if what in ("withdraw", "withdraw_action") and given["reason"] is None:
        return say("Say why, with --reason.")
    if what in ("make_action", "move", "withdraw_action") and given["municipality"] is None:
        return say("Say whose action it is, with --municipality.")
    if what == "make_action" and given["text"] is None:
        return say("Say what is to be done, in one short sentence.")
    if what == "move" and given["status"] is None:
        return say("Say how far it has come, with --status.")
    return None


def _decide(arguments: argparse.Namespace) -> int:
    from data import acts
    from data.store import Store
    from pages.terminal.writing import municipality, written
    from queries import decisions

    decisions.refuse_unknown(arguments.indicator)

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
    said = say(
        "Decision {number} is recorded, due on {due_on}.",
        number=done.result,
        due_on=date(arguments.due),
    )
    return _said(arguments, said, done.after, decision_id=done.result, carried_out_on=None)


def _turn(arguments: argparse.Namespace, what: str) -> int:
    """What became of a decision that is there."""
    from data import acts
    from data.store import Store
    from pages.terminal.writing import written

    folder, person, at = shared.store_of(arguments), arguments.person, arguments.at
    number: int = getattr(arguments, what)
    on = shared.happened_on(arguments)

    def write(opened: Store) -> int:
        if what == "done":
            return acts.carry_out(opened, person, number, on, at=at)
        if what == "not_done":
            return acts.withdraw_carry_out(opened, person, number, at=at)
        if what == "withdraw":
            return acts.withdraw_decision(opened, person, number, arguments.reason, at=at)
        return acts.change_decision(opened, person, number, **_changes(arguments, opened), at=at)

    done = written(folder, write)
    said = {
        "done": say("Decision {number} was carried out on {day}.", number=number, day=date(on)),
        "not_done": say("Decision {number} is not carried out after all.", number=number),
        "withdraw": say("Decision {number} is withdrawn.", number=number),
        "change": say("Decision {number} is changed; what it said before is kept.", number=number),
    }[what]
    carried_out_on = on if what == "done" else None
    return _said(arguments, said, done.after, decision_id=number, carried_out_on=carried_out_on)


def _changes(arguments: argparse.Namespace, opened: Any) -> dict[str, Any]:
    """What is to be changed of a decision, as arguments of the act."""
    from pages.terminal import words
    from pages.terminal.writing import municipality
    from queries import decisions

    given = {
        "text": arguments.text,
        "owner_role": arguments.owner,
        "due_on": arguments.due,
        "criterion": arguments.criterion,
    }
    found = {name: value for name, value in given.items() if value is not None}
    for name, value in {"indicator": arguments.indicator, "action_id": arguments.action}.items():
        if value is not None:
            found[name] = None if words.is_none(value) else value
    decisions.refuse_unknown(found.get("indicator"))
    if arguments.municipality is not None:
        place = arguments.municipality
        found["municipality"] = None if words.is_all(place) else municipality(opened, place)
    return found


def _said(arguments: argparse.Namespace, said: str, release: int, **facts: Any) -> int:
    if arguments.json:
        output.show_json(facts | {"release": release})
    else:
        output.show(said + " " + say("Release {release} is shown now.", release=release))
    return 0
