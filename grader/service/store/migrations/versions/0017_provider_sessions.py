"""A session knows by which provider somebody signed in, so that it ends with the one there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = (
    ("by_issuer", sa.String(length=500)),
    ("by_subject", sa.String(length=255)),
    ("by_sid", sa.String(length=255)),
    ("id_token", sa.Text()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("session", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in COLUMNS:
        op.drop_column("session", name)
