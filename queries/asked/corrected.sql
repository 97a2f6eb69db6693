-- What was corrected in a locked month, in one municipality or in all of them?
-- One row per version, number or commitment and place: whole numbers, and lines of a
-- breakdown whose whole is as it was.

with

chosen as (
    select *  -- noqa: AM04
    from corrections
    where
        month = $month::date
        and ($municipality = 'cooperation' or municipality_id = $municipality)
),

wholes as (
    select version, indicator, municipality_id, grain, period
    from chosen
    where part is null and indicator is not null
)

select
    chosen.version,
    chosen.indicator,
    chosen.commitment,
    chosen.municipality_id,
    chosen.grain,
    chosen.period,
    chosen.part,
    chosen.was_state,
    chosen.was_numerator,
    chosen.was_denominator,
    chosen.was_value,
    chosen.was_delivered,
    chosen.now_state,
    chosen.now_numerator,
    chosen.now_denominator,
    chosen.now_value,
    chosen.now_delivered
from chosen
left join wholes using (version, indicator, municipality_id, grain, period)
where chosen.part is null or wholes.version is null
order by
    chosen.version,
    chosen.indicator nulls last,
    chosen.commitment,
    chosen.municipality_id <> 'cooperation',
    chosen.municipality_id,
    chosen.period,
    chosen.part nulls first
