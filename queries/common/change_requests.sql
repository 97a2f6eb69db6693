-- Which changes did users ask for, and when was each answered in time, if it was?
-- One row per request.

with

-- Praise asks for nothing.
requests as (
    select
        feedback_id,
        municipality_id,
        received_on,
        leader_answer,
        leader_answered_on,
        reason,
        received_on + 60 as answer_by
    from common_own_feedback
    where kind = 'change'
),

request_actions as (
    select
        opened_on,
        closed_on,
        reopened_on,
        unnest(feedback_ids) as feedback_id
    from clean_actions
),

answers as (
    -- An action answers from the day it was opened. Closed without action before the
    -- time was out, and not taken up again, it was none.
    select
        requests.feedback_id,
        request_actions.opened_on as answered_on
    from requests
    inner join request_actions
        on
            requests.feedback_id = request_actions.feedback_id
            and requests.answer_by >= request_actions.opened_on
    where
        request_actions.closed_on is null
        or request_actions.closed_on > requests.answer_by
        or coalesce(
            request_actions.reopened_on > request_actions.closed_on
            and request_actions.reopened_on <= requests.answer_by,
            false
        )
    union all
    select
        feedback_id,
        leader_answered_on as answered_on
    from requests
    where
        leader_answer = 'no'
        and reason is not null
        and leader_answered_on <= answer_by
),

first_answers as (
    select feedback_id, min(answered_on) as answered_on
    from answers
    group by feedback_id
)

select
    requests.feedback_id,
    requests.municipality_id,
    requests.received_on,
    date_trunc('month', requests.received_on)::date as month,
    first_answers.answered_on
from requests
left join first_answers
    on requests.feedback_id = first_answers.feedback_id
order by requests.municipality_id, requests.feedback_id
