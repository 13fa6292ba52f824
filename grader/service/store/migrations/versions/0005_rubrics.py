"""Rubrics, and who marks which answer at this moment; which attempt counts for each exercise, made when next it is
reckoned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rubric_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_rubric_item_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_item")),
    )
    op.create_index("ix_rubric_item_exercise", "rubric_item", ["opening_id", "exercise"])
    op.create_table(
        "marking_claim",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_marking_claim_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_marking_claim_by_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "exercise", name=op.f("pk_marking_claim")),
    )
    data = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("standing", sa.Column("by_exercise", data, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("standing") as standing:
        standing.drop_column("by_exercise")
    op.drop_table("marking_claim")
    op.drop_table("rubric_item")
