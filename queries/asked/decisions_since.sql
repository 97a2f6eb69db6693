-- What happened since the meeting before to what it decided, and to what was open?
-- One row per decision, what is overdue first; with the action it became, if any.

with

-- The meeting about a month comes after it; the one before was held by its last day.
chosen as (
    select
        $municipality as municipality_id,
        last_day($month::date) as last_day,
        coalesce(
            max(meetings.met_on) filter (meetings.met_on <= last_day($month::date)),
            $month::date
        ) as since_on,
        min(meetings.met_on) filter (meetings.met_on > last_day($month::date))
            as next_on
    from meetings
),

-- What is written down at the meeting itself is for the next time.
known as (
    select
        chosen.municipality_id,
        chosen.since_on,
        coalesce(chosen.next_on, release.today + 1) as before_on,
        least(chosen.next_on, release.today) as day
    from chosen
    cross join release
),

turns as (
    select
        decision_turns.*,
        known.since_on,
        first_value(decision_turns.from_on) over (
            partition by decision_turns.decision_id order by decision_turns.turn
        ) as written_on
    from decision_turns
    inner join known on decision_turns.from_on < known.before_on
),

-- What is put right on the day it was written is no change.
words_before as (
    select *
    from turns
    where from_on < since_on or from_on = written_on
    qualify row_number() over (partition by decision_id order by turn desc) = 1
),

words_now as (
    select *
    from turns
    qualify row_number() over (partition by decision_id order by turn desc) = 1
),

lived as (
    select
        decisions.decision_id,
        decisions.decided_on,
        if(
            decisions.carried_out_told_on < known.before_on,
            decisions.carried_out_on,
            null
        ) as carried_out_on,
        if(
            decisions.carried_out_told_on < known.before_on,
            decisions.carried_out_told_on,
            null
        ) as carried_out_told_on,
        if(decisions.withdrawn_on < known.before_on, decisions.withdrawn_on, null)
            as withdrawn_on,
        decisions.withdrawn_reason,
        decisions.decided_on >= known.since_on as is_new,
        known.since_on,
        known.day,
        known.municipality_id as chosen_id
    from decisions
    inner join known on decisions.decided_on < known.before_on
),

actions_then as (
    select
        actions.decision_id,
        actions.action_id,
        actions.municipality_id,
        actions.title,
        municipalities.name as municipality,
        actions.due_on,
        actions.reopened_on,
        if(actions.done_on <= known.day, actions.done_on, null) as done_on,
        if(actions.closed_on <= known.day, actions.closed_on, null) as closed_on,
        if(actions.told_back_on <= known.day, actions.told_back_on, null)
            as told_back_on,
        known.day
    from actions
    cross join known
    inner join municipalities
        on actions.municipality_id = municipalities.municipality_id
),

-- As their dates say on the day: done and later reopened, it is open again.
actions_standing as (
    select
        *,
        -- The last time it ended so far; greatest() leaves out nulls.
        greatest(done_on, closed_on) as ended_on,
        coalesce(
            ended_on is null or reopened_on between ended_on + 1 and day, false
        ) as is_open,
        case
            when is_open then if(due_on < day, 'overdue', 'open')
            when done_on is null then 'closed'
            when told_back_on is null then 'done'
            else 'told_back'
        end as state
    from actions_then
),

became as (
    select
        decision_id,
        count(*) as actions,
        count(*) filter (state in ('open', 'overdue')) as open_actions,
        count(*) filter (state = 'overdue') as overdue_actions,
        count(*) filter (state in ('done', 'told_back')) as done_actions,
        count(*) filter (state = 'told_back') as told_back_actions,
        min(action_id) as action_id,
        min(title) as title,
        min(municipality) as municipality,
        min(state) as state,
        min(due_on) as due_on,
        min(done_on) as done_on,
        min(told_back_on) as told_back_on
    from actions_standing
    where decision_id is not null
    group by decision_id
),

standing as (
    select
        lived.*,
        words_now.municipality_id,
        words_now.text,
        words_now.owner_role,
        words_now.indicator,
        words_now.action_id,
        words_now.due_on,
        words_before.text as text_before,
        words_before.owner_role as owner_role_before,
        words_before.due_on as due_on_before,
        words_before.municipality_id as municipality_id_before,
        (words_before.municipality_id is distinct from words_now.municipality_id)
            as is_for_others,
        if(words_now.turn > words_before.turn, words_now.from_on, null) as changed_on,
        words_now.written_on,
        case
            when lived.withdrawn_on is not null then 'withdrawn'
            when lived.carried_out_on is not null then 'carried_out'
            when words_now.due_on < lived.day then 'overdue'
            else 'open'
        end as standing
    from lived
    inner join words_now on lived.decision_id = words_now.decision_id
    inner join words_before on lived.decision_id = words_before.decision_id
)

select
    standing.decision_id,
    standing.municipality_id,
    municipalities.name as municipality,
    standing.text,
    standing.owner_role,
    standing.indicator,
    standing.action_id,
    about.title as action_title,
    about.state as action_state,
    standing.decided_on,
    standing.due_on,
    standing.standing,
    standing.is_new,
    standing.carried_out_on,
    coalesce(standing.carried_out_on > standing.due_on, false) as is_late,
    if(standing.standing = 'overdue', standing.day - standing.due_on, null)
        as days_overdue,
    standing.withdrawn_on,
    standing.withdrawn_reason,
    -- Null where it was not changed since the meeting before.
    standing.changed_on,
    nullif(standing.text_before, standing.text) as text_before,
    nullif(standing.owner_role_before, standing.owner_role) as owner_role_before,
    nullif(standing.due_on_before, standing.due_on) as due_on_before,
    standing.is_for_others,
    if(standing.is_for_others, places_before.name, null) as municipality_before,
    -- For all, it may have become an action in each municipality.
    coalesce(became.actions, 0) as became_actions,
    coalesce(became.open_actions, 0) as became_open,
    coalesce(became.overdue_actions, 0) as became_overdue,
    coalesce(became.done_actions, 0) as became_done,
    coalesce(became.told_back_actions, 0) as became_told_back,
    -- What follows is of the one action, where it is one.
    if(became.actions = 1, became.action_id, null) as became_action_id,
    if(became.actions = 1, became.title, null) as became_title,
    if(became.actions = 1, became.municipality, null) as became_in,
    if(became.actions = 1, became.state, null) as became_state,
    if(became.actions = 1, became.due_on, null) as became_due_on,
    if(became.actions = 1, became.done_on, null) as became_done_on,
    if(became.actions = 1, became.told_back_on, null) as became_told_back_on,
    standing.since_on
from standing
left join municipalities on standing.municipality_id = municipalities.municipality_id
left join municipalities as places_before
    on standing.municipality_id_before = places_before.municipality_id
left join actions_standing as about
    on
        standing.action_id = about.action_id
        and standing.municipality_id = about.municipality_id
left join became on standing.decision_id = became.decision_id
where
    (
        standing.chosen_id = 'cooperation'
        or standing.municipality_id is null
        or standing.municipality_id = standing.chosen_id
    )
    -- What was over by then was told then.
    and (
        standing.standing <> 'carried_out'
        or standing.carried_out_told_on >= standing.since_on
    )
    -- A slip that was taken back the same day is nothing that happened.
    and (
        standing.standing <> 'withdrawn'
        or (
            standing.withdrawn_on >= standing.since_on
            and standing.withdrawn_on > standing.written_on
        )
    )
order by
    array_position(['overdue', 'open', 'carried_out', 'withdrawn'], standing.standing),
    standing.due_on,
    standing.decision_id
