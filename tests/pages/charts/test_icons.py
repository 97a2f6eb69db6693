"""An icon moves as the number moved; its colour says whether that is good."""

import pytest

from pages.charts import icons

UP, DOWN = icons._UP, icons._DOWN


@pytest.mark.parametrize(
    ("signal", "direction", "line", "tone"),
    [
        ("improvement", "higher", UP, "better"),
        ("improvement", "lower", DOWN, "better"),
        ("concern", "higher", DOWN, "worse"),
        ("concern", "lower", UP, "worse"),
        ("increase", "neutral", UP, "change"),
        ("decrease", "neutral", DOWN, "change"),
    ],
)
def test_the_line_goes_the_way_the_number_went(
    signal: str, direction: icons.Direction, line: str, tone: str
) -> None:
    drawing = icons.signal_icon(signal, direction)
    assert f'd="{line}"' in drawing
    assert f'class="icon {tone}"' in drawing


def test_states_that_say_little_are_drawn_without_a_way() -> None:
    for signal in ("no_change", "too_few", None):
        drawing = icons.signal_icon(signal, "higher")
        assert UP not in drawing
        assert DOWN not in drawing


def test_no_two_verdicts_are_told_apart_by_colour_alone() -> None:
    shapes = [
        icons.assurance_icon(verdict).partition(">")[2]
        for verdict in ("pass", "sometimes", "fail", None)
    ]
    assert len(set(shapes)) == 4
    states = [
        icons.commitment_icon(state).partition(">")[2]
        for state in ("kept", "not_kept", "missing", "not_due")
    ]
    assert len(set(states)) == 4


def test_every_icon_is_hidden_where_its_word_stands() -> None:
    assert 'aria-hidden="true"' in icons.signal_icon("concern", "higher")
