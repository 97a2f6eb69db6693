"""A mapping is read from a table, says what it needs, and is refused when it contradicts itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data import contract, mapping_tables
from data.mapping import Mapping, MappingError, Source
from data.mapping_tables import from_table

SMALL: dict[str, Any] = {
    "name": "liten",
    "tool": "eksempel",
    "known_by": ["when", "mark"],
    "columns": {"when": ["Tid", "Time"]},
    "dates": "mdy",
    "scales": {"s": {"numbers": {"bra": 2, "dårlig": 1}, "without_number": ["vet ikke"]}},
    "question": [{"column": "mark", "code": "q1", "text": "Hvordan?", "scale": "s"}],
    "gives": [
        {
            "kind": "survey_answers",
            "where": {"column": "done", "is": ["1"]},
            "columns": {
                "answer_id": {"template": "{where} {line}"},
                "wave_id": {"ask": "wave_id"},
                "answered_on": {"column": "when"},
            },
        }
    ],
}


@pytest.mark.parametrize("shipped", mapping_tables.shipped(), ids=lambda one: one.name)
def test_a_shipped_mapping_survives_the_way_through_the_store(shipped: Mapping) -> None:
    assert from_table(mapping_tables.as_table(shipped)) == shipped


@pytest.mark.parametrize("shipped", mapping_tables.shipped(), ids=lambda one: one.name)
def test_a_shipped_mapping_gives_every_required_column(shipped: Mapping) -> None:
    for one in shipped.gives:
        held = contract.load(one.kind)
        made_of_questions = {"question", "value"} if one.kind == "survey_answers" else set()
        if one.kind == "questions" and not one.columns:
            made_of_questions = set(held.column_names)
        required = {column.name for column in held.columns if column.is_required}
        assert required <= set(one.columns) | made_of_questions


def test_shipped_mappings_have_names_of_their_own() -> None:
    names = [one.name for one in mapping_tables.shipped()]
    assert len(set(names)) == len(names)


def test_a_mapping_says_what_it_looks_at_asks_for_and_sets() -> None:
    made = from_table(SMALL)
    assert made.looks_at() == ("done", "where", "when", "mark")
    assert made.asks_for() == ("wave_id",)
    assert made.kinds == ("survey_answers",)
    assert from_table(
        {"name": "x", "gives": [{"kind": "services", "columns": {"kind": {"constant": "other"}}}]}
    ).constants() == {"services.kind": "other"}


def test_a_column_is_found_by_any_of_its_headings_whatever_the_spelling() -> None:
    made = from_table(SMALL)
    assert made.find("when", ["MARK", "TIME"]) == "TIME"
    assert made.find("mark", ["MARK", "TIME"]) == "MARK"
    assert made.find("when", ["dato"]) is None
    assert made.fits(["tid", "Mark", "annet"])
    assert not made.fits(["tid"])


def test_a_scale_is_written_as_the_contract_writes_it() -> None:
    assert from_table(SMALL).scales["s"].written() == "bra=2; dårlig=1; vet ikke="


def test_a_source_knows_the_columns_of_its_template() -> None:
    assert Source("template", "{a} {tid:month}-{line}").columns == ("a", "tid")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "unknown keys colour"),
        ({"dates": "ymd"}, "neither dmy nor mdy"),
        ({"gives": [{"kind": "weather"}]}, "'weather' is no kind"),
        ({"gives": [{"kind": "services", "columns": {"x": {"column": "a"}}}]}, "no column x"),
        ({"gives": [{"kind": "services", "columns": {"name": {"guess": "a"}}}]}, "a source is one"),
        (
            {"gives": [{"kind": "services", "columns": {"name": {"template": "{a:year}"}}}]},
            "a template knows",
        ),
        ({"question": [{"column": "a", "code": "q", "text": "?", "scale": "z"}]}, "no scale z"),
        ({"question": [{"column": "a", "colour": "q"}]}, "colour"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused_by_name(
    change: dict[str, Any], says: str
) -> None:
    with pytest.raises(MappingError, match=says) as refused:
        from_table(SMALL | change)
    assert str(refused.value).startswith("liten")


def test_the_steps_of_a_scale_keep_their_order_in_the_store() -> None:
    (forms,) = [one for one in mapping_tables.shipped() if one.name == "evaluering_forms"]
    kept = json.loads(json.dumps(mapping_tables.as_table(forms), sort_keys=True))
    written = {
        name: scale.written() for name, scale in mapping_tables.from_table(kept).scales.items()
    }
    assert written == {name: scale.written() for name, scale in forms.scales.items()}
