"""Triggers: page versions grow with every change of something shown, and a topic's list mirrors its posts.

Triggers and not code, so that no path can forget: commands, imports, bulk inserts and an operator's own SQL alike.
Keys are bumped in one statement in key order, so that two transactions can't wait for each other.

Revision ID: 0002
Revises: 0001
"""

from dataclasses import dataclass

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


@dataclass(frozen=True)
class Trigger:
    """`keys` is a SELECT of the keys to bump; `changed` lists the columns that matter to an UPDATE; `only` is a further
    condition, so that somebody's draft outdates no page that others read."""

    name: str
    table: str
    on: str
    keys: str = ""
    changed: tuple[str, ...] = ()
    also: str = ""
    only: str = ""


TOPICS_OF_POST = "SELECT 'topic:' || topic_id FROM post_topics WHERE post_id = {row}.id"
POST_LISTED = (
    "title",
    "slug",
    "standfirst",
    "excerpt",
    "state",
    "kind",
    "author_id",
    "organisation_id",
    "role_organisation_id",
    "role_title",
    "published_at",
    "last_activity_at",
    "comment_count",
    "recommendation_count",
    "words",
    "language",
    "pinned",
    "featured",
    "answered",
    "deadline",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
)
POST_SHOWN = (*POST_LISTED, "html", "comment_mode", "accepted_comment_id", "edited_at", "link", "revision")
COMMENT_SHOWN = (
    "path",
    "html",
    "state",
    "author_id",
    "organisation_id",
    "role_organisation_id",
    "edited_at",
    "reply_count",
    "recommendation_count",
    "language",
    "revision",
)
MEMBER_SHOWN = ("username", "name", "headline", "city", "state")
ORGANISATION_SHOWN = ("slug", "name", "code", "kind", "state")
TOPIC_SHOWN = ("slug", "name", "sign", "state")
TOPIC_OTHER = (
    "description",
    "introduction_html",
    "pinned_note_html",
    "position",
    "parent_id",
    "posting_policy",
    "post_count",
    "merged_into_id",
)
MIRROR = """UPDATE post_topics SET listed = (NEW.state = 'published'), published_at = NEW.published_at,
    last_activity_at = NEW.last_activity_at, recommendation_count = NEW.recommendation_count
    WHERE post_id = NEW.id"""
POSTS_OF_MEMBER = """SELECT 'post:' || id FROM posts WHERE author_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE author_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM post_topics JOIN posts ON posts.id = post_id WHERE author_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM topic_curators WHERE member_id = NEW.id
    UNION SELECT 'home'"""
POSTS_OF_ORGANISATION = """SELECT 'post:' || id FROM posts WHERE organisation_id = NEW.id
    UNION SELECT 'post:' || id FROM posts WHERE role_organisation_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE organisation_id = NEW.id
    UNION SELECT 'post:' || post_id FROM comments WHERE role_organisation_id = NEW.id
    UNION SELECT 'topic:' || topic_id FROM post_topics JOIN posts ON posts.id = post_id
        WHERE organisation_id = NEW.id OR role_organisation_id = NEW.id
    UNION SELECT 'home'"""

