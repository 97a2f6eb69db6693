"""Whether the dashboard can answer: what the health address says."""

from __future__ import annotations

from pathlib import Path

from data import store as data_store
from queries import ask, certificate


def facts(store: Path) -> dict[str, object]:
    """The state and the number of the release that is shown.

    A store without a release is well: it waits for its first upload.

    Raises:
        Exception: Whatever the store or the release raised: then the dashboard is ill.
    """
    is_at_hand = data_store.is_at_hand(store)
    try:
        number = ask.current_release(store)
    except ask.NoReleaseError:
        return {"status": "ok", "release": None}
    if not is_at_hand:
        raise data_store.NoStoreError(str(store))
    # Answers are kept as long as the program runs: whether their file is there still, and is the
    # one that was audited, is asked of the file. It is read again only where it has changed.
    file = ask.file_of(store, number)
    if not file.is_file():
        raise ask.NoReleaseError(str(file))
    if not certificate.fits(file):
        raise ask.DiscardedReleaseError(str(file))
    ask.ask("release", store=store, release=number)
    return {"status": "ok", "release": number}
