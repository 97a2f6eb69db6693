"""Nobody sees anything before signing in, at any address; afterwards everybody sees their own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages.parts import menu
from pages.text.language import LANGUAGES

pytestmark = pytest.mark.browser

CLIENT = "forankring"
LEADER, STRANGER = "leder@ringebu.example", "ukjent@ringebu.example"
# What stands in the small release and nowhere else: names, a title, and what the frame says of it.
DATA = (b"Ringebu", b"Gausdal", b"Eksempeldata", b"utgave", b"finding")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The municipality's sign-in: one of the standard's kind, in a process of its own.

    Its own warnings are about an older Authlib, and are its own.
    """
    port = free_port()
    users = [
        {"sub": LEADER, "email": LEADER, "roles": ["leader:3439"]},
        {"sub": STRANGER, "email": STRANGER, "roles": ["somebody elsewhere"]},
    ]
    claims = [word for user in users for word in ("--user-claims", json.dumps(user))]
    log = tmp_path_factory.mktemp("provider") / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
            stdout=out,
            stderr=out,
        )
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(scope="module")
def settings(provider: str) -> dict[str, str]:
    return {
        "FORANKRING_OIDC_CLIENT_ID": CLIENT,
        "FORANKRING_OIDC_CLIENT_SECRET": "known to both",
        "FORANKRING_OIDC_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "FORANKRING_OIDC_REDIRECT_URL": "http://127.0.0.1:{port}/oauth2callback",
        "FORANKRING_OIDC_COOKIE_SECRET": "0123456789abcdef" * 2,
    }


@pytest.fixture(scope="module")
def url(small_release: Path, shared_server: Any, settings: dict[str, str]) -> str:
    """A dashboard with sign-in, for the tests that need no fresh one."""
    return str(shared_server(small_release, **settings).url)


FRESH = ("status", "upload")
"""The pages that are asked for first of all: Streamlit is at its most open before its main script
has run once. Which page it is makes no difference then, and a server takes long to start."""


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_the_first_address_asked_for_shows_a_stranger_only_the_sign_in(
    entry: menu.Entry,
    small_release: Path,
    server: Any,
    settings: dict[str, str],
    url: str,
    visit: Any,
) -> None:
    at = server(small_release, **settings).url if entry.id in FRESH else url
    received: list[bytes] = []

    def listen(stream: Any) -> None:
        stream.on("framereceived", lambda frame: received.append(bytes_of(frame)))

    visit.page.on("websocket", listen)
    page = visit.open(f"{at}{entry.path}?kommune=3439&maned=2026-10")
    expect(page.get_by_role("heading")).to_have_text(["Logg inn for å se tallene"])
    expect(page.get_by_role("button")).to_have_text(
        ["Logg inn", *LANGUAGES.values(), "Høy kontrast"]
    )
    expect(page.get_by_role("navigation")).to_have_count(0)
    told = b"".join(received)
    assert b"Logg inn" in told
    # Not even sent: what is only hidden is found by whoever looks.
    assert [data for data in DATA[:-1] if data in told] == []
    assert visit.errors == []
    assert visit.foreign == []


def test_the_same_visitor_would_see_the_data_without_the_guard(
    small_release: Path, server: Any, visit: Any
) -> None:
    # The check checked: in local mode the words that must not be sent are sent.
    received: list[bytes] = []
    visit.page.on(
        "websocket",
        lambda stream: stream.on("framereceived", lambda frame: received.append(bytes_of(frame))),
    )
    visit.open(f"{server(small_release).url}/?kommune=3439&maned=2026-10")
    told = b"".join(received)
    assert [data for data in DATA if data not in told] == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bytes_of(frame: bytes | str) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def sign_in(page: Page, who: str) -> None:
    """Press the button, and be somebody at the provider."""
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator("input[name=sub]").first.fill(who)
    page.get_by_role("button", name="Authorize").last.click()


def test_a_leader_comes_back_to_the_address_asked_for(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/method?kommune=3439&maned=2026-10")
    sign_in(page, LEADER)
    page.wait_for_url(f"{url}/method?kommune=3439&maned=2026-10")
    visit.settled()
    expect(page.get_by_role("navigation", name="Sider")).to_be_visible()
    expect(page.get_by_text(f"{LEADER}, leder i Ringebu")).to_be_visible()
    # Roles are not to be chosen when they come from the sign-in.
    expect(page.get_by_text("Lokal modus")).to_have_count(0)


def test_a_leader_starts_with_the_own_municipality(url: str, visit: Any) -> None:
    page = visit.open(url)
    sign_in(page, LEADER)
    page.wait_for_url(f"{url}/?kommune=3439*")
    visit.settled()
    expect(page.get_by_label("Kommune").first).to_have_value("3439")


def test_the_cookie_of_the_sign_in_lives_a_working_day(url: str, visit: Any) -> None:
    page = visit.open(url)
    sign_in(page, LEADER)
    page.wait_for_url(f"{url}/?kommune=3439*")
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "_streamlit_user"]
    lifetime = cookie["expires"] - page.evaluate("Date.now() / 1000")
    assert 0 < lifetime <= 10 * 3600
    assert cookie["httpOnly"]


def test_somebody_without_a_role_gets_no_further(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/actions")
    sign_in(page, STRANGER)
    page.wait_for_url(f"{url}/actions")
    visit.settled()
    expect(page.get_by_role("heading")).to_have_text(["Du har ingen rolle her ennå"])
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_text(
        ["Logg ut", *LANGUAGES.values(), "Høy kontrast"]
    )


def test_after_signing_out_the_address_is_closed_again(url: str, visit: Any) -> None:
    page = visit.open(url)
    sign_in(page, LEADER)
    page.wait_for_url(f"{url}/?kommune=3439*")
    visit.settled()
    page.get_by_role("button", name="Logg ut").click()
    # The provider asks whether to sign out there too; the cookie here is gone already.
    page.wait_for_url("**/oauth2/end_session**")
    page = visit.open(f"{url}/actions")
    expect(page.get_by_role("heading")).to_have_text(["Logg inn for å se tallene"])


def test_only_somebody_signed_in_may_send_files(url: str, visit: Any) -> None:
    page = visit.open(f"{url}/method")

    def sent() -> tuple[int, str]:
        cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
        answer = page.request.put(
            f"{url}/_stcore/upload_file/no-session/file",
            headers={"X-Xsrftoken": cookies["_streamlit_xsrf"]},
            multipart={"file": {"name": "x.csv", "mimeType": "text/csv", "buffer": b"x"}},
        )
        return answer.status, answer.text()

    assert sent() == (403, "Sign in first.\n")
    sign_in(page, LEADER)
    page.wait_for_url(f"{url}/method*")
    visit.settled()
    # Streamlit has been asked, and knows of no such session.
    status, words = sent()
    assert (status, "Invalid session_id" in words) == (400, True)
