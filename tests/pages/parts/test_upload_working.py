"""The page says what is being done with a file while it is, and nothing of it is left after."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import upload_working


def _page(count: int) -> None:
    from typing import get_args

    from data.progress import Step
    from pages.parts.upload_working import working

    with working(count) as work:
        for place in range(1, count + 1):
            for step in get_args(Step):
                work.file(place)(step)


@pytest.mark.parametrize("count", [1, 2])
def test_every_step_is_said_in_words_and_of_several_files_which_one(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    spinner = upload_working.st.spinner

    def heard(words: str) -> Any:
        said.append(words)
        return spinner(words)

    monkeypatch.setattr(upload_working.st, "spinner", heard)
    page = AppTest.from_function(_page, args=(count,)).run()
    assert not page.exception
    steps = [
        "Leser filen …",
        "Finner ut hva filen er …",
        "Leter etter personopplysninger …",
        "Kontrollerer radene …",
        "Lagrer …",
        "Tallene regnes ut …",
    ]
    if count == 1:
        assert said == steps
    else:
        assert said == [f"Fil {n} av 2: {step}" for n in (1, 2) for step in steps]
    assert not page.get("spinner")
