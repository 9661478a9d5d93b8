"""Registration numbers of accounts, and sessions of which the patient holds the consent form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "held_consent"
down_revision = "stock_lots"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Accounts that are there have no number, and no session is held."""
    op.add_column("account", sa.Column("registration", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("session", sa.Column("held", sa.String(length=22), nullable=True))
