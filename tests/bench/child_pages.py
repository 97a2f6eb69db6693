"""A child that serves one script as Streamlit serves it by itself: child_pages.py PORT SCRIPT.

The options are ours, so that the two sides differ by what the dashboard adds.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import streamlit as st

from data import settings
from pages.web.options import options

HERE = Path(__file__).parent


def main(port: int, script: str) -> None:
    logging.basicConfig(level=logging.ERROR)
    told = replace(settings.load(), port=port)
    own = {name: value for name, value in options(told).items() if not name.startswith("theme.")}
    st.App(HERE / script).run(config=own)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
