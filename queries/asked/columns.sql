-- Which columns do the release's tables have? One of an earlier version may lack some.
-- One row per table and column.
select
    table_name,
    column_name
from duckdb_columns()
where not internal
order by table_name, column_name
