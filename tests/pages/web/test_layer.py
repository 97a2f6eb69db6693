"""What the layer answers itself, what it closes, and what it changes of Streamlit's answers."""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import file_util, net_util
from streamlit.web.server.starlette import starlette_websocket

from pages.parts import menu
from pages.text.language import LANGUAGES
from pages.web import document
from pages.web.assets import Shelf
from pages.web.layer import HEADERS, Layer, Rules

with warnings.catch_warnings():
    # It wishes for a newer client, which nothing here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

STATIC = Path(file_util.get_static_dir())
DOCUMENTS = {
    language: document.make((STATIC / "index.html").read_text(encoding="utf-8"), language)
    for language in LANGUAGES
}
DOCUMENT = DOCUMENTS["nb"]
SHELF = Shelf(STATIC)
SCRIPT = next(name for name in SHELF.linked((STATIC / "index.html").read_text()) if "index" in name)
HERE = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
DAYS = 24 * 3600


async def streamlit(request: Request) -> Response:
    """A stand-in for Streamlit's server: it says what it was asked."""
    return PlainTextResponse(f"streamlit {request.method} {request.url.path}")


async def callback(_request: Request) -> Response:
    response = RedirectResponse("/", 302)
    response.set_cookie("_streamlit_user", "somebody", max_age=30 * DAYS, httponly=True)
    return response


async def failed_callback(_request: Request) -> Response:
    response = RedirectResponse("/", 302)
    response.delete_cookie("_streamlit_user")
    return response


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("streamlit")
    await websocket.close()


Client = Callable[..., TestClient]


@pytest.fixture
def client() -> Client:
    """A browser before the layer: client(is_local=False, base_url=…)."""

    def made(
        *,
        is_local: bool = True,
        is_secure: bool = False,
        language: str = "nb",
        base_url: str = HERE,
        health: Callable[[], dict[str, object]] = lambda: {"status": "ok", "release": 3},
        signing_in: Callable[..., object] = callback,
        is_known: Callable[[Mapping[str, str]], bool] = lambda _: True,
        stream: Callable[..., object] = stream,
    ) -> TestClient:
        rules = Rules(
            is_local=is_local,
            is_secure=is_secure,
            cookie_seconds=10 * 3600,
            language=language,
            health=health,
            is_known=is_known,
            make_way=lambda: None,
        )
        app = Starlette(
            routes=[
                Route("/oauth2callback", signing_in),
                WebSocketRoute("/_stcore/stream", stream),
                Route("/{path:path}", streamlit, methods=["GET", "POST", "PUT", "DELETE"]),
            ],
            middleware=[Middleware(Layer, rules=rules, documents=DOCUMENTS, static=SHELF)],
        )
        return TestClient(app, base_url=base_url, follow_redirects=False)

    return made


# ---- language -----------------------------------------------------------------------------------


def test_the_address_chooses_a_language_and_the_browser_keeps_it(client: Client) -> None:
    browser = client()
    assert browser.get("/").content == DOCUMENT.page.content
    answer = browser.get("/actions?kommune=3439&sprak=nn")
    assert answer.content == DOCUMENTS["nn"].page.content
    assert "Max-Age=31536000" in answer.headers["set-cookie"]
    # Without it in the address, and on another page.
    assert browser.get("/method").content == DOCUMENTS["nn"].page.content
    assert "set-cookie" not in browser.get("/?sprak=nn").headers
    assert browser.get("/?sprak=nb").content == DOCUMENT.page.content
    assert browser.get("/").content == DOCUMENT.page.content


def test_the_operators_language_is_spoken_to_who_has_not_chosen(client: Client) -> None:
    assert client(language="nn").get("/").content == DOCUMENTS["nn"].page.content


def test_a_language_that_is_not_here_changes_nothing(client: Client) -> None:
    browser = client()
    answer = browser.get("/?sprak=sv", headers={"cookie": "forankring_sprak=../nn"})
    assert answer.content == DOCUMENT.page.content
    assert "set-cookie" not in answer.headers


