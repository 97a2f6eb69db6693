-- From which month is each municipality a member?
-- One row per municipality.

-- The first full month counts. Of a year the whole is meant; a month may have been
-- joined on any of its days, so the next one is the first that is full.
select
    municipality_id,
    case joined_precision
        when 'year' then date_trunc('year', joined_on)
        when 'month' then date_trunc('month', joined_on) + interval 1 month
        else date_trunc('month', joined_on - interval 1 day) + interval 1 month
    end::date as member_from
from clean_municipalities
