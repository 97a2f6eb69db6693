"""What is changed in cookies on their way to the browser, and the way back after signing in.

Streamlit's sign-in cookies live for thirty days and travel over unencrypted connections; and after
signing in everybody lands on the first page, whichever address was asked for.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote

from pages.text.language import COOKIE, LANGUAGES

RETURN = "forankring_return"
"""The cookie that keeps the address asked for while its reader signs in."""

RETURN_SECONDS = 15 * 60
"""Long enough for a password, a second factor and a lost telephone."""

_AGE = re.compile(r"(?i)(;\s*max-age=)(\d+)")
_EXPIRES = re.compile(r"(?i);\s*expires=[^;]*")

# One slash and then none: "//host" would be another site.
_OWN_ADDRESS = re.compile(r"/(?![/\\])[\x21-\x7e]*")


def hardened(cookie: str, *, seconds: int, is_secure: bool) -> str:
    """A Set-Cookie header that lives at most so long, and goes over https only where there is any.

    Args:
        cookie: The header's value as Streamlit sends it.
        seconds: The longest life.
        is_secure: Whether the dashboard is reached over https.
    """

    def shorter(found: re.Match[str]) -> str:
        return f"{found[1]}{min(int(found[2]), seconds)}"

    age = _AGE.search(cookie)
    if age is not None and int(age[2]) > seconds:
        # A date of its own would keep the cookie longer in a browser that prefers it.
        cookie = _EXPIRES.sub("", _AGE.sub(shorter, cookie))
    if is_secure and not re.search(r"(?i);\s*secure\b", cookie):
        cookie += "; Secure"
    return cookie


LANGUAGE_SECONDS = 365 * 24 * 3600
"""A year: whoever reads nynorsk does so next month too."""


def keep_language(language: str, *, is_secure: bool) -> str:
    """The Set-Cookie header that keeps the language a reader has chosen; it names nobody."""
    secure = "; Secure" if is_secure else ""
    return (
        f"{COOKIE}={language}; Max-Age={LANGUAGE_SECONDS}; Path=/; HttpOnly; SameSite=Lax{secure}"
    )


def is_of_language(cookie: str) -> bool:
    """Whether a Set-Cookie header keeps a chosen language."""
    return cookie.startswith(f"{COOKIE}=")


def language(cookies: str) -> str | None:
    """The language kept in a Cookie header; None when there is none, or none that is here."""
    try:
        kept = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return kept.value if kept is not None and kept.value in LANGUAGES else None


def remember(address: str, *, is_secure: bool) -> str:
    """The Set-Cookie header that keeps an address until its reader has signed in."""
    value = quote(address, safe="")
    secure = "; Secure" if is_secure else ""
    return f"{RETURN}={value}; Max-Age={RETURN_SECONDS}; Path=/; HttpOnly; SameSite=Lax{secure}"


def forget() -> str:
    """The Set-Cookie header that drops the kept address."""
    return f"{RETURN}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"


def remembered(cookies: str) -> str | None:
    """The address kept in a Cookie header; None when there is none, or it leads elsewhere."""
    try:
        kept = SimpleCookie(cookies).get(RETURN)
    except CookieError:
        return None
    address = unquote(kept.value) if kept is not None else ""
    return address if _OWN_ADDRESS.fullmatch(address) else None


def has(cookies: str, name: str) -> bool:
    """Whether a Cookie header holds a cookie of this name."""
    return any(part.strip().startswith(f"{name}=") for part in cookies.split(";"))
