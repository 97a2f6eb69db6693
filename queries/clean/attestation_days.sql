-- By which day is each locked month to be attested?
-- One row per locked month; no day until the leaders' team has met after the lock.

-- The day of the meeting itself still counts, and a month may be locked that morning.
select
    clean_locks.month,
    clean_locks.is_history,
    min(clean_activities.ends_on) as due_on
from clean_locks
left join clean_activities
    on
        clean_activities.kind = 'leader_team'
        and clean_locks.locked_on <= clean_activities.ends_on
group by clean_locks.month, clean_locks.is_history
