"""Who is there: the municipality's own sign-in, turned into a person with a role."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data.people import Person, from_claims
from data.settings import SignIn


def secrets(sign_in: SignIn | None) -> dict[str, Any] | None:
    """What st.App is told about the sign-in; None in local mode."""
    if sign_in is None:
        return None
    return {
        "auth": {
            "client_id": sign_in.client_id,
            "client_secret": sign_in.client_secret,
            "server_metadata_url": sign_in.metadata_url,
            "redirect_uri": sign_in.redirect_url,
            "cookie_secret": sign_in.cookie_secret,
            "client_kwargs": {"scope": "openid profile email"},
        }
    }


def is_expired(claims: Mapping[str, Any], sign_in: SignIn, now: float) -> bool:
    """Whether somebody signed in too long ago, or cannot say when.

    Streamlit reads the cookie once, when the page connects, and never looks at its age again.

    Args:
        claims: What the identity token said; `iat` is when it was made, in seconds since 1970.
        now: Seconds since 1970.
    """
    issued = claims.get("iat")
    if not isinstance(issued, int | float):
        return True
    return now - issued >= sign_in.hours * 3600


def from_cookies(cookies: Mapping[str, str], sign_in: SignIn, now: float) -> Person | None:
    """The person that a request's cookies were signed for; None without a sign-in that counts.

    Streamlit asks only when a page connects; a request of another kind it lets pass unasked.

    Args:
        cookies: By name, as they came: anybody can send some.
        now: Seconds since 1970.
    """

    def signed(name: str) -> bytes | None:
        return decode_signed_value(sign_in.cookie_secret, name, cookies.get(name, ""))

    told = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    if told is None:
        return None
    # Signed, so it is what Streamlit wrote: the claims of the identity token.
    claims = json.loads(told)
    return None if is_expired(claims, sign_in, now) else person(claims, sign_in)


def person(claims: Mapping[str, Any], sign_in: SignIn) -> Person | None:
    """The person that the identity token describes; None without any role here.

    The name is what the ledger records: the address of the account, or what else identifies it.
    """
    name = next(
        (
            str(claims[key])
            for key in ("email", "preferred_username", "upn", "sub")
            if claims.get(key)
        ),
        None,
    )
    if name is None:
        return None
    told = claims.get(sign_in.roles_claim)
    roles: Iterable[Any]
    if isinstance(told, str):
        roles = told.replace(",", " ").split()
    elif isinstance(told, list | tuple):
        roles = told
    else:
        roles = ()
    return from_claims(name, (str(role) for role in roles))
