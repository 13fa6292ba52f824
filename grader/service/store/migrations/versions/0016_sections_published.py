"""An opening is published for a section."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "section_publication",
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_section_publication_opening_id_opening"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_publication_section_id_section"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opening_id", "section_id", name=op.f("pk_section_publication")),
    )
    op.create_index(op.f("ix_section_publication_section_id"), "section_publication", ["section_id"])


def downgrade() -> None:
    op.drop_table("section_publication")
