"""Where things are, what an operator sets, and what day it is."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data.disk import DiskRefusedError

OSLO = ZoneInfo("Europe/Oslo")
"""Months, days and lock days are those of Norway."""

SETTINGS_FILE = "forankring.toml"
PREFIX = "FORANKRING_"


class SettingRefusedError(ValueError):
    """A setting has a value that cannot be used.

    Attributes:
        name: The variable, as FORANKRING_PORT, or the key of forankring.toml.
        found: What it was set to; None for a secret, which is never repeated.
        expected: A code for what would be right; the terminal words it.
    """

    def __init__(self, name: str, found: str | None, expected: str) -> None:
        super().__init__(f"{name}: {found!r} is not {expected}")
        self.name, self.found, self.expected = name, found, expected


@dataclass(frozen=True)
class SignIn:
    """The municipality's own sign-in (OpenID Connect)."""

    client_id: str
    client_secret: str
    metadata_url: str
    redirect_url: str
    cookie_secret: str
    roles_claim: str
    hours: int


@dataclass(frozen=True)
class Settings:
    """What an operator sets; each field is documented in SETTINGS."""

    store: Path
    address: str
    port: int
    language: str
    upload_mb: int
    lock_day: int
    statement_url: str | None
    public_address: str | None
    sign_in: SignIn | None

    @property
    def is_local(self) -> bool:
        """Without sign-in the dashboard runs in local mode."""
        return self.sign_in is None

    @property
    def reached_at(self) -> str:
        """Where people reach the dashboard, for links in what is sent to them; no slash at its end.

        Where it is not set: the address that the sign-in comes back to, without its last part, or
        the machine's own.
        """
        if self.public_address is not None:
            return self.public_address.rstrip("/")
        if self.sign_in is not None:
            return self.sign_in.redirect_url.rpartition("/")[0]
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError
        return number

    return parse


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return parse


def _folder(text: str) -> Path:
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise ValueError
    return folder


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError
    return text


def _ip_address(text: str) -> str:
    return str(ipaddress.ip_address(text))


def _secret(text: str) -> str:
    # 32 characters is what a signing key of 128 bits takes when written in hexadecimal.
    if len(text) < 32:
        raise ValueError
    return text


@dataclass(frozen=True)
class Setting:
    """One thing an operator can set: its default, how it is read, and what is expected."""

    name: str
    default: str | None
    parse: Callable[[str], Any]
    expected: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("store", ".store", _folder, "a folder"),
    Setting("address", "127.0.0.1", _ip_address, "an IP address"),
    Setting("port", "8501", _whole_number(1, 65535), "a port from 1 to 65535"),
    Setting("language", "nb", _one_of("nb", "nn", "en"), "nb, nn or en"),
    # 50 MB is ten years of monthly answers for six small municipalities many times over.
    Setting("upload_mb", "50", _whole_number(1, 1000), "megabytes from 1 to 1000"),
    # The 10th leaves a week and a half after month end to deliver, before the meeting.
    Setting("lock_day", "10", _whole_number(1, 28), "a day of the month from 1 to 28"),
    Setting("statement_url", None, _web_address, "a web address"),
    # What links in messages start with: the dashboard itself knows only where it listens.
    Setting("public_address", None, _web_address, "a web address"),
    Setting("oidc_client_id", None, str, "text"),
    Setting("oidc_client_secret", None, str, "text", is_secret=True),
    Setting("oidc_metadata_url", None, _web_address, "a web address"),
    Setting("oidc_redirect_url", None, _web_address, "a web address"),
    Setting("oidc_cookie_secret", None, _secret, "at least 32 characters", is_secret=True),
    Setting("oidc_roles_claim", "roles", str, "text"),
    # A working day: whoever signed in this morning signs in again tomorrow.
    Setting("oidc_hours", "10", _whole_number(1, 24), "hours from 1 to 24"),
)

_SIGN_IN_NEEDS = ("client_id", "client_secret", "metadata_url", "redirect_url", "cookie_secret")


_held: ContextVar[Settings | None] = ContextVar("settings", default=None)


@contextlib.contextmanager
def held(told: Settings) -> Iterator[None]:
    """Inside, these are the settings: a page looks them up thirty times, and they stand still."""
    before = _held.set(told)
    try:
        yield
    finally:
        _held.reset(before)


