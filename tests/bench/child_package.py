"""A child that makes the documents of a month: child_package.py STORE package|empty."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import time
from pathlib import Path

import typst
import xlsxwriter
from pptx import Presentation

# Loaded before the clock starts, as in the dashboard that makes them.
from pages.documents.package import package as made
from pages.terminal.packaged import wanted

OCTOBER = dt.date(2026, 10, 1)


def package(store: Path) -> int:
    """Every document of all municipalities together, as the command and the page make them."""
    return sum(map(len, made(wanted(store, OCTOBER)).values()))


def empty() -> int:
    """Documents of the same kinds by the same makers, with nothing in them."""
    slides, book = io.BytesIO(), io.BytesIO()
    Presentation().save(slides)
    xlsxwriter.Workbook(book).close()
    pdf = typst.compile(b"Hei", format="pdf", ignore_system_fonts=True)
    return len(pdf) + len(slides.getvalue()) + len(book.getvalue())


def main(store: Path, what: str) -> None:
    began, cpu = time.perf_counter(), time.process_time()
    size = package(store) if what == "package" else empty()
    said = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "bytes": size,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
