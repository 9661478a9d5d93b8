"""Patients found by the beginnings of their names: which of them are kept under these already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "name_index"
down_revision = "used_expired"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of everybody that they are not yet; the words are made anew when the records are opened with their key."""
    op.add_column("patient", sa.Column("indexed", sa.Integer(), nullable=False, server_default="0"))
