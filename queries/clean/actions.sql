-- Which improvement actions are there, and what happened to them when?
-- One row per action.
select
    action_id,
    municipality as municipality_id,
    title,
    scope,
    theme,
    source,
    feedback_ids,
    owner_role,
    opened_on::date as opened_on,
    due_on::date as due_on,
    status,
    changed_on::date as changed_on,
    done_on::date as done_on,
    closed_on::date as closed_on,
    reopened_on::date as reopened_on,
    users_at_start,
    users_midway,
    users_at_end,
    influence,
    told_back_on::date as told_back_on,
    told_back_channel,
    what_changed,
    borrowed_from,
    upload_id,
    line
from current_actions
