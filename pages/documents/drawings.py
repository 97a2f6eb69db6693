"""The pages' small drawings as files of their own: with their colours, without a style sheet."""

from __future__ import annotations

from functools import cache

from pages.documents.fonts import FAMILY
from pages.web.tokens import FONT, tokens

_SVG = "http://www.w3.org/2000/svg"


def standalone(svg: str) -> str:
    """An SVG that carries the rules that the pages' style sheet has for it."""
    start = svg.index(">") + 1
    head = svg[:start]
    if "xmlns=" not in head:
        head = head.replace("<svg", f'<svg xmlns="{_SVG}"', 1)
    whole = f"{head}<style>{_rules()}</style>{svg[start:]}"
    # The documents' face is the same one under its older name.
    for face in (FONT, FONT.replace('"', "&quot;"), FONT.replace('"', "'"), "Source Sans"):
        whole = whole.replace(face, FAMILY) if FAMILY not in whole else whole
    return whole


@cache
def _rules() -> str:
    colour = tokens()["colour"]
    rules = {
        ".spark polyline": f"fill:none;stroke:{colour['same']};stroke-width:1.4",
        ".spark .alone": f"fill:{colour['same']}",
        ".spark .target": f"stroke:{colour['quiet']};stroke-width:1.2;stroke-dasharray:1.5 3.5",
        ".last": f"fill:{colour['ink']}",
    }
    rules |= {f".last.{tone}": f"fill:{colour[tone]}" for tone in ("better", "worse", "change")}
    return "".join(f"{where}{{{what}}}" for where, what in rules.items())
