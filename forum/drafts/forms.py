"""What a page sends of its form while somebody types, and a kept draft as a form again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from forum.comments.forms import CommentForm
from forum.drafts.commands import Fields, Saving
from forum.drafts.models import KeptDraft
from forum.kernel.paging import cursor_id
from forum.posts.forms import PostForm

# What the form itself says. In whose name one writes is asked each time, and never remembered.
_NOT_TYPED = {"act", "is_preview", "kept", "parent_id", "on_behalf_of"}
_TYPED = {field.name for form in (PostForm, CommentForm) for field in fields(form)} - _NOT_TYPED
_WRITER = re.compile(r"[\w-]{1,64}")


def read(sent: MultiDict[str, str]) -> Saving:
    """What no form has is left out."""
    typed: Fields = {
        name: [_clean(one) for one in sent.getlist(name)] if name == "topics" else _clean(sent[name])
        for name in sent
        if name in _TYPED
    }
    writer = sent.get("writer", "")
    return Saving(
        place=sent.get("desk", ""), fields=typed, base=cursor_id(sent.get("base", "")[:9]) or 0,
        writer=writer if _WRITER.fullmatch(writer) else "", turn=cursor_id(sent.get("turn", "")[:9]) or 0,
    )  # fmt: skip


def _clean(typed: str) -> str:
    """As typed, but for what no database keeps."""
    return typed.replace("\x00", "").encode("utf-8", "replace").decode()


def post_form(draft: KeptDraft) -> PostForm:
    """The form as it was, bound to the draft so that sending it closes it."""
    return PostForm(**_values(draft.fields, PostForm), kept=_kept(draft))


def comment_form(draft: KeptDraft) -> CommentForm:
    answered = draft.comment_id if draft.post_id is not None else None
    form = CommentForm(**_values(draft.fields, CommentForm), kept=_kept(draft))
    return replace(form, parent_id=str(answered or ""))


def _kept(draft: KeptDraft) -> str:
    return f":{draft.sequence}"


def _values(kept: Mapping[str, Any], form: type[PostForm | CommentForm]) -> dict[str, Any]:
    names = {field.name for field in fields(form)} & _TYPED
    return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items() if name in names}
