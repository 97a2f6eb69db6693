"""The page where files come in, step by step, against a real store."""

from __future__ import annotations

import datetime as dt
import errno
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import coverage, delivery, receipts, store
from data.people import LOCAL
from data.receipts import Receipt
from data.uploads import commit
from queries import ask, release

TODAY = dt.date(2026, 11, 12)
IDENTITY_NUMBER = "15076500565"

MUNICIPALITIES = """kommunenummer;kommunenavn;med_fra;med_fra_nøyaktighet;vertskommune
3439;Ringebu;01.01.2014;år;nei
3440;Øyer;01.01.2014;år;ja
"""
SERVICES = """tjeneste_id;kommune;tjenestenavn;tjenestetype;i_drift_fra
RIN-HUS;Ringebu;Aktivitetshuset;psykisk helse og rus;01.01.2014
"""
HEAD = "tiltak_id;kommune;tiltak;omfang;kilde;ansvarlig_rolle;åpnet;frist;status;sist_endret"
ONE = "T-1;Ringebu;Møte brukerne før møtet;egen kommune;dialogmøte;fagleder;{};31.12.2026;åpent;{}"
OCTOBER = ONE.format("05.10.2026", "06.10.2026")
TWO = (
    "T-2;Ringebu;=Skilt ved døra;egen kommune;brukerundersøkelse;fagleder;"
    "07.10.2026;31.12.2026;pågår;08.10.2026"
)
WAVES = (
    "utsending_id;kommune;tjeneste;undersøkelse;måling;hvem_svarte;sendt;kanal;antall_spurt\n"
    "U-1;Ringebu;RIN-HUS;brukerevaluering;annet;bruker;19.10.2026;SMS;14\n"
)
ANSWERS = "svar_id;spørsmål;utsending_id;verdi;besvart\nS-1;nytte;U-1;4;20.10.2026\n"


def actions(*rows: str, head: str = HEAD) -> bytes:
    """A file of actions as Norwegian Excel saves it."""
    return "\r\n".join([head, *(rows or (OCTOBER, TWO)), ""]).encode("cp1252")


def _load(folder: Path, name: str, text: str, covered: coverage.Coverage | None = None) -> None:
    with store.opened(folder) as opened:
        against = delivery.ground(opened)
    intake = delivery.receive(against, text.encode(), name, LOCAL)
    assert not intake.blocking, intake.problems
    with store.opened(folder) as opened:
        covers = intake.proposes if covered is None else covered
        commit(opened, delivery.upload(intake, text.encode(), covers), LOCAL)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows two municipalities and a service, with its release."""
    folder = tmp_path_factory.mktemp("begun") / "store"
    store.create(folder, demo_today=TODAY)
    _load(folder, "kommuner.csv", MUNICIPALITIES)
    _load(folder, "tjenester.csv", SERVICES)
    release.bring_up_to_date(folder)
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which the page uses."""
    copy = Path(shutil.copytree(begun, tmp_path / "store"))
    monkeypatch.setenv("FORANKRING_STORE", str(copy))
    return copy


# -- using the page ----------------------------------------------------------------------------


def _page(role: str, own: str | None, shown: str) -> None:
    import datetime as dt

    from data.people import Person
    from pages import upload
    from pages.parts.pickers import Chosen

    upload.render(Chosen(shown, dt.date(2026, 10, 1), Person("lokal", role, own), "nb"))


Opening = Callable[..., AppTest]


@pytest.fixture
def opening(folder: Path) -> Opening:  # noqa: ARG001 - the store stands ready
    """Open the page as somebody: opening("coordinator", "3439")."""

    def come(
        role: str = "regional_coordinator",
        own: str | None = None,
        shown: str = "cooperation",
        **address: str,
    ) -> AppTest:
        page = AppTest.from_function(_page, args=(role, own, shown), default_timeout=60)
        for name, value in address.items():
            page.query_params[name] = value
        return run(page)

    return come


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def drop(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, raw, "text/csv") for name, raw in files])
    return run(page)


