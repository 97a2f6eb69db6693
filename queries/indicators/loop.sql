-- How far did what users asked for come, from feedback until they were told?
-- One row per municipality, closed tertial and stage or time, and the same for all.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- Whole tertials only: January to April, May to August, September to December.
tertials as (
    select
        unnest(generate_series($first_month::date, $last_month::date, interval 1 month))
        ::date as tertial
),

closed_tertials as (
    select
        tertial,
        (tertial + interval 3 months)::date as closing_month,
        -- Each tertial is followed for as long, or old ones would look better than new.
        last_day(tertial + interval 3 months) + 180 as seen_until
    from tertials
    where
        month(tertial) in (1, 5, 9)
        and tertial + interval 3 months <= $last_month
),

member_months as (
    select
        spine.municipality_id,
        spine.month,
        closed_tertials.tertial,
        closed_tertials.seen_until
    from spine
    inner join closed_tertials
        on spine.month between closed_tertials.tertial and closed_tertials.closing_month
),

-- A month that was not delivered is not known; what later lists tell of it is not all.
delivered_months as (
    select
        municipality_id,
        month,
        member_months.tertial,
        member_months.seen_until
    from member_months
    inner join common_delivered_feedback using (municipality_id, month)
    inner join common_delivered_actions using (municipality_id, month)
),

-- Praise asks for nothing.
items as (
    select
        common_own_feedback.feedback_id,
        common_own_feedback.municipality_id,
        common_own_feedback.received_on,
        delivered_months.tertial,
        delivered_months.seen_until,
        if(
            common_own_feedback.recommendation_on <= delivered_months.seen_until,
            common_own_feedback.recommendation_on,
            null
        ) as recommended_on,
        coalesce(
            common_own_feedback.leader_answer = 'no'
            and common_own_feedback.reason is not null
            and common_own_feedback.leader_answered_on <= delivered_months.seen_until,
            false
        ) as has_reasoned_no
    from common_own_feedback
    inner join delivered_months
        on
            common_own_feedback.municipality_id = delivered_months.municipality_id
            and date_trunc('month', common_own_feedback.received_on)
            = delivered_months.month
    where common_own_feedback.kind = 'change'
),

-- An action that names an item twice is still one action of that item.
item_actions as (
    select distinct
        action_id,
        unnest(feedback_ids) as feedback_id,
        opened_on,
        done_on,
        closed_on,
        reopened_on,
        if(
            told_back_channel is not null and what_changed is not null,
            told_back_on,
            null
        ) as told_back_on
    from clean_actions
),

-- What was closed without action, and not taken up again, promised nothing more.
seen_actions as (
    select
        items.feedback_id,
        item_actions.opened_on,
        if(
            item_actions.done_on <= items.seen_until
            -- Done and later reopened, it is open again from that day.
            and not coalesce(
                item_actions.reopened_on > item_actions.done_on
                and item_actions.reopened_on <= items.seen_until,
                false
            ),
            item_actions.done_on,
            null
        ) as done_on,
        if(
            item_actions.told_back_on <= items.seen_until,
            item_actions.told_back_on,
            null
        ) as told_back_on
    from items
    inner join item_actions
        on
            items.feedback_id = item_actions.feedback_id
            and items.seen_until >= item_actions.opened_on
    where
        item_actions.closed_on is null
        or item_actions.closed_on > items.seen_until
        or coalesce(
            item_actions.reopened_on > item_actions.closed_on
            and item_actions.reopened_on <= items.seen_until,
            false
        )
),

-- An item is done when all its actions are, and told back when all of them are.
actions_of_items as (
    select
        feedback_id,
        min(opened_on) as opened_on,
        if(count(*) = count(done_on), max(done_on), null) as done_on,
        if(
            count(*) = count(done_on) and count(*) = count(told_back_on),
            max(told_back_on),
            null
        ) as told_back_on
    from seen_actions
    group by feedback_id
),

