"""Curating: marks of a post under a topic, and what curators did. A mark that changes makes its topic's page anew.

Revision ID: 0017_curating
Revises: 0016_directories
"""

import sqlalchemy as sa
from alembic import op

from forum.kernel import db

revision = "0017_curating"
down_revision = "0016_directories"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARKED = sa.text("pinned OR featured IS NOT NULL")
BUMP = """INSERT INTO page_versions (key, n) SELECT 'topic:' || NEW.topic_id, 1 WHERE true
    ON CONFLICT (key) DO UPDATE SET n = page_versions.n + 1"""
SQLITE = f"""CREATE TRIGGER post_topics_marked AFTER UPDATE ON post_topics FOR EACH ROW
    WHEN (OLD.pinned IS NOT NEW.pinned OR OLD.featured IS NOT NEW.featured) BEGIN {BUMP}; END"""
POSTGRESQL = (
    f"""CREATE FUNCTION post_topics_marked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {BUMP}; RETURN NULL; END $$""",
    """CREATE TRIGGER post_topics_marked AFTER UPDATE ON post_topics FOR EACH ROW
    WHEN (OLD.pinned IS DISTINCT FROM NEW.pinned OR OLD.featured IS DISTINCT FROM NEW.featured)
    EXECUTE FUNCTION post_topics_marked()""",
)


def upgrade() -> None:
    op.add_column("post_topics", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("post_topics", sa.Column("featured", sa.Integer(), nullable=True))
    op.create_index("ix_post_topics_marked", "post_topics", ["topic_id"], postgresql_where=MARKED, sqlite_where=MARKED)
    op.create_table(
        "curating_acts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("topic_id", ID, sa.ForeignKey("topics.id", ondelete="CASCADE"), nullable=True),
        sa.Column("post_id", ID, sa.ForeignKey("posts.id", ondelete="CASCADE"), nullable=True),
        sa.Column("actor_id", ID, sa.ForeignKey("members.id"), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", ID, sa.ForeignKey("members.id"), nullable=True),
    )
    op.create_index("ix_curating_acts_topic_id", "curating_acts", ["topic_id", "id"])
    op.create_index("ix_curating_acts_post_id", "curating_acts", ["post_id", "id"])
    op.create_index("ix_curating_acts_actor_id", "curating_acts", ["actor_id"])
    op.create_index("ix_curating_acts_undone_by_id", "curating_acts", ["undone_by_id"])
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute("DROP TRIGGER post_topics_marked" + (" ON post_topics" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION post_topics_marked()")
    op.drop_table("curating_acts")
    op.drop_index("ix_post_topics_marked", "post_topics")
    op.drop_column("post_topics", "featured")
    op.drop_column("post_topics", "pinned")


def _statements() -> tuple[str, ...]:
    return POSTGRESQL if op.get_bind().dialect.name == "postgresql" else (SQLITE,)
