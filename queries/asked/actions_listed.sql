-- Which improvement actions are in the chosen view, as their dates say at month end?
-- One row per action opened by then: overdue, by due date, then what was done last.

with

chosen as (
    select
        $municipality as municipality_id,
        last_day($month::date) as day,
        $view as view_code,
        lower($search) as search_text,
        -- Themes are codes here and words on the screen: the page finds the codes.
        string_split($themes, ',') as searched_themes
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

dated as (
    -- Done and later reopened, it is open again from that day.
    select
        *,
        coalesce(
            ended_on is null or reopened_on between ended_on + 1 and day, false
        ) as is_open,
        not is_open and coalesce(done_on <= day, false) as is_done,
        coalesce(told_back_on <= day, false) as is_told_back,
        day - opened_on as age_days,
        -- A change after the month's end was not known then.
        day - least(
            greatest(opened_on, changed_on, if(reopened_on <= day, reopened_on, null)),
            day
        ) as days_unchanged
    from opened
),

judged as (
    select
        *,
        -- A due date on the last day has not passed before that day is over.
        is_open and coalesce(due_on < day, false) as is_overdue,
        is_open and due_on is null as lacks_due_date,
        is_open and days_unchanged >= 45 as is_stale,
        is_open and age_days > 180 as is_old,
        -- Users are due to be told 30 days after an action was done; after a year it is
        -- history.
        is_done
        and not is_told_back
        and done_on + 30 <= day
        and done_on > (day - interval 12 months)::date as awaits_telling,
        -- Of what the municipalities do together, what is going on or of the last year.
        (borrowed_from is not null or scope = 'cross_municipal')
        and (is_open or ended_on > (day - interval 12 months)::date) as is_together
    from dated
)

select
    judged.action_id,
    judged.municipality_id,
    municipalities.name as municipality,
    judged.title,
    judged.scope,
    judged.theme,
    judged.owner_role,
    judged.opened_on,
    judged.due_on,
    case when judged.is_done then judged.done_on end as done_on,
    case when judged.is_told_back then judged.told_back_on end as told_back_on,
    judged.age_days,
    case when judged.is_overdue then judged.day - judged.due_on end as days_overdue,
    judged.days_unchanged,
    judged.is_open,
    judged.is_done,
    judged.is_told_back,
    judged.is_overdue,
    judged.lacks_due_date,
    judged.is_stale,
    judged.is_old,
    judged.awaits_telling,
    coalesce(lenders.name, judged.borrowed_from) as borrowed_from,
    judged.file_name,
    judged.line,
    judged.decision_id,
    decisions.decided_on,
    count(*) over () as rows_in_all
from judged
cross join chosen
inner join municipalities on judged.municipality_id = municipalities.municipality_id
left join municipalities as lenders on judged.borrowed_from = lenders.municipality_id
left join decisions on judged.decision_id = decisions.decision_id
where
    case chosen.view_code
        when 'open' then judged.is_open
        when 'overdue' then judged.is_overdue
        when 'no_due_date' then judged.lacks_due_date
        when 'stale' then judged.is_stale
        when 'old' then judged.is_old
        when 'not_told_back' then judged.awaits_telling
        when 'done' then judged.is_done
        when 'borrowed' then judged.borrowed_from is not null
        when 'together' then judged.is_together
        else true
    end
    and (
        chosen.search_text = ''
        or contains(lower(coalesce(judged.title, '')), chosen.search_text)
        or contains(lower(coalesce(judged.owner_role, '')), chosen.search_text)
        or contains(lower(judged.action_id), chosen.search_text)
        or list_contains(chosen.searched_themes, judged.theme)
    )
order by
    judged.is_open desc,
    judged.is_overdue desc,
    case when judged.is_open then judged.due_on end asc nulls last,
    case when not judged.is_open then judged.done_on end desc nulls last,
    judged.opened_on asc,
    judged.action_id asc
limit $most
