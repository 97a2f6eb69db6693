-- How many days did what users asked to have changed wait for its answer?
-- One row per municipality and month received, and the median of all together.

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

answers as (
    -- The same answers as answered_feedback counts.
    select
        items.feedback_id,
        item_actions.opened_on as answered_on
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
    union all
    select feedback_id, leader_answered_on as answered_on
    from items
    where
        leader_answer = 'no'
        and reason is not null
        and leader_answered_on <= answer_by
),

waits as (
    -- What was already being worked on when it was asked for did not wait.
    select
        items.municipality_id,
        items.month,
        items.feedback_id,
        greatest(min(answers.answered_on) - items.received_on, 0) as days
    from items
    inner join answers on items.feedback_id = answers.feedback_id
    group by items.municipality_id, items.month, items.feedback_id, items.received_on
),

-- All together are those that delivered both files.
delivered_months as (
    select spine.municipality_id, spine.month
    from spine
    inner join clean_deliveries
        on
            spine.municipality_id = clean_deliveries.municipality_id
            and spine.month = clean_deliveries.month
            and clean_deliveries.kind in ('feedback', 'actions')
    group by spine.municipality_id, spine.month
    having count(distinct clean_deliveries.kind) = 2
),

months as (
    select distinct month from spine
),

places as (
    select municipality_id as place, municipality_id, month
    from spine
    union all
    select
        'cooperation' as place,
        delivered_months.municipality_id,
        months.month
    from months
    left join delivered_months on months.month = delivered_months.month
)

select
    places.place as municipality_id,
    places.month as period,
    'month' as grain,
    null::varchar as part,
    median(waits.days) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from places
left join waits
    on
        places.municipality_id = waits.municipality_id
        and places.month = waits.month
group by places.place, places.month
order by places.place, places.month
