"""What st.App is given: the main script, the layer around it, the sign-in, the error message."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit import file_util

from data.settings import Settings
from pages.parts.ahead import NEXT
from pages.text.language import LANGUAGES
from pages.web import document, errors, health, sign_in
from pages.web.assets import Shelf
from pages.web.layer import Layer, Rules

MAIN_SCRIPT = Path(__file__).parent.parent / "parts" / "frame.py"
"""Not beside a folder `pages`: Streamlit would run the files there by themselves."""


ON_EVERY_PAGE = ("Html",)
"""Streamlit's scripts that draw the frame and the pages' markup. It would ask for them only when
the first page has been computed, and then for what they import, and so on."""

ON_OTHER_PAGES = ("rehype-raw", document.CHARTS, "Selectbox")
"""Those that draw what the first page does without: fetched while it is read."""


def arguments(settings: Settings) -> dict[str, Any]:
    """The arguments of st.App."""
    folder = Path(file_util.get_static_dir())
    index = (folder / "index.html").read_text(encoding="utf-8")
    static = Shelf(folder)
    ahead = static.with_imports(*ON_EVERY_PAGE, beside=index)
    later = [
        name for name in static.with_imports(*ON_OTHER_PAGES, beside=index) if name not in ahead
    ]
    face = static.named("SourceSansVF-Upright", "woff2")
    made = {language: document.make(index, language, ahead, later, face) for language in LANGUAGES}
    who = settings.sign_in
    rules = Rules(
        is_local=settings.is_local,
        is_secure=who is not None and who.redirect_url.startswith("https://"),
        # Local mode has no cookie worth keeping; the token against forged requests is remade.
        cookie_seconds=(who.hours if who is not None else 24) * 3600,
        language=settings.language,
        health=lambda: health.facts(settings.store),
        is_known=lambda cookies: (
            who is None or sign_in.from_cookies(cookies, who, time.time()) is not None
        ),
        make_way=NEXT.make_way,
    )

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        first = static.linked(made[settings.language].page.content.decode())
        threading.Thread(target=static.warm, args=(first,), daemon=True).start()
        NEXT.start()
        yield
        NEXT.stop()

    return {
        "script_path": MAIN_SCRIPT,
        "secrets": sign_in.secrets(who),
        "middleware": [Middleware(Layer, rules=rules, documents=made, static=static)],
        "on_script_error": errors.show,
        "lifespan": lifespan,
    }
