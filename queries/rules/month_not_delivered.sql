-- Which months were locked without all the files that were expected?
-- One row per municipality and month.

with

-- History was locked at once: nobody could have delivered before there was a lock.
locked_months as (
    select
        clean_memberships.municipality_id,
        clean_locks.month,
        clean_locks.locked_on
    from clean_locks
    inner join clean_memberships
        on clean_locks.month >= clean_memberships.member_from
    where not clean_locks.is_history
),

not_delivered as (
    select
        locked_months.municipality_id,
        locked_months.month,
        locked_months.locked_on,
        common_expected_files.kind,
        clean_deliveries.delivered_on
    from locked_months
    inner join common_expected_files using (municipality_id, month)
    left join clean_deliveries
        on
            common_expected_files.kind = clean_deliveries.kind
            and locked_months.municipality_id = clean_deliveries.municipality_id
            and locked_months.month = clean_deliveries.month
    where coalesce(clean_deliveries.delivered_on > locked_months.locked_on, true)
)

select
    not_delivered.municipality_id,
    strftime(not_delivered.month, '%Y-%m') as row_key,
    not_delivered.locked_on as since_on,
    -- It holds until the last of the files has come.
    if(
        bool_or(not_delivered.delivered_on is null),
        null,
        max(not_delivered.delivered_on)
    ) as until_on,
    string_agg(not_delivered.kind, ',' order by not_delivered.kind) as about,
    not_delivered.month as happened_on
from not_delivered
cross join clean_live
where
    not_delivered.month >= clean_live.live_from
    and not_delivered.locked_on < clean_live.today
group by not_delivered.municipality_id, not_delivered.month, not_delivered.locked_on
order by not_delivered.municipality_id, row_key
