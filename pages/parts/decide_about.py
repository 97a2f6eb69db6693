"""What a decision is about, to choose from: the slide's own indicator, another, or one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.decided import Decision
from pages.parts.meeting_read import Read
from pages.programme.slides import Programme
from pages.text import cells, say
from queries.ask import ask
from queries.cards import load_all

SHOWN = "shown"
"""In the choice: what the slide on the wall shows."""

MOST_ACTIONS = 500
"""More open actions than six municipalities have; the field finds one of them as it is typed."""

LONGEST = 60
"""Letters of an action's title: enough to know it by."""


@dataclass(frozen=True)
class Action:
    """An improvement action by its number, which is its municipality's own."""

    municipality: str
    action_id: str


About = str | Action | None
"""An indicator's id, or SHOWN; an action; or nothing in particular."""

Choices = tuple[Sequence[About], Callable[[About], str]]
"""What can be chosen, and what each is called."""


def choices(now: Read, place: str, *first: About) -> Choices:
    """What a decision can be about: what is given first, nothing, indicators, open actions.

    Args:
        place: Whose actions: a municipality's number, or all of them together.
    """
    rows = ask(
        "actions_listed",
        municipality=place,
        month=now.today.replace(day=1),
        view="open",
        search="",
        themes="",
        most=MOST_ACTIONS,
    ).iter_rows(named=True)
    actions = {
        Action(row["municipality_id"], row["action_id"]): say(
            "{id}, {place}: {title}",
            id=row["action_id"],
            place=row["municipality"],
            title=_short(row["title"] or ""),
        )
        for row in rows
    }

    def called(about: About) -> str:
        if isinstance(about, Action):
            return actions.get(about, about.action_id)
        if about == SHOWN:
            return say("what the slide shows")
        if about is None:
            return say("nothing in particular")
        return cells.words(load_all()[about], "title")

    return list(dict.fromkeys([*first, None, *load_all(), *actions])), called


def about_of(one: Decision) -> About:
    """What a decision that is written down is about."""
    if one.action_id is not None and one.municipality is not None:
        return Action(one.municipality, one.action_id)
    return one.indicator


def linked(
    about: About, whose: str | None, shown: str | None = None
) -> tuple[str | None, str | None, str | None]:
    """For whom a decision is, its indicator and its action, as they are written down.

    Args:
        whose: The municipality that was chosen; an action says its own where none was.
        shown: The indicator of the slide on the wall.
    """
    if isinstance(about, Action):
        return whose or about.municipality, None, about.action_id
    return whose, shown if about == SHOWN else about, None


def indicator_of(programme: Programme, slide: str) -> str | None:
    """What the slide with this number shows; none where it shows nothing in particular."""
    place = int(slide) if slide.isdecimal() else 1
    if not 1 <= place <= len(programme.slides):
        return None
    return programme.slides[place - 1].indicator


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
