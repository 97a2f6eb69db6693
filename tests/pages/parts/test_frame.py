"""The frame around every page, run without a browser: what is chosen, what is said, who sees it."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app as forankring
from data import settings
from data.disk import DiskRefusedError
from data.store import STORE_FILE, RefusedError, StoreBusyError
from pages.parts import menu
from pages.web.application import MAIN_SCRIPT
from queries import release
from tests.pages.drawn_html import opened

SIGN_IN = {
    "FORANKRING_OIDC_CLIENT_ID": "forankring",
    "FORANKRING_OIDC_CLIENT_SECRET": "known to both",
    "FORANKRING_OIDC_METADATA_URL": "https://id.example/.well-known/openid-configuration",
    "FORANKRING_OIDC_REDIRECT_URL": "https://dashboard.example/oauth2callback",
    "FORANKRING_OIDC_COOKIE_SECRET": "0123456789abcdef" * 2,
}
PLACE, MONTH, ROLE = menu.MUNICIPALITY, menu.MONTH, menu.ROLE

Frame = Callable[..., AppTest]
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def frame(small_release: Path, monkeypatch: pytest.MonkeyPatch) -> Frame:
    """Run the frame: frame(kommune="3439") is the address; page= another page than the first."""

    def run(store: Path = small_release, page: str | None = None, **address: str) -> AppTest:
        monkeypatch.setenv("FORANKRING_STORE", str(store))
        app = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if page is not None:
            app._page_hash = calc_hash(page)
        return app.run()

    return run


def markup(app: AppTest) -> str:
    """All HTML of the page, in its order."""
    return opened("\n".join(element.proto.body for element in app.get("html")))


def options(app: AppTest, name: str) -> dict[str, str]:
    """What a field of the frame offers, from code to words."""
    (field,) = re.findall(rf'<select id="fk-{name}".*?</select>', markup(app))
    offered = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', field)
    return {code: html.unescape(words) for code, words in offered}


def chosen(app: AppTest, name: str) -> str:
    """What is chosen in a field of the frame."""
    (field,) = re.findall(rf'<select id="fk-{name}".*?</select>', markup(app))
    (code,) = re.findall(r'<option value="([^"]*)" selected>', field)
    return str(code)


def pick(app: AppTest, name: str, code: str) -> AppTest:
    """Choose in a field of the frame, as the page's own script does: by the address."""
    assert code in options(app, name)
    app.query_params[name] = code
    return app.run()


# ---- choices ----------------------------------------------------------------------------------


