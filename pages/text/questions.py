"""The one question that a slide puts to the meeting, by indicator and by what its series says."""

from __future__ import annotations

from pages.text import later, say

QUESTIONS = {
    "activities_held": later("Is this as we want it, or shall we do something?"),
    "participants": later("Is this as we want it, or shall we do something?"),
    "same_day_evaluation": later("Who sees to it that every course is evaluated the same day?"),
    "half_year_evaluation": later(
        "Who sees to it that every course is evaluated again after half a year?"
    ),
    "response_rate_same_day": later("What do we do so that more people answer?"),
    "response_rate_half_year": later("What do we do so that more people answer?"),
    "feedback_freshness": later("Which services shall ask their users before the next meeting?"),
    "fresh_services": later("Which services shall ask their users before the next meeting?"),
    "seats_filled": later("How do we fill the vacant seats, and by when?"),
    "bodies_with_two_representatives": later(
        "Which bodies shall have one more user representative, and by when?"
    ),
    "teams_with_users": later("How does every improvement team get users on board?"),
    "benefit_same_day": later("What do we want to know more about before we change anything?"),
    "benefit_half_year": later("What do we want to know more about before we change anything?"),
    "listened_to": later("What do we change so that user representatives are heard?"),
    "tools_in_use": later("Which tools shall be taken into use, and which shall we let go?"),
    "reports_on_time": later("Who writes the reports, and who keeps an eye on the 30 days?"),
    "open_actions": later("Which actions do we finish first?"),
    "overdue_actions": later("Which actions get a new due date, and which do we close?"),
    "answered_feedback": later("How does every item of feedback get an answer within 60 days?"),
    "days_to_answer": later("How does every item of feedback get an answer within 60 days?"),
    "users_involved_throughout": later("How are users involved from start to end in every action?"),
    "influence": later("What keeps users' involvement from shaping the result?"),
    "told_back": later("Who tells users what was changed, and by when?"),
    "days_to_told_back": later("Who tells users what was changed, and by when?"),
    "loop": later("Where in the loop do we put our effort?"),
    "stale_actions": later("Who goes through the actions that are not updated?"),
    "deviations_open": later("Which deviations do we deal with first?"),
    "days_deviation_open": later("Which deviations can be closed before the next meeting?"),
    "leaders_present": later("What does it take for every leader to come in person?"),
    "working_group_present": later("What does it take for everybody to come to the working group?"),
    "concrete_goals": later("When are concrete goals decided where they are lacking?"),
    "attestations": later("How does every head attest before the meeting?"),
    "leaders_meet_users": later("Which meetings with users shall leaders take part in?"),
    "decisions_carried_out": later("Which decisions shall be carried out, changed or withdrawn?"),
    "anchoring_steps": later("Which step of the staircase do we secure first?"),
    "months_sustained": later("What does it take for the work not to stop?"),
    "days_to_leader_answer": later(
        "How does every recommendation get a leader's answer within 30 days?"
    ),
}
"""What can be decided where an indicator is worse, changed, or does not meet its target."""


def question(indicator: str, signal: str | None, *, of_all: bool) -> str:
    """What the meeting should decide.

    Args:
        signal: The released cell's; an improvement is asked about as something to keep.
        of_all: The slide is about all municipalities together.
    """
    if signal == "improvement":
        if of_all:
            return say("What made the difference, and shall it be the rule in every municipality?")
        return say("What made the difference, and can the other municipalities use it?")
    return say(QUESTIONS[indicator])
