"""Starts the dashboard, and says where."""

from __future__ import annotations

import argparse
import http.client
import ipaddress
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from data import settings
from data.settings import Settings
from pages.terminal.arguments import add_store, store_of
from pages.text import say

# How often the dashboard is asked whether it answers yet, before its address is printed.
_ASK_AGAIN_SECONDS = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The store, address and port, where they differ from the settings."""
    add_store(parser)
    parser.add_argument(
        "--address",
        type=address,
        metavar=say("ADDRESS"),
        help=say("the address to listen on; another than this machine's own needs sign-in"),
    )
    parser.add_argument("--port", type=port, metavar=say("PORT"), help=say("the port to listen on"))


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped.

    Returns:
        0 when it was stopped, 1 when it was refused: another address than this machine's own
        without sign-in, or a port that is taken.
    """
    told = settings.load()
    told = replace(
        told,
        store=store_of(arguments),
        address=arguments.address or told.address,
        port=arguments.port or told.port,
    )
    settings.about(told.store)  # a store that is damaged is said before anything is served
    problem = refused(told)
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    _serve(told, arguments.application)
    return 0


def refused(told: Settings) -> str | None:
    """Why the dashboard cannot start with these settings; None when it can."""
    if told.is_local and not ipaddress.ip_address(told.address).is_loopback:
        return say(
            "The dashboard does not start on {address} without sign-in: anybody on the network "
            "could read and change everything. Set up sign-in (FORANKRING_OIDC_…), or leave the "
            "address out to use it on this machine alone.",
            address=told.address,
        )
    family = socket.AF_INET6 if ":" in told.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((told.address, told.port))
        except OSError:
            return say(
                "Port {port} on {address} cannot be used; perhaps the dashboard is running "
                "already. Choose another one with --port.",
                port=told.port,
                address=told.address,
            )
    return None


def where(told: Settings) -> str:
    """The address to open in a browser."""
    host = f"[{told.address}]" if ":" in told.address else told.address
    return f"http://{host}:{told.port}"


def _serve(told: Settings, application: Callable[[], Any]) -> None:
    # The pages read the settings anew in every run; the store given here is one of them.
    os.environ["FORANKRING_STORE"] = str(told.store.resolve())
    # Loaded here: the refusals above, and --help, need no Streamlit.
    import uvicorn.config

    # The server's own greetings are many lines of English; one line of ours says the same.
    uvicorn.config.LOGGING_CONFIG["loggers"]["uvicorn"]["level"] = "WARNING"
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    from pages.web.options import options

    threading.Thread(target=_greet, args=(told,), daemon=True).start()
    application().run(config=options(told))


def _greet(told: Settings) -> None:
    """Print the address as soon as it answers."""
    while not _answers(told):
        threading.Event().wait(_ASK_AGAIN_SECONDS)
    print(say("The dashboard runs on {where} (stop it with Ctrl+C)", where=where(told)), flush=True)


def _answers(told: Settings) -> bool:
    connection = http.client.HTTPConnection(told.address, told.port, timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def address(text: str) -> str:
    """An address to listen on, as it is written in numbers."""
    try:
        return str(ipaddress.ip_address("127.0.0.1" if text == "localhost" else text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected an IP address as 127.0.0.1", found=text)
        ) from None


def port(text: str) -> int:
    """A port; 0 would let the system choose, and nobody would know where to look."""
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(
        say("found “{found}”, expected a port from 1 to 65535", found=text)
    )
