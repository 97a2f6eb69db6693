"""What a survey tool's export seems to mean, column by column: a mapping to correct and confirm."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from data import contract, guard, packed, parse, scales, several, tools
from data.codebook import NOTHING, Codebook
from data.contract import fold
from data.mapping import Scale
from data.proposal import Column, Proposal, Use, Why, short_code
from data.read import Reading
from data.rows import choices_in
from data.tools import Tool

MOST_ANSWERS = 12
"""Different answers that a question on no known scale may have and still be shown as a choice: more
is written by hand, or says who somebody is."""

LONGEST_ANSWER = 60
"""Characters; a longer answer is a sentence of somebody's own, and is never shown."""

LEAST_REPEATED = 2.0
"""How often an answer is given on average where people choose among a few."""

MOST_CHOSEN = 0.8
"""A share of all that stands in cells with several choices: less, and the signs between are those
of people's own sentences."""

_SENTENCE = 4
"""Words of a heading that is a question; shorter ones name what a column holds."""

_CHOSEN_FAMILIES = frozenset({"valgt", "ja_nei"})
"""Scales of yes and no, whose questions are about the background more often than the offer."""


def propose(
    reading: Reading,
    tool: Tool | None = None,
    codebook: Codebook = NOTHING,
    *,
    is_survey: bool = False,
) -> Proposal | None:
    """A proposal for a wide export of answers; None where a table holds no answers we know.

    Nothing in it is somebody's own words: what is no known scale and not chosen among a few is
    never repeated.

    Args:
        reading: The table as it was read, before the guard.
        tool: Whose export it is.
        codebook: The texts behind its codes.
        is_survey: Somebody says that it holds answers, whatever it looks like.
    """
    if not reading.columns or not reading.cells.height:
        return None
    work = _Proposing(reading, tool, codebook)
    columns = tuple(work.column(heading) for heading in reading.columns)
    columns = tuple(work.named(columns))
    asks = [one for one in columns if one.is_answered or one.why == "codes"]
    # A heading that is only known by standing first ("Timestamp") is not enough by itself.
    is_known = (tool is not None and not tool.is_first) or (
        bool(asks) and (tool is not None or codebook is not NOTHING)
    )
    if not (is_survey or is_known or work.is_like_a_survey(asks) or work.asks_questions(columns)):
        return None
    return Proposal(
        tool=tool.name if tool else "survey",
        survey=_survey(reading.name),
        columns=columns,
        scales=work.scales,
        dates=tool.dates if tool else None,
        zone=tool.zone if tool else "",
        finished=work.finished(),
        empty_dates=tool.empty_dates if tool else (),
        lacks_texts=work.lacks_texts(asks),
    )


def _survey(file_name: str) -> str:
    """A short name for the questionnaire, from the file's: its words without dates and numbers."""
    stem = guard.file_name(file_name).rsplit(".", 1)[0]
    return short_code(re.sub(r"[\d_\-().]+", " ", stem)) or "undersøkelse"