def markup(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def words(page: AppTest) -> str:
    """What a reader sees of the page's own words."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup(page)).split())


def heading(page: AppTest) -> str:
    found = re.search(r"<h1.*?>(.*?)</h1>", markup(page))
    assert found, markup(page)
    return found[1]


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def click(page: AppTest, start: str) -> AppTest:
    (button,) = (button for button in page.button if button.label.startswith(start))
    button.click()
    return run(page)


def choose(page: AppTest, label: str, value: Any) -> AppTest:
    (field,) = (field for field in page.selectbox if field.label == label)
    field.set_value(value)
    return run(page)


def uploads(folder: Path) -> list[Receipt]:
    with store.opened(folder) as opened:
        return receipts.newest_first(opened)


def kept(page: AppTest) -> str:
    """Everything that the session remembers, bytes and frames too."""
    state = page.session_state._state.filtered_state
    return repr(pickle.dumps(state))


# -- the way in --------------------------------------------------------------------------------


def test_what_was_read_is_shown_before_anything_is_stored(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak_2026-10.csv", actions()))
    said = words(page)
    assert heading(page) == "tiltak_2026-10.csv er klar til å lagres."
    assert "1. Du har valgt én fil" in said
    assert "2. Vi leste 2 rader og 10 kolonner" in said
    assert "Innhold: Tiltak (2 rader). Overskriftene er de samme som i malen." in said
    assert "Tegnsett: Windows-1252 Skilletegn: semikolon ( ; )" in said
    assert "Overskrifter: på linje 1" in said
    assert "Møte brukerne før møtet" in said
    assert "3. Vi fant ingen problemer" in said
    assert "4. Filen gjelder Ringebu, oktober 2026" in said
    assert "5. Dette endres: 2 nye rader" in said
    assert "Lagre 2 rader for Ringebu, oktober 2026" in labels(page)
    assert len(uploads(folder)) == 2


def test_storing_shows_the_receipt_and_makes_a_release(opening: Opening, folder: Path) -> None:
    before = release.bring_up_to_date(folder)
    raw = actions()
    page = click(drop(opening(), ("tiltak_2026-10.csv", raw)), "Lagre")
    (stored, *_) = uploads(folder)
    assert page.query_params["opplasting"] == str(stored.upload_id)
    assert heading(page) == "2 rader er lagret for Ringebu, oktober 2026."
    said = words(page)
    assert f"Opplasting {stored.upload_id}" in said
    assert "av lokal, regional koordinator" in said
    assert "Tiltak: 2 rader" in said
    assert stored.sha256 in said
    assert f"utgave {before} før, utgave {before + 1} etter" in said
    assert stored.covers == {("actions", "3439", dt.date(2026, 10, 1))}


def test_nothing_is_remembered_of_a_stored_file(opening: Opening) -> None:
    page = drop(opening(), ("tiltak_2026-10.csv", actions()))
    assert "brukerne" in kept(page)
    page = click(page, "Lagre")
    assert "brukerne" not in kept(page)
    assert "tiltak_2026-10" not in kept(page)


def test_a_file_that_is_taken_away_is_forgotten(opening: Opening, folder: Path) -> None:
    page = click(drop(opening(), ("tiltak_2026-10.csv", actions())), "Ta bort filen")
    assert "1. Velg filene du har eksportert" in words(page)
    assert "brukerne" not in kept(page)
    assert len(uploads(folder)) == 2


def test_several_files_are_taken_in_the_order_they_refer_to_each_other(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("svar.csv", ANSWERS.encode()), ("utsendinger.csv", WAVES.encode()))
    (files,) = page.radio
    assert files.options == ["utsendinger.csv – kan lagres", "svar.csv – 1 problem"]
    page = click(page, "Lagre 1 rad for Ringebu")
    assert "Gå videre med svar.csv" in words(page)
    # With the wave stored the answers have somewhere to belong.
    page.query_params.clear()
    page = run(page)
    assert heading(page) == "svar.csv er klar til å lagres."
    click(page, "Lagre 1 rad for Ringebu, oktober 2026")
    assert [list(one.rows) for one in uploads(folder)[:2]] == [["survey_answers"], ["survey_waves"]]


def test_a_newer_list_says_what_is_new_changed_and_gone(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    three = TWO.replace("T-2", "T-3")
    page = drop(opening(), ("nyere.csv", actions(OCTOBER.replace("fagleder", "leder"), three)))
    said = words(page)
    assert "5. Dette endres: 1 ny rad, 1 endret rad og 1 rad borte" in said
    assert "T-1 ansvarlig_rolle fagleder leder" in said
    assert "En fil med tiltak er hele listen for kommunene i den." in said
    assert len(uploads(folder)) == 3


def test_the_same_file_again_is_said_and_changes_nothing(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    page = drop(opening(), ("kopi.csv", actions()))
    assert heading(page) == "kopi.csv er allerede lastet opp."
    assert "4. Allerede lastet opp Den samme filen ble lagret" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    assert len(uploads(folder)) == 3


def test_the_same_file_may_cover_more_than_it_did(opening: Opening, folder: Path) -> None:
    click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    page = drop(opening(), ("kopi.csv", actions()))
    page = choose(page, "Siste måned", dt.date(2026, 11, 1))
    click(page, "Lagre 2 rader for Ringebu, oktober–november 2026")
    assert len(uploads(folder)) == 4


def test_only_months_that_are_missing_are_proposed(opening: Opening, folder: Path) -> None:
    old = ONE.format("03.02.2026", "04.02.2026")
    months = coverage.of(["actions"], ["3439"], dt.date(2026, 2, 1), dt.date(2026, 8, 1))
    _load(folder, "tiltak_2026-08.csv", f"{HEAD}\n{old}\n", months)
    page = drop(opening(), ("tiltak_2026-10.csv", actions(old, TWO)))
    assert "4. Filen gjelder Ringebu, september–oktober 2026" in words(page)


def test_what_a_file_covers_can_be_changed(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    page = choose(page, "Første måned", dt.date(2026, 8, 1))
    assert "4. Filen gjelder Ringebu, august–oktober 2026" in words(page)
    (places,) = page.multiselect
    places.set_value([])
    page = run(page)
    assert "Velg minst én kommune" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    (places,) = page.multiselect
    places.set_value(["3439", "3440"])
    click(run(page), "Lagre 2 rader for Ringebu og Øyer, august–oktober 2026")
    (stored, *_) = uploads(folder)
    assert len(stored.covers) == 6


def test_rows_outside_what_is_covered_are_refused_in_a_sentence(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    (places,) = page.multiselect
    places.set_value(["3440"])
    page = click(run(page), "Lagre")
    assert "Filen har rader med tiltak for Ringebu" in words(page)
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert len(uploads(folder)) == 2


# -- files with problems -----------------------------------------------------------------------

WRONG = {
    "feil_kolonne.csv": (
        actions(head=HEAD.replace("tiltak;omfang", "hva;omfang")),
        "Kolonnen «tiltak» mangler.",
    ),
    "ukjent_kommune.csv": (
        actions(OCTOBER.replace("Ringebu", "Ringbu")),
        "Linje 2, kolonne «kommune»: fant «Ringbu». Mente du Ringebu (3439)?",
    ),
    "fram_i_tid.csv": (
        actions(ONE.format("24.12.2026", "24.12.2026")),
        "fant «24.12.2026», som er i framtiden.",
    ),
    "fodselsnummer.csv": (
        actions(OCTOBER.replace("Møte brukerne", f"Ring {IDENTITY_NUMBER}")),
        "Linje 2, kolonne «tiltak»: her står det et fødselsnummer.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_its_message_and_stores_nothing(
    name: str, opening: Opening, folder: Path
) -> None:
    raw, message = WRONG[name]
    page = drop(opening(), (name, raw))
    assert heading(page).endswith(f"i {name}. Ingenting er lagret.")
    assert message in words(page)
    assert "Dette må rettes før filen kan lagres" in words(page)
    assert not [label for label in labels(page) if label.startswith("Lagre")]
    assert len(uploads(folder)) == 2


def test_a_personal_value_is_neither_shown_nor_remembered(opening: Opening) -> None:
    raw, _ = WRONG["fodselsnummer.csv"]
    page = drop(opening(), (f"svar {IDENTITY_NUMBER}.csv", raw))
    assert "fødselsnummer" in words(page)
    for place in (markup(page), kept(page), str(page.main)):
        assert IDENTITY_NUMBER not in place
    assert "Stemmer det ikke? Endre hvordan filen leses" not in [one.label for one in page.expander]


def test_personal_data_in_a_dropped_column_is_not_remembered_either(opening: Opening) -> None:
    raw = actions(f"{OCTOBER};ola@ringebu.example", head=f"{HEAD};e-post")
    page = drop(opening(), ("tiltak.csv", raw))
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert "Ikke lagret: 1 kolonne: «e-post»" in words(page)
    assert "ola@ringebu.example" not in kept(page)
    # Another reading needs the bytes, and asks for them.
    page = choose(page, "Tegnsett", "iso-8859-1")
    assert "Velg den en gang til" in words(page)
    page = drop(page, ("tiltak.csv", raw))
    assert "Tegnsett: ISO 8859-1" in words(page)
    page = click(page, "Lagre 1 rad for Ringebu")
    assert "1 kolonne: «e-post»" in words(page)


def test_all_problems_come_at_once_those_of_one_cause_together(opening: Opening) -> None:
    rows = [OCTOBER.replace("T-1", f"T-1{n}").replace("åpent", f"feito{n}") for n in range(5)]
    page = drop(opening(), ("tiltak.csv", actions(*rows, TWO.replace("Ringebu", "Xyz"))))
    assert heading(page) == "6 problemer i tiltak.csv. Ingenting er lagret."
    shown = markup(page)
    assert "2 til av samme slag" in shown
    assert len(re.findall(r'<ul class="problems".*?</ul>', shown)[0].split("<li>")) == 3


def test_the_list_of_problems_runs_nothing_in_a_spreadsheet(opening: Opening) -> None:
    from pages.parts import upload_inbox, upload_problems

    page = drop(opening(), ("=tiltak.csv", actions(OCTOBER.replace("åpent", "=1+1"))))
    (file,) = page.session_state["upload_inbox"].files
    assert isinstance(file, upload_inbox.Dropped)
    text = upload_problems.as_list(file.intake).decode("utf-8-sig")
    head, row = text.splitlines()
    assert head == "Fil;Ark;Linje;Kolonne;Fant;Hva som er galt;Må rettes"
    assert row.startswith("'=tiltak.csv;;2;status;'=1+1;")
    assert row.endswith(";ja")


def test_the_list_of_problems_holds_no_personal_value(opening: Opening) -> None:
    from pages.parts import upload_problems

    raw, _ = WRONG["fodselsnummer.csv"]
    page = drop(opening(), ("tiltak.csv", raw))
    (file,) = page.session_state["upload_inbox"].files
    listed = upload_problems.as_list(file.intake).decode("utf-8-sig")
    assert "fødselsnummer" in listed
    assert IDENTITY_NUMBER not in listed


# -- another reading ---------------------------------------------------------------------------


def test_dates_that_read_both_ways_are_asked_about_where_it_says_so(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(ONE.format("1/2/2026", "3/2/2026"))))
    assert heading(page) == "tiltak.csv trenger et svar fra deg."
    assert "Dette trenger vi svar på" in words(page)
    page = choose(page, "Datoer med skråstrek har", "mdy")
    assert heading(page) == "tiltak.csv er klar til å lagres."
    assert "Datoer: måneden først, som 12/31/2026" in words(page)
    assert "Filen gjelder Ringebu, januar–oktober 2026" in words(page)


def test_every_judgement_can_be_changed_and_taken_back(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", b"Tiltak i oktober;;;\r\n" + actions()))
    assert "Overskrifter: på linje 2" in words(page)
    assert "Utelatt: 1 rad: linje 1 (tittel over tabellen)" in words(page)
    page = choose(page, "Overskriftene står på", 1)
    assert heading(page) != "tiltak.csv er klar til å lagres."
    page = click(page, "Tilbake til slik vi leste den først")
    assert heading(page) == "tiltak.csv er klar til å lagres."
    page = choose(page, "Skilletegn", ",")
    assert "Vi fant bare én kolonne" in words(page)
    page = choose(page, "Skilletegn", ";")
    page = choose(page, "Tegnsett", "cp865")
    assert "Tegnsett: MS-DOS, nordisk" in words(page)


def test_a_sum_row_is_left_out_and_can_be_put_back(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, TWO, "Sum;;;;;;;;;")))
    assert "Utelatt: 1 rad: linje 4 (sum)" in words(page)
    (rows,) = (field for field in page.multiselect if field.label == "Rader som likevel skal med")
    rows.set_value([4])
    page = run(page)
    assert "2. Vi leste 3 rader" in words(page)


def test_a_file_of_another_sort_than_was_judged_can_be_said(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    page = choose(page, "Hva filen er", "goals")
    assert "mangler" in words(page)
    assert heading(page).endswith("Ingenting er lagret.")


# -- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "own", "called"),
    [("viewer", None, "leser"), ("leader", "3439", "leder i Ringebu")],
)
def test_who_may_not_upload_is_told_who_does(
    role: str, own: str | None, called: str, opening: Opening
) -> None:
    page = opening(role, own)
    assert heading(page) == "Koordinatorene laster opp filene"
    assert f"Du er her som {called}" in words(page)
    assert not page.get("file_uploader")
    assert "tjenester.csv" not in words(page)


def test_a_coordinator_uploads_for_the_own_municipality_only(
    opening: Opening, folder: Path
) -> None:
    page = opening("coordinator", "3439")
    assert "Du laster opp for Ringebu." in words(page)
    page = drop(page, ("tiltak.csv", actions(OCTOBER, TWO.replace("Ringebu", "Øyer"))))
    assert "Linje 3, kolonne «kommune»: radene gjelder Øyer (3440)." in words(page)
    assert len(uploads(folder)) == 2


def test_a_file_that_waits_is_judged_anew_for_another_role(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER.replace("Ringebu", "Øyer"))))
    assert heading(page) == "tiltak.csv er klar til å lagres."
    page.args = ("coordinator", "3439", "cooperation")
    page = run(page)
    assert "radene gjelder Øyer (3440)" in words(page)


def test_rows_of_others_are_not_counted_for_a_coordinator(opening: Opening, folder: Path) -> None:
    both = coverage.of(["actions"], ["3439", "3440"], dt.date(2026, 10, 1), dt.date(2026, 10, 1))
    _load(folder, "felles.csv", f"{HEAD}\n{OCTOBER}\n{TWO.replace('Ringebu', 'Øyer')}\n", both)
    release.bring_up_to_date(folder)
    (stored, *_) = uploads(folder)
    page = opening("coordinator", "3439")
    (row,) = re.findall(r"<tr>(?:(?!</tr>).)*felles\.csv.*?</tr>", markup(page))
    assert "vises ikke for deg" in row
    assert "href" not in row
    page.query_params["opplasting"] = str(stored.upload_id)
    assert heading(run(page)) == "Denne kvitteringen vises ikke for deg"


# -- afterwards --------------------------------------------------------------------------------


@pytest.fixture
def stored(folder: Path) -> int:
    _load(folder, "tiltak_2026-10.csv", f"{HEAD}\n{OCTOBER}\n")
    release.bring_up_to_date(folder)
    return uploads(folder)[0].upload_id


def test_uploads_are_listed_newest_first_with_ways_to_undo_them(
    stored: int, opening: Opening
) -> None:
    shown = markup(opening())
    files = re.findall(r'file-name">([^<]*)<', shown)
    assert files == ["tiltak_2026-10.csv", "tjenester.csv", "kommuner.csv"]
    assert f"opplasting={stored}&amp;spor=ja" in shown


def test_the_list_follows_the_chosen_municipality(stored: int, opening: Opening) -> None:  # noqa: ARG001
    page = opening(shown="3440")
    assert "Dette er lastet opp for Øyer" in words(page)
    assert "tiltak_2026-10.csv" not in words(page)


def test_undo_asks_once_says_what_happens_and_can_be_undone(
    stored: int, opening: Opening, folder: Path
) -> None:
    page = opening()
    page.query_params["opplasting"], page.query_params["spor"] = str(stored), "ja"
    page = run(page)
    assert "Vil du angre denne opplastingen?" in words(page)
    assert "1 rad slutter å telle" in words(page)
    page = click(page, "La den stå")
    assert uploads(folder)[0].is_active
    page = click(click(page, "Angre opplastingen"), "Ja, angre")
    assert heading(page) == "Opplastingen av tiltak_2026-10.csv er angret."
    assert not uploads(folder)[0].is_active
    page = click(click(page, "Gjenopprett opplastingen"), "Ja, gjenopprett")
    assert "Opplastingen er gjenopprettet." in words(page)
    assert uploads(folder)[0].is_active


def test_an_upload_that_is_not_there_is_said(opening: Opening) -> None:
    page = opening()
    page.query_params["opplasting"] = "999"
    assert heading(run(page)) == "Det er ingen opplasting 999"


def test_the_heading_says_what_is_missing(stored: int, opening: Opening) -> None:  # noqa: ARG001
    assert heading(opening()) == "Én fil mangler for oktober 2026."
    assert heading(opening(shown="3440")) == "Øyer har ikke levert tiltak for oktober 2026."
    assert (
        heading(opening(shown="3439")) == "Ringebu har levert alt som er ventet for oktober 2026."
    )


# -- the world's failures ----------------------------------------------------------------------

_HOLD = "import sys; from data import store; from pathlib import Path\n" + (
    "with store.opened(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Another process takes the store and keeps it until the test ends."""
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.2)
    holders: list[subprocess.Popen[str]] = []

    def hold() -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        holders.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"

    yield hold
    for process in holders:
        process.communicate("", timeout=30)


