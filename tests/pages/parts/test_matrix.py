"""The matrix shows one cell per indicator, in words, and never an older one as if it were new."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts.matrix import matrix
from pages.text import cells
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)
AUTUMN = dt.date(2026, 9, 1)
AWAITED = {"state": "not_due", "shown": "none", "reason": "awaits_lock", "value": None}

Rows = list[dict[str, Any]]
Release = Callable[[dict[str, Rows]], Path]


def rows_of(store: Path, municipality: str, month: dt.date = OCTOBER) -> dict[str, dict[str, Any]]:
    answer = ask("matrix", store=store, municipality=municipality, month=month)
    return {row["indicator"]: row for row in answer.to_dicts()}


def plain(markup: str) -> str:
    """What a reader sees of it, without the drawings."""
    without = re.sub(r"<svg.*?</svg>", "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


@pytest.fixture
def awaiting(tables: dict[str, Rows]) -> dict[str, Rows]:
    """The small release, with an autumn that no lock has shown yet."""
    waiting = {
        "indicator": "participants",
        "municipality_id": "3439",
        "grain": "tertial",
        "period": AUTUMN,
    }
    tables["cells"].append(waiting | AWAITED)
    return tables


def test_every_indicator_has_one_row(small_release: Path) -> None:
    found = ask("matrix", store=small_release, municipality="3439", month=OCTOBER)
    assert found["indicator"].is_unique().all()
    shown = matrix(found.to_dicts(), load_all(), OCTOBER)
    for indicator in found["indicator"]:
        assert cells.words(load_all()[indicator], "title") in plain(shown)


def test_a_municipalitys_number_of_people_is_that_of_the_last_closed_tertial(
    awaiting: dict[str, Rows], released: Release
) -> None:
    row = rows_of(released(awaiting), "3439")["participants"]
    assert (row["grain"], row["period"]) == ("tertial", dt.date(2026, 5, 1))
    assert row["awaited_period"] == AUTUMN
    shown = plain(matrix([row], load_all(), OCTOBER))
    assert "under 10 deltakere mai–aug. 2026" in shown
    assert "sep.–des. vises tidligst i januar 2027" in shown


def test_an_open_tertial_is_not_the_one_to_show_in_its_own_months(small_release: Path) -> None:
    # In July the tertial that ends in August has not closed: January to April is the newest.
    row = rows_of(small_release, "3439", dt.date(2026, 7, 1))["participants"]
    assert row["period"] == dt.date(2026, 1, 1)
    row = rows_of(small_release, "3439", dt.date(2026, 8, 1))["participants"]
    assert row["period"] == dt.date(2026, 5, 1)


def test_where_nothing_has_been_shown_yet_it_says_when_it_will(
    awaiting: dict[str, Rows], released: Release
) -> None:
    awaiting["cells"] = [
        cell
        for cell in awaiting["cells"]
        if cell["indicator"] == "participants" and cell.get("reason") == "awaits_lock"
    ]
    row = rows_of(released(awaiting), "3439")["participants"]
    shown = plain(matrix([row], load_all(), OCTOBER))
    assert "ikke forfalt" in shown
    assert "sep.–des. vises tidligst i januar 2027" in shown


def test_where_the_lock_is_late_it_says_which_one_is_waited_for(
    awaiting: dict[str, Rows], released: Release
) -> None:
    awaiting["release"][0]["today"] = dt.date(2027, 2, 1)
    row = rows_of(released(awaiting), "3439")["participants"]
    assert "sep.–des. vises når desember 2026 er låst" in plain(matrix([row], load_all(), OCTOBER))


def test_history_ends_with_the_chosen_month_and_is_two_years_long(small_release: Path) -> None:
    history = rows_of(small_release, "3439")["open_actions"]["history"]
    assert len(history) == 24
    assert history[-1]["month"] == OCTOBER
    earlier = rows_of(small_release, "3439", dt.date(2026, 3, 1))["open_actions"]
    assert earlier["history"][-1]["month"] == dt.date(2026, 3, 1)


def test_a_missing_month_is_a_word_and_a_gap(tables: dict[str, Rows], released: Release) -> None:
    for cell in tables["cells"]:
        key = (cell["indicator"], cell["municipality_id"], cell["period"])
        if key == ("activities_held", "3439", OCTOBER):
            cell |= {"state": "missing", "shown": "none", "reason": "missing", "value": None}
    row = rows_of(released(tables), "3439")["activities_held"]
    shown = matrix([row], load_all(), OCTOBER)
    assert "mangler" in plain(shown)
    assert 'class="last' not in shown


def test_a_withheld_number_says_why_and_shows_nothing(small_release: Path) -> None:
    row = rows_of(small_release, "cooperation")["response_rate_same_day"]
    assert row["state"] == "withheld"
    shown = matrix([row], load_all(), OCTOBER)
    assert f"vises ikke {cells.reason_text(row)}" in plain(shown)
    # The target is a share too; the value is none.
    (value,) = re.findall(r'<td class="value".*?</td>', shown)
    assert "%" not in value


def test_a_name_leads_to_what_defines_it(small_release: Path) -> None:
    row = rows_of(small_release, "3439")["told_back"]
    shown = matrix([row], load_all(), OCTOBER, {"kommune": "3439", "maned": "2026-10"})
    assert 'href="/method?kommune=3439&amp;maned=2026-10#told_back"' in shown


def test_a_single_group_needs_no_title(small_release: Path) -> None:
    row = rows_of(small_release, "3439")["told_back"]
    alone = {"told_back": load_all()["told_back"]}
    assert 'scope="rowgroup"' not in matrix([row], alone, OCTOBER)


def test_the_cooperations_number_says_who_lacks_in_it(
    tables: dict[str, Rows], released: Release
) -> None:
    for cell in tables["cells"]:
        if cell["indicator"] == "activities_held" and cell["municipality_id"] == "cooperation":
            cell |= {"delivered": 5, "members": 6}
    row = rows_of(released(tables), "cooperation")["activities_held"]
    assert "5 av 6 kommuner" in plain(matrix([row], load_all(), OCTOBER))


def test_what_is_never_shown_of_one_municipality_stands_there_with_the_reason(
    small_release: Path,
) -> None:
    def told(municipality: str) -> str:
        answer = ask("matrix", store=small_release, municipality=municipality, month=OCTOBER)
        return plain(matrix(answer.to_dicts(), load_all(), OCTOBER))

    reason = "Vises bare for alle kommunene samlet."
    assert f"vises ikke {reason}" in told("3439")
    assert reason not in told("cooperation")


def test_icons_and_lines_are_hidden_where_the_words_say_the_same(small_release: Path) -> None:
    answer = ask("matrix", store=small_release, municipality="3439", month=OCTOBER)
    shown = matrix(answer.to_dicts(), load_all(), OCTOBER)
    drawings = re.findall(r"<svg[^>]*>", shown)
    assert drawings
    assert all('aria-hidden="true"' in drawing for drawing in drawings)


def test_it_is_one_table_with_headings_for_rows_groups_and_columns(small_release: Path) -> None:
    answer = ask("matrix", store=small_release, municipality="3439", month=OCTOBER)
    shown = matrix(answer.to_dicts(), load_all(), OCTOBER)
    assert shown.count("<table") == 1
    assert "<caption" in shown
    assert shown.count('scope="col"') == 6
    never_alone = [card for card in load_all().values() if card.is_cooperation_only]
    assert shown.count('scope="row"') == answer.height + len(never_alone)
    assert shown.count('scope="rowgroup"') == len(
        {load_all()[i].group for i in answer["indicator"]}
    )
    assert "\n" not in shown