class _Proposing:
    """One table being looked at: the scales gather here."""

    def __init__(self, reading: Reading, tool: Tool | None, codebook: Codebook) -> None:
        self.reading, self.tool, self.codebook = reading, tool, codebook
        self.scales: dict[str, Scale] = {}
        self.texts = dict(zip(reading.columns, reading.texts, strict=False))
        self.answers = {name: self._answers(name) for name in reading.columns}
        self.beside = self._beside()
        self.known = self._facts()

    # -- what stands in the columns --------------------------------------------------------

    def _cells(self, name: str) -> pl.Series:
        return parse.stripped(packed.plain(self.reading.cells[name]))

    def _answers(self, name: str) -> tuple[str, ...]:
        """The different texts of a column, as people saw them."""
        cells = self._cells(name).drop_nulls()
        labels = self.codebook.labels.get(name, {})
        found = cells.unique(maintain_order=True).to_list()
        return tuple(dict.fromkeys(labels.get(text, text) for text in found))

    def _beside(self) -> dict[str, tuple[str, ...]]:
        """By family of scales, every answer that is given on it in the whole table."""
        found: dict[str, dict[str, None]] = {}
        for answers in self.answers.values():
            for family in scales.families(answers):
                found.setdefault(family, {}).update(dict.fromkeys(answers))
        return {family: tuple(answers) for family, answers in found.items()}

    def _facts(self) -> dict[str, Use]:
        """The columns that say something of the whole row."""
        found: dict[str, Use] = {}
        free = [name for name in self.reading.columns if self.answers[name]]
        answers, waves = contract.load("survey_answers"), contract.load("survey_waves")
        by_tool = self.tool
        wanted: list[tuple[Use, Sequence[str]]] = [
            ("answered_on", by_tool.answered if by_tool else ()),
            ("answer_id", by_tool.answer_id if by_tool else ()),
            ("wave_id", answers.column("wave_id").headings),
            ("municipality", waves.column("municipality").headings),
        ]
        if by_tool is None:
            wanted += [
                ("answered_on", answers.column("answered_on").headings),
                ("answer_id", answers.column("answer_id").headings),
            ]
        for use, headings in wanted:
            name = tools.find(free, headings)
            if name is not None and self._may_be(use, name):
                found[name] = use
                free.remove(name)
        return found

    def _may_be(self, use: Use, name: str) -> bool:
        cells = self._cells(name)
        if use == "answer_id":
            # An id that comes twice, as of people who are asked again, tells no answers apart.
            return cells.null_count() == 0 and cells.n_unique() == cells.len()
        if use == "answered_on":
            return parse.dates(cells).is_not_null().any() or self.tool is not None
        if use == "municipality":
            return not any(re.fullmatch(r"\d{1,3}", text) for text in self.answers[name])
        return True

    # -- one column ------------------------------------------------------------------------

    def column(self, name: str) -> Column:
        """What one column seems to be."""
        text = self._text(name)
        if name in self.known:
            return Column(name, self.known[name], text=text)
        use, why = self._aside(name)
        if use is not None:
            return Column(name, use, why, text=text)
        scale = self._scale(name)
        if scale is not None and self._is_code(name):
            return Column(name, "left_out", "codes", text=text, scale=self._kept(scale.name, scale))
        if scale is not None:
            return self._question(name, text, scale)
        options = self._options(name)
        if options:
            return Column(name, "choices", text=text, options=options)
        options = self._at_commas(name)
        if options:
            return Column(name, "choices", text=text, options=options, split=several.COMMA)
        if self._is_chosen_among_few(name):
            table = self._numbered(name)
            return Column(name, "left_out", "no_scale", text=text, scale=self._kept("egen", table))
        if self._is_measured(name):
            return Column(name, "left_out", "no_scale", text=text)
        return Column(name, "free_text", "free_text", text=text)

    def _is_measured(self, name: str) -> bool:
        """Whether the column holds numbers with decimals: nobody's own words, and no identity."""
        numbers = parse.numbers(parse.stripped(self.reading.cells[name]).drop_nulls())
        return numbers.null_count() == 0 and bool((numbers != numbers.round()).any())

    def _aside(self, name: str) -> tuple[Use | None, Why]:
        """What is no question at all, told by the heading, or by an empty column."""
        tool = self.tool
        if tool is not None and tools.is_one_of(name, tool.personal):
            return "personal", "personal"
        if tool is not None and (
            tools.is_one_of(name, tool.metadata)
            or tools.is_one_of(name, (*tool.answer_id, *tool.answered))
            or (tool.finished is not None and tools.is_one_of(name, tool.finished[0]))
        ):
            return "metadata", "metadata"
        if not self.answers[name]:
            return "left_out", "empty"
        labels = self.codebook.labels.get(name, {})
        if name in self.codebook.free or any(map(guard.holds_personal_data, labels.values())):
            return "free_text", "free_text"
        is_sentence = len(name.split()) >= _SENTENCE and bool(scales.families(self.answers[name]))
        if guard.may_hold_persons(name) and not is_sentence:
            return "personal", "personal"
        return None, ""

    def _text(self, name: str) -> str:
        said = self.codebook.texts.get(name) or self.texts.get(name) or name
        if guard.holds_personal_data(said):
            said = name  # a list of questions is seen by no other guard than this
        said = re.sub(r"<[^>]{1,40}>", "", said).replace("\u00a0", " ")
        return " ".join(said.split())

    def _scale(self, name: str) -> Scale | None:
        answers = self.answers[name]
        labels = self.codebook.labels.get(name, {})
        if labels:
            return self._labelled(labels)
        if len(answers) == 1 and self._says_itself(name, answers[0]):
            return Scale("avkrysset", {answers[0]: 1.0})
        families = scales.families(answers)
        beside = self.beside[min(families)] if len(families) == 1 else ()
        return scales.proposed(answers, beside)

    def _is_code(self, name: str) -> bool:
        """Whether the numbers of a column may be codes of anything, their texts being elsewhere."""
        is_coded = self.tool is not None and self.tool.name == "surveyxact"
        bare = [text for text in self.answers[name] if _is_whole(text) and int(text) > 1]
        return is_coded and name not in self.codebook.labels and bool(bare)

    def _labelled(self, labels: Mapping[str, str]) -> Scale | None:
        """The scale of a column of codes: by their texts where these are known, else as coded."""
        texts = tuple(labels.values())
        if not all(map(_is_whole, labels)):
            return None
        found = scales.proposed(texts, (), labels)
        if found is not None and not all(re.fullmatch(r"\d+", text) for text in texts):
            return found
        counted = scales.sort(texts).counted
        numbers = {text: int(code) for code, text in labels.items() if text in counted}
        written = {text for text in counted if _is_whole(text)}
        if not written or any(int(text) != numbers[text] for text in written):
            return None
        # "I liten grad", 2, 3, "I stor grad": both ends have words, and the codes are the numbers.
        # A word at one end alone ("Ikke fått karakter") is an answer beside the scale.
        ends = {min(numbers, key=numbers.__getitem__), max(numbers, key=numbers.__getitem__)}
        worded = set(numbers) - written
        on_scale = {text for text in numbers if text in written or worded == ends}
        sorted_ = scales.sort(texts)
        beside = tuple(text for text in sorted_.counted if text not in on_scale)
        first, last = (end(numbers[text] for text in on_scale) for end in (min, max))
        return Scale(
            f"{first}_{last}",
            {text: float(numbers[text]) for text in numbers if text in on_scale},
            (*sorted_.without_number, *beside),
            sorted_.no_answer,
            dict(labels),
        )

    def _says_itself(self, name: str, answer: str) -> bool:
        """Whether a column is a box to tick: its only text is that of its heading."""
        said, heading = fold(answer), fold(self._text(name))
        return bool(said) and heading.endswith(said) and not _is_whole(answer)

    def _question(self, name: str, text: str, scale: Scale) -> Column:
        role = _role(text, scale)
        return Column(name, "question", text=text, role=role, scale=self._kept(scale.name, scale))

    def _kept(self, name: str, scale: Scale) -> str:
        """The name that a table has among the others: equal tables are one."""
        number = 1
        wanted = name
        if name == "avkrysset" and name in self.scales:
            # A box says one thing, its own text: one table lists those of all the boxes.
            both = {**self.scales[name].numbers, **scale.numbers}
            self.scales[name] = dataclasses.replace(self.scales[name], numbers=both)
            return name
        while wanted in self.scales:
            held = self.scales[wanted]
            if (held.numbers, held.without_number, held.labels) == (
                scale.numbers,
                scale.without_number,
                scale.labels,
            ):
                return wanted
            number += 1
            wanted = f"{name}_{number}"
        self.scales[wanted] = dataclasses.replace(scale, name=wanted)
        return wanted

    def _options(self, name: str) -> tuple[str, ...]:
        """The choices of a column whose cells hold several, as Forms writes them: "A;B;".

        Only those that come twice: "Other" with somebody's own words stands in the same cell.
        """
        cells = self._cells(name).drop_nulls().alias("choice")
        if not cells.str.contains(";", literal=True).any():
            return ()
        counted = choices_in(cells).explode().drop_nulls().value_counts()
        often = counted.filter(pl.col("count") > 1)
        recurring = often["choice"].to_list()
        is_rare = int(often["count"].sum()) < MOST_CHOSEN * int(counted["count"].sum())
        if is_rare or not 2 <= len(recurring) <= MOST_ANSWERS or not _may_be_shown(recurring):
            return ()
        return tuple(sorted(recurring))

    def _at_commas(self, name: str) -> tuple[str, ...]:
        """The same of Google Forms, which parts them as sentences do."""
        if self.tool is None or self.tool.name != "google":
            return ()
        options = several.choices_at_commas(self._cells(name))
        return options if _may_be_shown(options) else ()

    def _is_chosen_among_few(self, name: str) -> bool:
        answers = self.answers[name]
        if name in self.codebook.labels:
            return True
        filled = self.reading.cells.height - self.reading.cells[name].null_count()
        return (
            len(answers) <= MOST_ANSWERS
            and filled >= LEAST_REPEATED * len(answers)
            and _may_be_shown(answers)
        )

    def _numbered(self, name: str) -> Scale:
        """A table for answers on no known scale: their own codes, or no numbers yet."""
        labels = self.codebook.labels.get(name, {})
        if not labels or not all(map(_is_whole, labels)):
            return Scale("egen", {}, self.answers[name], (), dict(labels))
        found = scales.sort(labels.values())
        numbers = {text: float(code) for code, text in labels.items() if text in found.counted}
        return Scale("egen", numbers, found.without_number, found.no_answer, dict(labels))

    # -- all of them -----------------------------------------------------------------------

    def named(self, columns: Iterable[Column]) -> Iterable[Column]:
        """The columns with a short code of their own for each question."""
        taken: set[str] = set()
        for one in columns:
            # LimeSurvey writes "Q1. Hvor fornøyd er du?": the code, then the text.
            both = re.fullmatch(r"([A-Za-z]\w{0,14}(?:\[\w+\])?)\. (.+)", one.text)
            if both is not None:
                one = dataclasses.replace(one, text=both[2])
            is_code = re.fullmatch(r"[\w.$-]{1,24}", one.heading) is not None
            code = both[1] if both else one.heading if is_code else short_code(one.text)
            unique, number = code or "spørsmål", 1
            while unique in taken:
                number += 1
                unique = f"{code}_{number}"
            taken.add(unique)
            yield dataclasses.replace(one, code=unique)

    def is_like_a_survey(self, asks: Sequence[Column]) -> bool:
        """Whether a table of no known tool holds answers: two questions on scales of words, one of
        them more than a yes and a no."""
        if self.reading.heading_row is None:
            return False
        worded = [one for one in asks if one.scale and _is_worded(self.scales[one.scale])]
        return len(worded) >= 2 and any(len(self.scales[one.scale].numbers) > 2 for one in worded)

    def asks_questions(self, columns: Sequence[Column]) -> bool:
        """Whether headings are whole questions, and what stands below was chosen among a few.

        An export without the tool's own columns, as when somebody has taken them out, has no more.
        """
        asked = [name for name in self.reading.columns if _is_question(name)]
        chosen = [one for one in columns if one.is_answered or one.why == "no_scale"]
        return self.reading.heading_row is not None and min(len(asked), len(chosen)) >= 2

    def lacks_texts(self, asks: Sequence[Column]) -> bool:
        """Whether the file holds codes whose texts stand in files that did not come along."""
        return any(one.why == "codes" for one in asks)

    def finished(self) -> tuple[str, tuple[str, ...]] | None:
        """The column that says whether a row was filled in to the end, and what stands there."""
        if self.tool is None or self.tool.finished is None:
            return None
        headings, texts = self.tool.finished
        name = tools.find(self.reading.columns, headings)
        return None if name is None else (name, texts)