def test_a_busy_store_is_said_and_nothing_is_lost(
    opening: Opening, busy: Callable[[], None]
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    busy()
    page = run(page)
    assert heading(page) == "Lageret er opptatt"
    assert "Prøv igjen om litt." in words(page)
    assert len(page.session_state["upload_inbox"].files) == 1


def test_a_damaged_store_is_said_and_so_is_a_file_that_does_not_fit(
    opening: Opening, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        click(page, "Lagre")
    assert "Disken er full, så dette er ikke lagret." in words(page)
    assert len(uploads(folder)) == 2
    assert not list(folder.rglob("*.part"))
    click(page, "Lagre")
    assert len(uploads(folder)) == 3
    (folder / store.STORE_FILE).write_bytes(b"")
    assert "er skadet eller borte" in words(opening())


def test_the_first_file_of_all_makes_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORANKRING_STORE", str(tmp_path / "ny"))
    page = AppTest.from_function(
        _page, args=("regional_coordinator", None, "cooperation"), default_timeout=60
    )
    page = run(page)
    assert heading(page) == "Last opp de første filene"
    page = click(drop(page, ("kommuner.csv", MUNICIPALITIES.encode())), "Lagre 2 rader")
    assert heading(page).startswith("2 rader er lagret for")
    assert len(uploads(tmp_path / "ny")) == 1


def test_who_stored_a_file_and_how_it_was_read_is_recorded(opening: Opening, folder: Path) -> None:
    click(drop(opening("coordinator", "3439"), ("tiltak.csv", actions())), "Lagre")
    (one, *_) = uploads(folder)
    assert (one.who, one.role) == ("lokal", "coordinator:3439")
    assert one.facts["encoding"] == "windows-1252"


# -- the rest, the list to mend, the board and the templates -----------------------------------

BAD_ROW = (
    "T-9;Ringebu;Skilt;egen kommune;dialogmøte;fagleder;31.02.2026;31.12.2026;feito;05.10.2026"
)


def test_the_right_rows_can_be_stored_and_the_others_are_kept_as_a_list(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW, TWO)))
    assert not any(label.startswith("Lagre") for label in labels(page))
    page = click(page, "Last opp resten: 2 av 3 rader")
    assert heading(page) == "2 av 3 rader i tiltak.csv er klare til å lagres."
    assert "blir ingenting borte fordi det ikke er med" in words(page)
    page = click(page, "Lagre 2 av 3 rader for Ringebu, oktober 2026")
    assert heading(page) == "2 rader er lagret for Ringebu, oktober 2026. 1 rad står igjen."
    assert "Linje 3, kolonne «åpnet»: fant «31.02.2026»" in words(page)
    with store.opened(folder) as opened:
        (newest, *_) = receipts.newest_first(opened)
    assert newest.left_rows == 1
    kept = (folder / store.FILES / newest.facts["left_sha256"]).read_text(encoding="utf-8-sig")
    head, row = kept.splitlines()
    assert head == f"hva_må_rettes;{HEAD}"
    assert row.startswith("Linje 3, kolonne «åpnet»: fant «31.02.2026», ventet en dato som")
    assert row.endswith(BAD_ROW)


