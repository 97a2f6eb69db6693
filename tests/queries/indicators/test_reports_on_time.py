"""Reports on time: what was held has a report with a recommendation within thirty days."""

from hypothesis import given, settings

from queries import sql
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import QUIET, assert_agree, assert_notices, changed
from tests.queries.worlds import Row, World, builder, day, horizon, numbers, one, world

KINDS = ("dialogue_meeting", "dialogue_cafe", "peer_evaluation", "dialogue_conference", "course")
WORLDS = some.worlds(
    activities=some.activities(*KINDS), survey_waves=some.survey_waves("other", "same_day")
)

SEPTEMBER = day("2026-09-01")
HELD: Row = {"kind": "dialogue_meeting", "ends_on": day("2026-09-10")}
SENT: Row = {"measurement": "other", "sent_on": day("2026-09-10")}
REPORT: Row = {"report_on": day("2026-10-10"), "recommendations": 1}


def test_a_report_with_a_recommendation_by_day_thirty_counts() -> None:
    made = world(
        SEPTEMBER,
        activities=[
            # On day 30, and on the day itself.
            HELD | REPORT | {"activity_id": "1"},
            HELD | REPORT | {"activity_id": "2", "report_on": day("2026-09-10")},
            # On day 31.
            HELD | REPORT | {"activity_id": "3", "report_on": day("2026-10-11")},
            # Without a recommendation.
            HELD | REPORT | {"activity_id": "4", "recommendations": 0},
            HELD | REPORT | {"activity_id": "5", "recommendations": None},
            # Without a report.
            HELD | {"activity_id": "6", "recommendations": 2},
            # A café and a peer evaluation owe a report, a conference and a course do not.
            HELD | REPORT | {"activity_id": "7", "kind": "dialogue_cafe"},
            HELD | REPORT | {"activity_id": "8", "kind": "peer_evaluation"},
            HELD | REPORT | {"activity_id": "9", "kind": "dialogue_conference"},
            HELD | REPORT | {"activity_id": "10", "kind": "course"},
            # FACT belongs to the cooperation.
            HELD | REPORT | {"activity_id": "11", "initiative": "FACT"},
            # Of another month: a meeting counts from its last day.
            HELD
            | REPORT
            | {"activity_id": "12", "starts_on": day("2026-09-30"), "ends_on": day("2026-10-01")},
        ],
    )
    assert one("reports_on_time", made) == (4, 8, None)


def test_a_survey_counts_from_the_day_it_was_sent_and_a_course_message_never() -> None:
    made = world(
        SEPTEMBER,
        activities=[HELD | {"activity_id": "F", "kind": "course", "initiative": "FACT"}],
        survey_waves=[
            SENT | REPORT | {"wave_id": "1"},
            SENT | REPORT | {"wave_id": "2", "report_on": day("2026-10-11")},
            # Those who were asked were employees: it owes a report all the same.
            SENT | REPORT | {"wave_id": "3", "respondent": "staff"},
            SENT | REPORT | {"wave_id": "4", "measurement": "same_day"},
            SENT | REPORT | {"wave_id": "5", "measurement": "half_year"},
            SENT | REPORT | {"wave_id": "6", "activity_id": "F"},
        ],
    )
    assert one("reports_on_time", made) == (2, 3, None)


@settings(QUIET, max_examples=20)
@given(WORLDS)
def test_it_agrees_with_the_commitment_wherever_that_is_settled(made: World) -> None:
    told = numbers("reports_on_time", made)
    path = sql.FOLDER / "commitments.sql"
    rows = sql.run(builder(made), path, **horizon(made)).iter_rows(named=True)
    for row in rows:
        if row["commitment"] == "report_on_time" and not row["is_open"] and row["due"] is not None:
            key = (row["municipality_id"], row["month"], None)
            assert told[key] == (row["kept"], row["due"], None), key


def test_the_two_are_held_against_each_other_where_something_was_due() -> None:
    kept = world(SEPTEMBER, activities=[HELD | REPORT | {"activity_id": "1"}])
    rows = sql.run(builder(kept), sql.FOLDER / "commitments.sql", **horizon(kept))
    (row,) = (row for row in rows.iter_rows(named=True) if row["commitment"] == "report_on_time")
    assert (row["kept"], row["due"], row["is_open"]) == (1, 1, False)
    assert one("reports_on_time", kept) == (1, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("reports_on_time", WORLDS)


def test_a_second_opinion_that_forgets_recommendations_is_noticed() -> None:
    assert_notices("reports_on_time", WORLDS, changed("current_activities", recommendations=1))


def test_a_second_opinion_that_counts_course_messages_is_noticed() -> None:
    assert_notices("reports_on_time", WORLDS, changed("current_survey_waves", measurement="other"))
