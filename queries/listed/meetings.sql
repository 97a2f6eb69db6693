-- On which days did the leaders' team meet, or is it going to?
-- One row per day.
select distinct ends_on as met_on
from clean_activities
where kind = 'leader_team' and ends_on is not null
order by met_on
