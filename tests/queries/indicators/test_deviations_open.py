"""Deviations open: what somebody confirmed or reported and nobody has closed, by the day."""

from random import Random

from tests.queries import random_deviations
from tests.queries.indicators.agreement import assert_notices, changed, disagreements
from tests.queries.worlds import Row, World, day, noon, one, world

WORLDS = random_deviations.worlds()
PARTS = ("suggested", "confirmed", "reported", "rejected")


def suggestion(row_key: str, since: str, until: str | None = None) -> Row:
    return {
        "rule": "seat_vacant",
        "municipality_id": "3439",
        "row_key": row_key,
        "since_on": day(since),
        "until_on": day(until) if until else None,
    }


def review(number: int, row_key: str, on: str, verdict: str, **more: object) -> Row:
    told = {"review_id": number, "rule": "seat_vacant", "row_key": row_key, "at": noon(day(on))}
    return told | {"verdict": verdict, "who_role": "coordinator:3439"} | more


def parts(made: World) -> dict[str, float | None]:
    return {part: one("deviations_open", made, part)[0] for part in PARTS}


def test_each_counts_as_what_it_is_at_the_end_of_the_last_day() -> None:
    made = world(
        suggestions=[
            # Suggested on the last day.
            suggestion("1", "2026-10-31"),
            # The day after.
            suggestion("2", "2026-11-01"),
            # Suggested, and the rule stopped holding on the last day: closed by itself.
            suggestion("3", "2026-10-01", "2026-10-31"),
            # The same a day later: still suggested.
            suggestion("4", "2026-10-01", "2026-11-01"),
            # Confirmed on the last day.
            suggestion("5", "2026-10-01"),
            # Confirmed, and the rule stopped holding: it waits for a person to close it.
            suggestion("6", "2026-10-01", "2026-10-20"),
            # Rejected.
            suggestion("7", "2026-10-01"),
            # Confirmed and closed on the last day.
            suggestion("8", "2026-10-01"),
        ],
        acts_reviews=[
            review(1, "5", "2026-10-31", "confirmed"),
            review(2, "6", "2026-10-05", "confirmed"),
            review(3, "7", "2026-10-05", "rejected"),
            review(4, "8", "2026-10-05", "confirmed"),
            review(5, "8", "2026-10-31", "closed"),
        ],
        acts_reports=[
            # Reported on the last day; the next is the day after by Norway's clock.
            {"report_id": 6, "at": noon(day("2026-10-31")), "who_role": "leader:3439"},
            {"report_id": 7, "at": noon(day("2026-11-01")), "who_role": "leader:3439"},
        ],
    )
    assert one("deviations_open", made) == (3, None, None)
    assert parts(made) == {"suggested": 2, "confirmed": 2, "reported": 1, "rejected": 1}


def test_a_rule_that_holds_again_later_is_a_new_suggestion() -> None:
    times = [suggestion("1", "2026-10-01", "2026-10-10"), suggestion("1", "2026-10-20")]
    rejected = review(1, "1", "2026-10-05", "rejected")
    made = world(suggestions=times, acts_reviews=[rejected])
    assert parts(made) == {"suggested": 1, "confirmed": 0, "reported": 0, "rejected": 1}
    # The first is still to be closed, and closing it says nothing of the second.
    confirmed = [
        review(1, "1", "2026-10-05", "confirmed"),
        review(2, "1", "2026-10-25", "closed", since_on=day("2026-10-01")),
    ]
    made = world(suggestions=times, acts_reviews=confirmed)
    assert parts(made) == {"suggested": 1, "confirmed": 0, "reported": 0, "rejected": 0}


def test_what_was_confirmed_stays_when_a_corrected_file_takes_its_row_away() -> None:
    made = world(acts_reviews=[review(1, "1", "2026-10-05", "confirmed")])
    assert parts(made)["confirmed"] == 1


def test_a_reported_one_is_closed_by_its_number() -> None:
    report = {"report_id": 6, "at": noon(day("2026-10-05")), "who_role": "leader:3439"}
    closed = review(7, "6", "2026-10-08", "closed", rule="reported")
    assert one("deviations_open", world(acts_reports=[report])) == (1, None, None)
    made = world(acts_reports=[report], acts_reviews=[closed])
    assert one("deviations_open", made) == (0, None, None)


def test_the_second_opinion_agrees() -> None:
    for seed in range(12):
        assert disagreements("deviations_open", random_deviations.made(Random(seed))) == {}


def test_a_second_opinion_that_lets_no_rule_stop_holding_is_noticed() -> None:
    assert_notices("deviations_open", WORLDS, changed("suggestions", until_on=None))


def test_a_second_opinion_that_takes_every_review_for_the_newest_time_is_noticed() -> None:
    assert_notices("deviations_open", WORLDS, changed("acts_reviews", since_on=None))
