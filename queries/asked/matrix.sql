-- What is shown of each indicator for one municipality (or all together) in one month?
-- One row per indicator: its newest cell that may be shown, and 24 months before it.

with

own as (
    select *
    from cells
    where
        municipality_id = $municipality
        and part is null
        and period <= $month::date
        and (
            grain = 'month'
            -- A tertial belongs to the months from the one that closes it.
            or reason = 'awaits_lock'
            or (period + interval 4 months)::date
            <= ($month::date + interval 1 month)::date
        )
),

-- Numbers about persons wait for a lock: until then the newest that has come is shown.
newest as (
    select
        indicator,
        grain,
        max(period) filter (reason is distinct from 'awaits_lock') as period,
        min(period) filter (reason = 'awaits_lock') as awaited_period
    from own
    group by indicator, grain
),

-- Where there is a number by month, as for all together, that is the one to show.
chosen as (
    select indicator, grain, period, awaited_period
    from newest
    qualify row_number() over (partition by indicator order by grain) = 1
),

histories as (
    select
        own.indicator,
        own.grain,
        list(
            {
                -- A tertial stands where it ends.
                'month': case
                    when own.grain = 'month' then own.period
                    else (own.period + interval 3 months)::date
                end,
                'value': own.value
            }
            order by own.period
        ) as history
    from own
    where
        own.period > ($month::date - interval 24 months)::date
        and own.reason is distinct from 'awaits_lock'
    group by own.indicator, own.grain
),

-- A service that never heard is as old as it is itself.
-- The months in which some service may be such a one.
silent as (
    select distinct lines.period
    from cells as lines
    inner join services
        on
            lines.municipality_id = services.municipality_id
            and lines.part = services.service_id
            and lines.value = last_day(lines.period) - services.active_from
    where
        lines.indicator = 'feedback_freshness'
        and $municipality in ('cooperation', lines.municipality_id)
),

-- Of the others nobody has had a number yet, and no file that they are made of has
-- come.
in_use as (
    select indicator
    from cells
    where part is null
    group by indicator
    having
        bool_and(state <> 'missing')
        or bool_or(state not in ('missing', 'not_due', 'not_member'))
        or bool_or(updated_on is not null)
)

select
    chosen.indicator,
    $municipality as municipality_id,
    chosen.grain,
    coalesce(chosen.period, chosen.awaited_period) as period,
    chosen.awaited_period,
    (chosen.period is distinct from $month::date) as is_earlier,
    own.state,
    own.numerator,
    own.denominator,
    own.value,
    own.band,
    own.denominator_band,
    own.shown,
    own.reason,
    own.low,
    own.high,
    own.signal,
    own.signal_rule,
    own.signal_since,
    own.limits_are_provisional,
    own.centre,
    own.assurance,
    own.delivered,
    own.members,
    own.updated_on,
    own.frozen_in,
    case own.signal
        when 'concern' then 1
        when 'improvement' then 2
        when 'increase' then 3
        when 'decrease' then 3
    end as attention,
    histories.history,
    (
        chosen.indicator = 'feedback_freshness'
        and own.period in (select silent.period from silent)
    ) as may_be_silent,
    chosen.indicator in (select in_use.indicator from in_use) as is_in_use,
    release.today
from chosen
cross join release
inner join own
    on
        chosen.indicator = own.indicator
        and chosen.grain = own.grain
        and coalesce(chosen.period, chosen.awaited_period) = own.period
left join histories
    on chosen.indicator = histories.indicator and chosen.grain = histories.grain
order by chosen.indicator
