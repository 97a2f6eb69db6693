"""`forankring release`: the numbers are brought up to date, and which release is shown."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import later, month, plural, say


def add_arguments(parser: Parser) -> None:
    """An earlier release, the store."""
    parser.explain(
        say(
            "Makes a new release when something was uploaded, undone, done or locked since the"
            " current one, and says which release is shown. With a number it tells of that release"
            " instead, and makes nothing."
        ),
        ["release", "release 14 --json"],
        keys={
            "number": say("the number of the release"),
            "previous": say("the number of the one before it; null for the first"),
            "is_current": say("whether this release is shown now"),
            "made_at": say("when it was made, UTC"),
            "app_version": say("the version of the program that made it"),
            "store_id, is_demo": say("which store it is of, and whether that holds example data"),
            "today": say("the day on which it was made, by the store's clock"),
            "ledger_entry": say("the last entry of the ledger that is in it"),
            "content_hash": say("equal when everything that is shown is equal"),
            "locked_months": say("locked months, each with month, locked_at and lock_release"),
            "versions": say(
                "the later versions of locked months, each with month, version, release, made_at,"
                " changes and same_as; a release of an older program has none"
            ),
        },
    )
    parser.add_argument(
        "number",
        type=shared.whole,
        nargs="?",
        metavar=say("NUMBER"),
        help=say("an earlier release"),
    )
    shared.add_store(parser)
    shared.add_json(parser)


_NOW = later("Release {number} of {made_at} is shown now.")
_BEFORE = later("Release {number} of {made_at} was shown before.")


def run(arguments: argparse.Namespace) -> int:
    """Bring up to date, and print what the release says of itself."""
    from pages.terminal import locked_export
    from queries import ask

    folder = shared.store_of(arguments)
    number: int | None = arguments.number
    if number is None:
        locked_export.bring_up_to_date(folder)
        number = ask.current_release(folder)
    found = facts(folder, number)
    if arguments.json:
        output.show_json(found)
        return 0
    sentence = _NOW if found["is_current"] else _BEFORE
    lines = [
        say(
            sentence,
            number=found["number"],
            made_at=output.told(found["made_at"]),
        ),
        say(
            "Program {version}, content {hash}",
            version=found["app_version"],
            hash=found["content_hash"][:12],
        ),
    ]
    locked = [one["month"] for one in found["locked_months"]]
    if locked:
        lines.append(say("Locked through {month}", month=month(max(locked))))
    lines += [
        plural(
            "{month} was corrected after it was locked: version {version} of {moment}, release"
            " {release}, one change",
            "{month} was corrected after it was locked: version {version} of {moment}, release"
            " {release}, {n} changes",
            one["changes"],
            month=month(one["month"]).capitalize(),
            version=one["version"],
            moment=output.told(one["made_at"]),
            release=one["release"],
        )
        for one in found.get("versions", ())
    ]
    if found["is_demo"]:
        lines.append(say("Example data – the numbers are made up"))
    output.show("\n".join(lines))
    return 0


def facts(folder: Path, number: int) -> dict[str, Any]:
    """What a release says of itself, for machines.

    Raises:
        NoReleaseError: There is no such release.
    """
    from queries import ask

    row = ask.ask("release", store=folder, release=number).row(0, named=True)
    months = ask.ask("months", store=folder, release=number).to_dicts()
    told: dict[str, Any] = {}
    # A release of an older program tells what it told, byte for byte.
    if ask.has_table(folder, number, "month_versions"):
        known = ask.ask("month_versions", store=folder, release=number)
        told["versions"] = [row for row in known.to_dicts() if row["version"] > 1]
    return {
        "number": row["number"],
        "previous": row["previous"],
        "is_current": row["number"] == ask.current_release(folder),
        **{
            name: row[name]
            for name in (
                "made_at",
                "app_version",
                "store_id",
                "is_demo",
                "today",
                "ledger_entry",
                "content_hash",
            )
        },
        "locked_months": [
            {name: one[name] for name in ("month", "locked_at", "is_history", "lock_release")}
            for one in months
            if one["locked_at"] is not None
        ],
        **told,
    }
