-- Of the user representatives who answered, how many find that they are listened to?
-- One row per municipality and month of asking; persons is null where nobody was asked.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- The files have no word for user representatives. Who is asked about no course and no
-- service, and is neither a relative nor staff, is asked as one of them.
counted as (
    select
        common_own_waves.municipality_id,
        common_own_waves.month,
        sum(common_scale_answers.valid)::bigint as valid,
        sum(common_scale_answers.high)::bigint as high
    from common_own_waves
    inner join common_scale_answers
        on common_own_waves.wave_id = common_scale_answers.wave_id
    where
        common_scale_answers.role = 'listened_to'
        and common_own_waves.measurement = 'other'
        and common_own_waves.service_id is null
        and coalesce(common_own_waves.respondent, 'user') = 'user'
    group by common_own_waves.municipality_id, common_own_waves.month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.high, 0) as numerator,
    coalesce(counted.valid, 0) as denominator,
    counted.valid as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
