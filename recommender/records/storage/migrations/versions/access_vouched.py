"""Accounts and sessions are vouched for with the key: what somebody wrote without it opens nothing.

A migration has no key: ``vouched.py`` vouches for the accounts that are there, once the tables are made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "access_vouched"
down_revision = "second"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the key makes; nobody stays signed in."""
    op.execute("DELETE FROM session")
    for table in ("account", "session"):
        op.add_column(table, sa.Column("vouched", sa.String(length=80), nullable=False, server_default=""))
