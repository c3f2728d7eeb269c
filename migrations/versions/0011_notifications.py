"""notifications: what members are told, how they want it, and what holds for their mail

Revision ID: 0011_notifications
Revises: 0010_writing
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0011_notifications"
down_revision = "0010_writing"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = db.UtcDateTime(timezone=True)
UNREAD = sa.text("read_at IS NULL")
DUE = sa.text("mail_at IS NOT NULL")


def _key(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("post_id", BIG, nullable=True),
        sa.Column("comment_id", BIG, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("read_at", TIME, nullable=True),
        sa.Column("mail_at", TIME, nullable=True),
        _key("notifications", "member_id", "members"),
        _key("notifications", "actor_id", "members", "SET NULL"),
        _key("notifications", "post_id", "posts"),
        _key("notifications", "comment_id", "comments"),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sa.UniqueConstraint("member_id", "source", name="uq_notifications_member_id_source"),
    )
    op.create_index("ix_notifications_newest", "notifications", ["member_id", "at", "id"])
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["member_id", "thread", "post_id", "comment_id"],
        postgresql_where=UNREAD,
        sqlite_where=UNREAD,
    )
    op.create_index("ix_notifications_due", "notifications", ["mail_at"], postgresql_where=DUE, sqlite_where=DUE)
    for column in ("actor_id", "post_id", "comment_id", "at"):
        op.create_index(f"ix_notifications_{column}", "notifications", [column])
    op.create_table(
        "notification_choices",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        _key("notification_choices", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", "kind", name="pk_notification_choices"),
    )
    op.create_table(
        "mail_preferences",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("digest_at", TIME, nullable=True),
        sa.Column("digested_at", TIME, nullable=True),
        sa.Column("stopped_at", TIME, nullable=True),
        sa.Column("stop_reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("letters_sent", sa.Integer(), nullable=False),
        _key("mail_preferences", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_mail_preferences"),
    )
    op.create_index("ix_mail_preferences_digest_at", "mail_preferences", ["digest_at"])


def downgrade() -> None:
    op.drop_table("mail_preferences")
    op.drop_table("notification_choices")
    op.drop_table("notifications")
