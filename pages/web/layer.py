"""The layer around Streamlit's server: what it answers itself, and what it changes on the way out.

Streamlit leaves open what an operator would rather have closed (metrics, an interface for
programs), speaks English, compresses nothing of weight and lets its cookies live for a month.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlparse, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts import menu
from pages.text.language import ADDRESS
from pages.web import cookies
from pages.web.assets import Asset, Shelf
from pages.web.document import Document

HEALTH = "/helse"

# Answered by Streamlit: its stream and uploads, files it made, sign-in.
STREAMLIT = ("/_stcore/", "/media/", "/component/", "/auth/", "/oauth2callback")

# Streamlit's own that nobody needs here: counters, and driving the pages without a browser.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

# Where Streamlit takes files, and keeps them in memory as long as the page is open.
UPLOADS = ("/_stcore/upload_file",)

USER_COOKIE = "_streamlit_user"

# A year: the address of such a file changes whenever its content does.
FOREVER = "public, immutable, max-age=31536000"

# The page that says there is none: words, our style, font and icon.
PLAIN = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True)
class Rules:
    """What the layer needs to know about this dashboard.

    Attributes:
        is_local: Without sign-in: only this machine may reach it.
        is_secure: Reached over https, so cookies may say so.
        cookie_seconds: The longest life of a cookie.
        language: What is spoken to a reader who has not chosen.
        health: The facts for the health address; raises when something is wrong.
        is_known: Whether a request's cookies, by name, are those of somebody who may be here.
        make_way: Called for each request: what is made meanwhile for nobody yet can wait.
    """

    is_local: bool
    is_secure: bool
    cookie_seconds: int
    language: str
    health: Callable[[], dict[str, object]]
    is_known: Callable[[Mapping[str, str]], bool]
    make_way: Callable[[], None]


class Layer:
    """ASGI middleware: refuses, answers, or passes on to Streamlit and hardens its answer."""

    def __init__(
        self, app: ASGIApp, rules: Rules, documents: Mapping[str, Document], static: Shelf
    ) -> None:
        self._app, self._rules = app, rules
        self._documents, self._static = documents, static
        # What is the same in every language has the same name there.
        self._files = {
            name: file for document in documents.values() for name, file in document.files.items()
        }
        self._headers = dict(HEADERS)
        if rules.is_secure:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._rules.make_way()
        if scope["type"] == "websocket":
            is_foreign = self._rules.is_local and not _is_from_here(scope)
            if is_foreign or not _is_of_own_page(scope) or _is_below(scope["path"], CLOSED):
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._answer(scope)
            hardened = self._hardened(scope, send)
            await (answer or self._app)(scope, receive, hardened)
        else:
            await self._app(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """What the layer answers itself; None for what Streamlit does."""
        path, headers = scope["path"], Headers(scope=scope)
        if self._rules.is_local and not _is_from_here(scope):
            return PlainTextResponse("Local mode: only this machine may ask.\n", 403)
        if _is_below(path, CLOSED):
            return PlainTextResponse("Closed.\n", 404)
        if path == HEALTH:
            return self._health()
        if _is_below(path, UPLOADS) and not _is_of_own_page(scope):
            return PlainTextResponse("Only the dashboard's own pages may send files.\n", 403)
        if _is_below(path, UPLOADS) and not self._rules.is_known(HTTPConnection(scope).cookies):
            # Everybody gets a stream, to be shown the sign-in; Streamlit asks for no more than one.
            return PlainTextResponse("Sign in first.\n", 403)
        if _is_below(path, STREAMLIT):
            return None
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Only GET.\n", 405, {"allow": "GET, HEAD"})
        name = path.lstrip("/")
        if name in self._files:
            return _file(self._files[name], headers, FOREVER)
        if name.startswith("static/") and name in self._static:
            return _file(self._static[name], headers, FOREVER)
        if path in ("/favicon.ico", "/favicon.png"):
            icon = next(name for name in self._files if name.endswith(".svg"))
            return RedirectResponse(f"/{icon}", 302)
        return self._page(scope, headers)

    def _page(self, scope: Scope, headers: Headers) -> Response:
        """The document for a page's address, and for no other."""
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        asked = path.rstrip("/") or "/"
        chosen = next(iter(parse_qs(query).get(ADDRESS, ())), None)
        chosen = chosen if chosen in self._documents else None
        kept = cookies.language(headers.get("cookie", ""))
        document = self._documents[chosen or kept or self._rules.language]
        if asked == f"/{menu.HOME}":
            # The first page has no address of its own; Streamlit says "Page not found" to this one.
            asked = "/"
        if asked not in {entry.path for entry in menu.PAGES}:
            nowhere = _file(document.not_found, headers, "no-store", 404)
            nowhere.headers["content-security-policy"] = PLAIN
            return nowhere
        address = asked + (f"?{query}" if query else "")
        if asked != path:
            return RedirectResponse(address, 307)
        answer = _file(document.page, headers, "no-cache")
        answer.headers["content-security-policy"] = document.policy
        if chosen is not None and chosen != kept:
            cookie = cookies.keep_language(chosen, is_secure=self._rules.is_secure)
            answer.headers.append("set-cookie", cookie)
        if not self._rules.is_local and not cookies.has(headers.get("cookie", ""), USER_COOKIE):
            cookie = cookies.remember(address, is_secure=self._rules.is_secure)
            answer.headers.append("set-cookie", cookie)
        return answer

    def _health(self) -> Response:
        try:
            return JSONResponse(self._rules.health(), headers={"cache-control": "no-store"})
        except Exception as error:  # whatever is wrong, the answer is that something is
            return JSONResponse(
                {"status": "ill", "error": type(error).__name__},
                503,
                headers={"cache-control": "no-store"},
            )

    def _hardened(self, scope: Scope, send: Send) -> Send:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", "default-src 'none'; sandbox")
                self._shorten_cookies(headers)
                self._lead_back(scope, headers)
            await send(message)

        return changed

    def _shorten_cookies(self, headers: MutableHeaders) -> None:
        sent = headers.getlist("set-cookie")
        if not sent:
            return
        del headers["set-cookie"]
        for cookie in sent:
            # A chosen language lets nobody in, and is for longer than a working day.
            shorter = cookie if cookies.is_of_language(cookie) else self._hardened_cookie(cookie)
            headers.append("set-cookie", shorter)

    def _hardened_cookie(self, cookie: str) -> str:
        return cookies.hardened(
            cookie, seconds=self._rules.cookie_seconds, is_secure=self._rules.is_secure
        )

    def _lead_back(self, scope: Scope, headers: MutableHeaders) -> None:
        """After signing in, on to the address that was asked for."""
        if scope["path"] != "/oauth2callback" or "location" not in headers:
            return
        address = cookies.remembered(Headers(scope=scope).get("cookie", ""))
        signed_in = any(
            cookie.startswith(f"{USER_COOKIE}=") and "max-age=0" not in cookie.lower()
            for cookie in headers.getlist("set-cookie")
        )
        if address is not None and signed_in:
            headers["location"] = address
            headers.append("set-cookie", cookies.forget())


