"""Who is to hear of something: for those who tell them, a bounded number at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Block, Member
from forum.following.models import Follow, Level, TargetKind
from forum.kernel.access import MemberState
from forum.kernel.db import db
from forum.kernel.ids import MemberId, OrganisationId, PostId, TopicId

_AWAY = (MemberState.SUSPENDED, MemberState.ERASED)


@dataclass(frozen=True)
class Audience:
    """What a text is under, from and by. Followers of any of these may be told; who muted one of them isn't.

    `post_id` only for those who follow the post itself, and then the rest only mutes.
    """

    author_id: MemberId
    topic_ids: tuple[TopicId, ...] = ()
    organisation_id: OrganisationId | None = None
    post_id: PostId | None = None

    def things(self) -> dict[TargetKind, tuple[int, ...]]:
        found: dict[TargetKind, tuple[int, ...]] = {TargetKind.MEMBER: (self.author_id,)}
        if self.topic_ids:
            found[TargetKind.TOPIC] = self.topic_ids
        if self.organisation_id is not None:
            found[TargetKind.ORGANISATION] = (self.organisation_id,)
        if self.post_id is not None:
            found[TargetKind.POST] = (self.post_id,)
        return found


def followers_of(audience: Audience, levels: Collection[Level], *, after: int = 0, limit: int) -> list[MemberId]:
    """Members by id, each once, from `after` on: whoever follows at one of `levels`, and neither muted any of it nor
    blocked its author. Never the author.
    """
    things = audience.things()
    if audience.post_id is not None:
        things = {TargetKind.POST: things[TargetKind.POST]}
    query = (
        select(Follow.member_id)
        .join(Member, Member.id == Follow.member_id)
        .where(
            _is_about(Follow, things),
            Follow.level.in_(list(levels)),
            Follow.member_id > after,
            Follow.member_id != audience.author_id,
            Member.state.not_in(_AWAY),
            ~_is_muted(audience),
            ~exists().where(Block.member_id == Follow.member_id, Block.blocked_id == audience.author_id),
        )
        .distinct()
        .order_by(Follow.member_id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def is_muted(member_id: MemberId, audience: Audience) -> bool:
    """Whether a member wants to hear nothing of this."""
    here = select(Follow.id).where(
        Follow.member_id == member_id, Follow.level == Level.MUTED, _is_about(Follow, audience.things())
    )
    return db.session.scalar(here.limit(1)) is not None


def _is_muted(audience: Audience) -> ColumnElement[bool]:
    muted = aliased(Follow)
    return exists().where(
        muted.member_id == Follow.member_id, muted.level == Level.MUTED, _is_about(muted, audience.things())
    )


def _is_about(row: type[Follow], things: dict[TargetKind, tuple[int, ...]]) -> ColumnElement[bool]:
    return or_(*(and_(row.kind == kind.value, row.target_id.in_(ids)) for kind, ids in things.items()))
