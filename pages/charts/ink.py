"""The strokes that every drawing of the stage is made of: text, lines, marks, in the house's look.

Each has its colour as an attribute, so that a document shows it without a style sheet, and its name
as a class, so that the stage can say it in high contrast.
"""

from __future__ import annotations

from pages.text.markup import Markup, tag
from pages.web.tokens import FONT, colour

SMALL = 18
"""Pixels of the stage: nothing on it is smaller."""

LARGE = 22
"""The words of the newest point, and of a bar."""

WIDTHS = {
    0.2: " ", 0.28: "ijlI.,:;'·", 0.32: "f!()-", 0.37: "tr/", 0.46: "sczx?«»", 0.5: "vyJLYe–“”",
    0.62: "CPRBKD", 0.68: "GHNUOQØ", 0.76: "wM", 0.84: "mæÆW%",
}  # fmt: skip
"""How wide the letters of Source Sans are in their size, semibold as the wider, in groups."""

LETTER = 0.56
"""How wide every other letter is at most."""

_WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}

HALO = 5
"""The paper around words that may lie over a line."""


def words(
    text: str,
    x: float,
    y: float,
    *,
    size: int = SMALL,
    tone: str = "quiet",
    anchor: str = "start",
    is_bold: bool = False,
    turn: float | None = None,
) -> Markup:
    """Text with its baseline at y.

    Args:
        tone: A colour of tokens.toml.
        anchor: "start", "middle" or "end".
        turn: Degrees that it is turned around its place.
    """
    return tag(
        "text",
        text,
        x=float(x),
        y=float(y),
        class_=f"ink-{tone} halo",
        fill=colour(tone),
        stroke=colour("paper"),
        stroke_width=HALO,
        stroke_linejoin="round",
        paint_order="stroke",
        font_size=size,
        font_weight=600 if is_bold else None,
        text_anchor=None if anchor == "start" else anchor,
        transform=None if turn is None else f"rotate({turn:g} {x:.2f} {y:.2f})",
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, tone: str, width: float, dashes: str = ""
) -> Markup:
    """A straight line; dotted where dashes are given."""
    return tag(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        class_=f"line-{tone}",
        stroke=colour(tone),
        stroke_width=width,
        stroke_dasharray=dashes or None,
        stroke_linecap="round" if dashes else None,
    )


def block(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    tone: str,
    opacity: float = 1.0,
    radius: int = 0,
) -> Markup:
    """A filled rectangle."""
    return tag(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        rx=radius or None,
        class_=f"ink-{tone}",
        fill=colour(tone),
        fill_opacity=None if opacity == 1 else opacity,
    )


def dot(x: float, y: float, radius: float, *, tone: str, is_open: bool = False) -> Markup:
    """A point: filled, or open for what still grows."""
    return tag(
        "circle",
        cx=float(x),
        cy=float(y),
        r=radius,
        class_=f"line-{tone} {'ink-paper' if is_open else f'ink-{tone}'}",
        fill=colour("paper" if is_open else tone),
        stroke=colour(tone),
        stroke_width=2.5,
    )


def path(points: list[tuple[float, float]], *, tone: str, width: float) -> Markup:
    """Points in a row as a line."""
    return tag(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        class_=f"line-{tone}",
        fill="none",
        stroke=colour(tone),
        stroke_width=width,
        stroke_linejoin="round",
    )


def drawing(width: float, height: float, alt: str, *children: Markup) -> Markup:
    """The whole drawing, with its description for those who do not see it."""
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_="stage-chart",
        viewbox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_label=alt,
        font_family=FONT,
        focusable="false",
    )


def width_of(text: str, size: int = SMALL) -> float:
    """About how many pixels a text takes, and hardly ever less."""
    return size * sum(_WIDTH_OF.get(letter, LETTER) for letter in text)
