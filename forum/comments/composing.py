"""The pages on which a comment is written, new or again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from forum.comments import policy, queries
from forum.comments.commands.speaking import may_still_speak
from forum.comments.errors import NotYours, ThreadClosed, may_not_write
from forum.comments.forms import CommentForm
from forum.comments.models import CommentState
from forum.comments.queries import CommentRow, Found, find_row
from forum.kernel.access import Actor
from forum.kernel.errors import ForumError, Words
from forum.kernel.ids import CommentId, PostId
from forum.kernel.paging import cursor_id
from forum.posts import places
from forum.posts import queries as posts
from forum.posts.addresses import address_of
from forum.posts.composing import VoiceChoice, languages_with, voices_for
from forum.posts.models import Post
from forum.posts.rendering import render_body


@dataclass(frozen=True)
class Under:
    """The post that a comment is written under."""

    id: PostId
    title: str
    language: str
    address: str


@dataclass(frozen=True)
class WritePage:
    """`parent` is the comment that is answered, if its words can be read. `draft_key` names the copy that the browser
    keeps. `preview` is rendered HTML. `errors` is None until something was refused.
    """

    form: CommentForm
    action: str
    under: Under
    parent: CommentRow | None
    voices: tuple[VoiceChoice, ...]
    languages: tuple[tuple[str, str], ...]
    draft_key: str
    preview: str = ""
    message: Words = ""
    errors: Mapping[str, Words] | None = None

    @property
    def parent_id(self) -> CommentId | str:
        return self.parent.id if self.parent else ""

    def refused(self, error: ForumError) -> WritePage:
        return replace(self, message=error.message, errors=error.fields)


@dataclass(frozen=True)
class EditPage:
    """One's own comment, to be changed, taken back, or put back when it was. `name` is in whose name it was written;
    `draft_key` as in WritePage.
    """

    form: CommentForm
    comment_id: CommentId
    address: str
    under: Under
    name: str
    languages: tuple[tuple[str, str], ...]
    draft_key: str
    can_edit: bool
    can_withdraw: bool
    can_restore: bool
    preview: str = ""
    message: Words = ""
    errors: Mapping[str, Words] | None = None

    def refused(self, error: ForumError) -> EditPage:
        return replace(self, message=error.message, errors=error.fields)


def new_page(actor: Actor, post_id: PostId, form: CommentForm) -> WritePage:
    """Before anything is written. Raises NoSuchPost, Forbidden or ThreadClosed."""
    post = posts.get_post(post_id, actor)
    if not actor.may_write:
        raise may_not_write(actor)
    if not policy.can_reply(actor, post):
        raise ThreadClosed
    return write_page(actor, post_id, form)


def write_page(actor: Actor, post_id: PostId, form: CommentForm) -> WritePage:
    """With words in it, which come back whether or not the actor may send them. Raises NoSuchPost."""
    post = posts.get_post(post_id, actor)
    parent_id = cursor_id(form.parent_id)
    parent = find_row(post_id, CommentId(parent_id)) if parent_id is not None else None
    form = replace(form, language=form.language or post.language)
    return WritePage(
        form=form,
        action=f"/posts/{post_id}/comments",
        under=_under(post),
        parent=parent,
        voices=voices_for(actor),
        languages=languages_with(form.language),
        draft_key=f"{actor.id}:{places.of_comment(post_id, parent.id if parent else None)}",
        preview=_preview(form),
    )


def edit_page(actor: Actor, comment_id: CommentId, form: CommentForm | None = None) -> EditPage:
    """With `form`, its words instead of the comment's. Raises NoSuchComment, or NotYours for somebody else's."""
    found = queries.get_comment(comment_id, actor)
    comment, post = found.comment, found.post
    if not policy.is_author(actor, comment) or comment.state == CommentState.REMOVED:
        raise NotYours
    form = form or CommentForm(comment.source, language=comment.language, revision=str(comment.revision))
    speaks = may_still_speak(actor, comment)
    return EditPage(
        form=form,
        comment_id=comment.id,
        address=queries.address_of(comment.id),
        under=_under(post),
        name=_name(found),
        languages=languages_with(form.language or comment.language),
        draft_key=f"{actor.id}:{places.of_comment_edit(comment.id)}",
        can_edit=policy.can_edit(actor, comment, post) and speaks,
        can_withdraw=policy.can_withdraw(actor, comment),
        can_restore=policy.can_restore(actor, comment, post) and speaks,
        preview=_preview(form),
    )


def _name(found: Found) -> str:
    row = find_row(found.post.id, found.comment.id)
    return queries.name_of(row) if row is not None else ""


def _preview(form: CommentForm) -> str:
    """Raises Invalid for what can't be rendered."""
    return render_body(form.body).html if form.is_preview else ""


def _under(post: Post) -> Under:
    return Under(post.id, post.title, post.language, address_of(post.id, post.slug))
