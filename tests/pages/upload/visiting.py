"""What the tests of the upload page share: files to drop, and how a visitor reads and presses."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from data import coverage, delivery, receipts, store
from data.people import LOCAL
from data.receipts import Receipt
from data.uploads import commit
from tests.pages.drawn_html import opened

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
BAD_ROW = (
    "T-9;Ringebu;Skilt;egen kommune;dialogmøte;fagleder;31.02.2026;31.12.2026;feito;05.10.2026"
)
Opening = Callable[..., AppTest]


def actions(*rows: str, head: str = HEAD) -> bytes:
    """A file of actions as Norwegian Excel saves it."""
    return "\r\n".join([head, *(rows or (OCTOBER, TWO)), ""]).encode("cp1252")


def load(folder: Path, name: str, text: str, covered: coverage.Coverage | None = None) -> None:
    with store.opened(folder) as opened:
        against = delivery.ground(opened)
    intake = delivery.receive(against, text.encode(), name, LOCAL)
    assert not intake.blocking, intake.problems
    with store.opened(folder) as opened:
        covers = intake.proposes if covered is None else covered
        commit(opened, delivery.upload(intake, text.encode(), covers), LOCAL)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def drop(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, raw, "text/csv") for name, raw in files])
    return run(page)


def markup(page: AppTest) -> str:
    return opened(" ".join(str(element.proto.body) for element in page.get("html")))


def words(page: AppTest) -> str:
    """What a reader sees of the page's own words."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup(page)).split())


def heading(page: AppTest) -> str:
    found = re.search(r"<h1.*?>(.*?)</h1>", markup(page))
    assert found, markup(page)
    # A month keeps its year beside it with a blank that does not break.
    return found[1].replace("\xa0", " ")


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


def page_of(role: str, own: str | None, shown: str) -> None:
    import datetime as dt

    from data.people import Person
    from pages import upload
    from pages.parts.pickers import Chosen

    upload.render(Chosen(shown, dt.date(2026, 10, 1), Person("lokal", role, own), "nb"))
