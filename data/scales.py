"""The known scales: which table from answers to numbers a column of answers may be on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.contract import fold
from data.mapping import Scale

FILE = Path(__file__).parent / "scales.toml"

MOST_ON_NUMBERS = 10
"""The highest number that people are asked to answer with; more is an age, a year or an amount."""


def key(answer: str) -> str:
    """What an answer is compared by: letters and digits, or its signs where it has none (🙂)."""
    return fold(answer) or answer.replace("\ufe0f", "").strip()


@dataclass(frozen=True)
class Known:
    """A scale that is known.

    Attributes:
        steps: Every wording of each step, the lowest first.
        english: How many of them, the last ones, are English.
        first: The number of the lowest step.
    """

    name: str
    family: str
    steps: tuple[tuple[str, ...], ...]
    english: tuple[int, ...]
    first: int = 1

    def usual(self, place: int, *, is_english: bool) -> str:
        """The usual wording of a step in the language of those that were chosen."""
        words, english = self.steps[place], self.english[place]
        return words[-english if is_english and english else 0]

    @property
    def by_key(self) -> Mapping[str, int]:
        """The place of every wording's step."""
        return {key(text): place for place, step in enumerate(self.steps) for text in step}


@cache
def known() -> tuple[Known, ...]:
    """Every known scale, those of a family after each other, the usual one first."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Known(
            scale["name"],
            family["name"],
            tuple((*step.get("no", ()), *step.get("en", ())) for step in scale["steps"]),
            tuple(len(step.get("en", ())) for step in scale["steps"]),
            scale.get("first", 1),
        )
        for family in table["family"]
        for scale in family["scale"]
    )


@cache
def _without() -> tuple[frozenset[str], frozenset[str]]:
    """What is an answer without a number, and what is no answer."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return (
        frozenset(map(key, table["without_number"])),
        frozenset(map(key, table["no_answer"])),
    )


@dataclass(frozen=True)
class Sorted:
    """Answers by what they are: on a scale, valid and no number, or none."""

    counted: tuple[str, ...]
    without_number: tuple[str, ...]
    no_answer: tuple[str, ...]


def sort(answers: Iterable[str]) -> Sorted:
    """What can be on a scale, what is valid and no number ("Vet ikke"), and what is no answer."""
    valid, none = _without()
    answers = tuple(dict.fromkeys(answers))
    return Sorted(
        tuple(one for one in answers if key(one) not in valid | none),
        tuple(one for one in answers if key(one) in valid),
        tuple(one for one in answers if key(one) in none),
    )


def families(answers: Iterable[str]) -> frozenset[str]:
    """The families with a scale that knows every one of the answers."""
    keys = {key(text) for text in sort(answers).counted}
    found = (one.family for one in known() if keys and keys <= set(one.by_key))
    return frozenset(found)


def proposed(
    answers: Sequence[str],
    beside: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
) -> Scale | None:
    """The scale that answers seem to be on; None when none is known that holds them all.

    Of several the longest one whose steps are all among the answers; where steps are missing, the
    first that is listed. Steps that nobody chose are in the table all the same, by their usual
    wording, since somebody will choose them next month.

    Args:
        answers: Texts as people saw them, each once.
        beside: Answers to the questions beside this one: scales are used for whole batteries, and
            what nobody answered here may be answered there.
        labels: Code → text, where the file writes codes.
    """
    given = sort(answers)
    if not given.counted:
        return None
    found = _known(given, beside) or _numbered(given) or _numbers(given)
    if found is None:
        return None
    name, numbers = found
    return Scale(name, numbers, given.without_number, given.no_answer, dict(labels or {}))


def _known(given: Sorted, beside: Iterable[str]) -> tuple[str, dict[str, float]] | None:
    here = {key(text): text for text in given.counted}
    there = {key(text): text for text in sort(beside).counted}
    fitting = [one for one in known() if set(here) <= set(one.by_key)]
    if not fitting:
        return None
    # Two answers are two steps where any scale tells them apart: 🙂 and 😀 are one on a short one.
    apart = [one for one in fitting if _steps_of(one, here) == len(here)]
    fitting = apart or fitting
    together = [one for one in fitting if set(there) <= set(one.by_key)]
    texts = here | there if together else here
    fitting = together or fitting
    whole = [one for one in fitting if _steps_of(one, texts) == len(one.steps)]
    best = max(whole, key=lambda one: len(one.steps)) if whole else fitting[0]
    by_step: dict[int, list[str]] = {}
    # What is answered beside this question lends its wording to steps that nobody chose here.
    for wording, text in (*here.items(), *(there.items() if together else ())):
        step = by_step.setdefault(best.by_key[wording], [])
        if wording in here or not step:
            step.append(text)
    chosen = [best.by_key[wording] for wording in here]
    is_english = all(
        wording in map(key, best.steps[place][len(best.steps[place]) - best.english[place] :])
        for wording, place in zip(here, chosen, strict=True)
    )
    numbers: dict[str, float] = {}
    for place in range(len(best.steps)):
        for text in by_step.get(place, [best.usual(place, is_english=is_english)]):
            numbers[text] = float(best.first + place)
    return best.name, numbers


