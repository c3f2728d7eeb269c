"""What happens with recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import CommentId, MemberId, PostId


@dataclass(frozen=True)
class PostRecommended(Event):
    post_id: PostId
    member_id: MemberId


@dataclass(frozen=True)
class CommentRecommended(Event):
    comment_id: CommentId
    member_id: MemberId
