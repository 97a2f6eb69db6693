"""What is done with a file is told as it happens, and nothing that would follow a stop."""

from __future__ import annotations

import datetime as dt

from data.intake import take_in
from data.known import Known
from data.people import LOCAL
from data.progress import Step

TODAY = dt.date(2026, 11, 12)


def test_each_step_is_told_once_in_the_order_it_happens() -> None:
    told: list[Step] = []
    text = b"kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n"
    taken = take_in(
        text, "kommuner.csv", store_knows=Known(), mappings=(), who=LOCAL, today=TODAY,
        told=told.append,
    )  # fmt: skip
    assert not taken.blocking
    assert told == ["reading", "recognising", "guarding", "checking"]
