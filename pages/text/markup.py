"""The one place where text becomes HTML: everything that is not markup already is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache

VOID = frozenset({"br", "col", "hr", "img", "input", "circle", "line", "path", "polyline", "rect"})
"""Elements without content; those of SVG close themselves."""


class Markup(str):
    """Text that is HTML or SVG already. Only this module makes it."""

    __slots__ = ()


Child = str | Markup | None | Iterable["str | Markup | None"]
"""What stands inside an element: text, markup, nothing, or several of them."""


def tag(name: str, *children: Child, **attributes: str | float | bool | None) -> Markup:
    """One element: its children in order, text among them escaped.

    Args:
        children: Text, markup, None (left out), or sequences of them.
        attributes: By name; a trailing underscore is dropped (`class_`), other underscores become
            hyphens (`aria_hidden`). None and False leave the attribute out, True gives it no value.
    """
    shown = "".join(
        _attribute(key, value)
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID:
        assert not children, f"<{name}> holds nothing"
        return Markup(f"<{name}{shown}/>")
    return Markup(f"<{name}{shown}>{join(children)}</{name}>")


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Several children after each other, with a text between them."""
    return Markup(_escaped(between).join(_rendered(child) for child in children if child))


def text(plain: str) -> Markup:
    """Plain text as HTML.

    Line breaks become spaces: a blank line would end the block in Markdown, which carries it.
    """
    return Markup(_escaped(plain))


def _rendered(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return _escaped(child)
    return "".join(_rendered(each) for each in child)


_SPECIAL = re.compile("[&<>\"'\r\n]").search
_BREAKS = re.compile(r"\s*[\r\n]\s*")


def _escaped(plain: str) -> str:
    # Most pieces hold nothing special, and a page has ten thousand of them.
    if _SPECIAL(plain) is None:
        return plain
    return _BREAKS.sub(" ", html.escape(plain, quote=True))


# SVG writes these names with capitals; keyword arguments would otherwise need them spelt so.
_CAPITALS = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}


@cache
def _name(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    return _CAPITALS.get(name, name)


def _attribute(key: str, value: str | float | bool | None) -> str:
    if value is True:
        return f" {_name(key)}"
    if isinstance(value, float):
        shown = f"{value:.2f}".rstrip("0").rstrip(".")
        return f' {_name(key)}="{shown}"'
    return f' {_name(key)}="{_escaped(str(value))}"'
