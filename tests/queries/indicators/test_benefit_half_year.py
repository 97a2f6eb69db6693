"""Benefit after half a year: the other measurement of the same courses, in the courses' month."""

from queries import cards
from tests.queries import random_answers as answered
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_worlds import COURSE_ENDS, HALF_A_YEAR_LATER
from tests.queries.worlds import Row, day, numbers, one, world

WORLDS = some.worlds(
    activities=some.activities("course", on=COURSE_ENDS),
    questions=answered.questions,
    survey_waves=answered.waves("half_year", "half_year", "same_day", on=HALF_A_YEAR_LATER),
    survey_answers=answered.answers,
)

COURSE: Row = {"activity_id": "K", "kind": "course", "ends_on": day("2026-08-31")}
WAVE: Row = {
    "wave_id": "U",
    "survey": "kurs",
    "activity_id": "K",
    "measurement": "half_year",
    "sent_on": day("2027-02-28"),
}
BENEFIT: Row = {"survey": "kurs", "question": "nytte", "role": "benefit"}


def sheets(*values: str | None, wave: str = "U") -> list[Row]:
    """One answer sheet for each of these answers to the question about benefit."""
    return [
        {"answer_id": f"{wave}{n}", "wave_id": wave, "question": "nytte", "value": value}
        for n, value in enumerate(values)
    ]


def test_both_measurements_of_a_course_stand_in_the_month_in_which_it_ended() -> None:
    made = world(
        first=day("2026-08-01"),
        last=day("2027-03-01"),
        today=day("2027-05-01"),
        activities=[COURSE],
        questions=[BENEFIT],
        survey_waves=[
            WAVE,
            WAVE | {"wave_id": "same", "measurement": "same_day", "sent_on": day("2026-08-31")},
            # Sent too late: an answer all the same.
            WAVE | {"wave_id": "late", "sent_on": day("2027-03-31")},
        ],
        survey_answers=[
            *sheets("5", "2"),
            *sheets("4", "4", "3", wave="same"),
            *sheets("4", wave="late"),
        ],
    )
    august = ("3439", day("2026-08-01"), None)
    february = ("3439", day("2027-02-01"), None)
    assert numbers("benefit_half_year", made)[august] == (2, 3, 3)
    assert numbers("benefit_same_day", made)[august] == (2, 3, 3)
    assert numbers("benefit_half_year", made)[february] == (0, 0, None)


def test_a_course_of_several_municipalities_counts_for_the_one_that_asked() -> None:
    both = [COURSE, COURSE | {"municipality": "3405", "ends_on": day("2026-08-30")}]
    made = world(
        first=day("2026-08-01"),
        activities=both,
        questions=[BENEFIT],
        survey_waves=[WAVE],
        survey_answers=sheets("5", "3"),
    )
    assert one("benefit_half_year", made) == (1, 2, 2)


def test_it_is_mature_when_the_last_answers_of_half_a_year_later_are_in() -> None:
    card = cards.load_all()["benefit_half_year"]
    longest_half_year, to_send, to_answer = 184, 14, 30
    assert card.matures_after_days == longest_half_year + to_send + to_answer
    assert card.target is None


def test_the_second_opinion_agrees() -> None:
    assert_agree("benefit_half_year", WORLDS)


def test_a_second_opinion_that_reads_three_as_much_is_noticed() -> None:
    misread = changed("current_survey_answers", value="3")
    assert_notices("benefit_half_year", WORLDS, misread)
