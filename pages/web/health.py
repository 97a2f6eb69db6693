"""Whether the dashboard can answer: what the health address says."""

from __future__ import annotations

from pathlib import Path

from queries import ask


def facts(store: Path) -> dict[str, object]:
    """The state and the number of the release that is shown.

    A store without a release is well: it waits for its first upload.

    Raises:
        Exception: Whatever opening the release raised: then the dashboard is ill.
    """
    try:
        number = ask.current_release(store)
    except ask.NoReleaseError:
        return {"status": "ok", "release": None}
    # The file is opened and read, not only its number: a lost or broken file is found here.
    ask.ask("release", store=store, release=number)
    return {"status": "ok", "release": number}
