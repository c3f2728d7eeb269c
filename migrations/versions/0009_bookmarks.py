"""What members keep for later.

Revision ID: 0009_bookmarks
Revises: 0008_membership
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0009_bookmarks"
down_revision = "0008_membership"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_POST = sa.text("comment_id IS NULL")
OF_COMMENT = sa.text("comment_id IS NOT NULL")
DUE = sa.text("remind_at IS NOT NULL AND reminded_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("post_id", BIG, nullable=False),
        sa.Column("comment_id", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("remind_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", db.UtcDateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_bookmarks_{column}_{table}"), ondelete="CASCADE"
            )
            for column, table in (("member_id", "members"), ("post_id", "posts"), ("comment_id", "comments"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
    )
    for name, columns, where in (
        ("uq_bookmarks_post", ["member_id", "post_id"], OF_POST),
        ("uq_bookmarks_comment", ["member_id", "comment_id"], OF_COMMENT),
    ):
        op.create_index(name, "bookmarks", columns, unique=True, postgresql_where=where, sqlite_where=where)
    op.create_index("ix_bookmarks_newest", "bookmarks", ["member_id", "id"])
    op.create_index("ix_bookmarks_due", "bookmarks", ["remind_at"], postgresql_where=DUE, sqlite_where=DUE)
    op.create_index(op.f("ix_bookmarks_post_id"), "bookmarks", ["post_id"])
    op.create_index(op.f("ix_bookmarks_comment_id"), "bookmarks", ["comment_id"])


def downgrade() -> None:
    op.drop_table("bookmarks")
