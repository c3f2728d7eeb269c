"""What comments hold about a member, and how theirs are emptied: a mark keeps the place, and the replies below it.

What was said in an organisation's name, and readers could read, is an act of the organisation's.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, func, or_, select, update

from forum.comments.commands.judging import UNSEEN as UNJUDGED
from forum.comments.commands.judging import take, take_back
from forum.comments.events import CommentWithdrawn
from forum.comments.models import Comment, CommentRevision, CommentState
from forum.kernel.db import db
from forum.kernel.events import record
from forum.kernel.ids import CommentId, MemberId
from forum.kernel.personal import Choice, Choices, Fate, Part, Rows
from forum.media.commands import release
from forum.media.models import Holder
from forum.posts.personal import Written

BATCH = 20
# Read by nobody else, in whosever name: erased whatever was chosen.
UNSEEN = (*UNJUDGED, CommentState.REJECTED, CommentState.WITHDRAWN)


def written_by(member_id: MemberId) -> Written:
    unseen, official = Comment.state.in_(UNSEEN), Comment.organisation_id.is_not(None)
    row = db.session.execute(
        select(
            func.count().filter(~unseen, ~official), func.count().filter(~unseen, official), func.count().filter(unseen)
        ).where(Comment.author_id == member_id, Comment.source != "")
    ).one()
    return Written(*row)


def _erase(member_id: MemberId, choices: Choices) -> bool:
    ids = _next(member_id, choices)
    for comment_id in ids:
        _empty(comment_id)
    if not ids:
        _forget_places(member_id)
    return bool(ids)


def _next(member_id: MemberId, choices: Choices) -> Sequence[CommentId]:
    """No comment is sent without words: what has none was emptied."""
    taken: ColumnElement[bool] = Comment.state.in_(UNSEEN)
    if choices.comments is Choice.REMOVE:
        taken = or_(taken, Comment.organisation_id.is_(None))
    mine = select(Comment.id).where(Comment.author_id == member_id, Comment.source != "", taken)
    return db.session.scalars(mine.order_by(Comment.id).limit(BATCH)).all()


def _empty(comment_id: CommentId) -> None:
    comment = take(comment_id)
    db.session.execute(delete(CommentRevision).where(CommentRevision.comment_id == comment_id))
    release(Holder.COMMENT, comment_id)
    if comment.state not in {CommentState.REMOVED, CommentState.REJECTED, CommentState.WITHDRAWN}:
        take_back(comment)
        record(CommentWithdrawn(comment_id))
    comment.source = comment.html = comment.excerpt = comment.returned_because = comment.role_title = ""
    comment.role_organisation_id = comment.withdrawn_from = None
    db.session.flush()


def _forget_places(member_id: MemberId) -> None:
    """An office at a small organisation says who it was."""
    mine = Comment.author_id == member_id
    db.session.execute(update(Comment).where(mine).values(role_title="", returned_because=""))
    own = (mine, Comment.organisation_id.is_(None))
    db.session.execute(update(Comment).where(*own).values(role_organisation_id=None))


PART = Part(
    (
        Rows(Comment.author_id, Fate.CHANGED, title=_("Comments"), hidden=frozenset({"html", "pipeline"})),
        Rows(
            CommentRevision.editor_id, Fate.STAYS, title=_("Versions of comments"),
            why="history of what stays; versions of what doesn't go with it",
        ),
    ),
    _erase,
)  # fmt: skip
