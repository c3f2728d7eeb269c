"""pictures of things: a post's own picture, a member's face and an organisation's logo, each of them shown on pages

Revision ID: 0020_pictures_of_things
Revises: 0019_growth
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_pictures_of_things"
down_revision = "0019_growth"
branch_labels = None
depends_on = None

IMAGE = ("image", "image_width", "image_height", "image_alt", "image_decorative")
# As in 0002: a change of these columns outdates what shows them. A draft's picture is on no page that others read.
ON_LISTS = "SELECT 'home' AS k UNION SELECT 'topic:' || topic_id FROM post_topics WHERE post_id = NEW.id"
OF_MEMBER = """SELECT 'post:' || id AS k FROM posts WHERE author_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE author_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM post_topics JOIN posts ON posts.id = post_id WHERE author_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM topic_curators WHERE member_id = NEW.id
    UNION SELECT 'home'"""
OF_ORGANISATION = """SELECT 'post:' || id AS k FROM posts WHERE organisation_id = NEW.id
    UNION SELECT 'post:' || id FROM posts WHERE role_organisation_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE organisation_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE role_organisation_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM post_topics JOIN posts ON posts.id = post_id
        WHERE organisation_id = NEW.id OR role_organisation_id = NEW.id
    UNION SELECT 'home'"""
BUMP = """INSERT INTO page_versions (key, n) SELECT k, 1 FROM (SELECT v.k FROM ({keys}) v ORDER BY v.k) w
    WHERE true ON CONFLICT (key) DO UPDATE SET n = page_versions.n + 1"""
# Name, table, keys to bump, columns that matter, a further condition.
TRIGGERS = (
    ("posts_pictured", "posts", "SELECT 'post:' || NEW.id AS k", IMAGE, ""),
    ("posts_pictured_on_lists", "posts", ON_LISTS, IMAGE, "OLD.state = 'published' OR NEW.state = 'published'"),
    ("members_pictured", "members", OF_MEMBER, ("face",), ""),
    ("organisations_pictured", "organisations", OF_ORGANISATION, ("logo",), ""),
)


def upgrade() -> None:
    """Columns are added one by one: a table that SQLite built anew would lose its triggers."""
    for name in ("image", "image_alt"):
        op.add_column("posts", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("image_width", "image_height"):
        op.add_column("posts", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("posts", sa.Column("image_decorative", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("members", sa.Column("face", sa.Text(), server_default="", nullable=False))
    op.add_column("organisations", sa.Column("logo", sa.Text(), server_default="", nullable=False))
    for trigger in TRIGGERS:
        _make(*trigger)


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, table, *_rest in reversed(TRIGGERS):
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
        if postgresql:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_column("organisations", "logo")
    op.drop_column("members", "face")
    for name in reversed(IMAGE):
        op.drop_column("posts", name)


def _make(name: str, table: str, keys: str, columns: tuple[str, ...], only: str) -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    changed = " OR ".join(f"OLD.{one} {differs} NEW.{one}" for one in columns)
    when = f"({changed}) AND ({only})" if only else changed
    head = f"CREATE TRIGGER {name} AFTER UPDATE ON {table} FOR EACH ROW WHEN ({when})"
    bump = BUMP.format(keys=keys)
    if not postgresql:
        op.execute(f"{head} BEGIN {bump}; END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {bump}; RETURN NULL; END $$")
    op.execute(f"{head} EXECUTE FUNCTION {name}()")
