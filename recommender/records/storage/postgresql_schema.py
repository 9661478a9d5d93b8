"""Whether PostgreSQL has the schema that the migrations make, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from recommender.documents.problems import Problem
from recommender.records.storage.tables import Table

_NOT_OURS: Final = "is not from this product"
_TRIGGERS: Final = {
    ("audit_no_change", "audit", 27, "O", "audit_refuse"),
    ("audit_no_truncate", "audit", 34, "O", "audit_refuse"),
}
_REFUSES: Final = "BEGIN RAISE EXCEPTION 'the audit is only added to'; END"
_EVERY_TRIGGER: Final = """SELECT tgname, relname, tgtype::int, tgenabled::text, proname, prosrc FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal"""
#: queries that should return no row: each finds something that changes what is read from the tables or written to them
_NONE_OF: Final = (
    (
        "view",
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm', 'f')",
        _NOT_OURS,
    ),
    ("rule", "SELECT rulename FROM pg_rules WHERE schemaname = current_schema()", _NOT_OURS),
    (
        "table",
        """SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND (relrowsecurity OR relforcerowsecurity)""",
        "hides rows by a policy that is not from this product",
    ),
    (
        "index",
        """SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE relnamespace = current_schema()::regnamespace
        AND NOT (indisvalid AND indisready AND indpred IS NULL AND indexprs IS NULL)""",
        "does not hold every row: REINDEX it",
    ),
    (
        "constraint",
        """SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
        AND NOT (convalidated AND contype IN ('p', 'u', 'f', 'n'))""",
        "is not as this product made it",
    ),
    (
        "table",
        """SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace AND tgisinternal AND tgenabled <> 'O'""",
        "does not enforce what it refers to: its triggers are switched off",
    ),
)


def schema_of_postgresql(connection: Connection) -> Iterator[Problem]:
    """Everything that is missing, changed or not from this product; damaged indexes too, where the extension amcheck is
    installed.
    """
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    yield from map(_as_problem, compare_metadata(context, Table.metadata))
    for kind, statement, what in _NONE_OF:
        yield from (Problem(f"{kind} {name}", what) for name in connection.execute(text(statement)).scalars())
    yield from _triggers(connection)
    yield from _damaged_indexes(connection)


def _as_problem(difference: Any) -> Problem:
    if isinstance(difference, list):  # of one column: what, schema, table, column, …
        _, _, table, column, *_ = difference[0]
        return Problem(f"column {table}.{column}", "is not as this product made it")
    action, kind = difference[0].split("_", 1)
    named = ".".join(str(getattr(one, "name", one)) for one in difference[1:] if one is not None)
    return Problem(f"{kind} {named}", "is missing" if action == "add" else _NOT_OURS)


def _triggers(connection: Connection) -> Iterator[Problem]:
    rows = connection.execute(text(_EVERY_TRIGGER)).all()
    found = {tuple(row[:5]) for row in rows if row.prosrc.strip() == _REFUSES}
    for name in sorted({one[0] for one in _TRIGGERS - found}):
        yield Problem(f"trigger {name}", "is missing, switched off or changed")
    for name in sorted({row.tgname for row in rows} - {one[0] for one in _TRIGGERS}):
        yield Problem(f"trigger {name}", _NOT_OURS)


def _damaged_indexes(connection: Connection) -> Iterator[Problem]:
    if connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")).scalar() is None:
        return
    where = connection.execute(text("SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'amcheck'")).scalar()
    indexes = connection.execute(
        text(
            """SELECT pg_class.oid, relname FROM pg_class JOIN pg_am ON pg_am.oid = relam
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'i' AND amname = 'btree' ORDER BY relname"""
        )
    ).all()
    for oid, name in indexes:
        try:
            with connection.begin_nested():
                connection.execute(text(f"SELECT {where}.bt_index_check(CAST(:oid AS oid), true)"), {"oid": oid})
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", "") or ""
            if state.startswith("XX"):  # an error of the index, not a missing permission
                yield Problem(f"index {name}", "is damaged, or misses a row: REINDEX it")
