"""Who is there: the municipality's own sign-in, turned into a person with a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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
