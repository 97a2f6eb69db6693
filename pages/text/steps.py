"""What is being done with a file, in words, for whoever waits for it."""

from __future__ import annotations

from data.progress import Step
from pages.text import later, say

_WORDS: dict[Step, str] = {
    "reading": later("Reading the file …"),
    "recognising": later("Finding out what the file holds …"),
    "guarding": later("Looking for personal data …"),
    "checking": later("Checking the rows …"),
    "storing": later("Storing …"),
    "computing": later("The numbers are being computed …"),
}


def doing(step: Step) -> str:
    """The step as it is shown while it lasts."""
    return say(_WORDS[step])


def longest() -> int:
    """How many characters the longest of them has, for a line that is written over."""
    return max(len(doing(step)) for step in _WORDS)
