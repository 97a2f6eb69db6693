"""A big file of answers, and the small ones it refers to: the same bytes on every machine."""

from __future__ import annotations

import random
from pathlib import Path

SEED = 20261112

ROWS = 1_000_000

WAVES = 240

MUNICIPALITIES = "kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n"

NUMBERED = ("nytte", "lyttet_til", "viktig", "fornoyd", "trygg", "informasjon", "samlet")

TOPICS = ("tid", "respekt", "informasjon", "medvirkning", "vet_ikke")


def waves() -> str:
    """The waves that the answers belong to, as a file."""
    rows = [
        f"{_wave(number)};3439;brukerevaluering;annet;bruker;{_day(number)};5000;5000"
        for number in range(WAVES)
    ]
    headings = "utsending_id;kommune;undersøkelse;måling;hvem_svarte;sendt;antall_spurt"
    return "\n".join([f"{headings};antall_levert", *rows, ""])


def _wave(number: int) -> str:
    return f"U-{2023 + number // 80}-{number % 80:03d}"


def _day(number: int) -> str:
    return f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.{2023 + number // 80}"


def write(path: Path, rows: int = ROWS) -> None:
    """Write the answers: UTF-8, semicolons, one row per form and question."""
    luck = random.Random(SEED)
    questions = (*NUMBERED, "viktigst")
    lines = ["svar_id;utsending_id;spørsmål;svar;svart"]
    for form in range(-(-rows // len(questions))):
        number = luck.randrange(WAVES)
        start, end = f"SV-{form:06d};{_wave(number)};", f";{_day(number)}"
        lines += [f"{start}{question};{luck.randint(1, 5)}{end}" for question in NUMBERED]
        lines.append(f"{start}viktigst;{luck.choice(TOPICS)}{end}")
    path.write_text("\n".join([*lines[: rows + 1], ""]), encoding="utf-8", newline="")
