"""Every way a released cell is worded: its value, its state, its verdicts, its period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pages.text import (
    language,
    later,
    month,
    number,
    percent,
    plural,
    say,
    short_date,
    short_month,
)

if TYPE_CHECKING:
    # The terminal words cells too, and need not wait for what reads the cards.
    from queries.cards import Card
    from queries.commitments import Commitment

Cell = Mapping[str, Any]
"""One row of the release's table `cells`, or of an answer that holds its columns."""

STATES = {
    "missing": later("missing"),
    "not_member": later("not a member yet"),
    "not_due": later("not due yet"),
    "withheld": later("not shown"),
}
"""The word of a cell that shows no number; a measured or provisional one shows its value."""

REASONS = {
    "missing": later("A file that the number is made from has not been delivered for the period."),
    "nothing_held": later("Nothing of the kind is recorded in the period."),
    "nothing_to_count": later("There was nothing to count."),
    "band": later("Numbers about people are shown roughly, so that nobody can be recognised."),
    "rounded": later("Rounded to the nearest ten per cent, so that nobody can be recognised."),
    "no_list_of_asked": later("Without a list of those who were asked there is no response rate."),
    "few_answers": later("A share is shown from ten answers."),
    "small_rest": later("Without the largest municipality too few are left to show it exactly."),
    "few_on_one_side": later("Fewer than three stand on one side."),
    "audit": later(
        "A municipality's number could have been worked out with it, so it is not shown."
    ),
    "awaits_lock": later(
        "Numbers about people are shown once: when the period is over, nothing more can come late,"
        " and the month is locked after that."
    ),
}
"""Why a number is not shown, or not shown exactly."""

NO_LIST = later("The file that this list is made from has not been delivered for the period.")
"""What stands where rows would, and nobody knows that there are none."""

SIGNALS = {
    "improvement": later("certain improvement"),
    "concern": later("certain worsening"),
    "increase": later("certain increase"),
    "decrease": later("certain decrease"),
    "no_change": later("no certain change"),
    "too_few": later("too few measurements"),
}

RULES = {
    "run": later("Many months in a row lie on the same side of the middle value."),
    "crossings": later(
        "The months stay on one side of the middle value longer than chance would have it."
    ),
    "tail": later("A month lies further out than chance would have it."),
}
"""The rule behind a signal, named beside it."""

ASSURANCES = {
    "pass": later("meets the target steadily"),
    "sometimes": later("meets the target now and then"),
    "fail": later("does not meet the target"),
    "too_few": later("cannot be judged yet"),
}

BANDS = {
    "0-9": later("under 10 {things}"),
    "10-19": later("10–19 {things}"),
    "20-49": later("20–49 {things}"),
    "50+": later("50 or more {things}"),
}

WAITS = ("days", "score")
"""Units of which nothing to count is no number, and yet nothing that is kept from anybody."""

DAYS_OF_A_YEAR = 365
"""Later than this after its period began, the day of a delivery needs its year to be told."""

COMMITMENT_STATES = {
    "kept": later("kept"),
    "not_kept": later("not kept"),
    "not_due": later("nothing was due"),
    "missing": later("missing"),
}

_COUNTED_MUNICIPALITIES = "municipality"
_COUNTED_ANSWERS = "answers"


def words(of: Card | Commitment, name: str) -> str:
    """A text of a card or a commitment in the language spoken now."""
    return of.words(name, language())


def shown_text(cell: Cell, card: Card) -> str:
    """The value as people read it: "3 av 3 kurs", "om lag 40 %", "under 10 svar", "mangler".

    Args:
        cell: A released cell; `shows_from` or `shows_at_lock_of`, where it has one, say when a
            number that is not shown yet appears.
        card: The card of the cell's indicator.
    """
    state = cell["state"]
    is_empty = cell.get("reason") == "nothing_to_count" and card.unit_of(cell.get("part")) in WAITS
    if state not in ("measured", "provisional") or (cell["shown"] == "none" and not is_empty):
        appears = cell.get("shows_from")
        if appears is not None and state in ("not_due", "withheld"):
            return say("shown in {month} at the earliest", month=month(appears))
        late = cell.get("shows_at_lock_of")
        if late is not None and state in ("not_due", "withheld"):
            return say("shown once {month} is locked", month=month(late))
        return say(STATES.get(state, STATES["withheld"]))
    if is_empty and state == "provisional" and card.unit_of(cell.get("part")) == "days":
        return say("nothing to count from yet")
    value = _value(cell, card)
    may_change = state == "provisional" and cell["denominator"] != 0
    return say("{value}, provisional", value=value) if may_change else value


