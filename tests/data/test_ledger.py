"""Equal facts are equal text, days are written as days, and what has no place is a fault."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import ledger


def test_facts_are_written_sorted_in_full_letters_with_days_in_iso_form() -> None:
    facts = {
        "to": dt.date(2026, 10, 1),
        "en": "Øyer",
        "tre": frozenset({"b", "a"}),
        "fire": ("b", "a"),
    }
    assert ledger.written(facts) == (
        '{"en": "Øyer", "fire": ["b", "a"], "to": "2026-10-01", "tre": ["a", "b"]}'
    )


def test_a_moment_keeps_its_time() -> None:
    moment = dt.datetime.fromisoformat("2026-11-10T09:12:30")
    assert ledger.written({"at": moment}) == '{"at": "2026-11-10T09:12:30"}'


def test_what_has_no_place_in_the_ledger_is_a_fault_in_the_program() -> None:
    with pytest.raises(TypeError, match="object has no place"):
        ledger.written({"x": object()})


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), plain))
def test_plain_facts_come_back_as_they_were_and_their_order_does_not_matter(
    facts: dict[str, object],
) -> None:
    text = ledger.written(facts)
    assert json.loads(text) == facts
    assert ledger.written(dict(reversed(facts.items()))) == text


# From the test lists of public validators: nobody's.
BORN = "26111594014"


@pytest.mark.parametrize(
    ("subject", "facts"),
    [
        (BORN, {}),
        (None, {"text": f"Ring {BORN} i dag"}),
        (None, {"text": "Ring 412 34 567"}),
        (None, {"reason": "skriv til a@b.no"}),
        (None, {"gives": [{"columns": {"tittel": {"columns": [f"x {BORN}"]}}}]}),
        (None, {"answers": {"a@b.no": 1}}),
        (None, {"name": "41234567"}),
        (None, {"constants": {"actions.title": "+47 412 34 567"}}),
    ],
)
def test_what_is_somebodys_is_found_wherever_it_stands_in_an_entry(
    subject: str | None, facts: dict[str, object]
) -> None:
    assert ledger.holds_personal_data(subject, facts)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"text": "Vedtatt 12.10.2026 i sak 7/26", "month": dt.date(2026, 10, 1)},
        {"row_key": "41234567"},  # an id, as far as anybody can tell
        {"sha256": BORN * 6, "kept_sha256": BORN, "left_sha256": BORN},
        {"rows": {"actions": 26111594014}},
        {"covers": [["actions", "3439", "2026-10-01"]]},
    ],
)
def test_days_ids_and_hashes_are_nobodys(facts: dict[str, object]) -> None:
    assert not ledger.holds_personal_data("3439:2026-10", facts)
