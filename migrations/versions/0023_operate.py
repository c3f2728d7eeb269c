"""Operate: what administrators did, and the way to members of a role or state, however many others there are.

Revision ID: 0023_operate
Revises: 0022_second_factors
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0023_operate"
down_revision = "0022_second_factors"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (
    ("ix_members_role", "members", ["role", "id"], "role <> 'member'"),
    ("ix_members_state", "members", ["state", "id"], "state <> 'active'"),
    ("ix_letters_state", "letters", ["state", "id"], "state <> 'sent'"),
    ("ix_outbox_deliveries_state", "outbox_deliveries", ["state", "id"], "state <> 'done'"),
)


def upgrade() -> None:
    op.create_table(
        "admin_acts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("members.id", ondelete="SET NULL"), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("member_id", ID, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=True),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
    )
    op.create_index("ix_admin_acts_actor_id", "admin_acts", ["actor_id"])
    op.create_index("ix_admin_acts_member_id", "admin_acts", ["member_id", "id"])
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def downgrade() -> None:
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table)
    op.drop_table("admin_acts")
