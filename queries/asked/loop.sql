-- How far did what users asked for come, in the newest tertial followed to its end?
-- One row per stage in its order, with the median days from the stage before it.

with

chosen as (
    select
        $municipality as municipality_id,
        ($month::date + interval 1 month)::date as next_month
),

loop_cells as (
    -- A tertial belongs to the months from the one that closes it.
    select cells.*
    from cells
    inner join chosen on cells.municipality_id = chosen.municipality_id
    where
        cells.indicator = 'loop'
        and cells.state <> 'not_member'
        and (cells.period + interval 4 months)::date <= chosen.next_month
),

-- Of the last year's three: one that is still followed has not had its time.
shown_tertials as (
    select
        period,
        state,
        state <> 'measured' as is_unsettled
    from loop_cells
    where part is null
    qualify row_number() over (order by period desc) <= 3
),

shown_tertial as (
    select period
    from shown_tertials
    order by is_unsettled asc, period desc
    limit 1
),

lines as (
    select loop_cells.*
    from loop_cells
    inner join shown_tertial on loop_cells.period = shown_tertial.period
),

stages (place, stage) as (
    values
    (1, 'recommended'),
    (2, 'action'),
    (3, 'done'),
    (4, 'told_back')
),

whole as (
    select
        state,
        period,
        grain,
        municipality_id,
        delivered,
        members,
        denominator::bigint as received,
        numerator::bigint as came_all_the_way
    from lines
    where part is null
),

stage_counts as (
    select
        stages.place,
        stages.stage,
        counts.numerator::bigint as came,
        counts.denominator::bigint as came_before,
        times.value as days,
        -- A reasoned no ends the way, and is no leak of it.
        if(stages.stage = 'action', coalesce(refusals.numerator, 0), 0)::bigint
            as refused
    from stages
    left join lines as counts on stages.stage = counts.part
    left join lines as times on 'days_to_' || stages.stage = times.part
    left join lines as refusals on refusals.part = 'refused'
),

stopped_counts as (
    select
        *,
        came_before - came - refused as stopped
    from stage_counts
),

in_all as (
    select value as days_all_the_way
    from lines
    where part = 'days_all_the_way'
)

select
    stopped_counts.stage,
    stopped_counts.came,
    stopped_counts.came_before,
    stopped_counts.days,
    stopped_counts.refused,
    stopped_counts.stopped,
    -- Of equal leaks the later one: there most of the work is already done.
    coalesce(stopped_counts.stopped > 0, false)
    and row_number() over (
        order by stopped_counts.stopped desc nulls last, stopped_counts.place desc
    ) = 1 as is_largest_leak,
    whole.received,
    whole.came_all_the_way,
    in_all.days_all_the_way,
    whole.state,
    whole.period,
    whole.grain,
    whole.municipality_id,
    whole.delivered,
    whole.members
from stopped_counts
cross join whole
cross join in_all
order by stopped_counts.place
