"""The contracts of the ten kinds of file are whole, agree with themselves, and refuse a bad one."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from data import contract
from data.contract import Column, ContractError, fold

# Written by hand from the description of the files, in its order, so that a column cannot vanish.
COLUMNS = {
    "survey_waves": "wave_id municipality service survey activity_id measurement respondent "
    "sent_on channel asked delivered answered report_on recommendations",
    "survey_answers": "answer_id wave_id question value answered_on",
    "questions": "survey question text role scale topic",
    "actions": "action_id municipality title scope theme source feedback_ids owner_role opened_on "
    "due_on status changed_on done_on closed_on reopened_on users_at_start users_midway "
    "users_at_end influence told_back_on told_back_channel what_changed borrowed_from",
    "activities": "activity_id municipality service kind theme form level initiative starts_on "
    "ends_on tool invited users relatives user_representatives staff leaders deputies partners "
    "facilitator report_on recommendations",
    "feedback": "feedback_id municipality service activity_id wave_id received_on theme kind "
    "recommendation_on leader_answer leader_answered_on reason",
    "seats": "seat_id municipality body_id body body_kind body_from body_to seat_from seat_to "
    "filled_from filled_to recruited_via trained used_service covers_municipalities",
    "goals": "goal_id municipality theme measure baseline aim due_on decided_on decided_by_role "
    "closed_on criterion",
    "municipalities": "municipality_id name joined_on joined_precision is_host capacity "
    "capacity_unit capacity_from tools",
    "services": "service_id municipality name kind active_from active_to fte employees",
}

CODES = {
    ("survey_waves", "measurement"): "same_day half_year other",
    ("survey_waves", "respondent"): "user relative staff",
    ("survey_waves", "channel"): "sms email paper interview",
    ("questions", "role"): "core benefit listened_to what_matters other",
    ("questions", "topic"): "experience information staff_needs",
    ("actions", "scope"): "own cross_municipal",
    ("actions", "theme"): "information one_door low_threshold continuity trust availability "
    "activity non_judgemental work plain_language",
    ("actions", "source"): "survey dialogue_meeting peer_evaluation user_panel deviation "
    "leader_meeting other",
    ("actions", "status"): "open in_progress done told_back closed_no_action",
    ("actions", "influence"): "yes partly no not_assessed",
    ("activities", "kind"): "guidance course dialogue_meeting dialogue_cafe dialogue_conference "
    "peer_evaluation user_panel workshop improvement_team leader_team working_group gathering",
    ("activities", "form"): "physical digital",
    ("activities", "level"): "individual service system",
    ("activities", "initiative"): "KB FACT FIT course sharing",
    ("feedback", "kind"): "change praise",
    ("feedback", "leader_answer"): "yes partly no",
    ("seats", "body_kind"): "improvement_team leader_team working_group user_panel "
    "steering_group other",
    ("seats", "recruited_via"): "organisation open_call known_to_service panel other",
    ("goals", "theme"): "ordinary_operations user_representation dialogue_meetings "
    "surveys_for_development",
    ("goals", "criterion"): "need_communicated organisation_decided areas_decided "
    "conditions_secured results_asked_for",
    ("municipalities", "joined_precision"): "year month day",
    ("municipalities", "capacity_unit"): "fte headcount",
}

KEYS = {
    "survey_waves": ("wave_id",),
    "survey_answers": ("answer_id", "question"),
    "questions": ("survey", "question"),
    "actions": ("action_id",),
    "activities": ("activity_id", "municipality"),
    "feedback": ("feedback_id",),
    "seats": ("seat_id", "filled_from"),
    "goals": ("goal_id",),
    "municipalities": ("municipality_id",),
    "services": ("service_id",),
}

EVERY_KIND = pytest.mark.parametrize("kind", contract.all_kinds())


@EVERY_KIND
def test_every_contract_has_the_columns_of_its_kind_in_order(kind: str) -> None:
    assert contract.load(kind).column_names == tuple(COLUMNS[kind].split())


def test_every_kind_is_described_here() -> None:
    assert set(contract.all_kinds()) == set(COLUMNS) == set(KEYS)
    assert {path.stem for path in contract.FOLDER.glob("*.toml")} == set(COLUMNS)


@pytest.mark.parametrize(("place", "codes"), CODES.items())
def test_every_coded_column_allows_the_described_codes(place: tuple[str, str], codes: str) -> None:
    kind, name = place
    column = contract.load(kind).column(name)
    assert [value.code for value in column.values] == codes.split()


@EVERY_KIND
def test_every_key_is_the_described_one(kind: str) -> None:
    assert contract.load(kind).key == KEYS[kind]


def test_what_a_new_file_does_and_how_needed_a_kind_is() -> None:
    kinds = {kind: contract.load(kind) for kind in contract.all_kinds()}
    assert {kind for kind, it in kinds.items() if it.replaces == "list"} == {
        "actions", "feedback", "seats", "goals", "services",
    }  # fmt: skip
    assert {kind for kind, it in kinds.items() if it.tier == "core"} == {
        "survey_waves", "survey_answers", "actions",
    }  # fmt: skip
    assert {kind for kind, it in kinds.items() if it.tier == "reference"} == {
        "municipalities", "services",
    }  # fmt: skip
    assert {kind for kind, it in kinds.items() if it.is_monthly} == {
        "survey_waves", "survey_answers", "actions", "activities", "feedback",
    }  # fmt: skip


@EVERY_KIND
def test_every_monthly_kind_knows_its_month_and_its_municipality(kind: str) -> None:
    it = contract.load(kind)
    if it.is_monthly and it.follows is None:
        assert it.dated_by is not None
        assert it.column(it.dated_by).is_required
        assert it.municipality_column is not None
    if it.follows is not None:
        assert it.column(it.follows).is_required
        assert it.column(it.follows).refers_to is not None


def test_questions_and_answers_have_no_municipality_of_their_own() -> None:
    without = {k for k in contract.all_kinds() if contract.load(k).municipality_column is None}
    assert without == {"questions", "survey_answers"}
    assert contract.load("municipalities").municipality_column == "municipality_id"


@EVERY_KIND
def test_no_heading_means_two_columns_however_it_is_spelt(kind: str) -> None:
    owner: dict[str, str] = {}
    for column in contract.load(kind).columns:
        for heading in column.headings:
            assert fold(heading), f"{heading!r} of {column.name} folds to nothing"
            assert owner.setdefault(fold(heading), column.name) == column.name


@EVERY_KIND
def test_no_alias_repeats_what_folding_already_finds(kind: str) -> None:
    for column in contract.load(kind).columns:
        folded = [fold(text) for text in (column.heading, *column.aliases)]
        assert len(folded) == len(set(folded)), column.name


@EVERY_KIND
def test_no_synonym_repeats_what_folding_already_finds(kind: str) -> None:
    for column in contract.load(kind).columns:
        for value in column.values:
            known = {fold(text) for text in (*value.words.values(), value.code)}
            synonyms = [fold(text) for text in value.also]
            assert len(known | set(synonyms)) == len(known) + len(synonyms), value.code


@EVERY_KIND
def test_no_word_means_two_values_however_it_is_spelt(kind: str) -> None:
    for column in contract.load(kind).columns:
        for value in column.values:
            for text in value.texts:
                assert column.code_for(text.upper()) == value.code


@EVERY_KIND
def test_every_text_is_there_in_three_languages(kind: str) -> None:
    it = contract.load(kind)
    texts = [it.name, it.meaning]
    for column in it.columns:
        texts += [column.meaning, *(value.words for value in column.values)]
    for words in texts:
        assert set(words) == set(contract.LANGUAGES)
        assert all(text.strip() == text != "" for text in words.values()), words
    for words in (it.meaning, *(column.meaning for column in it.columns)):
        assert all(text.endswith(".") for text in words.values()), words


@EVERY_KIND
def test_no_column_asks_for_a_person(kind: str) -> None:
    # Exact headings by which exports of survey and planning tools carry who somebody is.
    persons = {
        fold(heading)
        for heading in (
            "navn", "namn", "fornavn", "etternavn", "e-post", "email", "telefon", "mobil",
            "fødselsdato", "fødselsnummer", "personnummer", "adresse", "Assigned To",
            "Tilordnet til", "Assignee", "Completed By", "Created By", "IP address", "ansvarlig",
        )
    }  # fmt: skip
    for column in contract.load(kind).columns:
        aliases = {fold(heading) for heading in (column.heading, *column.aliases)}
        assert not aliases & persons, column.name


def test_columns_where_people_write_their_own_words_say_so() -> None:
    typed = {
        (kind, column.name)
        for kind in contract.all_kinds()
        for column in contract.load(kind).columns
        if column.is_free_text
    }
    assert typed == {
        ("actions", "title"),
        ("actions", "owner_role"),
        ("actions", "told_back_channel"),
        ("actions", "what_changed"),
        ("activities", "partners"),
        ("activities", "facilitator"),
        ("feedback", "reason"),
        ("seats", "body"),
        ("goals", "measure"),
        ("goals", "decided_by_role"),
        ("questions", "text"),
    }


def test_the_same_ten_themes_stand_in_every_file_and_may_be_extended() -> None:
    columns = [
        contract.load(kind).column("theme") for kind in ("actions", "activities", "feedback")
    ]
    assert all(column.is_extensible for column in columns)
    assert columns[0].values == columns[1].values == columns[2].values
    assert not contract.load("goals").column("theme").is_extensible


def test_an_answer_may_be_a_number_or_a_code_but_never_a_sentence() -> None:
    pattern = contract.load("survey_answers").column("value").pattern
    assert pattern is not None
    for fits in ("4", "4,5", "-1", "0.25", "ja", "ikke_vurdert", "A2", "Nøytral"):
        assert re.fullmatch(pattern, fits), fits
    for does_not in ("Jeg fikk god hjelp", "91234567", "12 34", "navn@eksempel.no", "ja."):
        assert not re.fullmatch(pattern, does_not), does_not


# What Planner, Jira, Trello and Asana write, and what coordinators do.
STATUSES = {
    "open": "Not started|Ikke startet|Ikkje starta|To do|TO DO|Å gjøre|a gjore|Backlog|Åpent|apent",
    "in_progress": "In progress|In Progress|Pågår|pagar|paagaar|Doing|i gang|påbegynt|in_progress",
    "done": "Completed|Fullført|fullfort|fullfoert|Done|Ferdig|FERDIG|gjennomført",
    "told_back": "tilbakemeldt|Tilbakemeldt til brukerne|told_back",
    "closed_no_action": "Avsluttet uten tiltak|avslutta utan tiltak|Won't Do|ikke aktuelt",
}


@pytest.mark.parametrize(("code", "texts"), STATUSES.items())
def test_what_planning_tools_write_for_status_is_understood(code: str, texts: str) -> None:
    status = contract.load("actions").column("status")
    assert {text: status.code_for(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), code
    )


@pytest.mark.parametrize("text", ["feito", "lukket", "Closed", "", "  ", "2/7"])
def test_a_status_that_could_mean_two_things_or_nothing_is_not_guessed(text: str) -> None:
    assert contract.load("actions").column("status").code_for(text) is None


@pytest.mark.parametrize("text", ["halvt_aar", "halvt år", "HALVT_AAR", "T6", "6 mnd"])
def test_half_a_year_is_understood_with_and_without_the_norwegian_letters(text: str) -> None:
    assert contract.load("survey_waves").column("measurement").code_for(text) == "half_year"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tiltaks-ID", "tiltaks_id"),
        ("Åpnet", "aapnet"),
        ("Åpnet", "apnet"),
        ("Spørsmål", "sporsmal"),
        ("Spørsmål", "spoersmaal"),
        ("Sør-Fron", "SOER FRON"),
        ("Pårørende", "paaroerende"),
        ("kafé", "Kafe"),
        ("Frist (dato):", "frist dato"),
        ("påverknad", "pa\u030averknad"),  # å as two signs, as a Mac writes it
        ("væremåte", "vaeremaate"),
        ("dag\u00a0én", "DAG EN"),
    ],
)
def test_spelling_does_not_separate_headings(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("frist", "fristen"), ("T0", "T6"), ("v_1_1", "v_1_2"), ("noe", "no"), ("åpnet", "opnet")],
)
def test_what_differs_in_more_than_spelling_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_heading_of_signs_alone_folds_to_nothing() -> None:
    assert fold("#") == fold(" – ") == fold("") == ""


def test_words_for_yes_and_no_are_folded_and_apart() -> None:
    words = contract.TRUE_WORDS | contract.FALSE_WORDS
    assert {fold(word) for word in words} == words
    assert not contract.TRUE_WORDS & contract.FALSE_WORDS
    assert {"ja", "x", "1", "true", "sann"} <= contract.TRUE_WORDS
    assert {"nei", "0", "false", "usann"} <= contract.FALSE_WORDS


def _as_typed(column: Column, text: str) -> object:
    """What a coordinator's text means, read the plain way, or None when it does not fit."""
    if column.type == "date":
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    if column.type in ("integer", "number"):
        share = text.endswith("%")
        number = float(text.removesuffix("%").strip().replace(",", ".")) / (100 if share else 1)
        assert column.type == "number" or number.is_integer()
        assert column.minimum is None or number >= column.minimum
        assert column.maximum is None or number <= column.maximum
        return number
    if column.type == "boolean":
        assert fold(text) in contract.TRUE_WORDS | contract.FALSE_WORDS
        return fold(text) in contract.TRUE_WORDS
    if column.type == "code":
        return column.code_for(text)
    if column.type == "list":
        return re.split("[" + re.escape("".join(contract.LIST_SEPARATORS)) + "]", text)
    return text if column.pattern is None or re.fullmatch(column.pattern, text) else None


