"""follows: what members want to hear of, and what they muted

Revision ID: 0007_follows
Revises: 0006_trust
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0007_follows"
down_revision = "0006_trust"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", BIG, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_follows_member_id_members", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.UniqueConstraint("member_id", "kind", "target_id", name="uq_follows_member_id_kind_target_id"),
    )
    op.create_index("ix_follows_followers", "follows", ["kind", "target_id", "level", "member_id"])


def downgrade() -> None:
    op.drop_index("ix_follows_followers", "follows")
    op.drop_table("follows")
