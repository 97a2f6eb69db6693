"""The first sentence says what the cells say, and nothing more."""

import datetime as dt
import re
from typing import Any

from pages.parts.findings import changes, fresh, freshness, status_heading
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)


def row(indicator: str, **facts: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "indicator": indicator,
        "state": "measured",
        "is_earlier": False,
        "is_in_use": True,
        "value": 1.0,
        "signal": None,
        "signal_rule": None,
        "limits_are_provisional": False,
        "attention": None,
        "delivered": None,
        "members": None,
        "may_be_silent": False,
        "period": OCTOBER,
    }
    return given | facts


WORSE = row("seats_filled", signal="concern", signal_rule="tail", attention=1)
BETTER = row("told_back", signal="improvement", signal_rule="run", attention=2)
MORE = row("open_actions", signal="increase", signal_rule="run", attention=3)
SAME = row("overdue_actions", signal="no_change")
FEW = row("participants", signal="too_few")


def heading(rows: list[dict[str, Any]], waiting: list[str], place: str = "Ringebu") -> str:
    return status_heading(rows, waiting, load_all(), place, OCTOBER)


def test_what_is_worse_comes_before_what_is_better() -> None:
    said = heading([BETTER, SAME, WORSE], ["To tiltak er over frist."])
    assert said == "En mindre del av plassene i Ringebu er fylt enn før. To tiltak er over frist."


def test_with_nothing_waiting_a_second_change_is_told() -> None:
    assert heading([BETTER, WORSE], []) == (
        "En mindre del av plassene i Ringebu er fylt enn før. "
        "Brukerne i Ringebu får oftere enn før vite hva som ble endret."
    )


def test_without_a_signal_it_says_so() -> None:
    assert heading([SAME, FEW], ["To tiltak er over frist."]) == (
        "Ingen sikker endring i Ringebu i oktober 2026. To tiltak er over frist."
    )
    assert heading([SAME], []) == (
        "Ingen sikker endring i Ringebu i oktober 2026, og ingenting venter."
    )


def test_a_month_without_numbers_claims_nothing() -> None:
    missing = row("told_back", state="missing", value=None)
    # A tertial that closed in summer is no number of October.
    earlier = row("participants", is_earlier=True)
    assert heading([missing, earlier], []) == "Ringebu har ingen tall for oktober 2026."
    assert heading([], []) == "Ringebu har ingen tall for oktober 2026."


MISSING = row("told_back", state="missing", value=None, signal="too_few")


def test_where_most_is_missing_that_is_the_news() -> None:
    said = "Ringebu mangler tall for 2 av 3 indikatorer i oktober 2026."
    assert heading([MISSING, SAME, MISSING], []) == said
    assert heading([MISSING, SAME, MISSING], ["To tiltak er over frist."]) == (
        f"{said} To tiltak er over frist."
    )
    # Half of it is not most of it; and what has changed for certain comes first.
    assert heading([MISSING, SAME], []).startswith("Ingen sikker endring")
    assert heading([MISSING, WORSE, MISSING], []).startswith("En mindre del av plassene")


def test_what_nobody_delivers_is_not_missing() -> None:
    unused = [row(name, state="missing", is_in_use=False) for name in list(load_all())[:9]]
    assert heading([SAME, FEW, *unused], ["To tiltak er over frist."]) == (
        "Ingen sikker endring i det som kan vurderes i Ringebu i oktober 2026. "
        "To tiltak er over frist."
    )
    missing = row("seats_filled", state="missing")
    assert heading([SAME, missing, missing, *unused], []) == (
        "Ringebu mangler tall for 2 av 3 indikatorer i oktober 2026."
    )


def test_a_change_is_no_news_of_a_month_whose_number_is_missing() -> None:
    gone = MORE | {"state": "missing", "value": None}
    assert heading([MISSING, gone, SAME], []).startswith("Ringebu mangler tall for 2 av 3")
    # Half of it is not most of it: that nothing has changed would be untrue.
    assert heading([gone, SAME], []).startswith("Det er flere åpne tiltak i Ringebu enn før.")
    shown = plain(changes([gone, SAME], load_all(), "Ringebu", OCTOBER))
    assert "Det er flere åpne tiltak i Ringebu enn før." in shown
    assert "Tallet for oktober 2026 mangler." in shown


