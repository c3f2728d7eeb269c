"""Trust: standings, what changed, and how many days had been visited by when.

Revision ID: 0006_trust
Revises: 0005_moderation
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0006_trust"
down_revision = "0005_moderation"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _standings()
    _changes()
    op.create_table(
        "visit_marks",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("days_visited", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_visit_marks_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f("pk_visit_marks")),
    )


def _standings() -> None:
    op.create_table(
        "trust_standings",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("computed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kept_until", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("granted_by_id", BIG, nullable=True),
        sa.Column("granted_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by_id"],
            ["members.id"],
            name=op.f("fk_trust_standings_granted_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_trust_standings_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_trust_standings")),
    )
    op.create_index("ix_trust_standings_computed_at", "trust_standings", ["computed_at", "member_id"])
    op.create_index(op.f("ix_trust_standings_granted_by_id"), "trust_standings", ["granted_by_id"])


def _changes() -> None:
    op.create_table(
        "trust_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("old", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["members.id"], name=op.f("fk_trust_changes_by_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_trust_changes_member_id_members"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_changes")),
    )
    op.create_index(op.f("ix_trust_changes_by_id"), "trust_changes", ["by_id"])
    op.create_index("ix_trust_changes_member_id", "trust_changes", ["member_id", "id"])


def downgrade() -> None:
    for table in ("visit_marks", "trust_changes", "trust_standings"):
        op.drop_table(table)
