"""An empty slide file in the house style: 16:9, our colours, places for title, text and foot."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Pt

from pages.web.tokens import colour, tokens

PX = 9525
"""English metric units of a pixel of the stage: 1280 of them are the width of a 16:9 slide."""

WIDTH, HEIGHT = 1280, 720
"""The slide has the stage's measures, so that places can be given in its pixels."""

EDGE = 56
TITLE = (EDGE, 36, WIDTH - 2 * EDGE, 104)
BODY = (EDGE, 160, WIDTH - 2 * EDGE, 490)
FOOT = (EDGE, 664, 1110, 32)
NUMBER = (WIDTH - EDGE - 50, 664, 50, 32)
"""Left, top, width, height in pixels of the stage."""

TITLE_POINTS, TEXT_POINTS, FOOT_POINTS = 30, 20, 10

LAYOUT = "Title and Content"
"""The one layout that is kept of those that python-pptx brings."""

THEME = {
    "dk1": "ink", "lt1": "surface", "dk2": "quiet", "lt2": "paper", "accent1": "accent",
    "accent2": "better", "accent3": "worse", "accent4": "change", "accent5": "same",
    "accent6": "edge", "hlink": "accent", "folHlink": "change",
}  # fmt: skip
"""The theme's colours, so that what is added to the slides later looks like them."""


def deck() -> Deck:
    """A slide file without slides."""
    made = Presentation()
    made.slide_width, made.slide_height = Emu(WIDTH * PX), Emu(HEIGHT * PX)
    for layout in list(made.slide_layouts):
        if layout.name != LAYOUT:
            made.slide_layouts.remove(layout)
    master = made.slide_master
    for shape in _placeholders(master):
        kind = _sort(shape)
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        else:
            place(shape, *{"title": TITLE, "body": BODY, "ftr": FOOT, "sldNum": NUMBER}[str(kind)])
    layout = made.slide_layouts[0]
    for shape in _placeholders(layout):
        if _sort(shape) == "dt":
            shape._element.getparent().remove(shape._element)
    _styles(master._element)
    _theme(master.part)
    return made


def rgb(name: str) -> RGBColor:
    """One colour of tokens.toml by its name."""
    red, green, blue = bytes.fromhex(colour(name).lstrip("#"))
    return RGBColor(red, green, blue)


def place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    """Put a shape in its place, in pixels of the stage."""
    shape.left, shape.top = Emu(round(left * PX)), Emu(round(top * PX))
    shape.width, shape.height = Emu(round(width * PX)), Emu(round(height * PX))


def foot(slide: Any, words: str) -> None:
    """The foot and the slide's number, in the places that the layout has for them."""
    for shape in _placeholders(slide.slide_layout):
        if _sort(shape) in ("ftr", "sldNum"):
            copied = deepcopy(shape._element)
            slide.shapes._spTree.append(copied)
    for added in _placeholders(slide):
        if _sort(added) == "ftr":
            added.text_frame.text = words
            letters = added.text_frame.paragraphs[0].runs[0].font
            letters.size, letters.name = Pt(FOOT_POINTS), "+mn-lt"
            letters.color.theme_color = MSO_THEME_COLOR.TEXT_2


def speak(root: Any, tag: str) -> None:
    """Mark every run of text below an element with its language."""
    for name in ("a:r", "a:fld"):
        for run in root.iter(qn(name)):
            if run.find(qn("a:rPr")) is None:
                run.insert(0, etree.SubElement(run, qn("a:rPr")))
    for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for properties in root.iter(qn(name)):
            properties.set("lang", tag)


def _placeholders(of: Any) -> list[Any]:
    return list(of.placeholders)


def _sort(placeholder: Any) -> str | None:
    sort: str | None = placeholder._element.ph.get("type")
    return sort


def _styles(master: Any) -> None:
    """Titles to the left and bold, text without bullets, a foot to the left, at our sizes."""
    title = master.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(TITLE_POINTS * 100))
    title.find(qn("a:defRPr")).set("b", "1")
    body = master.find(f".//{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    body.set("marL", "0")
    body.set("indent", "0")
    body.find(qn("a:defRPr")).set("sz", str(TEXT_POINTS * 100))
    for name in ("a:buFont", "a:buChar"):
        body.remove(body.find(qn(name)))
    body.insert(list(body).index(body.find(qn("a:defRPr"))), etree.Element(qn("a:buNone")))
    for shape in master.iter(qn("p:sp")):
        kind = shape.find(f".//{qn('p:ph')}").get("type")
        frame = shape.find(f".//{qn('a:bodyPr')}")
        frame.set("lIns", "0")
        frame.set("rIns", "0")
        if kind == "title":
            frame.set("anchor", "t")
        for level in shape.iter(qn("a:lvl1pPr")):
            letters = level.find(qn("a:defRPr"))
            letters.set("sz", str(FOOT_POINTS * 100))
            etree.SubElement(letters, qn("a:latin")).set("typeface", "+mn-lt")
            if kind == "ftr":
                level.set("algn", "l")


def _theme(master: Any) -> None:
    (part,) = [each.target_part for each in master.rels.values() if each.reltype.endswith("/theme")]
    theme = etree.fromstring(part.blob)
    colours = tokens()["colour"]
    for name, ours in THEME.items():
        held = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        for child in list(held):
            held.remove(child)
        etree.SubElement(held, qn("a:srgbClr")).set("val", colours[ours].lstrip("#"))
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
