"""From feedback to told back: how far what users asked for came, and where most of it stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pages.charts.funnel import bar
from pages.charts.style import Row
from pages.parts.action_list import theme_words
from pages.parts.findings import HAS_NUMBER
from pages.parts.notes import day, note
from pages.parts.table import Column, folded, table
from pages.text import cells, date, language, number, plural, say
from pages.text.formats import NO_BREAK
from pages.text.leaks import STAGES, day_words, whole_way
from pages.text.markup import Child, Markup, tag
from queries.cards import Card
from queries.cell import period_end


def loop_table(rows: Sequence[Row]) -> Markup | None:
    """The stages as a funnel in words and bars, with the days from stage to stage.

    Args:
        rows: The answer of asked/loop.sql.
    """
    if not rows or rows[0]["state"] not in HAS_NUMBER or not rows[0]["received"]:
        return None
    received = rows[0]["received"]
    first = {"stage": "received", "came": received, "received": received}
    stopped = [row["stopped"] for row in rows]
    columns = [
        Column(say("Stage"), lambda row: say(STAGES[row["stage"]]), is_head=True),
        Column(say("Got this far"), _came),
        Column(say("From the stage before"), _days),
        # Of two that are equal none is the most.
        Column(say("Stopped"), lambda row: _stopped(row, stopped.count(row.get("stopped")) == 1)),
    ]
    caption = say(
        "From feedback to told back, what users asked for in {period}",
        period=cells.period_text(rows[0]),
    )
    return table(caption, columns, [first, *rows], is_caption_shown=False, is_cards=True)


def _came(row: Row) -> Child:
    words = number(row["came"])
    if row["stage"] != "received":
        words = say("{part} of {whole}", part=words, whole=number(row["received"]))
    drawing = bar(row["came"], row["received"], is_leak=bool(row.get("is_largest_leak")))
    return tag("div", drawing, tag("span", words))


def _days(row: Row) -> str:
    days = row.get("days")
    return "" if days is None else day_words(days).replace(" ", NO_BREAK)


def _stopped(row: Row, is_alone: bool) -> Child:
    if row["stage"] == "received":
        return None
    words = number(row["stopped"])
    told: Child = words
    if row["is_largest_leak"] and is_alone:
        told = tag("span", say("{n}, the most", n=words), class_="mark-worse")
    if not row["refused"]:
        return told
    refused = plural("{n} got a reasoned no", "{n} got a reasoned no", row["refused"])
    return Markup(tag("div", told) + tag("div", refused, class_="quiet"))


def loop_notes(rows: Sequence[Row], card: Card) -> Markup:
    """How much came the whole way and how long it took, and what the numbers rest on.

    Args:
        rows: The answer of asked/loop.sql.
        card: The card of the loop; its maturity is how long each tertial is followed.
    """
    if not rows or rows[0]["state"] not in HAS_NUMBER or not rows[0]["received"]:
        return Markup("")
    row = rows[0]
    said = whole_way(row)
    until = period_end(row["grain"], row["period"]) + timedelta(days=card.matures_after_days)
    followed = (
        say("Provisional: what was received is followed until {date}.", date=date(until))
        if row["state"] == "provisional"
        else say("What was received is followed until {date}.", date=date(until))
    )
    said.append(followed)
    if row["delivered"] is not None and row["delivered"] < (row["members"] or 0):
        said.append(_delivered(row))
    return note(" ".join(said))


def _delivered(row: Row) -> str:
    things = {"n": row["delivered"], "of": row["members"]}
    if row["municipality_id"] == "cooperation":
        return say("From {n} of {of} municipalities.", **things)
    return say("From {n} of {of} months.", **things)


def tertial_table(rows: Sequence[Row], card: Card) -> Markup:
    """How much came the whole way, four months at a time, the newest first.

    Args:
        rows: The answer of asked/loop_tertials.sql.
    """
    columns = [
        Column(say("Received"), cells.period_text, is_head=True),
        Column(say("Came the whole way"), lambda row: cells.shown_text(row, card)),
    ]
    caption = say("What came the whole way, by the four months in which it was received")
    shown = table(caption, columns, rows, is_caption_shown=False)
    return folded(say("Show the last six tertials"), shown) if rows else Markup("")


def beside_words(rows: Sequence[Row], cards: Mapping[str, Card]) -> str:
    """What stands beside the shares of done actions, as sentences.

    Args:
        rows: The answer of asked/actions_beside.sql.
    """
    return " ".join(
        say(
            "{title}: {value}.",
            title=cards[row["indicator"]].parts[row["part"]].text[language()].capitalize(),
            value=cells.shown_text(row, cards[row["indicator"]]),
        )
        for row in rows
    )


def unanswered_table(
    rows: Sequence[Row], *, of_all: bool, is_delivered: bool = True
) -> Markup | None:
    """The recommendations that wait for a leader's answer.

    Args:
        rows: The answer of asked/recommendations_unanswered.sql.
        is_delivered: What users said was delivered: then no row means that none waits.
    """
    columns = [Column(say("Recommendation"), lambda row: row["feedback_id"], is_head=True)]
    if of_all:
        columns.append(Column(say("Municipality"), lambda row: row["name"]))
    columns += [
        Column(say("Theme"), lambda row: theme_words(row["theme"])),
        Column(say("Came on"), lambda row: day(row["recommendation_on"])),
        Column(say("Has waited"), _waited),
    ]
    caption = say("Recommendations that wait for a leader's answer")
    shown = table(caption, columns, rows, is_caption_shown=False, is_cards=True)
    summary = plural(
        "{Words} recommendation waits for an answer",
        "{Words} recommendations wait for an answer",
        len(rows),
    )
    if not rows:
        return note(say("No recommendation waits for an answer.")) if is_delivered else None
    return tag("div", folded(summary, tag("div", shown, id="anbefalinger"), is_open=not of_all))


def _waited(row: Row) -> Markup:
    words = plural("{n} day", "{n} days", row["days_waiting"])
    return tag("span", words, class_="mark-worse" if row["is_late"] else None)
