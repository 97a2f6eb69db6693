"""Fresh services: those that heard from their users at most 90 days before the month's end."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(
    services=some.services,
    activities=some.activities("dialogue_meeting", "dialogue_cafe", "course"),
    survey_waves=some.survey_waves("same_day", "other"),
    survey_answers=some.survey_answers,
)

SERVICE: Row = {"active_from": day("2019-01-01")}
MEETING: Row = {"activity_id": "1", "kind": "dialogue_meeting", "service": "A"}


def test_ninety_days_are_fresh_and_ninety_one_are_not() -> None:
    def heard(on: str) -> object:
        meeting = MEETING | {"ends_on": day(on)}
        return one("fresh_services", world(services=[SERVICE | {"service_id": "A"}],
                                           activities=[meeting]))  # fmt: skip

    # The 31st of October is 90 days after the 2nd of August.
    assert heard("2026-08-02") == (1, 1, None)
    assert heard("2026-08-01") == (0, 1, None)
    assert heard("2026-10-31") == (1, 1, None)
    # After the month nobody has heard yet.
    assert heard("2026-11-01") == (0, 1, None)


def test_only_services_in_use_on_the_last_day_count() -> None:
    made = world(
        services=[
            SERVICE | {"service_id": "A"},
            # Ends that day, and starts that day: as new as fresh.
            SERVICE | {"service_id": "B", "active_to": day("2026-10-31")},
            {"service_id": "C", "active_from": day("2026-10-31")},
            # Ended before, or not begun.
            SERVICE | {"service_id": "D", "active_to": day("2026-10-30")},
            {"service_id": "E", "active_from": day("2026-11-01")},
        ]
    )
    assert one("fresh_services", made) == (1, 3, None)


def test_a_survey_counts_when_somebody_has_answered() -> None:
    wave: Row = {"wave_id": "1", "service": "A", "measurement": "same_day"}
    wave |= {"sent_on": day("2026-10-01"), "survey": "kurs"}

    def fresh(**facts: object) -> object:
        made = world(services=[SERVICE | {"service_id": "A"}], survey_waves=[wave | facts])
        return one("fresh_services", made)[0]

    assert fresh(answered=1) == 1
    assert fresh(answered=0) == 0
    # Staff are not users.
    assert fresh(answered=1, respondent="staff") == 0


def test_a_municipality_without_services_has_a_row() -> None:
    assert one("fresh_services", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("fresh_services", WORLDS)


def test_a_second_opinion_that_forgets_which_services_ended_is_noticed() -> None:
    assert_notices("fresh_services", WORLDS, changed("current_services", active_to=None))


def test_a_second_opinion_that_counts_answers_from_staff_is_noticed() -> None:
    assert_notices("fresh_services", WORLDS, changed("current_survey_waves", respondent=None))
