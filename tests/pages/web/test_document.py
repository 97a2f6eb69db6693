"""The document is Streamlit's own, in our language, and refuses a Streamlit it does not know."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from streamlit import file_util

from pages.parts import menu
from pages.text import LANGUAGES
from pages.web import document

INDEX = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_says_which_language_it_speaks(language: str) -> None:
    page = document.make(INDEX, language).page.content.decode()
    assert f'<html lang="{language}">' in page
    assert page.count("<html") == 1


def test_our_script_is_the_first_thing_in_the_head() -> None:
    page = document.make(INDEX, "nb").page.content.decode()
    head = page.partition("<head>")[2]
    assert re.match(r'\s*<script src="\./assets/forankring\.[0-9a-f]{16}\.js"></script>', head)


def test_every_file_of_ours_that_the_document_links_to_is_there() -> None:
    made = document.make(INDEX, "nb")
    linked = set(re.findall(r'(?:src|href)="\./(assets/[^"]+)"', made.page.content.decode()))
    assert linked == set(made.files)


def test_scripts_that_every_page_needs_are_linked_for_loading_ahead() -> None:
    page = document.make(INDEX, "nb", ["static/js/Html.1.js"]).page.content.decode()
    assert '<link rel="modulepreload" crossorigin href="./static/js/Html.1.js">' in page


def test_scripts_of_other_pages_are_left_for_later() -> None:
    made = document.make(INDEX, "nb", later=["static/js/PlotlyChart.1.js"])
    (ours,) = (file.content.decode() for name, file in made.files.items() if name.endswith(".js"))
    assert '"later": ["static/js/PlotlyChart.1.js"]' in ours
    assert '"charts": "static/js/PlotlyChart.1.js"' in ours
    assert "PlotlyChart.1" not in made.page.content.decode()


def test_nothing_of_streamlits_own_is_left_to_read() -> None:
    page = document.make(INDEX, "nb").page.content.decode()
    shown = re.sub(r"<!--.*?-->|<[^>]*>", "", page, flags=re.DOTALL)
    assert "Streamlit" not in shown
    assert "You need" not in shown
    assert "service-desc" not in page


def test_the_policy_names_the_inline_script_by_its_hash_and_forbids_eval() -> None:
    made = document.make(INDEX, "nb")
    inline = re.findall(r"<script>(.*?)</script>", made.page.content.decode(), re.DOTALL)
    assert len(inline) == 1
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in made.policy
    scripts = next(part for part in made.policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in made.policy


@pytest.mark.parametrize(
    "changed",
    [
        INDEX.replace('<html lang="en">', "<html>"),
        INDEX.replace("<title>Streamlit</title>", "<title>Other</title>"),
        INDEX.replace("<noscript>", "<noscript hidden>"),
        INDEX.replace("favicon.png", "icon.png"),
        INDEX + '<html lang="en">',
    ],
)
def test_a_streamlit_that_says_it_otherwise_stops_the_start(changed: str) -> None:
    with pytest.raises(ValueError, match="not once"):
        document.make(changed, "nb")


def test_the_script_knows_streamlits_texts_and_our_addresses() -> None:
    known = document.built_in("nb")
    assert known["exact"]["Cancel"] == "Avbryt"
    assert known["addresses"] == [entry.path for entry in menu.PAGES]
    assert (
        "const BUILT_IN = " + json.dumps(known, ensure_ascii=False)
        in document.script("nb").decode()
    )


def test_the_patterns_are_regular_expressions_with_as_many_groups_as_they_fill_in() -> None:
    for language in ("nb", "nn", "en"):
        for pattern, instead in document.built_in(language)["patterns"]:
            groups = re.compile(pattern).groups
            assert {int(group) for group in re.findall(r"\$(\d)", instead)} == set(
                range(1, groups + 1)
            )


def test_english_needs_a_dictionary_only_for_the_field_of_files() -> None:
    known = document.built_in("en")
    assert known["exact"] == {"Upload": "Choose files"}
    assert all("per file" in pattern for pattern, _ in known["patterns"])
