"""The files that every visitor fetches: found once, compressed once, kept in memory.

Streamlit's own compression leaves its scripts and styles as they are, which makes a first visit
four times heavier than it needs to be.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

# What shrinks; fonts and pictures are compressed already.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
_SHRINKS = (".js", ".css", ".html", ".svg", ".json")

# Measured on Streamlit's largest script: level 6 takes a third of the time of 9 and gives 1 % more.
_LEVEL = 6


# What a bundled script imports at once, as import"./x.js" and from"./x.js"; not what it may need.
_IMPORTS = re.compile(r'(?:\bimport|\bfrom)\s*"\./([^"]+\.js)"')


@dataclass
class Asset:
    """One file as it is sent: its type, its bytes, and its bytes compressed."""

    type: str
    content: bytes
    shrinks: bool
    _packed: bytes | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def packed(self) -> bytes:
        """The content compressed with gzip; the first call does the work."""
        with self._lock:
            if self._packed is None:
                # Without a time in it, equal content is equal bytes.
                self._packed = gzip.compress(self.content, _LEVEL, mtime=0)
            return self._packed

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that change when the content does."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def asset(name: str, content: bytes) -> Asset:
    """An asset of the type that the name's ending says."""
    ending = Path(name).suffix
    return Asset(_TYPES[ending], content, ending in _SHRINKS)


class Shelf:
    """The files below one folder, each read when it is first asked for.

    Only files that stood there at the start are served: a path is looked up, never opened.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in _TYPES
        }
        self._assets: dict[str, Asset] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    def __getitem__(self, name: str) -> Asset:
        found = self._assets.get(name)
        if found is None:
            found = self._assets[name] = asset(name, self._paths[name].read_bytes())
        return found

    def with_imports(self, *stems: str, beside: str = "") -> list[str]:
        """The scripts of these names and all that they import, for loading ahead.

        Args:
            stems: Names without the fingerprint: "Selectbox" for static/js/Selectbox.7rsx.js.
            beside: A page; what it links to already is left out.

        Raises:
            ValueError: There is not exactly one script of a name.
        """
        waiting = [self.named(stem, "js") for stem in stems]
        found: list[str] = []
        while waiting:
            name = waiting.pop()
            if name in found or name in beside:
                continue
            found.append(name)
            folder = name.rpartition("/")[0]
            waiting += [
                f"{folder}/{imported}"
                for imported in _IMPORTS.findall(self[name].content.decode())
                if f"{folder}/{imported}" in self._paths
            ]
        return sorted(found)

    def named(self, stem: str, ending: str) -> str:
        """The one file of a name, whatever its fingerprint.

        Raises:
            ValueError: There is not exactly one.
        """
        pattern = rf".*/{stem}\.[^/]+\.{ending}"
        found = [name for name in self._paths if re.fullmatch(pattern, name)]
        if len(found) != 1:
            raise ValueError(f"Streamlit has {len(found)} files named {stem}.*.{ending}, not one")
        return found[0]

    def linked(self, page: str) -> list[str]:
        """The files of this folder that a page links to: what a first visit fetches."""
        return [name for name in self._paths if name in page]

    def warm(self, names: list[str]) -> None:
        """Compress these files ahead, so that the first visitor does not wait for it."""
        for name in names:
            if self[name].shrinks:
                _ = self[name].packed
