-- Which months of survey waves has each municipality delivered?
-- One row per municipality and month.
select municipality_id, month
from clean_deliveries
where kind = 'survey_waves'
