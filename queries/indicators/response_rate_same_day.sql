-- Of all who should have been asked the day their course ended, how many answered?
-- One row per municipality and month of sending, one for those the question did not
-- reach, and one for answers without a list of those asked; persons is null where
-- nothing was sent.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

counted as (
    select *
    from common_asked_months
    where measurement = 'same_day'
),

lines as (
    select
        spine.municipality_id,
        spine.month,
        null as part,
        -- Without a list of those asked there is no rate, only a number of answers.
        coalesce(counted.answers_of_asked, counted.answers, 0) as numerator,
        if(counted.month is null, 0, counted.asked) as denominator,
        coalesce(counted.answers_of_asked, counted.answers) as persons
    from spine
    left join counted using (municipality_id, month)
    union all
    select
        spine.municipality_id,
        spine.month,
        'not_reached' as part,
        coalesce(counted.not_reached, 0) as numerator,
        coalesce(counted.sent_to, 0) as denominator,
        -- Where no wave says whom it reached, this line knows of nothing.
        if(counted.sent_to is null, null, counted.answers) as persons
    from spine
    left join counted using (municipality_id, month)
    union all
    select
        spine.municipality_id,
        spine.month,
        'without_list' as part,
        coalesce(counted.answers_without_list, 0) as numerator,
        null as denominator,
        if(counted.answers is null, null, coalesce(counted.answers_without_list, 0))
            as persons
    from spine
    left join counted using (municipality_id, month)
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator,
    denominator,
    persons
from lines
order by municipality_id, month, part
