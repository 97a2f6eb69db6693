-- Of which waves did all answers come, after a ledger entry?
-- One row per wave.
select distinct wave_id
from whole_waves
where
    upload_id > $entry
    and upload_id in (select active_uploads.upload_id from active_uploads)
