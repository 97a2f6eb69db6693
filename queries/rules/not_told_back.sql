-- Which actions were done a while ago without users having been told?
-- One row per action.

with

done_actions as (
    -- Reopened after it was done, there is nothing to tell of yet.
    select
        action_id,
        municipality_id,
        title,
        done_on,
        done_on + $days::integer as keep_by,
        least(
            told_back_on,
            if(reopened_on > done_on, reopened_on, null)
        ) as ends_on
    from clean_actions
    where done_on is not null
),

-- Only a list of that month, or of a later one, knows that nobody had been told.
newest_lists as (
    select municipality_id, max(month) as month
    from common_delivered_actions
    group by municipality_id
)

select
    done_actions.municipality_id,
    done_actions.action_id as row_key,
    done_actions.keep_by as since_on,
    done_actions.ends_on as until_on,
    done_actions.title as about,
    done_actions.done_on as happened_on
from done_actions
cross join clean_live
inner join clean_memberships
    on
        done_actions.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', done_actions.keep_by) >= clean_memberships.member_from
inner join newest_lists
    on
        done_actions.municipality_id = newest_lists.municipality_id
        and date_trunc('month', done_actions.keep_by) <= newest_lists.month
where
    coalesce(done_actions.ends_on > done_actions.keep_by, true)
    and done_actions.keep_by >= clean_live.live_from
    and done_actions.keep_by < clean_live.today
order by done_actions.municipality_id, row_key
