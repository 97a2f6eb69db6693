-- Of what was agreed and fell due, how much did each municipality keep?
-- One row per member municipality, month and commitment.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

activities as (
    select
        activity_id,
        municipality_id,
        kind,
        ends_on,
        date_trunc('month', ends_on)::date as month,
        (ends_on + interval 6 months)::date as half_year_on,
        report_on,
        recommendations
    from clean_activities
    where
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        initiative is distinct from 'FACT'
),

waves as (
    select
        clean_survey_waves.wave_id,
        clean_survey_waves.municipality_id,
        clean_survey_waves.activity_id,
        clean_survey_waves.measurement,
        clean_survey_waves.sent_on,
        clean_survey_waves.answered,
        clean_survey_waves.report_on,
        clean_survey_waves.recommendations,
        date_trunc('month', clean_survey_waves.sent_on)::date as month
    from clean_survey_waves
    left join clean_activities
        on
            clean_survey_waves.activity_id = clean_activities.activity_id
            and clean_activities.initiative = 'FACT'
    where clean_activities.activity_id is null
),

-- The commitments, one after the other: each promise with the last day to keep it, and
-- the kind of file that tells of that day when the month is over.

same_day_evaluations as (
    select
        activities.municipality_id,
        activities.month,
        'same_day_evaluation' as commitment,
        activities.ends_on as keep_by,
        null as told_by,
        count(waves.wave_id) > 0 as is_kept
    from activities
    left join waves
        on
            activities.activity_id = waves.activity_id
            and activities.ends_on = waves.sent_on
            and waves.measurement = 'same_day'
    where activities.kind = 'course'
    group by
        activities.municipality_id,
        activities.month,
        activities.activity_id,
        activities.ends_on
),

half_year_evaluations as (
    select
        activities.municipality_id,
        date_trunc('month', activities.half_year_on)::date as month,
        'half_year_evaluation' as commitment,
        activities.half_year_on + 14 as keep_by,
        'survey_waves' as told_by,
        count(waves.wave_id) > 0 as is_kept
    from activities
    left join waves
        on
            activities.activity_id = waves.activity_id
            and activities.half_year_on <= waves.sent_on
            and activities.half_year_on + 14 >= waves.sent_on
            and waves.measurement = 'half_year'
    where activities.kind = 'course'
    group by
        activities.municipality_id,
        activities.activity_id,
        activities.half_year_on
),

reported_events as (
    select
        municipality_id,
        month,
        ends_on as held_on,
        'activities' as told_by,
        report_on,
        recommendations
    from activities
    where kind in ('dialogue_meeting', 'dialogue_cafe', 'peer_evaluation')
    union all
    select
        municipality_id,
        month,
        sent_on as held_on,
        'survey_waves' as told_by,
        report_on,
        recommendations
    from waves
    where measurement = 'other'
),

reports as (
    select
        municipality_id,
        month,
        'report_on_time' as commitment,
        held_on + 30 as keep_by,
        told_by,
        coalesce(report_on <= held_on + 30 and recommendations > 0, false) as is_kept
    from reported_events
),

meetings as (
    select distinct activity_id, ends_on, month
    from activities
    where kind = 'leader_team'
),

attendances as (
    select activity_id, municipality_id, leaders
    from clean_activities
    where kind = 'leader_team'
),

leaders as (
    select
        spine.municipality_id,
        spine.month,
        'leader_present' as commitment,
        meetings.ends_on as keep_by,
        null as told_by,
        coalesce(attendances.leaders > 0, false) as is_kept
    from spine
    inner join meetings
        on spine.month = meetings.month
    left join attendances
        on
            meetings.activity_id = attendances.activity_id
            and spine.municipality_id = attendances.municipality_id
),

lock_duties as (
    select
        spine.municipality_id,
        spine.month,
        clean_attestation_days.is_history,
        clean_attestation_days.due_on,
        (spine.month + interval 1 month)::date
        + clean_horizon.lock_day - 1 as lock_day_on
    from spine
    inner join clean_attestation_days
        on spine.month = clean_attestation_days.month
    cross join clean_horizon
),

-- History was locked at once: nobody could have kept a lock day before there was one.
locked_months as (
    select municipality_id, month, due_on, lock_day_on
    from lock_duties
    where not is_history
),

files as (
    select
        locked_months.municipality_id,
        locked_months.month,
        'file_delivered' as commitment,
        locked_months.lock_day_on as keep_by,
        null as told_by,
        coalesce(
            clean_deliveries.delivered_on <= locked_months.lock_day_on, false
        ) as is_kept
    from locked_months
    inner join common_expected_files using (municipality_id, month)
    left join clean_deliveries
        on
            common_expected_files.kind = clean_deliveries.kind
            and locked_months.municipality_id = clean_deliveries.municipality_id
            and locked_months.month = clean_deliveries.month
),

attested_months as (
    select
        locked_months.municipality_id,
        locked_months.month,
        'month_attested' as commitment,
        locked_months.due_on as keep_by,
        null as told_by,
        count(clean_attestations.attestation_id) > 0 as is_kept
    from locked_months
    left join clean_attestations
        on
            locked_months.municipality_id = clean_attestations.municipality_id
            and locked_months.month = clean_attestations.month
            and locked_months.due_on >= clean_attestations.attested_on
            and not clean_attestations.is_withdrawn
    group by locked_months.municipality_id, locked_months.month, locked_months.due_on
),

