"""Run by Alembic: the migrations, on the connection that ``database.upgrade`` gives."""

from __future__ import annotations

from alembic import context

from recommender.records.storage.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,  # SQLite can, though Alembic does not assume it
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
