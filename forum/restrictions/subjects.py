"""What a report, a notice or a decision is about: a post or a comment, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from forum.comments import queries as comments
from forum.comments.models import READABLE, Comment
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.ids import CommentId, MemberId, OrganisationId, PostId
from forum.moderation.models import SubjectType
from forum.posts import queries as posts
from forum.posts.addresses import address_of
from forum.posts.models import Post, PostState


@dataclass(frozen=True)
class Subject:
    """`organisation_id` is in whose name it speaks. `is_readable`: readers see its words at this moment."""

    type: SubjectType
    id: int
    revision: int
    post: Post
    author_id: MemberId
    organisation_id: OrganisationId | None
    excerpt: str
    language: str
    is_readable: bool

    @property
    def address(self) -> str:
        """The post's page, or the comment's place in it by way of a redirect."""
        return f"/comments/{self.id}" if self.type is SubjectType.COMMENT else address_of(self.post.id, self.post.slug)


def get_subject(kind: SubjectType, number: int, actor: Actor = ANONYMOUS) -> Subject:
    """As far as the actor may see it. Raises NoSuchPost or NoSuchComment."""
    if kind is SubjectType.COMMENT:
        found = comments.get_comment(CommentId(number), actor)
        return of_comment(found.comment, found.post)
    return of_post(posts.get_post(PostId(number), actor))


def of_post(post: Post) -> Subject:
    return Subject(
        type=SubjectType.POST, id=post.id, revision=post.revision, post=post, author_id=post.author_id,
        organisation_id=post.organisation_id, excerpt=post.excerpt, language=post.language,
        is_readable=post.state == PostState.PUBLISHED,
    )  # fmt: skip


def of_comment(comment: Comment, post: Post) -> Subject:
    is_readable = post.state == PostState.PUBLISHED and comment.state in READABLE
    return Subject(
        type=SubjectType.COMMENT, id=comment.id, revision=comment.revision, post=post, author_id=comment.author_id,
        organisation_id=comment.organisation_id, excerpt=comment.excerpt, language=comment.language,
        is_readable=is_readable,
    )  # fmt: skip