def test_the_mended_list_is_added_and_nothing_is_gone(opening: Opening, folder: Path) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW, TWO)))
    page = click(click(page, "Last opp resten"), "Lagre")
    mended = BAD_ROW.replace("31.02.2026", "05.10.2026").replace("feito", "åpent")
    page = drop(
        opening(), ("rett_tiltak.csv", actions(f"x;{mended}", head=f"hva_må_rettes;{HEAD}"))
    )
    assert "Dette endres: 1 ny rad" in words(page)
    click(page, "Lagre")
    with store.opened(folder) as opened:
        assert len(opened.rows("select * from current_actions")) == 3


def test_the_rest_can_wait(opening: Opening) -> None:
    page = drop(opening(), ("tiltak.csv", actions(OCTOBER, BAD_ROW)))
    page = click(click(page, "Last opp resten"), "Vent med resten")
    assert heading(page) == "2 problemer i tiltak.csv. Ingenting er lagret."
    assert not any(label.startswith("Lagre") for label in labels(page))


def test_what_is_in_doubt_as_a_whole_offers_no_rest(opening: Opening) -> None:
    for rows in (
        actions(OCTOBER, BAD_ROW, head=HEAD.replace("åpnet", "noe")),
        actions(OCTOBER, BAD_ROW, TWO.replace("Skilt ved døra", IDENTITY_NUMBER)),
    ):
        page = drop(opening(), ("tiltak.csv", rows))
        assert not any(label.startswith("Last opp resten") for label in labels(page))


