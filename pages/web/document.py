"""The document that the browser loads: Streamlit's own, in the reader's language and with our look.

What is replaced in Streamlit's index.html is named exactly, and each must be there once: a version
of Streamlit that says it otherwise stops the start instead of slipping through half changed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pages.parts import menu
from pages.text import in_language, say
from pages.text.language import ADDRESS
from pages.web import tokens
from pages.web.assets import Asset, asset

HERE = Path(__file__).parent
STATIC = HERE / "static"
PREFIX = "assets"
"""Where our own files are, in the address; Streamlit has taken /static."""

CHARTS = "PlotlyChart"
"""Streamlit's script that draws charts; it brings Plotly with it."""


@dataclass(frozen=True)
class Document:
    """The page that every address answers with, its policy, and the files it links to."""

    page: Asset
    not_found: Asset
    policy: str
    files: dict[str, Asset]


def built_in(language: str, later: Sequence[str] = ()) -> dict[str, Any]:
    """What the first script knows: Streamlit's texts in this language, addresses, later scripts."""
    known = tomllib.loads((HERE / "builtin.toml").read_text(encoding="utf-8"))
    return {
        "exact": {text: to[language] for text, to in known["exact"].items() if language in to},
        "patterns": [
            [pattern["from"], pattern[language]]
            for pattern in known["pattern"]
            if language in pattern
        ],
        "addresses": [entry.path for entry in menu.PAGES],
        "choice": menu.MUNICIPALITY,
        "role": menu.ROLE,
        "still_role": menu.STILL_ROLE,
        "language": ADDRESS,
        "later": list(later),
        "charts": next((path for path in later if f"/{CHARTS}." in path), None),
        "charted": [entry.path for entry in menu.PAGES if entry.has_charts],
    }


def script(language: str, later: Sequence[str] = ()) -> bytes:
    """All our scripts in one, in the order of their names, with their two constants above them."""
    constants = (
        f"const LANGUAGE = {json.dumps(language)};\n"
        f"const BUILT_IN = {json.dumps(built_in(language, later), ensure_ascii=False)};\n"
    )
    scripts = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))]
    return (constants + "\n".join(scripts)).encode()


def style(face: str = "") -> bytes:
    """All our style sheets in one: the tokens first, then the files in the order of their names.

    Args:
        face: Where Streamlit's own font lies. Streamlit names it only when its scripts have come,
            and on the page that says there is none they never do.
    """
    sheets = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))]
    return (tokens.face(face) + tokens.css() + "\n".join(sheets)).encode()


def make(
    index: str,
    language: str,
    ahead: Sequence[str] = (),
    later: Sequence[str] = (),
    face: str = "",
) -> Document:
    """The document from Streamlit's index.html.

    Args:
        index: What Streamlit would send.
        language: The one that the reader sees.
        ahead: Scripts that every page needs besides, to load at once and not one after the other.
        later: Scripts that other pages need, to fetch when the first page stands still.
        face: The font, among Streamlit's files.

    Raises:
        ValueError: Streamlit's index.html is not the one this is written for.
    """
    named = {
        "forankring.js": asset("x.js", script(language, later)),
        "forankring.css": asset("x.css", style(face)),
        "icon.svg": asset("x.svg", (STATIC / "icon.svg").read_bytes()),
    }
    files: dict[str, Asset] = {}
    link: dict[str, str] = {}
    for name, content in named.items():
        stem, _, ending = name.partition(".")
        path = f"{PREFIX}/{stem}.{content.fingerprint}.{ending}"
        files[path], link[name] = content, f"./{path}"
    with in_language(language):
        needs_script = say("The dashboard needs JavaScript. Switch it on, and load the page again.")
        waiting = say("The dashboard is being fetched …")
        nowhere = _not_found(link["forankring.css"], link["icon.svg"], language)
    early = "".join(
        f'  <link rel="modulepreload" crossorigin href="./{name}">\n  ' for name in ahead
    )
    page = _swap(index, '<html lang="en">', f'<html lang="{language}">')
    page = _swap(page, "<head>", f'<head>\n    <script src="{link["forankring.js"]}"></script>')
    page = _swap(page, "<title>Streamlit</title>", "<title>Forankring</title>")
    page = _swap(
        page,
        '<link rel="shortcut icon" href="./favicon.png" />',
        f'<link rel="icon" type="image/svg+xml" href="{link["icon.svg"]}" />',
    )
    page = _swap(
        page,
        "</head>",
        f'{early}  <link rel="stylesheet" href="{link["forankring.css"]}" />\n  </head>',
    )
    # What there is to see until the scripts have come; Streamlit draws over it.
    page = _swap(
        page,
        '<div id="root"></div>',
        '<div id="root"><div class="stApp fk-plain"><p class="fk-brand">Forankring</p>'
        f'<p class="quiet" role="status">{waiting}</p></div></div>',
    )
    # The pointer to Streamlit's interface for programs, which is closed here.
    page = _cut(
        page, r"<!--\s+Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*>\s*"
    )
    # In place of the words that something is being fetched, which then nothing is.
    page = _cut(
        page,
        r"<noscript>.*?</noscript>",
        '<noscript><style>#root{display:none}</style><div class="stApp fk-plain">'
        f'<p class="fk-brand">Forankring</p><p>{needs_script}</p></div></noscript>',
    )
    return Document(asset("x.html", page.encode()), nowhere, policy(page), files)


def policy(page: str) -> str:
    """The content security policy: our own files, and the inline script by its hash.

    Styles may be inline, because Streamlit and Plotly write theirs so. Nothing may be evaluated.
    """
    hashes = " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
        for text in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _not_found(style_link: str, icon_link: str, language: str) -> Asset:
    title, back = say("There is no page at this address."), say("Go to the monthly status")
    return asset(
        "x.html",
        (
            f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{title}</title><link rel="icon" href="/{icon_link[2:]}">'
            f'<link rel="stylesheet" href="/{style_link[2:]}"></head>'
            f'<body class="stApp fk-plain"><p class="fk-brand">Forankring</p><main>'
            f'<h1 class="finding">{title}</h1><p><a href="/" class="go">{back}</a></p></main>'
            "</body></html>"
        ).encode(),
    )


def _swap(page: str, old: str, new: str) -> str:
    if page.count(old) != 1:
        raise ValueError(f"Streamlit's index.html holds {old!r} {page.count(old)} times, not once")
    return page.replace(old, new)


def _cut(page: str, pattern: str, new: str = "") -> str:
    changed, count = re.subn(pattern, lambda _: new, page, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"Streamlit's index.html matches {pattern!r} {count} times, not once")
    return changed
