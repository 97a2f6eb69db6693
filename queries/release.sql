-- What does a release file hold? These tables, these columns, and nothing else.
-- One statement per table; the allow-list test reads this file.

create table release (
    number bigint not null,
    previous bigint,
    made_at timestamp not null,
    app_version varchar not null,
    store_id varchar not null,
    is_demo boolean not null,
    today date not null,
    ledger_entry bigint not null,
    content_hash varchar not null
);

create table months (
    month date not null,
    locked_at timestamp,
    is_history boolean,
    lock_release bigint
);

create table month_versions (
    month date not null,
    version bigint not null,
    release bigint not null,
    made_at timestamp not null,
    changes bigint not null,
    same_as bigint
);

create table corrections (
    month date not null,
    version bigint not null,
    indicator varchar,
    commitment varchar,
    municipality_id varchar not null,
    grain varchar not null,
    period date not null,
    part varchar,
    was_state varchar,
    was_numerator double,
    was_denominator double,
    was_value double,
    was_delivered bigint,
    now_state varchar not null,
    now_numerator double,
    now_denominator double,
    now_value double,
    now_delivered bigint
);

create table municipalities (
    municipality_id varchar not null,
    name varchar not null,
    joined_on date not null,
    joined_precision varchar not null,
    member_from date not null,
    is_host boolean not null,
    capacity double,
    capacity_unit varchar
);

create table services (
    service_id varchar not null,
    municipality_id varchar not null,
    name varchar not null,
    active_from date,
    active_to date
);

create table cells (
    indicator varchar not null,
    municipality_id varchar not null,
    grain varchar not null,
    period date not null,
    part varchar,
    state varchar not null,
    numerator double,
    denominator double,
    value double,
    band varchar,
    denominator_band varchar,
    shown varchar not null,
    reason varchar,
    low double,
    high double,
    signal varchar,
    signal_rule varchar,
    signal_since date,
    limits_are_provisional boolean,
    centre double,
    assurance varchar,
    delivered bigint,
    members bigint,
    updated_on date,
    frozen_in date
);

create table verdicts (
    indicator varchar not null,
    municipality_id varchar not null,
    period date not null,
    verdict varchar not null,
    reason varchar,
    low double,
    high double
);

create table commitments (
    municipality_id varchar not null,
    month date not null,
    commitment varchar not null,
    state varchar not null,
    kept bigint,
    due bigint,
    frozen_in date
);

create table deliveries (
    municipality_id varchar not null,
    kind varchar not null,
    month date not null,
    is_expected boolean not null,
    is_delivered boolean not null,
    delivered_on date
);

create table data_quality (
    measure varchar not null,
    municipality_id varchar not null,
    month date not null,
    numerator bigint,
    denominator bigint
);

create table actions (
    action_id varchar not null,
    municipality_id varchar not null,
    title varchar,
    scope varchar,
    theme varchar,
    source varchar,
    owner_role varchar,
    opened_on date,
    due_on date,
    done_on date,
    closed_on date,
    reopened_on date,
    told_back_on date,
    changed_on date,
    status varchar,
    borrowed_from varchar,
    file_name varchar,
    line bigint,
    decision_id bigint
);

create table courses (
    activity_id varchar not null,
    municipality_id varchar not null,
    ended_on date not null,
    same_day_sent_on date,
    half_year_due_on date not null,
    half_year_sent_on date
);

create table seats (
    seat_id varchar not null,
    municipality_id varchar not null,
    body varchar,
    body_kind varchar,
    seat_from date,
    seat_to date,
    filled_from date,
    filled_to date,
    covers_municipalities bigint
);

create table recommendations (
    feedback_id varchar not null,
    municipality_id varchar not null,
    theme varchar,
    recommendation_on date not null,
    answer_due_on date not null,
    history_from date not null,
    leader_answer varchar,
    leader_answered_on date
);

create table attestations (
    attestation_id bigint not null,
    municipality_id varchar not null,
    month date not null,
    statement varchar not null,
    text varchar,
    criterion varchar,
    given_at timestamp not null,
    withdrawn_at timestamp
);

create table anchoring (
    municipality_id varchar not null,
    criterion varchar not null,
    source varchar not null,
    source_id varchar not null,
    words varchar,
    of_month date,
    evident_on date not null,
    holds_to date not null
);

create table decisions (
    decision_id bigint not null,
    municipality_id varchar,
    text varchar not null,
    owner_role varchar not null,
    indicator varchar,
    action_id varchar,
    decided_on date not null,
    due_on date not null,
    carried_out_on date,
    carried_out_told_on date,
    withdrawn_on date,
    withdrawn_reason varchar
);

create table decision_turns (
    decision_id bigint not null,
    turn bigint not null,
    from_on date not null,
    who_role varchar not null,
    municipality_id varchar,
    text varchar not null,
    owner_role varchar not null,
    indicator varchar,
    action_id varchar,
    due_on date not null
);

create table meetings (
    met_on date not null
);

create table deviations (
    deviation_id varchar not null,
    rule varchar not null,
    municipality_id varchar not null,
    row_key varchar not null,
    since_on date not null,
    until_on date,
    holds boolean,
    about varchar,
    happened_on date,
    text varchar,
    state varchar not null,
    state_on date not null
);

create table deviation_turns (
    deviation_id varchar not null,
    turn bigint not null,
    state varchar not null,
    from_on date not null,
    to_on date,
    who_role varchar,
    reason varchar
);
