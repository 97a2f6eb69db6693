"""While a file is in work a terminal says what is being done with it, on a line that goes away."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from data.progress import Step, Told, untold
from pages.text.steps import doing, longest


@contextlib.contextmanager
def working() -> Iterator[Told]:
    """Tells the steps on the standard error; nothing where that is a file or another program."""
    if not sys.stderr.isatty():
        yield untold
        return
    width = longest()

    def told(step: Step) -> None:
        print(f"\r{doing(step):<{width}}", end="", file=sys.stderr, flush=True)

    try:
        yield told
    finally:
        print(f"\r{'':<{width}}\r", end="", file=sys.stderr, flush=True)
