"""The store is opened and waited for, an upload is there whole, the newest row of a key counts."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import contract, receipts, settings, snapshot, store, undo, uploads
from data.people import LOCAL, Person
from data.receipts import Receipt
from data.store import RefusedError, Store
from data.uploads import Upload

ROOT = Path(__file__).parents[2]
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)

Typed = Callable[..., pl.DataFrame]
Prepared = Callable[..., Upload]
Put = Callable[..., Receipt]


def action(number: int, place: str = "3439", **more: Any) -> dict[str, Any]:
    return {"action_id": f"T-{number}", "municipality": place, "title": f"Tiltak {number}"} | more


def now(folder: Path, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a kind that count now, in order."""
    names = ", ".join(columns)
    with store.opened(folder) as opened:
        return opened.rows(f"select {names} from current_{kind} order by all")


# -- one upload -------------------------------------------------------------------------------


def test_a_new_store_is_empty_and_says_what_it_is(folder: Path) -> None:
    about = settings.about(folder)
    assert about is not None
    assert not about.is_demo
    with store.opened(folder) as opened:
        assert receipts.newest_first(opened) == []
        assert opened.last_entry() == 0
        assert snapshot.taken(opened).ledger_entry == 0


def test_a_second_store_is_not_made_over_the_first(folder: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        store.create(folder)
    assert refused.value.code == "store_exists"


def test_a_creation_that_was_cut_off_is_begun_again(folder: Path) -> None:
    (folder / settings.ABOUT_FILE).unlink()  # it is written last
    with pytest.raises(store.NoStoreError), store.opened(folder):
        pass
    store.create(folder)
    assert now(folder, "actions", "action_id") == []


def test_an_upload_is_stored_with_its_rows_its_bytes_and_its_line_in_the_ledger(
    folder: Path, put: Put
) -> None:
    raw = b"tiltaks-id;kommune\nT-1;3439\nT-2;3439\n"
    receipt = put(folder, "actions", action(1), action(2), raw=raw, facts={"mapping": "mal"})
    assert receipt.rows == {"actions": 2}
    assert receipt.covers == {("actions", "3439", OCTOBER)}
    assert (receipt.who, receipt.role) == ("lokal", "regional_coordinator")
    assert receipt.sha256 == hashlib.sha256(raw).hexdigest()
    assert receipt.facts["mapping"] == "mal"
    assert receipt.app_version == store.app_version()
    assert not receipt.is_repeat
    assert (folder / store.FILES / receipt.sha256).read_bytes() == raw
    assert now(folder, "actions", "action_id", "upload_id", "line") == [
        ("T-1", receipt.upload_id, 2),
        ("T-2", receipt.upload_id, 3),
    ]
    with store.opened(folder) as opened:
        (entry,) = opened.entries("upload")
        assert entry.entry == receipt.upload_id
        assert receipts.of(opened, receipt.upload_id) == receipt


def test_only_the_kept_cells_are_kept_where_columns_were_dropped(
    folder: Path, prepared: Prepared
) -> None:
    upload = prepared("actions", action(1), raw=b"only the kept cells")
    original = hashlib.sha256(b"with a name in every row").hexdigest()
    with store.opened(folder) as opened:
        receipt = uploads.commit(
            opened, Upload(**{**upload.__dict__, "original_sha256": original}), LOCAL
        )
    assert receipt.sha256 == original
    kept = receipt.facts["kept_sha256"]
    assert [path.name for path in (folder / store.FILES).iterdir()] == [kept]


def test_every_type_of_column_comes_back_as_it_went_in(folder: Path, put: Put) -> None:
    put(
        folder,
        "actions",
        action(
            1,
            title='Sær «tekst»; med "anførsel", linje\nog ø',
            feedback_ids=["I-1", "I-2"],
            opened_on=dt.date(2024, 2, 29),
            users_at_start=True,
        ),
    )
    assert now(folder, "actions", "title", "feedback_ids", "opened_on", "users_at_start") == [
        ('Sær «tekst»; med "anførsel", linje\nog ø', ["I-1", "I-2"], dt.date(2024, 2, 29), True)
    ]


@pytest.mark.parametrize("kind", contract.all_kinds())
def test_an_empty_file_of_each_kind_can_be_stored(folder: Path, put: Put, kind: str) -> None:
    receipt = put(folder, kind, municipalities=["3439"])
    assert receipt.rows == {kind: 0}


def test_one_file_may_give_several_kinds_at_once(folder: Path, typed: Typed) -> None:
    tables = {
        "survey_waves": typed("survey_waves", {"wave_id": "U1", "municipality": "3439"}),
        "survey_answers": typed(
            "survey_answers", {"answer_id": "1", "question": "Q1", "wave_id": "U1"}
        ),
    }
    covers = frozenset((kind, "3439", OCTOBER) for kind in tables)
    with store.opened(folder) as opened:
        receipt = uploads.commit(opened, Upload("svar.csv", b"x", "0" * 64, tables, covers), LOCAL)
    assert receipt.rows == {"survey_waves": 1, "survey_answers": 1}


def test_rows_of_a_list_that_nothing_covers_are_refused_and_nothing_is_stored(
    folder: Path, put: Put
) -> None:
    with pytest.raises(RefusedError) as refused:
        put(folder, "actions", action(1), action(2, "3440"), municipalities=["3439"])
    assert refused.value.code == "rows_not_covered"
    assert refused.value.facts == {"kind": "actions", "municipalities": ["3440"]}
    with store.opened(folder) as opened:
        assert opened.last_entry() == 0


def test_a_coordinator_uploads_for_the_own_municipality_only(folder: Path, put: Put) -> None:
    ringebu = Person("k@example.no", "coordinator", "3439")
    receipt = put(folder, "actions", action(1), who=ringebu)
    assert receipt.role == "coordinator:3439"
    with pytest.raises(RefusedError) as refused:
        put(folder, "actions", action(2, "3440"), who=ringebu)
    assert refused.value.code == "may_not"
    assert refused.value.facts == {"act": "upload", "municipality": "3440"}


def _lock_and_fail(opened: Store) -> None:
    with opened.transaction():
        opened.append("lock", LOCAL, "2026-10", {"month": OCTOBER})
        assert opened.last_entry() == 2
        receipts.of(opened, 99)


def test_what_goes_wrong_in_the_middle_takes_everything_back(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1))
    with store.opened(folder) as opened:
        with pytest.raises(RefusedError):
            _lock_and_fail(opened)
        assert opened.last_entry() == 1


