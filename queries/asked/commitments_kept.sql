-- How many municipalities kept each commitment in the month, of those where it was due?
-- One row per commitment that was due somewhere.

select
    commitment,
    count(*) filter (state = 'kept') as kept,
    count(*) filter (state in ('kept', 'not_kept')) as due
from commitments
where month = $month::date
group by commitment
having count(*) filter (state in ('kept', 'not_kept')) > 0
order by commitment
