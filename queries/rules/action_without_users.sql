-- Which actions were done without users at the start, midway or at the end?
-- One row per action.

with

-- An empty cell is not a no: it is not known whether users were there.
done_actions as (
    select
        action_id,
        municipality_id,
        title,
        done_on,
        if(reopened_on > done_on, reopened_on, null) as reopened_on
    from clean_actions
    where not users_at_start and not users_midway and not users_at_end
)

select
    done_actions.municipality_id,
    done_actions.action_id as row_key,
    done_actions.done_on as since_on,
    done_actions.reopened_on as until_on,
    done_actions.title as about,
    done_actions.done_on as happened_on
from done_actions
cross join clean_live
inner join clean_memberships
    on
        done_actions.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', done_actions.done_on) >= clean_memberships.member_from
where
    done_actions.done_on >= clean_live.live_from
    and done_actions.done_on < clean_live.today
order by done_actions.municipality_id, row_key
