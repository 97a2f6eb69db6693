"""Who somebody is, from what the identity token says; and for how long."""

from __future__ import annotations

import hashlib
import json

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.people import Person
from data.settings import SignIn
from pages.web import sign_in

MINE = SignIn(
    client_id="forankring",
    client_secret="not a secret",
    metadata_url="https://id.example/.well-known/openid-configuration",
    redirect_url="https://dashboard.example/oauth2callback",
    cookie_secret="0" * 32,
    roles_claim="roles",
    hours=10,
)
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["viewer"], Person("a@b.no", "viewer")),
        (["leader:3439"], Person("a@b.no", "leader", "3439")),
        (["viewer", "coordinator:3405"], Person("a@b.no", "coordinator", "3405")),
        (["leader:3439", "regional_coordinator"], Person("a@b.no", "regional_coordinator")),
        ("viewer leader:3440", Person("a@b.no", "leader", "3440")),
        ("viewer,leader:3440", Person("a@b.no", "leader", "3440")),
    ],
)
def test_the_role_is_the_most_that_any_claim_gives(roles: object, expected: Person) -> None:
    assert sign_in.person({"email": "a@b.no", "roles": roles}, MINE) == expected


@pytest.mark.parametrize("roles", [None, [], "", ["admin"], ["leader"], 7, {"viewer": 1}])
def test_somebody_without_a_role_here_is_nobody(roles: object) -> None:
    assert sign_in.person({"email": "a@b.no", "roles": roles}, MINE) is None


def test_somebody_without_a_name_is_nobody() -> None:
    assert sign_in.person({"roles": ["viewer"]}, MINE) is None


def test_without_an_address_the_subject_is_the_name() -> None:
    found = sign_in.person({"sub": "x1", "roles": ["viewer"]}, MINE)
    assert found == Person("x1", "viewer")


@pytest.mark.parametrize(
    ("age", "expected"), [(0, False), (10 * 3600 - 1, False), (10 * 3600, True), (10**6, True)]
)
def test_a_sign_in_ends_after_its_hours(age: int, expected: bool) -> None:
    assert sign_in.is_expired({"iat": NOW - age}, MINE, NOW) is expected


@pytest.mark.parametrize("issued", [None, "yesterday"])
def test_a_sign_in_that_cannot_say_when_has_ended(issued: object) -> None:
    assert sign_in.is_expired({"iat": issued}, MINE, NOW)


def test_local_mode_has_no_secrets() -> None:
    assert sign_in.secrets(None) is None
    told = sign_in.secrets(MINE)
    assert told is not None
    assert told["auth"]["redirect_uri"] == MINE.redirect_url


COOKIE = "_streamlit_user"
CLAIMS = {"email": "a@b.no", "roles": ["viewer"], "iat": NOW, "is_logged_in": True}


def signed(claims: dict[str, object], secret: str = MINE.cookie_secret) -> dict[str, str]:
    """The cookies of these claims, as Streamlit sets them; several when they are long."""
    made: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def keep(name: str, value: str) -> None:
        made[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, COOKIE, claims, cookie_attr_size=100)
    return made


def test_a_signed_cookie_says_who_sends_a_request() -> None:
    assert sign_in.from_cookies(signed(CLAIMS), MINE, NOW) == Person("a@b.no", "viewer")


def test_a_token_too_long_for_one_cookie_is_read_from_several() -> None:
    cookies = signed(
        CLAIMS | {"groups": [hashlib.sha256(b"%d" % n).hexdigest() for n in range(200)]}
    )
    assert len(cookies) > 2
    assert sign_in.from_cookies(cookies, MINE, NOW) == Person("a@b.no", "viewer")


@pytest.mark.parametrize(
    "cookies",
    [
        {},
        {COOKIE: ""},
        {COOKIE: "made up"},
        {COOKIE: json.dumps(CLAIMS)},
        signed(CLAIMS, secret="1" * 32),
        # Signed as something else.
        {COOKIE: create_signed_value(MINE.cookie_secret, "_other", json.dumps(CLAIMS)).decode()},
        signed(CLAIMS | {"roles": []}),
        signed(CLAIMS | {"iat": NOW - MINE.hours * 3600}),
    ],
    ids=["none", "empty", "made up", "unsigned", "secret", "name", "no role", "expired"],
)
def test_a_cookie_that_does_not_count_says_nobody(cookies: dict[str, str]) -> None:
    assert sign_in.from_cookies(cookies, MINE, NOW) is None
