"""The two words of a slide: what the series says, and whether the target is met."""

from __future__ import annotations

from pages.programme.reading import Row
from pages.programme.slides import Icon, Verdict, VerdictTone
from pages.text import cells
from queries.cards import Card

_TONES: dict[str, VerdictTone] = {
    "improvement": "better",
    "concern": "worse",
    "increase": "change",
    "decrease": "change",
    "no_change": "same",
    "too_few": "none",
}

_ASSURANCES: dict[str, tuple[Icon, VerdictTone]] = {
    "pass": ("tick", "better"),
    "sometimes": ("middle", "same"),
    "fail": ("cross", "worse"),
    "too_few": ("dash", "none"),
}


def verdicts(row: Row, card: Card) -> tuple[Verdict, ...]:
    """The word of the change and the word of the target, each where there is one."""
    return (*change(row, card), *assurance(row, card))


def change(row: Row, card: Card) -> tuple[Verdict, ...]:
    """The word of the change; none where nothing is released."""
    code = row["signal"]
    if not code:
        return ()
    word = cells.signal_word(row)
    return (Verdict(_icon(code, card), word[:1].upper() + word[1:], _TONES[code]),)


def assurance(row: Row, card: Card) -> tuple[Verdict, ...]:
    """The word of the target; none where there is no target."""
    if card.target is None:
        return ()
    icon, tone = _ASSURANCES[row["assurance"] or "too_few"]
    return (Verdict(icon, cells.assurance_word(row, card), tone),)


def _icon(code: str, card: Card) -> Icon:
    """The line moves as the number moved; its tone says whether that is good."""
    if code == "too_few":
        return "dots"
    if code == "no_change":
        return "wave"
    if code in ("increase", "decrease"):
        return "rises" if code == "increase" else "falls"
    is_up = (code == "improvement") == (card.direction != "lower")
    return "rises" if is_up else "falls"
