"""A file is judged for the page: against what the store holds now, with or without its bytes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from data import delivery, rest, settings, store
from data.delivery import Ground
from data.intake import Intake
from data.mapping import Mapping as ExportMapping
from data.meant import Beside
from data.people import Person
from data.progress import Told, untold
from data.read import Choices, Limits


@dataclass(frozen=True)
class Against:
    """What a file was judged against.

    Attributes:
        entry: The last entry of the ledger.
        mappings: The names of all mappings.
        rest: The file without the rows that are wrong, where that can be stored.
    """

    entry: int
    mappings: tuple[str, ...]
    rest: Intake | None


def judged(
    raw: bytes,
    name: str,
    person: Person,
    choices: Choices,
    beside: Beside,
    confirmed: ExportMapping | None = None,
    told: Told = untold,
) -> tuple[Intake, Against]:
    """A file from its bytes.

    Args:
        told: Is told what is being done.
        confirmed: The mapping that its proposal has become, before it is saved.
    """
    ground, entry = _ground()
    if confirmed is not None:
        others = tuple(one for one in ground.mappings if one.name != confirmed.name)
        ground = dataclasses.replace(ground, mappings=(confirmed, *others))
        beside = dataclasses.replace(beside, mapping_name=confirmed.name)
    found = delivery.receive(
        ground, raw, name, person, choices=choices, beside=beside, limits=limits(), told=told
    )
    return found, _against(found, ground, entry, person, choices)


def without_bytes(
    earlier: Intake,
    person: Person,
    choices: Choices,
    beside: Beside,
    confirmed: ExportMapping | None = None,
) -> tuple[Intake, Against] | None:
    """A file from what was kept of it; None where only its bytes can tell."""
    ground, entry = _ground()
    found = delivery.receive_again(
        ground, earlier, person, choices=choices, beside=beside, confirmed=confirmed
    )
    return None if found is None else (found, _against(found, ground, entry, person, choices))


def _against(
    found: Intake, ground: Ground, entry: int, person: Person, choices: Choices
) -> Against:
    others = rest.rest(found, ground.known, today=ground.today, who=person, choices=choices)
    return Against(entry, tuple(one.name for one in ground.mappings), others)


def _ground() -> tuple[Ground, int]:
    """What files are judged against now, and the last entry of the ledger."""
    folder = settings.load().store
    if settings.about(folder) is None:
        return delivery.ground_without_store(), 0
    with store.opened(folder) as opened:
        return delivery.ground(opened), opened.last_entry()


def limits() -> Limits:
    """What is too big, as the operator has set it."""
    return Limits(bytes=settings.load().upload_mb * 1_000_000)
