"""The buttons below the slides: back and on, decide, text size, contrast, full screen, leave."""

from __future__ import annotations

from pages.text import later, say
from pages.text.markup import Markup, tag

BUTTONS = (
    ("previous", later("← Back"), later("Previous slide")),
    ("next", later("Next →"), later("Next slide")),
    ("decide", later("Write a decision"), None),
    ("smaller", "A−", later("Smaller text")),
    ("larger", "A+", later("Larger text")),
    ("contrast", later("Contrast"), later("High contrast")),
    ("full", later("Full screen"), None),
    ("leave", later("Leave"), later("Leave the slides")),
)
"""What each does, as the static script knows it; its words; its name where the words are short."""

TOGGLES = {"decide": "aria_expanded", "contrast": "aria_pressed", "full": "aria_pressed"}

KEYS = (
    (later("→, Page Down, Space"), later("next slide")),
    (later("←, Page Up"), later("previous slide")),
    (later("Home, End"), later("first and last slide")),
    ("V", later("write a decision; Esc closes it")),
    ("F", later("full screen")),
    (later("+ and −"), later("text size")),
    ("K", later("high contrast")),
    ("B", later("black screen, and back")),
)
"""The keys of the stage; a presenter's remote sends Page Up, Page Down, and B or a full stop."""


def bar() -> Markup:
    """The buttons, and the place that tells a screen reader which slide is shown."""
    buttons = [
        tag(
            "button",
            say(words),
            type="button",
            data_stage=does,
            aria_label=None if name is None else say(name),
            **{TOGGLES[does]: "false"} if does in TOGGLES else {},
        )
        for does, words, name in BUTTONS
    ]
    black = say("The screen is black")
    return tag(
        "div",
        tag("div", buttons, role="toolbar", aria_label=say("Slides"), class_="stage-buttons"),
        tag("p", role="status", class_="unseen", data_stage_where="", data_black=black),
        class_="stage-bar",
    )


def keys() -> Markup:
    """What each key does, as a list."""
    return tag(
        "dl",
        [tag("div", tag("dt", tag("kbd", say(key))), tag("dd", say(does))) for key, does in KEYS],
        class_="keys",
    )
