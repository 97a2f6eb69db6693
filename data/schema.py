"""The store's tables and views as SQL text, made from the contracts: no column stands twice."""

from __future__ import annotations

from functools import cache
from pathlib import Path

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

VIEWS = Path(__file__).parent / "views"
"""What each store holds besides its rows, one question to a file."""

ASKED = Path(__file__).parent / "asked"
"""What is asked of a store for a release, where no view of it is kept."""


@cache
def text(path: Path) -> str:
    """The one statement of a file."""
    return path.read_text(encoding="utf-8").strip()


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
"""What people did, as a release reads it."""

COMINGS = ("received", "touches")
"""What the data quality is counted from, and what bears on locked months."""


def asked_of(name: str) -> str:
    """The select of one of ACT_VIEWS or COMINGS.

    Of a view too: a store that an earlier version made has an older one.
    """
    return text((VIEWS if name in ACT_VIEWS else ASKED) / f"{name}.sql")


def as_of() -> str:
    """The uploads that count, as it was right after the entry that the variable as_of holds."""
    then = text(VIEWS / "active_uploads_then.sql")
    return f"create or replace view active_uploads as {then}"


def in_order(kind: str) -> str:
    """The select of the rows of a kind that count now, in the same order however they are found."""
    key = ", ".join(contract.load(kind).key)
    return f"select * from ({counting(kind)}) order by upload_id, line, {key}"


def came_since(kind: str) -> str:
    """The select of the rows of a kind whose files add to it that came after a ledger entry."""
    held = contract.load(kind)
    key = ", ".join(held.key)
    return f"""select * from (
{_newest(held, f"rows_{kind}.upload_id > $entry")}
)
order by upload_id, line, {key}"""


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
    return f"create view current_{kind.kind} as\n{_newest(kind)};"


def _newest(kind: Contract, *conditions: str) -> str:
    """The select of them.

    Args:
        conditions: Which rows are looked at: all if there are none.
    """
    names = ", ".join(f"rows_{kind.kind}.{name}" for name in kind.column_names)
    # Two rows of a key are told apart with nulls equal: a seat that was never filled has no date.
    key = ", ".join(f"rows_{kind.kind}.{name}" for name in kind.identity)
    source = f"rows_{kind.kind}\ninner join active_uploads using (upload_id)"
    asked = list(conditions)
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
    on rows_{kind.kind}.{kind.municipality_column} = newest_list.municipality"""
        asked.append(f"rows_{kind.kind}.upload_id >= coalesce(newest_list.upload_id, 0)")
    if kind.kind == "survey_answers":
        source += """
left join (
    select whole_waves.wave_id, max(whole_waves.upload_id) as upload_id
    from whole_waves
    inner join active_uploads using (upload_id)
    group by whole_waves.wave_id
) as whole
    on rows_survey_answers.wave_id = whole.wave_id"""
        asked.append("coalesce(rows_survey_answers.upload_id >= whole.upload_id, true)")
    if asked:
        source += "\nwhere " + " and ".join(asked)
    return f"""select
    {names},
    rows_{kind.kind}.upload_id,
    rows_{kind.kind}.line
from {source}
qualify row_number() over (
    partition by {key}
    order by rows_{kind.kind}.upload_id desc, rows_{kind.kind}.line desc
) = 1"""


def statements() -> list[str]:
    """Every statement that makes an empty store, in order."""
    kinds = [contract.load(kind) for kind in contract.all_kinds()]
    views = ["active_uploads", "current_coverage", *ACT_VIEWS, "acts_action_versions"]
    return [
        *(statement.strip() for statement in _FIXED.split(";\n") if statement.strip()),
        *(f"create view {name} as {text(VIEWS / f'{name}.sql')}" for name in views),
        *(_table(kind) for kind in kinds),
        *(view(kind) for kind in kinds),
    ]
