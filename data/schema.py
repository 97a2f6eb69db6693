"""The store's tables and views as SQL text, made from the contracts: no column stands twice."""

from __future__ import annotations

from data import contract
from data.contract import Column, Contract

SQL_TYPES = {
    "text": "varchar",
    "code": "varchar",
    "integer": "bigint",
    "number": "double",
    "date": "date",
    "moment": "timestamp",
    "boolean": "boolean",
    "list": "varchar[]",
}

_ACTIVE_UPLOADS = """
create view active_uploads as
select uploads.entry as upload_id, uploads.at
from ledger as uploads
left join (
    select subject, max_by(act, entry) as act
    from ledger
    where act in ('undo', 'restore')
    group by subject
) as turned
    on turned.subject = uploads.entry::varchar
where uploads.act = 'upload' and coalesce(turned.act, 'restore') = 'restore';
"""

AS_OF = (
    _ACTIVE_UPLOADS.replace("create view", "create or replace view")
    .replace("in ('undo', 'restore')", "in ('undo', 'restore') and entry <= getvariable('as_of')")
    .replace("act = 'upload'", "act = 'upload' and uploads.entry <= getvariable('as_of')")
)
"""The same view as it was right after the ledger entry that the variable as_of holds."""

# Ledger entries are never changed. An upload is an entry too: its number is the upload's number.
_FIXED = """
create table ledger (
    entry bigint primary key,
    "at" timestamp not null,
    who varchar not null,
    role varchar not null,
    act varchar not null,
    subject varchar,
    facts varchar not null,
    app_version varchar not null
);
create table coverage (
    upload_id bigint not null,
    kind varchar not null,
    municipality varchar not null,
    month date not null
);
create table whole_waves (
    upload_id bigint not null,
    wave_id varchar not null
);
"""

_VIEWS = """
create view current_coverage as
select
    coverage.kind,
    coverage.municipality,
    coverage.month,
    min_by(coverage.upload_id, active_uploads.at) as upload_id,
    min(active_uploads.at) as delivered_at
from coverage
inner join active_uploads using (upload_id)
group by coverage.kind, coverage.municipality, coverage.month;

create view acts_attestations as
select
    given.entry as attestation_id,
    given.facts ->> 'municipality' as municipality,
    (given.facts ->> 'month')::date as month,
    given.facts ->> 'statement' as statement,
    given.facts ->> 'text' as text,
    given.facts ->> 'criterion' as criterion,
    given.at,
    given.role as who_role,
    taken_back.at as withdrawn_at
from ledger as given
left join ledger as taken_back
    on taken_back.act = 'withdraw_attestation' and taken_back.subject = given.entry::varchar
where given.act = 'attest';

create view acts_decisions as
select
    decided.decision_id,
    decided.facts ->> 'text' as text,
    decided.facts ->> 'owner_role' as owner_role,
    (decided.facts ->> 'due_on')::date as due_on,
    decided.facts ->> 'municipality' as municipality,
    decided.facts ->> 'indicator' as indicator,
    decided.facts ->> 'action_id' as action_id,
    decided.facts ->> 'criterion' as criterion,
    (decided.facts ->> 'decided_on')::date as decided_on,
    (done.facts ->> 'on')::date as carried_out_on,
    done.at as carried_out_at,
    withdrawn.at as withdrawn_at,
    withdrawn.facts ->> 'reason' as withdrawn_reason,
    decided.at
from (
    select
        coalesce(subject, entry::varchar)::bigint as decision_id,
        max_by(facts, entry) as facts,
        min("at") as "at"
    from ledger
    where act in ('decide', 'change_decision')
    group by coalesce(subject, entry::varchar)::bigint
) as decided
left join (
    select
        subject,
        max_by(act, entry) as act,
        max_by(facts, entry) as facts,
        max_by("at", entry) as "at"
    from ledger
    where act in ('carry_out', 'withdraw_carry_out')
    group by subject
) as done
    on done.subject = decided.decision_id::varchar and done.act = 'carry_out'
left join ledger as withdrawn
    on
        withdrawn.act = 'withdraw_decision'
        and withdrawn.subject = decided.decision_id::varchar;

create view acts_decision_versions as
select
    coalesce(subject, entry::varchar)::bigint as decision_id,
    row_number() over (
        partition by coalesce(subject, entry::varchar) order by entry
    ) as version,
    facts ->> 'text' as text,
    facts ->> 'owner_role' as owner_role,
    (facts ->> 'due_on')::date as due_on,
    facts ->> 'municipality' as municipality,
    facts ->> 'indicator' as indicator,
    facts ->> 'action_id' as action_id,
    facts ->> 'criterion' as criterion,
    (facts ->> 'decided_on')::date as decided_on,
    "at",
    role as who_role
from ledger
where act in ('decide', 'change_decision');

create view acts_actions as
select
    split_part(subject, ':', 1) as municipality,
    substr(subject, instr(subject, ':') + 1) as action_id,
    max_by((facts ->> 'decision')::bigint, entry) as decision_id,
    min("at") as "at"
from ledger
where act in ('make_action', 'move_action', 'withdraw_action')
group by subject
having max_by(act, entry) <> 'withdraw_action';

create view acts_action_versions as
select
    split_part(subject, ':', 1) as municipality,
    substr(subject, instr(subject, ':') + 1) as action_id,
    row_number() over (partition by subject order by entry) as version,
    (facts ->> 'decision')::bigint as decision_id,
    act,
    facts -> 'row' ->> 'title' as title,
    facts -> 'row' ->> 'owner_role' as owner_role,
    (facts -> 'row' ->> 'due_on')::date as due_on,
    facts -> 'row' ->> 'status' as status,
    facts ->> 'reason' as reason,
    "at",
    role as who_role
from ledger
where act in ('make_action', 'move_action', 'withdraw_action');

create view acts_evidence as
select
    entry as evidence_id,
    facts ->> 'municipality' as municipality,
    facts ->> 'criterion' as criterion,
    (facts ->> 'on')::date as on_date,
    facts ->> 'reference' as reference,
    "at"
from ledger
where act = 'give_evidence';

create view acts_reviews as
select
    entry as review_id,
    facts ->> 'rule' as rule,
    facts ->> 'row_key' as row_key,
    facts ->> 'municipality' as municipality,
    (facts ->> 'since_on')::date as since_on,
    facts ->> 'verdict' as verdict,
    facts ->> 'reason' as reason,
    role as who_role,
    "at"
from ledger
where act = 'review';

create view acts_reports as
select
    entry as report_id,
    facts ->> 'municipality' as municipality,
    facts ->> 'text' as text,
    (facts ->> 'happened_on')::date as happened_on,
    role as who_role,
    "at"
from ledger
where act = 'report';

create view acts_locks as
select
    entry,
    (facts ->> 'month')::date as month,
    "at",
    coalesce((facts ->> 'is_history')::boolean, false) as is_history
from ledger
where act = 'lock';
"""

