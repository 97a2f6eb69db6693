"""A proposal is corrected, confirmed and saved, and reads the next file by itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from data import mapping_tables, people
from data.codebook import Codebook
from data.intake import Intake, again
from data.known import Known, KnownWave
from data.mapping import Mapping
from data.meant import Beside
from data.problems import Problem
from data.read import Choices

Take = Callable[..., Intake]
TODAY = dt.date(2026, 11, 12)

HEAD = "ID,Start time,Completion time,Email,Name,Jeg ble møtt med respekt.,Nytte?,Alder,Kommentar\n"
ROWS = (
    "1,10/1/2026 9:00,10/1/2026 9:05,a@b.no,Ola,Helt enig,Stor nytte,18-29,Takk for alt dere gjør\n"
    "2,10/2/2026 9:00,10/2/2026 9:05,b@b.no,Kari,Vet ikke,Noe nytte,18-29,\n"
    "3,10/3/2026 9:00,10/3/2026 9:05,c@b.no,Nils,Litt enig,Stor nytte,18-29,Bra\n"
)
VALUES = {
    "wave_id": "U-9",
    "municipality": "3439",
    "sent_on": "01.10.2026",
    "measurement": "same_day",
    "asked": "14",
}
SAID = Choices(values=VALUES)


def blocking(intake: Intake) -> list[str]:
    return [one.code for one in intake.problems if one.blocking]


def confirmed(intake: Intake, **lasting: str) -> Mapping:
    """What a coordinator saves who confirms the proposal."""
    proposal = intake.recognition.proposal
    assert proposal is not None
    return dataclasses.replace(proposal, lasting=lasting).mapping("evaluering")


@pytest.fixture
def proposed(taken: Take) -> Intake:
    return taken((HEAD + ROWS).encode(), "svar.csv", choices=SAID)


def test_a_proposal_shows_what_would_be_stored_and_blocks_until_it_is_confirmed(
    proposed: Intake,
) -> None:
    assert proposed.recognition.why == "proposed"
    assert blocking(proposed) == ["proposed_mapping"]
    assert proposed.tables["survey_answers"].select("answer_id", "question", "value").rows() == [
        ("U-9 1", "jeg_ble_møtt_med_respekt", "5"),
        ("U-9 2", "jeg_ble_møtt_med_respekt", "no_number"),
        ("U-9 3", "jeg_ble_møtt_med_respekt", "4"),
        ("U-9 1", "nytte", "4"),
        ("U-9 2", "nytte", "3"),
        ("U-9 3", "nytte", "4"),
    ]
    (wave,) = proposed.tables["survey_waves"].rows(named=True)
    assert (wave["asked"], wave["measurement"], wave["survey"]) == (14, "same_day", "svar")


def test_what_is_kept_of_it_holds_nobody(proposed: Intake) -> None:
    kept = proposed.to_keep((HEAD + ROWS).encode()).decode()
    for person in ("Ola", "a@b.no", "Takk", "18-29"):
        assert person not in kept


def test_a_confirmed_mapping_reads_the_next_file_by_itself(taken: Take, proposed: Intake) -> None:
    saved = confirmed(proposed, measurement="same_day", respondent="user")
    # As it comes back from the store.
    saved = mapping_tables.from_table(mapping_tables.as_table(saved))
    more = ROWS.replace("Litt enig", "Litt uenig")
    values = {name: VALUES[name] for name in ("municipality", "sent_on")} | {"wave_id": "U-10"}
    found = taken(
        (HEAD + more).encode(), "nov.csv", mappings=(saved, *mapping_tables.shipped()),
        choices=Choices(values=values),
    )  # fmt: skip
    assert (found.recognition.why, found.mapping and found.mapping.name) == (
        "saved_mapping",
        "evaluering",
    )
    assert not found.blocking, found.problems
    assert found.tables["survey_answers"]["value"].to_list() == [
        "5",
        "no_number",
        "2",
        "4",
        "3",
        "4",
    ]
    assert found.constants["survey_waves.measurement"] == "same_day"
    assert found.constants["survey_waves.respondent"] == "user"
    assert found.constants["survey_waves.wave_id"] == "U-10"


def test_a_file_that_was_not_kept_is_confirmed_without_its_bytes(proposed: Intake) -> None:
    known = Known(municipalities={"3439": "Ringebu"})
    facts = {"store_knows": known, "who": people.LOCAL, "today": TODAY, "choices": SAID}
    found = again(proposed, confirmed=confirmed(proposed, measurement="same_day"), **facts)
    assert found is not None
    assert not found.blocking, found.problems
    assert found.sha256 == proposed.sha256
    assert found.tables["survey_answers"].equals(proposed.tables["survey_answers"])
    # Another value is no reason to read it anew, another encoding is.
    other = dataclasses.replace(SAID, values={**VALUES, "wave_id": "U-11"})
    found = again(proposed, **(facts | {"choices": other}))
    assert found is not None
    assert found.tables["survey_waves"]["wave_id"].to_list() == ["U-11"]
    assert again(proposed, **(facts | {"choices": Choices(encoding="cp865")})) is None


def test_a_correction_is_judged_from_what_was_kept_unless_it_takes_what_was_dropped(
    proposed: Intake,
) -> None:
    known = Known(municipalities={"3439": "Ringebu"})
    facts = {"store_knows": known, "who": people.LOCAL, "today": TODAY, "choices": SAID}
    proposal = proposed.recognition.proposal
    assert proposal is not None
    less = Beside(proposal=proposal.changed("Nytte?", use="left_out"))
    found = again(proposed, beside=less, **facts)
    assert found is not None
    assert found.tables["survey_answers"]["question"].unique().to_list() == [
        "jeg_ble_møtt_med_respekt"
    ]
    # What is not taken any more is not kept either.
    assert "Nytte?" in found.dropped_columns
    assert "nytte" not in found.to_keep(b"").decode().casefold()
    more = Beside(proposal=proposal.changed("Alder", use="question"))
    assert again(proposed, beside=more, **facts) is None


def test_an_age_group_is_taken_once_its_answers_have_numbers(taken: Take, proposed: Intake) -> None:
    proposal = proposed.recognition.proposal
    assert proposal is not None
    (age,) = (one for one in proposal.columns if one.heading == "Alder")
    table = dataclasses.replace(proposal.scales[age.scale], numbers={"18-29": 1.0})
    table = dataclasses.replace(table, without_number=())
    wanted = dataclasses.replace(proposal, scales={**proposal.scales, age.scale: table})
    found = taken(
        (HEAD + ROWS).encode(), "svar.csv", choices=SAID,
        beside=Beside(proposal=wanted.changed("Alder", use="question")),
    )  # fmt: skip
    answers = found.tables["survey_answers"]
    assert answers["value"].to_list()[-3:] == ["1", "1", "1"]


def test_a_mapping_that_no_longer_fits_says_what_is_new_and_what_is_gone(
    taken: Take, proposed: Intake
) -> None:
    saved = dataclasses.replace(confirmed(proposed, measurement="same_day"), survey="evaluering")
    renamed = HEAD.replace("Nytte?", "Ble du hørt?") + ROWS.replace("Stor nytte", "Ja").replace(
        "Noe nytte", "Nei"
    )
    found = taken(renamed.encode(), "svar.csv", mappings=(saved,), choices=SAID)
    (told,) = (one for one in found.problems if one.code == "changed_mapping")
    assert (told.nearest, told.found, told.expected) == ("evaluering", "Ble du hørt?", "Nytte?")
    # The new proposal is made of the old mapping: what was confirmed is not asked again.
    proposal = found.recognition.proposal
    assert proposal is not None
    assert (proposal.survey, dict(proposal.lasting)) == ("evaluering", {"measurement": "same_day"})
    by_heading = {one.heading: one for one in proposal.columns}
    assert by_heading["Ble du hørt?"].why == "new"
    assert by_heading["Ble du hørt?"].role == "listened_to"
    assert by_heading["Alder"].use == "left_out"


def test_a_new_column_beside_those_that_are_known_is_said(taken: Take, proposed: Intake) -> None:
    saved = confirmed(proposed, measurement="same_day")
    lines = (HEAD + ROWS).splitlines()
    wider = "\n".join([lines[0] + ",Ble du hørt?", *(line + ",Ja" for line in lines[1:]), ""])
    found = taken(wider.encode(), "svar.csv", mappings=(saved,), choices=SAID)
    assert found.recognition.why == "saved_mapping"
    assert Problem("unknown_column", column="Ble du hørt?") in found.problems


def test_codes_of_another_survey_are_not_read_by_a_mapping_of_the_same_codes(taken: Take) -> None:
    text = "s_1;s_2;stato_1;stato_2;stato_3;stato_4\n1;2;0;0;0;1\n2;1;0;0;0;1\n2;2;0;0;0;1\n"
    labels = {"1": "Helt uenig", "2": "Helt enig"}
    first, second = (
        Codebook({"s_1": f"{word} A?", "s_2": f"{word} B?"}, {"s_1": labels, "s_2": labels})
        for word in ("Kurs", "Samtale")
    )
    made = taken(text.encode(), "d.csv", choices=SAID, beside=Beside(codebook=first))
    saved = confirmed(made, measurement="other")
    same = taken(text.encode(), "d.csv", mappings=(saved,), beside=Beside(codebook=first))
    other = taken(text.encode(), "d.csv", mappings=(saved,), beside=Beside(codebook=second))
    assert (same.recognition.why, other.recognition.why) == ("saved_mapping", "proposed")


# -- whose answers belong together -------------------------------------------------------------


def test_a_wave_that_is_stored_is_not_described_anew(taken: Take) -> None:
    known = Known(
        municipalities={"3439": "Ringebu"}, waves={"U-9": KnownWave("3439", dt.date(2026, 10, 1))}
    )
    found = taken(
        (HEAD + ROWS).encode(), "svar.csv", store_knows=known,
        choices=Choices(values={"wave_id": "U-9"}),
    )  # fmt: skip
    assert blocking(found) == ["proposed_mapping"]
    assert set(found.tables) == {"questions", "survey_answers"}


def test_answers_that_come_all_the_time_are_a_wave_a_month(taken: Take, proposed: Intake) -> None:
    proposal = proposed.recognition.proposal
    assert proposal is not None
    monthly = dataclasses.replace(proposal, waves="month", lasting={"measurement": "other"})
    found = taken(
        (HEAD + ROWS.replace("10/3", "9/3")).encode(), "svar.csv", beside=Beside(proposal=monthly),
        choices=Choices(values={"municipality": "3439"}),
    )  # fmt: skip
    assert blocking(found) == ["proposed_mapping"]
    assert found.tables["survey_waves"].select("wave_id", "sent_on").rows() == [
        ("svar 2026-10", dt.date(2026, 10, 1)),
        ("svar 2026-09", dt.date(2026, 9, 1)),
    ]


def test_several_municipalities_in_a_file_are_waves_of_their_own(taken: Take) -> None:
    text = "RespondentID,Kommune,Fornøyd?\n1,Ringebu,Fornøyd\n2,Øyer,Misfornøyd\n"
    values = {name: VALUES[name] for name in ("wave_id", "sent_on", "measurement")}
    found = taken(text.encode(), "svar.csv", choices=Choices(values=values))
    assert blocking(found) == ["proposed_mapping"]
    assert found.tables["survey_waves"].select("wave_id", "municipality").rows() == [
        ("U-9 Ringebu", "3439"),
        ("U-9 Øyer", "3440"),
    ]
