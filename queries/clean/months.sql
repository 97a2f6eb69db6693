-- Which months does the release look at?
-- One row per month, from the first to the last of the horizon.
select unnest(generate_series(first_month, last_month, interval 1 month))::date as month
from horizon
