"""What people did in the story, by plain reading of the events."""

from __future__ import annotations

import datetime as dt

from data.demo.places import GAUSDAL, LILLEHAMMER, NORD_FRON, OYER, RINGEBU, SOR_FRON
from data.demo.story import STORY

END = dt.date(2026, 10, 31)
"""The last day of the last locked month."""


def test_four_of_six_heads_have_attested_october(lived):
    october = {
        entry["municipality"] for entry in lived.acts("attest") if entry["month"] == "2026-10"
    }
    assert october == {LILLEHAMMER, OYER, RINGEBU, SOR_FRON}
    assert set(STORY["not_attested"].rows) == {GAUSDAL, NORD_FRON}
    for month in range(1, 11):
        heads = [entry for entry in lived.acts("attest") if entry["month"] == f"2026-{month:02d}"]
        assert len(heads) >= 4


def steps(lived, municipality):
    """The criteria with evidence at most twelve months old at the end of October."""
    since = END.replace(year=END.year - 1)
    given = {
        entry["criterion"]
        for entry in lived.acts("give_evidence")
        if entry["municipality"] == municipality and entry["on"] > since
    }
    given |= {
        entry["criterion"]
        for entry in lived.acts("decide")
        if entry.get("municipality") == municipality
        and "criterion" in entry
        and since < entry["decided_on"] <= END
    }
    given |= {
        goal["criterion"]
        for goal in lived.rows["goals"]
        if goal["municipality"] == municipality
        and since < goal["decided_on"] <= END
        and (goal["closed_on"] is None or goal["closed_on"] > END)
    }
    asks = [
        entry
        for entry in lived.acts("attest")
        if entry["municipality"] == municipality and entry["statement"] == "asks_for"
    ]
    return given | ({"results_asked_for"} if asks else set())


def test_the_municipalities_stand_on_different_steps(lived):
    found = {
        municipality: len(steps(lived, municipality))
        for municipality in (LILLEHAMMER, RINGEBU, OYER, SOR_FRON, GAUSDAL, NORD_FRON)
    }
    assert found == {
        LILLEHAMMER: 5,
        RINGEBU: 4,
        OYER: 3,
        SOR_FRON: 3,
        GAUSDAL: 2,
        NORD_FRON: 1,
    }
    assert "conditions_secured" not in steps(lived, RINGEBU)


def test_a_list_came_after_the_lock(lived):
    (lock,) = [entry for entry in lived.acts("lock") if entry["month"] == "2026-08"]
    came = lived.delivered["actions", SOR_FRON, dt.date(2026, 8, 1)]
    assert came > lock["at"]


def test_a_deviation_was_confirmed_and_put_right_but_never_closed(lived):
    closed = {entry["row_key"] for entry in lived.acts("review") if entry["verdict"] == "closed"}
    confirmed = {
        entry["row_key"]
        for entry in lived.acts("review")
        if entry["verdict"] == "confirmed" and entry["rule"] == "not_told_back"
    }
    told_by_now = dt.date(2026, 10, 1)
    put_right = {
        key
        for key in confirmed - closed
        if lived.row("actions", "action_id", key)["told_back_on"] is not None
        and lived.row("actions", "action_id", key)["told_back_on"] < told_by_now
    }
    assert put_right == {"T-OYE-25-010"}


def test_the_decision_about_one_action_has_not_been_carried_out(lived):
    done = {entry["decision"] for entry in lived.acts("carry_out")}
    about = [entry for entry in lived.acts("decide") if "action_id" in entry]
    assert [entry["action_id"] for entry in about] == ["T-GAU-26-901"]
    assert about[0]["decision"] not in done
