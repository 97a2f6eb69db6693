"""Settings have defaults, come from variables before the file, and a wrong one is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data import settings, store
from data.disk import DiskRefusedError
from data.settings import SettingRefusedError

SECRET = "0123456789abcdef0123456789abcdef"
OIDC = {
    "FORANKRING_OIDC_CLIENT_ID": "dashbord",
    "FORANKRING_OIDC_CLIENT_SECRET": "en hemmelighet",
    "FORANKRING_OIDC_METADATA_URL": "https://login.example.no/.well-known/openid-configuration",
    "FORANKRING_OIDC_REDIRECT_URL": "https://dashbord.example.no/oauth2callback",
    "FORANKRING_OIDC_COOKIE_SECRET": SECRET,
}


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    found = settings.load({}, tmp_path)
    assert found.store == Path(".store")
    assert (found.address, found.port) == ("127.0.0.1", 8501)
    assert (found.language, found.upload_mb, found.lock_day) == ("nb", 50, 10)
    assert found.statement_url is None
    assert found.is_local


@pytest.mark.parametrize(
    ("set_to", "reached_at"),
    [
        ({}, "http://127.0.0.1:8501"),
        ({"FORANKRING_ADDRESS": "::1", "FORANKRING_PORT": "9000"}, "http://[::1]:9000"),
        (OIDC, "https://dashbord.example.no"),
        (
            OIDC | {"FORANKRING_OIDC_REDIRECT_URL": "https://example.no/dash/oauth2callback"},
            "https://example.no/dash",
        ),
        (
            OIDC | {"FORANKRING_PUBLIC_ADDRESS": "https://intranett.example.no/status/"},
            "https://intranett.example.no/status",
        ),
    ],
)
def test_links_start_where_people_reach_the_dashboard(
    set_to: dict[str, str], reached_at: str, tmp_path: Path
) -> None:
    assert settings.load(set_to, tmp_path).reached_at == reached_at


def test_the_file_is_read_and_a_variable_wins_over_it(tmp_path: Path) -> None:
    (tmp_path / "forankring.toml").write_text('port = 9000\nstore = "lager"\n')
    found = settings.load({"FORANKRING_PORT": "9100", "PATH": "/bin"}, tmp_path)
    assert found.port == 9100
    assert found.store == Path("lager")


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert settings.load({"FORANKRING_PORT": ""}, tmp_path).port == 8501


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("FORANKRING_ADDRESS", "localhost", "an IP address"),
        ("FORANKRING_PORT", "0", "a port from 1 to 65535"),
        ("FORANKRING_PORT", "65536", "a port from 1 to 65535"),
        ("FORANKRING_PORT", "åtte", "a port from 1 to 65535"),
        ("FORANKRING_LANGUAGE", "sv", "nb, nn or en"),
        ("FORANKRING_UPLOAD_MB", "0", "megabytes from 1 to 1000"),
        ("FORANKRING_UPLOAD_MB", "1001", "megabytes from 1 to 1000"),
        ("FORANKRING_LOCK_DAY", "0", "a day of the month from 1 to 28"),
        ("FORANKRING_LOCK_DAY", "29", "a day of the month from 1 to 28"),
        ("FORANKRING_STATEMENT_URL", "www.uustatus.no", "a web address"),
        ("FORANKRING_PUBLIC_ADDRESS", "dashbord.example.no", "a web address"),
        ("FORANKRING_OIDC_METADATA_URL", "login", "a web address"),
        ("FORANKRING_OIDC_REDIRECT_URL", "login", "a web address"),
        ("FORANKRING_OIDC_HOURS", "25", "hours from 1 to 24"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(
    tmp_path: Path, name: str, found: str, expected: str
) -> None:
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({name: found}, tmp_path)
    assert (refused.value.name, refused.value.found, refused.value.expected) == (
        name,
        found,
        expected,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORANKRING_PORT", "1"),
        ("FORANKRING_PORT", "65535"),
        ("FORANKRING_LOCK_DAY", "1"),
        ("FORANKRING_LOCK_DAY", "28"),
        ("FORANKRING_UPLOAD_MB", "1"),
        ("FORANKRING_UPLOAD_MB", "1000"),
        ("FORANKRING_ADDRESS", "::1"),
    ],
)
def test_the_limits_themselves_are_allowed(tmp_path: Path, name: str, value: str) -> None:
    found = settings.load({name: value}, tmp_path)
    assert str(getattr(found, name.removeprefix("FORANKRING_").lower())) == value


def test_a_wrong_value_in_the_file_is_named_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "forankring.toml").write_text("lock_day = 31\n")
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({}, tmp_path)
    assert refused.value.name == "forankring.toml: lock_day"
    assert refused.value.found == "31"


def test_an_unknown_name_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({"FORANKRING_PROT": "8501"}, tmp_path)
    assert refused.value.name == "FORANKRING_PROT"
    assert "port" in refused.value.expected
    (tmp_path / "forankring.toml").write_text("prot = 8501\n")
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({}, tmp_path)
    assert refused.value.name == "forankring.toml: prot"


@pytest.mark.parametrize("content", [b"port = \n", "språk = \xe5".encode("latin-1")])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "forankring.toml").write_bytes(content)
    with pytest.raises(SettingRefusedError) as refused:
        settings.load({}, tmp_path)
    assert (refused.value.name, refused.value.expected) == ("forankring.toml", "valid TOML")


def test_sign_in_is_whole(tmp_path: Path) -> None:
    found = settings.load(OIDC, tmp_path)
    assert not found.is_local
    assert found.sign_in is not None
    assert found.sign_in.client_id == "dashbord"
    assert (found.sign_in.roles_claim, found.sign_in.hours) == ("roles", 10)


@pytest.mark.parametrize("lacking", OIDC)
def test_sign_in_that_is_set_in_part_says_what_lacks(tmp_path: Path, lacking: str) -> None:
    part = {name: value for name, value in OIDC.items() if name != lacking}
    with pytest.raises(SettingRefusedError) as refused:
        settings.load(part, tmp_path)
    assert refused.value.name == lacking


def test_a_secret_is_never_repeated(tmp_path: Path) -> None:
    short = SECRET[:-1]
    with pytest.raises(SettingRefusedError) as refused:
        settings.load(OIDC | {"FORANKRING_OIDC_COOKIE_SECRET": short}, tmp_path)
    assert refused.value.found is None
    assert short not in f"{refused.value} {refused.value!r} {refused.value.__dict__}"


@pytest.mark.parametrize("name", [name for name in OIDC if "SECRET" in name])
def test_both_secrets_are_known_as_such(name: str) -> None:
    by_name = {setting.name: setting for setting in settings.SETTINGS}
    assert by_name[name.removeprefix("FORANKRING_").lower()].is_secret


# -- the clock --------------------------------------------------------------------------------


def test_without_a_store_today_is_norways_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            # Half past eleven in the evening in London is the next day in Oslo.
            return dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC).astimezone(tz)

    monkeypatch.setattr(settings.dt, "datetime", Clock)
    assert settings.today() == dt.date(2026, 11, 1)
    assert settings.today(tmp_path) == dt.date(2026, 11, 1)
    assert settings.now() == dt.datetime.fromisoformat("2026-10-31T23:30")


def test_a_demo_store_stands_still(demo: Path, folder: Path) -> None:
    assert settings.today(demo) == dt.date(2026, 11, 12)
    about = settings.about(demo)
    assert about is not None
    assert about.is_demo
    assert settings.today(folder) == settings.today()
    assert settings.about(folder / "nowhere") is None


def test_two_real_stores_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        store.create(tmp_path / name)
    first, second = settings.about(tmp_path / "a"), settings.about(tmp_path / "b")
    assert first is not None
    assert second is not None
    assert first.store_id != second.store_id


def test_a_file_is_no_folder_for_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a-file"
    file.write_text("", encoding="utf-8")
    monkeypatch.setenv("FORANKRING_STORE", str(file))
    with pytest.raises(settings.SettingRefusedError) as refused:
        settings.load()
    assert "FORANKRING_STORE" in str(refused.value)
    # A folder that is not there yet is made by the first load.
    monkeypatch.setenv("FORANKRING_STORE", str(tmp_path / "new"))
    assert settings.load().store == tmp_path / "new"


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{}", '{"store_id": "x", "made_on": "i går"}', "\\xff"]
)
def test_a_store_that_says_nothing_understandable_of_itself_is_damaged(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / settings.ABOUT_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(DiskRefusedError) as refused:
        settings.about(tmp_path)
    assert refused.value.code == "store_damaged"


def test_settings_that_are_held_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORANKRING_PORT", "9100")
    with settings.held(settings.load()):
        monkeypatch.setenv("FORANKRING_PORT", "9200")
        assert settings.load().port == 9100
        # What is asked for by name is looked up.
        assert settings.load({"FORANKRING_PORT": "9300"}).port == 9300
    assert settings.load().port == 9200