@EVERY_KIND
def test_every_cell_of_the_example_row_is_valid(kind: str) -> None:
    it = contract.load(kind)
    assert set(it.example) == set(it.column_names), "an empty cell is written as one"
    typed = {
        column.name: _as_typed(column, it.example[column.name])
        for column in it.columns
        if it.example[column.name]
    }
    assert None not in typed.values(), typed
    for column in it.columns:
        for earlier in column.not_before:
            if column.name in typed and earlier in typed:
                assert str(typed[column.name]) >= str(typed[earlier]), column.name
        for larger in column.not_above:
            if column.name in typed and larger in typed:
                assert float(str(typed[column.name])) <= float(str(typed[larger])), column.name
        if column.is_past and column.name in typed:
            assert isinstance(typed[column.name], date)


@EVERY_KIND
def test_an_example_that_refers_to_another_kind_names_its_example(kind: str) -> None:
    for column in contract.load(kind).columns:
        text = contract.load(kind).example[column.name]
        if column.refers_to == "municipalities" and text:
            assert text == contract.load("municipalities").example["name"]
        elif column.refers_to and text:
            other = contract.load(column.refers_to)
            assert text == other.example[other.key[0]]


GOOD = """
key = ["goal_id"]
tier = "supporting"
replaces = "list"
name = { nb = "Mål", nn = "Mål", en = "Goals" }
meaning = { nb = "Mål.", nn = "Mål.", en = "Goals." }
example = { goal_id = "1" }

[[column]]
name = "goal_id"
type = "text"
required = true
heading = "mål_id"
meaning = { nb = "Nummer.", nn = "Nummer.", en = "Number." }

[[column]]
name = "theme"
type = "code"
heading = "tema"
values.a = { nb = "drift", nn = "drift", en = "operations" }
values.b = { nb = "møte", nn = "møte", en = "meeting" }
meaning = { nb = "Tema.", nn = "Tema.", en = "Theme." }

[[column]]
name = "due_on"
type = "date"
heading = "frist"
meaning = { nb = "Frist.", nn = "Frist.", en = "Due." }
"""

