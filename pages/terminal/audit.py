"""`forankring audit`: what could be learnt of a municipality from a release, checked again."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import cells, later, plural, say

if TYPE_CHECKING:
    from queries.cards import Card
    from queries.recheck import Finding, Rechecked
    from queries.unnoted import Unnoted


def add_arguments(parser: Parser) -> None:
    """An earlier release, the store."""
    parser.explain(
        say(
            "Checks a release again from what it shows and from what the store held when it was"
            " made: whether an outsider, or a municipality that knows its own numbers, could learn"
            " what a municipality's number of people or answers is. Says in words what could be"
            " learnt. Ends with 0 when nothing could, and with 1 otherwise."
        ),
        ["audit", "audit --release 14 --json"],
        keys={
            "release": say("the number of the release"),
            "passed": say("whether nothing is wrong with it"),
            "numbers": say("how many numbers about people and answers it shows"),
            "outcomes": say(
                "how many tertials of an indicator are shown whole, without their municipalities,"
                " or not at all"
            ),
            "findings": say(
                "what is wrong, each with code, indicator, tertial and sentence, and for what could"
                " be learnt also whose number it is and its bounds"
            ),
        },
    )
    parser.add_argument(
        "--release", type=shared.whole, metavar=say("NUMBER"), help=say("an earlier release")
    )
    shared.add_store(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what was found; 1 when something is wrong."""
    from queries import ask, cards, recheck

    folder = shared.store_of(arguments)
    asked: int | None = arguments.release
    number = ask.current_release(folder) if asked is None else asked
    found = recheck.rechecked(folder, number)
    loaded = cards.load_all()
    names: dict[str, str] = {}
    if found.findings and all(one.code != "no_certificate" for one in found.findings):
        rows = ask.ask("frame_municipalities", store=folder, release=number)
        names = {row["municipality_id"]: row["name"] for row in rows.iter_rows(named=True)}
    if arguments.json:
        output.show_json(_facts(found, loaded, names))
    else:
        output.show("\n".join(_lines(found, loaded, names)))
    return 0 if found.passed else 1


def _lines(found: Rechecked, loaded: Mapping[str, Card], names: Mapping[str, str]) -> list[str]:
    if not found.passed:
        head = plural(
            "One thing is wrong with release {release}.",
            "{n} things are wrong with release {release}.",
            len(found.findings),
            release=found.release,
        )
        return [head, *(sentence(one, loaded, names) for one in found.findings)]
    lines = [
        say(
            "Nobody can learn from release {release} what a municipality's number of people or"
            " answers is, neither an outsider nor another municipality.",
            release=found.release,
        ),
        plural(
            "{n} number about people and answers was checked.",
            "{n} numbers about people and answers were checked.",
            found.numbers,
        ),
    ]
    lines_hidden = found.outcomes.get("lines_withheld", 0)
    if lines_hidden:
        lines.append(
            plural(
                "In one tertial of an indicator the breakdown is not shown, since the"
                " municipalities' numbers could have been worked out with it.",
                "In {n} tertials of an indicator the breakdown is not shown, since the"
                " municipalities' numbers could have been worked out with it.",
                lines_hidden,
            )
        )
    hidden = found.outcomes.get("municipalities_withheld", 0)
    if hidden:
        lines.append(
            plural(
                "In one tertial of an indicator the municipalities are not shown, since their"
                " numbers could have been worked out.",
                "In {n} tertials of an indicator the municipalities are not shown, since their"
                " numbers could have been worked out.",
                hidden,
            )
        )
    none = found.outcomes.get("withheld", 0)
    if none:
        lines.append(
            plural(
                "In one tertial of an indicator neither municipalities nor breakdown is shown.",
                "In {n} tertials of an indicator neither municipalities nor breakdown is shown.",
                none,
            )
        )
    return lines


