"""How the numbers are to be read: change, target, uncertainty, privacy and gaps, with examples."""

from __future__ import annotations

from pages.charts.icons import assurance_icon, signal_icon
from pages.parts.entry import entry
from pages.parts.explained import limit_list
from pages.parts.notes import note
from pages.parts.table import Column, Row, table
from pages.text import cells, later, number, percent, say
from pages.text.markup import Markup, tag
from queries import signals, worked

CHAPTERS = {
    "endring": later("Has something changed?"),
    "mal": later("Is the target met?"),
    "usikkerhet": later("How certain is a share?"),
    "personvern": later("What is not shown, and why?"),
    "uten-tall": later("Where there is no number"),
}
"""The chapters, by what an address names them."""

SIGNALS = {
    "improvement": later("The line has moved the good way, more than chance would have it."),
    "concern": later("The line has moved the wrong way, more than chance would have it."),
    "increase": later("It has risen for certain; whether that is good is not given."),
    "decrease": later("It has fallen for certain; whether that is good is not given."),
    "no_change": later("The ups and downs are no larger than chance would have them."),
    "too_few": later("With so few months nothing can be said of change."),
}

ASSURANCES = {
    "pass": later("All of the last 12 numbers meet the target."),
    "sometimes": later("Some of the last 12 numbers meet the target."),
    "fail": later("None of the last 12 numbers meets the target."),
    "too_few": later("There are fewer than 12 numbers."),
}

STATES = {
    "missing": later(
        "No file was delivered. It is not zero: the line has a gap, and the month counts neither "
        "for nor against anybody."
    ),
    "withheld": later(
        "There is a number, and showing it could point at somebody. Then it is hidden for all six."
    ),
    "not_due": later("The time is not out yet, or the month is not locked."),
    "not_member": later("The municipality had not joined. It stands in no total."),
}


def chapters() -> list[Markup]:
    """All of them, each under its heading."""
    written = (change(), target(), uncertainty(), privacy(), states())
    return [
        entry(anchor, say(title), None, *content)
        for (anchor, title), content in zip(CHAPTERS.items(), written, strict=True)
    ]


def change() -> list[Markup]:
    """How it is judged whether something has changed."""
    runs = table(
        say("When a series has changed, by its length"),
        [
            Column(
                say("Months with a number"), lambda row: number(row["run"].points), is_head=True
            ),
            Column(
                say("More than this many in a row on one side"),
                lambda row: number(row["run"].longest_run_max),
                is_number=True,
            ),
            Column(
                say("Fewer crossings of the middle than this"),
                lambda row: number(row["run"].crossings_min),
                is_number=True,
            ),
        ],
        [{"run": run} for run in worked.runs()],
        is_caption_shown=False,
    )
    return [
        tag(
            "p",
            say(
                "Small numbers go up and down by themselves. We say that something has changed "
                "only when chance would hardly have done it. The middle is the median of the "
                "first {points} months. It is a change when many months in a row lie on the same "
                "side of the middle, or when the line crosses it too seldom. For shares and "
                "counts it is a change too when one month lies so far out that chance would do "
                "it less than {times} times in a thousand.",
                points=signals.BASELINE_POINTS,
                times=number(signals.TAIL * 2000, 1),
            ),
        ),
        runs,
        note(
            say(
                "Under {fewest} months nothing is said. Under {points} the limits are provisional. "
                "A gap breaks a row. Where the line crosses too seldom, most of the newest months "
                "say which way. A change speaks for {recent} months, as long as the newest number "
                "lies on that side of the middle.",
                fewest=signals.FEWEST_POINTS,
                points=signals.PROVISIONAL_BELOW,
                recent=signals.RECENT_MONTHS,
            )
        ),
        _words(
            [
                (signal_icon(code, "higher"), say(cells.SIGNALS[code]), say(means))
                for code, means in SIGNALS.items()
            ]
        ),
        note(say("The icon's line moves as the number moved; colour and word say if it is good.")),
    ]


def target() -> list[Markup]:
    """How it is judged whether a target is met."""
    return [
        _words(
            [
                (assurance_icon(code), say(cells.ASSURANCES[code]), say(means))
                for code, means in ASSURANCES.items()
            ]
        ),
    ]


def uncertainty() -> list[Markup]:
    """How uncertain a share of few is, by three examples."""
    examples = table(
        say("The same share of few and of many"),
        [
            Column(say("Counted"), _counted, is_head=True),
            Column(say("Share"), lambda row: percent(row["share"].share), is_number=True),
            Column(say("Uncertainty (95%)"), _interval, is_number=True),
        ],
        [{"share": share} for share in worked.shares()],
        is_caption_shown=False,
    )
    return [
        tag(
            "p",
            say(
                "A share of few says little about the next month. Beside it stands the range in "
                "which the real share lies with 95% certainty. Two shares whose ranges overlap a "
                "lot cannot be told apart."
            ),
        ),
        examples,
    ]


def privacy() -> list[Markup]:
    """What is not shown of persons and answers, and why."""
    bands = table(
        say("A number of persons in a municipality, and what is shown"),
        [
            Column(say("True number"), lambda row: number(row["count"]), is_head=True),
            Column(say("Shown as"), _shown_as),
        ],
        [{"count": count, "band": band} for count, band in worked.bands()],
        is_caption_shown=False,
    )
    return [
        tag(
            "p",
            say(
                "In a small municipality a number can point at a person. Numbers about persons and "
                "answers are therefore shown roughly, in the same shape each time, and once: a "
                "number that is shown is never shown again in another shape, so that nothing can "
                "be found by subtraction."
            ),
        ),
        bands,
        limit_list(),
        note(say("The data protection officer sets these limits, not a user of the dashboard.")),
    ]


def states() -> list[Markup]:
    """What stands where there is no number."""
    return [
        _words([(None, say(cells.STATES[code]), say(means)) for code, means in STATES.items()]),
        note(
            say(
                "A provisional number still grows, because its time is not out. Its dot is open on "
                "a chart."
            )
        ),
    ]


def _words(rows: list[tuple[Markup | None, str, str]]) -> Markup:
    return tag(
        "dl",
        [
            tag("div", tag("dt", icon, tag("span", word)), tag("dd", means))
            for icon, word, means in rows
        ],
        class_="words",
    )


def _shown_as(row: Row) -> str:
    message = cells.BANDS[row["band"]]
    return say(message, things=say("persons"))


def _counted(row: Row) -> str:
    share: worked.WorkedShare = row["share"]
    return say("{part} of {whole}", part=number(share.numerator), whole=number(share.denominator))


def _interval(row: Row) -> str:
    return cells.interval_text({"low": row["share"].low, "high": row["share"].high})
