"""`load` stores a whole file with its receipt and a new release, or nothing with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import receipts, settings, store
from queries import ask

Run = Callable[..., Any]


def test_the_receipt_says_what_was_stored_and_which_releases(
    run: Run, small: Path, actions: Path
) -> None:
    with actions.open("a", encoding="utf-8") as file:
        file.write(
            "T-3;Øyer;Kaffe på venterommet;egen kommune;dialogmøte;07.10.2026;;åpent;07.10.2026\n"
        )
    before = ask.current_release(small)
    said = run(
        "load", actions, "--store", small, "--covers", "3439,3440:2026-09..2026-10", "--json"
    )
    assert said.code == 0
    receipt = said.json
    assert receipt["rows"] == {"actions": 3}
    assert receipt["covers"] == "3439,3440:2026-09..2026-10"
    assert receipt["role"] == "regional_coordinator"
    assert receipt["is_repeat"] is False
    assert receipt["kept_whole"] is True
    assert (receipt["release_before"], receipt["release_after"]) == (before, before + 1)
    assert ask.current_release(small) == before + 1


def test_the_receipt_is_in_words_for_people(run: Run, small: Path, actions: Path) -> None:
    actions.write_text(actions.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    said = run("load", actions, "--store", small, "--at", "2026-11-04T08:30")
    first, rest = said.out.split("\n", 1)
    assert first.startswith("Kvittering ")
    assert "Fil: tiltak.csv\nFingeravtrykk (SHA-256): " in rest
    assert "Lastet opp: 4. november 2026 kl. 08.30 av lokal\nLagret: 2 rader (tiltak)\n" in rest
    assert "Dekker: 3439:2026-10\n" in rest
    assert "\nEndret tiltak: nye 0, endret 0, borte 0, som før 2\nDekningen er foreslått" in rest
    assert rest.endswith("vises nå.\n")


def test_the_same_file_again_changes_nothing_and_says_so(
    run: Run, small: Path, actions: Path
) -> None:
    before = ask.current_release(small)
    said = run("load", actions, "--store", small)
    assert said.code == 0
    assert said.out.startswith("Allerede lastet opp. Ingenting er endret.\nKvittering 2\n")
    assert ask.current_release(small) == before
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("Ringebu;Svare", "Lom;Svare"), "Linje 2, kolonne «kommune»: fant «Lom»."),
        (
            ("Skilt ved inngangen", "Ring 010170 100-14"),
            "fødselsnummer",
        ),
    ],
    ids=["unknown municipality", "identity number"],
)
def test_a_file_with_one_fault_gets_its_message_and_stores_nothing(
    run: Run, small: Path, actions: Path, change: tuple[str, str], sentence: str
) -> None:
    actions.write_text(actions.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    kept = sorted(path.name for path in (small / store.FILES).iterdir())
    said = run("load", actions, "--store", small)
    assert said.code == 1
    assert "Ingenting er lagret." in said.err
    assert sentence in said.err
    assert "100-14" not in said.out + said.err
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == 2
    assert sorted(path.name for path in (small / store.FILES).iterdir()) == kept


def test_a_refused_file_tells_machines_every_problem(run: Run, small: Path, actions: Path) -> None:
    text = actions.read_text(encoding="utf-8").replace("åpent", "feito")
    actions.write_text(text, encoding="utf-8")
    said = run("load", actions, "--store", small, "--json")
    assert said.code == 1
    assert said.json["refused"] == {
        "code": "problems",
        "sentence": "1 problem i tiltak.csv. Ingenting er lagret.",
    }
    (problem,) = said.json["problems"]
    assert (problem["code"], problem["lines"], problem["found"]) == (
        "unknown_code",
        [2, 3],
        "feito",
    )


@pytest.mark.parametrize("covers", ["Ringebu", ""])
def test_a_coverage_that_is_none_is_wrong_use(
    run: Run, small: Path, actions: Path, covers: str
) -> None:
    said = run("load", actions, "--store", small, "--covers", covers)
    assert said.code == 2
    assert f"«{covers}» er ingen dekning; ventet den som" in said.err


def test_of_a_refused_file_the_release_says_how_many_rows_and_nothing_else(
    run: Run, small: Path, actions: Path
) -> None:
    text = actions.read_text(encoding="utf-8").replace("Skilt", "Ring 15076500565")
    assert "15076500565" in text
    actions.write_text(text, encoding="utf-8")
    assert run("load", actions, "--store", small).code == 1
    with store.opened(small) as opened:
        assert opened.entries()[-1].facts == {"file_rows": 2, "guard_hits": 1}
    shown = {
        (row["measure"], row["month"]): (row["numerator"], row["denominator"])
        for row in run("export", "--store", small).json["data_quality"]
        if row["municipality"] == "cooperation"
    }
    # The two that were stored before, and the two that were refused.
    assert shown["rows_refused", "2026-11-01"] == (2, 6)
    assert shown["guard_hits", "2026-11-01"] == (1, None)


def test_rows_outside_the_coverage_are_refused(run: Run, small: Path, actions: Path) -> None:
    said = run("load", actions, "--store", small, "--covers", "3440:2026-10")
    assert said.code == 1
    assert said.err.startswith("Filen har rader med tiltak for 3439, som den ikke er sagt å dekke.")


def test_a_viewer_may_not_load(run: Run, small: Path, actions: Path) -> None:
    actions.write_text(actions.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    said = run("load", actions, "--store", small, "--as", "viewer")
    assert said.code == 1
    with store.opened(small) as opened:
        assert len(receipts.newest_first(opened)) == 2


def test_the_first_load_makes_a_store_of_the_real_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_text("kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n")
    folder = tmp_path / "ny"
    assert run("load", path, "--store", folder, "--json").json["rows"] == {"municipalities": 1}
    about = settings.about(folder)
    assert about is not None
    assert not about.is_demo


@pytest.mark.parametrize(
    "words",
    [
        ("finnes_ikke.csv",),
        (".",),
        ("kommuner.csv", "--mapping", "finnes_ikke.toml"),
        ("kommuner.csv", "--save-mapping", "kurs"),
    ],
)
def test_no_store_is_made_before_there_is_something_to_load(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kommuner.csv").write_text("kommunenummer;kommunenavn\n3439;Ringebu\n")
    said = run("load", *words, "--store", "ny")
    assert said.code in (1, 2)
    assert not Path("ny").exists()


def test_no_store_is_made_among_other_things(run: Run, tmp_path: Path, actions: Path) -> None:
    said = run("load", actions, "--store", tmp_path)
    assert said.code == 1
    assert said.err.startswith(f"Det er ikke noe lager i mappen {tmp_path}.")


def test_a_real_store_takes_no_time_of_its_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_text("kommunenummer;kommunenavn;med_fra\n3439;Ringebu;01.01.2014\n")
    said = run("load", path, "--store", tmp_path / "ny", "--at", "2020-01-01T08:00")
    assert said.code == 1
    assert said.err == "Bare et lager med eksempeldata tar imot egne tidspunkter. Utelat --at.\n"


# -- the rest ----------------------------------------------------------------------------------

WRONG = "T-9;Øyer;Skilt ved døra;egen kommune;dialogmøte;31.02.2026;;åpent;07.10.2026\n"


def test_the_rest_is_stored_and_what_is_left_is_kept_and_written(
    run: Run, small: Path, actions: Path, tmp_path: Path
) -> None:
    with actions.open("a", encoding="utf-8") as file:
        file.write(WRONG)
    mend = tmp_path / "rett.csv"
    refused = run("load", actions, "--store", small, "--mend", mend)
    assert refused.code == 1
    assert f"1 rad som må rettes, er skrevet til {mend}." in refused.err

    said = run("load", actions, "--store", small, "--rest")
    assert said.code == 0
    assert "Lagret: 2 rader (tiltak)" in said.out
    assert (
        "1 rad står igjen til retting:\n  Linje 4, kolonne «åpnet»: fant «31.02.2026»" in said.out
    )

    # Mended alone, it is added to the others, and nothing is gone.
    text = mend.read_text(encoding="utf-8-sig")
    mend.write_text(text.replace("31.02.2026;;", "28.02.2026;;"), encoding="utf-8-sig")
    added = run("load", mend, "--store", small, "--json")
    assert added.code == 0, added.err
    assert (added.json["rows"], added.json["is_part"]) == ({"actions": 1}, True)
    with store.opened(small) as opened:
        assert len(opened.rows("select * from current_actions")) == 3


def test_what_is_in_doubt_as_a_whole_has_no_rest(run: Run, small: Path, actions: Path) -> None:
    text = actions.read_text(encoding="utf-8").replace("kommune;", "komune;", 1)
    actions.write_text(text + WRONG, encoding="utf-8")
    said = run("load", actions, "--store", small, "--rest")
    assert said.code == 1
    assert "Kolonnen «kommune» mangler." in said.err


def test_the_rest_of_a_file_without_faults_is_the_file(
    run: Run, small: Path, actions: Path
) -> None:
    actions.write_text(actions.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    said = run("load", actions, "--store", small, "--rest", "--json")
    assert (said.json["left_rows"], said.json["is_part"]) == (None, None)
