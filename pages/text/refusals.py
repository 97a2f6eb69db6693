"""Every refusal as a sentence: what was asked, why it cannot be done, and what to do instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from data import contract, disk, settings
from data.settings import OSLO, SettingRefusedError
from data.store import NoStoreError, RefusedError, StoreBusyError
from data.traces import file_name
from pages.text import date_and_time, language, later, listed, month, say
from pages.text.decision_refusals import OF_DECISIONS
from queries.ask import DiscardedReleaseError, NoReleaseError

ROLES_THAT_MAY = {
    "upload": later("A coordinator uploads for their own municipality, the regional one for all."),
    "undo": later("A coordinator undoes for their own municipality, the regional one for all."),
    "review": later("A coordinator judges for their own municipality, the regional one for all."),
    "report": later("A leader or a coordinator reports for their own municipality."),
    "give_evidence": later("A coordinator gives evidence for their own municipality."),
    "attest": later("A leader attests for their own municipality."),
    "decide": later("The regional coordinator writes decisions down."),
    "change_decision": later("The regional coordinator changes decisions."),
    "withdraw_decision": later("The regional coordinator withdraws decisions."),
    "carry_out": later("The regional coordinator records that a decision was carried out."),
    "make_action": later("The regional coordinator makes decisions into actions."),
    "move_action": later(
        "A coordinator moves actions on for their own municipality, the regional one for all."
    ),
    "withdraw_action": later("The regional coordinator withdraws what a decision became."),
    "lock": later("The regional coordinator locks months."),
}
"""Who may do what, by act, as the end of a refusal."""

EXPECTED = {
    "a folder": later("a folder"),
    "an IP address": later("an IP address"),
    "a port from 1 to 65535": later("a port from 1 to 65535"),
    "nb, nn or en": later("nb, nn or en"),
    "megabytes from 1 to 1000": later("megabytes from 1 to 1000"),
    "a day of the month from 1 to 28": later("a day of the month from 1 to 28"),
    "a web address": later("a web address"),
    "text": later("text"),
    "at least 32 characters": later("at least 32 characters"),
    "hours from 1 to 24": later("hours from 1 to 24"),
    "valid TOML": later("a file that can be read as TOML"),
    "set together with the other OIDC settings": later("set together with the other OIDC settings"),
}
"""What a setting expects, by the code that the settings give."""

LACKING = {
    None: later("Some words are missing: say what it is about, and whose it is."),
    "request": later("Nothing is recorded yet: write what you ask for."),
    "reference": later("Nothing is recorded yet: write where it can be read."),
    "report": later("Nothing is recorded yet: write what happened."),
}
"""What to write where words are missing, by what an act lacks."""

_ONE_OF = "one of "


def code(error: Exception) -> str | None:
    """The refusal's code, for machines; None for an error that is no refusal."""
    if isinstance(error, RefusedError):
        return error.code
    if isinstance(error, SettingRefusedError):
        return "wrong_setting"
    if isinstance(error, StoreBusyError):
        return "store_busy"
    if isinstance(error, DiscardedReleaseError):
        return "discarded_release"
    if isinstance(error, NoReleaseError):
        return "no_release"
    if isinstance(error, NoStoreError):
        return "no_store"
    told = disk.refused(error)
    if told is not None and _is_of_store(error):
        return told.code
    if isinstance(error, OSError) and error.filename is not None:
        return "file_not_usable"
    return None


def sentence(error: Exception) -> str | None:
    """The refusal in words; None for an error that is no refusal but a fault in the program."""
    if isinstance(error, RefusedError):
        return SENTENCES[error.code](error.facts)
    if isinstance(error, SettingRefusedError):
        return _setting(error)
    if isinstance(error, StoreBusyError):
        return say(
            "Somebody else is writing to the store right now, and it took too long. Nothing was"
            " changed. Try again in a little while."
        )
    if isinstance(error, DiscardedReleaseError):
        return say(
            "The release has no certificate that fits, so it is not opened: it was never audited,"
            " or its file is not the one that was. The command release makes a new one."
        )
    if isinstance(error, NoReleaseError):
        return say(
            "There is no such release here, or none at all yet. The command release makes one."
        )
    if isinstance(error, NoStoreError):
        return say(
            "There is no store in the folder {folder}. A first load makes one, and so does demo;"
            " FORANKRING_STORE or --store says where it is.",
            folder=error,
        )
    told = disk.refused(error)
    if told is not None and _is_of_store(error):
        return _DISK[told.code](told.path or str(settings.load().store))
    if isinstance(error, OSError) and error.filename is not None:
        return _file(error)
    return None


