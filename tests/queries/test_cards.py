"""A card says all that must be said, in three languages, or is refused by name."""

import re
from pathlib import Path

import pytest

from data.contract import LANGUAGES
from queries import cards, commitments
from queries.commitments import load_commitments
from queries.on_card import CardError

WHOLE = (cards.FOLDER / "told_back.toml").read_text(encoding="utf-8")
COUNT = (cards.FOLDER / "activities_held.toml").read_text(encoding="utf-8")


def refused(tmp_path: Path, text: str) -> str:
    """What a card with this text is refused with."""
    path = tmp_path / "planted.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError) as error:
        cards.read(path)
    return str(error.value)


def planted(old: str, new: str, text: str = WHOLE) -> str:
    """The whole card with one fault."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def test_the_whole_card_is_read(tmp_path: Path) -> None:
    path = tmp_path / "told_back.toml"
    path.write_text(WHOLE, encoding="utf-8")
    card = cards.read(path)
    assert card == cards.load_all()["told_back"]
    assert (card.id, card.unit, card.matures_after_days) == ("told_back", "share", 30)
    assert card.target == cards.Target(1.0, "least", "proposal")
    assert card.sources == (cards.Source("actions", 0), cards.Source("actions", 1))
    assert card.words("title") == "Tilbakemeldt til brukerne"
    assert card.words("title", "nn") == "Tilbakemeldt til brukarane"
    assert not card.has_words("caveat")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('unit = "share"', 'unit = "percent"', "planted.toml: unit 'percent' is none of"),
        ('kind = "cohort"', 'kind = "river"', "planted.toml: kind 'river' is none of"),
        ('combine = "sum"', 'combine = "last"', "planted.toml: only a stock has a last"),
        ('kind = "cohort"', 'kind = "stock"', "a stock over time is not a sum"),
        ('privacy = "none"', 'privacy = "answers"', "privacy_reason stands where privacy is none"),
        ('direction = "higher"', 'direction = "up"', "direction 'up' is none of"),
        ("matures_after_days = 30", "matures_after_days = -1", "matures_after_days is below 0"),
        ("matures_after_days = 30", "matures_after_days = 30\nby_tertial = true", "by_tertial and"),
        ('owner = "', 'cooperation_only = true\nowner = "', "cooperation_only stand where privacy"),
        ('owner = "', 'by_tertial = 4\nowner = "', "by_tertial 4 is no bool"),
        ("matures_after_days = 30", 'matures_after_days = "30"', "'30' is no int"),
        ("value = 1.0", "value = 100", "a share's target lies between 0 and 1"),
        ('at = "least"', 'at = "about"', "planted.toml, target: at 'about' is none of"),
        ('source = "proposal"', 'source = "S009"', "planted.toml, target: source 'S009'"),
        ('kind = "actions"', 'kind = "deeds"', "planted.toml, source: kind 'deeds' is none of"),
        ("months = 0", "month = 0", "planted.toml, source: unknown keys month"),
        ('owner = "leader_team"', 'owner = "Kari"', "planted.toml: owner 'Kari' is none of"),
        ('page = "actions"', 'pages = "actions"', "planted.toml: unknown keys pages"),
        ("reviewed_on = 2026-11-21", 'reviewed_on = "i fjor"', "'i fjor' is no date"),
        ("[text.nn]", "[text.sv]", "planted.toml, text: unknown keys sv"),
        ('unit_one = "finished action"', "", "planted.toml, text.en: unit_one is missing"),
        ('nn = "Tiltak handlar', 'no = "Tiltak handlar', "privacy_reason: unknown keys no"),
        ("i {place} får oftere", "i {sted} får oftere", "outcome_improvement holds {sted}"),
        ("i {place} får oftere", "i {place får oftere", "planted.toml, text.nb: outcome_impr"),
        ("outcome_concern", "outcome_decrease", "text.nb: unknown keys outcome_decrease"),
        ("[target]", "[target", "planted.toml: "),
    ],
)
def test_a_card_with_a_fault_is_refused_by_name(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert message in refused(tmp_path, planted(old, new))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["title", "question", "why", "counted", "note", "unit_many"])
def test_a_text_that_is_missing_in_one_language_is_named(
    tmp_path: Path, language: str, name: str
) -> None:
    before, start, after = WHOLE.partition(f"[text.{language}]")
    text = before + start + re.sub(rf'(?m)^{name} = ".*"$', "", after, count=1)
    assert refused(tmp_path, text) == f"planted.toml, text.{language}: {name} is missing"


def test_what_is_about_persons_combines_by_sum(tmp_path: Path) -> None:
    text = (cards.FOLDER / "participants.toml").read_text(encoding="utf-8")
    message = refused(tmp_path, planted('combine = "sum"', 'combine = "none"', text))
    assert message == "planted.toml: what is about persons combines by sum"


def test_what_has_no_good_direction_has_no_target(tmp_path: Path) -> None:
    target = '[target]\nvalue = 5\nat = "least"\nsource = "proposal"\n\n[[source]]'
    message = refused(tmp_path, planted("[[source]]", target, COUNT))
    assert message == "planted.toml: what has no good direction has no target"


def test_days_do_not_add_up(tmp_path: Path) -> None:
    message = refused(tmp_path, planted('unit = "count"', 'unit = "days"', COUNT))
    assert message == "planted.toml: days neither add up; combine is none"


def test_a_card_and_its_sql_stand_together(tmp_path: Path) -> None:
    (tmp_path / "told_back.toml").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(CardError, match="told_back: a card and an SQL file of that name"):
        cards.load_all(tmp_path)
    sql = "select $first_month, $last_month, $more"
    (tmp_path / "told_back.sql").write_text(sql, encoding="utf-8")
    with pytest.raises(CardError, match=re.escape("told_back.toml: parameters are not those")):
        cards.load_all(tmp_path)


def test_the_cards_stand_in_the_order_of_the_groups() -> None:
    loaded = list(cards.load_all().values())
    assert [card.group for card in loaded] == sorted(
        (card.group for card in loaded), key=cards.GROUPS.index
    )
    places = [(card.group, card.place) for card in loaded]
    assert len(set(places)) == len(places)


def test_a_part_has_its_own_words_and_unit() -> None:
    card = cards.load_all()["seats_filled"]
    assert card.unit_of(None) == card.unit_of("panel") == "share"
    assert card.unit_of("days_vacant") == "days"
    assert card.parts["known_to_service"].text["nb"] == "kjent fra før"
    # The parts of freshness are services, which the card cannot list.
    assert cards.load_all()["feedback_freshness"].unit_of("RIN-PSYK") == "days"


def test_a_part_may_count_another_thing_than_the_whole(tmp_path: Path) -> None:
    line = '[parts.a]\nnb = "a"\nnn = "a"\nen = "a"\nunit_one = { nb = "k", nn = "k", en = "m" }\n'
    alone = planted("[text.nb]", f"{line}\n[text.nb]", COUNT)
    assert "planted.toml, parts.a: unit_one and unit_many stand together" in refused(
        tmp_path, alone
    )
    many = 'unit_many = { nb = "kk", nn = "kk", en = "mm" }\n'
    path = tmp_path / "planted.toml"
    path.write_text(planted("[text.nb]", f"{line}{many}\n[text.nb]", COUNT), encoding="utf-8")
    card = cards.read(path)
    assert (card.noun(1, part="a"), card.noun(2, "en", "a")) == ("k", "mm")
    assert (card.noun(1), card.noun(2)) == (card.words("unit_one"), card.words("unit_many"))


def test_every_outcome_reads_with_a_place() -> None:
    for card in cards.load_all().values():
        for language in LANGUAGES:
            for name, text in card.text[language].items():
                if name.startswith("outcome_"):
                    assert "Ringebu" in text.format(place="Ringebu"), (card.id, language, name)
                assert text == text.strip()
                assert "  " not in text


def test_no_text_stands_in_the_wrong_language() -> None:
    """Words that only one of the three languages has, in the texts of the others."""
    only = {
        "nb": r"\b(ikke|hvor|brukerne|flere|forbedring\w*|måneden|kommuner|fra)\b",
        "nn": r"\b(ikkje|korleis|brukarane|fleire|betringa?|månaden|kommunar|frå)\b",
        "en": r"\b(the|and|users|month|municipalities|of)\b",
    }
    for card in cards.load_all().values():
        for language in LANGUAGES:
            for other in set(LANGUAGES) - {language}:
                for name, text in card.text[language].items():
                    found = re.search(only[other], text)
                    assert found is None, (card.id, language, name, found)


def test_every_commitment_has_its_words() -> None:
    for commitment in load_commitments().values():
        for language in LANGUAGES:
            for name in ("name", "question", "counted"):
                assert commitment.words(name, language)


def test_a_commitment_with_a_fault_is_refused_by_name(tmp_path: Path) -> None:
    text = commitments.FILE.read_text(encoding="utf-8")
    path = tmp_path / "commitments.toml"
    path.write_text(text.replace("[told_back.nn]", "[told_back.sv]"), encoding="utf-8")
    with pytest.raises(CardError, match=re.escape("commitments.toml, told_back: unknown keys sv")):
        load_commitments(path)
    path.write_text(text.replace('name = "Users told back"\n', ""), encoding="utf-8")
    with pytest.raises(CardError, match=re.escape("told_back.en: name is missing")):
        load_commitments(path)
