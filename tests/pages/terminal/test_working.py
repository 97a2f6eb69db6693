"""A terminal says what is being done with a file; a program that listens hears nothing of it."""

from __future__ import annotations

import io
import sys

import pytest

from pages.terminal.working import working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_steps_are_told_on_one_line_that_is_empty_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)

    def stopped() -> None:
        with working() as told:
            told("guarding")
            told("storing")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    before, first, second, last, end = screen.getvalue().split("\r")
    assert (before, end) == ("", "")
    assert first.rstrip() == "Leter etter personopplysninger …"
    assert second.rstrip() == "Lagrer …"
    # Each is as long as the longest, so that nothing of the one before it is left.
    assert len(first) == len(second) == len(last)
    assert last.strip() == ""


def test_nothing_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    listening = io.StringIO()
    monkeypatch.setattr(sys, "stderr", listening)
    with working() as told:
        told("checking")
    assert listening.getvalue() == ""
