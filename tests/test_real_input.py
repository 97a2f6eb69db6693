"""Real exports become a month on the screen, and a second count of the files finds the same."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

import app
from data import mapping_tables, receipts, store
from queries import cards
from tests.pages.drawn_html import opened

REAL = Path(__file__).parents[2] / "shared" / "real"
SURVEYXACT = "surveyxact_semicolon_cp1252"

if not REAL.is_dir():
    pytest.skip(f"the real exports are not here: {REAL}", allow_module_level=True)

Row = dict[str, str]
Cells = list[dict[str, Any]]


def command(*words: object) -> tuple[int, str]:
    """The exit code of a command of the terminal, and what it printed."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(printed):
        code = app.main([str(word) for word in words])
    printed.seek(0)
    return code, printed.read()


def read(name: str, *, encoding: str = "utf-8", delimiter: str = ",") -> list[Row]:
    """The rows of a file by the standard library alone."""
    with (REAL / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


# ---- loading, as a newcomer does ---------------------------------------------------------------


@dataclass(frozen=True)
class Loaded:
    """A store that a real file was loaded into, locked and released."""

    folder: Path
    raw: list[Row]
    receipt: dict[str, Any]
    release: dict[str, Any]
    cells: Cells
    commitments: Cells

    def of(self, indicator: str, municipality: str, grain: str = "month") -> Cells:
        """The released cells of an indicator."""
        key = (indicator, municipality, grain)
        return [
            cell
            for cell in self.cells
            if (cell["indicator"], cell["municipality"], cell["grain"]) == key
        ]


def loaded(folder: Path, file: str, name: str, last_month: str, raw: list[Row]) -> Loaded:
    """An empty folder becomes a store, by the commands that people use."""
    at = ("--store", folder)
    code, receipt = command("load", REAL / file, "--mapping", name, *at, "--json")
    assert code == 0
    assert command("lock", last_month, "--history", *at)[0] == 0
    release = command("release", *at, "--json")[1]
    exported = json.loads(command("export", "--format", "json", *at)[1])
    facts = json.loads(receipt), json.loads(release)
    return Loaded(folder, raw, *facts, exported["cells"], exported["commitments"])


@pytest.fixture(scope="module")
def surgeries(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The Friends and Family answers, with surgeries for services."""
    file = "fft_gp_time_rating_surgery.csv"
    folder = tmp_path_factory.mktemp("surgeries") / "store"
    return loaded(folder, file, "friends_and_family", "2024-04", read(file))


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The SurveyXact survey of pupils, with schools for services."""
    file = f"{SURVEYXACT}/dataset.csv"
    folder = tmp_path_factory.mktemp("schools") / "store"
    raw = read(file, encoding="cp1252", delimiter=";")
    return loaded(folder, file, "surveyxact_school", "2022-01", raw)


# ---- a second opinion, from the files alone ----------------------------------------------------

MONTHS = ["2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02",
          "2024-03", "2024-04"]  # fmt: skip
QUESTIONS = ("up_01", "up_03", "up_05", "up_06", "i_06")
PERSONAL = {"a_p", "a_fp", "s_1", "s_3", "s_5", "s_7", "b_1", "b_2", "b_3", "b_4", "b_5", "b_6_1",
            "b_6_2", "b_6_3"}  # fmt: skip


def by_wave(raw: list[Row]) -> Counter[tuple[str, str]]:
    """How many answered at each surgery in each month."""
    return Counter((row["surgery"], row["time"][:7]) for row in raw)


def band(count: int) -> str:
    """The band of methods.md that a count lies in."""
    if count < 10:
        return "0-9"
    return "10-19" if count < 20 else "20-49" if count < 50 else "50+"


def first_day(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def last_day(month: str) -> dt.date:
    return (first_day(month) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def ages(raw: list[Row], month: str) -> dict[str, int]:
    """Days from each surgery's latest month with answers to the end of a month."""
    waves = by_wave(raw)
    found = {}
    for surgery in {surgery for surgery, _ in waves}:
        heard = [first_day(sent) for place, sent in waves if place == surgery and sent <= month]
        # Who was not heard from yet is counted from the day the file begins.
        found[surgery] = (last_day(month) - max(heard, default=first_day(MONTHS[0]))).days
    return found


# ---- the receipt -------------------------------------------------------------------------------


def test_the_receipt_of_the_surgeries_counts_what_the_file_holds(surgeries: Loaded) -> None:
    receipt, raw = surgeries.receipt, surgeries.raw
    assert receipt["rows"] == {
        "municipalities": 1,
        "questions": 1,
        "services": len({row["surgery"] for row in raw}),
        "survey_answers": len(raw),
        "survey_waves": len(by_wave(raw)),
    }
    unsure = [line for line, row in enumerate(raw, start=2) if row["rating"] == "Don't know"]
    assert unsure
    assert receipt["without_number"] == len(unsure)
    assert receipt["without_answers"] == sum(not row["rating"] for row in raw) == 0
    assert (receipt["left_out"], receipt["dropped_columns"]) == ([], [])
    assert receipt["covers"] == f"9901:{MONTHS[0]}..{MONTHS[-1]}"
    # What the file does not say and the mapping does stands in the receipt.
    assert receipt["constants"]["survey_waves.measurement"] == "same_day"
    assert receipt["constants"]["municipalities.name"] == "Kensington and Chelsea"
    (said,) = receipt["problems"]
    assert (said["code"], said["lines"]) == ("without_number", unsure)


def test_the_receipt_of_the_schools_says_what_was_dropped(schools: Loaded) -> None:
    receipt, raw = schools.receipt, schools.raw
    answers = sum(bool(row[question]) for row in raw for question in QUESTIONS)
    pupils = {row["b_1_1"] for row in raw}
    assert receipt["rows"] == {
        "municipalities": 1,
        "questions": len(QUESTIONS),
        "services": len(pupils),
        "survey_answers": answers,
        "survey_waves": len(pupils),
    }
    silent = [
        line
        for line, row in enumerate(raw, start=2)
        if not any(row[question] for question in QUESTIONS)
    ]
    assert receipt["without_answers"] == len(silent) == 608
    assert set(receipt["dropped_columns"]) == set(raw[0]) - {"b_1_1", *QUESTIONS}
    assert receipt["kept_whole"] is False
    said = {problem["code"]: problem for problem in receipt["problems"]}
    assert set(said) == {"unknown_column", "dropped_column", "without_answers"}
    assert set(said["dropped_column"]["found"].split("; ")) == PERSONAL
    assert said["without_answers"]["lines"] == silent
    assert receipt["constants"]["survey_waves.sent_on"] == "2022-01-15"


def test_the_same_file_again_changes_nothing(surgeries: Loaded) -> None:
    file = REAL / "fft_gp_time_rating_surgery.csv"
    code, printed = command("load", file, "--store", surgeries.folder, "--json")
    again = json.loads(printed)
    assert (code, again["is_repeat"]) == (0, True)
    assert again["upload_id"] == surgeries.receipt["upload_id"]
    assert again["release_after"] == again["release_before"] == surgeries.release["number"]


# ---- the numbers -------------------------------------------------------------------------------


def test_every_answer_is_stored_in_its_surgery_and_month(surgeries: Loaded) -> None:
    with store.opened(surgeries.folder) as opened:
        stored = opened.rows(
            "select waves.service, strftime(waves.sent_on, '%Y-%m'), answers.value"
            " from current_survey_answers as answers"
            " join current_survey_waves as waves using (wave_id)"
        )
    assert Counter((service, month) for service, month, _ in stored) == by_wave(surgeries.raw)
    scale = {"Extremely likely": "5", "Likely": "4", "Neither likely nor unlikely": "3",
             "Unlikely": "2", "Extremely unlikely": "1", "Don't know": "no_number"}  # fmt: skip
    assert Counter(value for _, _, value in stored) == Counter(
        scale[row["rating"]] for row in surgeries.raw
    )


def test_every_pupil_was_asked_and_every_answer_is_stored_in_its_school(schools: Loaded) -> None:
    with store.opened(schools.folder) as opened:
        asked = dict(opened.rows("select service, asked from current_survey_waves"))
        stored = opened.rows(
            "select waves.service, answers.question, answers.value"
            " from current_survey_answers as answers"
            " join current_survey_waves as waves using (wave_id)"
        )
    assert asked == Counter(f"skole-{row['b_1_1']}" for row in schools.raw)
    names = {"up_01": "motivert", "up_03": "trives", "up_05": "meningsfylt", "up_06": "nytte",
             "i_06": "raadgiver"}  # fmt: skip
    assert Counter(stored) == Counter(
        (f"skole-{row['b_1_1']}", names[question], row[question])
        for row in schools.raw
        for question in QUESTIONS
        if row[question]
    )


def test_a_rate_without_a_list_of_those_asked_is_a_number_of_answers(surgeries: Loaded) -> None:
    answered: Counter[str] = Counter()
    for (_, month), count in by_wave(surgeries.raw).items():
        answered[month] += count
    shown = {
        cell["period"][:7]: cell
        for cell in surgeries.of("response_rate_same_day", "cooperation")
        if cell["part"] is None
    }
    assert list(shown) == MONTHS
    assert {month: cell["band"] for month, cell in shown.items()} == {
        month: band(count) for month, count in answered.items()
    }
    by_tertial = {
        cell["period"][:7]: cell["band"]
        for cell in surgeries.of("response_rate_same_day", "9901", "tertial")
    }
    # July and August are no whole tertial.
    assert by_tertial == {
        "2023-09": band(sum(answered[month] for month in MONTHS[2:6])),
        "2024-01": band(sum(answered[month] for month in MONTHS[6:])),
    }
    for cell in surgeries.cells:
        if cell["indicator"] == "response_rate_same_day" and cell["part"] is None:
            assert cell["text"].endswith(" svar")
            assert cell["reason"] == "no_list_of_asked"
            # One municipality is all there is: nothing about its answers is exact.
            assert (cell["numerator"], cell["denominator"], cell["value"]) == (None, None, None)


def test_freshness_is_counted_from_each_surgerys_latest_answers(surgeries: Loaded) -> None:
    shown = {
        (cell["period"][:7], cell["part"]): cell["numerator"]
        for cell in surgeries.of("feedback_freshness", "9901")
    }
    expected: dict[tuple[str, str | None], float] = {}
    for month in MONTHS:
        found = ages(surgeries.raw, month)
        expected |= {(month, surgery): age for surgery, age in found.items()}
        expected[month, None] = statistics.median(found.values())
    assert shown == expected
    together = surgeries.of("feedback_freshness", "cooperation")
    assert [cell["numerator"] for cell in together] == [expected[month, None] for month in MONTHS]


def test_a_survey_that_follows_no_course_is_in_no_rate_and_makes_schools_fresh(
    schools: Loaded,
) -> None:
    (rate,) = [
        cell for cell in schools.of("response_rate_same_day", "cooperation") if cell["part"] is None
    ]
    assert (rate["text"], rate["reason"]) == ("ingen utsending", "nothing_held")
    answered = {
        f"skole-{row['b_1_1']}"
        for row in schools.raw
        if any(row[question] for question in QUESTIONS)
    }
    from_start = (dt.date(2022, 1, 31) - dt.date(2022, 1, 1)).days
    from_wave = (dt.date(2022, 1, 31) - dt.date(2022, 1, 15)).days
    shown = {cell["part"]: cell["numerator"] for cell in schools.of("feedback_freshness", "9902")}
    ages_of = {
        f"skole-{row['b_1_1']}": from_wave if f"skole-{row['b_1_1']}" in answered else from_start
        for row in schools.raw
    }
    whole: dict[str | None, float] = {None: statistics.median(ages_of.values())}
    assert shown == whole | ages_of


KNOWN = {
    "response_rate_same_day",
    "response_rate_half_year",
    "feedback_freshness",
    "fresh_services",
    "benefit_same_day",
    "benefit_half_year",
    "listened_to",
}
"""What surveys alone say something about."""

WRITTEN = {
    card.id
    for card in cards.load_all().values()
    if {cards.LOCKS, cards.ACTS} & {source.kind for source in card.sources}
}
"""What rests on what people write in the dashboard: not due in months locked as history."""


@pytest.mark.parametrize("of", ["surgeries", "schools"])
def test_what_was_never_delivered_is_missing(of: str, request: pytest.FixtureRequest) -> None:
    made: Loaded = request.getfixturevalue(of)
    others = [cell for cell in made.cells if cell["indicator"] not in KNOWN | WRITTEN]
    assert {cell["indicator"] for cell in others} > {"open_actions", "seats_filled", "participants"}
    for cell in others:
        if cell["reason"] == "awaits_lock":
            # The months of its tertial were not all delivered, and so not all locked.
            assert cell["text"] == "vises når april 2022 er låst"
        else:
            assert (cell["state"], cell["text"]) == ("missing", "mangler")
    assert {row["state"] for row in made.commitments} <= {"missing", "not_due"}
    months = {cell["period"][:7] for cell in made.cells if cell["grain"] == "month"}
    locked = {row["month"][:7] for row in made.release["locked_months"]}
    assert months == locked == ({"2022-01"} if of == "schools" else set(MONTHS))


# ---- the pages ---------------------------------------------------------------------------------

NONSENSE = re.compile(r"\b0 av 0\b|\b1 av 1 kommune|\b0 (kurs|tiltak|verv) |None|\bnan\b|[{}]")


def _status(municipality: str, year: int, month: int) -> None:
    import datetime as dt

    from data.people import LOCAL
    from pages import status
    from pages.parts.pickers import Chosen

    status.render(Chosen(municipality, dt.date(year, month, 1), LOCAL, "nb"))


@pytest.mark.parametrize(
    ("of", "month", "says"),
    [
        ("surgeries", dt.date(2024, 4, 1), "Svarprosent samme dag 50 eller flere svar"),
        ("schools", dt.date(2022, 1, 1), "hørt fra brukerne de siste 16 dagene"),
    ],
)
@pytest.mark.parametrize("place", ["cooperation", "own"])
def test_the_status_says_what_is_known_and_that_the_rest_is_not_in_use(
    of: str,
    month: dt.date,
    says: str,
    place: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: Loaded = request.getfixturevalue(of)
    monkeypatch.setenv("FORANKRING_STORE", str(made.folder))
    own = {"surgeries": "9901", "schools": "9902"}[of]
    where = own if place == "own" else place
    page = AppTest.from_function(_status, args=(where, month.year, month.month))
    page.run(timeout=30)
    assert not page.exception, page.exception
    drawn = opened(" ".join(str(each.value) for each in page.main.children.values()))
    said = " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", drawn).split())
    assert says in said
    assert re.search(r"Ikke i bruk ennå: \d+ indikatorer", said)
    assert not re.search(r"^Ingen sikker endring i (?!det som kan vurderes)", said)
    assert "Ingenting venter i det som er levert for denne måneden." in said
    assert not NONSENSE.search(said)


PAGES = ("status", "participation", "actions", "comparison", "upload", "method")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("of", "month", "service"),
    [
        ("surgeries", "2024-04", "Health Partners @ Violet Melchett"),
        ("schools", "2022-01", "Skole 54"),
    ],
)
def test_every_page_opens_on_the_month_with_data(
    of: str,
    month: str,
    service: str,
    request: pytest.FixtureRequest,
    server: Callable[[Path], Any],
    visit: Any,
) -> None:
    made: Loaded = request.getfixturevalue(of)
    url = server(made.folder).url
    said = {}
    # What shows answers is opened for both; the others have nothing of either survey to show.
    for name in PAGES if of == "surgeries" else PAGES[:2]:
        page = visit.open(f"{url}/{name}")
        said[name] = page.locator("body").inner_text()
        assert page.url.endswith(f"kommune=alle&maned={month}")
        assert "Noe gikk galt" not in said[name]
        assert not NONSENSE.search(said[name])
        # Freshness is a line where there are months enough for one; nothing else is known.
        is_line = (name, of) == ("participation", "surgeries")
        expect(page.locator(".js-plotly-plot")).to_have_count(int(is_line))
    assert (visit.errors, visit.foreign) == ([], [])
    assert service in said["participation"]
    if of == "surgeries":
        assert "Det er ikke levert noen tiltaksliste" in said["actions"]
        assert "Det er ikke levert noe som viser hva som ble holdt" in said["comparison"]


# ---- the mappings, against the survey's own lists ----------------------------------------------


def test_the_mapping_of_the_schools_words_answers_as_the_survey_does() -> None:
    (made,) = [one for one in mapping_tables.shipped() if one.name == "surveyxact_school"]
    with (REAL / SURVEYXACT / "labels.csv").open(encoding="cp1252", newline="") as file:
        labels = [row for row in csv.reader(file, delimiter=";") if row]
    texts = {
        row["variableName"]: row["questionText"].strip()
        for row in read(f"{SURVEYXACT}/structure.csv", encoding="cp1252", delimiter=";")
    }
    for question in made.questions:
        assert question.scale is not None
        assert made.scales[question.scale].numbers == {
            text.strip(): float(value) for name, value, text in labels if name == question.column
        }
        # The last part of a question in a matrix; one of them names the matrix's question too.
        own = texts[question.column].rpartition("- ")[2]
        assert question.text.lower().endswith(own.removesuffix(" ").lower())


# ---- every other file --------------------------------------------------------------------------

MANIFEST = read("manifest.csv")
ENCODINGS = {"ascii": "utf-8", "cp1252": "windows-1252"}
"""Plain ASCII is UTF-8; of the SurveyXact files the answers hold no other letters either."""


@pytest.mark.parametrize("known", MANIFEST, ids=lambda row: row["file"])
def test_every_file_is_read_as_it_was_written(known: Row) -> None:
    code, printed = command("read", REAL / known["file"], "--json")
    found = json.loads(printed)
    is_ascii = (REAL / known["file"]).read_bytes().isascii()
    encoding = "utf-8" if is_ascii else ENCODINGS.get(known["encoding"], known["encoding"])
    assert (found["encoding"], found["delimiter"]) == (encoding, known["delimiter"])
    if known["rows"]:
        # The manifest counts every record, the headings too.
        read_as = found["rows"] + (found["heading_row"] or 0) + len(found["left_out"])
        assert read_as == int(known["rows"])
        assert len(found["columns"]) == int(known["columns"])
    assert len(set(found["columns"])) == len(found["columns"])
    codes = {problem["code"] for problem in found["problems"]}
    assert codes <= {"duplicate_headings", "lost_letters", "no_headings"}
    # Rows of values without headings above them are a question, never a guess.
    assert (code == 1) == ("no_headings" in codes) == known["file"].endswith("labels.csv")


OF_KNOWN_TOOLS = {
    "qualtrics_matrix.csv",
    "redcap_checkboxes.csv",
    "redcap_decimal_comma.csv",
    "surveymonkey_comma.csv",
    "surveymonkey_thanksgiving.csv",
    "typeform_espoo.csv",
    "typeform_post_2018.csv",
}
"""Exports of answers that name their tool by their headings, or ask whole questions in them."""


OTHERS = [
    row["file"] for row in MANIFEST if not row["file"].endswith(("dataset.csv", "surgery.csv"))
]


JUDGED = [
    *((file, None) for file in OTHERS),
    (f"{SURVEYXACT}/labels.csv", "friends_and_family"),
    ("redcap_checkboxes.csv", "surveyxact_school"),
    ("typeform_post_2018.csv", "friends_and_family"),
]


@pytest.mark.parametrize(("file", "name"), JUDGED)
def test_a_file_that_is_none_of_these_is_refused_in_a_sentence(
    file: str, name: str | None, tmp_path: Path
) -> None:
    asked_for = () if name is None else ("--mapping", name)
    code, printed = command("check", REAL / file, *asked_for, "--store", tmp_path, "--json")
    judged = json.loads(printed)
    assert code == 1
    blocking = [problem for problem in judged["problems"] if problem["blocking"]]
    codes = {problem["code"] for problem in blocking}
    if SURVEYXACT in file:
        assert codes == {"codebook"}
    elif name is not None:
        assert codes == {"missing_column"}
    elif file in OF_KNOWN_TOOLS:
        # How it would be read is proposed, and nothing is stored before somebody confirms it.
        assert codes == {"proposed_mapping", "needs_value"}
    else:
        assert codes == {"unknown_layout"}
    for problem in blocking:
        assert re.fullmatch(r"[A-ZÆØÅ].*[.?]", problem["sentence"])


def test_nothing_is_stored_of_what_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    # A file without a known layout, one with a proposal, and a survey's list of its words.
    unknown = "norway_population_2020_innlandet_extract.csv"
    files = (unknown, "typeform_espoo.csv", f"{SURVEYXACT}/labels.csv")
    code, printed = command("load", *(REAL / one for one in files), "--store", folder, "--json")
    assert code == 1
    assert all(any(p["blocking"] for p in one["problems"]) for one in json.loads(printed)["files"])
    with store.opened(folder) as opened:
        assert receipts.newest_first(opened) == []
