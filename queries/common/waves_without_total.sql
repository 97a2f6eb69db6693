-- In which months was a wave sent whose number of answers nobody wrote down?
-- One row per municipality and month: only there the answers themselves are needed.
select distinct
    municipality_id,
    date_trunc('month', sent_on)::date as month
from clean_survey_waves
where answered is null
order by municipality_id, month
