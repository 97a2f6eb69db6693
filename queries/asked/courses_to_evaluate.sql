-- Which courses lack an evaluation the same day or half a year after, in the last year?
-- One row per course that lacks one, the newest first.

with

chosen as (
    select
        $municipality as municipality_id,
        last_day($month::date) as month_end,
        (last_day($month::date) - interval 12 months)::date as year_before
),

judged as (
    select
        courses.*,
        courses.ended_on > chosen.year_before
        and coalesce(
            courses.same_day_sent_on <> courses.ended_on, true
        ) as lacks_same_day,
        -- The half-year wave may be sent up to 14 days after it is due.
        courses.half_year_due_on > chosen.year_before
        and courses.half_year_due_on + 14 < chosen.month_end
        and coalesce(
            courses.half_year_sent_on > courses.half_year_due_on + 14, true
        ) as lacks_half_year,
        courses.half_year_due_on > chosen.year_before
        and courses.half_year_due_on + 14 < chosen.month_end
        and not coalesce(
            courses.half_year_sent_on <= chosen.month_end, false
        ) as awaits_half_year,
        -- What was sent after the month had not been sent then.
        if(
            courses.same_day_sent_on <= chosen.month_end, courses.same_day_sent_on, null
        ) as same_day_seen_on,
        if(
            courses.half_year_sent_on <= chosen.month_end,
            courses.half_year_sent_on,
            null
        ) as half_year_seen_on
    from courses
    inner join chosen
        on
            courses.ended_on <= chosen.month_end
            and (
                chosen.municipality_id = 'cooperation'
                or courses.municipality_id = chosen.municipality_id
            )
)

select
    judged.activity_id,
    municipalities.name,
    judged.ended_on,
    judged.half_year_due_on,
    judged.lacks_same_day,
    judged.lacks_half_year,
    judged.awaits_half_year,
    judged.same_day_seen_on as same_day_sent_on,
    judged.half_year_seen_on as half_year_sent_on
from judged
inner join municipalities on judged.municipality_id = municipalities.municipality_id
where judged.lacks_same_day or judged.lacks_half_year
order by judged.ended_on desc, judged.activity_id asc
