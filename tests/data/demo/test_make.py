from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from data import acts, people
from data.contract import all_kinds
from data.demo import make, places, story
from data.people import Person

MOST_FILES, MOST_BYTES = 110, 3_000_000


def bytes_of(file: str) -> bytes:
    return (make.FOLDER / make.FILES / file).read_bytes()


# -- the generator ---------------------------------------------------------------------------


def test_making_it_again_gives_the_same_bytes_and_what_is_no_longer_made_does_not_stay(tmp_path):
    old = tmp_path / make.FILES / "2026-01" / "old.csv"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"a;b\r\n")
    written = make.write(tmp_path)
    assert not old.exists()
    there = {path.relative_to(tmp_path): path.read_bytes() for path in written}
    kept = [make.FOLDER / make.EVENTS, *(make.FOLDER / make.FILES).rglob("*")]
    assert there == {
        path.relative_to(make.FOLDER): path.read_bytes() for path in kept if path.is_file()
    }


def test_the_files_are_few_and_small(lived):
    files = [path for path in (make.FOLDER / make.FILES).rglob("*") if path.is_file()]
    assert len(files) <= MOST_FILES
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    named = {entry["file"] for entry in lived.entries if "file" in entry}
    assert {path.relative_to(make.FOLDER / make.FILES).as_posix() for path in files} == named


# -- every file, in the dialect it was delivered in ------------------------------------------


def test_every_file_is_read_recognised_and_checked_without_a_problem(lived):
    # Columns that are never kept and the sheet that was chosen are said, and stop nothing.
    said = {"dropped_column", "sheet_chosen"}
    for file, intake in lived.intakes.items():
        assert [problem for problem in intake.problems if problem.code not in said] == [], file
        assert not intake.blocking
    assert {kind for kind, rows in lived.rows.items() if rows} == set(all_kinds())


def test_every_file_is_read_by_the_mapping_that_the_events_name(lived):
    for entry in lived.entries:
        if "file" in entry:
            mapping = lived.intakes[entry["file"]].mapping
            assert mapping is not None
            assert entry.get("mapping", mapping.name) == mapping.name
            assert ("mapping" in entry) == (mapping.tool != "template")


def test_the_dialects_that_people_deliver_are_all_there(lived):
    seen = {(one.reading.encoding, one.reading.delimiter) for one in lived.intakes.values()}
    assert seen >= {
        ("windows-1252", ";"),
        ("utf-8-sig", ";"),
        ("utf-8-sig", ","),
        ("utf-8", ","),
        ("utf-16-le", "\t"),
        (None, None),
    }


@pytest.mark.parametrize("name", ["2026-10/svar_surveyxact_2026-10.csv"])
def test_surveyxact_writes_codes_in_windows_1252(lived, name):
    text = bytes_of(name).decode("cp1252")
    assert text.startswith("respid;utsending;kommune;s_1;")
    assert "Øyer" in text
    assert lived.intakes[name].reading.encoding == "windows-1252"


def test_forms_writes_month_before_day_and_columns_for_persons_that_are_dropped(lived):
    name = "2026-10/svar_forms_2026-10.csv"
    rows = list(csv.DictReader(io.StringIO(bytes_of(name).decode("utf-8-sig"))))
    assert {row["E-postadresse"] for row in rows} == {"anonymous"}
    assert {row["Navn"] for row in rows} == {""}
    assert "10/31/2026 23:59" in {row["Fullføringstidspunkt"] for row in rows}
    assert {"E-postadresse", "Navn"} <= set(lived.intakes[name].dropped_columns)


def test_planner_writes_a_workbook_of_texts_whose_tasks_are_not_on_the_first_sheet(lived):
    name = "2026-10/tiltak_sor-fron_2026-10.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(name)))
    assert book.sheetnames == ["Plan", "Tasks"]
    cells = [cell for row in book["Tasks"].iter_rows(values_only=True) for cell in row]
    assert {type(cell) for cell in cells} <= {str, type(None)}
    assert lived.intakes[name].reading.sheet == "Tasks"
    assert lived.intakes[name].constants == {"actions.municipality": "3438"}
    with zipfile.ZipFile(io.BytesIO(bytes_of(name))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}


def test_norwegian_excel_writes_semicolons_at_line_ends_decimal_commas_and_a_separator_line():
    actions = bytes_of("2026-10/tiltak_lillehammer_2026-10.csv").decode("cp1252").splitlines()
    assert all(line.endswith(";") for line in actions)
    assert "2,8" in bytes_of("historie/tjenester_2023-2025.csv").decode("cp1252")
    assert bytes_of("historie/verv_2023-2025.csv").startswith(b"sep=;\r\n")


def test_a_list_that_did_not_change_is_the_same_file_for_another_month(lived):
    goals = [entry for entry in lived.entries if "maal" in entry.get("file", "")]
    assert len({entry["file"] for entry in goals}) < len(goals)
    assert len({entry["covers"]["first"] for entry in goals}) == len(goals)