def test_the_language_travels_over_https_alone_where_there_is_any(client: Client) -> None:
    answer = client(is_secure=True).get("/?sprak=en")
    assert answer.headers["set-cookie"].endswith("SameSite=Lax; Secure")


def test_a_changed_language_is_not_taken_for_the_page_that_the_browser_has(client: Client) -> None:
    browser = client()
    mark = browser.get("/").headers["etag"]
    assert browser.get("/", headers={"if-none-match": mark}).status_code == 304
    assert browser.get("/?sprak=nn", headers={"if-none-match": mark}).status_code == 200


# ---- pages and files --------------------------------------------------------------------------


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_every_page_has_the_document_at_its_address(client: Client, entry: menu.Entry) -> None:
    answer = client().get(entry.path, params={"kommune": "3439"})
    assert answer.status_code == 200
    assert answer.content == DOCUMENT.page.content
    assert answer.headers["content-security-policy"] == DOCUMENT.policy


def test_the_first_page_has_one_address_and_keeps_its_choices(client: Client) -> None:
    answer = client().get("/status?kommune=3439&maned=2026-10")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/?kommune=3439&maned=2026-10"


def test_a_slash_at_the_end_leads_to_the_address_without(client: Client) -> None:
    answer = client().get("/actions/?tema=x")
    assert (answer.status_code, answer.headers["location"]) == (307, "/actions?tema=x")


@pytest.mark.parametrize("path", ["/nothing", "/actions/1", "/index.html", "/static/../app.py"])
def test_another_address_is_told_so_in_norwegian(client: Client, path: str) -> None:
    answer = client().get(path)
    assert answer.status_code == 404
    assert "Det er ingen side på denne adressen." in answer.text
    assert "style-src 'self'" in answer.headers["content-security-policy"]


def test_a_page_is_asked_for_and_never_sent_to(client: Client) -> None:
    assert client().post("/actions").status_code == 405


def test_streamlits_scripts_are_compressed_and_kept_for_a_year(client: Client) -> None:
    answer = client().get(f"/{SCRIPT}")
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == (STATIC / SCRIPT).read_bytes()
    assert int(answer.headers["content-length"]) < len(answer.content) / 2


def test_a_browser_that_does_not_unpack_gets_the_file_as_it_is(client: Client) -> None:
    answer = client().get(f"/{SCRIPT}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / SCRIPT).read_bytes()


def test_the_document_is_not_sent_again_when_it_has_not_changed(client: Client) -> None:
    first = client().get("/")
    again = client().get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_our_own_files_are_there_with_their_types(client: Client) -> None:
    types = {name.rsplit(".", 1)[1]: name for name in DOCUMENT.files}
    for ending, type_ in {"js": "text/javascript", "css": "text/css", "svg": "image/svg"}.items():
        answer = client().get(f"/{types[ending]}")
        assert answer.headers["content-type"].startswith(type_)
        assert answer.content == DOCUMENT.files[types[ending]].content


def test_the_icon_is_our_own(client: Client) -> None:
    assert client().get("/favicon.ico").headers["location"].endswith(".svg")


# ---- what is closed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
    ],
)
def test_what_nobody_needs_is_closed(client: Client, path: str) -> None:
    assert client(is_local=False).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/media/x.csv"])
def test_what_the_pages_need_is_streamlits(client: Client, path: str) -> None:
    assert client().get(path).text == f"streamlit GET {path}"


