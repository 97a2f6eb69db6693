-- Did each municipality do what was agreed, in the month and in the 12 months up to it?
-- One row per municipality, by name, and commitment.

with

year as (
    select
        municipality_id,
        commitment,
        list({ 'month': month, 'state': state } order by month) as last_year,
        count(*) filter (state = 'kept') as months_kept,
        count(*) filter (state in ('kept', 'not_kept')) as months_due
    from commitments
    where month > ($month::date - interval 12 months)::date and month <= $month::date
    group by municipality_id, commitment
)

select
    municipalities.municipality_id,
    municipalities.name,
    commitments.commitment,
    commitments.state,
    commitments.kept,
    commitments.due,
    year.last_year,
    year.months_kept,
    year.months_due
from commitments
inner join municipalities
    on commitments.municipality_id = municipalities.municipality_id
inner join year
    on
        commitments.municipality_id = year.municipality_id
        and commitments.commitment = year.commitment
where commitments.month = $month::date
order by translate(lower(municipalities.name), 'æøå', '{|}'), commitments.commitment