def test_a_row_of_the_wrong_type_takes_the_whole_upload_back(
    folder: Path, prepared: Prepared
) -> None:
    upload = prepared("actions", action(1))
    broken = upload.tables["actions"].with_columns(pl.lit("in a while").alias("due_on"))
    with store.opened(folder) as opened:
        with pytest.raises(Exception, match="date"):
            uploads.commit(
                opened, Upload(**{**upload.__dict__, "tables": {"actions": broken}}), LOCAL
            )
        assert opened.last_entry() == 0
        assert opened.rows("select count(*) from coverage") == [(0,)]


# -- the same file again ----------------------------------------------------------------------


def test_the_same_bytes_twice_change_nothing(folder: Path, put: Put) -> None:
    first = put(folder, "actions", action(1))
    before = (folder / store.STORE_FILE).stat().st_size
    again = put(folder, "actions", action(1))
    assert again.is_repeat
    assert again.upload_id == first.upload_id
    with store.opened(folder) as opened:
        assert opened.last_entry() == first.upload_id
        assert len(receipts.newest_first(opened)) == 1
    assert (folder / store.STORE_FILE).stat().st_size == before


def test_the_same_bytes_for_a_month_more_are_a_new_delivery(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), months=(SEPTEMBER,))
    again = put(folder, "actions", action(1), months=(SEPTEMBER, OCTOBER))
    assert not again.is_repeat
    with store.opened(folder) as opened:
        months = opened.rows("select month from current_coverage order by month")
    assert months == [(SEPTEMBER,), (OCTOBER,)]


def test_the_same_bytes_read_by_another_mapping_are_another_upload(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), raw=b"same", facts={"mapping": "planner"})
    again = put(folder, "actions", action(2), raw=b"same", facts={"mapping": "jira"})
    assert not again.is_repeat


