"""A reading seen through a mapping becomes rows of text per kind."""

from __future__ import annotations

from typing import Any

from data.mapping import NO_NUMBER
from data.mapping_tables import from_table
from data.problems import Problem, at_lines
from data.read import Choices, read
from data.rows import Rows, rows

TEXT = """id;sted;tid;svar;ferdig;egne ord
1;A;2/7/2026;bra;1;x
2;A;2/8/2026;;1;y
3;B;3/1/2026;vet ikke;0;z
4;B;3/2/2026;2;1;w
"""


def seen(gives: list[dict[str, Any]], text: str = TEXT, **more: Any) -> Rows:
    values = more.pop("values", {})
    table: dict[str, Any] = {
        "name": "prøve",
        "known_by": ["id"],
        "dates": "mdy",
        "survey": "skjema",
        "scales": {"s": {"numbers": {"bra": 2, "dårlig": 1}, "without_number": ["Vet ikke"]}},
        "question": [
            {"column": "svar", "code": "q", "text": "Hvordan?", "role": "core", "scale": "s"}
        ],
        "gives": gives,
    }
    reading = read(text.encode(), "fil.csv")
    return rows(reading, from_table(table | more), Choices(values=values))


def listed(found: Rows, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    return found.tables[kind].select(*columns).rows()


ANSWERS = {
    "kind": "survey_answers",
    "columns": {
        "answer_id": {"template": "{sted} {tid:month} {line}"},
        "wave_id": {"template": "{sted} {tid:month}"},
    },
}

SAID = (
    at_lines("without_number", [4], column="svar", found="Vet ikke"),
    at_lines("without_answers", [3], of=4),
)
"""What is told of TEXT itself, and stored so."""


def test_a_wide_cell_becomes_an_answer_and_an_empty_one_none() -> None:
    found = seen([ANSWERS])
    assert listed(found, "survey_answers", "answer_id", "wave_id", "question", "value", "line") == [
        ("A 2026-02 2", "A 2026-02", "q", "2", 2),
        # Line 3 is not answered.
        ("B 2026-03 4", "B 2026-03", "q", NO_NUMBER, 4),  # "vet ikke" is an answer
        ("B 2026-03 5", "B 2026-03", "q", "2", 5),  # a number of the scale means itself
    ]
    assert (found.without_number, found.problems) == (1, SAID)


def test_answers_named_by_their_line_replace_their_whole_waves() -> None:
    assert seen([ANSWERS]).whole_waves == ("A 2026-02", "B 2026-03")
    by_id = {**ANSWERS, "columns": {"answer_id": {"column": "id"}, "wave_id": {"column": "sted"}}}
    assert seen([by_id]).whole_waves == ()


def test_an_answer_off_the_scale_is_told_and_own_words_are_never_quoted() -> None:
    long = "Jeg synes det var altfor lite tid til å snakke sammen"
    found = seen([ANSWERS], TEXT.replace("bra", "middels").replace("vet ikke", long))
    assert found.problems == (
        at_lines("own_words", [4], column="svar"),
        at_lines("not_on_scale", [2], column="svar", found="middels",
                 expected="bra; dårlig; Vet ikke"),
        SAID[1],
    )  # fmt: skip


def test_a_question_without_a_column_is_told() -> None:
    found = seen([ANSWERS], TEXT.replace("svar;ferdig", "annet;ferdig"))
    assert Problem("absent_question", column="svar") in found.problems
    assert found.tables["survey_answers"].is_empty()


def test_many_rows_become_one_by_the_contracts_key() -> None:
    found = seen(
        [
            {
                "kind": "survey_waves",
                "distinct": True,
                "columns": {
                    "wave_id": {"column": "sted"},
                    "municipality": {"constant": "3439"},
                    "sent_on": {"month_of": "tid"},
                    "report_on": {"first": "tid"},
                    "channel": {"last": "svar"},
                    "asked": {"count": True},
                    "answered": {"count": True, "where": {"column": "ferdig", "is": ["1"]}},
                    "delivered": {"count": True, "where": {"column": "svar"}},
                },
            }
        ]
    )
    columns = ("wave_id", "municipality", "sent_on", "report_on", "channel", "asked", "answered",
               "delivered", "line")  # fmt: skip
    assert listed(found, "survey_waves", *columns) == [
        ("A", "3439", "2026-02-01", "2/7/2026", None, "2", "2", "1", 2),
        ("B", "3439", "2026-03-01", "3/1/2026", "2", "2", "1", "2", 4),
    ]


def test_rows_of_one_thing_that_do_not_agree_are_told() -> None:
    found = seen(
        [
            {
                "kind": "services",
                "distinct": True,
                "columns": {"service_id": {"column": "sted"}, "name": {"column": "id"}},
            }
        ]
    )
    (first, *_) = found.problems
    assert (first.code, first.column, first.lines) == ("varying_value", "id", (2, 4))


def test_only_rows_that_fit_are_taken() -> None:
    found = seen([{**ANSWERS, "where": {"column": "ferdig", "is": ["1"]}}])
    assert found.tables["survey_answers"]["line"].to_list() == [2, 5]


def test_words_of_the_tool_become_words_of_the_contract_and_dates_refine_them() -> None:
    found = seen(
        [
            {
                "kind": "actions",
                "columns": {
                    "action_id": {"column": "id"},
                    "status": {
                        "column": "ferdig",
                        "words": {"1": "done", "0": "open"},
                        "refine": [{"value": "done", "filled": "svar", "then": "told_back"}],
                    },
                },
            }
        ]
    )
    assert [status for (status,) in listed(found, "actions", "status")] == [
        "told_back", "done", "open", "told_back",
    ]  # fmt: skip


def test_a_value_that_is_asked_for_comes_from_the_uploader_or_is_a_question() -> None:
    asked = {**ANSWERS, "columns": {"answer_id": {"column": "id"}, "wave_id": {"ask": "wave_id"}}}
    assert Problem("needs_value", field="wave_id") in seen([asked]).problems
    found = seen([asked], values={"wave_id": "U-1"})
    assert found.problems == SAID
    assert set(found.tables["survey_answers"]["wave_id"]) == {"U-1"}


def test_a_month_that_cannot_be_read_is_told_once() -> None:
    found = seen([ANSWERS], TEXT.replace("3/1/2026", "11/abr/26"))
    wrong = at_lines("not_a_date", [4], column="tid", found="11/abr/26")
    assert found.problems == (wrong, *SAID)


def test_the_questions_of_the_mapping_are_rows_themselves() -> None:
    found = seen([{"kind": "questions"}])
    assert listed(found, "questions", "survey", "question", "role", "scale") == [
        ("skjema", "q", "core", "bra=2; dårlig=1; Vet ikke="),
    ]


def test_messages_know_the_heading_in_the_file() -> None:
    found = seen([ANSWERS])
    assert found.headings["survey_answers", "answer_id"] == "sted"
    assert found.headings["survey_answers", "value"] == "svar"
