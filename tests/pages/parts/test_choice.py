"""Which indicator is shown: what the address asks for, and else one that has a number."""

from pages.parts.choice import FIRST, chosen_card
from queries.cards import load_all

CARDS = load_all()


def test_the_address_decides_also_when_there_is_nothing_to_show() -> None:
    assert chosen_card("seats_filled", CARDS, []).id == "seats_filled"
    assert chosen_card("seats_filled", CARDS, [FIRST]).id == "seats_filled"


def test_without_a_choice_the_first_is_shown() -> None:
    assert chosen_card(None, CARDS, ["seats_filled", FIRST]).id == FIRST
    assert chosen_card("borte", CARDS, [FIRST]).id == FIRST
    assert chosen_card(None, CARDS, []).id == FIRST


def test_where_the_first_has_no_number_another_one_is_shown() -> None:
    # In the order of the cards, whatever order the answer comes in.
    known = ["seats_filled", "feedback_freshness"]
    assert chosen_card(None, CARDS, known).id == "feedback_freshness"