def not_released(error: Exception) -> str | None:
    """Why something that is stored is not in the numbers yet; None for a fault in the program."""
    if isinstance(error, StoreBusyError):
        return say(
            "It is stored, but the numbers are not computed yet: somebody else is writing right"
            " now. The command forankring release computes them."
        )
    told = disk.refused(error)
    if told is not None and _is_of_store(error):
        return _DISK_THEN[told.code](told.path or str(settings.load().store))
    if isinstance(error, RefusedError):
        return say("It is stored, but the numbers are not computed. {why}", why=sentence(error))
    return None


def stored(error: Exception) -> dict[str, int]:
    """For machines: what a refusal left stored all the same, by its number; most leave nothing."""
    if isinstance(error, RefusedError) and error.code == "stored_not_released":
        return {"entry": error.facts["entry"]}
    return {}


def _is_of_store(error: Exception) -> bool:
    """Whether it is the store's disk that refused, and not that of a file that somebody named."""
    return not isinstance(error, OSError) or error.filename is None


_DISK: dict[str, Callable[[str], str]] = {
    "disk_full": lambda path: say(
        "The disk is full, so this was not stored. What was stored before is safe. Make room where"
        " {path} is, and try again.",
        path=path,
    ),
    "not_allowed": lambda path: say(
        "This user may not write in {path}, so nothing was changed. Use the user whose folder it"
        " is, or give the user the right to write there.",
        path=path,
    ),
    "store_damaged": lambda path: say(
        "The store's file in {path} is damaged or gone, so nothing can be read from it or stored."
        " Nothing was changed. Put the folder back from the newest backup.",
        path=path,
    ),
}

_DISK_THEN: dict[str, Callable[[str], str]] = {
    "disk_full": lambda path: say(
        "It is stored, but the numbers are not computed yet: the disk is full. Make room where"
        " {path} is. Then the command forankring release computes them.",
        path=path,
    ),
    "not_allowed": lambda path: say(
        "It is stored, but the numbers are not computed yet: this user may not write in {path}."
        " Give the user the right to write there. Then the command forankring release computes"
        " them.",
        path=path,
    ),
    "store_damaged": lambda path: say(
        "It was stored, but the numbers are not computed: the store's file in {path} is damaged or"
        " gone since. Put the folder back from the newest backup, and see whether this is in it.",
        path=path,
    ),
}
"""The same of the release that follows upon something that was stored."""


def _file(error: OSError) -> str:
    # Logs keep what is printed, also of a name that somebody typed.
    path = Path(error.filename)
    # The folder one stands in, and the one above all others, have no name to hide.
    name = path.with_name(file_name(path.name) or "…") if path.name else path
    if isinstance(error, FileNotFoundError):
        return say("There is no file or folder {name}.", name=name)
    if isinstance(error, IsADirectoryError):
        return say("{name} is a folder, not a file.", name=name)
    if isinstance(error, PermissionError):
        return say("{name} may not be read or written by this user.", name=name)
    # The system words its own errors, in its own language; the number can be looked up.
    return say("{name} cannot be used (error {number}).", name=name, number=error.errno)


def _setting(error: SettingRefusedError) -> str:
    if error.expected.startswith(_ONE_OF):
        return say(
            "The setting {name} is unknown. The settings are {known}.",
            name=error.name,
            known=error.expected.removeprefix(_ONE_OF),
        )
    expected = say(EXPECTED[error.expected])
    if error.found is None:
        return say(
            "{name} cannot be used: expected {expected}.", name=error.name, expected=expected
        )
    return say(
        "{name} cannot be used: found “{found}”, expected {expected}.",
        name=error.name,
        found=error.found,
        expected=expected,
    )