def test_the_store_answers_as_it_was_after_an_earlier_entry(folder: Path, put: Put) -> None:
    first = put(folder, "actions", action(1, title="Før"), raw=b"1")
    second = put(folder, "actions", action(1, title="Etter"), raw=b"2")
    with store.opened(folder) as opened:
        undo.withdraw(opened, second.upload_id, LOCAL)
        undone = opened.last_entry()

        def title() -> list[tuple[Any, ...]]:
            return opened.rows("select title from current_actions")

        for entry, expected in ((first.upload_id, "Før"), (second.upload_id, "Etter")):
            with opened.as_of(entry):
                assert title() == [(expected,)]
        assert title() == [("Før",)]  # the undo holds again
    with store.opened(folder) as opened:
        assert opened.last_entry() == undone  # looking back wrote nothing


def test_an_undone_file_can_be_uploaded_again(folder: Path, put: Put) -> None:
    first = put(folder, "actions", action(1))
    with store.opened(folder) as opened:
        undo.withdraw(opened, first.upload_id, LOCAL)
    again = put(folder, "actions", action(1))
    assert not again.is_repeat
    assert now(folder, "actions", "action_id") == [("T-1",)]


# -- what a new file does ---------------------------------------------------------------------


def test_a_new_list_changes_adds_and_marks_gone(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), action(2))
    put(folder, "actions", action(2, title="Nytt navn"), action(3))
    assert now(folder, "actions", "action_id", "title") == [
        ("T-2", "Nytt navn"),  # known key: changed
        ("T-3", "Tiltak 3"),  # new key: added
        # T-1 is gone: the newest list of Ringebu does not have it
    ]


def test_what_was_gone_comes_back_with_the_next_list_that_has_it(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), action(2))
    put(folder, "actions", action(2))
    put(folder, "actions", action(1), action(2), months=(SEPTEMBER, OCTOBER))
    assert now(folder, "actions", "action_id") == [("T-1",), ("T-2",)]


def test_a_list_says_nothing_of_municipalities_that_it_does_not_cover(
    folder: Path, put: Put
) -> None:
    put(folder, "actions", action(1, "3439"), action(2, "3440"))
    put(folder, "actions", action(3, "3439"))
    assert now(folder, "actions", "action_id") == [("T-2",), ("T-3",)]


def test_an_empty_list_empties_the_municipality_it_covers(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1, "3439"), action(2, "3440"))
    put(folder, "actions", municipalities=["3439"])
    assert now(folder, "actions", "action_id") == [("T-2",)]


def test_undoing_the_newest_list_makes_the_one_before_it_count(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), action(2))
    newest = put(folder, "actions", action(2, title="Nytt navn"))
    with store.opened(folder) as opened:
        undo.withdraw(opened, newest.upload_id, LOCAL)
    assert now(folder, "actions", "action_id", "title") == [
        ("T-1", "Tiltak 1"),
        ("T-2", "Tiltak 2"),
    ]


def test_rows_by_key_are_added_and_changed_and_never_go(folder: Path, put: Put) -> None:
    put(folder, "survey_waves", {"wave_id": "U1", "municipality": "3439", "asked": 10})
    put(folder, "survey_waves", {"wave_id": "U2", "municipality": "3439", "asked": 20})
    put(folder, "survey_waves", {"wave_id": "U1", "municipality": "3439", "asked": 11})
    assert now(folder, "survey_waves", "wave_id", "asked") == [("U1", 11), ("U2", 20)]


def test_an_activity_of_two_municipalities_is_two_rows(folder: Path, put: Put) -> None:
    put(
        folder,
        "activities",
        {"activity_id": "A-1", "municipality": "3439", "users": 4},
        {"activity_id": "A-1", "municipality": "3440", "users": 7},
    )
    assert now(folder, "activities", "municipality", "users") == [("3439", 4), ("3440", 7)]


def test_a_seat_that_was_never_filled_is_one_row_although_its_key_has_no_day(
    folder: Path, put: Put
) -> None:
    vacant = {"seat_id": "V-1", "municipality": "3439", "body": "Panel"}
    put(folder, "seats", vacant)
    put(folder, "seats", vacant | {"body": "Brukerpanel"})
    assert now(folder, "seats", "seat_id", "body") == [("V-1", "Brukerpanel")]


def answer(number: int, wave: str = "U1", **more: Any) -> dict[str, Any]:
    return {"answer_id": f"{wave}:{number}", "question": "Q1", "wave_id": wave, **more}


