"""Visits in which an expired product was used and recorded as that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "used_expired"
down_revision = "access_vouched"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark them in the lists; until now no such use could be recorded."""
    op.add_column("consultation", sa.Column("used_expired", sa.Boolean(), nullable=False, server_default=sa.false()))
