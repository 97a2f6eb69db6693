"""Every SQL file asks one question in plain words, and reads what its folder may read."""

import re
from pathlib import Path

import pytest

from queries import sql

ONE_STATEMENT = [path for path in sorted(sql.FOLDER.rglob("*.sql")) if path.name != "release.sql"]
# A file that runs over the builder reads rows only through the clean views.
OVER_THE_BUILDER = [
    path
    for path in ONE_STATEMENT
    if path.parent.name in ("common", "indicators", "rules", "queries")
]


def name(path: Path) -> str:
    return str(path.relative_to(sql.FOLDER))


@pytest.mark.parametrize("path", ONE_STATEMENT, ids=name)
def test_a_file_asks_one_question_and_says_what_its_rows_are(path: Path) -> None:
    comment = re.match(r"(?:-- .*\n)+", path.read_text(encoding="utf-8"))
    assert comment is not None
    first, *others = comment.group().splitlines()
    question = " ".join([first, *others]).partition("?")[0]
    # A long question may need a second line.
    assert question.count("--") <= 2
    assert any(line.startswith("-- One row") for line in others)


@pytest.mark.parametrize("path", ONE_STATEMENT, ids=name)
def test_a_file_holds_one_statement_without_templates(path: Path) -> None:
    sql.parameters_of(path)
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\{[{%]|\{\w+\}", text)
    assert not re.search(r"\$\d", text), "parameters have names"


@pytest.mark.parametrize("path", OVER_THE_BUILDER, ids=name)
def test_what_is_counted_is_read_through_the_clean_views(path: Path) -> None:
    read = set(re.findall(r"(?:from|join)\s+(\w+)", path.read_text(encoding="utf-8")))
    assert not {table for table in read if table.startswith(("current_", "acts_"))}
    assert not read & {"coverage", "horizon"}


def test_the_clean_views_do_no_arithmetic() -> None:
    for path in sorted((sql.FOLDER / "clean").glob("*.sql")):
        # The spine and its like say whose month a month is, and the lives of deviations and the
        # evidence of a step come of several kinds: they are not rows of a file.
        if path.stem in (
            "memberships",
            "months",
            "member_months",
            "attestation_days",
            "anchoring_evidence",
            "deviations",
            "deviation_turns",
            "judgements",
            "live",
            "suggestions",
        ):
            continue
        text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\s[-+*/]\s|\b(sum|count|avg|min|max)\(|\bjoin\b", text), path.name


@pytest.mark.parametrize("path", ONE_STATEMENT, ids=name)
def test_an_answer_rests_on_what_a_file_reads_and_on_nothing_else(path: Path) -> None:
    # What was answered once of the same rows is answered the same again (queries/builder.py).
    text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8")).casefold()
    assert not re.search(
        r"\b(now|today|random|uuid|get_current_\w+|nextval|current_(date|time|timestamp))\b(?=\s*\()"
        r"|\bcurrent_(date|time|timestamp)\b|\btablesample\b|\busing sample\b",
        text,
    )