_ABOUT_A_CELL = {
    "not_audited": later("{number}: is shown, and was never audited."),
    "changed": later("{number}: is not what was audited."),
    "contradiction": later("{number}: the numbers that are shown contradict each other."),
    "reissued": later(
        "{number}: was another number in release {earlier}. The two can be subtracted."
    ),
    "derived": later("{number}: something beside it does not follow from what is shown."),
}


def sentence(finding: Finding, loaded: Mapping[str, Card], names: Mapping[str, str]) -> str:
    """A finding in words."""
    if finding.code == "no_certificate":
        return say(
            "The release has no certificate that fits, so it is not opened: it was never audited,"
            " or its file is not the one that was. The command release makes a new one."
        )
    if finding.file is not None:
        return say(
            "The kept export {file} of a locked month is lost, or is not what was kept. Put it back"
            " from the newest backup.",
            file=finding.file,
        )
    if finding.unnoted is not None:
        return _unnoted(finding.unnoted, loaded, names)
    assert finding.indicator is not None
    assert finding.tertial is not None
    card = loaded[finding.indicator]
    if finding.learnt is not None:
        return _learnt(finding, card, names)
    period = cells.period(finding.tertial, "tertial")
    if finding.cell is not None:
        _, place, grain, first, _ = finding.cell
        name = names.get(place, say("the cooperation"))
        period = f"{name}, {cells.period(first, grain)}"
    number = f"{cells.words(card, 'title')}, {period}"
    return say(_ABOUT_A_CELL[finding.code], number=number, earlier=finding.earlier)


def _unnoted(one: Unnoted, loaded: Mapping[str, Card], names: Mapping[str, str]) -> str:
    if one.indicator is not None:
        title = cells.words(loaded[one.indicator], "title")
    else:
        from queries.commitments import load_commitments

        assert one.commitment is not None
        title = cells.words(load_commitments()[one.commitment], "name")
    place = names.get(one.municipality_id, say("the cooperation"))
    return say(
        "{title}, {place}, {period}: was locked as another number in release {earlier}, and no"
        " correction says that it changed.",
        title=title,
        place=place,
        period=cells.period(one.period, one.grain),
        earlier=one.earlier,
    )


def _learnt(finding: Finding, card: Card, names: Mapping[str, str]) -> str:
    learnt = finding.learnt
    assert learnt is not None
    assert finding.tertial is not None
    number = learnt.number
    who = (
        say("An outsider")
        if learnt.attacker is None
        else names.get(learnt.attacker, learnt.attacker)
    )
    month = number.month
    period = (
        cells.period(finding.tertial, "tertial") if month is None else cells.period(month, "month")
    )
    things = {
        "who": who,
        "place": names.get(number.municipality_id, number.municipality_id),
        "title": cells.words(card, "title"),
        "period": period,
    }
    if learnt.high == learnt.low:
        return say(
            "{who} can work out that {place}'s number was exactly {low} ({title}, {period}).",
            **things,
            low=learnt.low,
        )
    return say(
        "{who} can work out that {place}'s number was between {low} and {high} ({title},"
        " {period}).",
        **things,
        low=learnt.low,
        high=learnt.high,
    )


def _facts(
    found: Rechecked, loaded: Mapping[str, Card], names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "release": found.release,
        "passed": found.passed,
        "numbers": found.numbers,
        "outcomes": found.outcomes,
        "findings": [
            {
                "code": one.code,
                "indicator": one.indicator,
                "tertial": one.tertial,
                "sentence": sentence(one, loaded, names),
                **(_learnt_facts(one) if one.learnt is not None else {}),
            }
            for one in found.findings
        ],
    }


def _learnt_facts(finding: Finding) -> dict[str, Any]:
    learnt = finding.learnt
    assert learnt is not None
    number = learnt.number
    return {
        "who": learnt.attacker,
        "municipality": number.municipality_id,
        "what": number.what,
        "month": number.month,
        "part": number.part,
        "low": learnt.low,
        "high": learnt.high,
    }
