"""Regrade sets: stored attempts judged again by another revision. Nobody of the version before asks for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regrade_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("assignment", sa.String(length=64), nullable=False),
        sa.Column("exercise", sa.String(length=64), nullable=True),
        sa.Column("check", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("only_gains", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("differences", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_regrade_set_course_id_course"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_regrade_set_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_regrade_set_revision_id_revision")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_regrade_set_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_set")),
    )
    op.create_index(op.f("ix_regrade_set_opening_id"), "regrade_set", ["opening_id"])
    op.create_table(
        "regrade_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=100), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("asked_again", sa.Boolean(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("before_revision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_id"], ["regrade_set.id"], name=op.f("fk_regrade_work_set_id_regrade_set"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_regrade_work_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["before_revision_id"], ["revision.id"], name=op.f("fk_regrade_work_before_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_work")),
        sa.UniqueConstraint("set_id", "attempt_id", name=op.f("uq_regrade_work_set_id")),
    )
    op.create_index(op.f("ix_regrade_work_attempt_id"), "regrade_work", ["attempt_id"])
    _of_some("ix_regrade_work_next", "state = 'waiting'", "id")
    _of_some("ix_regrade_work_lease", "state = 'running'", "lease_until")


def downgrade() -> None:
    op.drop_table("regrade_work")
    op.drop_table("regrade_set")


def _of_some(name: str, which: str, *columns: str) -> None:
    """An index of these works alone."""
    where = sa.text(which)
    op.create_index(name, "regrade_work", list(columns), sqlite_where=where, postgresql_where=where)
