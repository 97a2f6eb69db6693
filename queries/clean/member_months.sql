-- Which municipality is a member in which month?
-- One row per member municipality and month of the horizon: the indicators' spine.
select
    clean_memberships.municipality_id,
    clean_months.month
from clean_memberships
inner join clean_months
    on clean_memberships.member_from <= clean_months.month
