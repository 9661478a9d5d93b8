"""The clinic's own products with their lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "stock_lots"
down_revision = "name_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an empty list of lots."""
    op.create_table(
        "stock_lot",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("treatment", sa.String(length=32), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("brand", sa.String(length=200), nullable=False),
        sa.Column("lot", sa.String(length=200), nullable=False),
        sa.Column("compared", sa.String(length=200), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("dilution", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("vouched", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stock_lot_compared"), "stock_lot", ["compared"], unique=False)
