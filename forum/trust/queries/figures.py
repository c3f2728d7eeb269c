"""What members read and did, in sums: one statement a figure, however many members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from forum.accounts.models import Member
from forum.comments.models import READABLE, Comment
from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.moderation.models import Action, Decision, Lane, ReviewItem
from forum.posts.models import Post, PostState
from forum.reading.models import ReadingTotal
from forum.recommendations.models import CommentRecommendation, PostRecommendation
from forum.trust import policy
from forum.trust.models import VisitMark
from forum.trust.records import Figures

PENALTIES = (Action.SILENCE, Action.SUSPEND)
UPHELD = (Action.COLLAPSE, Action.REMOVE, Action.WARN, *PENALTIES)

Sums = Mapping[MemberId, int]


def figures_of(member_ids: Sequence[MemberId]) -> dict[MemberId, Figures]:
    """Everyone asked for has some, if only zeros."""
    found = _reading(member_ids)
    lately = _days_lately(member_ids, {one: figures.days_visited for one, figures in found.items()})
    sums: dict[str, Sums] = {
        "recommendations_given": _both(
            _given(PostRecommendation, member_ids), _given(CommentRecommendation, member_ids)
        ),
        "recommendations_received": _both(_received(Post, member_ids), _received(Comment, member_ids)),
        "discussions_lately": _discussions(member_ids),
        "upheld_reports_lately": _upheld(member_ids),
        "penalties": _penalties(member_ids),
        "days_visited_lately": lately,
    }
    return {
        one: replace(figures, **{name: sums_.get(one, 0) for name, sums_ in sums.items()})
        for one, figures in found.items()
    }


def marks_due(member_ids: Sequence[MemberId], figures: Mapping[MemberId, Figures]) -> list[VisitMark]:
    """New marks for those whose last one is MARK_EVERY old, or who have none."""
    today = clock.now().date()
    newest = _newest_marks(VisitMark.member_id.in_(member_ids))
    return [
        VisitMark(member_id=one, day=today, days_visited=figures[one].days_visited)
        for one in member_ids
        if one not in newest or today - newest[one] >= policy.MARK_EVERY
    ]


def last_marks_before_window(member_ids: Sequence[MemberId]) -> dict[MemberId, date]:
    start = (clock.now() - policy.WINDOW).date()
    return _newest_marks(VisitMark.member_id.in_(member_ids), VisitMark.day <= start)


def _newest_marks(*conditions: ColumnElement[bool]) -> dict[MemberId, date]:
    chosen = select(VisitMark.member_id, func.max(VisitMark.day)).where(*conditions).group_by(VisitMark.member_id)
    return {one: day for one, day in db.session.execute(chosen)}  # noqa: C416  # a Row isn't a pair to the type checker


def _reading(member_ids: Sequence[MemberId]) -> dict[MemberId, Figures]:
    totals = db.session.scalars(select(ReadingTotal).where(ReadingTotal.member_id.in_(member_ids)))
    found = {
        one.member_id: Figures(
            posts_opened=one.posts_opened,
            comments_read=one.comments_read,
            minutes=one.seconds // 60,
            days_visited=one.days_visited,
        )
        for one in totals
    }
    return {one: found.get(one, Figures()) for one in member_ids}


def _days_lately(member_ids: Sequence[MemberId], days: Sums) -> dict[MemberId, int]:
    """All days but those that had passed when the window began; without a mark of before it, all but the oldest's."""
    before = last_marks_before_window(member_ids)
    marks = db.session.scalars(
        select(VisitMark).where(VisitMark.member_id.in_(member_ids)).order_by(VisitMark.day.desc())
    )
    base: dict[MemberId, int] = {}
    for mark in marks:  # the oldest comes last, and stands unless one marks the window's beginning
        if mark.member_id not in before or mark.day == before[mark.member_id]:
            base[mark.member_id] = mark.days_visited
    young = _joined_within(member_ids)
    return {one: days[one] - (0 if one in young else base.get(one, days[one])) for one in member_ids}


def _joined_within(member_ids: Sequence[MemberId]) -> set[MemberId]:
    """Whose every day was within the window."""
    start = clock.now() - policy.WINDOW
    return set(db.session.scalars(select(Member.id).where(Member.id.in_(member_ids), Member.created_at >= start)))


def _given(model: type[PostRecommendation | CommentRecommendation], member_ids: Sequence[MemberId]) -> Sums:
    return _sums(select(model.member_id, func.count()).where(model.member_id.in_(member_ids)).group_by(model.member_id))


def _received(model: type[Post | Comment], member_ids: Sequence[MemberId]) -> Sums:
    readable = Post.state == PostState.PUBLISHED if model is Post else Comment.state.in_(READABLE)
    return _sums(
        select(model.author_id, func.sum(model.recommendation_count))
        .where(model.author_id.in_(member_ids), readable)
        .group_by(model.author_id)
    )


def _discussions(member_ids: Sequence[MemberId]) -> Sums:
    """Under others' posts: one's own thread is easily answered."""
    return _sums(
        select(Comment.author_id, func.count(Comment.post_id.distinct()))
        .join(Post, Post.id == Comment.post_id)
        .where(
            Comment.author_id.in_(member_ids),
            Comment.created_at >= clock.now() - policy.WINDOW,
            Comment.state.in_(READABLE),
            Post.author_id != Comment.author_id,
        )
        .group_by(Comment.author_id)
    )


def _upheld(member_ids: Sequence[MemberId]) -> Sums:
    return _decided(
        member_ids,
        ReviewItem.lane.in_((Lane.REPORTS, Lane.LEGAL)),
        Decision.action.in_(UPHELD),
        Decision.decided_at >= clock.now() - policy.WINDOW,
    )


def _penalties(member_ids: Sequence[MemberId]) -> Sums:
    return _decided(
        member_ids, Decision.action.in_(PENALTIES), Decision.decided_at >= clock.now() - policy.PENALTY_WINDOW
    )


def _decided(member_ids: Sequence[MemberId], *conditions: ColumnElement[bool]) -> Sums:
    """Decisions that nobody took back."""
    return _sums(
        select(ReviewItem.author_id, func.count(Decision.item_id.distinct()))
        .join(Decision, Decision.item_id == ReviewItem.id)
        .where(ReviewItem.author_id.in_(member_ids), Decision.undone_at.is_(None), *conditions)
        .group_by(ReviewItem.author_id)
    )


def _sums(chosen: Select[Any, Any]) -> dict[MemberId, int]:
    return {one: int(count) for one, count in db.session.execute(chosen) if one is not None}


def _both(first: Sums, second: Sums) -> Sums:
    return {one: first.get(one, 0) + second.get(one, 0) for one in {*first, *second}}