def _is_whole(text: str) -> bool:
    # Not isdigit: that takes "²" for a number, which int does not.
    return re.fullmatch("[0-9]{1,6}", text) is not None


def _is_question(heading: str) -> bool:
    return heading.rstrip().endswith("?") and len(heading.split()) >= _SENTENCE


def _is_worded(scale: Scale) -> bool:
    return not all(re.fullmatch(r"\d+", text) for text in scale.numbers)


def _may_be_shown(answers: Iterable[str]) -> bool:
    return not any(
        len(text) > LONGEST_ANSWER or guard.holds_personal_data(text) for text in answers
    )


_ROLES = (
    ("what_matters", r"viktig for (deg|meg|dykk|deg og)|what matters"),
    (
        "listened_to",
        r"\b(bli|blir|ble|vart|vert|blitt)( \w+){0,2} (hør|høyr|lytt)|lytte[rt]? til|listened",
    ),
    ("benefit", r"nytte|utbytte|benefit|useful"),
)


def _role(text: str, scale: Scale) -> str:
    """What a question seems to be used for, by its words; to be looked at by whoever confirms."""
    said = text.casefold()
    for role, words in _ROLES:
        if re.search(words, said):
            return role
    # A box to tick and a question of yes or no decide nothing about whether a form is answered.
    families = scales.families(tuple(scale.numbers))
    is_choice = bool(families & _CHOSEN_FAMILIES) or len(scale.numbers) <= 2
    return "other" if is_choice else "core"