ways as (
    -- Who got an action or a reasoned no has come past the recommendation, if it was
    -- written or not.
    select
        items.municipality_id,
        items.tertial,
        items.recommended_on is not null
        or items.has_reasoned_no
        or actions_of_items.opened_on is not null as is_recommended,
        items.has_reasoned_no and actions_of_items.opened_on is null as is_refused,
        actions_of_items.opened_on is not null as has_action,
        actions_of_items.done_on is not null as is_done,
        actions_of_items.told_back_on is not null as is_told_back,
        -- What began before its turn did not wait; greatest() alone leaves out nulls.
        if(
            items.recommended_on is null,
            null,
            greatest(items.recommended_on - items.received_on, 0)
        ) as days_to_recommended,
        if(
            items.recommended_on is null or actions_of_items.opened_on is null,
            null,
            greatest(actions_of_items.opened_on - items.recommended_on, 0)
        ) as days_to_action,
        if(
            actions_of_items.done_on is null,
            null,
            greatest(actions_of_items.done_on - actions_of_items.opened_on, 0)
        ) as days_to_done,
        if(
            actions_of_items.told_back_on is null,
            null,
            greatest(actions_of_items.told_back_on - actions_of_items.done_on, 0)
        ) as days_to_told_back,
        if(
            actions_of_items.told_back_on is null,
            null,
            greatest(actions_of_items.told_back_on - items.received_on, 0)
        ) as days_all_the_way
    from items
    left join actions_of_items on items.feedback_id = actions_of_items.feedback_id
),

places as (
    select distinct municipality_id as place, municipality_id, tertial
    from member_months
    union all
    select distinct 'cooperation' as place, municipality_id, tertial
    from member_months
),

counted as (
    select
        places.place,
        places.tertial,
        count(ways.is_recommended) as received,
        count(*) filter (where ways.is_recommended) as recommended,
        count(*) filter (where ways.is_refused) as refused,
        count(*) filter (where ways.has_action) as with_action,
        count(*) filter (where ways.is_done) as done,
        count(*) filter (where ways.is_told_back) as told_back,
        median(ways.days_to_recommended) as days_to_recommended,
        median(ways.days_to_action) as days_to_action,
        median(ways.days_to_done) as days_to_done,
        median(ways.days_to_told_back) as days_to_told_back,
        median(ways.days_all_the_way) as days_all_the_way
    from places
    left join ways
        on
            places.municipality_id = ways.municipality_id
            and places.tertial = ways.tertial
    group by places.place, places.tertial
),

parts as (
    -- Null is the whole way; a stage is a share of those that came to the one before.
    select
        unnest([
            null,
            'recommended',
            'refused',
            'action',
            'done',
            'told_back',
            'days_to_recommended',
            'days_to_action',
            'days_to_done',
            'days_to_told_back',
            'days_all_the_way'
        ]) as part
)

select
    counted.place as municipality_id,
    counted.tertial as period,
    'tertial' as grain,
    parts.part,
    case coalesce(parts.part, 'told_back')
        when 'recommended' then counted.recommended
        when 'refused' then counted.refused
        when 'action' then counted.with_action
        when 'done' then counted.done
        when 'told_back' then counted.told_back
        when 'days_to_recommended' then counted.days_to_recommended
        when 'days_to_action' then counted.days_to_action
        when 'days_to_done' then counted.days_to_done
        when 'days_to_told_back' then counted.days_to_told_back
        when 'days_all_the_way' then counted.days_all_the_way
    end as numerator,
    case coalesce(parts.part, 'all_the_way')
        when 'all_the_way' then counted.received
        when 'recommended' then counted.received
        when 'refused' then counted.recommended
        when 'action' then counted.recommended
        when 'done' then counted.with_action
        when 'told_back' then counted.done
    end as denominator,
    null::bigint as persons
from counted
cross join parts
order by counted.place, counted.tertial, parts.part