def _steps_of(scale: Known, texts: Iterable[str]) -> int:
    return len({scale.by_key[text] for text in texts if text in scale.by_key})


# "1 - Svært uenig", "5 (svært enig)": the number stands in the answer itself.
_NUMBERED = re.compile(r"([0-9]{1,2})\s*(?:[-\u2013:.)=(]\s*)(\D.*)")


def _numbered(given: Sorted) -> tuple[str, dict[str, float]] | None:
    parts = [_NUMBERED.fullmatch(text.strip()) for text in given.counted]
    is_bare = [re.fullmatch("[0-9]{1,2}", text.strip()) is not None for text in given.counted]
    if not all(part or bare for part, bare in zip(parts, is_bare, strict=True)) or not any(parts):
        return None
    numbers = [
        int(part[1]) if part else int(text) for part, text in zip(parts, given.counted, strict=True)
    ]
    if len(set(numbers)) != len(numbers) or max(numbers) > MOST_ON_NUMBERS:
        return None
    words = [part[2].rstrip(" )") for part in parts if part]
    on_known = _known(sort(words), ())
    if on_known is not None and len(words) == len(numbers):
        # A scale that is numbered from its good end is turned, so that high is good everywhere.
        by_key = {key(text): number for text, number in on_known[1].items()}
        return on_known[0], {
            text: by_key[key(word)] for text, word in zip(given.counted, words, strict=True)
        }
    of_text = dict(zip(given.counted, map(float, numbers), strict=True))
    return f"{min(numbers)}_{max(numbers)}", of_text


def _numbers(given: Sorted) -> tuple[str, dict[str, float]] | None:
    """A scale of bare numbers: 0 or 1, 1 to 4, 5, 6, 7 or 10, or 0 to 10."""
    if not all(re.fullmatch(r"[0-9]{1,2}(?:[.,]0)?", text.strip()) for text in given.counted):
        return None
    found = {int(float(text.strip().replace(",", "."))) for text in given.counted}
    lowest, highest = min(found), max(found)
    if highest > MOST_ON_NUMBERS:
        return None
    if highest <= 1:
        return "valgt_0_1", {"0": 0.0, "1": 1.0}
    first = 0 if lowest == 0 else 1
    last = next(end for end in (5, 6, 7, 10) if highest <= end)
    if first == 0:
        last = 10 if highest > 5 else 5
    return f"{first}_{last}", {str(number): float(number) for number in range(first, last + 1)}


# -- as lines that people can change -----------------------------------------------------------

NO_ANSWER = "-"
"""What stands for the number where nobody answered, or did not want to."""


def as_lines(scale: Scale) -> str:
    """A table as people change it: "Enig = 4" on each line, "Vet ikke =" for no number."""
    counted = [f"{text} = {number:g}" for text, number in scale.numbers.items()]
    valid = [f"{text} =" for text in scale.without_number]
    return "\n".join([*counted, *valid, *(f"{text} = {NO_ANSWER}" for text in scale.no_answer)])


def from_lines(lines: str, scale: Scale) -> Scale:
    """The table that lines say, under the name and with the codes of an earlier one.

    Raises:
        ValueError: A line is none of a table's; it is the error's only argument.
    """
    numbers: dict[str, float] = {}
    valid: list[str] = []
    none: list[str] = []
    seen: set[str] = set()
    for line in filter(None, (one.strip() for one in lines.splitlines())):
        text, is_given, said = (part.strip() for part in line.rpartition("="))
        if not (text and is_given) or key(text) in seen:
            raise ValueError(line)
        seen.add(key(text))
        if said == NO_ANSWER:
            none.append(text)
        elif not said:
            valid.append(text)
        else:
            try:
                numbers[text] = float(said.replace(",", "."))
            except ValueError:
                raise ValueError(line) from None
            if not abs(numbers[text]) < 10_000:  # what the contract of answers takes
                raise ValueError(line)
    return Scale(scale.name, numbers, tuple(valid), tuple(none), scale.labels)
