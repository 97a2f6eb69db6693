-- Of the decisions due by the end of the month, how many were carried out by then?
-- One row per municipality and month, of its own; of all together: every decision.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

months as (
    select distinct month from spine
),

-- A decision for all is one promise, and who of the six has kept it is not recorded: it
-- counts once for all together, and in no municipality's own number.
places as (
    select
        spine.municipality_id as place,
        spine.month,
        clean_decisions.decision_id,
        clean_decisions.carried_out_on
    from spine
    left join clean_decisions
        on
            spine.municipality_id = clean_decisions.municipality_id
            and last_day(spine.month) >= clean_decisions.due_on
    union all
    select
        'cooperation' as place,
        months.month,
        clean_decisions.decision_id,
        clean_decisions.carried_out_on
    from months
    left join clean_decisions
        on last_day(months.month) >= clean_decisions.due_on
)

select
    place as municipality_id,
    month as period,
    'month' as grain,
    null::varchar as part,
    count(*) filter (where carried_out_on <= last_day(month)) as numerator,
    count(decision_id) as denominator,
    null::bigint as persons
from places
group by place, month
order by place, month
