"""The door: the ASGI application for the browser, and the commands of the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

app: Any


def __getattr__(name: str) -> Any:
    """The application, made when it is first asked for.

    A command of the terminal asks for none, and so does not wait for Streamlit to load. The
    assignment below has to read as it does: Streamlit looks for it in the source, and serves this
    file as an ordinary script, without the layer and the sign-in, when it does not find it.
    """
    global app
    if name != "app":
        raise AttributeError(name)
    import streamlit as st

    from data import settings
    from pages.web.application import arguments

    app = st.App(**arguments(settings.load()))
    return app


def main(words: Sequence[str] | None = None) -> int:
    """Run one command of the terminal: `forankring <command> …`.

    Returns:
        The exit code: 0 when it is done, 1 when it was refused, 2 when the words are not a command.
    """
    from pages import terminal

    return terminal.run(words, application=lambda: __getattr__("app"))


if __name__ == "__main__":
    raise SystemExit(main())
