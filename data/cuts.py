"""A line is cut into cells in the ways that do it the least damage: one, when that is sure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

MOST_DAMAGE = 2.0
"""A row may hold two stray signs; of more nobody can say what was meant."""

# What each departure from a well-written row counts. A separator that is missing is worth more than
# one odd quotation mark in a text without quotes (5" is five inches), less than two of them.
_STRAY = 1.0
NO_SEPARATOR = 1.0
_ODD_MARK = 0.75
_EVEN_MARKS = 0.25


class _Cell(NamedTuple):
    """One way to read a cell: how much damage that is, its place, and where the next one begins."""

    damage: float
    begin: int
    end: int
    next: int
    is_quoted: bool = False


class Cuts:
    """All ways to cut a line into cells, and the least damage from each place to the end."""

    def __init__(self, line: str, sign: str, mark: str, width: int) -> None:
        self.line, self.sign, self.mark, self.width = line, sign, mark, width
        self._marks = [number for number, letter in enumerate(line) if letter == mark]
        self._least: dict[tuple[int, int], float] = {}
        self._beginning: dict[int, list[_Cell]] = {}

    def best(self, most: float) -> list[list[str]]:
        """The ways with the least damage: several when they are as good, none when too bad."""
        # Filled from the end, so that no line is too long for Python's stack.
        for begin in range(len(self.line), -1, -1):
            if self._may_begin(begin):
                self._fill(begin)
        least = self._after(0, self.width)
        return list(self._ways(least)) if least <= most else []

    def _fill(self, begin: int) -> None:
        cells = self._cells(begin)
        for wanted in range(1, self.width + 1):
            self._least[begin, wanted] = min(
                cell.damage + self._after(cell.next, wanted - 1) for cell in cells
            )

    def _may_begin(self, at: int) -> bool:
        line = self.line
        return (
            at == 0
            or line[at - 1] == self.sign
            or line[at - 1] == self.mark
            or line[at : at + 1] == self.mark
        )

    def _after(self, end: int, wanted: int) -> float:
        if end > len(self.line):
            return 0.0 if wanted == 0 else float("inf")
        return float("inf") if wanted == 0 else self._least.get((end, wanted), float("inf"))

    def _cells(self, begin: int) -> list[_Cell]:
        """The cells that may begin here."""
        if begin not in self._beginning:
            self._beginning[begin] = [*self._quoted(begin), *self._bare(begin)]
        return self._beginning[begin]

    def _quoted(self, begin: int) -> Iterator[_Cell]:
        line = self.line
        if line[begin : begin + 1] != self.mark:
            return
        damage = 0.0
        run = begin + 1  # where the marks began of which this is one
        for end in self._marks[bisect_right(self._marks, begin) :]:
            if line[end - 1] != self.mark or end - 1 == begin:
                run = end
            stray = self._stray(run, end) if (end - run) % 2 else 0.0
            if end + 1 == len(line) or line[end + 1] == self.sign:
                yield _Cell(damage + stray, begin, end + 1, end + 2, is_quoted=True)
            else:
                yield _Cell(damage + stray + NO_SEPARATOR, begin, end + 1, end + 1, is_quoted=True)
            is_last_of_run = line[end + 1 : end + 2] != self.mark
            if is_last_of_run and (end + 1 - run) % 2:
                damage += self._stray(run, end + 1)
            if damage > MOST_DAMAGE:
                return

    def _stray(self, begin: int, end: int) -> float:
        """What an odd number of marks within quotes counts."""
        # An apostrophe belongs to its word: girls' and won't.
        line = self.line
        beside = line[begin - 1 : begin], line[end : end + 1]
        is_in_word = self.mark == "'" and any(letter.isalnum() for letter in beside)
        return 0.0 if is_in_word else _STRAY

    def _bare(self, begin: int) -> Iterator[_Cell]:
        end = self.line.find(self.sign, begin)
        end = len(self.line) if end < 0 else end
        yield _Cell(self._oddity(begin, end), begin, end, end + 1)
        # A quoted cell that follows without a separator.
        first = bisect_right(self._marks, begin)
        for quote in self._marks[first : bisect_left(self._marks, end)] if self.mark == '"' else ():
            yield _Cell(NO_SEPARATOR + self._oddity(begin, quote), begin, quote, quote)

    def _oddity(self, begin: int, end: int) -> float:
        marks = bisect_left(self._marks, end) - bisect_left(self._marks, begin)
        if marks > 1 and self.line[begin] == self.mark == self.line[end - 1]:
            return float("inf")  # with marks at both ends it was meant to be quoted
        if marks and self.line[begin] == self.mark:
            return _STRAY if marks == 1 else _STRAY + _EVEN_MARKS
        if marks == 0 or self.mark == "'":
            return 0.0
        return _ODD_MARK if marks % 2 else _EVEN_MARKS

    def _text(self, cell: _Cell) -> str:
        text = self.line[cell.begin : cell.end]
        return text[1:-1].replace(self.mark * 2, self.mark) if cell.is_quoted else text

    def _ways(self, damage: float) -> Iterator[list[str]]:
        # Eight are enough to see that there is more than one.
        found: list[list[str]] = []
        stack: list[tuple[int, float, list[_Cell]]] = [(0, damage, [])]
        while stack and len(found) < 8:
            begin, allowed, cells = stack.pop()
            if begin > len(self.line):
                found.append([self._text(cell) for cell in cells])
                continue
            left = self.width - len(cells) - 1
            for cell in self._cells(begin):
                rest = self._after(cell.next, left)
                if abs(cell.damage + rest - allowed) < 1e-9:
                    stack.append((cell.next, rest, [*cells, cell]))
        yield from found
