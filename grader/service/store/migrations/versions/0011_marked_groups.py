"""Answers that are alike are marked at once, and what was decided so is undone at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "marked_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=200), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mistake", sa.Text(), nullable=True),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_marked_group_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_marked_group_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marked_group")),
    )
    op.create_index(op.f("ix_marked_group_opening_id"), "marked_group", ["opening_id"])
    with op.batch_alter_table("mark_change") as change:
        change.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        change.create_index(op.f("ix_mark_change_group_id"), ["group_id"])
        change.create_foreign_key(
            op.f("fk_mark_change_group_id_marked_group"), "marked_group", ["group_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("mark_change") as change:
        change.drop_constraint(op.f("fk_mark_change_group_id_marked_group"), type_="foreignkey")
        change.drop_index(op.f("ix_mark_change_group_id"))
        change.drop_column("group_id")
    op.drop_table("marked_group")
