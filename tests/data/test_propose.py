"""A survey's export is proposed a mapping, column by column, with nothing of anybody's in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import codebook, mapping_tables, tools
from data.codebook import NOTHING, Codebook
from data.proposal import Column, Proposal
from data.propose import propose
from data.read import Choices, Reading, read
from data.rows import rows as rows_of

FORMS = (
    "ID;Start time;Completion time;Email;Name;Jeg ble møtt med respekt.;"
    "Hvor stor nytte hadde du av tilbudet?;Ble du spurt om hva som er viktig for deg?;"
    "Hva gjorde du?;Hvor gammel er du?;Hva vil du si til oss?\n"
)
ROWS = (
    "1;10/1/2026 9:00:00;10/1/2026 9:05:00;a@b.no;Ola;Helt enig;Stor nytte;Ja;"
    "Kurs;Samtale;;18-29;Dere hjalp meg da det var som verst\n"
)


def forms(*answers: tuple[str, str, str, str, str, str]) -> Reading:
    """An export of Forms, with the six answers of each row."""
    lines = [FORMS]
    for number, row in enumerate(answers, start=1):
        cells = [f'"{cell}"' for cell in row]
        lines.append(
            f"{number};10/{number}/2026 9:00;10/{number}/2026 9:05;a{number}@b.no;Ola;"
            + ";".join(cells)
            + "\n"
        )
    return read("".join(lines).encode(), "Brukerevaluering 2026-10.csv")


EIGHT = forms(
    ("Helt enig", "Stor nytte", "Ja", "Kurs;Samtale;", "18-29", "Dere hjalp meg"),
    ("Litt enig", "Noe nytte", "Nei", "Kurs;", "30-44", "Takk"),
    ("Verken eller", "Stor nytte", "Ja", "Samtale;", "30-44", "Jeg savnet en å ringe"),
    ("Helt uenig", "Ingen nytte", "Vet ikke", "Kurs;Samtale;", "18-29", "Det var for kort"),
    ("Litt uenig", "Stor nytte", "Ja", "Kurs;Hos Kari;", "18-29", ""),
    ("", "Stor nytte", "Ja", "", "30-44", "Bra"),
)  # fmt: skip


def proposed(reading: Reading, said: Codebook = NOTHING) -> Proposal:
    found = propose(reading, tools.of(reading.columns), said)
    assert found is not None
    return found


def column(proposal: Proposal, start: str) -> Column:
    (found,) = (one for one in proposal.columns if one.heading.startswith(start))
    return found


def test_each_column_of_a_form_is_proposed_for_what_it_is() -> None:
    found = proposed(EIGHT)
    assert [(one.use, one.why, one.role, one.scale) for one in found.columns] == [
        ("answer_id", "", "other", ""),
        ("metadata", "metadata", "other", ""),
        ("answered_on", "", "other", ""),
        ("personal", "personal", "other", ""),
        ("personal", "personal", "other", ""),
        ("question", "", "core", "enig_5"),
        ("question", "", "benefit", "nytte_5"),
        ("question", "", "what_matters", "ja_nei"),
        ("choices", "", "other", ""),
        # On no scale, and chosen among a few: left out, and may be taken.
        ("left_out", "no_scale", "other", "egen"),
        ("free_text", "free_text", "other", ""),
    ]
    assert (found.tool, found.survey, found.dates) == ("forms", "brukerevaluering", "mdy")
    # What one person added to the choices in their own words is none of them.
    assert column(found, "Hva gjorde").options == ("Kurs", "Samtale")
    assert found.scales["egen"].without_number == ("18-29", "30-44")


def test_nothing_of_anybodys_own_words_is_in_a_proposal() -> None:
    written = repr(proposed(EIGHT))
    for words in ("hjalp", "savnet", "Kari", "a1@b.no", "Ola"):
        assert words not in written


@pytest.mark.parametrize(
    ("heading", "answers", "use"),
    [
        # Identity by its heading.
        ("Telefon", ["Ja", "Nei", "Ja"], "personal"),
        # A whole sentence on a scale is a question, also with "navn" in it.
        ("Fikk du navn på en kontaktperson?", ["Ja", "Nei", "Ja"], "question"),
        ("Noe mer?", ["Jeg er glad i dere", "Takk", "Ingenting nytt å melde"], "free_text"),
        ("Hvor lenge?", ["Under 1 år", "Under 1 år", "Over 1 år", "Over 1 år"], "left_out"),
        # Few, and repeated, but a telephone number: it is shown nowhere.
        ("Nummer?", ["91 23 45 67", "91 23 45 67", "91 23 45 67"], "free_text"),
        ("Fylt ut", ["", "", ""], "left_out"),
        ("Sannsynlig å anbefale oss?", ["0", "9", "10"], "question"),
        ("Alder", ["34", "51", "67"], "free_text"),
        ("Hvor fornøyd er du?", ["😀", "🙁", "😐"], "question"),
        ("Kurs", ["Kurs", "", "Kurs"], "question"),
    ],
)
def test_a_column_is_taken_for_what_stands_in_it(
    heading: str, answers: list[str], use: str
) -> None:
    lines = [f"RespondentID;Er du fornøyd?;{heading}"]
    lines += [f"{n};Fornøyd;{text}" for n, text in enumerate(answers, start=1)]
    found = proposed(read("\n".join([*lines, ""]).encode(), "svar.csv"))
    assert found.columns[2].use == use


def test_an_id_that_comes_twice_tells_no_answers_apart() -> None:
    text = "record_id;fornoyd;form_complete\n1;Fornøyd;2\n1;Misfornøyd;2\n2;Fornøyd;2\n"
    found = proposed(read(text.encode(), "svar.csv"))
    assert found.column_of("answer_id") is None
    assert "{line}" in found.mapping("x").gives[-1].columns["answer_id"].of


def test_a_boxs_own_text_is_one_table_for_all_boxes() -> None:
    text = (
        "RespondentID;Hva gjorde du? - Kurs;Hva gjorde du? - Samtale\n"
        "1;Kurs;\n2;;Samtale\n3;Kurs;Samtale\n"
    )
    found = proposed(read(text.encode(), "svar.csv"))
    assert {name: dict(scale.numbers) for name, scale in found.scales.items()} == {
        "avkrysset": {"Kurs": 1.0, "Samtale": 1.0}
    }


# -- SurveyXact's codes ------------------------------------------------------------------------

CODES = "s_1;s_2;s_3;s_4_1;stato_1;stato_2;stato_3;stato_4\n" + "".join(
    f"{a};{b};{c};{d};0;0;{e};{1 - e}\n"
    for a, b, c, d, e in [(1, 3, 1, 0, 0), (2, 4, 2, 1, 0), (1, 1, 1, 1, 1), (2, 2, 2, 0, 0)]
)
BOOK = Codebook(
    {
        "s_1": "Er du enig?",
        "s_2": "I hvilken grad?",
        "s_3": "Hvilken linje?",
        "s_4_1": "Fag: Norsk",
    },
    {
        # Coded from the good end: the texts decide what is high.
        "s_1": {"1": "Helt enig", "2": "Enig", "3": "Uenig", "4": "Helt uenig"},
        "s_2": {"1": "I liten grad", "2": "2", "3": "3", "4": "I stor grad"},
        "s_3": {"1": "Kunst", "2": "Idrett"},
        "s_4_1": {"0": "Ikke valgt", "1": "Valgt"},
    },
)


def test_codes_with_their_texts_are_questions_on_the_scales_of_the_texts() -> None:
    found = proposed(read(CODES.encode(), "dataset.csv"), BOOK)
    assert [(one.use, one.text) for one in found.columns[:4]] == [
        ("question", "Er du enig?"),
        ("question", "I hvilken grad?"),
        ("left_out", "Hvilken linje?"),
        ("question", "Fag: Norsk"),
    ]
    scales = [found.scales[one.scale] for one in found.columns[:4]]
    assert dict(scales[0].numbers) == {"Helt uenig": 1, "Uenig": 2, "Enig": 3, "Helt enig": 4}
    assert scales[0].labels["1"] == "Helt enig"
    assert dict(scales[1].numbers) == {"I liten grad": 1, "2": 2, "3": 3, "I stor grad": 4}
    assert not found.lacks_texts
    assert found.finished == ("stato_4", ("1", "Valgt"))


def test_codes_without_their_texts_are_not_taken_for_numbers() -> None:
    found = proposed(read(CODES.encode(), "dataset.csv"))
    assert [one.why for one in found.columns[:4]] == ["codes", "codes", "codes", ""]
    assert found.lacks_texts


@pytest.mark.parametrize("planted", ["26111594014", "kari.normann@ringebu.no", "91 23 45 67"])
def test_what_is_somebodys_in_the_lists_goes_no_further(planted: str) -> None:
    said = Codebook(
        {**BOOK.texts, "s_1": f"Er du enig? Ring {planted}"},
        {**BOOK.labels, "s_3": {"1": f"Kunst {planted}", "2": "Idrett"}},
    )
    found = proposed(read(CODES.encode(), "dataset.csv"), said)
    assert planted not in repr(found)
    assert planted not in repr(found.mapping("x"))
    assert [one.use for one in found.columns[:3]] == ["question", "question", "free_text"]


# -- what is no survey -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "dato;temperatur;nedbør\n01.02.2026;3;0\n02.02.2026;4;1\n",
        "vei;Åpen;fart\nE6;Ja;4\nE10;Nei;5\n",
    ],
)
def test_a_table_that_is_no_survey_is_proposed_nothing(text: str) -> None:
    reading = read(text.encode(), "fil.csv")
    assert propose(reading, None) is None
    # Unless somebody says that it is.
    assert propose(reading, None, is_survey=True) is not None


def test_a_survey_of_no_known_tool_is_known_by_its_scales() -> None:
    text = "nr;Fornøyd?;Enig?\n1;Svært fornøyd;Helt enig\n2;Misfornøyd;Helt uenig\n"
    found = propose(read(text.encode(), "fil.csv"), None)
    assert found is not None
    assert found.tool == "survey"


def test_the_real_school_survey_is_proposed_with_its_texts(real: Path) -> None:
    folder = real / "surveyxact_semicolon_cp1252"
    said = NOTHING
    for name in ("structure.csv", "labels.csv"):
        said = said.and_also(codebook.of(read((folder / name).read_bytes(), name)))
    found = proposed(read((folder / "dataset.csv").read_bytes(), "dataset.csv"), said)
    one = column(found, "up_01")
    assert (one.use, one.role, one.scale) == ("question", "core", "enig_4")
    assert one.text.endswith("Jeg er svært motivert for fagene på programområdet")
    # Parents' work, grades and what people wrote are not taken.
    assert {column(found, name).use for name in ("b_2", "s_5")} <= {"left_out", "free_text"}
    assert len([one for one in found.columns if one.is_answered]) == 143


# -- whatever stands in a file -----------------------------------------------------------------

CELLS = st.sampled_from(
    ["", "Ja", "Nei", "²", "5", "10", "😀", "Helt enig", "3 - Bra", "A;B;", "A;", "=1", "count"]
)  # fmt: skip
HEADINGS = st.sampled_from(
    ["count", "#", "ID", "Kommune", "Er du fornøyd?", "{x}", "s_1", "stato_1", "Timestamp", "a:b"]
)


@given(
    headings=st.lists(HEADINGS, min_size=2, max_size=6),
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=6),
    labels=st.dictionaries(st.sampled_from(["5", "²", "Ja", "10"]), CELLS, max_size=3),
)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_a_proposal_is_made_and_read_whatever_the_cells_hold(
    headings: list[str], rows: list[list[str]], labels: dict[str, str]
) -> None:
    text = "\n".join("\t".join(row[: len(headings)]) for row in [headings, *rows])
    reading = read(f"{text}\n".encode(), "fil.tsv", choices=Choices(delimiter="\t"))
    said = Codebook({}, {"s_1": labels}) if labels else NOTHING
    found = propose(reading, tools.of(reading.columns), said, is_survey=True)
    if found is None:
        assert not reading.cells.height
        return
    made = mapping_tables.from_table(mapping_tables.as_table(found.mapping("x")))
    assert made == found.mapping("x")
    seen = rows_of(reading, made, Choices(values=dict.fromkeys(made.asks_for(), "1")))
    assert set(seen.tables) == set(made.kinds)