# Made with the first release, so that a store of an earlier version gets it too.
RELEASES = """
create table if not exists releases (
    number bigint primary key,
    frozen bigint not null,
    frozen_hash varchar not null
)
"""

# Made with the first that is kept.
EXPORTS = """
create table if not exists exports (
    name varchar primary key,
    sha256 varchar not null
)
"""

COMINGS = {
    # What a file held that was stored, or refused. Uploads of an earlier version do not say how
    # many rows the file had: then those that were stored of it, and those that were left. The rows
    # of a file with answers are people: how many, the next release would tell of the one file that
    # came since the last.
    "received": """
with said as (
    select
        "at",
        entry,
        act,
        coalesce(
            list_contains(
                map_keys((facts -> 'rows')::map(varchar, bigint)), 'survey_answers'
            ),
            false
        ) as is_of_people,
        coalesce(
            (facts ->> 'file_rows')::bigint,
            coalesce(
                list_sum(map_values((facts -> 'rows')::map(varchar, bigint)))::bigint, 0
            )
            + coalesce((facts ->> 'left_rows')::bigint, 0)
        ) as file_rows,
        case
            when act = 'refuse' then (facts ->> 'file_rows')::bigint
            else coalesce((facts ->> 'left_rows')::bigint, 0)
        end as refused_rows,
        coalesce((facts ->> 'guard_hits')::bigint, 0) as guard_hits
    from ledger
    where act in ('upload', 'refuse')
)
select
    "at",
    if(is_of_people, 0, file_rows) as file_rows,
    if(is_of_people, 0, refused_rows) as refused_rows,
    guard_hits
from said
order by entry
""",
    # Every time that something came for a month, was taken back or came again.
    "touches": """
select
    coverage.kind,
    coverage.municipality,
    coverage.month,
    upload_id,
    touched.entry,
    touched.act,
    touched.at
from coverage
inner join (
    select entry as upload_id, entry, act, "at" from ledger where act = 'upload'
    union all
    select subject::bigint as upload_id, entry, act, "at"
    from ledger
    where act in ('undo', 'restore')
) as touched using (upload_id)
order by touched.at, coverage.kind, coverage.municipality, coverage.month
""",
}
"""What the data quality is counted from, as questions to the store, by the name of the answer."""

ACT_VIEWS = (
    "acts_attestations",
    "acts_decisions",
    "acts_decision_versions",
    "acts_actions",
    "acts_evidence",
    "acts_reviews",
    "acts_reports",
    "acts_locks",
)


def asked_of(act_view: str) -> str:
    """The select of one of ACT_VIEWS: a store that an earlier version made has an older view."""
    return _VIEWS.split(f"create view {act_view} as\n", 1)[1].split(";", 1)[0]


