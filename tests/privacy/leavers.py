"""Members with something of theirs in every table, and the day on which they leave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import Table, insert, select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock, mailer
from forum.kernel.db import Base, UtcDateTime, db, transaction
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choice, Choices
from forum.posts.models import Post
from forum.privacy import commands, policy, working
from tests import factories
from tests.accounts import people

# Stands in every free text of a member's; long enough to be nobody else's, short enough for a username.
TOKEN = "plantedtoken5f3a"
REMOVE = Choices(Choice.REMOVE, Choice.REMOVE)
# Made by the factories, as they really look; the rest is filled column by column.
MADE = {"members", "posts", "comments"}
# Words of the house, digests and keys: no member's text ever stands in these.
CODES = {
    "state", "kind", "lane", "scope", "action", "aspect", "verb", "outcome", "subject_type", "opened_by", "purpose",
    "level", "right", "channel", "digest", "why", "form", "method", "check_name", "token_hash", "key", "fingerprint",
    "puid", "code_hash", "email_key", "source", "thread", "decision_visibility", "decision_account", "decision_ground",
    "category", "content_type", "content_language", "source_type", "automated_detection", "automated_decision",
    "reason_code", "posts", "comments", "writer", "answer", "territorial_scope", "name_of_job", "language", "ground",
}  # fmt: skip
REAL: dict[str, dict[str, Any]] = {
    "review_items": {
        "subject_type": "comment",
        "lane": "reports",
        "scope": "site",
        "state": "decided",
        "reason": "spam",
    },
    "membership_requests": {"kind": "claim", "stage": "granted", "wanted": {"title": TOKEN}},
    "invitations": {"state": "accepted", "email": f"{TOKEN}@example.org"},
    "comment_revisions": {"source": TOKEN},
    "post_revisions": {"source": TOKEN},
    "reports": {"subject_type": "comment", "reason": "spam"},
    "data_exports": {"state": "ready", "key": TOKEN},
    "follows": {"kind": "member", "level": "every"},
    "membership_proofs": {"method": "mail", "state": "proven"},
    "files": {"kind": "picture", "key": TOKEN, "width": 640},
    "decisions": {"before": {}},
    "notices": {"email": f"{TOKEN.upper()}@example.org"},
}


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    now = clock.now
    with patch.object(clock, "now", lambda: now() + by):
        yield


def ask(member: Member, choices: Choices = REMOVE) -> None:
    with transaction():
        commands.ask_erasure(member.id, choices)


def leave(member: Member, choices: Choices = REMOVE) -> None:
    """Asked for, waited for, done."""
    ask(member, choices)
    with later(policy.THINK_FOR):
        working.erase_due()
    db.session.expire_all()


def written(author: Member, **fields: Any) -> Post:
    """A post of theirs, with its counters."""
    post: Post = factories.post(author, **fields)
    with transaction() as session:
        session.get_one(Member, author.id).post_count += 1
    return post


def remarked(author: Member, under: Post, path: str, **fields: Any) -> Comment:
    """A comment of theirs, with its counters."""
    comment: Comment = factories.comment(author, under, path, **fields)
    with transaction() as session:
        session.get_one(Member, author.id).comment_count += 1
        session.get_one(Post, under.id).comment_count += 1
    return comment


def planted() -> Member:
    """Somebody whose every text in every table holds TOKEN, and whose row is in each table that points at members."""
    texts = dict.fromkeys(("name", "headline", "bio", "bio_html", "city", "represents"), TOKEN)
    member = people.member(TOKEN, **texts)
    factories.organisation()
    words = dict.fromkeys(("source", "html", "excerpt"), f"about {TOKEN}")
    about = dict.fromkeys(("title", "slug", "standfirst", "place", "link", "role_title"), TOKEN)
    post = written(member, **words, **about)
    remarked(member, post, "0000", **words, role_title=TOKEN)
    with transaction():
        for table in Base.metadata.sorted_tables:
            if table.name not in MADE and _is_of_members(table):
                db.session.execute(insert(table).values(_row(table, member.id)))
        notices = Base.metadata.tables["notices"]
        db.session.execute(insert(notices).values(_row(notices, member.id)))
        mailer.post(mailer.Letter(f"{TOKEN}@example.org", TOKEN, TOKEN, TOKEN), "localhost")
    return member


def _is_of_members(table: Table) -> bool:
    return table.name != "erasures" and any(_target(column) == "members" for column in table.columns)


def _row(table: Table, member_id: MemberId) -> dict[str, Any]:
    made = {column.name: _value(column, member_id) for column in table.columns if not _counts_itself(table, column)}
    return made | REAL.get(table.name, {})


def _counts_itself(table: Table, column: Any) -> bool:
    return column.primary_key and not column.foreign_keys and column.type.python_type is int and (
        len(table.primary_key.columns) == 1
    )  # fmt: skip


def _target(column: Any) -> str:
    return next((str(key.column.table.name) for key in column.foreign_keys), "")


def _value(column: Any, member_id: MemberId) -> Any:
    """What a column of its kind may hold, with TOKEN where it's a text of somebody's."""
    target = _target(column)
    if target == "members":
        return member_id
    if target:
        return _any_of(target) if target != column.table.name else None
    if isinstance(column.type, UtcDateTime):
        return clock.now()
    kind = column.type.python_type
    if kind is str:
        return f"x{column.table.name}" if column.name in CODES else TOKEN
    return {int: 1, bool: False, date: clock.now().date()}.get(kind, {"words": TOKEN})


def _any_of(name: str) -> Any:
    key = Base.metadata.tables[name].primary_key.columns
    return db.session.scalar(select(*key).order_by(*key).limit(1))
