"""Which check of their exercise a group of answers was marked on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("marked_group", sa.Column("check", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("marked_group", "check")
