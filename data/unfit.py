"""Answers that do not fit what was asked, before they are stored: no number would say so after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from data.store import Store

_STEP = re.compile(r"=\s*(-?\d+(?:[.,]\d+)?)")

_FORMS = {"wave_id": pl.String, "count": pl.Int64}
_GIVEN = {"wave_id": pl.String, "question": pl.String, "value": pl.String, "count": pl.Int64}
_WAVES = {"wave_id": pl.String, "survey": pl.String, "asked": pl.Int64}
_QUESTIONS = {"survey": pl.String, "question": pl.String, "scale": pl.String}


@dataclass(frozen=True)
class Unfit:
    """Answers of one wave, questionnaire or question that do not fit.

    Attributes:
        sort: "many": a wave has more of them than were asked. "unknown": they are to questions that
            the questionnaire does not have. "off_scale": they are no step of the question's scale.
        about: The wave, the questionnaire or the question.
        count: How many answers.
        found: The questions or the values that do not fit, in order.
        asked: How many were asked, for "many".
    """

    sort: Literal["many", "unknown", "off_scale"]
    about: str
    count: int
    found: tuple[str, ...] = ()
    asked: int | None = None


def unfit(store: Store, tables: Mapping[str, pl.DataFrame]) -> tuple[Unfit, ...]:
    """What does not fit of the answers of a file; nothing where it holds none."""
    if "survey_answers" not in tables:
        return ()
    answers = tables["survey_answers"]
    waves = _known(store, tables, "survey_waves", _WAVES)
    questions = _known(store, tables, "questions", _QUESTIONS)
    # Counted first: a million answers are a few hundred different ones, held as numbers.
    forms = answers.group_by("wave_id").agg(pl.col("answer_id").n_unique().alias("count"))
    given = answers.group_by("wave_id", "question", "value").agg(pl.len().alias("count"))
    of_surveys = _of(given, _GIVEN).join(waves, on="wave_id", how="inner")
    return (
        *_many(_of(forms, _FORMS), waves),
        *_unknown(of_surveys, questions),
        *_off(of_surveys, questions),
    )


def _of(table: pl.DataFrame, columns: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return table.select(pl.col(name).cast(kind) for name, kind in columns.items())


def _known(
    store: Store,
    tables: Mapping[str, pl.DataFrame],
    kind: str,
    columns: Mapping[str, type[pl.DataType]],
) -> pl.DataFrame:
    """The rows of a kind as they will be: those of the file before those that are stored."""
    rows = store.distinct(kind, ", ".join(columns))
    stored = pl.DataFrame(rows, schema=dict(columns), orient="row")
    here = [_of(tables[kind], columns)] if kind in tables else []
    key = ["wave_id"] if kind == "survey_waves" else ["survey", "question"]
    return pl.concat([*here, stored]).unique(key, keep="first", maintain_order=True)


def _many(forms: pl.DataFrame, waves: pl.DataFrame) -> list[Unfit]:
    found = forms.join(waves, on="wave_id").filter(pl.col("count") > pl.col("asked"))
    return [
        Unfit("many", wave, count, asked=asked)
        for wave, count, asked in found.select("wave_id", "count", "asked").sort("wave_id").rows()
    ]


def _unknown(given: pl.DataFrame, questions: pl.DataFrame) -> list[Unfit]:
    # A questionnaire of which nothing is known yet may get its questions later.
    known = given.join(questions, on="survey", how="semi")
    lacking = known.join(questions, on=["survey", "question"], how="anti")
    return [
        Unfit(
            "unknown", str(survey), int(rows["count"].sum()), tuple(sorted(set(rows["question"])))
        )
        for (survey,), rows in sorted(lacking.partition_by("survey", as_dict=True).items())
    ]


def _off(given: pl.DataFrame, questions: pl.DataFrame) -> list[Unfit]:
    steps = {
        (survey, question): {float(one.replace(",", ".")) for one in _STEP.findall(scale or "")}
        for survey, question, scale in questions.iter_rows()
    }
    number = pl.col("value").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    counted = (
        given.with_columns(number.alias("number"))
        .drop_nulls("number")
        .group_by("survey", "question", "value", "number")
        .agg(pl.col("count").sum())
        .sort("question", "number")
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for survey, question, value, step, count in counted.iter_rows():
        scale = steps.get((survey, question))
        if scale and step not in scale:
            found.setdefault(question, []).append((value, count))
    return [
        Unfit("off_scale", question, sum(count for _, count in rows), tuple(v for v, _ in rows))
        for question, rows in found.items()
    ]
