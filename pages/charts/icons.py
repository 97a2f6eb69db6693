"""The small drawings beside the words of a signal and of a target; the word always stands by."""

from __future__ import annotations

from typing import Literal

from pages.text.markup import Markup, tag

SIZE = 18
"""Both icons are drawn on a square of this many pixels, so that words align beside them."""

Direction = Literal["higher", "lower", "neutral"]

_UP = "M1.5 14 L6 9.5 L9.5 12 L16.5 4"
_DOWN = "M1.5 4 L6 8.5 L9.5 6 L16.5 14"
_WAVE = "M1.5 10 L4.5 8 L7.5 10.5 L10.5 8 L13.5 10.5 L16.5 8.5"
_DASH = "M4 9 L14 9"
_TICK = "M5.8 9.3 L8.2 11.6 L12.4 6.8"
_CROSS = "M6.4 6.4 L11.6 11.6 M11.6 6.4 L6.4 11.6"

_RISES = {
    ("improvement", "higher"): True,
    ("improvement", "lower"): False,
    ("concern", "higher"): False,
    ("concern", "lower"): True,
}


def signal_icon(signal: str | None, direction: Direction) -> Markup:
    """The line moves as the number moved; the colour is for good, bad or neither.

    Args:
        signal: A released cell's signal; None draws nothing's dash.
        direction: The card's: which way is good.
    """
    if signal is None:
        return _drawn("none", tag("path", d=_DASH))
    if signal == "too_few":
        return _drawn("none", *_dots())
    if signal == "no_change":
        return _drawn("same", tag("path", d=_WAVE))
    if signal in ("increase", "decrease"):
        return _drawn("change", tag("path", d=_UP if signal == "increase" else _DOWN))
    rises = _RISES.get((signal, direction), signal == "improvement")
    tone = "better" if signal == "improvement" else "worse"
    return _drawn(tone, tag("path", d=_UP if rises else _DOWN))


def assurance_icon(assurance: str | None) -> Markup:
    """A ring with a tick, a dot or a cross; a dash where no target is judged."""
    if assurance == "pass":
        return _drawn("better", _ring(), tag("path", d=_TICK))
    if assurance == "fail":
        return _drawn("worse", _ring(), tag("path", d=_CROSS))
    if assurance == "sometimes":
        return _drawn("same", _ring(dashes="3 2.6"), tag("circle", cx=9, cy=9, r=1.8, class_="dot"))
    return _drawn("none", tag("path", d=_DASH))


def verdict_icon(icon: str, tone: str) -> Markup:
    """The drawing of a verdict on a slide, by the name of its shape.

    Args:
        icon: "rises", "falls", "wave", "dots", "tick", "middle", "cross" or "dash".
        tone: "better", "worse", "change", "same" or "none".
    """
    lines = {
        "rises": _UP,
        "falls": _DOWN,
        "wave": _WAVE,
        "dash": _DASH,
        "tick": _TICK,
        "cross": _CROSS,
    }
    if icon == "dots":
        return _drawn(tone, *_dots())
    if icon == "middle":
        return _drawn(tone, _ring(dashes="3 2.6"), tag("circle", cx=9, cy=9, r=1.8, class_="dot"))
    ring = _ring() if icon in ("tick", "cross") else None
    return _drawn(tone, *([ring] if ring else []), tag("path", d=lines[icon]))


def _dots() -> list[Markup]:
    return [tag("circle", cx=x, cy=9, r=1.3, class_="dot") for x in (4, 9, 14)]


def commitment_icon(state: str) -> Markup:
    """Kept is a filled tick, not kept an open cross, missing a dashed ring, not due a dash."""
    if state == "kept":
        disc = tag("circle", cx=9, cy=9, r=7.5, class_="disc")
        tick = tag("path", d="M5.6 9.3 L8.1 11.7 L12.6 6.6", class_="on-disc")
        return _drawn("better", disc, tick)
    if state == "not_kept":
        return _drawn("worse", _ring(), tag("path", d=_CROSS))
    if state == "missing":
        return _drawn("same", _ring(dashes="3 2.6"))
    return _drawn("none", tag("path", d=_DASH))


def _ring(dashes: str | None = None) -> Markup:
    return tag("circle", cx=9, cy=9, r=7, stroke_dasharray=dashes)


def _drawn(tone: str, *shapes: Markup) -> Markup:
    # Hidden from screen readers: the word beside it says the same.
    return tag(
        "svg",
        *shapes,
        class_=f"icon {tone}",
        viewbox=f"0 0 {SIZE} {SIZE}",
        width=SIZE,
        height=SIZE,
        aria_hidden="true",
        focusable="false",
    )
