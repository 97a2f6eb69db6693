"""Deviations handled where they stand: answered, closed or reported by those who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from data import acts, people, settings
from data.disk import StoreUnavailableError
from data.store import RefusedError, Store
from pages.parts import deviations as words
from pages.parts.deviations import Row
from pages.parts.draw import draw
from pages.parts.kept import kept
from pages.parts.matrix import matrix
from pages.parts.notes import heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.parts.recorded import receipt, written
from pages.parts.texts import at_most, too_long
from pages.parts.upload_notes import refused
from pages.text import later, say
from pages.text.markup import Markup, tag
from queries import deviations
from queries.ask import ask
from queries.cards import load_all

OPEN = "deviations_open"

INDICATORS = (OPEN, "days_deviation_open")

VERDICTS = {
    "confirmed": later("Confirm: what was agreed did not happen"),
    "rejected": later("Reject: the rule is wrong here"),
    "closed": later("Close: it is put right, or nothing more is to be done"),
}
"""What a person can make of a deviation, as a choice."""

LONGEST_REPORT, LONGEST_REASON = 400, 300
"""Characters: some sentences, which are read in a list."""

TEXT = "deviation_text"
"""What has been written of one, by the place that was shown: it does not follow to another."""

DONE = "deviation_done"
"""In the session: what was recorded last, to be said once."""


def section(chosen: Chosen) -> None:
    """The part of the page about deviations: the list, the answer to one of them, a new report."""
    of_all = chosen.municipality == COOPERATION
    where, when = chosen.municipality, chosen.month
    rows = ask("deviations_listed", municipality=where, month=when).to_dicts()
    draw(part(say("Deviations from user involvement"), anchor=words.ANCHOR))
    # Always there, so that what stands below keeps its place: a form that says why not stays open.
    slot = st.empty()
    if (done := st.session_state.pop(DONE, None)) is not None:
        with slot:
            draw(tag("p", done, class_="done", role="status"))
    answered = st.query_params.get(words.CHOSEN)
    row = next((one for one in rows if one["deviation_id"] == answered), None)
    if row is not None and _may(chosen, "review", row["municipality_id"]):
        _answer(row, chosen, of_all=of_all)
        return
    may = frozenset(
        one["municipality_id"] for one in rows if _may(chosen, "review", one["municipality_id"])
    )
    draw(
        heading(3, words.found(rows)),
        note(*words.as_of(rows, _open_then(chosen), when)),
        *words.groups(rows, of_all=of_all, choices=chosen.in_address, may=may),
        _rules(where, when),
    )
    numbers = _numbers(where, when)
    if numbers is not None:
        draw(numbers)
    _report(chosen)


def make_ready(where: str, when: dt.date) -> None:
    """Ask what section() asks, and make of it what is kept."""
    ask("deviations_listed", municipality=where, month=when)
    _rules(where, when)
    _numbers(where, when)


@kept
def _rules(where: str, when: dt.date) -> Markup:
    return words.rules_table(ask("deviation_rules", municipality=where, month=when).to_dicts())


def _open_then(chosen: Chosen) -> int | None:
    """How many were open when the month ended, as the monthly status says, if it does."""
    rows = ask("matrix", municipality=chosen.municipality, month=chosen.month).to_dicts()
    found = (row["numerator"] for row in rows if row["indicator"] == OPEN)
    shown = next(found, None)
    return None if shown is None else int(shown)


@kept
def _numbers(where: str, when: dt.date) -> Markup | None:
    """How many are open and for how long, month by month."""
    rows = ask("matrix", municipality=where, month=when).to_dicts()
    shown = [row for row in rows if row["indicator"] in INDICATORS]
    cards = {indicator: load_all()[indicator] for indicator in INDICATORS}
    return matrix(shown, cards, when) if shown else None


def _may(chosen: Chosen, act: str, municipality: str) -> bool:
    return people.may(chosen.person, act, municipality)


def _answer(row: Row, chosen: Chosen, *, of_all: bool) -> None:
    """What is known of one deviation, and the choices there are."""
    where = f"{row['municipality']}. " if of_all else ""
    draw(
        heading(3, words.sentence(row)),
        tag("p", where, words.standing(row)),
        words.history(row),
    )
    possible = deviations.POSSIBLE[row["state"]]
    if possible:
        verdict = st.radio(
            say("What do you make of it?"),
            possible,
            format_func=lambda code: say(VERDICTS[code]),
            index=None if len(possible) > 1 else 0,
            key=f"deviation_verdict_{row['deviation_id']}",
        )
        reason = st.text_area(
            say("Why (needed to reject; name nobody)"),
            placeholder=at_most(LONGEST_REASON),
            key=f"deviation_reason_{row['deviation_id']}",
        )
        is_sent = st.button(say("Record the answer"), type="primary", disabled=verdict is None)
        refusal = too_long(reason, LONGEST_REASON)
        if is_sent and refusal is not None:
            draw(refusal)
        elif is_sent:
            assert verdict is not None
            _write(
                lambda opened: deviations.review(
                    opened,
                    chosen.person,
                    row["rule"],
                    row["row_key"],
                    row["municipality_id"],
                    verdict,
                    reason=reason,
                ),
                say("The answer is recorded."),
            )
    draw(words.back(chosen.in_address))


def _report(chosen: Chosen) -> None:
    """Report one that no rule sees."""
    names = dict(ask("frame_municipalities").select("municipality_id", "name").iter_rows())
    places: list[str] = [place for place in names if _may(chosen, "report", place)]
    if chosen.municipality != COOPERATION:
        # What is reported here is seen here: nobody reports of another place than the one shown.
        places = [place for place in places if place == chosen.municipality]
    if not places:
        return
    with st.expander(say("Report a deviation")):
        place: str | None = places[0]
        if len(places) > 1:
            place = st.selectbox(
                say("Municipality"),
                places,
                index=None,
                format_func=lambda number: names[number],
                placeholder=say("Choose"),
                key="deviation_place",
            )
        else:
            draw(note(say("About {place}.", place=names[places[0]])))
        text = st.text_area(
            say("What was agreed, and what happened? Name nobody."),
            placeholder=at_most(LONGEST_REPORT),
            key=f"{TEXT}_{chosen.municipality}",
        )
        today = settings.today(settings.load().store)
        day = st.date_input(
            say("When it happened"),
            value=today,
            max_value=today,
            format="DD.MM.YYYY",
            key="deviation_day",
        )
        if not st.button(say("Report it"), type="primary"):
            return
        if place is None:
            draw(tag("p", say("Choose the municipality."), class_="fk-warning", role="alert"))
        elif (refusal := too_long(text, LONGEST_REPORT)) is not None:
            draw(refusal)
        else:
            _report_it(chosen, place, text, day)


def _report_it(chosen: Chosen, place: str, text: str, day: dt.date) -> None:
    _write(
        lambda opened: acts.report(opened, chosen.person, place, text, day),
        say("The deviation is reported."),
    )


def _write(act: Callable[[Store], int], done: str) -> None:
    """Do it, bring the release up to date, and show the page anew; or say why it cannot be."""
    # Loaded here, since it computes: only who writes pays for it.
    from pages.terminal import locked_export

    with st.spinner(say("Recording …")):
        try:
            locked_export.bring_up_to_date(settings.load().store)
        except (StoreUnavailableError, RefusedError, OSError) as error:
            draw(refused(error))
            return
        entry = written(act)
        if isinstance(entry, Markup):
            draw(entry)
            return
        st.session_state[DONE] = receipt(done)
    for name in [name for name in st.session_state if str(name).startswith(TEXT)]:
        del st.session_state[name]
    st.query_params.pop(words.CHOSEN, None)
    st.rerun()
