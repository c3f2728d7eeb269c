"""The page on which somebody goes on with kept words: the one they were typed on, filled with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forum.comments import composing as comments
from forum.drafts import forms
from forum.drafts.desks import Desk, find_desk
from forum.drafts.errors import NoSuchDraft
from forum.drafts.models import KeptDraft
from forum.kernel.access import Actor
from forum.kernel.errors import ForumError
from forum.kernel.ids import CommentId, PostId
from forum.posts import composing as posts
from forum.posts.forms import Act

# A template and what it is given.
Shown = tuple[str, dict[str, Any]]


def page_of(actor: Actor, draft: KeptDraft, *, preview: bool) -> Shown:
    """Where its form can't be opened any more, the words alone. Raises NoSuchDraft."""
    desk = find_desk(draft.place)
    if desk is None:
        raise NoSuchDraft
    try:
        return (
            _comment(actor, desk, draft, preview=preview)
            if desk.is_comment
            else _post(actor, desk, draft, preview=preview)
        )
    except ForumError as error:
        body = str(draft.fields.get("body", ""))
        return "comments/kept.html", {"message": error.message, "body": body}


def _post(actor: Actor, desk: Desk, draft: KeptDraft, *, preview: bool) -> Shown:
    form = replace(forms.post_form(draft), act=Act.PREVIEW if preview else Act.PUBLISH)
    post_id = desk.post_id
    page = posts.edit_page(actor, PostId(post_id), form) if post_id is not None else posts.new_page(actor, form)
    page = posts.shown(page)
    return "posts/compose.html", {"page": page, "form": page.form, "errors": {}, "saved": False}


def _comment(actor: Actor, desk: Desk, draft: KeptDraft, *, preview: bool) -> Shown:
    form = replace(forms.comment_form(draft), is_preview=preview)
    if desk.post_id is None:
        change = comments.edit_page(actor, CommentId(desk.comment_id or 0), form)
        return "comments/edit.html", {"page": change, "form": change.form, "errors": {}}
    page = comments.new_page(actor, desk.post_id, form)
    return "comments/reply.html", {"page": page, "form": page.form, "errors": {}}
