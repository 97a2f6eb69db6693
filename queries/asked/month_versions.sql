-- Which versions has each locked month, made when, and what changed how much in each?
-- One row per locked month and version; version 1 is what its lock kept.
select
    month,
    version,
    release,
    made_at,
    changes,
    -- The earliest version whose numbers this one has again; null where they are new.
    same_as
from month_versions
order by month, version
