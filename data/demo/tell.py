"""The story, lived through in an empty demo store: every file and act enters as people do it."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from data import acts, coverage, delivery, snapshot, store, uploads
from data.demo.make import EVENTS, FILES, FOLDER
from data.demo.story import TODAY
from data.people import LOCAL, Person
from data.settings import OSLO, About
from data.snapshot import Snapshot
from data.store import Store

Event = Mapping[str, Any]

Releasing = Callable[[Snapshot, About], None]
"""Makes the release of a snapshot, now or by and by, in the order it was told."""

Told = Callable[[int, int, dt.date], None]
"""Told how far the story has come: events so far, of how many, and the day it has reached."""

LOCKS = ("lock", "lock_history")


class StoryError(RuntimeError):
    """A file of the story cannot be loaded; the message says which and why."""


def tell(folder: Path, release: Releasing, told: Told) -> None:
    """Make a demo store in the folder and let the story happen in it.

    Args:
        release: Called after each lock, since a lock keeps its release, and at the end; after
            every single file it would take minutes.
        told: What to do with the progress.

    Raises:
        RefusedError: "store_exists", or an act of the story is refused: a fault in the story.
        StoryError: A file of the story has a problem: a fault in the story.
    """
    store.create(folder, demo_today=TODAY)
    events = tomllib.loads((FOLDER / EVENTS).read_text(encoding="utf-8"))["entry"]
    decisions: dict[str, int] = {}
    done = 0
    for part in _until_each_lock(events):
        with store.opened(folder) as opened:
            for event in part:
                _happen(opened, event, decisions)
            release(snapshot.taken(opened), opened.about)
        done += len(part)
        told(done, len(events), part[-1]["at"].date())


def _until_each_lock(events: list[Event]) -> Iterator[list[Event]]:
    part: list[Event] = []
    for event in events:
        part.append(event)
        if event.get("act") in LOCKS:
            yield part
            part = []
    if part:
        yield part


def _happen(opened: Store, event: Event, decisions: dict[str, int]) -> None:
    who = Person(LOCAL.name, event["who"]["role"], event["who"].get("municipality"))
    at = event["at"].replace(tzinfo=OSLO).astimezone(dt.UTC).replace(tzinfo=None)
    if "file" in event:
        _deliver(opened, event, who, at)
    else:
        _act(opened, event, who, at, decisions)


def _deliver(opened: Store, event: Event, who: Person, at: dt.datetime) -> None:
    path = FOLDER / FILES / event["file"]
    raw = path.read_bytes()
    against = delivery.ground(opened, event["at"].date())
    intake = delivery.receive(against, raw, path.name, who, mapping_name=event.get("mapping"))
    if intake.blocking:
        raise StoryError(f"{event['file']}: {intake.problems}")
    first, last = (_month(event["covers"][end]) for end in ("first", "last"))
    covers = coverage.of(intake.tables, event["covers"]["municipalities"], first, last)
    uploads.commit(opened, delivery.upload(intake, raw, covers), who, at=at)


def _act(
    opened: Store, event: Event, who: Person, at: dt.datetime, decisions: dict[str, int]
) -> None:
    facts = {name: value for name, value in event.items() if name not in ("at", "who", "act")}
    for name in ("month", "through"):
        if name in facts:
            facts[name] = _month(facts[name])
    named = facts.pop("decision", None)
    if named is not None and event["act"] != "decide":
        facts["decision"] = decisions[named]
    entry = getattr(acts, event["act"])(opened, who, **facts, at=at)
    if event["act"] == "decide":
        decisions[named] = entry


def _month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")
