"""What a member follows, for their own eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from forum.accounts import policy as accounts
from forum.accounts.models import Member
from forum.following.models import Follow, Level, TargetKind
from forum.following.queries.selection import Reason
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import MemberId, PostId
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.organisations import policy as organisations
from forum.organisations.models import Organisation
from forum.posts import policy as posts
from forum.posts.addresses import address_of
from forum.posts.models import Post
from forum.topics import policy as topics
from forum.topics.models import Topic, TopicState

_NAMED: tuple[Any, ...] = (
    Follow,
    Topic.name.label("topic_name"),
    Topic.slug.label("topic_slug"),
    Organisation.name.label("org_name"),
    Organisation.slug.label("org_slug"),
    Member.name.label("member_name"),
    Member.username,
    Post.id.label("post_id"),
    Post.title,
    Post.slug.label("post_slug"),
    Post.language,
)


@dataclass(frozen=True)
class Followed:
    """`name` and `address` are empty for what can't be seen any more."""

    id: int
    kind: str
    target_id: int
    level: str
    name: str
    address: str
    language: str


def level_of(member_id: MemberId, kind: TargetKind, target_id: int) -> Level | None:
    found = db.session.scalar(
        select(Follow.level).where(Follow.member_id == member_id, Follow.kind == kind, Follow.target_id == target_id)
    )
    return Level(found) if found else None


def page_of_follows(actor: Actor, after: str | None = None) -> Page[Followed]:
    """What was followed last, first; in one statement. A merged topic's place is with the one it went up in."""
    start = cursor_id(after)
    merged = aliased(Topic)
    gone = exists().where(
        Follow.kind == TargetKind.TOPIC, merged.id == Follow.target_id, merged.state == TopicState.MERGED
    )
    query = _with_names(actor).where(Follow.member_id == actor.id, ~gone).order_by(Follow.id.desc()).limit(PAGE + 1)
    rows = db.session.execute(query.where(Follow.id < start) if start is not None else query).all()
    shown = tuple(_followed(row) for row in rows[:PAGE])
    return Page(rows=shown, after=str(shown[-1].id) if len(rows) > PAGE else None)


def _with_names(actor: Actor) -> Select[Any]:
    def on(kind: TargetKind, column: Any, visible: Any) -> Any:
        return and_(Follow.kind == kind.value, column == Follow.target_id, visible)

    return (
        select(*_NAMED)
        .select_from(Follow)
        .outerjoin(Topic, on(TargetKind.TOPIC, Topic.id, topics.visible_to(actor)))
        .outerjoin(Organisation, on(TargetKind.ORGANISATION, Organisation.id, organisations.visible_to(actor)))
        .outerjoin(Member, on(TargetKind.MEMBER, Member.id, accounts.visible_to(actor)))
        .outerjoin(Post, on(TargetKind.POST, Post.id, posts.visible_to(actor)))
    )


def _followed(row: Any) -> Followed:
    name, address = _name_and_address(row)
    follow: Follow = row.Follow
    return Followed(follow.id, follow.kind, follow.target_id, follow.level, name, address, row.language or "")


def _name_and_address(row: Any) -> tuple[str, str]:
    if row.topic_name is not None:
        return row.topic_name, f"/topics/{row.topic_slug}"
    if row.org_name is not None:
        return row.org_name, f"/organisations/{row.org_slug}"
    if row.member_name is not None:
        return row.member_name, f"/members/{row.username}"
    if row.title is not None:
        return row.title, address_of(row.post_id, row.post_slug)
    return "", ""


def explained(actor: Actor, reasons: Mapping[PostId, Reason]) -> dict[PostId, Followed]:
    """What of the actor's is the reason for each post, with its name; in one statement."""
    wanted = {(one.kind, one.target_id) for one in reasons.values()}
    by_kind: dict[str, list[int]] = {}
    for kind, target_id in wanted:
        by_kind.setdefault(kind, []).append(target_id)
    is_wanted = or_(false(), *(and_(Follow.kind == kind, Follow.target_id.in_(ids)) for kind, ids in by_kind.items()))
    rows = db.session.execute(_with_names(actor).where(Follow.member_id == actor.id, is_wanted))
    found = {(one.kind, one.target_id): one for one in map(_followed, rows)}
    return {post_id: found[one.kind, one.target_id] for post_id, one in reasons.items()}
