"""An action says where it came from: the line of a file, or the decision that became it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from pages.parts.action_list import action_list

ROW: dict[str, Any] = {
    "action_id": "VEDTAK-12", "title": "Innføre rutinen", "theme": None, "owner_role": "leder",
    "due_on": None, "lacks_due_date": False, "is_overdue": False, "is_open": True, "age_days": 3,
    "is_stale": False, "days_unchanged": 3, "borrowed_from": None, "file_name": None, "line": None,
    "decision_id": None, "decided_on": None,
}  # fmt: skip
DECIDED = {"decision_id": 1012, "decided_on": dt.date(2026, 11, 10)}
FILED = {"file_name": "tiltak.csv", "line": 7}


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (FILED, "tiltak.csv linje 7"),
        (DECIDED, "Vedtak 1012, møtet 10. november 2026"),
        # Its municipality has put it into its own list since.
        (DECIDED | FILED, "Vedtak 1012, møtet 10. november 2026 tiltak.csv linje 7"),
    ],
)
def test_where_an_action_came_from(origin: dict[str, Any], said: str) -> None:
    row = str(action_list([ROW | origin], of_all=False)).rpartition("<td")[2]
    words = re.sub(r"<[^>]+>", " ", row.partition(">")[2])
    assert " ".join(words.split()) == f"Hentet fra {said}"
