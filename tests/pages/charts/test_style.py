"""The house style: readable words, months that keep their place, nothing to switch on."""

import datetime as dt

import pytest

from pages.charts import style
from pages.web.tokens import colour

MONTHS = [dt.date(2024 + (10 + place) // 12, (10 + place) % 12 + 1, 1) for place in range(24)]


def decision(day: str) -> dict[str, object]:
    return {"decided_on": dt.date.fromisoformat(day), "text": "Noe ble vedtatt"}


def luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_word_on_a_chart_can_be_read_on_the_paper() -> None:
    made = style.figure(300)
    for axis in (made.layout.xaxis, made.layout.yaxis):
        assert contrast(axis.tickfont.color, colour("paper")) >= 4.5
    for name in ("ink", "quiet", "better", "worse", "change", "accent"):
        assert contrast(colour(name), colour("paper")) >= 4.5, name
    # Words of gaps stand on their shade, and provisional ones on theirs.
    for shade in ("hover", "ribbon"):
        assert contrast(colour("quiet"), colour(shade)) >= 4.5, shade


def test_nothing_can_be_zoomed_or_switched_on() -> None:
    made = style.figure(300)
    assert made.layout.xaxis.fixedrange
    assert made.layout.yaxis.fixedrange
    assert made.layout.dragmode is False
    assert made.layout.showlegend is False
    assert style.CONFIG["displayModeBar"] is False


def test_the_newest_month_is_always_labelled_and_the_labels_are_norwegian() -> None:
    made = style.figure(300)
    style.month_axis(made, MONTHS)
    assert list(made.layout.xaxis.tickvals) == [23, 17, 11, 5]
    assert made.layout.xaxis.ticktext[0] == "okt.<br>2026"


def test_a_single_month_has_its_label() -> None:
    made = style.figure(300)
    style.month_axis(made, MONTHS[:1])
    assert list(made.layout.xaxis.tickvals) == [0]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (4, ["0", "2", "4"]),
        (16, ["0", "10", "20"]),
        (90, ["0", "50", "100"]),
        (107, ["0", "50", "100", "150"]),
        (301, ["0", "200", "400"]),
    ],
)
def test_an_axis_of_numbers_starts_at_zero_and_has_few_round_lines(
    highest: float, ticks: list[str]
) -> None:
    made = style.figure(300)
    top = style.value_axis(made, "count", highest)
    assert list(made.layout.yaxis.ticktext) == ticks
    assert top >= highest
    assert made.layout.yaxis.range[0] < 0 < highest + 1


def test_a_share_is_always_drawn_from_none_to_all() -> None:
    made = style.figure(300)
    assert style.value_axis(made, "share", 0.2) == 1.0
    assert list(made.layout.yaxis.ticktext) == ["0\u00a0%", "50\u00a0%", "100\u00a0%"]


def test_decisions_close_in_time_have_their_words_on_lines_of_their_own() -> None:
    decisions = [decision("2026-03-12"), decision("2026-10-13")]
    assert style.event_rows(MONTHS, decisions) == 2
    made = style.figure(300)
    style.events(made, MONTHS, decisions, style.LINE)
    words = [note for note in made.layout.annotations if "vedtak" in note.text]
    assert {note.yshift for note in words} == {0, style.LINE}


def test_decisions_a_year_apart_share_a_line() -> None:
    decisions = [decision("2025-01-12"), decision("2026-03-13")]
    assert style.event_rows(MONTHS, decisions) == 1


def test_a_decision_outside_the_months_is_not_drawn() -> None:
    assert style.event_rows(MONTHS, [decision("2020-01-12")]) == 0


def test_words_of_people_are_shown_as_they_are() -> None:
    made = style.figure(300)
    style.events(
        made, MONTHS, [decision("2026-03-12") | {"text": "<b>fet</b> & <a href='x'>"}], style.LINE
    )
    (note,) = made.layout.annotations
    assert note.hovertext == "&lt;b&gt;fet&lt;/b&gt; &amp; &lt;a href='x'&gt;"


@pytest.mark.parametrize("words", ["4 av 5 ferdige tiltak, foreløpig", "107 deltakere", "0 dager"])
def test_the_newest_label_has_room_for_its_longest_line(words: str) -> None:
    longest = max(style.label_lines(words), key=len)
    assert " ".join(style.label_lines(words)) == words
    assert style.label_room(words) >= 8 * len(longest)


@pytest.mark.parametrize(
    ("values", "anchors"),
    [
        # Nothing is in the way.
        ([0.9] * 24, ("left", "bottom")),
        # The first months lie just above the target.
        ([0.45] * 9 + [0.9] * 15, ("right", "bottom")),
        # All of them do.
        ([0.45] * 24, ("left", "top")),
        # The first and all above, and the last below.
        ([0.45] * 9 + [None] * 14 + [0.45], ("left", "top")),
        # A line falls through the words, from above to below them.
        ([0.9, 0.2] + [0.2] * 22, ("right", "bottom")),
        # All along the line, on both sides: beside the words of the axis.
        ([0.45, 0.35] * 12, ("right", "bottom")),
    ],
)
def test_the_words_of_a_target_hide_no_number(
    values: list[float | None], anchors: tuple[str, str]
) -> None:
    made = style.figure(300)
    style.value_axis(made, "share", 1.0)
    style.target(made, 0.4, "mål: minst 40 %", values)
    (note,) = made.layout.annotations
    assert (note.xanchor, note.yanchor) == anchors
    assert (note.yref == "paper") == (values == [0.45, 0.35] * 12)
