-- Which kinds of file were delivered for which month, and when?
-- One row per member municipality, month and kind of file that comes each month; of
-- months that are not over, where something has come.

with

monthly as (
    select
        clean_member_months.municipality_id,
        monthly_kinds.kind,
        clean_member_months.month
    from clean_member_months
    cross join monthly_kinds
)

select
    monthly.municipality_id,
    monthly.kind,
    monthly.month,
    common_expected_files.kind is not null as is_expected,
    clean_deliveries.delivered_on is not null as is_delivered,
    clean_deliveries.delivered_on
from monthly
left join clean_deliveries using (municipality_id, kind, month)
left join common_expected_files using (municipality_id, kind, month)
union all
select
    clean_deliveries.municipality_id,
    clean_deliveries.kind,
    clean_deliveries.month,
    false as is_expected,
    true as is_delivered,
    clean_deliveries.delivered_on
from clean_deliveries
inner join monthly_kinds using (kind)
inner join clean_horizon on clean_deliveries.month > clean_horizon.last_month
order by municipality_id, kind, month