def test_odd_numbers_are_asked_about_before_storing(opening: Opening) -> None:
    ten = [OCTOBER.replace("T-1", f"T-{n}") for n in range(10, 20)]
    page = click(drop(opening(), ("tiltak.csv", actions(*ten))), "Lagre")
    many = [OCTOBER.replace("T-1", f"T-{n}") for n in range(10, 40)]
    page = drop(opening(), ("tiltak2.csv", actions(*many)))
    assert "Ringebu har 30 rader med tiltak, og vanligvis omtrent 10." in words(page)


def test_the_board_says_what_has_come_in_neutral_words(stored: int, opening: Opening) -> None:  # noqa: ARG001
    page = opening(shown="3440")
    assert "Levert av Øyer" in words(page)
    assert "Tiltak mangler" in words(page)
    assert "Vi mangler tiltak fra Øyer for oktober 2026." in page.code[0].value
    # Kinds that nobody has delivered are not waited for.
    assert "Innspill ikke i bruk ennå" in words(page)


def test_each_kind_has_its_templates_to_download(opening: Opening) -> None:
    page = opening()
    (field,) = (field for field in page.selectbox if field.key == "upload_template")
    assert len(field.options) == 10
    assert "Excel med nedtrekkslister og forklaring" in str(page.get("download_button"))


