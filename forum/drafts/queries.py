"""Reads of drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from forum.comments.models import Comment
from forum.drafts import policy
from forum.drafts.desks import Desk, find_desk
from forum.drafts.errors import NoSuchDraft
from forum.drafts.models import KeptDraft
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.ids import DraftId, PostId
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.posts import policy as posts_policy
from forum.posts.addresses import address_of
from forum.posts.models import Post

EXCERPT = 200


@dataclass(frozen=True)
class DraftLine:
    """A draft in the list. `title` is the post's that is written or commented on; empty where it has none yet, or
    where its author can't see that post any more."""

    id: DraftId
    desk: Desk
    title: str
    address: str
    excerpt: str
    saved_at: datetime


def find_draft(actor: Actor, place: str, *, lock: bool = False) -> KeptDraft | None:
    """What the account holds for a form, open or closed."""
    query = select(KeptDraft).where(policy.visible_to(actor), KeptDraft.place == place)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def get_draft(actor: Actor, draft_id: DraftId) -> KeptDraft:
    """An open one. Raises NoSuchDraft."""
    query = select(KeptDraft).where(policy.visible_to(actor), KeptDraft.id == draft_id, KeptDraft.is_open)
    draft = db.session.scalar(query)
    if draft is None:
        raise NoSuchDraft
    return draft


def page_of_drafts(actor: Actor, after: str | None = None) -> Page[DraftLine]:
    """The actor's unsent words, those begun last first. One statement."""
    query, last = _lines(actor), cursor_id(after)
    if last is not None:
        query = query.where(KeptDraft.id < last)
    rows = db.session.execute(query.order_by(KeptDraft.id.desc()).limit(PAGE + 1)).all()
    lines = tuple(line for row in rows[:PAGE] if (line := _line(row)) is not None)
    return Page(lines, after=str(rows[PAGE - 1].KeptDraft.id) if len(rows) > PAGE else None)


def _lines(actor: Actor) -> Select[KeptDraft, PostId, str, str]:
    """With the post, unless the actor can't see it any more: then the words are all that is shown."""
    comment, post = aliased(Comment), aliased(Post)
    of = case((KeptDraft.post_id.is_not(None), KeptDraft.post_id), else_=comment.post_id)
    return (
        select(KeptDraft, Post.id.label("seen_id"), Post.title, Post.slug)
        .outerjoin(comment, comment.id == KeptDraft.comment_id)
        .outerjoin(post, post.id == of)
        .outerjoin(Post, (Post.id == post.id) & posts_policy.visible_to(actor))
        .where(policy.visible_to(actor), KeptDraft.is_open)
    )


def _line(row: Any) -> DraftLine | None:
    draft: KeptDraft = row.KeptDraft
    desk = find_desk(draft.place)
    if desk is None:
        return None
    return DraftLine(
        id=draft.id,
        desk=desk,
        title=(row.title or "") if desk.is_comment else (_text(draft.fields, "title") or row.title or ""),
        address=address_of(row.seen_id, row.slug) if row.seen_id is not None else "",
        excerpt=_excerpt(_text(draft.fields, "body")),
        saved_at=draft.saved_at,
    )


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def _excerpt(body: str) -> str:
    line = " ".join(body.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
