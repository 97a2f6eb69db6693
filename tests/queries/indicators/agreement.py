"""Whether an indicator's SQL and its second opinion say the same over a world."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

from tests.queries.indicators.opinions import OPINIONS
from tests.queries.worlds import Key, Number, Numbers, World, numbers

# The same worlds every time: a red test stays red until its cause is gone.
QUIET = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
)
# One world in which they differ is enough; a smaller one would say no more. They are looked for
# among as many worlds as they agree over, and a few more.
ANY = settings(QUIET, max_examples=150, phases=(Phase.generate,))


def disagreements(
    indicator: str, world: World, opinion: Callable[[World], Numbers] | None = None
) -> dict[Key, tuple[Number | None, Number | None]]:
    """Where the two differ: what the SQL says and what the second opinion says."""
    told = numbers(indicator, world)
    second = (opinion or OPINIONS[indicator])(world)
    return {
        key: (told.get(key), second.get(key))
        for key in sorted(told.keys() | second.keys(), key=str)
        if told.get(key) != second.get(key)
    }


def assert_agree(indicator: str, worlds: SearchStrategy[World]) -> None:
    """The two agree over random worlds."""

    @QUIET
    @given(worlds)
    def agree(world: World) -> None:
        assert disagreements(indicator, world) == {}

    agree()


def assert_notices(
    indicator: str, worlds: SearchStrategy[World], misread: Callable[[World], World]
) -> None:
    """A second opinion that misreads the rows in this way is found out by the random worlds."""

    def wrong(world: World) -> Numbers:
        return OPINIONS[indicator](misread(world))

    find(worlds, lambda world: disagreements(indicator, world, wrong) != {}, settings=ANY)


def changed(table: str, **values: object) -> Callable[[World], World]:
    """A misreading: every row of a table read with these values instead of its own."""

    def misread(world: World) -> World:
        return World(world | {table: [row | values for row in world.get(table, [])]})

    return misread
