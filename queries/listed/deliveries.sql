-- Which kinds of file were delivered for which month, and when?
-- One row per member municipality, month and kind of file that is expected each month.

with

expected as (
    select
        clean_member_months.municipality_id,
        monthly_kinds.kind,
        clean_member_months.month
    from clean_member_months
    cross join monthly_kinds
)

select
    expected.municipality_id,
    expected.kind,
    expected.month,
    clean_deliveries.delivered_on is not null as is_delivered,
    clean_deliveries.delivered_on
from expected
left join clean_deliveries using (municipality_id, kind, month)
order by expected.municipality_id, expected.kind, expected.month
