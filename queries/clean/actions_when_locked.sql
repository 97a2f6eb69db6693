-- Which due date and last change did an action have when a month was locked?
-- One row per action that changed after the month, and locked month that is corrected.
select
    month::date as month,
    municipality_id,
    action_id,
    due_on::date as due_on,
    changed_on::date as changed_on
from actions_when_locked
