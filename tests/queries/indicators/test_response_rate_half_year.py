"""Response rate half a year later: as the same day, of the other measurement, with its own aim."""

from queries import cards
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices
from tests.queries.worlds import Row, World, day, one, world

WORLDS = some.worlds(
    activities=some.activities("course"),
    questions=some.questions,
    survey_waves=some.survey_waves("half_year", "half_year", "same_day"),
    survey_answers=some.survey_answers,
)

WAVE: Row = {
    "wave_id": "U",
    "survey": "kurs",
    "measurement": "half_year",
    "sent_on": day("2026-10-31"),
    "asked": 8,
    "delivered": 6,
    "answered": 3,
}


def test_only_what_is_sent_half_a_year_later_counts_in_the_month_of_sending() -> None:
    made = world(
        survey_waves=[
            WAVE,
            # The same day, and the day after the month.
            WAVE | {"wave_id": "1", "measurement": "same_day"},
            WAVE | {"wave_id": "2", "sent_on": day("2026-11-01")},
        ]
    )
    assert one("response_rate_half_year", made) == (3, 8, 3)
    assert one("response_rate_half_year", made, "not_reached") == (2, 8, 3)
    assert one("response_rate_half_year", made, "without_list") == (0, None, 0)


def test_without_a_list_of_those_asked_there_is_a_number_and_no_rate() -> None:
    unlisted = world(survey_waves=[WAVE | {"asked": None, "delivered": None}])
    assert one("response_rate_half_year", unlisted) == (3, None, 3)


def test_a_quarter_is_aimed_at_and_a_low_rate_has_its_caveat() -> None:
    card = cards.load_all()["response_rate_half_year"]
    assert card.target == cards.Target(0.25, "least", "proposal")
    assert card.has_words("caveat")


def test_the_second_opinion_agrees() -> None:
    assert_agree("response_rate_half_year", WORLDS)


def test_a_second_opinion_that_counts_every_sheet_is_noticed() -> None:
    def misread(read: World) -> World:
        return World(read | {"current_questions": []})

    assert_notices("response_rate_half_year", WORLDS, misread)
