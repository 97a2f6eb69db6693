"""Every indicator has its SQL, card, texts, tests and second opinion; over the demo data too."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from queries import cards, sql
from queries.builder import Builder
from tests.queries.indicators.opinions import OPINIONS
from tests.queries.worlds import World, as_numbers, horizon

INDICATORS = sorted(path.stem for path in (sql.FOLDER / "indicators").glob("*.sql"))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_has_all_that_belongs_to_it(indicator: str) -> None:
    assert indicator in cards.load_all()
    assert indicator in OPINIONS
    assert (Path(__file__).parent / f"test_{indicator}.py").is_file()


def test_nothing_is_told_of_an_indicator_that_is_not_there() -> None:
    assert set(OPINIONS) == set(cards.load_all()) == set(INDICATORS)
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert tests - {"second_opinions"} == set(INDICATORS)


@pytest.fixture(scope="module")
def demo(demo_tables: dict[str, pl.DataFrame]) -> Iterator[tuple[Builder, World]]:
    """The demo data twice: in the production's database, and as plain rows."""
    builder = Builder(demo_tables)
    yield builder, World({name: table.to_dicts() for name, table in demo_tables.items()})
    builder.close()


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_second_opinion_agrees_over_the_demo_data(
    indicator: str, demo: tuple[Builder, World]
) -> None:
    builder, rows = demo
    told = as_numbers(builder.run(cards.load_all()[indicator].path, **horizon(rows)))
    second = OPINIONS[indicator](rows)
    assert {key: told[key] for key in told if told[key] != second.get(key)} == {}
    assert told.keys() == second.keys()
    # A comparison of nothing with nothing would agree too.
    assert any((numerator or 0) > 0 for numerator, _, _ in told.values())
