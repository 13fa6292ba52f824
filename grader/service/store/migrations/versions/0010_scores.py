"""Grades on their way to learning platforms: what each is to have of whom, and who tells it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "lti_score",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wanted", kept, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("told", kept, nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_unclear", sa.Boolean(), nullable=False),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stamp_version", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", kept, nullable=True),
        sa.Column("differs", kept, nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["lti_link.id"], name=op.f("fk_lti_score_link_id_lti_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lti_score_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", "person_id", name=op.f("pk_lti_score")),
    )
    op.create_index(op.f("ix_lti_score_person_id"), "lti_score", ["person_id"])
    is_waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_lti_score_waiting",
        "lti_score",
        ["link_id", "person_id"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )
    op.create_table(
        "lti_sender",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=100), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", kept, nullable=True),
        sa.Column("parked_for", sa.String(length=64), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["lti_link.id"], name=op.f("fk_lti_sender_link_id_lti_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_lti_sender_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_lti_sender")),
    )
    op.create_index(op.f("ix_lti_sender_opening_id"), "lti_sender", ["opening_id"])


def downgrade() -> None:
    op.drop_table("lti_sender")
    op.drop_table("lti_score")
