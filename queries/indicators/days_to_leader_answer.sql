-- How many days passed from a recommendation to the leader's answer, the middle one?
-- One row per municipality and month of recommendation, and one for those unanswered.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

recommendations as (
    select
        municipality_id,
        date_trunc('month', recommendation_on)::date as month,
        -- A no without a reason does not count as an answer.
        case
            when
                leader_answer in ('yes', 'partly')
                or (
                    leader_answer = 'no'
                    and reason is not null
                )
                then
                    leader_answered_on
                    - recommendation_on
        end as days
    from common_own_feedback
    where recommendation_on is not null
),

delivering as (
    select municipality_id, month
    from spine
    inner join common_delivered_feedback using (municipality_id, month)
),

months as (
    select distinct month from spine
),

places as (
    select
        municipality_id as place,
        municipality_id,
        month
    from spine
    union all
    -- Each recommendation once: not the median of the municipalities' medians.
    select
        'cooperation' as place,
        delivering.municipality_id,
        months.month
    from months
    left join delivering
        on months.month = delivering.month
),

counted as (
    select
        places.place,
        places.month,
        median(recommendations.days) as days,
        count(recommendations.month) filter (
            where recommendations.days is null
        ) as unanswered,
        count(recommendations.month) as made
    from places
    left join recommendations
        on
            places.municipality_id = recommendations.municipality_id
            and places.month = recommendations.month
    group by places.place, places.month
),

lines as (
    select
        place,
        month,
        null as part,
        days as numerator,
        null as denominator
    from counted
    union all
    select
        place,
        month,
        'unanswered' as part,
        unanswered as numerator,
        made as denominator
    from counted
)

select
    place as municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator,
    denominator::bigint as denominator,
    null::bigint as persons
from lines
order by place, month, part
