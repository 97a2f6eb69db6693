"""Freshness: days from the latest wave with answers, or dialogue, to the end of the month."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    day,
    delivered,
    numbers,
    one,
    world,
)

WORLDS = some.worlds(
    services=some.services,
    activities=some.activities(
        "dialogue_meeting", "dialogue_cafe", "dialogue_conference", "workshop"
    ),
    survey_waves=some.survey_waves("same_day", "half_year", "other"),
    survey_answers=some.survey_answers,
)

OCTOBER = day("2026-10-01")
SERVICE: Row = {"service_id": "A", "active_from": day("2020-01-01")}
WAVE: Row = {"wave_id": "U", "service": "A", "survey": "s", "measurement": "other", "asked": 9}
MEETING: Row = {"activity_id": "M", "service": "A", "kind": "dialogue_meeting"}


def age(**tables: list[Row]) -> float | None:
    """Days since the only service last heard from its users, on the last day of October."""
    return one("feedback_freshness", world(services=[SERVICE], **tables), "A")[0]


def test_the_latest_wave_with_answers_counts_by_the_day_it_was_sent() -> None:
    waves = [
        WAVE | {"wave_id": "1", "sent_on": day("2026-08-01"), "answered": 3},
        # The latest with answers: sent on the 21st, answered much later.
        WAVE | {"wave_id": "2", "sent_on": day("2026-10-21")},
        # Sent later, and nobody answered.
        WAVE | {"wave_id": "3", "sent_on": day("2026-10-25"), "answered": 0},
        WAVE | {"wave_id": "4", "sent_on": day("2026-10-26")},
        # Opened and left empty.
        WAVE | {"wave_id": "5", "sent_on": day("2026-10-27")},
        # Asked of staff, who are not users.
        WAVE | {"wave_id": "6", "sent_on": day("2026-10-28"), "answered": 9, "respondent": "staff"},
        # About another service, or about none.
        WAVE | {"wave_id": "7", "sent_on": day("2026-10-29"), "answered": 9, "service": "B"},
        WAVE | {"wave_id": "8", "sent_on": day("2026-10-30"), "answered": 9, "service": None},
        # After the end of the month.
        WAVE | {"wave_id": "9", "sent_on": day("2026-11-01"), "answered": 9},
    ]
    answers = [
        {"answer_id": "S", "wave_id": "2", "question": "q", "value": "4"}
        | {"answered_on": day("2026-11-09")},
        {"answer_id": "T", "wave_id": "5", "question": "q", "value": None},
    ]
    assert age(survey_waves=waves, survey_answers=answers) == 10


def test_dialogue_counts_as_feedback_and_other_activities_do_not() -> None:
    def heard(kind: str, **facts: object) -> float | None:
        return age(activities=[MEETING | {"kind": kind, "ends_on": day("2026-10-31")} | facts])

    assert heard("dialogue_meeting") == 0
    assert heard("dialogue_cafe") == 0
    assert heard("dialogue_conference") == 0
    never = (day("2026-10-31") - day("2020-01-01")).days
    assert heard("workshop") == never
    assert heard("user_panel") == never
    assert heard("dialogue_meeting", service=None) == never
    # FACT's belong to the cooperation, and so do the waves about them.
    assert heard("dialogue_meeting", initiative="FACT") == never
    assert (
        age(
            activities=[MEETING | {"initiative": "FACT", "ends_on": day("2026-10-01")}],
            survey_waves=[WAVE | {"activity_id": "M", "sent_on": day("2026-10-20"), "answered": 3}],
        )
        == never
    )


def test_a_service_that_never_heard_is_counted_from_its_start() -> None:
    started = SERVICE | {"active_from": day("2026-10-01")}
    assert one("feedback_freshness", world(services=[started]), "A")[0] == 30


def test_only_services_active_on_the_last_day_count() -> None:
    made = world(
        services=[
            # Started that day.
            SERVICE | {"service_id": "A", "active_from": day("2026-10-31")},
            # Its last day.
            SERVICE | {"service_id": "B", "active_to": day("2026-10-31")},
            # Ended the day before, or not yet started.
            SERVICE | {"service_id": "C", "active_to": day("2026-10-30")},
            SERVICE | {"service_id": "D", "active_from": day("2026-11-01")},
        ]
    )
    found = numbers("feedback_freshness", made)
    parts = {part for who, _, part in found if who == "3439"}
    assert parts == {None, "A", "B"}
    assert found["3439", OCTOBER, "A"] == (0, None, None)


def test_the_municipality_has_the_median_of_its_services_and_all_have_the_median_of_all() -> None:
    def service(name: str, who: str, days: int) -> tuple[Row, Row]:
        wave = {"sent_on": day("2026-10-31").replace(day=31 - days), "answered": 1}
        return (
            SERVICE | {"service_id": name, "municipality": who},
            WAVE | {"wave_id": name, "service": name, "municipality": who} | wave,
        )

    pairs = [
        service("A", "3439", 1),
        service("B", "3439", 4),
        service("C", "3439", 10),
        service("D", "3439", 20),
        service("E", "3405", 30),
    ]
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        services=[one for one, _ in pairs],
        survey_waves=[wave for _, wave in pairs],
    )
    found = numbers("feedback_freshness", made)
    assert found["3439", OCTOBER, None] == (7, None, None)  # between 4 and 10
    assert found["3405", OCTOBER, None] == (30, None, None)
    # Of 1, 4, 10, 20 and 30; the median of the medians would be 18.5.
    assert found["cooperation", OCTOBER, None] == (10, None, None)


def test_who_did_not_deliver_is_not_in_the_median_of_all() -> None:
    def together(*kinds: str, answered: int | None = 1) -> float | None:
        services = [SERVICE, SERVICE | {"service_id": "B", "municipality": "3405"}]
        wave = WAVE | {"sent_on": day("2026-10-21"), "municipality": "3405", "service": "B"}
        coverage = [delivered(kind, "3405", OCTOBER) for kind in kinds]
        made = world(
            municipalities=[RINGEBU, LILLEHAMMER],
            services=services,
            survey_waves=[wave | {"answered": answered}],
            coverage=coverage,
        )
        return numbers("feedback_freshness", made)["cooperation", OCTOBER, None][0]

    # Ringebu, which never heard, delivered nothing: Lillehammer's ten days stand alone.
    assert together("survey_waves", "activities") == 10
    assert together("activities") is None
    # Activities that were never delivered are not waited for.
    assert together("survey_waves") == 10
    # A wave without a written total needs the file of answers.
    assert together("survey_waves", "activities", answered=None) is None
    assert together("survey_waves", "activities", "survey_answers", answered=None) is not None


def test_activities_are_waited_for_from_their_first_delivery_on() -> None:
    def together(first_activities: str) -> float | None:
        waves = [WAVE | {"sent_on": day("2026-10-21"), "answered": 1}]
        coverage = [
            delivered("survey_waves", "3439", OCTOBER),
            delivered("activities", "3439", day(first_activities)),
        ]
        made = world(services=[SERVICE], survey_waves=waves, coverage=coverage)
        return numbers("feedback_freshness", made)["cooperation", OCTOBER, None][0]

    assert together("2026-09-01") is None
    assert together("2026-10-01") == 10
    assert together("2026-11-01") == 10


def test_a_municipality_without_services_has_a_row_without_a_number() -> None:
    assert one("feedback_freshness", world()) == (None, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("feedback_freshness", WORLDS)


def test_a_second_opinion_that_hears_staff_is_noticed() -> None:
    misread = changed("current_survey_waves", respondent="user")
    assert_notices("feedback_freshness", WORLDS, misread)


def test_a_second_opinion_that_hears_empty_answers_is_noticed() -> None:
    misread = changed("current_survey_answers", value="1")
    assert_notices("feedback_freshness", WORLDS, misread)
