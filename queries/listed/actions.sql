-- Which improvement actions are there, and which line of which file did each come from?
-- One row per action; one that a decision became says which.
select
    clean_actions.action_id,
    clean_actions.municipality_id,
    clean_actions.title,
    clean_actions.scope,
    clean_actions.theme,
    clean_actions.source,
    clean_actions.owner_role,
    clean_actions.opened_on,
    clean_actions.due_on,
    clean_actions.done_on,
    clean_actions.closed_on,
    clean_actions.reopened_on,
    clean_actions.told_back_on,
    clean_actions.changed_on,
    clean_actions.status,
    clean_actions.borrowed_from,
    uploads.file_name,
    clean_actions.line,
    clean_decided_actions.decision_id
from clean_actions
left join uploads using (upload_id)
left join clean_decided_actions
    on
        clean_actions.municipality_id = clean_decided_actions.municipality_id
        and clean_actions.action_id = clean_decided_actions.action_id
order by clean_actions.action_id
