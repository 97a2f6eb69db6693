-- Which tables does the release hold? One of an earlier version may lack some.
-- One row per table.
select table_name
from duckdb_tables()
order by table_name
