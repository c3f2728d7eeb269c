"""writing: kept words, schedules, series, and why a comment was changed

Revision ID: 0010_writing
Revises: 0009_bookmarks
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0010_writing"
down_revision = "0009_bookmarks"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SCHEDULED = sa.text("state = 'scheduled'")

# A post's page names the post before it and those after it, so both are outdated by a link that comes or goes.
KEYS = """SELECT 'post:' || NEW.id AS k
    UNION SELECT 'post:' || OLD.continues_id WHERE OLD.continues_id IS NOT NULL
    UNION SELECT 'post:' || NEW.continues_id WHERE NEW.continues_id IS NOT NULL"""
KEYS_MADE = "SELECT 'post:' || NEW.continues_id AS k"
BUMP = """INSERT INTO page_versions (key, n) SELECT k, 1 FROM (SELECT v.k FROM ({keys}) v ORDER BY v.k) w
    WHERE true ON CONFLICT (key) DO UPDATE SET n = page_versions.n + 1"""
IS_LINKED = """OLD.continues_id {differs} NEW.continues_id OR (NEW.continues_id IS NOT NULL AND (
    OLD.state {differs} NEW.state OR OLD.title {differs} NEW.title OR OLD.slug {differs} NEW.slug))"""
TRIGGERS = (
    ("posts_in_series", "UPDATE", KEYS, IS_LINKED),
    ("posts_begun_in_series", "INSERT", KEYS_MADE, "NEW.continues_id IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("posts", sa.Column("publish_at", db.UtcDateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("publish_zone", sa.Text(), server_default="", nullable=False))
    op.add_column("posts", sa.Column("publish_problem", sa.Text(), server_default="", nullable=False))
    _add_continues()
    op.create_index("ix_posts_continues_id", "posts", ["continues_id"])
    op.create_index(
        "ix_posts_scheduled", "posts", ["publish_at", "id"], postgresql_where=SCHEDULED, sqlite_where=SCHEDULED
    )
    op.add_column("comment_revisions", sa.Column("note", sa.Text(), server_default="", nullable=False))
    _make_drafts()
    for trigger in TRIGGERS:
        _make_trigger(*trigger)


def _add_continues() -> None:
    """In SQLite as part of the column, since a table built anew would lose its triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("posts", sa.Column("continues_id", BIG, nullable=True))
        op.create_foreign_key("fk_posts_continues_id_posts", "posts", "posts", ["continues_id"], ["id"])
    else:
        op.execute("ALTER TABLE posts ADD COLUMN continues_id INTEGER REFERENCES posts (id)")


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("place", sa.Text().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("post_id", BIG, nullable=True),
        sa.Column("comment_id", BIG, nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("saved_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_drafts_comment_id_comments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_drafts_post_id_posts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("member_id", "place", name=op.f("uq_drafts_member_id_place")),
    )
    for column in ("post_id", "comment_id", "saved_at"):
        op.create_index(f"ix_drafts_{column}", "drafts", [column])


def downgrade() -> None:
    for name, *_rest in reversed(TRIGGERS):
        _drop_trigger(name)
    op.drop_table("drafts")
    op.drop_column("comment_revisions", "note")
    op.drop_index("ix_posts_scheduled", "posts")
    op.drop_index("ix_posts_continues_id", "posts")
    for column in ("continues_id", "publish_problem", "publish_zone", "publish_at"):
        op.drop_column("posts", column)


def _make_trigger(name: str, on: str, keys: str, condition: str) -> None:
    bump = BUMP.format(keys=keys)
    if op.get_bind().dialect.name != "postgresql":
        when = condition.format(differs="IS NOT")
        op.execute(f"CREATE TRIGGER {name} AFTER {on} ON posts FOR EACH ROW WHEN {when} BEGIN {bump}; END")
        return
    when = condition.format(differs="IS DISTINCT FROM")
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {bump}; RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {on} ON posts FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()")


def _drop_trigger(name: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {name} ON posts")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")
