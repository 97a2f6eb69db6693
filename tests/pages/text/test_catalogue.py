"""Every message has its translation, with the same placeholders, and none is left over."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import pages
from pages import text
from pages.text import catalogue

PAGES = Path(pages.__file__).parent
TAKES = {"say": 1, "later": 1, "plural": 2}
"""How many messages each function takes."""
COUNTED = {"n", "words", "Words"}
TERMINAL = PAGES / "terminal"
SPOKEN_IN_THE_TERMINAL = ("nb",)
"""The commands speak bokmål alone; other translations need only what the screen says."""
languages = pytest.mark.parametrize(
    "language",
    [
        folder.name
        for folder in sorted(catalogue.FOLDER.iterdir())
        if folder.is_dir() and any(folder.glob("*.po"))
    ],
)
files = pytest.mark.parametrize(
    "path",
    sorted(catalogue.FOLDER.glob("*/*.po")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)


def messages_in_code(language: str = "nb") -> dict[str, tuple[str, str | None, str]]:
    """From message to its place, its plural and itself, for every call in pages/ that speaks it.

    Read from the syntax tree: Babel's own extraction takes any text inside the call's brackets for
    a message, also the key in say(WORDS[row["key"]]).
    """
    found: dict[str, tuple[str, str | None, str]] = {}
    for path in sorted(PAGES.rglob("*.py")):
        if language not in SPOKEN_IN_THE_TERMINAL and path.is_relative_to(TERMINAL):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            texts = [
                each.value if isinstance(each, ast.Constant) else None
                for each in node.args[: TAKES.get(node.func.id, 0)]
            ]
            if texts and all(isinstance(text, str) for text in texts):
                one, many = texts[0], texts[1] if len(texts) > 1 else None
                place = f"{path.relative_to(PAGES.parent).as_posix()}:{node.lineno}"
                found[one] = (place, many, one)
    return found


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_the_messages_are_found_in_the_code() -> None:
    found = messages_in_code()
    assert "Monthly status" in found
    assert found["{delivered} of {n} file delivered"][1] == "{delivered} of {n} files delivered"
    assert len(found) > 100


def test_only_what_the_terminal_alone_says_may_be_left_in_bokmal() -> None:
    everything, on_the_screen = messages_in_code("nb"), messages_in_code("nn")
    left_out = set(everything) - set(on_the_screen)
    assert left_out
    assert all(everything[message][0].startswith("pages/terminal/") for message in left_out)
    assert {"{n} row", "There is no attestation {number}."} <= set(on_the_screen)


@languages
def test_every_message_in_the_code_is_translated(language: str) -> None:
    translated = catalogue.messages(language)
    missing = [
        f"{place}: {one}"
        for place, many, one in messages_in_code(language).values()
        if one not in translated or (many is not None and len(translated[one]) != 2)
    ]
    assert missing == []


@languages
def test_no_translation_is_left_without_its_message(language: str) -> None:
    assert sorted(set(catalogue.messages(language)) - set(messages_in_code(language))) == []


@languages
def test_a_translation_fills_the_same_placeholders(language: str) -> None:
    translated = catalogue.messages(language)
    wrong: list[str] = []
    for place, many, one in messages_in_code(language).values():
        forms = translated.get(one, ())
        expected = placeholders(one) | placeholders(many or "")
        for form in forms:
            found = placeholders(form)
            # A counted message may tell the number in either way, and for one thing in none.
            same = found == expected if many is None else found - COUNTED == expected - COUNTED
            if not same:
                wrong.append(f"{place}: {one} → {form}")
    assert wrong == []


@languages
def test_a_message_has_one_translation_in_all_files(language: str) -> None:
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    twice: list[str] = []
    for path in sorted((catalogue.FOLDER / language).glob("*.po")):
        for message, forms in catalogue.read(path.read_text(encoding="utf-8")).items():
            if message in seen and seen[message][1] != forms:
                twice.append(f"{message}: {seen[message][0]} and {path.name}")
            seen[message] = (path.name, forms)
    assert twice == []


@files
def test_a_file_is_read_as_babel_reads_it(path: Path) -> None:
    with path.open("rb") as file:
        known = read_po(file)
    expected: dict[str, tuple[str, ...]] = {}
    for message in known:
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if one and all(forms) and not message.fuzzy:
            expected[one] = forms
    assert catalogue.read(path.read_text(encoding="utf-8")) == expected
    assert f"{known.plural_forms}".rstrip(";") == catalogue.PLURAL_FORMS.rstrip(";")
    assert str(known.locale) == path.parent.name


def test_the_rules_of_the_format_that_are_used_are_read() -> None:
    known = catalogue.read(
        'msgid ""\nmsgstr "Language: nb\\n"\n\n'
        '#: frame.py:3\nmsgid "One line."\nmsgstr "Én linje."\n\n'
        'msgid ""\n"Over "\n"two lines."\nmsgstr ""\n"Over "\n"to \\"linjer\\".\\n"\n\n'
        'msgid "{n} file"\nmsgid_plural "{n} files"\n'
        'msgstr[0] "{n} fil"\nmsgstr[1] "{n} filer"\n\n'
        '#, fuzzy\nmsgid "Guessed."\nmsgstr "Gjettet."\n\n'
        'msgid "Not yet."\nmsgstr ""\n\n'
        '#~ msgid "Old."\n#~ msgstr "Gammel."\n'
    )
    assert known == {
        "One line.": ("Én linje.",),
        "Over two lines.": ('Over to "linjer".\n',),
        "{n} file": ("{n} fil", "{n} filer"),
    }


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        catalogue,
        "messages",
        lambda language: {
            "nb": {
                "At {place}.": ("På {place}.",),
                "{n} action": ("Ett tiltak", "{Words} tiltak"),
            }
        }.get(language, {}),
    )


@pytest.mark.usefixtures("told")
def test_a_message_is_said_in_the_chosen_language() -> None:
    assert text.say("At {place}.", place="Øyer") == "På Øyer."
    with text.in_language("en"):
        assert text.say("At {place}.", place="Øyer") == "At Øyer."
    assert text.language() == "nb"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("n", "said"), [(0, "Null tiltak"), (1, "Ett tiltak"), (2, "To tiltak"), (13, "13 tiltak")]
)
def test_a_counted_message_takes_its_form_from_the_number(n: int, said: str) -> None:
    assert text.plural("{n} action", "{n} actions", n) == said


@pytest.mark.usefixtures("told")
def test_a_fact_may_hold_braces() -> None:
    assert text.say("At {place}.", place="{here}") == "På {here}."


@pytest.mark.usefixtures("told")
def test_nynorsk_without_a_translation_is_bokmal_and_not_english() -> None:
    with text.in_language("nn"):
        assert text.say("At {place}.", place="Øyer") == "På Øyer."
        assert text.plural("{n} action", "{n} actions", 1) == "Ett tiltak"
        assert text.say("Nobody has translated this.") == "Nobody has translated this."
