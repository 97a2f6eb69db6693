"""Siden sist: what came of what was decided, and who has not attested the month yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pages.charts.drawing import Table
from pages.programme.reading import Reading, Row
from pages.programme.slides import Slide
from pages.text import date, later, listed, month, plural, say, short_date
from pages.text.formats import NO_BREAK
from queries.disclosure import COOPERATION

MOST_ROWS = 6
"""As many decisions as fit below a heading."""

MOST_SLIDES = 3
"""More decisions than these slides hold are left out: those that are over first."""

ACTIONS = {"done": later("the action is done"), "told_back": later("told back to users")}
"""What is told of the action that a decision is about, once it has come so far."""

LONGEST = 90
"""Characters of a decision on the wall: two lines; the rest is read in the log."""


def since_last(reading: Reading) -> tuple[Slide, ...]:
    """One slide, and further ones where many decisions were made."""
    rows = decided_rows(reading)
    first, *others = in_parts(rows) or [[]]
    slides = [
        Slide(
            id="since_last",
            part="since_last",
            title=say("Since last time"),
            finding=_finding(rows),
            sentences=tuple(filter(None, [attested_words(reading)])),
            table=_table(first) if first else None,
        )
    ]
    slides += [
        Slide(
            id=f"since_last-{place}",
            part="since_last",
            title=say("Since last time"),
            finding=say("More decisions: {said}", said=_counts(part)),
            table=_table(part),
        )
        for place, part in enumerate(others, 2)
    ]
    return with_rest(slides, len(rows))


def in_parts(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows of each slide; none where there are no rows."""
    shown = rows[: MOST_ROWS * MOST_SLIDES]
    return [shown[start : start + MOST_ROWS] for start in range(0, len(shown), MOST_ROWS)]


def with_rest(slides: Sequence[Slide], n: int) -> tuple[Slide, ...]:
    """The slides, the last of which tells how many of n decisions have no row on any."""
    last, rest = slides[-1], more_words(n - MOST_ROWS * MOST_SLIDES)
    if not rest:
        return tuple(slides)
    return (*slides[:-1], replace(last, sentences=(rest, *last.sentences)))


def decided_rows(reading: Reading) -> list[Mapping[str, Any]]:
    """What was decided before, as the month's release tells it, with what was said of it since.

    Actions are told of as they were at the lock, whatever is uploaded later; that a decision is
    carried out, or withdrawn, is said by a person, and is known at once.
    """
    listed_now = reading.live_rows("decisions_listed", municipality=COOPERATION, since="1900-01-01")
    now = {row["decision_id"]: row for row in listed_now}
    rows = reading.own(reading.decisions("decisions_since", municipality=COOPERATION))
    return [_with(row, now.get(row["decision_id"])) for row in rows]


def _with(row: Row, now: Row | None) -> Row:
    if now is None or now["standing"] not in ("carried_out", "withdrawn"):
        return row
    return {**row, **{name: now[name] for name in ("standing", "carried_out_on", "withdrawn_on")}}


def _finding(rows: Sequence[Row]) -> str:
    if not rows:
        return say("Nothing was decided last time, and no decision is open")
    said = _counts(rows)
    return plural("{Words} decision: {said}", "{Words} decisions: {said}", len(rows), said=said)


def _counts(rows: Sequence[Row]) -> str:
    """How the decisions stand, all of them counted."""
    done = sum(row["standing"] == "carried_out" for row in rows)
    late = sum(row["standing"] == "overdue" for row in rows)
    still = sum(row["standing"] == "open" for row in rows)
    gone = sum(row["standing"] == "withdrawn" for row in rows)
    parts = [
        plural("{words} is carried out", "{words} are carried out", done) if done else "",
        plural("{words} is overdue", "{words} are overdue", late) if late else "",
        plural("{words} is under way", "{words} are under way", still) if still else "",
        plural("{words} is withdrawn", "{words} are withdrawn", gone) if gone else "",
    ]
    return listed([part for part in parts if part])


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        say("What was decided, and what came of it"),
        (say("Decision"), say("Owner"), say("Due"), say("What happened")),
        tuple(
            (short(row), row["owner_role"], short_date(row["due_on"]), happened(row))
            for row in rows
        ),
    )


def short(row: Row) -> str:
    """A decision's words, cut at a word where they are long, with whom it is for."""
    text = str(row["text"])
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}{NO_BREAK}…"
    return (
        say("{text} ({place})", text=text, place=row["municipality"])
        if row["municipality"]
        else text
    )


def happened(row: Row) -> str:
    """What came of a decision, in a few words."""
    standing = row["standing"]
    if standing == "carried_out":
        return say("carried out {date}", date=short_date(row["carried_out_on"]))
    if standing == "withdrawn":
        return say("withdrawn {date}", date=short_date(row["withdrawn_on"]))
    action = _became(row)
    if standing == "overdue":
        words = plural("overdue by {n} day", "overdue by {n} days", row["days_overdue"] or 0)
        return f"{words}, {action}" if action else words
    if row.get("due_on_before"):
        words = say("moved from {date}", date=short_date(row["due_on_before"]))
        return f"{words}, {action}" if action else words
    return action or say("under way")


def _became(row: Row) -> str:
    if not row["became_actions"]:
        # A release of an earlier version does not know how the action stands that it is about.
        return say(ACTIONS[row["action_state"]]) if row.get("action_state") in ACTIONS else ""
    if row["became_told_back"] == row["became_actions"]:
        return say(ACTIONS["told_back"])
    if row["became_done"] == row["became_actions"]:
        return say(ACTIONS["done"])
    return plural("became an action", "became {n} actions", row["became_actions"])


def more_words(n: int) -> str:
    """How many decisions have no row on the slide; empty where all have one."""
    if n <= 0:
        return ""
    return plural("{Words} more stands in the log.", "{Words} more stand in the log.", n)


def attested_words(reading: Reading) -> str:
    """Who has not attested the month; empty where it is not to be attested."""
    rows = {row["month"]: row for row in reading.live_rows("months")}
    locked = rows.get(reading.month)
    if locked is None or locked["locked_at"] is None or locked["is_history"]:
        return ""
    given = attested_now(reading)
    missing = [name for number, name in members(reading).items() if number not in given]
    when = month(reading.month)
    if not missing:
        if reading.of_all:
            return say("Every municipality has attested {month}.", month=when)
        (row,) = given.values()
        return say(
            "{place} attested on {date}.", place=reading.place, date=date(row["attested_on"])
        )
    if len(missing) == len(members(reading)) and reading.of_all:
        return say("Nobody has attested {month} yet.", month=when)
    return say("Not attested yet: {places}.", places=listed(missing))


def attested_now(reading: Reading) -> dict[str, Row]:
    """Who has attested the month, by municipality."""
    rows = reading.live_rows("attested", municipality=COOPERATION, month=reading.month)
    return {row["municipality_id"]: row for row in reading.own(rows)}


def members(reading: Reading) -> dict[str, str]:
    """The municipalities whose month it is, that were members in it: from number to name."""
    found = reading.rows("members", month=reading.month)
    return {
        row["municipality_id"]: row["name"]
        for row in found
        if reading.of_all or row["municipality_id"] == reading.municipality
    }
