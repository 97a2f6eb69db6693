-- Which months of which kind of file has each municipality delivered, and when first?
-- One row per kind, municipality and month.
select
    coverage.kind,
    coverage.municipality,
    coverage.month,
    min_by(coverage.upload_id, active_uploads.at) as upload_id,
    min(active_uploads.at) as delivered_at
from coverage
inner join active_uploads using (upload_id)
group by coverage.kind, coverage.municipality, coverage.month
