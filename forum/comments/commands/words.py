"""The words of a comment, and the versions that are kept of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.comments.models import Comment, CommentRevision
from forum.kernel.db import db
from forum.kernel.ids import MemberId
from forum.kernel.text import PIPELINE_VERSION, Rendered


def words_of(source: str, body: Rendered) -> dict[str, Any]:
    """Columns of a comment that say `source`, rendered."""
    return {"source": source, "html": body.html, "excerpt": body.excerpt, "pipeline": PIPELINE_VERSION}


def fill(comment: Comment, source: str, body: Rendered) -> None:
    for column, value in words_of(source, body).items():
        setattr(comment, column, value)


def keep_first(comment: Comment) -> None:
    """Before the first change: as it was sent. Most comments are never changed, and need no second copy."""
    if comment.revision == 1:
        _keep(comment, comment.author_id, comment.created_at)


def keep_changed(comment: Comment, editor_id: MemberId, now: datetime, note: str = "") -> None:
    comment.revision += 1
    _keep(comment, editor_id, now, note)


def _keep(comment: Comment, editor_id: MemberId, now: datetime, note: str = "") -> None:
    db.session.add(
        CommentRevision(
            comment_id=comment.id, number=comment.revision, source=comment.source, editor_id=editor_id, note=note,
            created_at=now,
        )
    )  # fmt: skip
