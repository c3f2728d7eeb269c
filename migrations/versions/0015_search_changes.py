"""What the search index doesn't know yet, noted by triggers in the transaction of the change.

Triggers and not code, for the reason of the page versions: no path can forget, neither a moderator's decision nor an
import nor an operator's own SQL.

Revision ID: 0015_search_changes
Revises: 0014_justice
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0015_search_changes"
down_revision = "0014_justice"
branch_labels = None
depends_on = None

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


@dataclass(frozen=True)
class Trigger:
    """`notes` are (kind, id, whether readers don't see it any more); `changed` the columns that matter to an UPDATE."""

    name: str
    table: str
    on: str
    notes: tuple[tuple[str, str, str], ...]
    changed: tuple[str, ...] = ()
    only: str = ""


UNREAD = "(NEW.state NOT IN ('visible', 'collapsed'))"
UNPUBLISHED = "(NEW.state <> 'published')"
UNSEEN_MEMBER = "(NEW.state IN ('unconfirmed', 'erased'))"
UNSEEN_ORGANISATION = "(NEW.state IN ('draft', 'rejected'))"
UNSEEN_TOPIC = "(NEW.state = 'merged')"
POST = (
    "title", "slug", "standfirst", "html", "kind", "language", "author_id", "organisation_id", "state", "published_at",
    "answered", "recommendation_count", "place",
)  # fmt: skip
COMMENT = ("html", "language", "author_id", "organisation_id", "state", "recommendation_count")
MEMBER = ("username", "name", "headline", "bio", "city", "state")
ORGANISATION = ("slug", "name", "code", "kind", "country", "city", "description", "state")
TOPIC = ("slug", "name", "description", "introduction", "state")
RENAMED = ("username", "name")

TRIGGERS = (
    Trigger("search_posts_made", "posts", "INSERT", (("post", "NEW.id", UNPUBLISHED),)),
    Trigger("search_posts_changed", "posts", "UPDATE", (("post", "NEW.id", UNPUBLISHED),), POST),
    Trigger(
        "search_threads_shown", "posts", "UPDATE", (("thread", "NEW.id", UNPUBLISHED),), ("state",),
        "OLD.state = 'published' OR NEW.state = 'published'",
    ),
    Trigger("search_posts_gone", "posts", "DELETE", (("thread", "OLD.id", "true"), ("post", "OLD.id", "true"))),
    Trigger("search_post_topics_made", "post_topics", "INSERT", (("thread", "NEW.post_id", "false"),)),
    Trigger(
        "search_post_topics_moved", "post_topics", "UPDATE", (("thread", "NEW.post_id", "false"),),
        ("topic_id", "position"),
    ),
    Trigger("search_post_topics_gone", "post_topics", "DELETE", (("thread", "OLD.post_id", "false"),)),
    Trigger("search_comments_made", "comments", "INSERT", (("comment", "NEW.id", UNREAD),)),
    Trigger("search_comments_changed", "comments", "UPDATE", (("comment", "NEW.id", UNREAD),), COMMENT),
    Trigger("search_comments_gone", "comments", "DELETE", (("comment", "OLD.id", "true"),)),
    Trigger("search_members_made", "members", "INSERT", (("member", "NEW.id", UNSEEN_MEMBER),)),
    Trigger("search_members_changed", "members", "UPDATE", (("member", "NEW.id", UNSEEN_MEMBER),), MEMBER),
    Trigger("search_members_renamed", "members", "UPDATE", (("of member", "NEW.id", "false"),), RENAMED),
    Trigger(
        "search_members_erased", "members", "UPDATE", (("of member", "NEW.id", "true"),), ("state",),
        "NEW.state = 'erased'",
    ),
    Trigger("search_members_gone", "members", "DELETE", (("member", "OLD.id", "true"),)),
    Trigger("search_organisations_made", "organisations", "INSERT", (("organisation", "NEW.id", UNSEEN_ORGANISATION),)),
    Trigger(
        "search_organisations_changed", "organisations", "UPDATE", (("organisation", "NEW.id", UNSEEN_ORGANISATION),),
        ORGANISATION,
    ),
    Trigger(
        "search_organisations_renamed", "organisations", "UPDATE", (("of organisation", "NEW.id", "false"),),
        ("name", "code", "state"),
    ),
    Trigger("search_organisations_gone", "organisations", "DELETE", (("organisation", "OLD.id", "true"),)),
    Trigger("search_topics_made", "topics", "INSERT", (("topic", "NEW.id", UNSEEN_TOPIC),)),
    Trigger("search_topics_changed", "topics", "UPDATE", (("topic", "NEW.id", UNSEEN_TOPIC),), TOPIC),
    Trigger("search_topics_renamed", "topics", "UPDATE", (("of topic", "NEW.id", "false"),), ("name",)),
    Trigger("search_topics_gone", "topics", "DELETE", (("topic", "OLD.id", "true"),)),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "search_changes",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_changes")),
    )
    _index("ix_search_changes_due", "NOT written")
    _index("ix_search_changes_gone", "gone")
    make = _postgresql if _is_postgresql() else _sqlite
    for trigger in TRIGGERS:
        for statement in make(trigger):
            op.execute(statement)


def downgrade() -> None:
    for trigger in reversed(TRIGGERS):
        op.execute(f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if _is_postgresql() else ""))
        if _is_postgresql():
            op.execute(f"DROP FUNCTION {trigger.name}()")
    op.drop_table("search_changes")


def _is_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")


def _index(name: str, where: str) -> None:
    op.create_index(name, "search_changes", ["id"], postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def _notes(trigger: Trigger) -> Iterator[str]:
    for kind, ref, gone in trigger.notes:
        yield (f"INSERT INTO search_changes (kind, ref, gone, written) VALUES ('{kind}', {ref}, {gone}, false);")


def _condition(trigger: Trigger, different: str) -> str:
    changed = " OR ".join(f"OLD.{one} {different} NEW.{one}" for one in trigger.changed)
    conditions = [f"({one})" for one in (changed, trigger.only) if one]
    return f"WHEN ({' AND '.join(conditions)})" if conditions else ""


def _sqlite(trigger: Trigger) -> list[str]:
    return [
        f"""CREATE TRIGGER {trigger.name} AFTER {trigger.on} ON {trigger.table} FOR EACH ROW
        {_condition(trigger, "IS NOT")} BEGIN {" ".join(_notes(trigger))} END"""
    ]


def _postgresql(trigger: Trigger) -> list[str]:
    return [
        f"""CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {" ".join(_notes(trigger))} RETURN NULL; END $$""",
        f"""CREATE TRIGGER {trigger.name} AFTER {trigger.on} ON {trigger.table} FOR EACH ROW
        {_condition(trigger, "IS DISTINCT FROM")} EXECUTE FUNCTION {trigger.name}()""",
    ]
