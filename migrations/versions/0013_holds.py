"""Watched words; what waits because of its organisation; a moderator's words with what was returned.

Revision ID: 0013_holds
Revises: 0012_files
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0013_holds"
down_revision = "0012_files"
branch_labels = None
depends_on = None

WAITING = "state IN ('pending', 'returned', 'hidden')"
WAITING_BEFORE = "state IN ('pending', 'returned')"


def upgrade() -> None:
    op.create_table(
        "watched_words",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_pattern", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["members.id"],
            name=op.f("fk_watched_words_added_by_id_members"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_words")),
        sa.UniqueConstraint("words", "is_pattern", name=op.f("uq_watched_words_words_is_pattern")),
    )
    op.create_index("ix_watched_words_added_by_id", "watched_words", ["added_by_id"])
    op.create_index("ix_review_items_lane_decided", "review_items", ["lane", "decided_at"])
    op.add_column("organisations", sa.Column("first_posts_left", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("organisations", sa.Column("struck_at", db.UtcDateTime(timezone=True), nullable=True))
    for table in ("posts", "comments"):
        op.add_column(table, sa.Column("returned_because", sa.Text(), nullable=False, server_default=""))
    _index_waiting(WAITING)


def downgrade() -> None:
    _index_waiting(WAITING_BEFORE)
    for table in ("comments", "posts"):
        op.drop_column(table, "returned_because")
    op.drop_column("organisations", "struck_at")
    op.drop_column("organisations", "first_posts_left")
    op.drop_index("ix_review_items_lane_decided", "review_items")
    op.drop_table("watched_words")


def _index_waiting(condition: str) -> None:
    op.drop_index("ix_comments_waiting", "comments")
    op.create_index(
        "ix_comments_waiting",
        "comments",
        ["author_id", "post_id"],
        postgresql_where=sa.text(condition),
        sqlite_where=sa.text(condition),
    )
