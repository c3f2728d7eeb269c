"""Change the words of a comment."""

from __future__ import annotations

from flask_babel import gettext as _

from forum.comments import policy
from forum.comments.commands.judging import send_again, take_for
from forum.comments.commands.speaking import may_still_speak
from forum.comments.commands.words import fill, keep_changed, keep_first
from forum.comments.draft import Draft
from forum.comments.errors import ChangedMeanwhile, NotYours
from forum.comments.events import CommentEdited
from forum.comments.models import Comment, CommentState
from forum.comments.queries import Found, get_source
from forum.comments.requirements import check_words
from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId
from forum.kernel.text import Rendered
from forum.media.commands import hold
from forum.media.models import Holder
from forum.posts import places
from forum.posts.commands.taking import take_words
from forum.posts.policy import UNLIMITED, TrustLimits


def edit(
    actor: Actor, comment_id: CommentId, draft: Draft, body: Rendered, *, limits: TrustLimits = UNLIMITED
) -> Found:
    """New words, with a version of the old ones; the same words change nothing. What was returned is sent again.

    Raises NoSuchComment, NotYours, Invalid, or ChangedMeanwhile when `draft.revision` isn't the one in force.
    """
    found = take_for(actor, comment_id)
    comment = found.comment
    if not policy.can_edit(actor, comment, found.post) or not may_still_speak(actor, comment):
        raise NotYours
    check_words(draft, body, limits)
    if draft.revision is not None and draft.revision != comment.revision:
        raise ChangedMeanwhile
    comment.language = draft.language or comment.language
    if draft.source != comment.source:
        _change(actor, comment, draft, body)
    if comment.state == CommentState.RETURNED:
        send_again(comment)
    take_words(actor, draft.kept, places.of_comment_edit(comment.id))
    return found


def restore_revision(
    actor: Actor, comment_id: CommentId, number: int, body: Rendered, *, limits: TrustLimits = UNLIMITED
) -> Found:
    """An older version's words become the newest, as an edit like any other. `body` is its source, rendered.

    Raises NoSuchComment, NoSuchVersion, NotYours or Invalid.
    """
    old = get_source(comment_id, actor, number)
    draft = Draft(source=old, note=_("Version %(number)s put back", number=number))
    return edit(actor, comment_id, draft, body, limits=limits)


def _change(actor: Actor, comment: Comment, draft: Draft, body: Rendered) -> None:
    now = clock.now()
    keep_first(comment)
    fill(comment, draft.source, body)
    hold(actor, Holder.COMMENT, comment.id, body)
    keep_changed(comment, actor.id, now, draft.note)
    if now - comment.created_at >= policy.UNMARKED:
        comment.edited_at = now
    db.session.flush()
    if comment.state != CommentState.RETURNED:
        record(CommentEdited(comment.id, comment.revision, actor.id, comment.organisation_id))