BAD = [
    ("key = [", "key = [[", "goals.toml: Unclosed array"),
    ('key = ["goal_id"]', 'key = ["goal"]', "goals.toml: goal is named but is no column"),
    ('key = ["goal_id"]', "key = []", "goals.toml: a key is needed, and its first column is"),
    ('"supporting"', '"extra"', "goals.toml: tier 'extra' is unknown"),
    ('"list"', '"all"', "goals.toml: replaces 'all' is unknown"),
    ("tier =", "colour = 1\ntier =", "goals.toml: unknown keys colour"),
    ("tier =", 'dated_by = "x_on"\ntier =', "goals.toml: x_on is named but is no column"),
    (', en = "Goals" }', " }", "goals.toml: a text is needed in each of nb, nn, en"),
    ('nn = "Tema."', 'nn = ""', "goals.toml, column theme: a text is needed in each of"),
    ('{ goal_id = "1" }', "{}", "goals.toml: the example lacks goal_id"),
    ('{ goal_id = "1" }', '{ goal_id = "1", x = "" }', "goals.toml: x is named but is no column"),
    ('type = "date"', 'type = "day"', "goals.toml, column due_on: type 'day' is none of"),
    ('type = "date"', 'type = "code"', "goals.toml, column due_on: a code column lists its"),
    ('type = "date"', 'type = "number"', "goals.toml, column due_on: a number says its unit"),
    ('type = "code"', 'type = "text"', "goals.toml, column theme: values is for code columns"),
    ('heading = "frist"', 'heading = ""', "goals.toml, column due_on: a heading is needed"),
    ('heading = "frist"', 'heading = "Maal-ID"', "'Maal-ID' means both goal_id and due_on"),
    ('heading = "frist"', 'heading = "frist"\npsat = true', "column due_on: unknown keys psat"),
    (
        'heading = "frist"',
        'heading = "frist"\nfree_text = true',
        "column due_on: free_text is for text and list columns only",
    ),
    (
        'heading = "frist"',
        'heading = "frist"\nnot_before = ["begun_on"]',
        "goals.toml, column due_on: begun_on is named but is no column",
    ),
    (
        'heading = "mål_id"',
        'heading = "mål_id"\npattern = "["',
        "goals.toml, column goal_id: the pattern cannot be read",
    ),
    (
        'heading = "mål_id"',
        'heading = "mål_id"\nrefers_to = "people"',
        "goals.toml, column goal_id: refers_to 'people' is no kind of file",
    ),
    ('"meeting" }', '"meeting", also = ["DRIFT"] }', "'DRIFT' means both a and b"),
    ('"meeting" }', '"meeting", alos = ["x"] }', "theme, value b: unknown keys alos"),
    ('name = "due_on"', 'name = "theme"', "goals.toml: two columns have the same name"),
]


def test_a_small_contract_that_agrees_with_itself_is_read(tmp_path: Path) -> None:
    path = tmp_path / "goals.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert contract.read(path).column_names == ("goal_id", "theme", "due_on")


@pytest.mark.parametrize(("was", "becomes", "message"), BAD)
def test_a_contract_that_contradicts_itself_is_refused_by_name(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    assert was in GOOD
    path = tmp_path / "goals.toml"
    path.write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=re.escape(message)) as refusal:
        contract.read(path)
    assert str(refusal.value).startswith("goals.toml")


def test_a_kind_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(ContractError, match="'persons' is no kind of file"):
        contract.load("persons")


def test_a_kind_is_known_by_its_name_in_every_language_and_by_its_code() -> None:
    names = contract.kinds_by_name()
    assert names["tiltak"] == names["actions"] == "actions"
    assert set(names.values()) == set(contract.all_kinds())
