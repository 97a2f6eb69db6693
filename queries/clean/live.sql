-- From which day on is a deviation looked for, and what day is it?
-- One row.

-- What was locked as history nobody could have kept or put right while it happened, and
-- what came before the first lock is history too; without a lock only the newest month
-- is not.
select
    greatest(
        max(clean_horizon.first_month),
        coalesce(
            greatest(
                min(clean_locks.month) filter (where not clean_locks.is_history),
                (
                    max(clean_locks.month) filter (where clean_locks.is_history)
                    + interval 1 month
                )::date
            ),
            max(clean_horizon.last_month)
        )
    ) as live_from,
    max(clean_horizon.today) as today
from clean_horizon
left join clean_locks on true
