"""reading: how far members got, sums for trust, and an index for what is new

Revision ID: 0004_reading
Revises: 0003_rules
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0004_reading"
down_revision = "0003_rules"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
READABLE = sa.text("state IN ('visible', 'collapsed')")


def upgrade() -> None:
    op.create_table(
        "reading_places",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("comment_id", BIG, nullable=False),
        sa.Column("comments_read", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_reading_places_member_id_members", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_reading_places_post_id_posts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "post_id", name="pk_reading_places"),
    )
    op.create_index("ix_reading_places_post_id", "reading_places", ["post_id"])
    op.create_table(
        "reading_totals",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("posts_opened", sa.Integer(), nullable=False),
        sa.Column("comments_read", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("days_visited", sa.Integer(), nullable=False),
        sa.Column("read_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_reading_totals_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_reading_totals"),
    )
    op.create_index(
        "ix_comments_newest",
        "comments",
        ["post_id", "id", "author_id"],
        postgresql_where=READABLE,
        sqlite_where=READABLE,
    )


def downgrade() -> None:
    op.drop_index("ix_comments_newest", "comments")
    op.drop_table("reading_totals")
    op.drop_index("ix_reading_places_post_id", "reading_places")
    op.drop_table("reading_places")