def test_an_upload_reaches_streamlit(client: Client) -> None:
    path = "/_stcore/upload_file/session/file"
    assert client().put(path).text == f"streamlit PUT {path}"


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/nothing", "GET"),
        ("/_stcore/health", "GET"),
        ("/_stcore/metrics", "GET"),
        ("/helse", "GET"),
        ("/", "POST"),
    ],
)
def test_every_answer_has_the_security_headers(client: Client, path: str, method: str) -> None:
    answer = client().request(method, path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "content-security-policy" in answer.headers


def test_https_is_insisted_on_only_where_there_is_any(client: Client) -> None:
    assert "strict-transport-security" not in client().get("/").headers
    secure = client(is_local=False, is_secure=True).get("/")
    assert "max-age=31536000" in secure.headers["strict-transport-security"]


# ---- local mode -------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "127.0.0.1"])
def test_this_machine_may_ask_itself(client: Client, host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.5:8501", ""])
def test_in_local_mode_another_name_is_refused(client: Client, host: str) -> None:
    # A foreign page can point its own name at 127.0.0.1 and would read the answer.
    for path in ("/", "/_stcore/health", "/media/x.csv", "/helse"):
        assert client().get(path, headers={"host": host}).status_code == 403


def test_in_local_mode_another_address_is_refused(client: Client) -> None:
    outside = client(base_url="http://10.0.0.5:8501")
    assert outside.get("/", headers={"host": "localhost"}).status_code == 403
    assert client(is_local=False, base_url="http://10.0.0.5:8501").get("/").status_code == 200


@pytest.mark.parametrize("host", ["::1", "::ffff:127.0.0.1"])
def test_this_machine_is_known_by_each_of_its_addresses(client: Client, host: str) -> None:
    inside = client(base_url=f"http://[{host}]:8501")
    assert inside.get("/", headers={"host": "localhost:8501"}).status_code == 200


def test_in_local_mode_the_stream_is_refused_in_the_same_way(client: Client) -> None:
    with client().websocket_connect(STREAM) as websocket:
        assert websocket.receive_text() == "streamlit"
    with (
        pytest.raises(WebSocketDisconnect),
        client().websocket_connect(STREAM, headers={"host": "evil.example"}),
    ):
        pass


# ---- pages elsewhere --------------------------------------------------------------------------

OWN = ["http://127.0.0.1:8501", "https://127.0.0.1:8501"]
ELSEWHERE = [
    "https://evil.example",
    "http://127.0.0.1:8501.evil.example",
    "http://127.0.0.1:8501@evil.example",
    "http://evil.example/127.0.0.1:8501",
    "http://127.0.0.1:8502",
    "http://localhost:8501",
    "http://10.0.0.5:8501",
    "http://[::1",
    "null",
    "",
]


async def asked_of_streamlit(websocket: WebSocket) -> None:
    """A stand-in that decides about the page as Streamlit does."""
    headers = websocket.headers
    is_allowed = starlette_websocket._is_origin_allowed(headers.get("origin"), headers.get("host"))
    await websocket.accept()
    await websocket.send_text("allowed" if is_allowed else "refused")
    await websocket.close()


@pytest.fixture
def asked_outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The foreign hosts that Streamlit asks, which here nobody answers for."""
    asked: list[str] = []

    def unanswered(address: str, **_: object) -> None:
        asked.append(address)

    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", unanswered)
    monkeypatch.setattr(net_util, "get_internal_ip", lambda: None)
    return asked


@pytest.mark.parametrize("is_local", [True, False])
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_elsewhere_gets_no_stream_and_nobody_else_is_asked_about_it(
    client: Client, asked_outside: list[str], origin: str, is_local: bool
) -> None:
    browser = client(is_local=is_local, stream=asked_of_streamlit)
    with (
        pytest.raises(WebSocketDisconnect),
        browser.websocket_connect(STREAM, headers={"origin": origin}),
    ):
        pass
    assert asked_outside == []


def test_a_name_that_is_none_is_not_asked_about_either(
    client: Client, asked_outside: list[str]
) -> None:
    # Taken apart, the page's name is shorter than the server's.
    headers = {"host": "127.0.0.1:8501/x", "origin": "http://127.0.0.1:8501/x"}
    browser = client(stream=asked_of_streamlit)
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM, headers=headers):
        pass
    assert asked_outside == []


@pytest.mark.parametrize("headers", [{}, *({"origin": origin} for origin in OWN)])
def test_an_own_page_gets_its_stream_and_nobody_else_is_asked_about_it(
    client: Client, asked_outside: list[str], headers: dict[str, str]
) -> None:
    browser = client(is_local=False, stream=asked_of_streamlit)
    with browser.websocket_connect(STREAM, headers=headers) as websocket:
        assert websocket.receive_text() == "allowed"
    assert asked_outside == []


def test_streamlit_by_itself_would_ask_a_foreign_host(asked_outside: list[str]) -> None:
    # The check checked.
    assert not starlette_websocket._is_origin_allowed("https://evil.example", "127.0.0.1:8501")
    assert [urlsplit(address).hostname for address in asked_outside] == [
        "checkip.amazonaws.com",
        "checkip.amazonaws.com",
    ]


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_elsewhere_may_send_no_files(client: Client, origin: str) -> None:
    path = "/_stcore/upload_file/session/file"
    for is_local in (True, False):
        answer = client(is_local=is_local).put(path, headers={"origin": origin})
        assert answer.status_code == 403
    for own in OWN:
        assert client().put(path, headers={"origin": own}).status_code == 200


# ---- sign-in ----------------------------------------------------------------------------------


def test_the_address_asked_for_survives_signing_in(client: Client) -> None:
    browser = client(is_local=False)
    browser.get("/actions?kommune=3439&maned=2026-10")
    answer = browser.get("/oauth2callback")
    assert answer.headers["location"] == "/actions?kommune=3439&maned=2026-10"
    assert browser.cookies["_streamlit_user"] == "somebody"
    assert "forankring_return" not in browser.cookies


def test_a_kept_address_elsewhere_is_not_followed(client: Client) -> None:
    browser = client(is_local=False)
    browser.cookies.set("forankring_return", "%2F%2Fevil.example")
    assert browser.get("/oauth2callback").headers["location"] == "/"


def test_without_having_signed_in_nobody_is_led_on(client: Client) -> None:
    browser = client(is_local=False, signing_in=failed_callback)
    browser.get("/actions")
    assert browser.get("/oauth2callback").headers["location"] == "/"


def test_the_sign_in_cookie_lives_a_working_day(client: Client) -> None:
    for is_secure in (False, True):
        answer = client(is_local=False, is_secure=is_secure).get("/oauth2callback")
        (cookie,) = answer.headers.get_list("set-cookie")
        assert "Max-Age=36000" in cookie
        assert "HttpOnly" in cookie
        assert ("Secure" in cookie) is is_secure


def test_somebody_who_is_signed_in_leaves_no_trail_of_addresses(client: Client) -> None:
    browser = client(is_local=False)
    browser.cookies.set("_streamlit_user", "somebody")
    assert "set-cookie" not in browser.get("/actions").headers
    assert "set-cookie" not in client().get("/actions").headers


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/_stcore/upload_file", "/_stcore/upload_file/session/file"])
def test_only_somebody_who_is_known_may_send_files(client: Client, method: str, path: str) -> None:
    def is_known(cookies: Mapping[str, str]) -> bool:
        return cookies.get("_streamlit_user") == "somebody"

    browser = client(is_local=False, is_known=is_known)
    assert browser.request(method, path, content=b"x").status_code == 403
    browser.cookies.set("_streamlit_user", "made up")
    assert browser.request(method, path, content=b"x").status_code == 403
    browser.cookies.set("_streamlit_user", "somebody")
    assert browser.request(method, path, content=b"x").text == f"streamlit {method} {path}"
    # Everybody is shown the sign-in.
    assert client(is_local=False, is_known=is_known).get("/_stcore/health").status_code == 200


# ---- health -----------------------------------------------------------------------------------


def test_the_health_address_tells_the_release(client: Client) -> None:
    answer = client().get("/helse")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "release": 3})


def test_an_ill_dashboard_says_so_without_telling_why_to_everybody(client: Client) -> None:
    def ill() -> dict[str, object]:
        raise OSError("/secret/path is gone")

    answer = client(health=ill).get("/helse")
    assert (answer.status_code, answer.json()) == (503, {"status": "ill", "error": "OSError"})


def test_what_is_compressed_is_the_file_itself() -> None:
    asset = SHELF[SCRIPT]
    assert gzip.decompress(asset.packed) == asset.content