def test_numbers_that_are_not_made_are_made_at_the_next_visit(
    frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    place = tmp_path / "kommuner.csv"
    place.write_text("kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n")
    waves = tmp_path / "utsendinger.csv"
    waves.write_text(
        "utsending_id;kommune;undersøkelse;måling;hvem_svarte;sendt;antall_spurt\n"
        "U-1;3439;brukerevaluering;annet;bruker;05.10.2026;40\n",
        encoding="utf-8",
    )
    assert forankring.main(["load", str(place), str(waves), "--store", str(folder)]) == 0
    shutil.rmtree(folder / "releases")
    shown = frame(folder)
    assert not shown.exception
    assert chosen(shown, PLACE)
    # Where they cannot be made, the page says so, and whom to ask.
    shutil.rmtree(folder / "releases")

    def lost(folder: Path) -> int:
        raise RefusedError("releases_lost", release=1, folder=str(folder))

    monkeypatch.setattr(release, "bring_up_to_date", lost)
    shown = frame(folder)
    assert "Tallene kan ikke vises akkurat nå." in markup(shown)
    assert str(folder) not in markup(shown)
    assert "Her er det ingen tall ennå" not in markup(shown)


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_visit_after_the_lock_day_locks_the_month_and_is_never_in_the_way(
    frame: Frame, on_a_later_day: Path, monkeypatch: pytest.MonkeyPatch, is_busy: bool
) -> None:
    asked_for: list[Path] = []

    def computed(folder: Path) -> int:
        asked_for.append(folder)
        if is_busy:
            raise StoreBusyError(str(folder))
        return 1

    monkeypatch.setattr(release, "bring_up_to_date", computed)
    app = frame(on_a_later_day)
    assert not app.exception
    assert asked_for == [on_a_later_day]
    assert chosen(app, PLACE)
    assert OLD_NUMBERS not in markup(app)


@pytest.mark.parametrize("code", ["disk_full", "not_allowed"])
@pytest.mark.parametrize("page", [None, "method"])
def test_a_disk_that_takes_no_new_numbers_leaves_those_of_before(
    frame: Frame,
    on_a_later_day: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    page: str | None,
) -> None:
    def refused(folder: Path) -> int:
        raise DiskRefusedError(code, str(folder))

    monkeypatch.setattr(release, "bring_up_to_date", refused)
    app = frame(on_a_later_day, page)
    assert not app.exception
    assert chosen(app, PLACE)
    assert OLD_NUMBERS in markup(app)
    assert str(on_a_later_day) not in markup(app)


@pytest.mark.parametrize("file", [STORE_FILE, settings.ABOUT_FILE])
def test_a_damaged_store_still_shows_what_was_released(
    frame: Frame, on_a_later_day: Path, file: str
) -> None:
    (on_a_later_day / file).write_bytes(b"not what it was" * 1000)
    app = frame(on_a_later_day)
    assert not app.exception
    assert chosen(app, PLACE)
    assert OLD_NUMBERS in markup(app)


def test_a_disk_that_takes_no_first_numbers_says_whom_to_ask(
    frame: Frame, on_a_later_day: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: Path) -> int:
        raise DiskRefusedError("disk_full", str(folder))

    monkeypatch.setattr(release, "bring_up_to_date", refused)
    shutil.rmtree(on_a_later_day / "releases")
    app = frame(on_a_later_day)
    assert not app.exception
    assert "Tallene kan ikke vises akkurat nå." in markup(app)


OLD_NUMBERS = "nyere kan ikke lages akkurat nå."


@pytest.fixture
def on_a_later_day(small_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose release is of an earlier day than today."""
    monkeypatch.setattr(settings, "today", lambda *_: dt.date(2026, 12, 11))
    store = Path(shutil.copytree(small_release, tmp_path / "store"))
    about = {"store_id": "x", "made_on": "2024-01-01", "demo_today": None}
    (store / settings.ABOUT_FILE).write_text(json.dumps(about), encoding="utf-8")
    return store


def test_the_address_chooses_municipality_and_month(frame: Frame) -> None:
    app = frame(kommune="3439", maned="2026-08")
    assert not app.exception
    assert (chosen(app, PLACE), chosen(app, MONTH)) == ("3439", "2026-08")


def test_without_an_address_it_opens_with_all_and_the_newest_locked_month(
    frame: Frame, tables: Tables, released: Callable[[Tables], Path]
) -> None:
    tables["months"][-1]["locked_at"] = None
    newest, before = tables["months"][-1]["month"], tables["months"][-2]["month"]
    app = frame(released(tables))
    assert (chosen(app, PLACE), chosen(app, MONTH)) == ("alle", f"{before:%Y-%m}")
    assert next(iter(options(app, MONTH).values())) == f"{MONTHS[newest.month]} {newest.year}"


MONTHS = {9: "september", 10: "oktober", 11: "november"}


def test_the_choices_are_written_into_the_address(frame: Frame) -> None:
    app = frame()
    assert address(app) == "kommune=alle&maned=2026-10"
    pick(app, PLACE, "3405")
    assert address(app) == "kommune=3405&maned=2026-10"


def address(app: AppTest) -> str:
    return urlencode(app.query_params, doseq=True)


def test_all_municipalities_have_a_word_in_the_address(frame: Frame) -> None:
    assert chosen(frame(kommune="alle"), PLACE) == "alle"


@pytest.mark.parametrize("asked", ["9999", "cooperation", "Ringebu", "", "<script>"])
def test_a_municipality_that_is_not_here_falls_back_with_a_note(frame: Frame, asked: str) -> None:
    app = frame(kommune=asked)
    assert chosen(app, PLACE) == "alle"
    assert "som ikke finnes her. Du ser alle kommuner." in markup(app)
    assert "<script>" not in markup(app)


@pytest.mark.parametrize("asked", ["1999-01", "2026-13", "oktober", "2026-10-01", ""])
def test_a_month_that_is_not_here_falls_back_with_a_note(frame: Frame, asked: str) -> None:
    app = frame(maned=asked)
    assert chosen(app, MONTH) == "2026-10"
    assert f"Adressen ber om måneden «{asked}»" in markup(app)


def test_the_menu_keeps_what_is_chosen_and_not_what_was_wrong(frame: Frame) -> None:
    html = markup(frame(kommune="9999", maned="2026-08", tema="x"))
    assert 'href="/actions?kommune=alle&amp;maned=2026-08"' in html
    assert "9999" not in html.replace("«9999»", "")


def test_municipalities_stand_in_the_order_of_the_norwegian_alphabet(frame: Frame) -> None:
    assert list(options(frame(), PLACE).values()) == [
        "Alle kommuner",
        "Gausdal",
        "Lillehammer",
        "Nord-Fron",
        "Ringebu",
        "Sør-Fron",
        "Øyer",
    ]


# ---- the menu ---------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_the_menu_says_where_one_is(frame: Frame, entry: menu.Entry) -> None:
    app = frame(page=entry.id)
    assert not app.exception
    html = markup(app)
    assert html.count('aria-current="page"') == 1
    here = html[: html.index('aria-current="page"')].rpartition("<a ")[2]
    assert f'href="{entry.path}?' in here


# ---- what the numbers are from ----------------------------------------------------------------


def test_a_locked_month_says_when_it_was_locked_and_which_edition_it_is(frame: Frame) -> None:
    assert "Låst 10. november · utgave 1" in markup(frame())


def test_a_month_that_is_not_locked_says_so(
    frame: Frame, tables: Tables, released: Callable[[Tables], Path]
) -> None:
    for row in tables["months"]:
        row["locked_at"] = row["lock_release"] = None
    assert "Ikke låst ennå · utgave 1" in markup(frame(released(tables)))


def test_a_month_that_was_corrected_says_so_and_what_was_and_what_is(
    frame: Frame, tables: Tables, released: Callable[[Tables], Path]
) -> None:
    october, at = dt.date(2026, 10, 1), dt.datetime.fromisoformat("2026-11-14T12:00")
    tables["month_versions"] = [
        {"month": october, "version": 1, "release": 1, "made_at": at, "changes": 0},
        {"month": october, "version": 2, "release": 4, "made_at": at, "changes": 3},
    ]
    was = {"was_state": "measured", "was_numerator": 1.0, "was_value": 1.0}
    now = {"now_state": "measured", "now_numerator": 2.0, "now_value": 2.0}
    key = {"month": october, "version": 2, "grain": "month", "period": october}
    tables["corrections"] = [
        key | was | now | {"indicator": "open_actions", "municipality_id": place, "part": part}
        for place in ("3439", "cooperation")
        for part in (None, "91_180")
    ]
    store = released(tables)
    shown = markup(frame(store, kommune="3439"))
    assert "Låst 10. november, rettet: versjon 2 · utgave 4" in shown
    assert "Rettet etter låsing: versjon 2 fra 14. november, ett tall endret" in shown
    # The line of the breakdown goes with its whole.
    assert "<ul><li>Åpne forbedringstiltak: 1 åpent tiltak → 2 åpne tiltak</li></ul>" in shown
    shown = markup(frame(store))
    assert "versjon 2 fra 14. november, to tall endret" in shown
    assert "Åpne forbedringstiltak, samarbeidet: 1 åpent tiltak → 2 åpne tiltak" in shown
    assert "Åpne forbedringstiltak, Ringebu: " in shown
    assert "Rettet etter låsing" not in markup(frame(store, maned="2026-09"))
    assert "Rettet etter låsing" not in markup(frame(store, "method"))


def test_delivered_files_are_counted_for_the_chosen_municipality(
    frame: Frame, tables: Tables, released: Callable[[Tables], Path]
) -> None:
    october = dt.date(2026, 10, 1)
    tables["deliveries"] = [
        delivery("3439", "actions", october, dt.date(2026, 11, 4)),
        delivery("3439", "feedback", october, None),
        delivery("3440", "feedback", october, dt.date(2026, 11, 6)),
        # Nobody has ever delivered goals, so nobody waits for them.
        delivery("3439", "goals", october, None),
        delivery("3439", "actions", dt.date(2026, 9, 1), dt.date(2026, 10, 2)),
    ]
    store = released(tables)
    assert "1 av 2 filer levert" in markup(frame(store, kommune="3439"))
    assert "2 av 3 filer levert" in markup(frame(store))
    # The foot tells the newest delivery of anybody.
    assert "Siste levering 6. november 2026" in markup(frame(store, kommune="3439"))


def delivery(place: str, kind: str, month: dt.date, day: dt.date | None) -> dict[str, Any]:
    return {
        "municipality_id": place,
        "kind": kind,
        "month": month,
        "is_expected": kind != "goals",
        "is_delivered": day is not None,
        "delivered_on": day,
    }


def test_made_up_numbers_say_so_above_and_below(
    frame: Frame, tables: Tables, released: Callable[[Tables], Path]
) -> None:
    assert markup(frame()).count("tallene er oppdiktet") == 2
    tables["release"][0]["is_demo"] = False
    assert "oppdiktet" not in markup(frame(released(tables)))


def test_the_accessibility_statement_is_linked_where_there_is_one(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Tilgjengelighetserklæring" not in markup(frame())
    monkeypatch.setenv("FORANKRING_STATEMENT_URL", "https://uustatus.no/x")
    assert '<a href="https://uustatus.no/x">Tilgjengelighetserklæring</a>' in markup(frame())


# ---- nothing yet ------------------------------------------------------------------------------


def test_before_the_first_numbers_the_page_says_what_to_do(frame: Frame, tmp_path: Path) -> None:
    app = frame(tmp_path / "none")
    assert not app.exception
    assert "Her er det ingen tall ennå" in markup(app)
    assert 'href="/upload"' in markup(app)
    assert "forankring demo" in markup(app)


def test_files_can_be_uploaded_before_there_are_any_numbers(frame: Frame, tmp_path: Path) -> None:
    app = frame(tmp_path / "none", page="upload")
    assert not app.exception
    assert "Her er det ingen tall ennå" not in markup(app)


# ---- roles ------------------------------------------------------------------------------------


def test_local_mode_says_so_and_acts_as_regional_coordinator(frame: Frame) -> None:
    app = frame()
    assert "Lokal modus" in markup(app)
    assert options(app, ROLE)[chosen(app, ROLE)] == "regional koordinator"


def test_seeing_it_as_a_leader_starts_with_that_municipality(frame: Frame) -> None:
    app = frame()
    pick(app, ROLE, "leader-3440")
    assert chosen(app, PLACE) == "3440"
    # The address can be passed on: it says no role.
    assert address(app) == "kommune=3440&maned=2026-10"
    # And another municipality can still be looked at.
    pick(app, PLACE, "3439")
    assert chosen(app, PLACE) == "3439"
    assert options(app, ROLE)[chosen(app, ROLE)] == "leder i Øyer"


def test_the_role_goes_on_where_it_was_when_the_page_is_loaded_in_another_language(
    frame: Frame,
) -> None:
    app = frame(fortsatt_som="leader-3440", kommune="3439")
    assert (chosen(app, ROLE), chosen(app, PLACE)) == ("leader-3440", "3439")
    assert "fortsatt_som" not in address(app)


def test_a_role_that_is_not_offered_is_nobodys(frame: Frame) -> None:
    app = frame(som="leader-9999", kommune="3439")
    assert (chosen(app, ROLE), chosen(app, PLACE)) == ("regional_coordinator", "3439")


class Claims(dict[str, Any]):
    """What Streamlit knows of somebody who is signed in."""

    def to_dict(self) -> dict[str, Any]:
        return dict(self)


@pytest.fixture
def signing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SIGN_IN.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("signing_in")
@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.id)
def test_somebody_signed_out_sees_only_the_sign_in(frame: Frame, entry: menu.Entry) -> None:
    with patch("streamlit.user", Claims(is_logged_in=False)):
        app = frame(page=entry.id, kommune="3439")
    assert not app.exception
    assert [button.label for button in app.button] == ["Logg inn"]
    assert "<select" not in markup(app)
    assert "Ringebu" not in markup(app)
    assert "Logg inn for å se tallene" in markup(app)


@pytest.mark.usefixtures("signing_in")
def test_a_leader_sees_the_own_municipality_first_and_no_picker_of_roles(frame: Frame) -> None:
    claims = Claims(is_logged_in=True, email="a@b.no", roles=["leader:3439"], iat=int(time.time()))
    with patch("streamlit.user", claims):
        app = frame()
    assert chosen(app, PLACE) == "3439"
    assert f'data-choice="{ROLE}"' not in markup(app)
    assert "a@b.no, leder i Ringebu" in markup(app)
    assert [button.label for button in app.button if button.key == "sign_out"] == ["Logg ut"]


@pytest.mark.usefixtures("signing_in")
def test_somebody_who_signed_in_too_long_ago_is_asked_again(frame: Frame) -> None:
    claims = Claims(
        is_logged_in=True, email="a@b.no", roles=["viewer"], iat=int(time.time()) - 11 * 3600
    )
    with patch("streamlit.user", claims):
        app = frame()
    assert "Du er logget ut" in markup(app)
    assert "<select" not in markup(app)


@pytest.mark.usefixtures("signing_in")
def test_somebody_without_a_role_is_told_whom_to_ask(frame: Frame) -> None:
    claims = Claims(is_logged_in=True, email="a@b.no", roles=[], iat=int(time.time()))
    with patch("streamlit.user", claims):
        app = frame()
    assert "Du har ingen rolle her ennå" in markup(app)
    assert "<select" not in markup(app)
    assert [button.label for button in app.button] == ["Logg ut"]
