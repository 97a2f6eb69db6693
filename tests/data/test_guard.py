"""Personal data in a table is refused or dropped, said by place, and never repeated."""

from __future__ import annotations

import dataclasses
import random

import polars as pl

from data import guard
from data.guard import Kept
from data.problems import Problem, about_columns, at_lines
from data.read import Reading, read
from data.workbook import Sheet, SheetSeen

# From the test lists of public validators: nobody's.
BORN = "26111594014"


def test_a_column_gives_away_numbers_however_they_are_written() -> None:
    wide = BORN.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    written = [
        f"{BORN[:2]}.{BORN[2:4]}.{BORN[4:6]} - {BORN[6:]}",
        f"{BORN[:6]}\u200b{BORN[6:]}",
        wide,
    ]
    found = guard.hits(pl.Series([*written, "12.03.2026 - 15.03.2026"]), phones=False)
    assert found["identity_number"].to_list() == [True, True, True, False]


def test_a_column_is_searched_whole_and_telephones_only_where_people_write() -> None:
    cells = pl.Series(["ok", None, f"se {BORN}", "412 34 567", "a@b.no", f"se {BORN}"])
    assert {code: mask.arg_true().to_list() for code, mask in
            guard.hits(cells, phones=True).items()} == {
        "identity_number": [2, 5],
        "phone_number": [3],
        "email_address": [4],
    }  # fmt: skip
    assert set(guard.hits(cells, phones=False)) == {"identity_number", "email_address"}


SAID = (
    *("ok", "12.03.2026", "2026-03-12 14:30", "4", "Ringebu", "æøå – «tid»", "a", None, ""),
    *(BORN, f"se {BORN}", "ring 412 34 567", "41234567", "+47 412 34 567", "0047 41234567"),
    *("a@b.no", "\u200b12", "2,61115940E+10", "26,111,594,014", "2611159401", "@", "12-345678"),
)


def test_a_column_that_is_passed_over_in_a_small_table_is_one_in_which_nothing_would_be_found() -> (
    None
):
    luck = random.Random(20261112)
    columns = {f"^{number}.*$": luck.choices(SAID, k=3) for number in range(300)}
    columns |= {"*": ["ok"] * 3, "^b$": [None] * 3, "x": ["12.03.2026", "Øyer", "4"]}
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    phones = [name for name in columns if luck.random() < 0.5]
    looked_at = guard.suspected(cells, phones)
    packed = guard.suspected(cells.cast(pl.Categorical), phones)
    assert looked_at == packed
    assert not looked_at & {"*", "^b$", "x"}
    assert 50 < len(looked_at) < 300
    for name in set(columns) - looked_at:
        assert guard.hits(cells[name].alias("x"), phones=name in phones) == {}


def test_a_large_table_is_looked_at_column_by_column() -> None:
    cells = pl.DataFrame({"a": ["ok"] * (guard.SMALL_TABLE + 1)})
    assert guard.suspected(cells, ()) == {"a"}
    assert guard.suspected(cells.tail(guard.SMALL_TABLE), ()) == frozenset()


# -- a reading ---------------------------------------------------------------------------------


def reading(text: str) -> Reading:
    return read(text.encode("cp1252"), "fil.csv")


def test_a_hit_in_a_kept_column_is_placed_and_emptied() -> None:
    found = guard.guard(
        reading(f"id;tiltak\n1;skilt\n2;ring {BORN}\n3;skriv a@b.no\n"),
        [Kept("id", False), Kept("tiltak", True)],
    )
    assert found.problems == (
        at_lines("identity_number", [3], column="tiltak"),
        at_lines("email_address", [4], column="tiltak"),
    )
    assert (found.hits, found.is_clean) == (2, False)
    assert found.reading.cells["tiltak"].to_list() == ["skilt", None, None]
    assert found.emptied == {("tiltak", 3), ("tiltak", 4)}


def test_a_column_that_is_not_kept_is_dropped_and_a_hit_in_it_is_said() -> None:
    found = guard.guard(
        reading(f"id;navn;vekt;merknad\n1;Kari;3;ok\n2;Ola;4;{BORN}\n"), [Kept("id", False)]
    )
    assert found.dropped == ("navn", "vekt", "merknad")
    assert found.reading.columns == ("id",)
    assert found.problems == (
        at_lines("dropped_personal_data", [3], column="merknad"),
        *about_columns("dropped_column", ["navn", "merknad"]),
    )


def test_a_mapping_says_what_is_personal_and_what_is_harmless() -> None:
    found = guard.guard(
        reading("id;vekt;Bucket Name\n1;3;a\n"),
        [Kept("id", False)],
        personal={"vekt"},
        harmless={"bucketname"},
    )
    assert found.problems == about_columns("dropped_column", ["vekt"])


def test_a_kept_column_that_says_who_is_refused_unless_the_contract_calls_it_so() -> None:
    text = "navn;antall\nTjenesten;3\n"
    refused = guard.guard(reading(text), [Kept("navn", True), Kept("antall", False)])
    assert refused.problems == (Problem("personal_column", column="navn"),)
    allowed = guard.guard(reading(text), [Kept("navn", True, True), Kept("antall", False)])
    assert (allowed.problems, allowed.is_clean) == ((), True)


