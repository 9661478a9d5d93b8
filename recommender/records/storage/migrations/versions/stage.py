"""What a prescriber last did with a draft, in the lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "stage"
down_revision = "held_consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark the drafts that were given back, which the audit names; until now nothing else could be said of one."""
    op.add_column("consultation", sa.Column("stage", sa.String(12), nullable=False, server_default=""))
    given_back = "SELECT record FROM audit WHERE kind = 'consultation' AND what = 'given back'"
    op.execute(f"UPDATE consultation SET stage = 'given_back' WHERE state = 'draft' AND id IN ({given_back})")  # noqa: S608 (no input)
