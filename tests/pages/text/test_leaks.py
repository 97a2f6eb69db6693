"""The loop's sentence names where most stopped, and claims no most where as many did before."""

from __future__ import annotations

import datetime as dt

import pytest

from pages.text.leaks import leak_sentence

STAGES = ("recommended", "action", "done", "told_back")


def rows(*stopped: int) -> list[dict[str, object]]:
    """The stages of a loop in which so many stopped, as asked/loop.sql gives them."""
    most = max(place for place, n in enumerate(stopped) if n == max(stopped))
    whole = {
        "state": "measured",
        "grain": "tertial",
        "period": dt.date(2026, 1, 1),
        "municipality_id": "3439",
        "received": 30,
    }
    return [
        whole
        | {"stage": stage, "stopped": n, "came_before": 20, "is_largest_leak": n > 0 and at == most}
        for at, (stage, n) in enumerate(zip(STAGES, stopped, strict=True))
    ]


@pytest.mark.parametrize(
    ("stopped", "begins"),
    [
        ((5, 4, 0, 4), "Mest stopper før anbefalingen: 5 av 20"),
        ((1, 3, 0, 4), "Mest stopper før brukerne får vite det: 4 av 20"),
        ((1, 4, 0, 4), "Ett av leddene der flest stopper, er før brukerne får vite det: 4 av 20"),
        ((4, 4, 0, 3), "Ett av leddene der flest stopper, er før tiltaket: 4 av 20"),
        ((0, 2, 2, 1), "Ett av leddene der flest stopper, er før tiltaket er ferdig: 2 av 20"),
        ((0, 0, 0, 0), "Ingenting fra januar–april 2026 stoppet på veien."),
    ],
)
def test_the_largest_leak_is_called_so_where_it_is_alone(
    stopped: tuple[int, ...], begins: str
) -> None:
    assert leak_sentence(rows(*stopped)).startswith(begins)
