"""Since last time: what was decided, what was open, and what became of each, as it was known."""

import datetime as dt
from typing import Any

import pytest

Rows = list[dict[str, Any]]

SEPTEMBER_MEETING, OCTOBER_MEETING = dt.date(2026, 9, 10), dt.date(2026, 10, 13)
NEXT_MEETING, TODAY = dt.date(2026, 11, 12), dt.date(2026, 11, 10)
DAY = dt.timedelta(days=1)
OCTOBER = dt.date(2026, 10, 1)


def release(today: dt.date = TODAY) -> Rows:
    """What a release says of itself."""
    facts = {"number": 1, "made_at": dt.datetime.fromisoformat("2026-11-10"), "app_version": "1"}
    rest = {"store_id": "x", "is_demo": True, "ledger_entry": 1, "content_hash": "x"}
    return [facts | rest | {"today": today}]


def decision(number: int = 1, **more: Any) -> tuple[Rows, Rows]:
    """A decision of the October meeting for Ringebu, and what it said from which day."""
    words = {"municipality_id": "3439", "text": "Rutine", "owner_role": "leder"}
    words |= {"due_on": dt.date(2026, 11, 30)}
    turns = more.pop("turns", [(OCTOBER_MEETING, {})])
    said = [words | more.pop("words", {}) | change for _, change in turns]
    lived = {"decision_id": number, "decided_on": OCTOBER_MEETING} | said[-1] | more
    told = [
        {"decision_id": number, "turn": turn, "from_on": from_on, "who_role": "leder"} | one
        for turn, ((from_on, _), one) in enumerate(zip(turns, said, strict=True), start=1)
    ]
    return [lived], told


@pytest.fixture
def since(asking: Any) -> Any:
    """since((decision, turns), …): the answer about October, of all municipalities."""

    def ask(*given: tuple[Rows, Rows], **more: Any) -> Rows:
        met = more.pop("met", [SEPTEMBER_MEETING, OCTOBER_MEETING, NEXT_MEETING])
        tables = {
            "release": release(more.pop("today", TODAY)),
            "meetings": [{"met_on": day} for day in met],
            "decisions": [row for rows, _ in given for row in rows],
            "decision_turns": [row for _, rows in given for row in rows],
            "actions": more.pop("actions", []),
        }
        chosen = {"municipality": "cooperation", "month": OCTOBER} | more
        found: Rows = asking("decisions_since", tables, **chosen)
        return found

    return ask


def one(rows: Rows, *names: str) -> tuple[Any, ...]:
    (row,) = rows
    return tuple(row[name] for name in names)


def test_what_was_decided_at_the_meeting_before_is_new_and_open(since: Any) -> None:
    assert one(since(decision()), "standing", "is_new", "municipality", "since_on") == (
        "open", True, "Ringebu", OCTOBER_MEETING,
    )  # fmt: skip
    earlier = decision(decided_on=OCTOBER_MEETING - DAY, turns=[(OCTOBER_MEETING - DAY, {})])
    assert one(since(earlier), "standing", "is_new") == ("open", False)


def test_what_is_written_at_this_meeting_is_for_the_next_time(since: Any) -> None:
    of_today = {"decided_on": NEXT_MEETING, "turns": [(NEXT_MEETING, {})]}
    assert since(decision(**of_today), today=NEXT_MEETING) == []
    # Of an older decision neither the change nor that it was carried out is known yet.
    due = {"due_on": dt.date(2026, 12, 24)}
    turns = [(OCTOBER_MEETING, {}), (NEXT_MEETING, due)]
    done = {"carried_out_on": NEXT_MEETING, "carried_out_told_on": NEXT_MEETING}
    found = since(decision(turns=turns, **done), today=NEXT_MEETING)
    assert one(found, "standing", "due_on", "changed_on") == (
        "open", dt.date(2026, 11, 30), None,
    )  # fmt: skip


def test_a_due_date_has_passed_the_day_after_it(since: Any) -> None:
    assert one(since(decision(words={"due_on": TODAY})), "standing", "days_overdue") == (
        "open", None,
    )  # fmt: skip
    late = decision(words={"due_on": TODAY - DAY})
    assert one(since(late), "standing", "days_overdue") == ("overdue", 1)


def test_what_was_over_by_the_meeting_before_was_told_then(since: Any) -> None:
    old = dt.date(2026, 9, 1)
    for what in ("carried_out", "withdrawn"):
        for told, is_there in ((OCTOBER_MEETING - DAY, False), (OCTOBER_MEETING, True)):
            known = {"carried_out": {"carried_out_on": old, "carried_out_told_on": told}}
            known["withdrawn"] = {"withdrawn_on": told, "withdrawn_reason": "Feil"}
            found = since(decision(decided_on=old, turns=[(old, {})], **known[what]))
            assert [row["standing"] for row in found] == [what] * is_there


def test_a_slip_that_was_taken_back_the_same_day_is_not_told(since: Any) -> None:
    slip = {"withdrawn_on": OCTOBER_MEETING, "withdrawn_reason": "Feil"}
    assert since(decision(**slip)) == []
    later = decision(**slip | {"withdrawn_on": OCTOBER_MEETING + DAY})
    assert one(since(later), "standing", "withdrawn_reason") == ("withdrawn", "Feil")


