"""What waits for a leader: counted as of the month's end, said in words, with a way to the rows."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts import action_list, menu
from pages.parts.participation_tables import courses_to_evaluate
from pages.parts.waiting import MOST_LINES, VIEW, line, waiting_list
from pages.text.formats import NO_BREAK
from queries.ask import ask

OCTOBER = dt.date(2026, 10, 1)
CHOICES = {menu.MUNICIPALITY: "3439", menu.MONTH: "2026-10"}

Rows = list[dict[str, Any]]
Release = Callable[[dict[str, Rows]], Path]


def waits(store: Path, municipality: str = "3439") -> dict[str, dict[str, Any]]:
    answer = ask("waiting", store=store, municipality=municipality, month=OCTOBER)
    return {row["thing"]: row for row in answer.to_dicts()}


def only(tables: dict[str, Rows], **rows: Rows) -> dict[str, Rows]:
    """The small release with these rows, and none in the other tables that something waits in."""
    bare = ("actions", "courses", "seats", "recommendations", "attestations", "deliveries")
    quiet = {"months": [month | {"is_history": True} for month in tables["months"]]}
    return tables | {name: [] for name in bare} | quiet | rows


def action(number: int, **facts: Any) -> dict[str, Any]:
    row = {
        "action_id": f"T-{number}",
        "municipality_id": "3439",
        "opened_on": dt.date(2026, 1, 5),
        "status": "open",
    }
    return row | facts


def test_an_action_is_overdue_from_the_day_after_it_was_due(
    tables: dict[str, Rows], released: Release
) -> None:
    actions = [
        action(1, due_on=dt.date(2026, 8, 14)),  # overdue, the oldest
        action(2, due_on=dt.date(2026, 10, 30)),  # overdue by one day
        action(3, due_on=dt.date(2026, 10, 31)),  # due on the last day: not yet
        action(4, due_on=dt.date(2026, 8, 1), done_on=dt.date(2026, 9, 1)),  # done in time to count
        action(5, due_on=dt.date(2026, 8, 1), done_on=dt.date(2026, 11, 3)),  # done after the month
        action(6, due_on=dt.date(2026, 8, 1), closed_on=dt.date(2026, 9, 1)),  # closed
        action(7),  # no due date
        action(8, due_on=dt.date(2026, 8, 1), municipality_id="3440"),  # a neighbour's
        # Done, and open again since September.
        action(
            9,
            due_on=dt.date(2026, 8, 20),
            done_on=dt.date(2026, 8, 15),
            reopened_on=dt.date(2026, 9, 2),
        ),
    ]
    found = waits(released(only(tables, actions=actions)))["overdue"]
    assert found["n"] == 4
    assert found["oldest_on"] == dt.date(2026, 8, 1)
    assert found["places"] == ["Ringebu"]


def test_users_are_told_within_thirty_days_of_done(
    tables: dict[str, Rows], released: Release
) -> None:
    actions = [
        action(1, done_on=dt.date(2026, 10, 1)),  # thirty days ago on the last day: waits
        action(2, done_on=dt.date(2026, 10, 2)),  # twenty-nine
        action(3, done_on=dt.date(2026, 6, 1), told_back_on=dt.date(2026, 6, 8)),  # told
        action(4, done_on=dt.date(2026, 6, 1), told_back_on=dt.date(2026, 11, 2)),  # told later
        action(5, done_on=dt.date(2025, 10, 31)),  # a year ago: history
    ]
    assert waits(released(only(tables, actions=actions)))["not_told_back"]["n"] == 2


def seat(number: int, **facts: Any) -> dict[str, Any]:
    row = {"seat_id": f"V-{number}", "municipality_id": "3439", "seat_from": dt.date(2024, 1, 1)}
    return row | facts


def test_a_seat_waits_when_it_has_been_vacant_for_over_sixty_days(
    tables: dict[str, Rows], released: Release
) -> None:
    since_2024 = {"filled_from": dt.date(2024, 2, 1)}
    seats = [
        seat(1, **since_2024, filled_to=dt.date(2026, 8, 30)),  # vacant for 61 days
        seat(2, **since_2024, filled_to=dt.date(2026, 8, 31)),  # for 60
        seat(3, **since_2024),  # filled
        seat(4),  # never filled
        # Left in spring, and somebody else came.
        seat(5, **since_2024, filled_to=dt.date(2026, 3, 1)),
        seat(5, filled_from=dt.date(2026, 5, 1)),
        seat(6, seat_to=dt.date(2026, 6, 30)),  # the seat is gone
    ]
    found = waits(released(only(tables, seats=seats)))["vacant"]
    assert found["n"] == 2
    assert found["oldest_on"] == dt.date(2024, 1, 1)


def course(number: int, **facts: Any) -> dict[str, Any]:
    row = {
        "activity_id": f"K-{number}",
        "municipality_id": "3439",
        "ended_on": dt.date(2026, 4, 16),
        "half_year_due_on": dt.date(2026, 10, 16),
    }
    return row | facts


def test_a_course_waits_when_half_a_year_and_fourteen_days_have_passed(
    tables: dict[str, Rows], released: Release
) -> None:
    courses = [
        course(1),  # 15 days over
        course(2, half_year_due_on=dt.date(2026, 10, 17)),  # 14 days
        course(3, half_year_sent_on=dt.date(2026, 10, 20)),  # sent
        course(4, half_year_sent_on=dt.date(2026, 11, 3)),  # sent after the month
        course(5, half_year_due_on=dt.date(2025, 10, 16)),  # too old to do anything about
    ]
    assert waits(released(only(tables, courses=courses)))["courses"]["n"] == 2


def test_a_recommendation_waits_until_a_leader_has_answered(
    tables: dict[str, Rows], released: Release
) -> None:
    def recommendation(number: int, came: dt.date, answered: dt.date | None) -> dict[str, Any]:
        return {
            "feedback_id": f"I-{number}",
            "municipality_id": "3439",
            "recommendation_on": came,
            "answer_due_on": came + dt.timedelta(days=30),
            "history_from": came.replace(year=came.year + 1),
            "leader_answered_on": answered,
        }

    rows = [
        recommendation(1, dt.date(2026, 9, 3), None),  # waits
        recommendation(2, dt.date(2026, 9, 3), dt.date(2026, 9, 20)),  # answered
        recommendation(3, dt.date(2026, 10, 3), dt.date(2026, 11, 2)),  # answered after the month
        recommendation(4, dt.date(2026, 11, 2), None),  # came after the month
        recommendation(5, dt.date(2025, 10, 31), None),  # a year ago: history
    ]
    assert waits(released(only(tables, recommendations=rows)))["recommendations"]["n"] == 2


def test_a_locked_month_waits_for_its_attestation_and_history_does_not(
    tables: dict[str, Rows], released: Release
) -> None:
    given = {
        "attestation_id": 1,
        "municipality_id": "3441",
        "month": OCTOBER,
        "statement": "seen",
        "given_at": dt.datetime.fromisoformat("2026-11-11T10:00"),
    }
    withdrawn = given | {
        "attestation_id": 2,
        "municipality_id": "3440",
        "withdrawn_at": dt.datetime.fromisoformat("2026-11-11T12:00"),
    }
    months = [month | {"is_history": month["month"] < OCTOBER} for month in tables["months"]]
    store = released(only(tables, months=months, attestations=[given, withdrawn]))
    assert "attestation" not in waits(store, "3441")
    assert waits(store, "3440")["attestation"]["oldest_on"] == OCTOBER
    assert waits(store, "cooperation")["attestation"]["n"] == 5
    september = ask("waiting", store=store, municipality="3440", month=dt.date(2026, 9, 1))
    assert september.is_empty()


def deviation(number: int, state: str, state_on: dt.date, **facts: Any) -> dict[str, Any]:
    row = {
        "deviation_id": str(number),
        "rule": "reported",
        "municipality_id": "3439",
        "row_key": str(number),
        "since_on": dt.date(2026, 9, 14),
        "state": state,
        "state_on": state_on,
    }
    return row | facts


def test_a_deviation_waits_as_long_as_the_list_has_it(
    tables: dict[str, Rows], released: Release
) -> None:
    deviations = [
        deviation(1, "confirmed", dt.date(2026, 9, 20)),
        deviation(2, "closed", dt.date(2026, 11, 10)),  # was open when the month ended
        deviation(3, "suggested", dt.date(2026, 10, 3)),
        # What has begun since is seen in the newest month, and in no earlier one.
        deviation(4, "reported", dt.date(2026, 11, 5), since_on=dt.date(2026, 11, 5)),
    ]
    turns = [
        {
            "deviation_id": row["deviation_id"],
            "turn": 1,
            "state": row["state"],
            "from_on": row["state_on"],
        }
        for row in deviations
    ]
    store = released(only(tables, deviations=deviations, deviation_turns=turns))
    found = waits(store)
    assert (found["deviations"]["n"], found["suggestions"]["n"]) == (2, 1)
    assert found["deviations"]["oldest_on"] == dt.date(2026, 9, 20)
    listed = ask("deviations_listed", store=store, municipality="3439", month=OCTOBER)
    assert listed.filter(place=1).height == 2
    earlier = ask("waiting", store=store, municipality="3439", month=dt.date(2026, 9, 1))
    assert earlier.filter(thing="deviations")["n"].item() == 1


def test_a_file_waits_if_it_is_expected(tables: dict[str, Rows], released: Release) -> None:
    def delivery(place: str, kind: str, came: bool) -> dict[str, Any]:
        return {
            "municipality_id": place,
            "kind": kind,
            "month": OCTOBER,
            "is_expected": kind != "goals",
            "is_delivered": came,
        }

    rows = [
        delivery("3439", "actions", False),
        delivery("3440", "actions", True),
        delivery("3439", "goals", False),  # nobody delivers goals
        delivery("3440", "goals", False),
    ]
    found = waits(released(only(tables, deliveries=rows)))
    assert found["files"]["kinds"] == ["actions"]


def test_nothing_waiting_says_so(tables: dict[str, Rows], released: Release) -> None:
    rows = list(waits(released(only(tables))).values())
    assert rows == []
    assert waiting_list(rows, of_all=False, choices=CHOICES) == (
        '<p class="empty">Ingenting venter ved utgangen av måneden.</p>'
    )


def row(thing: str, n: int = 1, **facts: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "thing": thing,
        "n": n,
        "oldest_on": dt.date(2026, 8, 14),
        "places": ["Ringebu"],
        "is_everywhere": False,
        "kinds": None,
    }
    return given | facts


SENTENCES = [
    (row("recommendations"), "Én anbefaling venter på svar fra leder. Den kom 14. august 2026."),
    (row("overdue", 2), "To tiltak er over frist. Den eldste fristen var 14. august 2026."),
    (row("overdue"), "Ett tiltak er over frist. Fristen var 14. august 2026."),
    (row("vacant", 13), "13 verv har stått tomme i over 60 dager. Lengst siden 14. august 2026."),
    (row("vacant"), "Ett verv har stått tomt i over 60 dager. Siden 14. august 2026."),
    (
        row("not_told_back"),
        "Ett tiltak fra det siste året er ferdig, men ikke meldt tilbake til brukerne. "
        "Det ble ferdig 14. august 2026.",
    ),
    (
        row("courses"),
        "Ett kurs er ikke evaluert etter et halvt år. Det ble avsluttet i august 2026.",
    ),
    (
        row("attestation", oldest_on=OCTOBER),
        "Oktober 2026 er låst og venter på attesten fra lederen.",
    ),
    (
        row("files", 2, oldest_on=OCTOBER, kinds=["actions", "seats"]),
        "To filer for oktober 2026 mangler. Tiltak og verv.",
    ),
    (
        row("files", 4, oldest_on=OCTOBER, kinds=["actions", "seats", "goals", "feedback"]),
        "Fire filer for oktober 2026 mangler.",
    ),
]


@pytest.mark.parametrize(("given", "words"), SENTENCES)
def test_each_thing_is_a_sentence_with_its_number(given: dict[str, Any], words: str) -> None:
    said = line(given, of_all=False)
    assert f"{said.lead} {said.rest}".strip().replace(NO_BREAK, " ") == words


def test_for_all_together_it_says_where() -> None:
    two = row("overdue", 3, places=["Gausdal", "Øyer"])
    assert line(two, of_all=True).rest == "I Gausdal og Øyer."
    everywhere = row("overdue", 9, is_everywhere=True)
    assert line(everywhere, of_all=True).rest == "I alle kommunene."
    heads = row("attestation", 6, oldest_on=OCTOBER, is_everywhere=True)
    assert line(heads, of_all=True).lead == "Seks kommuner har ikke attestert oktober 2026."
    assert line(heads, of_all=True).rest == ""


def test_no_more_lines_than_a_head_can_take_in_and_the_rest_is_named_below() -> None:
    things = ("recommendations", "attestation", "overdue", "vacant", "not_told_back", "courses")
    shown = waiting_list([row(thing) for thing in things], of_all=False, choices=CHOICES)
    assert shown.count("<li>") == MOST_LINES
    assert "Dessuten: Ett kurs er ikke evaluert etter et halvt år." in shown


def test_every_line_links_to_its_rows_with_municipality_and_month() -> None:
    shown = waiting_list([row("overdue")], of_all=False, choices=CHOICES)
    assert 'href="/actions?kommune=3439&amp;maned=2026-10&amp;vis=over_frist#tiltakene"' in shown


def test_the_views_in_the_links_are_views_of_the_list() -> None:
    assert VIEW == action_list.VIEW
    for thing, code in (("overdue", "overdue"), ("not_told_back", "not_told_back")):
        assert action_list.VIEWS[line(row(thing), of_all=False).view][0] == code


def test_what_waits_is_as_many_as_the_list_behind_the_link(small_release: Path) -> None:
    found = waits(small_release)
    listed = ask(
        "actions_listed",
        store=small_release,
        municipality="3439",
        month=OCTOBER,
        view="overdue",
        search="",
        themes="",
        most=100,
    )
    assert found["overdue"]["n"] == listed.height
    vacant = ask("vacant_seats", store=small_release, municipality="3439", month=OCTOBER)
    assert found["vacant"]["n"] == vacant.filter(vacant["days_vacant"] > 60).height


def test_a_course_that_was_sent_late_neither_waits_nor_is_called_not_sent(
    tables: dict[str, Rows], released: Release
) -> None:
    courses = [
        course(1),  # never sent: waits
        course(2, half_year_sent_on=dt.date(2026, 11, 3)),  # sent after the month: waited then
        # Sent 15 days late: not in time, and waits for nothing.
        course(3, half_year_due_on=dt.date(2026, 9, 1), half_year_sent_on=dt.date(2026, 9, 16)),
        # Evaluated the day after and not the same day.
        course(4, half_year_due_on=dt.date(2026, 12, 1), same_day_sent_on=dt.date(2026, 4, 17)),
    ]
    store = released(only(tables, courses=courses))
    shown = ask("courses_to_evaluate", store=store, municipality="3439", month=OCTOBER)
    by_course = {row["activity_id"]: row for row in shown.to_dicts()}
    waiting = {name for name, row in by_course.items() if row["awaits_half_year"]}
    assert waiting == {"K-1", "K-2"}
    assert waits(store)["courses"]["n"] == len(waiting)
    assert by_course["K-2"]["half_year_sent_on"] is None
    told = courses_to_evaluate(list(by_course.values()), of_all=False)
    listed, _, others = told.partition("<details")
    assert "ikke sendt, frist oktober 2026" in listed
    assert "K-3" in others
    assert "sendt 16. september 2026" in others
    assert "sendt 17. april 2026" in others


def test_where_nothing_waits_only_what_was_delivered_is_spoken_of() -> None:
    def said(is_all_there: bool) -> str:
        return waiting_list([], of_all=False, choices=CHOICES, is_all_there=is_all_there)

    assert "Ingenting venter ved utgangen av måneden." in said(True)
    assert "Ingenting venter i det som er levert for denne måneden." in said(False)
