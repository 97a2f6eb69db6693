"""The pages of the dashboard: their order in the menu, their addresses and their names."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pages.text import later

MUNICIPALITY = "kommune"
MONTH = "maned"
"""The two choices that every address holds, as in ?kommune=3439&maned=2026-10."""

ROLE, STILL_ROLE = "som", "fortsatt_som"
"""What the address says once in local mode: another role is picked, or the one that was goes on in
another language."""


@dataclass(frozen=True)
class Entry:
    """One page: the module pages/<id>.py, its address, its name, and whether Plotly draws on it."""

    id: str
    title: str
    has_charts: bool = False

    @property
    def path(self) -> str:
        """The address without choices; the first page has none of its own."""
        return "/" if self.id == HOME else f"/{self.id}"


HOME = "status"

PAGES = (
    Entry("status", later("Monthly status")),
    Entry("participation", later("Participation"), has_charts=True),
    Entry("actions", later("Actions"), has_charts=True),
    Entry("comparison", later("Comparison")),
    Entry("meeting", later("Meeting")),
    Entry("upload", later("Upload")),
    Entry("method", later("About the numbers")),
)


def address(page: str, **choices: str) -> str:
    """The address of a page with its choices, as it stands in a link.

    Args:
        page: The page's id.
        choices: What the address says beside it: kommune, maned, and a page's own filters.
    """
    (entry,) = (entry for entry in PAGES if entry.id == page)
    return entry.path + ("?" + urlencode(choices) if choices else "")
