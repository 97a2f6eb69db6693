"""The look as CSS variables and as Streamlit's theme, both from tokens.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "tokens.toml"

_FACE = "Source Sans"
FONT = f'"{_FACE}", sans-serif'
"""The face that Streamlit brings with it: nothing is fetched from elsewhere."""

# Streamlit keeps a list of chart colours only at this length and drops any other in silence.
CHART_COLOURS = 10


@cache
def tokens() -> dict[str, dict[str, Any]]:
    """The tables of tokens.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def colour(name: str) -> str:
    """One colour by its name, as #rrggbb."""
    return str(tokens()["colour"][name])


def face(path: str) -> str:
    """The rule that says where the face is, seen from a style sheet one folder below the root."""
    if not path:
        return ""
    said = [
        f'font-family: "{_FACE}";',
        "font-weight: 200 900;",
        "font-display: swap;",
        f'src: url("../{path}") format("woff2");',
    ]
    return _rule("@font-face", said)


def css() -> str:
    """The tokens as custom properties of the document: --ink, --text, --space-m, …"""
    look = tokens()
    size = look["type"]
    base = size["text"]
    lines = _colours(look["colour"])
    lines += [
        f"--{name.replace('_', '-')}: {size[name] / base:.4g}rem;"
        for name in ("text", "note", "part", "finding", "finding_phone")
    ]
    lines.append(f"--leading: {size['leading']};")
    lines += [f"--space-{name}: {value / base:.4g}rem;" for name, value in look["space"].items()]
    lines += [f"--{name}: {value}px;" for name, value in look["shape"].items()]
    lines.append(f"--font: {FONT};")
    more = _colours(look["high_contrast"])
    by_choice = ':root[data-contrast="more"]'
    return (
        _rule(":root", lines)
        # What the reader's machine asks for, and what the reader chose on the page.
        + "@media (prefers-contrast: more) {\n"
        + _rule(":root", more)
        + _in_charts(look, ":root")
        + "}\n"
        + _rule(by_choice, more)
        + _in_charts(look, by_choice)
        + _rule(
            'html[data-stage="open"][data-stage-contrast="high"]', _colours(look["stage_contrast"])
        )
    )


def _in_charts(look: dict[str, Any], root: str) -> str:
    """The same for charts, whose colours are written into them, once for every reader."""
    rules = []
    for name in look["high_contrast"]:
        red, green, blue = (int(look["colour"][name][at : at + 2], 16) for at in (1, 3, 5))
        for way in ("fill", "stroke"):
            drawn = f'[style*="{way}: rgb({red}, {green}, {blue})"]'
            rules.append(
                f"{root} .js-plotly-plot {drawn} {{ {way}: var(--{name.replace('_', '-')})"
                " !important; }\n"
            )
    return "".join(rules)


def _colours(named: dict[str, Any]) -> list[str]:
    return [f"--{name.replace('_', '-')}: {value};" for name, value in named.items()]


def _rule(selector: str, lines: list[str]) -> str:
    return f"{selector} {{\n  " + "\n  ".join(lines) + "\n}\n"


def theme() -> dict[str, Any]:
    """Streamlit's theme options, by their full names."""
    look, size = tokens(), tokens()["type"]
    charts = look["charts"]
    for name in ("categorical", "sequential", "diverging"):
        assert len(charts[name]) == CHART_COLOURS, name
    rem = {name: f"{size[name] / size['text']:.4g}rem" for name in ("finding", "part", "text")}
    options = {
        # Light only: the charts are drawn on the server, which does not know a dark screen.
        "base": "light",
        "primaryColor": colour("accent"),
        "backgroundColor": colour("paper"),
        "secondaryBackgroundColor": colour("surface"),
        "textColor": colour("ink"),
        "linkColor": colour("accent"),
        "borderColor": colour("edge"),
        "dataframeBorderColor": colour("line"),
        "dataframeHeaderBackgroundColor": colour("paper"),
        "font": FONT,
        "baseFontSize": size["text"],
        "headingFontSizes": [rem["finding"], rem["part"], rem["text"]],
        "headingFontWeights": [700, 600, 600],
        "baseRadius": f"{look['shape']['radius']}px",
        "showWidgetBorder": True,
        "chartCategoricalColors": charts["categorical"],
        "chartSequentialColors": charts["sequential"],
        "chartDivergingColors": charts["diverging"],
    }
    return {f"theme.{name}": value for name, value in options.items()}
