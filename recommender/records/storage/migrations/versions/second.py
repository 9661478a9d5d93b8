"""Accounts that a provider opens: whose they are there, and which of its sign-ins were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "second"
down_revision = "first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what links an account to a provider's; accounts that are there have none."""
    op.add_column("account", sa.Column("issuer", sa.String(length=500), nullable=True))
    op.add_column("account", sa.Column("subject", sa.String(length=255), nullable=True))
    op.create_index("ix_account_provider", "account", ["issuer", "subject"], unique=True)
    op.create_table(
        "provider_sign_in",
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
    )
