-- What is shown of one indicator for each municipality, and how did each move?
-- One row per municipality, by name: its newest cell that may be shown, and 24 months.

with

own as (
    select cells.*, municipalities.name
    from cells
    inner join municipalities on cells.municipality_id = municipalities.municipality_id
    where
        cells.indicator = $indicator
        and cells.part is null
        and cells.reason is distinct from 'awaits_lock'
        and cells.period <= $month::date
        and cells.period > ($month::date - interval 24 months)::date
        and (
            cells.grain = 'month'
            -- A tertial belongs to the months from the one that closes it.
            or (cells.period + interval 4 months)::date
            <= ($month::date + interval 1 month)::date
        )
),

histories as (
    select
        municipality_id,
        list(
            {
                'indicator': indicator,
                'municipality_id': municipality_id,
                'grain': grain,
                'period': period,
                -- A tertial stands where it ends.
                'month': case
                    when grain = 'month' then period
                    else (period + interval 3 months)::date
                end,
                'state': state,
                'numerator': numerator,
                'denominator': denominator,
                'value': value,
                'band': band,
                'denominator_band': denominator_band,
                'shown': shown,
                'reason': reason
            }
            order by period
        ) as history
    from own
    group by municipality_id
)

select
    own.indicator,
    own.municipality_id,
    own.name,
    own.grain,
    own.period,
    (own.period is distinct from $month::date) as is_earlier,
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
    own.limits_are_provisional,
    own.assurance,
    own.delivered,
    own.members,
    own.updated_on,
    histories.history
from own
inner join histories on own.municipality_id = histories.municipality_id
qualify
    row_number() over (partition by own.municipality_id order by own.period desc) = 1
order by translate(lower(own.name), 'æøå', '{|}')
