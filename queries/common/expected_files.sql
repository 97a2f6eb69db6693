-- Which files are waited for, from whom and of which months?
-- One row per member municipality, month and kind of file.

with

-- A kind that nobody has delivered yet is not waited for.
kinds_in_use as (
    select distinct monthly_kinds.kind
    from monthly_kinds
    inner join clean_deliveries on monthly_kinds.kind = clean_deliveries.kind
)

select
    clean_member_months.municipality_id,
    clean_member_months.month,
    kinds_in_use.kind
from clean_member_months
cross join kinds_in_use
left join common_waves_without_total
    on
        clean_member_months.municipality_id = common_waves_without_total.municipality_id
        and clean_member_months.month = common_waves_without_total.month
-- Answers are expected only where a wave has no total of its own.
where
    kinds_in_use.kind <> 'survey_answers'
    or common_waves_without_total.month is not null
order by
    clean_member_months.municipality_id,
    clean_member_months.month,
    kinds_in_use.kind