# -- what is true, and what nobody may find --------------------------------------------------


def test_the_municipalities_are_the_real_ones(lived):
    found = {row["municipality_id"]: row for row in lived.rows["municipalities"]}
    assert {number: row["name"] for number, row in found.items()} == {
        "3405": "Lillehammer",
        "3441": "Gausdal",
        "3440": "Øyer",
        "3439": "Ringebu",
        "3438": "Sør-Fron",
        "3436": "Nord-Fron",
    }
    joined = {row["name"]: (row["joined_on"], row["joined_precision"]) for row in found.values()}
    first = (dt.date(2014, 1, 1), "year")
    second = (dt.date(2018, 11, 1), "month")
    assert joined == {
        "Lillehammer": first,
        "Øyer": first,
        "Gausdal": first,
        "Ringebu": first,
        "Sør-Fron": second,
        "Nord-Fron": second,
    }
    assert [row["name"] for row in found.values() if row["is_host"]] == ["Lillehammer"]
    sizes = {row["name"]: (row["capacity"], row["capacity_unit"]) for row in found.values()}
    assert sizes["Sør-Fron"] == (2.8, "fte")
    assert sizes["Lillehammer"] == (60, "headcount")


def test_capacities_that_no_document_gives_are_marked_as_invented():
    real = {place.name for place in places.PLACES if not place.is_capacity_invented}
    assert real == {"Lillehammer", "Sør-Fron"}


def test_nothing_in_a_kept_column_looks_like_a_person(lived):
    # The guard says so by a problem; here it is asked about every file, in its own words.
    codes = {problem.code for one in lived.intakes.values() for problem in one.problems}
    assert not {code for code in codes if "personal" in code or "identity" in code}


def test_titles_are_many_and_owners_are_roles(lived):
    actions = lived.rows["actions"]
    assert len({row["title"] for row in actions}) >= 40
    owners = {row["owner_role"] for row in actions}
    assert len(owners) <= 10
    assert all(owner == owner.lower().replace("nav", "NAV") for owner in owners)


# -- deliveries and acts ---------------------------------------------------------------------


def test_everything_happens_in_the_order_of_time_and_nothing_after_the_last_day(lived):
    times = [entry["at"] for entry in lived.entries]
    assert times == sorted(times)
    assert times[0].date() == story.HISTORY_DAY
    assert times[-1].date() <= story.TODAY


def test_everybody_may_do_what_they_do(lived):
    for entry in lived.entries:
        who = Person("demo", entry["who"]["role"], entry["who"].get("municipality"))
        act = {"lock_history": "lock"}.get(entry.get("act", "upload"), entry.get("act", "upload"))
        if act == "upload":
            assert all(
                people.may(who, act, place) for place in entry["covers"]["municipalities"]
            ), entry
        else:
            assert people.may(who, act, entry.get("municipality")), entry


def test_history_is_locked_once_and_each_month_of_2026_by_the_10th_of_the_next(lived):
    (history,) = lived.acts("lock_history")
    assert (history["through"], history["at"].date()) == ("2025-12", dt.date(2026, 1, 12))
    locks = {entry["month"]: entry["at"].date() for entry in lived.acts("lock")}
    assert sorted(locks) == [f"2026-{number:02d}" for number in range(1, 11)]
    for month, day in locks.items():
        after = dt.date.fromisoformat(f"{month}-01") + dt.timedelta(days=31)
        assert after.replace(day=1) <= day <= after.replace(day=10)
    assert locks["2026-10"] == dt.date(2026, 11, 10)


def test_attestations_say_what_can_be_said_of_a_month_that_is_locked(lived):
    locked = {entry["month"]: entry["at"] for entry in lived.acts("lock")}
    for entry in lived.acts("attest"):
        assert entry["at"] > locked[entry["month"]]
        assert entry["statement"] in acts.STATEMENTS
        assert entry["statement"] != "asks_for" or entry["text"]
        assert entry["who"] == {"role": "leader", "municipality": entry["municipality"]}


def test_decisions_are_carried_out_late_or_not_at_all_some_of_them(lived):
    due = {entry["decision"]: entry["due_on"] for entry in lived.acts("decide")}
    done = {entry["decision"]: entry["on"] for entry in lived.acts("carry_out")}
    end = dt.date(2026, 10, 31)
    assert set(done) < set(due)
    assert sum(name in done for name in due) >= 5
    assert sum(day <= end and name not in done for name, day in due.items()) >= 3
    meetings = set(story.MEETING_DAYS.values())
    assert {entry["decided_on"] for entry in lived.acts("decide")} <= meetings


def test_reviews_confirm_reject_with_a_reason_and_close(lived):
    reviews = lived.acts("review")
    assert {entry["verdict"] for entry in reviews} == set(acts.VERDICTS)
    assert all(entry.get("reason") for entry in reviews if entry["verdict"] == "rejected")
    assert {entry["rule"] for entry in reviews} <= set(story.RULES)
    assert len(lived.acts("report")) == 2
