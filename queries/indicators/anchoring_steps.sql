-- On how many steps of the anchoring staircase is there evidence at a month's end?
-- One row per municipality and month, and one per step; of all together: shared steps.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

steps as (
    select unnest([
        'need_communicated',
        'organisation_decided',
        'areas_decided',
        'conditions_secured',
        'results_asked_for'
    ]) as step
),

evident as (
    select
        spine.municipality_id,
        spine.month,
        steps.step,
        count(clean_anchoring_evidence.criterion) > 0 as is_evident
    from spine
    cross join steps
    left join clean_anchoring_evidence
        on
            spine.municipality_id = clean_anchoring_evidence.municipality_id
            and steps.step = clean_anchoring_evidence.criterion
            and last_day(spine.month) between clean_anchoring_evidence.evident_on
            and clean_anchoring_evidence.holds_to
    group by spine.municipality_id, spine.month, steps.step
),

-- Who has never delivered goals is seen in the other evidence alone.
first_goals as (
    select
        municipality_id,
        min(month) as month
    from common_delivered_goals
    group by municipality_id
),

known as (
    select
        spine.municipality_id,
        spine.month
    from spine
    left join first_goals
        on spine.municipality_id = first_goals.municipality_id
    left join common_delivered_goals
        on
            spine.municipality_id = common_delivered_goals.municipality_id
            and spine.month = common_delivered_goals.month
    where
        common_delivered_goals.month is not null
        or spine.month < coalesce(first_goals.month, 'infinity')
),

-- Never a mean: of all together a step is there when every municipality has it.
evident_together as (
    select
        evident.month,
        evident.step,
        count(known.municipality_id) filter (where evident.is_evident) as having_it,
        count(known.municipality_id) as municipalities
    from evident
    left join known using (municipality_id, month)
    group by evident.month, evident.step
),

lines as (
    select
        municipality_id,
        month,
        step as part,
        is_evident::bigint as numerator,
        1::bigint as denominator
    from evident
    union all
    select
        'cooperation' as municipality_id,
        month,
        step as part,
        having_it as numerator,
        municipalities as denominator
    from evident_together
),

wholes as (
    select
        municipality_id,
        month,
        null as part,
        count(*) filter (
            where denominator > 0 and numerator = denominator
        ) as numerator,
        null::bigint as denominator
    from lines
    group by municipality_id, month
),

both_kinds as (
    select * from lines
    union all
    select * from wholes
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator,
    denominator,
    null::bigint as persons
from both_kinds
order by municipality_id, month, part