def beside(cell: Cell, card: Card) -> str:
    """What the value rests on where it does not say so itself: "20–49 svar". Empty otherwise."""
    if cell["shown"] in ("none", "band") or card.unit != "share" or card.privacy == "none":
        return ""
    if cell["denominator"] is not None:
        n = round(cell["denominator"])
        return say("of {things}", things=_counted(n, _noun(card, n)))
    band = cell["denominator_band"]
    return say("of {things}", things=_band(band, _noun(card, 2))) if band else ""


def reason_text(cell: Cell) -> str:
    """Why the number is hidden or not exact, in a sentence or two; empty where it is neither."""
    code = cell["reason"]
    if code not in REASONS:
        return ""
    back = _looks_back(cell.get("indicator")) if code == "missing" else 0
    if not back:
        return say(REASONS[code])
    looks = plural("It looks back {n} month.", "It looks back {n} months.", back)
    return f"{say(REASONS[code])} {looks}"


def _looks_back(indicator: str | None) -> int:
    """How many months before its own a number is made from too."""
    if indicator is None:
        return 0
    from queries.cards import load_all  # The terminal words cells too, and need not wait for it.

    return max([0, *(-(source.months or 0) for source in load_all()[indicator].sources)])


def signal_word(cell: Cell) -> str:
    """What the last 24 months say: "sikker forbedring"; empty where nothing is released."""
    code = cell["signal"]
    return say(SIGNALS[code]) if code else ""


def rule_text(cell: Cell) -> str:
    """The rule that gave the signal, as a sentence; empty where none did."""
    code = cell["signal_rule"]
    return say(RULES[code]) if code else ""


def middle_value(cell: Cell, card: Card) -> str:
    """The middle that a series is judged around: "40 %", "5,5"; empty where it is not judged."""
    centre = cell.get("centre")
    if centre is None:
        return ""
    return percent(centre) if card.unit == "share" else number(centre, 0 if centre % 1 == 0 else 1)


def limits_word(cell: Cell) -> str:
    """ "foreløpige grenser" where the limits may still move; empty otherwise."""
    is_provisional = cell["limits_are_provisional"] and cell["signal"] != "too_few"
    return say("provisional limits") if is_provisional else ""


def assurance_word(cell: Cell, card: Card) -> str:
    """Whether the target is met: "når målet stabilt", "uten mål"."""
    if card.target is None:
        return say("no target")
    return say(ASSURANCES[cell["assurance"] or "too_few"])


def target_text(card: Card) -> str:
    """The target in words with its standing: "100 %", "høyst 90 dager (forslag)"."""
    if card.target is None:
        return say("no target")
    value = card.target.value
    if card.unit == "share":
        amount = percent(value)
    elif card.unit == "days":
        amount = plural("{n} day", "{n} days", round(value))
    else:
        amount = _number(value)
    if (card.unit, card.target.at, value) == ("share", "least", 1) or value == 0:
        bound = amount  # nothing lies beyond
    elif card.target.at == "least":
        bound = say("at least {amount}", amount=amount)
    else:
        bound = say("at most {amount}", amount=amount)
    is_proposal = card.target.source == "proposal"
    return say("{target} (proposal)", target=bound) if is_proposal else bound


def finding(cell: Cell, card: Card, place: str) -> str:
    """The sentence of the cell's signal, from its card; empty where nothing is released."""
    code = cell["signal"]
    return words(card, f"outcome_{code}").format(place=place) if code else ""


def interval_text(cell: Cell) -> str:
    """The 95 % interval of a share: "30–90 %". Empty where there is none."""
    low, high = cell["low"], cell["high"]
    if low is None or high is None:
        return ""
    return f"{number(low * 100)}–{percent(high)}"


def period_text(cell: Cell) -> str:
    """The cell's period: "oktober 2026", "mai–august 2026"."""
    return period(cell["period"], cell["grain"])


def period(first: dt.date, grain: str) -> str:
    """A month or a tertial by its first day: "oktober 2026", "mai–august 2026"."""
    if grain == "month":
        return month(first)
    last = first.replace(month=first.month + 3)
    return f"{month(first).partition(' ')[0]}–{month(last)}"


def short_period(first: dt.date, grain: str) -> str:
    """The same where room is scarce: "okt. 2026", "mai–aug. 2026"."""
    if grain == "month":
        return short_month(first)
    last = first.replace(month=first.month + 3)
    return f"{short_month(first).partition(' ')[0]}–{short_month(last)}"


