"""Out of readers' sight until a moderator has looked, because reports weigh enough together."""

from __future__ import annotations

from forum.comments.commands import judging as comments
from forum.comments.models import CommentState
from forum.kernel.ids import CommentId, ItemId, PostId
from forum.moderation.commands import hide_by_rule
from forum.moderation.models import SubjectType
from forum.posts.commands import judging as posts
from forum.posts.models import PostState
from forum.restrictions.subjects import Subject

RULE = "reports"


def take(subject: Subject) -> None:
    """Lock what hiding changes, in the order that everybody keeps, before the item is opened."""
    if subject.type is SubjectType.POST:
        posts.take(PostId(subject.id))
    else:
        comments.take(CommentId(subject.id))


def hide(subject: Subject, item_id: ItemId) -> None:
    """What isn't readable any more stays as it is. Its author is given reasons, like for any other restriction."""
    if not subject.is_readable:
        return
    if subject.type is SubjectType.POST:
        was = posts.hold(PostId(subject.id), PostState.HIDDEN, seen=True)
        at = was.published_at.isoformat() if was.published_at else None
        hide_by_rule(item_id, RULE, {"state": was.state, "published_at": at})
    else:
        hide_by_rule(item_id, RULE, {"state": comments.hold(CommentId(subject.id), CommentState.HIDDEN)})
