"""What happens to cookies, and which addresses are kept for after signing in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.web import cookies

DAY = 24 * 3600


def test_a_cookie_of_thirty_days_lives_a_working_day_instead() -> None:
    sent = "_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert cookies.hardened(sent, seconds=36000, is_secure=False) == (
        "_streamlit_user=abc; HttpOnly; Max-Age=36000; Path=/; SameSite=lax"
    )


def test_a_date_of_its_own_does_not_keep_a_shortened_cookie_longer() -> None:
    sent = "a=b; expires=Fri, 01 Jan 2038 00:00:00 GMT; Max-Age=2592000; Path=/"
    assert cookies.hardened(sent, seconds=DAY, is_secure=False) == "a=b; Max-Age=86400; Path=/"


@pytest.mark.parametrize("age", [0, DAY - 1, DAY])
def test_a_cookie_that_is_short_enough_stays_as_it_is(age: int) -> None:
    sent = f"a=b; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age={age}; Path=/"
    assert cookies.hardened(sent, seconds=DAY, is_secure=False) == sent


def test_a_cookie_without_an_age_ends_with_the_browser() -> None:
    assert cookies.hardened("a=b; Path=/", seconds=DAY, is_secure=False) == "a=b; Path=/"


def test_over_https_a_cookie_says_so_once() -> None:
    assert cookies.hardened("a=b", seconds=DAY, is_secure=True) == "a=b; Secure"
    assert cookies.hardened("a=b; Secure", seconds=DAY, is_secure=True) == "a=b; Secure"
    # The name or value of a cookie is no attribute.
    assert cookies.hardened("secure=b", seconds=DAY, is_secure=True) == "secure=b; Secure"


@pytest.mark.parametrize(
    "address",
    ["/", "/actions", "/actions?kommune=3439&maned=2026-10", "/method?tema=psykisk%20helse"],
)
def test_an_address_of_ours_comes_back(address: str) -> None:
    header = cookies.remember(address, is_secure=True).partition(";")[0]
    assert cookies.remembered(f"other=1; {header}") == address


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "evil",
        "",
        "/a\r\nset-cookie: x=y",
        "/a b",
    ],
)
def test_an_address_that_leads_elsewhere_does_not(address: str) -> None:
    header = cookies.remember(address, is_secure=False).partition(";")[0]
    assert cookies.remembered(header) is None


@given(st.text())
def test_whatever_a_cookie_says_the_way_back_stays_here(said: str) -> None:
    address = cookies.remembered(f"{cookies.RETURN}={said}")
    assert address is None or (address.startswith("/") and not address.startswith("//"))


def test_the_kept_address_is_out_of_reach_for_scripts_and_short_lived() -> None:
    header = cookies.remember("/", is_secure=True)
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" in header
    assert f"Max-Age={cookies.RETURN_SECONDS}" in header
    assert "Max-Age=0" in cookies.forget()


def test_a_cookie_is_found_by_its_whole_name() -> None:
    assert cookies.has("a=1; _streamlit_user=x", "_streamlit_user")
    assert not cookies.has("not_streamlit_user=x", "_streamlit_user")
    assert not cookies.has("", "_streamlit_user")