def load(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """What is set, from FORANKRING_* variables and, below them, from forankring.toml.

    Args:
        environment: Instead of os.environ.
        folder: Where forankring.toml is looked for; the working folder by default.

    Raises:
        SettingRefusedError: A value cannot be used, a name is unknown, or the sign-in is set only
            in part. The first such setting is named.
    """
    if environment is None and folder is None and (told := _held.get()) is not None:
        return told
    environment = os.environ if environment is None else environment
    # Names first: every value of the environment would be decoded otherwise.
    variables = tuple((name, environment[name]) for name in environment if name.startswith(PREFIX))
    path = (folder or Path.cwd()) / SETTINGS_FILE
    return _read(variables, path.read_bytes() if path.is_file() else b"", str(Path.cwd()))


# Whatever is asked looks up where the store is. The working folder is part of what is asked, since
# a folder may be set as seen from there.
@lru_cache(maxsize=16)
def _read(variables: tuple[tuple[str, str], ...], file: bytes, _working_in: str) -> Settings:
    known = {setting.name for setting in SETTINGS}
    given: dict[str, tuple[str, str]] = {}
    try:
        table = tomllib.loads(file.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingRefusedError(SETTINGS_FILE, str(error), "valid TOML") from None
    for name, value in table.items():
        given[name] = (f"{SETTINGS_FILE}: {name}", str(value))
    for variable, value in variables:
        given[variable.removeprefix(PREFIX).lower()] = (variable, value)
    for name, (where, _value) in sorted(given.items()):
        if name not in known:
            raise SettingRefusedError(where, None, f"one of {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        where, text = given.get(setting.name, (PREFIX + setting.name.upper(), setting.default))
        if text is None or text == "":
            text = setting.default
        try:
            values[setting.name] = None if text is None else setting.parse(text)
        except ValueError:
            found = None if setting.is_secret else text
            raise SettingRefusedError(where, found, setting.expected) from None
    return Settings(
        store=values["store"],
        address=values["address"],
        port=values["port"],
        language=values["language"],
        upload_mb=values["upload_mb"],
        lock_day=values["lock_day"],
        statement_url=values["statement_url"],
        public_address=values["public_address"],
        sign_in=_sign_in(values),
    )


def _sign_in(values: dict[str, Any]) -> SignIn | None:
    needed = {name: values[f"oidc_{name}"] for name in _SIGN_IN_NEEDS}
    missing = [name for name, value in needed.items() if value is None]
    if len(missing) == len(needed):
        return None
    if missing:
        raise SettingRefusedError(
            f"{PREFIX}OIDC_{missing[0].upper()}", None, "set together with the other OIDC settings"
        )
    return SignIn(**needed, roles_claim=values["oidc_roles_claim"], hours=values["oidc_hours"])


ABOUT_FILE = "about.json"
"""In a store's folder: what store this is, and the fixed day of a demo store."""


@dataclass(frozen=True)
class About:
    """What a store says of itself: its identity, the day it was made, and whether it is a demo."""

    store_id: str
    made_on: dt.date
    demo_today: dt.date | None

    @property
    def is_demo(self) -> bool:
        return self.demo_today is not None


def about(store: Path) -> About | None:
    """What the store in this folder says of itself; None when there is no store yet.

    Raises:
        DiskRefusedError: "store_damaged", where it says nothing that can be understood.
    """
    path = store / ABOUT_FILE
    if not path.is_file():
        return None
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        demo_today = facts.get("demo_today")
        return About(
            store_id=facts["store_id"],
            made_on=dt.date.fromisoformat(facts["made_on"]),
            demo_today=dt.date.fromisoformat(demo_today) if demo_today else None,
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DiskRefusedError("store_damaged", str(path)) from error


def today(store: Path | None = None) -> dt.date:
    """Today's date in Norway; in a demo store the day at which its story stands still."""
    told = about(store) if store is not None else None
    if told is not None and told.demo_today is not None:
        return told.demo_today
    return dt.datetime.now(OSLO).date()


def now() -> dt.datetime:
    """This moment in UTC without zone, as it is stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def day_of(moment: dt.datetime) -> dt.date:
    """The day in Norway of a stored moment (UTC without zone)."""
    return moment.replace(tzinfo=dt.UTC).astimezone(OSLO).date()
