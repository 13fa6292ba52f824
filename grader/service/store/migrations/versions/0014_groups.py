"""A provider's groups make memberships, and know which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("membership", sa.Column("by_issuer", sa.String(length=500), nullable=True))


def downgrade() -> None:
    op.drop_column("membership", "by_issuer")
