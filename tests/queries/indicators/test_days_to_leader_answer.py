"""Days to the leader's answer: the middle one of those answered, and those who still wait."""

from tests.queries import random_acts as acts
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    day,
    delivered,
    numbers,
    one,
    world,
)

WORLDS = some.worlds(
    feedback=acts.feedback,
    activities=some.activities("dialogue_meeting"),
    survey_waves=some.survey_waves("other"),
)

OCTOBER = day("2026-10-01")


def items(*answered: str | None, **facts: object) -> list[Row]:
    """Recommendations of the 1st of October, answered on these days."""
    return [
        {
            "feedback_id": f"{number}",
            "received_on": OCTOBER,
            "recommendation_on": OCTOBER,
            "leader_answer": None if on is None else "yes",
            "leader_answered_on": None if on is None else day(on),
        }
        | facts
        for number, on in enumerate(answered)
    ]


def october(feedback: list[Row], **facts: object) -> tuple[object, object]:
    """Ringebu's October: the middle number of days, and unanswered of all."""
    made: World = world(feedback=feedback, **facts)  # type: ignore[arg-type]
    days, unanswered = (one("days_to_leader_answer", made, part) for part in (None, "unanswered"))
    return days[0], unanswered[:2]


def test_the_number_is_the_middle_one_of_those_answered() -> None:
    assert october(items("2026-10-01")) == (0, (0, 1))
    assert october(items("2026-10-11", "2026-10-04", "2027-10-01")) == (10, (0, 3))
    assert october(items("2026-10-11", "2026-10-04")) == (6.5, (0, 2))
    assert october(items("2026-10-11", None, None)) == (10, (2, 3))
    assert october(items(None)) == (None, (1, 1))
    assert october([]) == (None, (0, 0))


def test_a_no_without_a_reason_does_not_count_as_an_answer() -> None:
    assert october(items("2026-10-11", leader_answer="no")) == (None, (1, 1))
    reasoned = items("2026-10-11", leader_answer="no", reason="Det finnes ikke lokaler")
    assert october(reasoned) == (10, (0, 1))
    assert october(items("2026-10-11", leader_answer="partly")) == (10, (0, 1))


def test_a_recommendation_belongs_to_the_month_it_was_made_in() -> None:
    september = {"recommendation_on": day("2026-09-30"), "received_on": day("2026-09-30")}
    assert october(items("2026-10-11", **september)) == (None, (0, 0))
    # Feedback that became no recommendation waits for no answer.
    assert october(items("2026-10-11", recommendation_on=None)) == (None, (0, 0))


def test_what_was_said_to_fact_is_in_no_number() -> None:
    activity = {"activity_id": "A", "kind": "dialogue_meeting", "ends_on": OCTOBER}
    wave = {"wave_id": "U", "activity_id": "A", "measurement": "other", "sent_on": OCTOBER}
    for fact, days in (("FACT", None), ("KB", 10)):
        held = [activity | {"initiative": fact}]
        assert october(items("2026-10-11", activity_id="A"), activities=held)[0] == days
        sent = {"activities": held, "survey_waves": [wave]}
        assert october(items("2026-10-11", wave_id="U"), **sent)[0] == days


def test_all_together_is_the_middle_of_all_and_not_of_the_middles() -> None:
    feedback = items("2026-10-02", "2026-10-03", "2026-10-04")
    feedback += [row | {"feedback_id": "9"} for row in items("2026-10-31", municipality="3405")]
    places = [RINGEBU, LILLEHAMMER]
    together = ("cooperation", OCTOBER, None)
    made = world(municipalities=places, feedback=feedback)
    assert numbers("days_to_leader_answer", made)[together][0] == 2.5
    # Only of those who delivered the month.
    covered = [delivered("feedback", "3405", OCTOBER)]
    made = world(municipalities=places, feedback=feedback, coverage=covered)
    assert numbers("days_to_leader_answer", made)[together][0] == 30


def test_the_second_opinion_agrees() -> None:
    assert_agree("days_to_leader_answer", WORLDS)


def test_a_second_opinion_that_takes_every_answer_is_noticed() -> None:
    assert_notices("days_to_leader_answer", WORLDS, changed("current_feedback", reason="fordi"))


def test_a_second_opinion_that_gives_fact_to_the_municipality_is_noticed() -> None:
    assert_notices("days_to_leader_answer", WORLDS, changed("current_activities", initiative=None))