def test_a_receipt_names_releases_only_while_they_can_be_opened(
    opening: Opening, folder: Path
) -> None:
    page = click(drop(opening(), ("tiltak.csv", actions())), "Lagre")
    assert "utgave 1 før, utgave 2 etter" in words(page)
    (folder / "releases" / "000001.duckdb").unlink()
    ask._answer.cache_clear()
    assert "Tallene" not in words(run(page))
    assert heading(page).startswith("2 rader er lagret")


# -- a visit that is cut off -------------------------------------------------------------------


def test_a_visit_that_was_cut_off_is_told_that_nothing_was_stored(opening: Opening) -> None:
    cut_off = drop(opening(), ("tiltak.csv", actions()))
    asked = cut_off.query_params["fil"]
    again = opening(fil=asked)
    assert "Forbindelsen ble brutt før filen din var lagret." in words(again)
    assert "Ingenting av den er lagret." in words(again)
    # Once it is chosen again, there is nothing more to say of it.
    assert "Forbindelsen" not in words(drop(again, ("tiltak.csv", actions())))


def test_a_visit_that_was_cut_off_after_storing_is_led_to_the_receipt(
    opening: Opening, folder: Path
) -> None:
    page = drop(opening(), ("tiltak.csv", actions()))
    asked = page.query_params["fil"]
    page = click(page, "Lagre")
    assert "fil" not in page.query_params
    (newest, *_) = uploads(folder)
    again = opening(fil=asked)
    assert "Forbindelsen ble brutt, men hele tiltak.csv er lagret." in words(again)
    assert f"opplasting={newest.upload_id}" in markup(again)


def test_a_file_that_is_taken_away_is_not_missed(opening: Opening) -> None:
    page = click(drop(opening(), ("tiltak.csv", actions())), "Ta bort filen")
    assert "fil" not in page.query_params
    assert "Forbindelsen" not in words(page)
