"""The demo store's rows, as the production's builder holds them."""

from pathlib import Path

import polars as pl
import pytest

from data import settings, snapshot, store
from queries import cards, rules, truth
from queries.builder import Builder


@pytest.fixture(scope="session")
def demo_tables(demo_store: Path) -> dict[str, pl.DataFrame]:
    """Every table that a release of the demo store is made from."""
    with store.opened(demo_store) as opened:
        taken = snapshot.taken(opened)
    # The release's own way in, so that the two opinions are about what people are shown.
    tables = truth.builder_tables(taken.tables, settings.today(demo_store), cards.load_all())
    builder = Builder(tables)
    rules.suggest(builder)
    builder.close()
    return {**tables, "suggestions": builder.table("suggestions")}
