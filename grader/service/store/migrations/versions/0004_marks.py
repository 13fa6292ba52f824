"""What people mark, beside the machine's report, with its history. Who writes reports without knowing of marks leaves
them as they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mark_change",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_mark_change_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_mark_change_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "exercise", "version", name=op.f("pk_mark_change")),
    )
    marks = sa.Column("marks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
    op.add_column("report", marks)
    op.add_column("standing", sa.Column("to_mark", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("standing") as standing:
        standing.drop_column("to_mark")
    with op.batch_alter_table("report") as report:
        report.drop_column("marks")
    op.drop_table("mark_change")
