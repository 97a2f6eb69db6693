-- How many improvement actions does each view of the list hold at month end?
-- One row, with a count per view.

with

chosen as (
    select $municipality as municipality_id, last_day($month::date) as day
),

opened as (
    select
        actions.*,
        chosen.day,
        -- The last time it ended so far; greatest() leaves out nulls.
        greatest(
            if(actions.done_on <= chosen.day, actions.done_on, null),
            if(actions.closed_on <= chosen.day, actions.closed_on, null)
        ) as ended_on
    from actions
    inner join chosen
        on
            actions.opened_on <= chosen.day
            and (
                chosen.municipality_id = 'cooperation'
                or actions.municipality_id = chosen.municipality_id
            )
),

judged as (
    -- Done and later reopened, it is open again from that day.
    select
        *,
        coalesce(
            ended_on is null or reopened_on between ended_on + 1 and day, false
        ) as is_open,
        day - least(
            greatest(opened_on, changed_on, if(reopened_on <= day, reopened_on, null)),
            day
        ) as days_unchanged
    from opened
)

select
    count(*) filter (is_open) as open,
    count(*) filter (is_open and due_on < day) as overdue,
    count(*) filter (is_open and due_on is null) as no_due_date,
    count(*) filter (is_open and days_unchanged >= 45) as stale,
    count(*) filter (is_open and day - opened_on > 180) as old,
    count(*) filter (
        not is_open
        and done_on + 30 <= day
        and done_on > (day - interval 12 months)::date
        and not coalesce(told_back_on <= day, false)
    ) as not_told_back,
    count(*) filter (not is_open and done_on <= day) as done,
    count(*) filter (borrowed_from is not null) as borrowed,
    count(*) as everything
from judged