# -- the refusals of the store and of the acts -----------------------------------------------

Facts = Mapping[str, Any]


def _may_not(facts: Facts) -> str:
    roles, place = ROLES_THAT_MAY[facts["act"]], facts["municipality"]
    who = say(roles)
    if place == "all":
        return say("This role may not do that. {who}", who=who)
    return say("This role may not do that for {place}. {who}", place=place, who=who)


def _rows_not_covered(facts: Facts) -> str:
    return say(
        "The file holds rows of {kind} for {places}, which it is not said to cover. Add them to"
        " what it covers, or take the rows out.",
        kind=contract.load(facts["kind"]).name[language()].lower(),
        places=listed(facts["municipalities"]),
    )


def _month_not_begun(facts: Facts) -> str:
    return say(
        "{month} has not begun, so no file can cover it. Choose months until today.",
        month=month(facts["month"]).capitalize(),
    )


def _already_withdrawn(facts: Facts) -> str:
    if "upload_id" in facts:
        return say("Upload {number} is taken back already.", number=facts["upload_id"])
    if "decision" in facts:
        return say("Decision {number} is withdrawn.", number=facts["decision"])
    return say("Attestation {number} is taken back already.", number=facts["attestation"])


def _unknown_indicator(facts: Facts) -> str:
    if not facts["allowed"]:
        return say("“{found}” is no indicator.", found=facts["found"])
    return say(
        "“{found}” is no indicator. They are {allowed}.",
        found=facts["found"],
        allowed=listed(facts["allowed"]),
    )


def _criteria(_: Facts) -> str:
    values = contract.load("goals").column("criterion").values
    return listed([f"{value.code} ({value.words[language()]})" for value in values])


def _moment(moment: dt.datetime) -> str:
    """A stored moment (UTC) as people in Norway read it."""
    return date_and_time(moment.replace(tzinfo=dt.UTC).astimezone(OSLO))


