"""Whether the database has the schema that the migrations make, and passes its own integrity checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, LargeBinary, inspect

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError
from recommender.records.storage.database import connect, known_revision, upgrade
from recommender.records.storage.postgresql_schema import schema_of_postgresql
from recommender.records.storage.tables import Table

_MOST_LINES: Final = 20
_VERSION: Final = "alembic_version"
_DAY: Final = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


class SchemaObject(NamedTuple):
    """A table, index, trigger or view of SQLite, with the statement that created it."""

    kind: str
    table: str
    made_by: str | None


@cache
def expected_schema(revision: str = "head") -> Mapping[str, SchemaObject]:
    """The schema that the migrations make in SQLite, up to a revision."""
    engine = connect("sqlite://")
    upgrade(engine, to=revision)
    with engine.connect() as connection:
        objects = _objects(connection)
    engine.dispose()
    return objects


def refuse_another_schema(connection: Connection) -> None:
    """Refuse a SQLite file with anything that this product does not make; what is missing is reported by verification.

    Nothing in the file is executed: views and triggers are read as text, and each table's definition before its rows.
    """
    found = _objects(connection)
    if found.get(_VERSION) != expected_schema()[_VERSION]:
        raise RecordsError([Problem("file", "is no copy that 'recommender records backup' wrote")])
    revision = known_revision(connection)
    if revision is None:
        raise RecordsError([Problem("file", "is no copy that 'recommender records backup' wrote")])
    problems = [problem for name, problem in _differences(found, expected_schema(revision)) if name in found]
    if problems:
        raise RecordsError(problems[:_MOST_LINES])


def schema_problems(connection: Connection) -> Iterator[Problem]:
    """Everything that is missing, changed or not from this product."""
    if connection.dialect.name == "sqlite":
        yield from (problem for _, problem in _differences(_objects(connection), expected_schema()))
    else:
        yield from schema_of_postgresql(connection)


def has_every_table(connection: Connection) -> bool:
    """Whether each table is there and is a table: only then are rows read."""
    there = set(inspect(connection).get_table_names())
    return there >= set(Table.metadata.tables)


def integrity_problems(connection: Connection) -> Iterator[Problem]:
    """What the database's own checks find: damaged pages, indexes that miss a row, foreign keys without a target."""
    if connection.dialect.name == "sqlite":
        lines = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_LINES})").scalars()
        yield from (Problem("database", f"SQLite finds it damaged: {line}") for line in lines if line != "ok")
    yield from _references(connection)


def _objects(connection: Connection) -> dict[str, SchemaObject]:
    rows = connection.exec_driver_sql("SELECT name, type, tbl_name, sql FROM sqlite_master")
    return {name: SchemaObject(*rest) for name, *rest in rows if not name.startswith("sqlite_stat")}


def _differences(found: Mapping[str, SchemaObject], made: Mapping[str, SchemaObject]) -> Iterator[tuple[str, Problem]]:
    for name in sorted(found.keys() | made.keys()):
        here, ours = found.get(name), made.get(name)
        named = here or ours
        if named is None or here == ours:
            continue
        what = (
            "is missing" if here is None else "is not from this product" if ours is None else "is not as this product made it"
        )
        yield name, Problem(f"{named.kind} {name}", what)


def _references(connection: Connection) -> Iterator[Problem]:
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_keys:
            counted = (
                f'SELECT count(*) FROM "{table.name}" c LEFT JOIN "{key.column.table.name}" p '  # noqa: S608 (our own names)
                f'ON p."{key.column.name}" = c."{key.parent.name}" WHERE p."{key.column.name}" IS NULL'
            )
            lost = connection.exec_driver_sql(counted).scalar()
            if lost:
                yield Problem(f"table {table.name}", f"refers to {lost} rows of {key.column.table.name} that are not there")


def unreadable_values(connection: Connection) -> Iterator[Problem]:
    """Values of another type than their column's, which SQLite allows and which cannot be read."""
    if connection.dialect.name != "sqlite":
        return
    for table in Table.metadata.sorted_tables:
        for column in table.columns:
            wrong = f'"{column.name}" IS NOT NULL AND NOT ({_is_of_its_kind(column)})'
            found = connection.exec_driver_sql(f'SELECT count(*) FROM "{table.name}" WHERE {wrong}').scalar()  # noqa: S608
            if found:
                yield Problem(f"table {table.name}", f"has {found} values in {column.name} that are not of its kind")


def _is_of_its_kind(column: Column[object]) -> str:
    name, kind = f'"{column.name}"', column.type
    impl = getattr(kind, "impl_instance", kind)
    if isinstance(impl, DateTime):
        return f"{name} GLOB '{_DAY} [0-2][0-9]:[0-5][0-9]:[0-5][0-9]*' AND datetime({name}) IS NOT NULL"
    if isinstance(impl, Date):
        return f"{name} GLOB '{_DAY}' AND date({name}) IS NOT NULL"
    if isinstance(impl, Boolean):
        return f"typeof({name}) = 'integer' AND {name} IN (0, 1)"
    return (
        f"typeof({name}) = '{'blob' if isinstance(impl, LargeBinary) else 'integer' if isinstance(impl, Integer) else 'text'}'"
    )
