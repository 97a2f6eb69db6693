"""The dashboard starts where it may, says where in one line, and otherwise says why not."""

from __future__ import annotations

import argparse
import http.client
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

import app
from data import settings, store
from pages.terminal import serve
from queries import ask

SIGN_IN = {
    "FORANKRING_OIDC_CLIENT_ID": "forankring",
    "FORANKRING_OIDC_CLIENT_SECRET": "known to both",
    "FORANKRING_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "FORANKRING_OIDC_REDIRECT_URL": "https://dashboard.example/oauth2callback",
    "FORANKRING_OIDC_COOKIE_SECRET": "0123456789abcdef" * 2,
}
NOWHERE = Path("/nowhere")


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.5", "::"])
def test_without_sign_in_it_does_not_start_for_others(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["serve", "--address", address]) == 1
    said = capsys.readouterr().err
    assert said == (
        f"Dashbordet starter ikke på {address} uten innlogging: hvem som helst på nettet kunne "
        "lest og endret alt. Sett opp innlogging (FORANKRING_OIDC_…), eller la være å oppgi "
        "adressen for å bruke det bare på denne maskinen.\n"
    )


def test_the_address_of_the_settings_is_refused_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORANKRING_ADDRESS", "0.0.0.0")
    assert app.main(["serve"]) == 1
    assert "uten innlogging" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
def test_this_machines_own_addresses_need_no_sign_in(address: str, free: int) -> None:
    told = settings.load({"FORANKRING_ADDRESS": address, "FORANKRING_PORT": str(free)}, NOWHERE)
    assert serve.refused(told) is None


def test_with_sign_in_it_may_start_for_others(free: int) -> None:
    told = settings.load(
        SIGN_IN | {"FORANKRING_ADDRESS": "0.0.0.0", "FORANKRING_PORT": str(free)}, NOWHERE
    )
    assert serve.refused(told) is None


@pytest.fixture
def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.main(["serve", "--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"Port {port} på 127.0.0.1 kan ikke brukes; kanskje kjører dashbordet allerede. "
        "Velg en annen med --port.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "0"], "fant «0», ventet en port fra 1 til 65535"),
        (["--port", "65536"], "fant «65536», ventet en port fra 1 til 65535"),
        (["--port", "abc"], "fant «abc», ventet en port fra 1 til 65535"),
        (["--address", "kommunen.no"], "fant «kommunen.no», ventet en IP-adresse som 127.0.0.1"),
    ],
)
def test_what_cannot_be_an_address_or_a_port_is_said_in_words(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["serve", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "where"),
    [("127.0.0.1", "http://127.0.0.1:8501"), ("::1", "http://[::1]:8501")],
)
def test_it_says_where_in_a_way_that_can_be_opened(address: str, where: str) -> None:
    assert serve.where(settings.load({"FORANKRING_ADDRESS": address}, NOWHERE)) == where


def test_the_largest_and_smallest_port_can_be_asked_for() -> None:
    assert [serve.port("1"), serve.port("65535")] == [1, 65535]
    with pytest.raises(argparse.ArgumentTypeError):
        serve.port("-1")


def test_one_line_says_where_and_then_it_answers(
    small_release: Path, tmp_path: Path, server: Any
) -> None:
    folder = tmp_path / "store"
    store.create(folder)
    shutil.copytree(small_release / ask.RELEASES, folder / ask.RELEASES)
    running = server(folder)
    assert running.greeting == f"Dashbordet kjører på {running.url} (stopp det med Ctrl+C)\n"
    host = running.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("GET", "/helse")
    assert connection.getresponse().read() == b'{"status":"ok","release":1}'
    connection.close()
    running.process.terminate()
    rest, _ = running.process.communicate(timeout=30)
    # Nothing else: no English greeting, no address of another machine, no warning.
    assert rest == ""
    assert running.log.read_text(encoding="utf-8") == ""
