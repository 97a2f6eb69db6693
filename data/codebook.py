"""What stands beside SurveyXact's answers: the texts of its questions, and those of its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data import packed
from data.contract import fold
from data.read import Reading

_CODE_OF_VARIABLE = "^[A-Za-z]+(_[0-9]+)+$"
"""As SurveyXact names its variables: s_1, v_1_16, stato_2."""

_MOST_ARE = 0.9
"""A share of rows: the few codes that somebody named by hand do not hide what a file is."""

_STRUCTURE = ("questionName", "variableName")


@dataclass(frozen=True)
class Codebook:
    """The texts behind an export of codes.

    Attributes:
        texts: Variable → question, with the option of a question with several choices at its end.
        labels: Variable → code → the text of the answer.
        free: Variables that hold what people wrote themselves.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    free: frozenset[str] = frozenset()

    @property
    def variables(self) -> frozenset[str]:
        """Every variable that something is said of."""
        return frozenset(self.texts) | frozenset(self.labels) | self.free

    def is_of(self, headings: Iterable[str]) -> bool:
        """Whether it explains a file with these headings: half of its variables stand there."""
        return 2 * len(self.variables & set(headings)) >= max(1, len(self.variables))

    def and_also(self, other: Codebook) -> Codebook:
        """Both together; where both say something, the other is believed."""
        return Codebook(
            {**self.texts, **other.texts},
            {**self.labels, **other.labels},
            self.free | other.free,
        )


NOTHING = Codebook()


def is_codebook(reading: Reading) -> bool:
    """Whether a table is what SurveyXact exports beside the answers: its questions, or its labels.

    The questions (structure.csv) have headings of their own. The labels (labels.csv) have none:
    every row is a variable, one of its values as a number, and the text of that value.
    """
    return is_structure(reading) or is_labels(reading)


def is_structure(reading: Reading) -> bool:
    """Whether a table is SurveyXact's list of questions."""
    return set(map(fold, _STRUCTURE)) <= set(map(fold, reading.columns))


def is_labels(reading: Reading) -> bool:
    """Whether a table is SurveyXact's list of labels: variable, code, text."""
    if len(reading.columns) != 3 or not reading.cells.height:
        return False
    variable, value, _ = packed.plain_table(reading.cells).get_columns()
    of_variables = variable.drop_nulls().str.contains(_CODE_OF_VARIABLE).sum()
    of_numbers = value.drop_nulls().str.contains(r"^[0-9]+$").sum()
    begins = re.match(_CODE_OF_VARIABLE, reading.columns[0])
    return (
        min(of_variables, of_numbers) >= _MOST_ARE * reading.cells.height
        and variable.n_unique() < reading.cells.height
        and (begins is not None or reading.heading_row is None)
    )


def of(reading: Reading) -> Codebook:
    """What a table of questions or of labels says.

    Args:
        reading: Of labels without headings the first row may have been taken for them.
    """
    return _of_structure(reading) if is_structure(reading) else _of_labels(reading)


def _of_structure(reading: Reading) -> Codebook:
    by_fold = {fold(heading): heading for heading in reading.columns}
    names = ("variableName", "subType", "questionText", "choiceText")
    columns = [
        reading.cells[by_fold[fold(name)]].to_list()
        if fold(name) in by_fold
        else [None] * reading.cells.height
        for name in names
    ]
    texts: dict[str, str] = {}
    free: set[str] = set()
    for variable, sort, question, choice in zip(*columns, strict=True):
        if not variable:
            continue
        said = [one.strip().rstrip(":").strip() for one in (question, choice) if one]
        texts[variable.strip()] = ": ".join(" ".join(one.split()) for one in said if one)
        if fold(sort or "") in ("string", "text"):
            free.add(variable.strip())
    return Codebook(texts, {}, frozenset(free))


def _of_labels(reading: Reading) -> Codebook:
    rows = list(reading.cells.iter_rows())
    # Its first row is a label like all the others, unless somebody has put headings above.
    if re.match(_CODE_OF_VARIABLE, reading.columns[0]):
        rows.insert(0, reading.columns)
    labels: dict[str, dict[str, str]] = {}
    for variable, code, text in rows:
        if variable and code is not None:
            labels.setdefault(variable.strip(), {})[code.strip()] = " ".join((text or "").split())
    return Codebook({}, labels)