told_back as (
    -- Reopened before the time was out, the action was not done after all.
    select
        municipality_id,
        date_trunc('month', done_on)::date as month,
        'told_back' as commitment,
        done_on + 30 as keep_by,
        'actions' as told_by,
        coalesce(told_back_on <= done_on + 30, false)
        and told_back_channel is not null
        and what_changed is not null as is_kept
    from clean_actions
    where
        done_on is not null
        and not coalesce(reopened_on > done_on and reopened_on <= done_on + 30, false)
),

promises as (
    select * from same_day_evaluations
    union all by name
    select * from half_year_evaluations
    union all by name
    select * from reports
    union all by name
    select * from leaders
    union all by name
    select * from files
    union all by name
    select * from attested_months
    union all by name
    select * from told_back
),

-- Which files the months of a commitment are seen in: of a month so many months away.
sources as (
    select commitment, kind, months::integer as months
    from commitment_sources
),

-- A whole list tells of the months before it too; other files only of their own.
newest_lists as (
    select
        clean_deliveries.kind,
        clean_deliveries.municipality_id,
        max(clean_deliveries.month) as month
    from clean_deliveries
    inner join monthly_kinds
        on clean_deliveries.kind = monthly_kinds.kind and monthly_kinds.is_list
    group by clean_deliveries.kind, clean_deliveries.municipality_id
),

needed_files as (
    select
        spine.municipality_id,
        spine.month,
        sources.commitment,
        sources.kind,
        sources.months > 0 as is_later,
        clean_deliveries.month is not null
        or coalesce(
            newest_lists.month > spine.month + to_months(sources.months), false
        ) as is_there
    from spine
    cross join sources
    left join clean_deliveries
        on
            sources.kind = clean_deliveries.kind
            and spine.municipality_id = clean_deliveries.municipality_id
            and (spine.month + to_months(sources.months))::date = clean_deliveries.month
    left join newest_lists
        on
            spine.municipality_id = newest_lists.municipality_id
            and sources.kind = newest_lists.kind
            and sources.months > 0
),

-- Due once the time has run out. Where it runs out after the month, what was kept and
-- what was not both wait for the next month's file: it might tell otherwise, and kept
-- ones alone would hide the others.
counted as (
    select
        promises.municipality_id,
        promises.month,
        promises.commitment,
        count(*) filter (where coalesce(needed_files.is_there, true)) as due,
        count(*) filter (
            where coalesce(needed_files.is_there, true) and promises.is_kept
        ) as kept,
        count(*) filter (where not needed_files.is_there) as untold
    from promises
    cross join clean_horizon
    left join needed_files
        on
            promises.municipality_id = needed_files.municipality_id
            and promises.month = needed_files.month
            and promises.commitment = needed_files.commitment
            and promises.told_by = needed_files.kind
            and needed_files.is_later
            and last_day(promises.month) < promises.keep_by
    where clean_horizon.today > promises.keep_by
    group by promises.municipality_id, promises.month, promises.commitment
),

-- What is missing now makes the cell missing; what the next month brings keeps it open.
files_there as (
    select
        municipality_id,
        month,
        commitment,
        bool_and(is_there or is_later) as has_own,
        bool_and(is_there) as has_all
    from needed_files
    group by municipality_id, month, commitment
),

-- How many days after the month its last promise may still be kept.
commitments (commitment, days_left) as (
    values
    ('same_day_evaluation', 0),
    ('half_year_evaluation', 14),
    ('report_on_time', 30),
    ('leader_present', 0),
    ('file_delivered', null),
    ('month_attested', null),
    ('told_back', 30)
),

-- The duties of a lock run out on days of their own, and never in a month without one.
duty_days as (
    select
        municipality_id,
        month,
        'file_delivered' as commitment,
        if(is_history, last_day(month), lock_day_on) as settles_on
    from lock_duties
    union all
    select
        municipality_id,
        month,
        'month_attested' as commitment,
        if(is_history, last_day(month), due_on) as settles_on
    from lock_duties
),

cells as (
    select
        spine.municipality_id,
        spine.month,
        commitments.commitment,
        counted.due,
        counted.kept,
        -- Not yet told is no lack before the next month, too, is over.
        not coalesce(files_there.has_own, true)
        or (
            coalesce(counted.untold, 0) > 0
            and clean_horizon.today >= (spine.month + interval 2 months)::date
        ) as is_missing,
        coalesce(files_there.has_all, true) as has_all,
        coalesce(
            last_day(spine.month) + commitments.days_left, duty_days.settles_on
        ) as settles_on,
        clean_horizon.today
    from spine
    cross join commitments
    cross join clean_horizon
    left join counted
        on
            spine.municipality_id = counted.municipality_id
            and spine.month = counted.month
            and commitments.commitment = counted.commitment
    left join files_there
        on
            spine.municipality_id = files_there.municipality_id
            and spine.month = files_there.month
            and commitments.commitment = files_there.commitment
    left join duty_days
        on
            spine.municipality_id = duty_days.municipality_id
            and spine.month = duty_days.month
            and commitments.commitment = duty_days.commitment
)

select
    municipality_id,
    month,
    commitment,
    case
        when is_missing then 'missing'
        when coalesce(due, 0) = 0 then 'not_due'
        when kept = due then 'kept'
        else 'not_kept'
    end as state,
    if(is_missing, null, coalesce(kept, 0)) as kept,
    if(is_missing, null, coalesce(due, 0)) as due,
    settles_on,
    -- While it is open a lock does not make it stand still.
    not has_all or coalesce(settles_on >= today, true) as is_open
from cells
order by municipality_id, month, commitment