_NOT_POSSIBLE = {
    "suggested": later("The deviation is only suggested: confirm it or reject it first."),
    "confirmed": later("The deviation is confirmed: it can be closed, or rejected with a reason."),
    "rejected": later("The deviation is rejected: it can only be confirmed after all."),
    "reported": later("A person reported this deviation: it can only be closed."),
    "closed": later("The deviation is closed, and nothing more is done with it."),
}
"""What can be done instead, by what a deviation is."""


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "may_not": _may_not,
    "own_dates_only_in_demo": lambda _: say(
        "Only a store with example data takes a time of its own. Leave --at out."
    ),
    "store_exists": lambda facts: say(
        "There is a store in the folder {folder} already.", folder=facts["folder"]
    ),
    "unknown_upload": lambda facts: say(
        "There is no upload {number}. The command uploads lists them.", number=facts["upload_id"]
    ),
    "already_withdrawn": _already_withdrawn,
    "not_withdrawn": lambda facts: say(
        "Upload {number} has not been taken back, so there is nothing to restore.",
        number=facts["upload_id"],
    ),
    "releases_lost": lambda facts: say(
        "The numbers cannot be made anew: the store remembers release {release}, whose locked"
        " numbers are never made twice, and in the folder {folder} it is lost or is not what it"
        " was. Put that folder back from the newest backup. What is stored is safe.",
        release=facts["release"],
        folder=facts["folder"],
    ),
    "export_damaged": lambda facts: say(
        "What was exported of the month is kept in the file {file}, which is lost or is not what it"
        " was. Put it back from the newest backup of the folder {folder}.",
        file=facts["file"],
        folder=facts["folder"],
    ),
    "locked_release_lost": lambda facts: say(
        "{month} is locked, and release {release}, which its lock kept, is lost or is not what it"
        " was. It is never made anew. Put the folder {folder} back from the newest backup.",
        month=month(facts["month"]).capitalize(),
        release=facts["release"],
        folder=facts["folder"],
    ),
    "entries_lost": lambda facts: say(
        "The store lacks something it has had: release {release} was made of {entry} entries of"
        " the log, and the store has {held}. Put the whole folder back from the newest backup."
        " Nothing is changed.",
        release=facts["release"],
        entry=facts["entry"],
        held=facts["held"],
    ),
    "stored_not_released": lambda facts: say(
        "{why} Its number in the log is {entry}.",
        why=not_released(facts["because"]),
        entry=facts["entry"],
    ),
    "rows_not_covered": _rows_not_covered,
    "month_not_begun": _month_not_begun,
    "unknown_municipality": lambda facts: say(
        "“{found}” is none of the municipalities in the store.", found=facts["municipality"]
    ),
    "unknown_statement": lambda facts: say(
        "“{found}” is nothing that a head says of a month.", found=facts["found"]
    ),
    "unknown_verdict": lambda facts: say(
        "“{found}” is no verdict on a deviation.", found=facts["found"]
    ),
    "unknown_rule": lambda facts: say(
        "“{found}” is no rule. They are {known}, and reported for what a person reported.",
        found=facts["found"],
        known=listed(facts["known"]),
    ),
    "unknown_report": lambda facts: say(
        "No deviation was reported with the number {number} in this municipality.",
        number=facts["report"],
    ),
    "not_suggested": lambda facts: say(
        "The rule {rule} does not suggest {row} in this municipality, so there is nothing to"
        " answer. export --format json lists what is suggested.",
        rule=facts["rule"],
        row=facts["row_key"],
    ),
    "verdict_not_possible": lambda facts: say(_NOT_POSSIBLE[facts["state"]]),
    "unknown_indicator": _unknown_indicator,
    "unknown_criterion": lambda facts: say(
        "“{found}” is no criterion of the staircase. They are {allowed}.",
        found=facts["found"],
        allowed=_criteria(facts),
    ),
    "unknown_month": lambda facts: say(
        "There are no numbers for {month}. They go from {first} to {last}.",
        month=month(facts["month"]),
        first=month(facts["first"]),
        last=month(facts["last"]),
    ),
    "month_not_locked": lambda facts: say(
        "{month} is not locked yet. A head attests numbers that stand still.",
        month=_capital(month(facts["month"])),
    ),
    "not_member": lambda facts: say(
        "The municipality is a member from {member_from}, and has nothing to attest in {month}.",
        member_from=month(facts["member_from"]),
        month=month(facts["month"]),
    ),
    "month_not_ended": lambda facts: say(
        "{month} has not ended yet, so it cannot be locked.", month=_capital(month(facts["month"]))
    ),
    "already_locked": lambda facts: (
        say(
            "{month} locked itself on {moment}, because nobody had locked it by its lock day. It is"
            " locked already, and stays so.",
            month=_capital(month(facts["month"])),
            moment=_moment(facts["at"]),
        )
        if facts["is_by_itself"]
        else say(
            "{month} is locked already: {who} locked it on {moment}.",
            month=_capital(month(facts["month"])),
            who=facts["who"],
            moment=_moment(facts["at"]),
        )
    ),
    "no_version": lambda facts: (
        say(
            "{month} has no version {version}. The newest is version {newest}.",
            month=_capital(month(facts["month"])),
            version=facts["version"],
            newest=facts["newest"],
        )
        if facts["newest"]
        else say(
            "{month} is not locked yet, so it has no versions.",
            month=_capital(month(facts["month"])),
        )
    ),
    "nothing_delivered": lambda facts: say(
        "Nothing is delivered for {month} or before, so there is nothing to lock.",
        month=month(facts["month"]),
    ),
    "personal_text": lambda _: say(
        "There is an identity number, an e-mail address or a telephone number in this, which may"
        " not be kept. Nothing is stored. Write it without."
    ),
    "text_needed": lambda facts: say(LACKING[facts.get("lacks")]),
    "reason_needed": lambda _: say("A rejection needs a reason, so that false alarms can be seen."),
    "unknown_attestation": lambda facts: say(
        "There is no attestation {number}.", number=facts["attestation"]
    ),
    **OF_DECISIONS,
}
"""By code, the sentence of a refusal from its facts."""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
