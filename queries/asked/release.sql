-- Which release is this, made from what, and when?
-- One row.
select
    number,
    previous,
    made_at,
    app_version,
    store_id,
    is_demo,
    today,
    ledger_entry,
    content_hash
from release
