"""Every sentence that a page says of the demo data is held against the cells it is made from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from data.acts import month_end
from pages.parts import action_ages, deviations, findings, history, staircase, waiting
from pages.parts.commitments import commitments_heading
from pages.programme.reading import Reading
from pages.text import cells, date, in_language, in_words, month
from pages.text.formats import NO_BREAK
from pages.text.leaks import leak_sentence
from queries.ask import ask, current_release
from queries.cards import load_all

Row = Mapping[str, Any]

COOPERATION = "cooperation"

LISTS = {
    "recommendations": ("recommendations_unanswered", lambda _: True),
    "vacant": ("vacant_seats", lambda row: (row["days_vacant"] or 0) > 60),
    "courses": ("courses_to_evaluate", lambda row: row["awaits_half_year"]),
}
"""What waits, the question behind its link, and which of its rows are shown there at once."""

VIEWS = {"overdue": "overdue", "not_told_back": "not_told_back"}
"""The same for views of the list of actions."""


@pytest.fixture(scope="module")
def demo(demo_store: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORANKRING_STORE", str(demo_store))
        yield demo_store


def places(store: Path) -> dict[str, str]:
    names = ask("frame_municipalities", store=store)
    return {COOPERATION: "samarbeidet"} | dict(names.select("municipality_id", "name").iter_rows())


def moments(store: Path) -> list[tuple[str, str, dt.date]]:
    """Every month of all together, and beside it one municipality, each in turn.

    All municipalities in all months take a minute, and say no other sentences.
    """
    named = list(places(store).items())
    return [
        (place, name, when)
        for turn, when in enumerate(ask("months", store=store)["month"])
        for place, name in (named[0], named[1 + turn % (len(named) - 1)])
    ]


# ---- the finding of the first page ------------------------------------------------------------


def untrue(heading: str, rows: Sequence[Row], waits: Sequence[Row], name: str) -> list[str]:
    """The sentences of a heading that the cells do not bear out.

    Read from the words alone: each sentence is found among all that could be said, and then held
    against the row that it is about.
    """
    return [said for said in sentences(heading) if not is_true(said, rows, waits, name)]


def sentences(heading: str) -> list[str]:
    return [f"{said}." for said in re.split(r"\.(?= [A-ZÆØÅÉ0-9]|$)", heading) if said.strip()]


def is_true(said: str, rows: Sequence[Row], waits: Sequence[Row], name: str) -> bool:
    said = said.strip()
    for code, row in ((row["signal"], row) for row in rows):
        if code not in (None, "no_change", "too_few"):
            claim = cells.finding(row, load_all()[row["indicator"]], name).partition(". ")[0] + "."
            if said.casefold() == claim.casefold():
                return True
    if found := re.match(r"(?P<n>\S+) (?P<what>[^.]+)\.$", said):
        for row in waits:
            lead = waiting.line(row, of_all=name == "samarbeidet").lead
            if said == lead and row["thing"] != "attestation":
                said_number = found["n"].casefold()
                return said_number == in_words(row["n"]) or (said_number, row["n"]) == ("ett", 1)
            if said == lead:
                return True
    judged = [row for row in rows if row["signal"] not in (None, "too_few")]
    missing = [row for row in rows if row["state"] == "missing"]
    if said.startswith("Ingen sikker endring"):
        nothing_waits = "ingenting venter" not in said or not waits
        no_news = not any(row["signal"] not in ("no_change", "too_few", None) for row in rows)
        return bool(judged) and no_news and nothing_waits and 2 * len(missing) <= len(rows)
    if found := re.search(r"mangler tall for (\d+) av (\d+) indikatorer", said):
        return [int(n) for n in found.groups()] == [len(missing), len(rows)]
    if said.startswith("Det er for få måneder til å si om noe har endret seg"):
        return not judged
    if "har ingen tall for" in said:
        return not any(
            row["state"] in ("measured", "provisional") and not row["is_earlier"] for row in rows
        )
    return False


def test_the_first_sentence_is_true_in_every_municipality_and_month(demo: Path) -> None:
    wrong = []
    for place, name, when in moments(demo):
        rows = ask("matrix", municipality=place, month=when).to_dicts()
        waits = ask("waiting", municipality=place, month=when).to_dicts()
        leads = waiting.leads(waits, of_all=place == COOPERATION)
        heading = findings.status_heading(rows, leads, load_all(), name, when)
        wrong += [(name, when, said) for said in untrue(heading, rows, waits, name)]
        wrong += [(name, when, fault) for fault in miscounted(place, when, waits)]
        told = findings.freshness(rows)
        wrong += [(name, when, told)] if told and not is_fresh(told, place, when) else []
    assert wrong == []


def neuter(n: int) -> str:
    """A count of tiltak, trinn, avvik or forslag in words."""
    return {0: "ingen", 1: "ett"}.get(n, in_words(n))


def miscounted(place: str, when: dt.date, waits: Sequence[Row]) -> list[str]:
    """What waits in another number than its link leads to."""
    found = []
    counts = ask("action_views", municipality=place, month=when).row(0, named=True)
    for row in waits:
        if row["thing"] in LISTS:
            question, is_shown = LISTS[row["thing"]]
            listed = ask(question, municipality=place, month=when).to_dicts()
            behind = sum(map(is_shown, listed))
        elif row["thing"] in VIEWS:
            behind = counts[VIEWS[row["thing"]]]
        else:
            continue
        if behind != row["n"]:
            found.append(f"{row['thing']}: {row['n']} said, {behind} behind the link")
    return found


def is_fresh(said: str, place: str, when: dt.date) -> bool:
    """Whether at least half of the services heard from their users within these days."""
    services = ask("service_freshness", municipality=place, month=when).to_dicts()
    if of := re.match(r"Levert av (\d) av (\d) kommuner: ", said):
        row = ask("matrix", municipality=place, month=when).filter(indicator="feedback_freshness")
        if (int(of[1]), int(of[2])) != (row["delivered"].item(), row["members"].item()):
            return False
        said = said[of.end() :]
    if not said.startswith(f"Per {date(month_end(when))} hadde "):
        return False
    days = int((re.findall(r"siste (\d+) dag", said.replace(NO_BREAK, "")) or ["1"])[0])
    known = [row["value"] for row in services if row["value"] is not None]
    return bool(known) and 2 * sum(value <= days for value in known) >= len(known)


@pytest.mark.usefixtures("demo")
def test_a_heading_that_says_too_much_is_noticed() -> None:
    when = dt.date(2026, 10, 1)
    rows = ask("matrix", municipality="3405", month=when).to_dicts()
    waits = ask("waiting", municipality="3405", month=when).to_dicts()
    for claim in (
        "Ingen sikker endring i Lillehammer i oktober 2026, og ingenting venter.",
        "Tretten tiltak er over frist.",
        "Brukerne i Lillehammer får sjeldnere enn før vite hva som ble endret.",
        "Lillehammer mangler tall for 36 av 37 indikatorer i oktober 2026.",
        "Lillehammer har ingen tall for oktober 2026.",
    ):
        assert untrue(claim, rows, waits, "Lillehammer") == [claim]


# ---- the other pages' findings, in the newest year --------------------------------------------


def newest(store: Path) -> list[tuple[str, str, dt.date]]:
    return [one for one in moments(store) if one[2] >= dt.date(2025, 5, 1)]


def test_the_staircase_says_the_steps_that_have_evidence(demo: Path) -> None:
    names = staircase.step_names()
    for place, name, when in newest(demo):
        rows = ask("staircase", municipality=place, month=when).to_dicts()
        if staircase.unknown(rows, when):
            continue
        if place == COOPERATION:
            said = staircase.staircases_sentence(rows)
            for code, step in names.items():
                of_step = [row["is_evident"] for row in rows if row["criterion"] == code]
                all_part, _, lack_part = said.partition("kommuner mangler")
                if f"Ingen kommune har dokumentasjon på at {step}" in said:
                    assert not any(of_step), (when, said)
                elif step in all_part:
                    assert all(of_step), (when, said)
                if step in lack_part:
                    n = in_words(of_step.count(False))
                    assert re.search(rf"\b{n} av ", said, re.IGNORECASE), (when, said)
            continue
        said = staircase.staircase_sentence(rows, name)
        evident = {row["criterion"] for row in rows if row["is_evident"]}
        if not evident:
            assert said == f"{name} har ikke dokumentasjon på noen av de fem trinnene."
            continue
        on, _, lack = said.partition(". ")
        assert neuter(len(evident)) in on or len(evident) == len(names), (name, when, said)
        assert {code for code, step in names.items() if step in lack} == set(names) - evident


def test_the_largest_leak_is_where_most_stopped(demo: Path) -> None:
    for place, name, when in newest(demo):
        rows = ask("loop", municipality=place, month=when).to_dicts()
        said = leak_sentence(rows)
        numbers = [int(n) for n in re.findall(r"(\d+) av (\d+) ", said)[0:1] for n in n]
        stopped = [row["stopped"] or 0 for row in rows]
        if numbers:
            assert numbers[0] == max(stopped), (name, when, said)
            (row,) = [row for row in rows if row["is_largest_leak"]]
            assert numbers == [row["stopped"], row["came_before"]]
            assert said.startswith("Mest") == (stopped.count(max(stopped)) == 1), (name, when, said)
        elif "stoppet på veien" in said:
            assert not any(stopped), (name, when, said)


def test_ages_and_deviations_are_counted_as_their_rows_are(demo: Path) -> None:
    for place, name, when in newest(demo):
        rows = ask("actions_by_age", municipality=place, month=when).to_dicts()
        said = action_ages.age_sentence(rows)
        known = [row for row in rows if row["open"] is not None]
        old, of = (sum(row[key] for row in known) for key in ("days_over_180", "open"))
        if " av " in said:
            begins = f"{neuter(old)} av {in_words(of)} åpne tiltak"
            assert said.casefold().startswith(begins), (name, when, said)
    for place in places(demo):
        listed = ask("deviations_listed", municipality=place, month=dt.date(2026, 10, 1)).to_dicts()
        said = deviations.found(listed)
        for state, word in (((1,), "avvik er åpne|avvik er åpent"), ((2,), "forslag")):
            n = sum(row["place"] in state for row in listed)
            found = re.search(rf"(\S+) (?:{word})", said)
            assert (found[1].casefold() if found else "ingen") == neuter(n), said


def test_what_is_said_of_municipalities_by_name_is_their_own_signal(demo: Path) -> None:
    names = places(demo)
    for when in (dt.date(2026, 10, 1), dt.date(2025, 3, 1)):
        for card in list(load_all().values())[when.month % 3 :: 3]:
            rows = ask("side_by_side", indicator=card.id, month=when).to_dicts()
            said = history.history_finding(rows, card)
            for row in rows:
                is_named = row["name"] in said
                is_news = row["signal"] not in (None, "no_change", "too_few")
                if is_news:
                    assert cells.signal_word(row).casefold() in said.casefold(), (card.id, said)
                    assert is_named, (card.id, when, said)
                elif is_named:
                    assert row["signal"] == "no_change", (card.id, when, said)
            assert not re.search(r"\d", said.replace(cells.words(card, "title"), "")), said
    assert len(names) == 7


@pytest.mark.usefixtures("demo")
def test_the_finding_of_what_was_agreed_counts_as_the_cells_do() -> None:
    for when in ask("months")["month"].to_list()[1::4]:
        kept = ask("commitments_kept", month=when).to_dicts()
        agreed = ask("commitments_matrix", month=when).to_dicts()
        said = commitments_heading(kept, agreed, when)
        assert month(when) in said or "ingen" in said.casefold(), said
        found = re.search(r"(\S+) av (\S+) kommuner holdt ikke avtalen «([^»]+)»", said)
        if found:
            (row,) = [row for row in kept if commitment_name(row) == found[3]]
            of = [each for each in agreed if each["commitment"] == row["commitment"]]
            due = [each for each in of if each["state"] in ("kept", "not_kept")]
            broken = [each for each in due if each["state"] == "not_kept"]
            told = (found[1].casefold(), found[2].casefold())
            assert told == (in_words(len(broken)), in_words(len(due))), (when, said)
        found = re.search(r"Ingen av de (\S+) kommunene der «([^»]+)» forfalt", said)
        if found:
            of = [each for each in agreed if each["commitment"] == code_of(found[2])]
            states = [each["state"] for each in of if each["state"] in ("kept", "not_kept")]
            assert set(states) == {"not_kept"}, (when, said)
            assert found[1] == in_words(len(states)), (when, said)


def code_of(name: str) -> str:
    from queries.commitments import load_commitments

    (code,) = (code for code, each in load_commitments().items() if each.words("name") == name)
    return code


def commitment_name(row: Row) -> str:
    from queries.commitments import load_commitments

    return cells.words(load_commitments()[row["commitment"]], "name")


@pytest.mark.parametrize("language", ["nn", "en"])
def test_no_placeholder_or_other_language_is_left_in_a_heading(demo: Path, language: str) -> None:
    when = dt.date(2026, 10, 1)
    with in_language(language):
        for place, name in places(demo).items():
            rows = ask("matrix", municipality=place, month=when).to_dicts()
            waits = ask("waiting", municipality=place, month=when).to_dicts()
            leads = waiting.leads(waits, of_all=place == COOPERATION)
            said = " ".join([findings.status_heading(rows, leads, load_all(), name, when), *leads])
            assert not re.search(r"[{}]|\bNone\b", said)
            bokmal = {"nn": r"\b(ikke|hvor|fra|brukerne|kommuner)\b", "en": r"[æøå]|\b(ikke|og)\b"}
            own = said.replace(name, "")
            for neighbour in places(demo).values():
                own = own.replace(neighbour, "")
            assert not re.search(bokmal[language], own, re.IGNORECASE), said


def test_what_a_document_says_of_attestations_is_what_they_are_now(demo: Path) -> None:
    month = dt.date(2026, 10, 1)
    locked = ask("months").filter(month=month)["lock_release"].item()
    now = current_release(demo)
    assert locked < now
    said = {
        place: Reading(demo, month, place, release=locked, live=now).matrix["attestations"]["value"]
        for place in ask("frame_municipalities")["municipality_id"]
    }
    attested = ask("attested", municipality="cooperation", month=month)
    assert attested.height > 0
    assert {place for place, value in said.items() if value} == set(attested["municipality_id"])
