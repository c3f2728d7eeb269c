"""What the case of an appeal shows: the decision, the words against it, and what can come instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _

from forum.appeals import policy, queries
from forum.appeals.queries import DecisionLine
from forum.comments.models import Comment
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.ids import DecisionId
from forum.moderation import plugs, words
from forum.moderation.models import ReviewItem, SubjectType
from forum.moderation.plugs import Panel
from forum.moderation.policy import Reach
from forum.posts.models import Post

BY_NOTICE: Words = _("Who sent the notice")
BY_AUTHOR: Words = _("Its author")
BY_REPORTER: Words = _("Who reported it")


@dataclass(frozen=True)
class AppealLine:
    """`by` says as what somebody appeals: author, reporter, sender of a notice."""

    by: Words
    words: str
    made_at: datetime


@dataclass(frozen=True)
class AppealPanel:
    """`html` are the words that were decided on, from text.render. `instead`: choices for Vary."""

    decision: DecisionLine
    item_address: str
    html: str
    language: str
    lines: tuple[AppealLine, ...]
    instead: tuple[tuple[str, Words], ...]


def panel(_reach: Reach, item: ReviewItem) -> Panel | None:
    decision, original = queries.decision_and_item(DecisionId(item.subject_id))
    html, language = _words_of(original)
    lines = tuple(
        AppealLine(_by(one.appellant_id, one.notice_id, original), one.words, one.made_at)
        for one in queries.appeals_of_item(item.id)
    )
    offered = tuple((one.value, words.ACTIONS[one]) for one in policy.INSTEAD if plugs.effect_of(original.lane, one))
    line = queries.line_of(decision, original)
    record = AppealPanel(line, f"/moderation/items/{original.id}", html, language, lines, offered)
    return Panel("appeals/_panel.html", record)


def _by(appellant_id: int | None, notice_id: int | None, original: ReviewItem) -> Words:
    if notice_id is not None:
        return BY_NOTICE
    return BY_AUTHOR if appellant_id == original.author_id else BY_REPORTER


def _words_of(original: ReviewItem) -> tuple[str, str]:
    """HTML and language of what was decided on."""
    if original.subject_type == SubjectType.COMMENT:
        comment = db.session.get(Comment, original.subject_id)
        return (comment.html, comment.language) if comment else ("", "")
    if original.subject_type == SubjectType.POST:
        post = db.session.get(Post, original.subject_id)
        return (post.html, post.language) if post else ("", "")
    return "", ""