def test_an_export_without_answer_ids_replaces_all_answers_of_its_waves(
    folder: Path, put: Put
) -> None:
    put(folder, "survey_answers", answer(1), answer(2), answer(1, "U2"), whole_waves=("U1", "U2"))
    put(folder, "survey_answers", answer(1), whole_waves=("U1",))
    assert now(folder, "survey_answers", "answer_id") == [("U1:1",), ("U2:1",)]


def test_undoing_a_whole_wave_brings_its_earlier_answers_back(folder: Path, put: Put) -> None:
    put(folder, "survey_answers", answer(1), answer(2), whole_waves=("U1",))
    newer = put(folder, "survey_answers", answer(1), whole_waves=("U1",))
    with store.opened(folder) as opened:
        undo.withdraw(opened, newer.upload_id, LOCAL)
    assert now(folder, "survey_answers", "answer_id") == [("U1:1",), ("U1:2",)]


def test_a_month_is_delivered_since_the_first_upload_that_covers_it(demo: Path, put: Put) -> None:
    first = put(demo, "actions", action(1), at=dt.datetime.fromisoformat("2026-11-03T08:00"))
    put(demo, "actions", action(2), at=dt.datetime.fromisoformat("2026-11-20T08:00"))
    with store.opened(demo) as opened:
        assert opened.rows("select upload_id, delivered_at from current_coverage") == [
            (first.upload_id, dt.datetime.fromisoformat("2026-11-03T08:00"))
        ]


def test_only_a_demo_store_takes_a_time_of_its_own(folder: Path, put: Put) -> None:
    with pytest.raises(RefusedError) as refused:
        put(folder, "actions", action(1), at=dt.datetime.fromisoformat("2026-11-03T08:00"))
    assert refused.value.code == "own_dates_only_in_demo"
    with store.opened(folder) as opened:
        assert opened.last_entry() == 0


# -- several at once --------------------------------------------------------------------------

HOLDER = """
import sys
from pathlib import Path
from data import store
with store.opened(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the store open until it is told something."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_a_busy_store_is_waited_for(
    folder: Path, put: Put, held: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    pause = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: (waits.set(), pause(seconds)))
    stored: list[Receipt] = []
    writer = threading.Thread(target=lambda: stored.append(put(folder, "actions", action(1))))
    writer.start()
    assert waits.wait(timeout=30)
    assert stored == []
    held.communicate("let go\n")
    writer.join(timeout=30)
    assert [receipt.rows for receipt in stored] == [{"actions": 1}]


def test_a_store_that_is_never_let_go_is_said_to_be_busy(
    folder: Path, put: Put, held: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(store.StoreBusyError):
        put(folder, "actions", action(1))
    assert held.poll() is None


def test_threads_of_one_process_take_turns(folder: Path, put: Put) -> None:
    failed: list[BaseException] = []

    def store_one(number: int) -> None:
        try:
            activity = {"activity_id": f"A-{number}", "municipality": "3439"}
            put(folder, "activities", activity)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=store_one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(now(folder, "activities", "activity_id")) == 8
    with store.opened(folder) as opened:
        assert [entry.entry for entry in opened.entries()] == list(range(1, 9))


def test_two_municipalities_may_number_their_lists_alike(folder: Path, put: Put) -> None:
    for place in ("3439", "3440"):
        row = {"action_id": "1", "municipality": place, "title": f"Tiltak i {place}"}
        put(folder, "actions", row)
    with store.opened(folder) as opened:
        found = opened.rows("select municipality, title from current_actions order by municipality")
    assert found == [("3439", "Tiltak i 3439"), ("3440", "Tiltak i 3440")]


def test_a_month_that_has_not_begun_cannot_be_delivered(demo: Path) -> None:
    later = frozenset({("actions", "3439", dt.date(2026, month, 1)) for month in (11, 12)})
    with store.opened(demo) as opened:
        now = frozenset(covered for covered in later if covered[2].month == 11)
        uploads.commit(opened, Upload("a.csv", b"a", "1", {}, now), LOCAL)
        with pytest.raises(RefusedError) as refused:
            uploads.commit(opened, Upload("b.csv", b"b", "2", {}, later), LOCAL)
        assert (refused.value.code, refused.value.facts["month"]) == (
            "month_not_begun",
            dt.date(2026, 12, 1),
        )
        assert len(receipts.newest_first(opened)) == 1
