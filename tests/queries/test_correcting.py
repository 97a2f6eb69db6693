"""A locked month that is corrected: a new version that says what changed, and nothing silently."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import acts, contract, store, undo, uploads
from data.people import LOCAL
from data.uploads import Upload
from queries import ask, cards, noted, recheck, release, versions
from queries.disclosure import COOPERATION
from queries.versions import Version
from tests.queries.worlds import Row, day, frame

RINGEBU, OYER = "3439", "3440"
PLACES = (RINGEBU, OYER)
TODAY = day("2026-12-12")
MONTHS = [dt.date(2026, month, 1) for month in range(1, 12)]
AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = MONTHS[7:]


@dataclass
class Life:
    """A store of two municipalities, and the number of its uploads so far."""

    folder: Path
    uploads: list[int] = field(default_factory=list)

    def put(self, kind: str, rows: list[Row], months: list[dt.date], *places: str) -> int:
        """Store rows as an upload that covers these months of these places, and give its number."""
        names = [column.name for column in contract.load(kind).columns]
        table = frame(f"current_{kind}", rows).select(names).with_row_index("line", 2)
        raw = repr((kind, rows, months, places, len(self.uploads))).encode()
        upload = Upload(
            f"{kind}.csv",
            raw,
            hashlib.sha256(raw).hexdigest(),
            {kind: table.with_columns(pl.col("line").cast(pl.Int64))},
            frozenset((kind, who, month) for who in places or PLACES for month in months),
        )
        with store.opened(self.folder) as opened:
            number = uploads.commit(opened, upload, LOCAL).upload_id
        self.uploads.append(number)
        return number

    def turn(self, upload: int, *, back: bool = False) -> None:
        with store.opened(self.folder) as opened:
            (undo.bring_back if back else undo.withdraw)(opened, upload, LOCAL)

    def lock(self, month: dt.date, *, is_history: bool = False) -> int:
        """Lock a month, as if today, and give the release that the lock keeps."""
        with store.opened(self.folder) as opened:
            if is_history:
                acts.lock_history(opened, LOCAL, month)
            else:
                acts.lock(opened, LOCAL, month)
        return self.release()

    def release(self) -> int:
        return release.bring_up_to_date(self.folder)

    def known(self, month: dt.date) -> tuple[Version, ...]:
        return versions.versions(self.folder, month)

    def value(
        self, indicator: str, place: str, month: dt.date, number: int | None = None
    ) -> tuple[Any, ...]:
        """State, numerator and denominator of a number, and how many municipalities are in it."""
        found = ask.ask("cells", store=self.folder, release=number or self.release()).filter(
            pl.col("part").is_null(), indicator=indicator, municipality_id=place, period=month
        )
        return found.select("state", "numerator", "denominator", "delivered").row(0)


def made(folder: Path) -> Life:
    store.create(folder, demo_today=TODAY)
    joined = {"joined_on": day("2014-01-01"), "joined_precision": "year"}
    life = Life(folder)
    named = [{"municipality_id": who, "name": who} | joined for who in PLACES]
    life.put("municipalities", named, MONTHS[:1])
    return life


def action(name: str, place: str = RINGEBU, **facts: Any) -> Row:
    told = {"action_id": name, "municipality": place, "title": name, "status": "open"}
    return told | {"opened_on": day("2026-08-10"), "due_on": day("2026-09-20")} | facts


def held(name: str, place: str, on: str, kind: str = "dialogue_meeting") -> Row:
    told = {"activity_id": name, "municipality": place, "kind": kind, "ends_on": day(on)}
    return told | {"users": 5, "relatives": 0}


# -- one story, looked at step by step -------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """What happened, by the number of the release that it led to."""

    life: Life
    of: dict[str, int]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    life, of = made(tmp_path_factory.mktemp("story") / "store"), {}
    open_ones = [action("T-1"), action("T-2", OYER)]
    life.put("actions", open_ones, MONTHS[:9])
    life.put("activities", [held("A-1", RINGEBU, "2026-09-30")], MONTHS[:9], RINGEBU)
    of["lock"] = life.lock(SEPTEMBER)
    # The next month's list is another story of all of them, and is no correction of September.
    moved = {"changed_on": day("2026-10-20"), "due_on": day("2026-12-01")}
    later = [action("T-1", **moved), action("T-3"), action("T-2", OYER)]
    life.put("actions", later, [OCTOBER])
    of["later"] = life.release()
    mended = [action("T-1", **moved), action("T-4", due_on=None)]
    mending = life.put("actions", mended, [SEPTEMBER], RINGEBU)
    of["mended"] = life.release()
    life.turn(mending)
    of["undone"] = life.release()
    life.turn(mending, back=True)
    of["restored"] = life.release()
    # Øyer's activities of September come at last.
    life.put("activities", [held("A-2", OYER, "2026-09-01")], [SEPTEMBER], OYER)
    of["late"] = life.release()
    return Story(life, of)


def test_the_list_of_a_later_month_makes_no_version(story: Story) -> None:
    assert versions.versions(story.life.folder, SEPTEMBER, story.of["later"]) == (
        Version(SEPTEMBER, 1, story.of["lock"], story.life.known(SEPTEMBER)[0].made_at, 0, None),
    )


def test_a_mended_file_of_the_month_makes_a_version_with_what_was_and_what_is(
    story: Story,
) -> None:
    second = story.life.known(SEPTEMBER)[1]
    assert (second.version, second.release, second.same_as) == (2, story.of["mended"], None)
    assert second.changes == len(second.notes) > 0
    said = {
        (note["indicator"], note["municipality_id"]): (note["was_numerator"], note["now_numerator"])
        for note in second.notes
        if note["part"] is None and note["indicator"] in ("open_actions", "leaders_present")
    }
    assert said == {("open_actions", RINGEBU): (1, 2), ("open_actions", COOPERATION): (2, 3)}
    # Øyer sent nothing, and its number is the one that was locked.
    assert story.life.value("open_actions", OYER, SEPTEMBER, story.of["mended"])[1] == 1


def test_a_due_date_that_was_moved_after_the_month_is_the_one_that_was_known_when_it_was_locked(
    story: Story,
) -> None:
    """The row was last changed in October: of September it tells nothing of when it was due."""
    for step in ("lock", "mended"):
        overdue = story.life.value("overdue_actions", RINGEBU, SEPTEMBER, story.of[step])
        assert overdue[1:3] == (1, 1)


def test_an_undo_gives_back_what_was_locked_as_a_new_version_that_says_so(story: Story) -> None:
    third, fourth = story.life.known(SEPTEMBER)[2:4]
    assert (third.release, third.same_as) == (story.of["undone"], 1)
    assert (fourth.release, fourth.same_as) == (story.of["restored"], 2)
    for one, same in (("undone", "lock"), ("restored", "mended")):
        then, now = numbers(story.life, story.of[same]), numbers(story.life, story.of[one])
        # Numbers that have matured since stand still now, too.
        assert {key: now[key] for key in then} == then


def test_a_file_that_comes_after_the_lock_is_added_to_all_together(story: Story) -> None:
    life, number = story.life, story.of["late"]
    assert life.value("activities_held", OYER, SEPTEMBER, story.of["lock"])[0] == "missing"
    assert life.value("activities_held", OYER, SEPTEMBER, number)[:2] == ("measured", 1)
    together = life.value("activities_held", COOPERATION, SEPTEMBER, number)
    assert together == ("measured", 2, None, 2)
    noted_of = {note["municipality_id"] for note in life.known(SEPTEMBER)[4].notes}
    assert noted_of == {OYER, COOPERATION}


def test_what_was_locked_is_version_1_until_another_is_asked_for(story: Story) -> None:
    folder = story.life.folder
    assert versions.release_of(folder, SEPTEMBER) == (1, story.of["lock"])
    assert versions.release_of(folder, SEPTEMBER, 2) == (2, story.of["mended"])
    for month, version, newest in ((SEPTEMBER, 9, 5), (SEPTEMBER, 0, 5), (OCTOBER, None, 0)):
        with pytest.raises(store.RefusedError) as refused:
            versions.release_of(folder, month, version)
        assert refused.value.code == "no_version"
        assert refused.value.facts["newest"] == newest


def test_a_release_with_versions_passes_its_audit(story: Story) -> None:
    assert recheck.rechecked(story.life.folder, story.of["late"]).passed


def test_a_release_of_a_program_without_versions_knows_what_was_locked(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = story.life.known(SEPTEMBER)
    monkeypatch.setattr(ask, "has_table", lambda *_: False)
    assert story.life.known(SEPTEMBER) == whole[:1]


def test_nothing_of_a_locked_month_changes_silently(story: Story) -> None:
    for number in sorted(story.of.values())[1:]:
        every_difference_is_noted(story.life, number)


# -- the same for any life -------------------------------------------------------------------------

Numbers = dict[tuple[Any, ...], tuple[Any, ...]]


def numbers(life: Life, number: int) -> Numbers:
    """What stands still in a release: of a number or commitment what is shown of it."""
    cells = ask.ask("cells", store=life.folder, release=number)
    cells = cells.filter(pl.col("frozen_in").is_not_null())
    found: Numbers = {
        (row["indicator"], None, *(row[name] for name in PLACE)): tuple(
            row[name] for name in noted.NUMBERS
        )
        for row in cells.iter_rows(named=True)
    }
    promises = ask.ask("commitments", store=life.folder, release=number)
    for row in promises.filter(pl.col("frozen_in").is_not_null()).iter_rows(named=True):
        key = (None, row["commitment"], row["municipality_id"], "month", row["month"], None)
        found[key] = (row["state"], row["kept"], row["due"], None, None)
    return found


PLACE = ("municipality_id", "grain", "period", "part")


def every_difference_is_noted(life: Life, number: int) -> None:
    """What stood still is as it was, or is noted with what it was and what it is."""
    previous = ask.ask("release", store=life.folder, release=number)["previous"][0]
    before, now = numbers(life, previous), numbers(life, number)
    assert set(before) <= set(now), "what stood still is not gone"
    differ = {key for key, shown in before.items() if now[key] != shown}
    known = ask.ask("corrections", store=life.folder, release=previous)
    notes = ask.ask("corrections", store=life.folder, release=number)
    assert notes.head(known.height).sort(notes.columns).equals(known.sort(notes.columns)) or set(
        known.rows()
    ) <= set(notes.rows())
    new = [row for row in notes.iter_rows(named=True) if tuple(row.values()) not in known.rows()]
    said = {
        (row["indicator"], row["commitment"], *(row[name] for name in PLACE)): row for row in new
    }
    assert differ <= set(said)
    for key, row in said.items():
        was, is_now = (tuple(row[f"{when}_{name}"] for name in noted.NUMBERS) for when in WHEN)
        assert was != is_now
        assert now.get(key, is_now) == is_now
        if key in before:
            assert before[key] == was
        else:
            assert "missing" in (was[0], is_now[0]) or was[0] is None
        assert row["indicator"] is None or cards.load_all()[row["indicator"]].privacy == "none"
    made_now = ask.ask("month_versions", store=life.folder, release=number).filter(release=number)
    of_lock = made_now.filter(pl.col("version") == 1)
    assert made_now.height - of_lock.height == len({row["month"] for row in new})


WHEN = ("was", "now")


def sums_follow(life: Life, number: int) -> None:
    """All members together are the sum of those that have a number, also after a correction."""
    cells = ask.ask("cells", store=life.folder, release=number)
    loaded = cards.load_all()
    summed = [name for name, card in loaded.items() if card.privacy == "none"]
    summed = [name for name in summed if loaded[name].combine != "none"]
    cells = cells.filter(pl.col("indicator").is_in(summed), grain="month")
    key = ["indicator", "period", "part"]
    own = cells.filter(
        pl.col("municipality_id") != COOPERATION, pl.col("state").is_in(["measured", "provisional"])
    )
    own = own.group_by(key).agg(pl.col("numerator").sum(), pl.len().alias("delivered"))
    together = cells.filter(municipality_id=COOPERATION).filter(pl.col("frozen_in").is_not_null())
    beside = together.join(own, on=key, how="left", nulls_equal=True, suffix="_own")
    odd = beside.filter(
        (pl.col("numerator").fill_null(0) != pl.col("numerator_own").fill_null(0))
        | (pl.col("delivered") != pl.col("delivered_own").fill_null(0))
    )
    assert odd.is_empty(), odd


STEPS = st.one_of(
    st.tuples(
        st.just("actions"),
        st.sampled_from([(RINGEBU,), (OYER,), PLACES]),
        st.sampled_from([(SEPTEMBER,), (OCTOBER,), (AUGUST, SEPTEMBER), (NOVEMBER,)]),
        st.integers(0, 3),
    ),
    st.tuples(
        st.just("activities"),
        st.sampled_from([(RINGEBU,), (OYER,)]),
        st.sampled_from([(AUGUST,), (SEPTEMBER,), (OCTOBER,)]),
        st.integers(0, 3),
    ),
    st.tuples(st.just("turn"), st.integers(1, 9)),
    st.tuples(st.just("lock"), st.booleans()),
)


def rows_of(kind: str, places: tuple[str, ...], variant: int) -> list[Row]:
    """Different rows for each variant: another number of them, done or told back or not."""
    if kind == "activities":
        return [
            held(f"{who}-{n}", who, f"2026-{8 + n:02}-1{variant}", kind_of)
            for who in places
            for n, kind_of in enumerate(("course", "dialogue_meeting", "leader_team")[:variant])
        ]
    done = {"done_on": day("2026-09-05"), "changed_on": day("2026-11-05"), "status": "done"}
    told = {"told_back_on": day("2026-09-20"), "told_back_channel": "SMS", "what_changed": "Alt"}
    facts = ({}, done, done | told, {"changed_on": day("2026-09-01")})[variant]
    return [action(f"T-{n}", who, **facts) for who in places for n in range(variant + 1)]


def take(life: Life, step: tuple[Any, ...], turned: set[int]) -> set[dt.date]:
    """Take a step, and give the months that it is of."""
    if step[0] == "turn":
        upload = life.uploads[step[1] % len(life.uploads)] if step[1] else life.uploads[0]
        life.turn(upload, back=upload in turned)
        turned ^= {upload}
        return set(MONTHS)
    if step[0] == "lock":
        locked = ask.ask("months", store=life.folder).filter(pl.col("locked_at").is_not_null())
        left = [month for month in MONTHS[7:] if month not in set(locked["month"])]
        if left:
            life.lock(left[0], is_history=step[1])
        return {NOVEMBER}
    kind, places, covered, variant = step
    life.put(kind, rows_of(kind, places, variant), list(covered), *places)
    return set(covered)


@given(st.lists(STEPS, min_size=2, max_size=2))
@settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens_a_locked_month_changes_by_versions_alone(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    life = made(tmp_path_factory.mktemp("life") / "store")
    life.put("actions", rows_of("actions", PLACES, 0), MONTHS[:9])
    life.put("activities", rows_of("activities", PLACES, 2), MONTHS[:9])
    lock_release = life.lock(SEPTEMBER, is_history=True)
    turned: set[int] = set()
    for step in steps:
        months, before = take(life, step, turned), life.known(SEPTEMBER)
        number = life.release()
        after = life.known(SEPTEMBER)
        every_difference_is_noted(life, number)
        sums_follow(life, number)
        assert after[: len(before)] == before
        if not months & {AUGUST, SEPTEMBER}:
            assert after == before
        assert versions.release_of(life.folder, SEPTEMBER) == (1, lock_release)
    for upload in sorted(turned | set(life.uploads[3:])):
        if (upload in turned) == (upload in life.uploads[:3]):
            life.turn(upload, back=upload in turned)
    locked, now = numbers(life, lock_release), numbers(life, life.release())
    assert {key: now[key] for key in locked} == locked
    assert life.known(SEPTEMBER)[-1].same_as in (None, 1)
