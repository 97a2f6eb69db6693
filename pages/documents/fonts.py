"""The typeface of the documents: Source Sans, as the package with its files has it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

FAMILY = "Source Sans Pro"
"""What the files call it: the face that Streamlit shows, as it was named before."""

_PACKAGE = "font_source_sans_pro"


def folder() -> Path:
    """Where the files of the typeface are; its package is looked up and not run."""
    found = find_spec(_PACKAGE)
    assert found is not None, _PACKAGE
    assert found.origin is not None, _PACKAGE
    return Path(found.origin).parent / "files"


@cache
def fonts() -> typst.Fonts:
    """The typeface alone: what else is installed on a machine would make other bytes there."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())]
    )
