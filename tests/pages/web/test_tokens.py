"""The look is legible, whole, and the same in CSS and in Streamlit's theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages.web import document, tokens

TEXT, GRAPHIC = 4.5, 3.0
"""The least contrast of text, and of what must be seen (WCAG 2.1, 1.4.3 and 1.4.11)."""

ENHANCED = 7.0
"""That of text for those who need more (1.4.6)."""


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["paper", "surface", "hover", "ribbon"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "better", "worse", "change"])
def test_words_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(tokens.colour(ink), tokens.colour(ground)) >= TEXT


def test_words_can_be_read_on_the_accent() -> None:
    assert contrast(tokens.colour("accent_ink"), tokens.colour("accent")) >= TEXT


@pytest.mark.parametrize("ground", ["paper", "surface", "hover", "ribbon"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "better", "worse", "change"])
def test_in_high_contrast_words_stand_out_even_more(ink: str, ground: str) -> None:
    look = tokens.tokens()["colour"] | tokens.tokens()["high_contrast"]
    assert contrast(look[ink], look[ground]) >= ENHANCED
    # What is drawn or ruled can be seen by itself.
    for name in ("line", "edge", "same"):
        assert contrast(look[name], look[ground]) >= GRAPHIC, name


@pytest.mark.parametrize("ground", ["paper", "surface", "hover", "ribbon"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "better", "worse", "change"])
def test_on_the_slides_in_high_contrast_words_stand_out_too(ink: str, ground: str) -> None:
    look = tokens.tokens()["stage_contrast"]
    assert look.keys() == tokens.tokens()["colour"].keys()
    assert contrast(look[ink], look[ground]) >= (ENHANCED if ground != "ribbon" else TEXT)
    assert contrast(look["edge"], look[ground]) >= GRAPHIC


def test_a_chart_has_the_colours_of_high_contrast_too() -> None:
    """Plotly writes a colour into each element, as rgb(…): a rule for each that changes."""
    more = tokens.css().split("@media (prefers-contrast: more)")[1]
    for part in more.split(':root[data-contrast="more"] {', 1):
        for name, was in (("same", "138, 154, 157"), ("ink", "20, 40, 46")):
            for way in ("fill", "stroke"):
                rule = f'[style*="{way}: rgb({was})"] {{ {way}: var(--{name}) !important; }}'
                assert rule in part


def test_high_contrast_is_for_who_asks_for_it_by_machine_or_by_button() -> None:
    style = tokens.css()
    rule = f"--ink: {tokens.tokens()['high_contrast']['ink']};"
    assert style.count(rule) == 2
    assert rule in style.split("@media (prefers-contrast: more)")[1].split("}")[0]
    assert rule in style.split(':root[data-contrast="more"]')[1]


@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_what_can_be_pressed_has_an_outline_that_can_be_seen(ground: str) -> None:
    assert contrast(tokens.colour("edge"), tokens.colour(ground)) >= GRAPHIC


def test_every_token_that_the_style_sheets_use_exists() -> None:
    style = document.style().decode()
    defined = set(re.findall(r"(--[\w-]+)\s*:", style))
    assert set(re.findall(r"var\((--[\w-]+)", style)) <= defined


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    sheets = sorted(document.STATIC.glob("*.css"))
    own = {
        f"{sheet.name}: {colour}"
        for sheet in sheets
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", without_print(sheet))
    }
    assert own == set()


def without_print(sheet: Path) -> str:
    """Paper is white whatever the tokens say."""
    return "" if sheet.stem == "print" else sheet.read_text(encoding="utf-8")


def test_the_theme_has_streamlits_names_and_exactly_ten_colours() -> None:
    from streamlit import config

    theme = tokens.theme()
    for name in theme:
        assert name in config._config_options_template, name
    for kind in ("Categorical", "Sequential", "Diverging"):
        assert len(theme[f"theme.chart{kind}Colors"]) == tokens.CHART_COLOURS
    assert theme["theme.primaryColor"] == tokens.colour("accent")