def in_order(kind: str) -> str:
    """The select of the rows of a kind that count now, in the same order however they are found."""
    key = ", ".join(contract.load(kind).key)
    return f"select * from ({counting(kind)}) order by upload_id, line, {key}"


def counting(kind: str) -> str:
    """The select of the rows of a kind that count now: those of files, and what was made here.

    An action that a decision became is as the municipality's list has it, while that holds it.
    Otherwise it is as it was said last, here or in a list that has lost it: no file takes it away.
    """
    if kind != "actions":
        return f"select * from current_{kind}"
    columns = contract.load("actions").columns
    said = ",\n".join(f"        {_said(column)} as {column.name}" for column in columns)
    filed = ",\n".join(f"        rows_actions.{column.name}" for column in columns)
    return f"""with

made as (
    {asked_of("acts_actions")}
),

versions as (
    select
{said},
        null::bigint as upload_id,
        null::bigint as line,
        entry
    from ledger
    where act in ('make_action', 'move_action')
    union all
    select
{filed},
        rows_actions.upload_id,
        rows_actions.line,
        rows_actions.upload_id as entry
    from rows_actions
    inner join active_uploads using (upload_id)
    inner join made
        on
            rows_actions.municipality = made.municipality
            and rows_actions.action_id = made.action_id
)

select * from current_actions
union all by name
select versions.* exclude (entry)
from versions
inner join made
    on versions.municipality = made.municipality and versions.action_id = made.action_id
left join current_actions
    on
        versions.municipality = current_actions.municipality
        and versions.action_id = current_actions.action_id
where current_actions.action_id is null
qualify row_number() over (
    partition by versions.municipality, versions.action_id
    order by versions.entry desc, versions.line desc
) = 1"""


def _said(column: Column) -> str:
    """A column of an action that was made here, from the facts of its entry in the ledger."""
    if column.type == "list":
        return f"(facts -> 'row' -> '{column.name}')::varchar[]"
    return f"(facts -> 'row' ->> '{column.name}')::{SQL_TYPES[column.type]}"


def _column(column: Column) -> str:
    return f"    {column.name} {SQL_TYPES[column.type]}"


def _table(kind: Contract) -> str:
    columns = ",\n".join(_column(column) for column in kind.columns)
    return f"""create table rows_{kind.kind} (
    upload_id bigint not null,
    line bigint not null,
{columns}
);"""


def view(kind: Contract) -> str:
    """The rows that count now: of each key the newest from an upload that is not withdrawn.

    Of a kind whose file is a full list, a municipality's rows are those of the newest list that
    covers it; keys that it lacks are gone, and come back with the next list that has them. Parts
    of a list are added to it: a row that was left out because of a problem is not gone.
    """
    names = ", ".join(f"rows_{kind.kind}.{name}" for name in kind.column_names)
    # Two rows of a key are told apart with nulls equal: a seat that was never filled has no date.
    identity = list(kind.key)
    if kind.replaces == "list" and kind.municipality_column not in (None, *identity):
        # Each municipality numbers its own list: two of them may both have a number 1.
        identity.append(str(kind.municipality_column))
    key = ", ".join(f"rows_{kind.kind}.{name}" for name in identity)
    source = f"rows_{kind.kind}\ninner join active_uploads using (upload_id)"
    if kind.replaces == "list":
        source += f"""
left join (
    select coverage.municipality, max(coverage.upload_id) as upload_id
    from coverage
    inner join active_uploads using (upload_id)
    inner join ledger on coverage.upload_id = ledger.entry
    where
        coverage.kind = '{kind.kind}'
        and not coalesce((ledger.facts ->> 'is_part')::boolean, false)
    group by coverage.municipality
) as newest_list
    on rows_{kind.kind}.{kind.municipality_column} = newest_list.municipality
where rows_{kind.kind}.upload_id >= coalesce(newest_list.upload_id, 0)"""
    if kind.kind == "survey_answers":
        source += """
left join (
    select whole_waves.wave_id, max(whole_waves.upload_id) as upload_id
    from whole_waves
    inner join active_uploads using (upload_id)
    group by whole_waves.wave_id
) as whole
    on rows_survey_answers.wave_id = whole.wave_id
where coalesce(rows_survey_answers.upload_id >= whole.upload_id, true)"""
    return f"""create view current_{kind.kind} as
select
    {names},
    rows_{kind.kind}.upload_id,
    rows_{kind.kind}.line
from {source}
qualify row_number() over (
    partition by {key}
    order by rows_{kind.kind}.upload_id desc, rows_{kind.kind}.line desc
) = 1;"""


def statements() -> list[str]:
    """Every statement that makes an empty store, in order."""
    kinds = [contract.load(kind) for kind in contract.all_kinds()]
    text = _FIXED + _ACTIVE_UPLOADS + _VIEWS
    text += "\n".join([_table(kind) for kind in kinds] + [view(kind) for kind in kinds])
    return [statement.strip() for statement in text.split(";\n") if statement.strip(" ;\n")]