def _file(asset: Asset, headers: Headers, cache: str, status: int = 200) -> Response:
    """A file, compressed where the browser takes that, or word that it has not changed."""
    about = {"cache-control": cache, "vary": "Accept-Encoding"}
    mark = f'"{asset.fingerprint}"' if cache == "no-cache" else None
    if mark is not None:
        about["etag"] = mark
        if headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=about)
    content = asset.content
    if asset.shrinks and "gzip" in headers.get("accept-encoding", ""):
        content, about["content-encoding"] = asset.packed, "gzip"
    return Response(content, status, about, media_type=asset.type)


def _is_below(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(prefix.rstrip("/") + "/") for prefix in prefixes)


def _is_from_here(scope: Scope) -> bool:
    """Whether this machine asks itself, and by a name of its own.

    The name matters too: a page elsewhere can give its own name the address 127.0.0.1 and read
    what a server there answers, unless the server looks at the name.
    """
    server = scope.get("server")
    if server is None or not _is_loopback(server[0]):
        return False
    host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
    return host == "localhost" or _is_loopback(host)


def _is_of_own_page(scope: Scope) -> bool:
    """Whether a page of this dashboard asks, or a program, which names no page.

    Streamlit would ask a foreign host for this machine's address, to see whether a page elsewhere
    is one of its own. None is: what stands in the address bar is the name that was asked for.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    try:
        # Taken apart as Streamlit does it: where the two differed, it would ask.
        return origin is None or urlparse(origin).netloc == headers.get("host")
    except ValueError:  # an address that is none
        return False


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # A server that listens to both kinds of addresses sees 127.0.0.1 as ::ffff:127.0.0.1.
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
