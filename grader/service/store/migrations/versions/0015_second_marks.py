"""A sample of marked answers is marked by a second person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "second_mark",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.String(length=200), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", kept, nullable=True),
        sa.Column("first_by_id", sa.Integer(), nullable=True),
        sa.Column("given", kept, nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("choice", sa.String(length=16), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_second_mark_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_second_mark_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["first_by_id"], ["person.id"], name=op.f("fk_second_mark_first_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_second_mark_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "exercise", name=op.f("pk_second_mark")),
    )
    op.create_index(op.f("ix_second_mark_opening_id"), "second_mark", ["opening_id"])


def downgrade() -> None:
    op.drop_table("second_mark")
