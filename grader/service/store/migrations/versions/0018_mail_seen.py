"""What somebody saw of an opening stands with the mail that told them of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("seen", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("mail", "seen")
