"""Benefit the same day: 4 and 5 of the valid answers, in the month in which the course ended."""

import pytest

from tests.queries import random_answers as answered
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_worlds import COURSE_ENDS
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(
    activities=some.activities("course", "course", "course", "workshop", on=COURSE_ENDS),
    questions=answered.questions,
    survey_waves=answered.waves("same_day", "same_day", "half_year", on=COURSE_ENDS),
    survey_answers=answered.answers,
)

COURSE: Row = {"activity_id": "K", "kind": "course", "ends_on": day("2026-10-31")}
WAVE: Row = {
    "wave_id": "U",
    "survey": "kurs",
    "activity_id": "K",
    "measurement": "same_day",
    "sent_on": day("2026-10-31"),
}
BENEFIT: Row = {"survey": "kurs", "question": "nytte", "role": "benefit"}


def sheets(*values: str | None, wave: str = "U") -> list[Row]:
    """One answer sheet for each of these answers to the question about benefit."""
    return [
        {"answer_id": f"{wave}{n}", "wave_id": wave, "question": "nytte", "value": value}
        for n, value in enumerate(values)
    ]


def benefit(*values: str | None, scale: str | None = None) -> tuple[object, ...]:
    """What one wave with these answers gives."""
    made = world(
        activities=[COURSE],
        questions=[BENEFIT | {"scale": scale}],
        survey_waves=[WAVE],
        survey_answers=sheets(*values),
    )
    return one("benefit_same_day", made)


def test_four_and_five_count_of_all_that_are_answered_with_a_number_of_the_scale() -> None:
    # 3 is not much; don't know, a word and nothing are no valid answers.
    assert benefit("3", "4", "5", "1", "no_number", "mye", None) == (2, 4, 4)


@pytest.mark.parametrize(
    ("scale", "value", "told"),
    [
        # Written down as five steps: a slip of the keys is no answer, and spoils no other.
        (answered.FIVE, "55", (1, 1, 1)),
        (answered.FIVE, "4,5", (1, 1, 1)),
        # Four steps and eleven steps: 4 and 5 are not the two best.
        ("lite=1; noe=2; mye=3; svært mye=4", "4", (0, 0, 0)),
        ("; ".join(f"{n}={n}" for n in range(11)), "5", (0, 0, 0)),
        # Not written down: one answer that no scale of five steps has says that it is another.
        (None, "5", (2, 2, 2)),
        (None, "0", (0, 0, 0)),
        (None, "10", (0, 0, 0)),
        (None, "4.5", (0, 0, 0)),
        ("fra 1 til 5", "1", (1, 2, 2)),
    ],
)
def test_only_scales_of_five_steps_are_read(
    scale: str | None, value: str, told: tuple[int, int, int]
) -> None:
    assert benefit("4", value, scale=scale) == told


def test_a_scale_is_judged_by_every_answer_ever_given_on_it() -> None:
    made = world(
        activities=[COURSE],
        questions=[BENEFIT],
        survey_waves=[WAVE, WAVE | {"wave_id": "before", "sent_on": day("2025-01-15")}],
        survey_answers=[*sheets("4", "5"), *sheets("8", wave="before")],
    )
    assert one("benefit_same_day", made) == (0, 0, 0)


def test_the_answers_belong_to_the_month_in_which_the_course_ended() -> None:
    waves = [
        # Sent the day after, in the next month.
        WAVE | {"sent_on": day("2026-11-01")},
        # A course that ended the day before the month, and one that is a workshop.
        WAVE | {"wave_id": "1", "activity_id": "before"},
        WAVE | {"wave_id": "2", "activity_id": "workshop"},
        # The other measurement, no course, a course nobody knows, FACT.
        WAVE | {"wave_id": "3", "measurement": "half_year"},
        WAVE | {"wave_id": "4", "activity_id": None},
        WAVE | {"wave_id": "5", "activity_id": "unknown"},
        WAVE | {"wave_id": "6", "activity_id": "fact"},
        # Asked of staff: they had benefit of it too.
        WAVE | {"wave_id": "7", "respondent": "staff"},
    ]
    made = world(
        activities=[
            COURSE,
            COURSE | {"activity_id": "before", "ends_on": day("2026-09-30")},
            COURSE | {"activity_id": "workshop", "kind": "workshop"},
            COURSE | {"activity_id": "fact", "initiative": "FACT"},
        ],
        questions=[BENEFIT],
        survey_waves=waves,
        survey_answers=[row for wave in waves for row in sheets("4", "2", wave=wave["wave_id"])],
    )
    assert one("benefit_same_day", made) == (2, 4, 4)


def test_nobody_asked_about_benefit_is_not_the_same_as_nobody_answered() -> None:
    asked = world(activities=[COURSE], questions=[BENEFIT], survey_waves=[WAVE])
    assert one("benefit_same_day", asked) == (0, 0, 0)
    # Another questionnaire, which does not ask.
    other = WAVE | {"survey": "annet"}
    nobody = world(activities=[COURSE], questions=[BENEFIT], survey_waves=[other])
    assert one("benefit_same_day", nobody) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("benefit_same_day", WORLDS)


def test_a_second_opinion_that_reads_every_scale_as_five_steps_is_noticed() -> None:
    misread = changed("current_questions", scale=answered.FIVE)
    assert_notices("benefit_same_day", WORLDS, misread)


def test_a_second_opinion_that_goes_by_the_day_of_sending_is_noticed() -> None:
    misread = changed("current_activities", ends_on=day("2025-01-31"))
    assert_notices("benefit_same_day", WORLDS, misread)
