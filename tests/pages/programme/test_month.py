"""What the meeting reads: the numbers of the month's release, in order, whatever comes later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pages.programme.attention import MOST_SLIDES, chosen_rows
from pages.programme.drawn import newest_words
from pages.programme.month import programme
from pages.programme.reading import Reading
from pages.programme.slides import Programme, Slide
from pages.text import cells, in_language
from pages.text.questions import QUESTIONS, question
from queries.ask import ask
from queries.cards import load_all
from tests.pages.conftest import MISSING

OCTOBER = dt.date(2026, 10, 1)
PARTS = ["since_last", "attention", "participation", "actions", "comparison", "decisions"]


@pytest.fixture(autouse=True)
def _in_bokmal() -> Iterator[None]:
    with in_language("nb"):
        yield


def read(folder: Path, municipality: str = "cooperation", **facts: Any) -> Programme:
    facts = {"release": 1} | facts
    return programme(folder, facts.pop("month", OCTOBER), municipality, **facts)


def newest(tables: dict[str, Any], indicator: str, place: str = "cooperation") -> dict[str, Any]:
    """The row of October of an indicator, to change before it is released."""
    (row,) = (
        row
        for row in tables["cells"]
        if (row["indicator"], row["municipality_id"], row["period"]) == (indicator, place, OCTOBER)
        and row.get("part") is None
    )
    return row  # type: ignore[no-any-return]


def attention(made: Programme) -> list[str]:
    return [slide.id for slide in made.slides if slide.part == "attention"]


def test_the_parts_come_in_the_order_of_the_meeting(small_release: Path) -> None:
    for place in ("cooperation", "3439"):
        parts = [slide.part for slide in read(small_release, place).slides]
        assert list(dict.fromkeys(parts)) == PARTS
        assert parts == sorted(parts, key=PARTS.index)


def test_every_number_is_the_released_cell(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    """Case 1 of indicators.md 9: the slide says what the cell says, drawn and in words."""
    places = ("cooperation", "3438", "3439")
    for place in places:
        for indicator in ("told_back", "overdue_actions", "half_year_evaluation"):
            newest(tables, indicator, place).update(signal="concern", signal_rule="run")
    folder = released(tables)
    told = 0
    for place in places:
        rows = ask("matrix", store=folder, release=1, municipality=place, month=OCTOBER)
        by_indicator = {row["indicator"]: row for row in rows.iter_rows(named=True)}
        for slide in read(folder, place).slides:
            row = by_indicator.get(slide.indicator or "")
            if row is None or slide.chart is None or slide.chart.kind != "months":
                continue
            card = load_all()[row["indicator"]]
            series = ask(
                "monthly_series",
                store=folder,
                release=1,
                indicator=card.id,
                municipality=place,
                month=OCTOBER,
            ).to_dicts()
            drawn = [(point.period, point.value, point.words) for point in slide.chart.points]
            assert drawn == [
                (cell["period"], cell["value"], cells.shown_text(cell, card)) for cell in series
            ]
            assert slide.chart.newest == newest_words(series[-1], card)
            said = [slide.finding, *slide.sentences]
            assert any(cells.shown_text(row, card) in sentence for sentence in said)
            words = [verdict.word.lower() for verdict in slide.verdicts]
            assert (cells.signal_word(row) in words) == bool(row["signal"])
            told += 1
    assert told >= 3 * len(places)


def test_an_upload_meanwhile_changes_nothing_on_the_wall(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    folder = released(tables)
    before = read(folder)
    for row in tables["cells"]:
        row.update({"value": 0.125, "numerator": 1.0, "denominator": 8.0, "signal": "no_change"})
    tables["release"][0] |= {"number": 2, "content_hash": "cd" * 32}
    released(tables, 2)
    assert read(folder) == before
    # And the check can fail: read from the newer release, it is another month.
    assert read(folder, release=2).slides != before.slides


def test_what_got_worse_comes_first_and_at_most_five_are_shown(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    signals = {
        "seats_filled": "improvement",
        "activities_held": "increase",
        "told_back": "concern",
        "overdue_actions": "concern",
    }
    for indicator, signal in signals.items():
        newest(tables, indicator)["signal"] = signal
    for indicator in ("same_day_evaluation", "half_year_evaluation", "feedback_freshness"):
        newest(tables, indicator).update(signal="no_change", assurance="fail")
    folder = released(tables)
    made = read(folder)
    assert attention(made) == [
        "attention-overdue_actions",
        "attention-told_back",
        "attention-seats_filled",
        "attention-activities_held",
        "attention-same_day_evaluation",
    ]
    reading = Reading(folder, OCTOBER, "cooperation", 1, 1)
    assert len(chosen_rows(reading)) == MOST_SLIDES + 2, "the limit left two out"
    for slide in made.slides:
        if slide.part == "attention":
            assert slide.question
            assert slide.finding
            assert not slide.finding.endswith(".")


def test_a_change_of_an_earlier_month_is_no_news(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    row = newest(tables, "told_back") | {"period": dt.date(2026, 9, 1), "signal": "concern"}
    tables["cells"] = [
        each
        for each in tables["cells"]
        if not (each["indicator"] == "told_back" and each["municipality_id"] == "cooperation")
    ]
    tables["cells"].append(row)
    assert attention(read(released(tables))) == ["attention"]
    # About persons it is first shown at the lock, and is news then.
    row["frozen_in"] = OCTOBER
    assert attention(read(released(tables, 2), release=2)) == ["attention-told_back"]


def test_a_month_without_a_number_is_no_news_of_the_months_before(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    newest(tables, "told_back").update(signal="no_change", assurance="fail")
    assert attention(read(released(tables))) == ["attention-told_back"]
    newest(tables, "told_back").update(MISSING, value=None, numerator=None, denominator=None)
    assert attention(read(released(tables, 2), release=2)) == ["attention"]


def test_what_has_a_slide_to_decide_on_has_no_second_one(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    newest(tables, "participants")["signal"] = "decrease"
    made = read(released(tables))
    shown = [slide.indicator for slide in made.slides if slide.chart is not None]
    assert shown.count("participants") == 1
    (who, _) = (slide for slide in made.slides if slide.part == "participation")
    assert who.indicator == "activities_held"
    assert "Deltakere i medvirkningsaktiviteter: 55 deltakere." in who.sentences


def test_decisions_that_have_no_row_are_counted(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    _decided(tables, decided_on=dt.date(2026, 11, 10))
    many(tables, 19)
    made = [slide for slide in read(released(tables)).slides if slide.part == "decisions"]
    assert [len(slide.table.rows) for slide in made if slide.table is not None] == [6, 6, 6]
    assert {slide.finding for slide in made} == {"19 vedtak er skrevet ned"}
    assert [slide.sentences for slide in made] == [(), (), ("Ett til står i loggen.",)]


def many(tables: dict[str, Any], n: int) -> None:
    for name in ("decisions", "decision_turns"):
        tables[name] = [row | {"decision_id": place} for row in tables[name] for place in range(n)]


@pytest.mark.parametrize(("n", "rows"), [(1, [1]), (6, [6]), (7, [6, 1])])
def test_the_next_meeting_is_told_of_each_decision(
    n: int, rows: list[int], tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    _decided(tables, withdrawn_on=dt.date(2026, 11, 2), withdrawn_reason="Feil")
    many(tables, n)
    tables["decisions"][-1]["withdrawn_on"] = None
    told = [slide for slide in read(released(tables)).slides if slide.part == "since_last"]
    assert [len(slide.table.rows) for slide in told if slide.table is not None] == rows
    gone = {1: "", 6: " og fem er trukket", 7: " og seks er trukket"}[n]
    assert told[0].finding.endswith(f": ett er i gang{gone}")
    assert "Ingen har attestert oktober 2026 ennå." in told[0].sentences
    assert [slide.finding for slide in told[1:]] == ["Flere vedtak: ett er trukket"][
        : len(rows) - 1
    ]


def test_decisions_of_one_day_are_one_mark_on_the_chart(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    _decided(tables, indicator="told_back")
    many(tables, 3)
    newest(tables, "told_back")["signal"] = "concern"
    (slide,) = (each for each in read(released(tables)).slides if each.indicator == "told_back")
    assert slide.chart is not None
    assert [event.words for event in slide.chart.events] == ["3 vedtak 13. oktober 2026"]


def test_a_month_that_needs_no_attention_says_so(small_release: Path) -> None:
    (slide,) = (slide for slide in read(small_release).slides if slide.part == "attention")
    assert slide.question is None
    assert slide.finding == (
        "Det er for få måneder til å si hva som trenger oppmerksomhet i samarbeidet"
    )


def test_a_month_without_data_says_so_on_every_slide(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    hidden = {"state": "missing", "shown": "none", "value": None, "numerator": None}
    for row in tables["cells"]:
        row.update(hidden | {"denominator": None, "reason": "missing", "band": None})
    made = read(released(tables))
    assert [slide.part for slide in made.slides] == [
        "since_last",
        "attention",
        "participation",
        "participation",
        "actions",
        "actions",
        "comparison",
        "decisions",
    ]
    assert all(slide.chart is None for slide in made.slides)
    said = [slide.finding for slide in made.slides]
    assert said[1] == "For lite er levert til å si hva som trenger oppmerksomhet i samarbeidet"
    assert said[4] == "Ingen tiltaksliste som gjelder oktober 2026, er levert"


def test_who_has_not_attested_stands_on_the_first_slide(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    folder = released(tables)
    assert "Ingen har attestert oktober 2026 ennå." in read(folder).slides[0].sentences
    tables["attestations"] = [
        {
            "attestation_id": number,
            "municipality_id": place,
            "month": OCTOBER,
            "statement": "seen",
            "given_at": dt.datetime.fromisoformat("2026-11-11T09:00"),
        }
        for number, place in enumerate(("3405", "3436", "3438", "3440"), 1)
    ]
    released(tables, 2)
    # Said after the lock, and known all the same: it is no number of the month.
    assert "Ikke attestert ennå: Gausdal og Ringebu." in read(folder).slides[0].sentences
    assert "Lillehammer attesterte 11. november 2026." in read(folder, "3405").slides[0].sentences
    assert "Ikke attestert ennå: Ringebu." in read(folder, "3439").slides[0].sentences


def _decided(tables: dict[str, Any], **facts: Any) -> None:
    """One decision of the meeting in October."""
    decision = {
        "decision_id": 7,
        "text": "Alle kurs evalueres samme dag",
        "owner_role": "enhetsleder",
        "decided_on": dt.date(2026, 10, 13),
        "due_on": dt.date(2026, 11, 30),
    }
    tables["decisions"] = [decision | facts]
    tables["decision_turns"] = [
        {
            "decision_id": 7,
            "turn": 1,
            "from_on": dt.date(2026, 10, 13),
            "who_role": "regional_coordinator",
            "text": decision["text"],
            "owner_role": decision["owner_role"],
            "due_on": decision["due_on"],
        }
    ]
    tables["meetings"] = [{"met_on": dt.date(2026, 10, 13)}]


def test_what_came_of_a_decision_is_known_at_once(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    _decided(tables)
    folder = released(tables)
    first = read(folder).slides[0]
    assert first.finding == "Ett vedtak: ett er i gang"
    assert first.table is not None
    assert first.table.rows == (
        ("Alle kurs evalueres samme dag", "enhetsleder", "30. nov.", "i gang"),
    )
    done = dt.date(2026, 11, 11)
    _decided(tables, carried_out_on=done, carried_out_told_on=done)
    released(tables, 2)
    first = read(folder).slides[0]
    assert first.finding == "Ett vedtak: ett er gjennomført"
    assert first.table is not None
    assert first.table.rows[0][-1] == "gjennomført 11. nov."


def test_only_what_is_decided_between_two_locks_belongs_to_a_meeting(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    _decided(tables, decided_on=dt.date(2026, 11, 10))
    folder = released(tables)
    last = read(folder).slides[-1]
    assert last.finding == "Ett vedtak er skrevet ned", "the day of the lock counts"
    _decided(tables, decided_on=dt.date(2026, 11, 9))
    released(tables, 2)
    assert read(folder).slides[-1].finding == "Ingenting er vedtatt ennå", "the day before does not"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_card_has_a_question_that_can_be_decided(language: str) -> None:
    assert set(QUESTIONS) == set(load_all())
    with in_language(language):
        for indicator in QUESTIONS:
            for signal in ("concern", "improvement", "no_change"):
                for of_all in (True, False):
                    said = question(indicator, signal, of_all=of_all)
                    assert said.endswith("?")
                    assert len(said) <= 90


def test_nothing_on_a_slide_depends_on_anything_but_the_release(small_release: Path) -> None:
    first = read(small_release)
    assert read(small_release) == first
    assert first.content_hash == "ab" * 32
    assert first.locked_at is not None


def slide_texts(slide: Slide) -> list[str]:
    table = slide.table
    found = [slide.title, slide.finding, *slide.sentences, slide.question or ""]
    if table is not None:
        found += [text for row in table.rows for text in row]
    return found + [verdict.word for verdict in slide.verdicts]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_placeholder_is_left_unfilled(small_release: Path, language: str) -> None:
    with in_language(language):
        for place in ("cooperation", "3439"):
            for slide in read(small_release, place).slides:
                assert not [text for text in slide_texts(slide) if "{" in text]


def test_a_slide_is_told_by_its_table_where_there_are_few_numbers(
    tables: dict[str, Any], released: Callable[..., Path]
) -> None:
    tables["cells"] = [
        row
        for row in tables["cells"]
        if row["indicator"] != "participants" or row["period"] >= dt.date(2026, 5, 1)
    ]
    made = read(released(tables))
    (slide,) = (each for each in made.slides if each.indicator == "participants")
    assert slide.chart is None
    assert slide.table is not None
    assert slide.table.rows[0][0] == "oktober 2026"
    assert replace(slide, table=None) != slide
