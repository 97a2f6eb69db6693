-- Of what users asked to have changed, how much got an answer within 60 days?
-- One row per municipality and month in which the feedback was received.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- Praise asks for nothing.
items as (
    select
        feedback_id,
        municipality_id,
        received_on,
        leader_answer,
        leader_answered_on,
        reason,
        date_trunc('month', received_on)::date as month,
        received_on + 60 as answer_by
    from clean_feedback
    where kind = 'change'
),

item_actions as (
    select
        opened_on,
        closed_on,
        reopened_on,
        unnest(feedback_ids) as feedback_id
    from clean_actions
),

answered_items as (
    -- An action answers from the day it was opened. Closed without action before the
    -- time was out, and not taken up again, it was none.
    select items.feedback_id
    from items
    inner join item_actions
        on
            items.feedback_id = item_actions.feedback_id
            and items.answer_by >= item_actions.opened_on
    where
        item_actions.closed_on is null
        or item_actions.closed_on > items.answer_by
        or coalesce(
            item_actions.reopened_on > item_actions.closed_on
            and item_actions.reopened_on <= items.answer_by,
            false
        )
    union
    select feedback_id
    from items
    where
        leader_answer = 'no'
        and reason is not null
        and leader_answered_on <= answer_by
),

counted as (
    select
        items.municipality_id,
        items.month,
        count(*) as received,
        count(answered_items.feedback_id) as answered
    from items
    left join answered_items on items.feedback_id = answered_items.feedback_id
    group by items.municipality_id, items.month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.answered, 0) as numerator,
    coalesce(counted.received, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