TRIGGERS = (
    Trigger("posts_shown", "posts", "UPDATE", "SELECT 'post:' || NEW.id", POST_SHOWN),
    Trigger(
        "posts_listed",
        "posts",
        "UPDATE",
        f"SELECT 'home' UNION {TOPICS_OF_POST.format(row='NEW')}",
        POST_LISTED,
        also=MIRROR,
        only="OLD.state = 'published' OR NEW.state = 'published'",
    ),
    Trigger(
        "posts_made",
        "posts",
        "INSERT",
        "SELECT 'home' UNION SELECT 'post:' || NEW.id",
        only="NEW.state = 'published'",
    ),
    Trigger(
        "post_topics_made",
        "post_topics",
        "INSERT",
        "SELECT 'topic:' || NEW.topic_id UNION SELECT 'post:' || NEW.post_id UNION SELECT 'home'",
        only="NEW.listed",
    ),
    Trigger(
        "post_topics_gone",
        "post_topics",
        "DELETE",
        "SELECT 'topic:' || OLD.topic_id UNION SELECT 'post:' || OLD.post_id UNION SELECT 'home'",
        only="OLD.listed",
    ),
    Trigger(
        "post_topics_moved",
        "post_topics",
        "UPDATE",
        "SELECT 'topic:' || NEW.topic_id UNION SELECT 'topic:' || OLD.topic_id"
        " UNION SELECT 'post:' || NEW.post_id UNION SELECT 'home'",
        ("topic_id", "position"),
    ),
    Trigger("comments_made", "comments", "INSERT", "SELECT 'post:' || NEW.post_id"),
    Trigger("comments_shown", "comments", "UPDATE", "SELECT 'post:' || NEW.post_id", COMMENT_SHOWN),
    Trigger("members_shown", "members", "UPDATE", POSTS_OF_MEMBER, MEMBER_SHOWN),
    Trigger("organisations_shown", "organisations", "UPDATE", POSTS_OF_ORGANISATION, ORGANISATION_SHOWN),
    Trigger("topics_made", "topics", "INSERT", "SELECT 'topics' UNION SELECT 'home'"),
    Trigger(
        "topics_shown",
        "topics",
        "UPDATE",
        "SELECT 'topics' UNION SELECT 'home' UNION SELECT 'topic:' || NEW.id"
        " UNION SELECT 'post:' || post_id FROM post_topics WHERE topic_id = NEW.id",
        TOPIC_SHOWN,
    ),
    Trigger(
        "topics_changed",
        "topics",
        "UPDATE",
        "SELECT 'topics' UNION SELECT 'home' UNION SELECT 'topic:' || NEW.id",
        TOPIC_OTHER,
    ),
    Trigger("topic_curators_made", "topic_curators", "INSERT", "SELECT 'topic:' || NEW.topic_id"),
    Trigger("topic_curators_gone", "topic_curators", "DELETE", "SELECT 'topic:' || OLD.topic_id"),
    Trigger("settings_made", "settings", "INSERT", "SELECT 'site'"),
    Trigger("settings_changed", "settings", "UPDATE", "SELECT 'site'", ("value",)),
    Trigger("settings_gone", "settings", "DELETE", "SELECT 'site'"),
)


def upgrade() -> None:
    make = _postgresql if op.get_bind().dialect.name == "postgresql" else _sqlite
    for trigger in TRIGGERS:
        for statement in make(trigger):
            op.execute(statement)


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for trigger in reversed(TRIGGERS):
        op.execute(f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if postgresql else ""))
        if postgresql:
            op.execute(f"DROP FUNCTION {trigger.name}()")


def _bump(keys: str) -> str:
    return f"""INSERT INTO page_versions (key, n) SELECT k, 1 FROM (SELECT v.k FROM ({_named(keys)}) v ORDER BY v.k) w
    WHERE true ON CONFLICT (key) DO UPDATE SET n = page_versions.n + 1"""


def _named(keys: str) -> str:
    head, _, tail = keys.partition("SELECT ")
    first, mark, rest = tail.partition(" UNION ")
    column, source, where = first.partition(" FROM ")
    return f"{head}SELECT {column} AS k{source}{where}{mark}{rest}"


def _condition(trigger: Trigger, different: str) -> str:
    changed = " OR ".join(f"OLD.{one} {different} NEW.{one}" for one in trigger.changed)
    conditions = [f"({one})" for one in (changed, trigger.only) if one]
    return f"WHEN ({' AND '.join(conditions)})" if conditions else ""


def _sqlite(trigger: Trigger) -> list[str]:
    also = f"{trigger.also};" if trigger.also else ""
    return [
        f"""CREATE TRIGGER {trigger.name} AFTER {trigger.on} ON {trigger.table} FOR EACH ROW
        {_condition(trigger, "IS NOT")} BEGIN {also} {_bump(trigger.keys)}; END"""
    ]


def _postgresql(trigger: Trigger) -> list[str]:
    also = f"{trigger.also};" if trigger.also else ""
    return [
        f"""CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {also} {_bump(trigger.keys)}; RETURN NULL; END $$""",
        f"""CREATE TRIGGER {trigger.name} AFTER {trigger.on} ON {trigger.table} FOR EACH ROW
        {_condition(trigger, "IS DISTINCT FROM")} EXECUTE FUNCTION {trigger.name}()""",
    ]
