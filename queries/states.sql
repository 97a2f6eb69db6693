-- Is there a number for each indicator, municipality and month, and is it final?
-- One row per indicator, municipality and month, also before it became a member.

with

months as (
    select month
    from clean_months
    where month between $first_month and $last_month
),

cells as (
    select
        card_maturity.indicator,
        card_maturity.matures_after_days::integer as matures_after_days,
        clean_memberships.municipality_id,
        months.month,
        clean_memberships.member_from <= months.month as is_member
    from card_maturity
    cross join clean_memberships
    cross join months
),

-- What belongs to no municipality is delivered for all of them, by whoever uploads it.
handed_in as (
    select
        kind,
        municipality_id,
        month,
        delivered_on
    from clean_deliveries
    union all
    select
        'questions' as kind,
        clean_memberships.municipality_id,
        null as month,
        clean_uploads.delivered_on
    from clean_memberships
    cross join clean_questions
    inner join clean_uploads
        on clean_questions.upload_id = clean_uploads.upload_id
),

-- Some sources are asked for only from those who have begun to deliver them, some once
-- whatever the month.
deliverers as (
    select
        kind,
        municipality_id,
        min(month) as first_month,
        max(month) as last_month,
        min(delivered_on) as delivered_on
    from handed_in
    group by kind, municipality_id
),

-- What an indicator reads: of a month so many months away, or without a number ever.
needs as (
    select
        cells.indicator,
        cells.municipality_id,
        cells.month,
        -- A number that matures only when the later month is over cannot be without it.
        card_sources.months > 0
        and cells.matures_after_days < 31 * card_sources.months as is_later,
        -- Answers are needed only where a wave has no total of its own.
        coalesce(
            card_sources.kind = 'survey_answers'
            and common_waves_without_total.month is null,
            false
        )
        or (
            card_sources.is_from_first
            and cells.month < coalesce(deliverers.first_month, 'infinity')
        ) as is_met_without,
        case
            when card_sources.months is null then deliverers.delivered_on
            when clean_deliveries.month is not null then clean_deliveries.delivered_on
            -- A later month's whole list also tells of the months before it.
            when
                monthly_kinds.is_list
                and card_sources.months > 0
                and deliverers.last_month
                > cells.month + to_months(card_sources.months::integer)
                then deliverers.delivered_on
        end as delivered_on
    from cells
    inner join card_sources
        on
            cells.indicator = card_sources.indicator
            and card_sources.kind not in ('locks', 'acts')
    left join monthly_kinds
        on card_sources.kind = monthly_kinds.kind
    left join clean_deliveries
        on
            card_sources.kind = clean_deliveries.kind
            and cells.municipality_id = clean_deliveries.municipality_id
            and (cells.month + to_months(card_sources.months::integer))::date
            = clean_deliveries.month
    left join deliverers
        on
            card_sources.kind = deliverers.kind
            and cells.municipality_id = deliverers.municipality_id
    left join common_waves_without_total
        on
            cells.municipality_id = common_waves_without_total.municipality_id
            and (cells.month + to_months(card_sources.months::integer))::date
            = common_waves_without_total.month
),

-- What is missing now makes the number missing; what a later month still brings makes
-- it provisional.
delivered as (
    select
        indicator,
        municipality_id,
        month,
        count(*) filter (
            where not coalesce(is_later, false)
            and delivered_on is null
            and not is_met_without
        ) as undelivered,
        count(*) filter (where is_later and delivered_on is null) as awaited,
        max(delivered_on) filter (where not coalesce(is_later, false)) as updated_on
    from needs
    group by indicator, municipality_id, month
),

locked as (
    select
        card_sources.indicator,
        clean_attestation_days.month,
        clean_attestation_days.due_on,
        clean_locks.locked_on
    from card_sources
    inner join clean_attestation_days
        on card_sources.kind = 'locks' and not clean_attestation_days.is_history
    inner join clean_locks
        on clean_attestation_days.month = clean_locks.month
),

waiting_for_lock as (
    select indicator
    from card_sources
    where kind = 'locks'
),

-- What people write into the dashboard is there from the first month that was not
-- locked as history: nobody could write anything in the months before.
acted_upon as (
    select
        card_sources.indicator,
        min(clean_locks.month) as first_month
    from card_sources
    left join clean_locks
        on not clean_locks.is_history
    where card_sources.kind = 'acts'
    group by card_sources.indicator
)

select
    cells.indicator,
    cells.municipality_id,
    cells.month as period,
    case
        when not cells.is_member then 'not_member'
        when waiting_for_lock.indicator is not null and locked.month is null
            then 'not_due'
        when
            acted_upon.indicator is not null
            and cells.month < coalesce(acted_upon.first_month, 'infinity')
            then 'not_due'
        when delivered.undelivered > 0 then 'missing'
        when clean_horizon.today <= last_day(cells.month) + cells.matures_after_days
            then 'provisional'
        when delivered.awaited > 0 then 'provisional'
        when
            locked.month is not null
            and clean_horizon.today <= coalesce(locked.due_on, clean_horizon.today)
            then 'provisional'
        else 'measured'
    end as state,
    coalesce(delivered.updated_on, locked.locked_on) as updated_on
from cells
cross join clean_horizon
left join delivered
    on
        cells.indicator = delivered.indicator
        and cells.municipality_id = delivered.municipality_id
        and cells.month = delivered.month
left join locked
    on
        cells.indicator = locked.indicator
        and cells.month = locked.month
left join waiting_for_lock
    on cells.indicator = waiting_for_lock.indicator
left join acted_upon
    on cells.indicator = acted_upon.indicator
order by cells.indicator, cells.municipality_id, cells.month
