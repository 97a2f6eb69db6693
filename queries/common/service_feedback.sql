-- On which days did services hear from those who use them?
-- One row per service and day; of a service that is not in the list of services too.

-- The day a wave was sent, never the day of an answer. Staff are not users.
select
    municipality_id,
    service_id,
    sent_on as heard_on
from common_own_waves
where
    is_answered
    and respondent is distinct from 'staff'
union
select
    municipality_id,
    service_id,
    ends_on as heard_on
from clean_activities
where
    kind in ('dialogue_meeting', 'dialogue_cafe', 'dialogue_conference')
    and initiative is distinct from 'FACT'
order by municipality_id, service_id, heard_on
