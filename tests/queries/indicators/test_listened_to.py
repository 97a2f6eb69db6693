"""Listened to: what user representatives answered, for all municipalities together and no other."""

from queries import cards
from tests.queries import random_answers as answered
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_worlds import COURSE_ENDS
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(
    activities=some.activities("course", "user_panel"),
    questions=answered.questions,
    survey_waves=answered.waves("other", "other", "same_day", on=COURSE_ENDS),
    survey_answers=answered.answers,
)

WAVE: Row = {
    "wave_id": "U",
    "survey": "verv",
    "measurement": "other",
    "respondent": "user",
    "sent_on": day("2026-10-31"),
}
HEARD: Row = {"survey": "verv", "question": "hort", "role": "listened_to"}


def sheets(*values: str | None, wave: str = "U") -> list[Row]:
    """One answer sheet for each of these answers to the question about being listened to."""
    return [
        {"answer_id": f"{wave}{n}", "wave_id": wave, "question": "hort", "value": value}
        for n, value in enumerate(values)
    ]


def test_only_who_is_asked_as_a_representative_counts() -> None:
    waves = [
        WAVE,
        # Who was asked is not written: the question tells.
        WAVE | {"wave_id": "1", "respondent": None},
        # Of a panel's meeting.
        WAVE | {"wave_id": "2", "activity_id": "P"},
        # About a service, about a course, of relatives, of staff, of FACT, of another month.
        WAVE | {"wave_id": "3", "service": "A"},
        WAVE | {"wave_id": "4", "measurement": "same_day"},
        WAVE | {"wave_id": "5", "measurement": "half_year"},
        WAVE | {"wave_id": "6", "respondent": "relative"},
        WAVE | {"wave_id": "7", "respondent": "staff"},
        WAVE | {"wave_id": "8", "activity_id": "F"},
        WAVE | {"wave_id": "9", "sent_on": day("2026-11-01")},
    ]
    panel = {"activity_id": "P", "kind": "user_panel", "ends_on": day("2026-10-31")}
    made = world(
        activities=[panel, panel | {"activity_id": "F", "initiative": "FACT"}],
        questions=[HEARD, HEARD | {"question": "nytte", "role": "benefit"}],
        survey_waves=waves,
        survey_answers=[
            *[row for wave in waves for row in sheets("4", "3", wave=wave["wave_id"])],
            # To another question of the same questionnaire.
            {"answer_id": "U0", "wave_id": "U", "question": "nytte", "value": "5"},
        ],
    )
    assert one("listened_to", made) == (3, 6, 6)


def test_who_was_not_asked_whether_they_are_listened_to_is_nobody() -> None:
    made = world(questions=[HEARD], survey_waves=[WAVE | {"survey": "annet"}])
    assert one("listened_to", made) == (0, 0, None)


def test_no_municipality_is_shown_alone() -> None:
    card = cards.load_all()["listened_to"]
    assert (card.is_cooperation_only, card.is_by_tertial, card.privacy) == (True, True, "answers")


def test_the_second_opinion_agrees() -> None:
    assert_agree("listened_to", WORLDS)


def test_a_second_opinion_that_counts_relatives_and_staff_is_noticed() -> None:
    assert_notices("listened_to", WORLDS, changed("current_survey_waves", respondent="user"))


def test_a_second_opinion_that_counts_surveys_of_a_service_is_noticed() -> None:
    assert_notices("listened_to", WORLDS, changed("current_survey_waves", service=None))
