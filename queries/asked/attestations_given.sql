-- What has a municipality's head said of this month and of those before it?
-- One row per attestation, also those taken back: the newest month first, at most 12.
select
    attestation_id,
    month,
    statement,
    text,
    criterion,
    given_at::date as given_on,
    withdrawn_at::date as withdrawn_on,
    month = $month::date as is_of_month
from attestations
where municipality_id = $municipality and month <= $month::date
order by month desc, given_at desc, attestation_id desc
limit 12
