"""Indexes for what was read whole: domains, reminders, and the first and last items.

Revision ID: 0019_growth
Revises: 0018_link_cards
"""

import sqlalchemy as sa
from alembic import op

revision = "0019_growth"
down_revision = "0018_link_cards"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_organisations_domain", "organisations", ["domain"], None),
    ("ix_bookmarks_reminders", "bookmarks", ["member_id", "remind_at"], "remind_at IS NOT NULL"),
    ("ix_review_items_created", "review_items", ["created_at"], None),
    ("ix_review_items_opened", "review_items", ["opened_at"], None),
)


def upgrade() -> None:
    for name, table, columns, condition in INDEXES:
        where = sa.text(condition) if condition else None
        op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    for name, table, _columns, _condition in reversed(INDEXES):
        op.drop_index(name, table)