def test_too_few_months_are_not_called_no_change() -> None:
    assert heading([FEW, FEW], []) == (
        "Det er for få måneder til å si om noe har endret seg i Ringebu."
    )
    shown = plain(changes([FEW, FEW], load_all(), "Ringebu", OCTOBER))
    assert shown == "For få målinger fram til oktober 2026 til å si hva som har endret seg."
    shown = plain(changes([FEW, FEW, SAME], load_all(), "Ringebu", OCTOBER))
    assert shown == "Ingen sikker endring i det som kan vurderes fram til oktober 2026."


def test_before_it_joined_a_municipality_has_no_finding() -> None:
    outside = row("told_back", state="not_member", value=None)
    assert heading([outside], [], "Sør-Fron") == (
        "Sør-Fron var ikke med i samarbeidet i oktober 2026."
    )


def test_a_place_that_is_a_common_noun_starts_the_sentence_with_a_capital() -> None:
    missing = row("told_back", state="missing", value=None)
    assert heading([missing], [], "samarbeidet") == "Samarbeidet har ingen tall for oktober 2026."


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_every_change_is_named_with_the_rule_that_says_so() -> None:
    shown = plain(changes([SAME, MORE, BETTER, WORSE], load_all(), "Ringebu", OCTOBER))
    order = [shown.index(word) for word in ("plassene", "Brukerne", "åpne tiltak")]
    assert order == sorted(order)
    assert "En måned ligger lenger ut enn tilfeldigheter skulle tilsi." in shown
    assert "Mange måneder på rad ligger på samme side av midten." in shown


def test_no_change_is_no_list_of_changes() -> None:
    shown = plain(changes([SAME, FEW], load_all(), "Ringebu", OCTOBER))
    assert shown == "Ingen sikker endring de siste 24 månedene fram til oktober 2026."


def test_provisional_limits_are_named_beside_the_change() -> None:
    early = WORSE | {"limits_are_provisional": True}
    assert "Foreløpige grenser." in plain(changes([early], load_all(), "Ringebu", OCTOBER))


def test_freshness_is_said_of_the_middle_service() -> None:
    newest = row("feedback_freshness", value=41.0)
    assert freshness([SAME, newest]) == (
        "Per 31. oktober 2026 hadde minst halvparten av tjenestene hørt fra brukerne de siste 41"
        " dagene."
    )
    # Between two services: 41 is still true of half of them, 40 would not be.
    assert "41 dagene" in freshness([row("feedback_freshness", value=40.5)])
    some = row("feedback_freshness", value=21.0, delivered=1, members=6)
    assert freshness([some]) == (
        "Levert av 1 av 6 kommuner: Per 31. oktober 2026 hadde minst halvparten av tjenestene"
        " hørt fra brukerne de siste 21 dagene."
    )
    alone = row("fresh_services", denominator=1.0)
    assert freshness([alone, newest]) == (
        "Per 31. oktober 2026 hadde tjenesten hørt fra brukerne de siste 41 dagene."
    )
    # A service that never heard is as old as it is itself.
    silent = newest | {"may_be_silent": True}
    assert freshness([alone, silent]) == (
        "Per 31. oktober 2026 hadde tjenesten hørt fra brukerne, eller startet, de siste 41 dagene."
    )
    assert "eller startet" in freshness([silent])
    assert freshness([row("feedback_freshness", value=None)]) == ""
    unknown = row("feedback_freshness", value=None, state="missing")
    assert fresh([SAME, unknown]) == (
        "Det er ikke kjent hvor ferske tilbakemeldingene er: En fil det regnes ut fra, mangler."
    )
    assert freshness([SAME]) == fresh([SAME]) == ""
