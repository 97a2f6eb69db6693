-- Which months of actions has each municipality delivered?
-- One row per municipality and month.
select municipality_id, month
from clean_deliveries
where kind = 'actions'
