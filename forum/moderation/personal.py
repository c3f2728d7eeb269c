"""What moderation holds about a member. Its records stay, under a number; what they quote of erased words goes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from forum.comments.models import Comment
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.personal import Choices, Fate, Part, Rows
from forum.moderation.models import (
    Decision,
    HoldReason,
    InternalNote,
    ReviewItem,
    StatementOfReasons,
    SubjectType,
    WatchedWord,
)
from forum.posts.models import Post
from forum.posts.personal import GONE_SLUG

# What a line of the queue says where a title was.
UNTITLED = "—"
_ACT = "a moderator's act about somebody else, which has to be accounted for"
_CASE = "a case of the queue: what its author gets of it is the statement of reasons"


def _erase(member_id: MemberId, _choices: Choices) -> bool:
    """After posts and comments, whose words are gone by then, or stay."""
    items = select(ReviewItem.id).where(ReviewItem.author_id == member_id, _is_about_nothing(member_id))
    ids = list(db.session.scalars(items))
    db.session.execute(update(ReviewItem).where(ReviewItem.id.in_(ids)).values(title=UNTITLED, excerpt=""))
    db.session.execute(update(HoldReason).where(HoldReason.item_id.in_(ids)).values(words=""))
    return False


def _is_about_nothing(member_id: MemberId) -> ColumnElement[bool]:
    """About the member themselves, or words that are no longer there."""
    comment = exists().where(Comment.id == ReviewItem.subject_id, Comment.source != "")
    post = exists().where(Post.id == ReviewItem.subject_id, Post.slug != GONE_SLUG)
    return or_(
        and_(ReviewItem.subject_type == SubjectType.COMMENT, ~comment),
        and_(ReviewItem.subject_type == SubjectType.POST, ~post),
        and_(ReviewItem.subject_type == SubjectType.MEMBER, ReviewItem.subject_id == member_id),
    )


PART = Part(
    (
        Rows(
            StatementOfReasons.author_id, Fate.STAYS, title=_("Decisions about your words"),
            hidden=frozenset({"source_identity"}), why="has to be kept; who reported is theirs to know",
        ),
        Rows(ReviewItem.author_id, Fate.CHANGED, why=_CASE),
        Rows(ReviewItem.earlier_decider_id, Fate.STAYS, why=_ACT),
        Rows(ReviewItem.opener_id, Fate.STAYS, why=_CASE),
        Rows(ReviewItem.claimed_by_id, Fate.STAYS, why=_ACT),
        Rows(Decision.decided_by_id, Fate.STAYS, why=_ACT),
        Rows(InternalNote.author_id, Fate.STAYS, why=_ACT),
        Rows(WatchedWord.added_by_id, Fate.STAYS, why="the site's list"),
    ),
    _erase,
)  # fmt: skip
