"""Days a deviation has been open: from the day a person stood for it, the median of those open."""

from random import Random

from tests.queries import random_deviations
from tests.queries.indicators.agreement import assert_notices, changed, disagreements
from tests.queries.indicators.test_deviations_open import WORLDS, review, suggestion
from tests.queries.worlds import OCTOBER, day, noon, numbers, one, world


def test_days_count_from_when_somebody_confirmed_or_reported_it() -> None:
    made = world(
        # Long suggested, confirmed ten days before the end of the month.
        suggestions=[suggestion("1", "2026-08-01"), suggestion("2", "2026-10-01")],
        acts_reviews=[
            review(1, "1", "2026-10-21", "confirmed"),
            # Said twice, it counts from the first time.
            review(2, "1", "2026-10-30", "confirmed"),
            # Closed: it is not open any more.
            review(3, "2", "2026-10-02", "confirmed"),
            review(4, "2", "2026-10-03", "closed"),
        ],
        # Reported thirty days before, of something that happened in spring.
        acts_reports=[
            {
                "report_id": 5,
                "at": noon(day("2026-10-01")),
                "happened_on": day("2026-04-01"),
                "who_role": "leader:3439",
            }
        ],
    )
    assert one("days_deviation_open", made) == (20, None, None)
    assert numbers("days_deviation_open", made)["cooperation", OCTOBER, None][0] == 20


def test_where_none_is_open_there_is_no_number() -> None:
    made = world(suggestions=[suggestion("1", "2026-10-01")])
    assert one("days_deviation_open", made) == (None, None, None)


def test_the_second_opinion_agrees() -> None:
    for seed in range(12):
        assert disagreements("days_deviation_open", random_deviations.made(Random(seed))) == {}


def test_a_second_opinion_that_closes_nothing_is_noticed() -> None:
    assert_notices("days_deviation_open", WORLDS, changed("acts_reviews", verdict="confirmed"))
