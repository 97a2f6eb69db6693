-- Of the tools the municipality has chosen, how many did it use in the last 12 months?
-- One row per municipality and month, for every member municipality.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

listed_tools as (
    select
        municipality_id,
        lower(trim(unnest(tools))) as tool
    from clean_municipalities
),

chosen_tools as (
    select distinct municipality_id, tool
    from listed_tools
    where tool <> ''
),

used_tools as (
    select distinct
        municipality_id,
        lower(trim(tool)) as tool,
        date_trunc('month', ends_on)::date as month
    from clean_activities
    where
        tool is not null
        -- FACT belongs to the cooperation, and is in no municipality's numbers.
        and initiative is distinct from 'FACT'
),

-- The twelve months are the number's own and the eleven before it.
tool_months as (
    select
        spine.municipality_id,
        spine.month,
        chosen_tools.tool,
        count(used_tools.tool) > 0 as is_used
    from spine
    inner join chosen_tools
        on spine.municipality_id = chosen_tools.municipality_id
    left join used_tools
        on
            chosen_tools.municipality_id = used_tools.municipality_id
            and chosen_tools.tool = used_tools.tool
            and used_tools.month
            between (spine.month - interval 11 months)::date and spine.month
    group by spine.municipality_id, spine.month, chosen_tools.tool
),

counted as (
    select
        municipality_id,
        month,
        count(*) as chosen,
        count(*) filter (where is_used) as used
    from tool_months
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.used, 0) as numerator,
    coalesce(counted.chosen, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
