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
-- the kind of file that tells of that day.

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

-- History was locked at once: nobody could have kept a lock day before there was one.
locked_months as (
    select
        spine.municipality_id,
        spine.month,
        clean_attestation_days.due_on,
        (spine.month + interval 1 month)::date
        + clean_horizon.lock_day - 1 as lock_day_on
    from spine
    inner join clean_attestation_days
        on
            spine.month = clean_attestation_days.month
            and not clean_attestation_days.is_history
    cross join clean_horizon
),

-- Answers are expected only where a wave has no total of its own.
waves_without_total as (
    select distinct municipality_id, month
    from waves
    where answered is null
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
    cross join monthly_kinds
    left join waves_without_total
        on
            locked_months.municipality_id = waves_without_total.municipality_id
            and locked_months.month = waves_without_total.month
    left join clean_deliveries
        on
            monthly_kinds.kind = clean_deliveries.kind
            and locked_months.municipality_id = clean_deliveries.municipality_id
            and locked_months.month = clean_deliveries.month
    where
        monthly_kinds.kind <> 'survey_answers'
        or waves_without_total.month is not null
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

-- Due once the time has run out, and a promise that was not kept only once the file of
-- the month in which it ran out is there: it might tell otherwise.
counted as (
    select
        promises.municipality_id,
        promises.month,
        promises.commitment,
        count(*) as due,
        count(*) filter (where promises.is_kept) as kept
    from promises
    cross join clean_horizon
    left join clean_deliveries
        on
            promises.told_by = clean_deliveries.kind
            and promises.municipality_id = clean_deliveries.municipality_id
            and date_trunc('month', promises.keep_by) = clean_deliveries.month
    where
        clean_horizon.today > promises.keep_by
        and (
            promises.is_kept
            or promises.told_by is null
            or clean_deliveries.month is not null
        )
    group by promises.municipality_id, promises.month, promises.commitment
),

-- What each commitment is seen in: the kind of file and how many months away.
commitments as (
    select unnest([
        'same_day_evaluation',
        'half_year_evaluation',
        'report_on_time',
        'leader_present',
        'file_delivered',
        'month_attested',
        'told_back'
    ]) as commitment
),

sources (commitment, kind, months) as (
    values
    ('same_day_evaluation', 'activities', 0),
    ('same_day_evaluation', 'survey_waves', 0),
    ('half_year_evaluation', 'activities', -6),
    ('half_year_evaluation', 'survey_waves', 0),
    ('report_on_time', 'activities', 0),
    ('report_on_time', 'survey_waves', 0),
    ('leader_present', 'activities', 0),
    ('told_back', 'actions', 0)
),

missing as (
    select distinct spine.municipality_id, spine.month, sources.commitment
    from spine
    cross join sources
    left join clean_deliveries
        on
            sources.kind = clean_deliveries.kind
            and spine.municipality_id = clean_deliveries.municipality_id
            and (spine.month + to_months(sources.months))::date = clean_deliveries.month
    where clean_deliveries.month is null
)

select
    spine.municipality_id,
    spine.month,
    commitments.commitment,
    case
        when missing.month is not null then 'missing'
        when counted.due is null then 'not_due'
        when counted.kept = counted.due then 'kept'
        else 'not_kept'
    end as state,
    if(missing.month is null, coalesce(counted.kept, 0), null) as kept,
    if(missing.month is null, coalesce(counted.due, 0), null) as due
from spine
cross join commitments
left join counted
    on
        spine.municipality_id = counted.municipality_id
        and spine.month = counted.month
        and commitments.commitment = counted.commitment
left join missing
    on
        spine.municipality_id = missing.municipality_id
        and spine.month = missing.month
        and commitments.commitment = missing.commitment
order by spine.municipality_id, spine.month, commitments.commitment