def test_carried_out_late_is_after_the_due_date(since: Any) -> None:
    for on, is_late in ((dt.date(2026, 11, 1), False), (dt.date(2026, 11, 2), True)):
        done = {"carried_out_on": on, "carried_out_told_on": TODAY}
        found = since(decision(words={"due_on": dt.date(2026, 11, 1)}, **done))
        assert one(found, "standing", "is_late", "days_overdue") == ("carried_out", is_late, None)


def test_a_change_says_from_what_to_what(since: Any) -> None:
    before, now = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
    turns = [
        (SEPTEMBER_MEETING, {"due_on": before, "text": "Rutina"}),
        # Put right before the meeting that showed it, so nobody has seen anything else.
        (OCTOBER_MEETING - DAY, {"due_on": before}),
        (OCTOBER_MEETING, {"due_on": now, "municipality_id": None}),
    ]
    found = since(decision(decided_on=SEPTEMBER_MEETING, turns=turns))
    assert one(found, "changed_on", "due_on_before", "due_on", "text_before") == (
        OCTOBER_MEETING, before, now, None,
    )  # fmt: skip
    assert one(found, "is_for_others", "municipality_before", "municipality") == (
        True, "Ringebu", None,
    )  # fmt: skip
    assert one(found, "owner_role_before") == (None,)


def test_what_is_put_right_on_the_day_it_was_written_is_no_change(since: Any) -> None:
    turns = [(OCTOBER_MEETING, {"text": "Rutina"}), (OCTOBER_MEETING, {})]
    assert one(since(decision(turns=turns)), "text", "changed_on", "text_before") == (
        "Rutine", None, None,
    )  # fmt: skip


def test_without_a_meeting_the_month_itself_is_looked_at(since: Any) -> None:
    found = since(decision(), met=[])
    assert one(found, "since_on", "is_new") == (OCTOBER, True)


def test_a_municipality_sees_its_own_and_what_is_for_all(since: Any) -> None:
    given = [
        decision(1),
        decision(2, words={"municipality_id": None}),
        decision(3, words={"municipality_id": "3440"}),
    ]
    found = since(*given, municipality="3439")
    assert [row["decision_id"] for row in found] == [1, 2]
    assert len(since(*given)) == 3


def action(**more: Any) -> dict[str, Any]:
    """What the decision became in Ringebu."""
    facts = {"action_id": "V-1", "municipality_id": "3439", "title": "Innføre", "decision_id": 1}
    return facts | {"opened_on": OCTOBER_MEETING, "due_on": TODAY} | more


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({}, "open"),
        ({"due_on": TODAY - DAY}, "overdue"),
        ({"due_on": None}, "open"),
        ({"done_on": TODAY}, "done"),
        ({"done_on": TODAY + DAY}, "open"),
        ({"done_on": TODAY - DAY, "told_back_on": TODAY}, "told_back"),
        ({"done_on": TODAY - DAY, "told_back_on": TODAY + DAY}, "done"),
        ({"closed_on": TODAY}, "closed"),
        ({"done_on": TODAY - DAY, "reopened_on": TODAY}, "open"),
        ({"done_on": TODAY, "reopened_on": TODAY}, "done"),
    ],
)
def test_the_action_it_became_is_as_its_dates_say(
    since: Any, dates: dict[str, Any], state: str
) -> None:
    found = since(decision(), actions=[action(**dates)])
    assert one(found, "became_actions", "became_state", "became_action_id", "became_in") == (
        1, state, "V-1", "Ringebu",
    )  # fmt: skip
    # And so is the one that it is about.
    about = decision(words={"action_id": "T-1"})
    found = since(about, actions=[action(decision_id=None, action_id="T-1", **dates)])
    assert one(found, "became_actions", "action_state") == (0, state)


def test_of_several_actions_there_are_counts(since: Any) -> None:
    actions = [
        action(due_on=TODAY - DAY),
        action(municipality_id="3440"),
        action(municipality_id="3441", done_on=TODAY, told_back_on=TODAY),
    ]
    found = since(decision(), actions=[*actions, action(decision_id=None, action_id="T-1")])
    counts = ("became_actions", "became_open", "became_overdue", "became_done", "became_told_back")
    assert one(found, *counts) == (3, 2, 1, 1, 1)
    assert one(found, "became_state", "became_title") == (None, None)


def test_what_is_overdue_comes_first_and_what_was_withdrawn_last(since: Any) -> None:
    given = [
        decision(1, withdrawn_on=TODAY, withdrawn_reason="Feil"),
        decision(2, carried_out_on=TODAY, carried_out_told_on=TODAY),
        decision(3),
        decision(4, words={"due_on": dt.date(2026, 11, 20)}),
        decision(5, words={"due_on": dt.date(2026, 11, 1)}),
    ]
    assert [row["decision_id"] for row in since(*given)] == [5, 4, 3, 2, 1]


def test_the_list_of_decisions_begins_on_a_day(asking: Any) -> None:
    given = [decision(1), decision(2, decided_on=NEXT_MEETING, words={"municipality_id": "3440"})]
    tables = {
        "release": release(),
        "decisions": [row for rows, _ in given for row in rows],
        "decision_turns": [row for _, rows in given for row in rows],
        "actions": [action()],
    }
    ask = lambda who, day: [  # noqa: E731
        (row["decision_id"], row["became_action_id"])
        for row in asking("decisions_listed", tables, municipality=who, since=day)
    ]
    assert ask("cooperation", OCTOBER_MEETING) == [(2, None), (1, "V-1")]
    assert ask("cooperation", OCTOBER_MEETING + DAY) == [(2, None)]
    assert ask("3439", OCTOBER_MEETING) == [(1, "V-1")]