def freshness_text(cell: Cell) -> str:
    """When what the cell shows was last updated: "31. okt."; from another year "nov. 2026".

    Of what is missing nothing is shown, though one of its files may have come.
    """
    updated = cell["updated_on"]
    if updated is None or cell["state"] == "missing":
        return ""
    is_recent = (
        0 <= (updated - cell["period"]).days < DAYS_OF_A_YEAR or updated.year == cell["period"].year
    )
    return short_date(updated) if is_recent else short_month(updated)


def commitment_word(cell: Cell) -> str:
    """Whether a commitment was kept: "holdt", "ikke holdt", "ingenting forfalt", "mangler"."""
    return say(COMMITMENT_STATES[cell["state"]])


def commitment_count(cell: Cell) -> str:
    """What was kept of what was due: "2 av 3". Empty where nothing was."""
    if not cell["due"] or cell["state"] not in ("kept", "not_kept"):
        return ""
    return say("{part} of {whole}", part=number(cell["kept"] or 0), whole=number(cell["due"]))


def _value(cell: Cell, card: Card) -> str:
    shown, value, unit = cell["shown"], cell["value"], card.unit_of(cell.get("part"))
    if shown == "band" and cell["denominator_band"] and _is_of_answers(card):
        # What counts is a part of the answers, and what there are few of is the answers.
        return _band(cell["denominator_band"], _noun(card, 2))
    if shown == "band":
        return _band(cell["band"], _banded(card, cell.get("part")))
    if shown == "under":
        return say("under {share}", share=percent(0.1))
    if shown == "over":
        return say("over {share}", share=percent(0.9))
    if shown == "rounded":
        about = percent(value) if unit == "share" else number(value, 1)
        return say("about {share}", share=about)
    if unit == "share":
        return _share(cell, card)
    if unit == "days":
        return _days(value)
    if unit == "score":
        return say("no answers") if value is None else number(value, 1)
    n = cell["numerator"] if value is None else value
    if unit != card.unit:
        # A count beside a share about answers counts answers; the card's noun is for the share.
        return plural("{n} answer", "{n} answers", round(n))
    return _counted(n, _noun(card, n, cell.get("part")))


def _share(cell: Cell, card: Card) -> str:
    part, whole = cell["numerator"], cell["denominator"]
    if cell["reason"] == "nothing_held":
        # Of a breakdown it may only be unknown: a wave need not say whom it reached.
        return say("nothing sent") if cell.get("part") is None else say("not stated")
    if whole == 0 and card.noun(1, "en", cell.get("part")) == _COUNTED_MUNICIPALITIES:
        # They are there all the same: "no municipalities" would say that nobody came.
        return say("nothing to measure")
    if whole == 0:
        return say("no {things}", things=_noun(card, 0, cell.get("part")))
    if cell["value"] is None:
        # Without a list of those asked there is a number of answers and no share.
        return plural("{n} answer", "{n} answers", round(part))
    if card.privacy != "none":
        return percent(cell["value"])
    if _is_yes_or_no(cell, card):
        return say("yes") if part else say("no")
    return say(
        "{part} of {whole} {things}",
        part=_number(part),
        whole=_number(whole),
        things=_noun(card, whole, cell.get("part")),
    )


def _days(value: float | None) -> str:
    if value is None:
        return say("nothing to count from")
    if value != round(value):
        return say("{number} days", number=number(value, 1))
    return plural("{n} day", "{n} days", round(value))


def _is_yes_or_no(cell: Cell, card: Card) -> bool:
    """Of one municipality, a share of municipalities is a yes or a no."""
    return (
        cell["municipality_id"] != "cooperation"
        and cell["denominator"] == 1
        and card.noun(1, "en", cell.get("part")) == _COUNTED_MUNICIPALITIES
    )


def _is_of_answers(card: Card) -> bool:
    """Whether a share is of the answers themselves, and not of those who were asked."""
    return card.unit == "share" and card.words("unit_many", "en") == _COUNTED_ANSWERS


def _band(band: str, things: str) -> str:
    return say(BANDS[band], things=things)


def _banded(card: Card, part: str | None) -> str:
    # A share in a band is one without enough answers: what is banded is the answers. A share that
    # is a line of a breakdown is one of those the card counts.
    if card.unit == "count" or (part is not None and card.unit_of(part) == card.unit):
        return words(card, "unit_many")
    return say("answers") if card.privacy == "answers" else say("persons")


def _counted(n: float, things: str) -> str:
    return say("no {things}", things=things) if n == 0 else f"{_number(n)} {things}"


def _noun(card: Card, n: float, part: str | None = None) -> str:
    return card.noun(n, language(), part)


def _number(x: float) -> str:
    return number(x, 0 if x == round(x) else 1)
