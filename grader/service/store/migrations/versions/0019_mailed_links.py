"""Links that are mailed: to whom, and what they prove. An address that somebody typed is not proven by that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("email_unproven", sa.Boolean(), nullable=True))
    op.add_column("link", sa.Column("mailed_to", sa.String(length=320), nullable=True))
    op.create_table(
        "link_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_link_mail_by_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_link_mail_course_id_course"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_link_mail_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_link_mail_section_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_mail")),
    )
    op.create_index(op.f("ix_link_mail_course_id"), "link_mail", ["course_id"])
    op.create_index(op.f("ix_link_mail_person_id"), "link_mail", ["person_id"])


def downgrade() -> None:
    op.drop_table("link_mail")
    op.drop_column("link", "mailed_to")
    op.drop_column("person", "email_unproven")