def test_personal_data_in_a_heading_is_told_by_the_columns_number() -> None:
    found = guard.guard(reading(f"id;a@b.no\n1;{BORN}\n"), [Kept("id", False)])
    assert Problem("personal_heading", line=1, column="#2") in found.problems
    assert found.dropped == ("#2",)


def test_a_row_that_was_left_out_and_a_file_name_are_looked_at_too() -> None:
    raw = f"Kontakt: a@b.no;;\n;;\nid;tema;antall\n1;x;2\n2;y;3\nSum {BORN};;\n".encode()
    found = guard.guard(read(raw, f"svar {BORN}.csv"), [Kept("id", False)])
    assert at_lines("dropped_personal_data", [1]) in found.problems
    assert Problem("personal_file_name") in found.problems
    assert (found.reading.name, found.reading.left_out[0].text) == ("….csv", "")


def test_a_problem_loses_whatever_is_somebodys() -> None:
    problem = Problem("unknown_layout", found=f"id; {BORN}; a@b.no", nearest="tlf. 412 34 567")
    assert guard.without_traces(problem) == Problem("unknown_layout", found="id; …; …", nearest="…")


def test_a_value_that_is_refused_for_something_else_is_refused_for_being_somebodys() -> None:
    facts = {"column": "status", "kind": "actions", "field": "status"}
    problem = at_lines("unknown_code", [3, 7], found=f"x {BORN}", expected="open;done", **facts)
    assert guard.without_traces(problem) == at_lines("identity_number", [3, 7], column="status")
    several = at_lines("unknown_code", [3, 7], found=f"feito; {BORN}", **facts)
    assert guard.without_traces(several) == at_lines(
        "unknown_code", [3, 7], found="feito; …", **facts
    )


def test_eight_digits_of_a_key_or_a_reference_are_quoted_since_they_may_be_an_id() -> None:
    for field in ("action_id", "municipality"):
        problem = at_lines("unknown_reference", [3], found="41234567", kind="actions", field=field)
        assert guard.without_traces(problem) == problem
    problem = at_lines("unknown_code", [3], found="41234567", kind="actions", field="status")
    assert guard.without_traces(problem) == at_lines("phone_number", [3])


def test_a_telephone_in_a_heading_is_told_by_the_columns_number_and_refused() -> None:
    found = guard.guard(reading("id;Ring 412 34 567;tema\n1;x;y\n"), [Kept("id", False)])
    assert found.problems == (Problem("personal_heading", line=1, column="#2"),)
    assert found.dropped == ("#2", "tema")


def test_a_country_code_gives_a_telephone_away_among_keys_too() -> None:
    found = guard.guard(
        reading("id;tema\n41234567;x\n+47 412 34 567;y\n004741234567;z\n"),
        [Kept("id", False), Kept("tema", True)],
    )
    assert found.problems == (at_lines("phone_number", [3, 4], column="id"),)
    assert found.reading.cells["id"].to_list() == ["41234567", None, None]


def test_a_day_or_a_moment_is_no_telephone_where_telephones_are_looked_for() -> None:
    days = ["12.10.2026", "2026-10-12", "12/31/2026 10:15:00 PM", "2026-10-12T14:30:05.1234567Z"]
    assert guard.hits(pl.Series(days), phones=True) == {}
    assert set(guard.hits(pl.Series(["412-34-567", "41.23.45.67"]), phones=True)) == {
        "phone_number"
    }


def test_a_sheets_name_that_is_somebodys_is_its_number_everywhere() -> None:
    names = ("Svar", f"Svar {BORN}", "Kari a@b.no")
    seen = tuple(SheetSeen(name, name != names[1], 2) for name in names)
    whole = dataclasses.replace(
        reading("id;tema\n1;x\n"),
        sheet=names[1],
        sheets=seen,
        other_sheets=(Sheet(seen[2], [(4, ["", f"x {BORN}"]), (9, ["41234567"])]),),
        problems=(
            Problem("hidden_sheet", sheet=names[2]),
            Problem("several_sheets", expected="; ".join(names), sheet=names[1]),
        ),
    )
    found = guard.guard(whole, [Kept("id", False), Kept("tema", True)])
    assert found.problems == (
        Problem("dropped_personal_data", sheet="#2"),
        at_lines("dropped_personal_data", [4], sheet="#3"),
    )
    passed = found.reading
    assert (passed.sheet, [sheet.name for sheet in passed.sheets]) == ("#2", ["Svar", "#2", "#3"])
    assert passed.problems == (
        Problem("hidden_sheet", sheet="#3"),
        Problem("several_sheets", expected="Svar; #2; #3", sheet="#2"),
    )


def test_a_reading_can_be_shown_without_what_is_somebodys_and_keeps_its_cells() -> None:
    raw = f"Kontakt: a@b.no;;\n;;\nid;{BORN};#2\n1;x;2\n2;y;3\n".encode()
    shown = guard.without_hits(read(raw, "svar 412 34 567.csv"))
    assert (shown.name, shown.columns) == ("….csv", ("id", "##2", "#2"))
    assert shown.cells.columns == ["id", "##2", "#2"]
    assert shown.left_out[0].text == ""
