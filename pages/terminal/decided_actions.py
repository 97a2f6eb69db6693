"""A decision made an action, and that action moved on, from the terminal."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.text import say


def record(arguments: argparse.Namespace, what: str) -> int:
    """Record it, and say it; of an action that is done also what its decision still waits for."""
    from data import acts
    from data.store import Store
    from pages.terminal.writing import municipality, written

    folder, person, at = shared.store_of(arguments), arguments.person, arguments.at
    on = shared.happened_on(arguments)

    def write(opened: Store) -> tuple[str, str, int]:
        place = municipality(opened, arguments.municipality)
        if what == "make_action":
            number = acts.make_action(
                opened,
                person,
                arguments.make_action,
                place,
                arguments.text,
                action_id=arguments.action,
                theme=arguments.theme,
                feedback_ids=tuple(arguments.feedback or ()),
                at=at,
            )
            return place, number, arguments.make_action
        if what == "withdraw_action":
            number = arguments.withdraw_action
            decision = acts.decision_of(opened, place, number)
            acts.withdraw_action(opened, person, place, number, arguments.reason, at=at)
            return place, number, decision
        took_part = arguments.users or {}
        acts.move_action(
            opened,
            person,
            place,
            arguments.move,
            arguments.status,
            on=on,
            channel=arguments.channel,
            what_changed=arguments.changed,
            influence=arguments.influence,
            **took_part,
            at=at,
        )
        return place, arguments.move, acts.decision_of(opened, place, arguments.move)

    done = written(folder, write)
    place, number, decision = done.result
    if arguments.json:
        output.show_json(
            {
                "decision_id": decision,
                "municipality": place,
                "action_id": number,
                "release": done.after,
            }
        )
        return 0
    facts = {"action": number, "number": decision}
    said = {
        "make_action": say("Decision {number} is action {action} now.", **facts),
        "move": say("Action {action} is moved on.", action=number),
        "withdraw_action": say("Decision {number} is action {action} no more.", **facts),
    }[what]
    shown = [said, say("Release {release} is shown now.", release=done.after)]
    if arguments.status == "done":
        shown.append(
            say(
                "Is decision {number} carried out by that? Then: decide --done {number}",
                number=decision,
            )
        )
    output.show(" ".join(shown))
    return 0
