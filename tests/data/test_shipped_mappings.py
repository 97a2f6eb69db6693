"""What comes with the program reads the lists of actions of every known tool, and no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from data import mapping_tables, tools
from data.intake import Intake
from data.read import Choices
from data.uploader_words import word_for

Take = Callable[..., Intake]
RINGEBU = Choices(values={"municipality": "3439"})

PLANNER = (
    "Task ID;Task Name;Bucket Name;Progress;Priority;Assigned To;Created By;Created Date;"
    "Due date;Late;Completed Date;Completed By;Completed Checklist Items;Description\n"
    "a1;Ny skiltplan;Avtalt;In progress;Medium;Ola;Kari;02/13/2026;03/20/2026;false;;;2/7;hei\n"
    "a2;Ring tilbake;Avtalt;Completed;Medium;Ola;Kari;01/05/2026;;false;2/7/2026;Ola;;hei\n"
)
JIRA = (
    "Summary,Issue key,Issue id,Status,Assignee,Reporter,Created,Updated,Due date,Resolved,"
    "Comment,Comment\n"
    "Ny skiltplan,a1,1,In Progress,Ola,Kari,13/Feb/26 12:00 PM,14/Feb/26 1:00 PM,"
    "20/Mar/26 12:00 AM,,hei,hå\n"
    "Ring tilbake,a2,2,Done,Ola,Kari,05/Jan/26 12:00 PM,,,07/Feb/26 1:00 PM,,\n"
)
# 698f2fc0 and 695ba4c0 are 13 February and 5 January 2026, at noon, in seconds since 1970.
CARDS = [
    "698f2fc0aaaaaaaaaaaaaaaa,Ny skiltplan,https://trello.com/c/x,,,Ola,2026-03-20T12:00:00.000Z,"
    "0,,0,0,0,0,,5f4e1c2a9b8d7c6e5f4a3b2d,Doing,5f4e1c2a9b8d7c6e5f4a3b2e,Tavle,false,,false\n",
    "695ba4c0aaaaaaaaaaaaaaaa,Ring tilbake,https://trello.com/c/y,hei,,Ola,,"
    "0,,0,0,0,0,,5f4e1c2a9b8d7c6e5f4a3b2f,Done,5f4e1c2a9b8d7c6e5f4a3b2e,Tavle,false,,false\n",
]
TRELLO = ",".join(tools.TRELLO) + "\n" + "".join(CARDS)
ASANA = (
    "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,"
    "Start Date,Due Date,Tags,Notes\n"
    'a1,2026-02-13,,,Ny skiltplan,In progress,Ola,ola@x.no,,2026-03-20,,"hei, du\nder"\n'
    "a2,2026-01-05,2026-02-07,,Ring tilbake,Uke 6,,kari@x.no,,,,\n"
)
SHEETS = ",,\n,,https://app.asana.com/-/googleSheetsProjectCsv?domain=1\n,,\n"


def rows(intake: Intake) -> list[tuple[Any, ...]]:
    columns = ("title", "status", "opened_on", "due_on", "municipality", "owner_role")
    return intake.tables["actions"].select(columns).rows()


@pytest.mark.parametrize(
    ("tool", "text"),
    [
        ("planner", PLANNER),
        ("jira", JIRA),
        ("trello", TRELLO),
        ("trello", "".join(CARDS)),
        ("asana", ASANA),
        ("asana", SHEETS + ASANA),
    ],
    ids=["planner", "jira", "trello", "trello without headings", "asana", "asana of sheets"],
)
def test_a_list_of_actions_is_read_as_its_tool_writes_it(tool: str, text: str, taken: Take) -> None:
    intake = taken(text.encode(), "tiltak.csv", choices=RINGEBU)
    assert (intake.recognition.tool, intake.recognition.why) == (tool, "saved_mapping")
    assert not intake.blocking, intake.problems
    assert rows(intake) == [
        ("Ny skiltplan", "in_progress", dt.date(2026, 2, 13), dt.date(2026, 3, 20), "3439", None),
        ("Ring tilbake", "done", dt.date(2026, 1, 5), None, "3439", None),
    ]
    kept = intake.to_keep(text.encode()).decode()
    for person in ("Ola", "Kari", "ola@x.no", "hei"):
        assert person not in kept


def test_a_month_in_a_language_nobody_reads_here_is_told_and_never_guessed(taken: Take) -> None:
    text = (
        "Resumen,Clave de incidencia,Estado,Creada,Persona asignada\n"
        "Uno,a1,En curso,11/abr/26 10:00 AM,Ola\nDos,a2,Listo,11/feb/26 10:00 AM,Ola\n"
    )
    intake = taken(text.encode(), "jira.csv", choices=RINGEBU)
    (told,) = (one for one in intake.problems if one.blocking)
    assert (told.code, told.lines, told.found) == ("not_a_date", (2,), "11/abr/26 10:00 AM")
    assert intake.tables["actions"]["status"].to_list() == ["in_progress", "done"]


def test_a_list_that_is_no_status_is_asked_about(taken: Take) -> None:
    intake = taken(TRELLO.replace("Doing", "Ideer").encode(), "t.csv", choices=RINGEBU)
    (told,) = (one for one in intake.problems if one.blocking)
    assert (told.code, told.found, told.column) == ("unknown_code", "Ideer", "List Name")
    # Once somebody has said what it means it is read, and the mapping can be saved with it.
    values = {**RINGEBU.values, word_for("actions", "status", "Ideer"): "open"}
    said = taken(TRELLO.replace("Doing", "Ideer").encode(), "t.csv", choices=Choices(values=values))
    assert not said.blocking, said.problems
    assert said.tables["actions"]["status"].to_list() == ["open", "done"]
    assert said.mapping is not None
    assert said.mapping.gives[0].columns["status"].words == {"Ideer": "open"}


def test_every_tool_of_actions_has_a_mapping_and_all_drop_their_persons() -> None:
    lists = {tool.name for tool in tools.known() if tool.lists == "actions"}
    assert lists == {one.tool for one in mapping_tables.shipped() if one.kinds == ("actions",)}
    for one in mapping_tables.shipped():
        if one.kinds == ("actions",):
            assert one.drop
            assert mapping_tables.from_table(mapping_tables.as_table(one)) == one
            (gives,) = one.gives
            owner = gives.columns.get("owner_role")
            assert owner is None or owner.of == "ansvarlig_rolle"


# -- surveys' own traps ------------------------------------------------------------------------

ASKED = Choices(
    values={
        "municipality": "3439",
        "wave_id": "U-9",
        "sent_on": "01.02.2026",
        "measurement": "other",
    }
)


def answered(intake: Intake) -> list[Any]:
    return intake.tables["survey_answers"]["answered_on"].to_list()


def test_limesurveys_date_for_everybody_is_none_and_unfinished_rows_are_said(taken: Take) -> None:
    text = (
        "id,submitdate,lastpage,startlanguage,seed,ipaddr,Q1. Hvor fornøyd er du?,Q2\n"
        '1,1980-01-01 00:00:00,3,nb,1,1.2.3.4,Fornøyd,"flere\nlinjer"\n'
        "2,,1,nb,1,1.2.3.4,Svært fornøyd,noe\n"
    )
    intake = taken(text.encode(), "svar.csv", choices=ASKED)
    assert answered(intake) == [None, None]
    (told,) = (one for one in intake.problems if one.code == "unfinished_rows")
    assert (told.lines, told.of) == ((4,), 2)
    (question,) = intake.tables["questions"].select("question", "text").rows()
    assert question == ("Q1", "Hvor fornøyd er du?")


def test_typeforms_moments_are_turned_to_norwegian_clocks(taken: Take) -> None:
    text = (
        "#,Er du fornøyd?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "x1,Fornøyd,2026-01-31 23:25:00,2026-01-31 23:30:00,net\n"
    )
    # Half past eleven in the evening in UTC is the next day in Norway.
    assert answered(taken(text.encode(), "svar.csv", choices=ASKED)) == [dt.date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("heading", "codes"),
    [("Tidsmerke", {"ambiguous_dates", "proposed_mapping"}), ("Completion time", None)],
)
def test_googles_order_of_day_and_month_is_asked_for_and_forms_is_known(
    heading: str, codes: set[str] | None, taken: Take
) -> None:
    rest = "Er du fornøyd?\n{}03/04/2026 10:00,Fornøyd\n{}05/06/2026 11:00,Misfornøyd\n"
    if codes is None:
        text = f"ID,Start time,{heading}," + rest.format("1,03/04/2026 9:00,", "2,05/06/2026 9:00,")
    else:
        text = f"{heading}," + rest.format("", "")
    intake = taken(text.encode(), "svar.csv", choices=ASKED)
    blocking = {one.code for one in intake.problems if one.blocking}
    assert blocking == (codes or {"proposed_mapping"})
    if codes is None:
        assert answered(intake) == [dt.date(2026, 3, 4), dt.date(2026, 5, 6)]
