"""Response rate: answers by AAPOR RR2 over all who should have been asked, by month of sending."""

import pytest

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_worlds import QUESTIONS
from tests.queries.worlds import Row, World, day, one, world

WORLDS = some.worlds(
    activities=some.activities("course"),
    questions=some.questions,
    survey_waves=some.survey_waves("same_day", "same_day", "half_year"),
    survey_answers=some.survey_answers,
)

WAVE: Row = {
    "wave_id": "U",
    "survey": "kurs",
    "measurement": "same_day",
    "sent_on": day("2026-10-31"),
}


def answered(sheet: str, *questions: str, wave: str = "U", value: str | None = "4") -> list[Row]:
    """One answer sheet with a value for each of these questions."""
    return [
        {"answer_id": sheet, "wave_id": wave, "question": question, "value": value}
        for question in questions
    ]


def test_a_partial_answer_counts_when_half_of_the_core_questions_are_answered() -> None:
    four = [
        {"survey": "kurs", "question": question, "role": "core"}
        for question in ("a", "b", "c", "d")
    ] + [{"survey": "kurs", "question": "x", "role": "benefit"}]
    made = world(
        questions=four,
        survey_waves=[WAVE | {"asked": 10, "delivered": 9}],
        survey_answers=[
            # Complete.
            *answered("1", "a", "b", "c", "d", "x"),
            # Exactly half.
            *answered("2", "a", "b"),
            # Under half, whatever else was answered.
            *answered("3", "a", "x"),
            # Opened and left empty.
            *answered("4", "a", "b", "c", value=None),
            # Half of them empty: one value left.
            *answered("5", "a"),
            *answered("5", "b", value=None),
            # "Don't know" is an answer, though no number: half of them.
            *answered("6", "a", "b", value="no_number"),
        ],
    )
    assert one("response_rate_same_day", made) == (3, 10, 3)
    assert one("response_rate_same_day", made, "not_reached") == (1, 10, 3)
    assert one("response_rate_same_day", made, "without_list") == (0, None, 0)


@pytest.mark.parametrize(
    ("complete", "partial", "others", "rate"), [(5, 3, 7, 0.5333333333333333), (0, 0, 1, 0.0)]
)
def test_it_is_the_second_response_rate_of_aapor(
    complete: int, partial: int, others: int, rate: float
) -> None:
    """The published cases of RR2; who should not have been asked is not among those asked."""
    sheets = [("a", "b", "c", "d")] * complete + [("a", "b")] * partial
    made = world(
        questions=[{"survey": "kurs", "question": question, "role": "core"} for question in "abcd"],
        survey_waves=[WAVE | {"asked": complete + partial + others}],
        survey_answers=[
            row for number, asked in enumerate(sheets) for row in answered(str(number), *asked)
        ],
    )
    numerator, denominator, _ = one("response_rate_same_day", made)
    assert numerator / denominator == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize(("questions", "counts"), [(1, 0), (2, 1), (3, 1)])
def test_half_of_three_core_questions_is_two(questions: int, counts: int) -> None:
    made = world(
        questions=QUESTIONS,
        survey_waves=[WAVE | {"asked": 5}],
        survey_answers=answered("1", *"pqr"[:questions]),
    )
    assert one("response_rate_same_day", made) == (counts, 5, counts)


def test_without_core_questions_any_answer_counts() -> None:
    made = world(
        survey_waves=[WAVE | {"asked": 5}],
        survey_answers=[*answered("1", "z"), *answered("2", "z", value=None)],
    )
    assert one("response_rate_same_day", made) == (1, 5, 1)


def test_a_written_total_counts_only_where_the_answers_are_not_there() -> None:
    made = world(
        survey_waves=[
            WAVE | {"wave_id": "1", "asked": 8, "answered": 5},
            # Its answers are there: two, not the six that were written.
            WAVE | {"wave_id": "2", "asked": 8, "answered": 6},
            # Neither: nobody answered.
            WAVE | {"wave_id": "3", "asked": 4},
        ],
        survey_answers=[*answered("1", "z", wave="2"), *answered("2", "z", wave="2")],
    )
    assert one("response_rate_same_day", made) == (7, 20, 7)


def test_without_a_list_of_those_asked_there_is_a_number_and_no_rate() -> None:
    unlisted = WAVE | {"wave_id": "1", "answered": 5}
    assert one("response_rate_same_day", world(survey_waves=[unlisted])) == (5, None, 5)
    # Beside a wave that has one, its answers stay out of the rate.
    both = world(survey_waves=[unlisted, WAVE | {"wave_id": "2", "asked": 10, "answered": 4}])
    assert one("response_rate_same_day", both) == (4, 10, 4)
    assert one("response_rate_same_day", both, "without_list") == (5, None, 5)
    # Nobody wrote whom it reached: that is not the same as having reached all.
    assert one("response_rate_same_day", both, "not_reached") == (0, 0, None)


def test_only_same_day_waves_of_the_month_and_never_those_of_fact() -> None:
    made = world(
        activities=[
            {"activity_id": "F", "kind": "course", "ends_on": day("2026-10-31")}
            | {"initiative": "FACT"}
        ],
        survey_waves=[
            # On the last day of the month.
            WAVE | {"wave_id": "1", "asked": 3, "answered": 1},
            # Asked of staff: they were asked too.
            WAVE | {"wave_id": "2", "asked": 3, "answered": 1, "respondent": "staff"},
            # Other months, another measurement, FACT.
            WAVE | {"wave_id": "3", "asked": 3, "answered": 1, "sent_on": day("2026-11-01")},
            WAVE | {"wave_id": "4", "asked": 3, "answered": 1, "sent_on": day("2026-09-30")},
            WAVE | {"wave_id": "5", "asked": 3, "answered": 1, "measurement": "half_year"},
            WAVE | {"wave_id": "6", "asked": 3, "answered": 1, "activity_id": "F"},
        ],
    )
    assert one("response_rate_same_day", made) == (2, 6, 2)


def test_nobody_answered_is_not_the_same_as_nothing_sent() -> None:
    sent = world(survey_waves=[WAVE | {"asked": 6, "answered": 0}])
    assert one("response_rate_same_day", sent) == (0, 6, 0)
    assert one("response_rate_same_day", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("response_rate_same_day", WORLDS)


def test_a_second_opinion_that_counts_every_sheet_is_noticed() -> None:
    def misread(read: World) -> World:
        return World(read | {"current_questions": []})

    assert_notices("response_rate_same_day", WORLDS, misread)


def test_a_second_opinion_that_counts_empty_values_is_noticed() -> None:
    misread = changed("current_survey_answers", value="1")
    assert_notices("response_rate_same_day", WORLDS, misread)
