"""Write a comment, find it, change it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request

from forum import config
from forum.comments import commands, composing, forms, queries
from forum.comments.composing import EditPage, WritePage
from forum.comments.forms import CommentForm
from forum.comments.queries import Found, Placed
from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, public, signed_in
from forum.kernel.answers import Answer, see
from forum.kernel.errors import ForumError
from forum.kernel.ids import CommentId, PostId
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again
from forum.posts.policy import TrustLimits, limits_for
from forum.posts.rendering import render_body

blueprint = Blueprint("comments", __name__)


def _write_again(error: ForumError, post_id: int) -> str:
    """The same form with its words. They're all that is left where the post can't be seen any more."""
    form = _words_only(forms.read(request.form))
    try:
        page = composing.write_page(current_actor(), PostId(post_id), form)
    except ForumError:
        return _kept(error, form)
    return _write(page.refused(error))


def _edit_again(error: ForumError, comment_id: int) -> str:
    form = _words_only(forms.read(request.form))
    try:
        page = composing.edit_page(current_actor(), CommentId(comment_id), form)
    except ForumError:
        return _kept(error, form)
    return _edit(page.refused(error))


@blueprint.post("/posts/<int:post_id>/comments")
@signed_in
@again(_write_again)
def create(post_id: int) -> Answer:
    form = forms.read(request.form)
    if form.is_preview:
        return _write(composing.write_page(current_actor(), PostId(post_id), form))
    draft = form.draft()
    body = render_body(draft.source)

    def send(actor: Actor) -> Placed:
        return commands.submit(actor, PostId(post_id), draft, body, limits=_limits(actor))

    return _once(f"post:{post_id}:comment", form, send)


@blueprint.get("/posts/<int:post_id>/comments/new")
@signed_in
def new(post_id: int) -> str:
    """`parent` is the id of the comment to answer."""
    form = CommentForm(parent_id=request.args.get("parent", ""))
    return _write(composing.new_page(current_actor(), PostId(post_id), form))


@blueprint.get("/comments/<int:comment_id>/reply")
@signed_in
def reply(comment_id: int) -> str:
    """The same page, by the comment alone. Scripts take its form and open it in place."""
    found = queries.get_comment(CommentId(comment_id), current_actor())
    form = CommentForm(parent_id=str(comment_id))
    return _write(composing.new_page(current_actor(), found.post.id, form))


@blueprint.get("/comments/<int:comment_id>")
@public
def show(comment_id: int) -> Answer:
    return redirect(queries.page_address(queries.get_comment(CommentId(comment_id), current_actor())), 302)


@blueprint.get("/comments/<int:comment_id>/edit")
@signed_in
def edit(comment_id: int) -> str:
    return _edit(composing.edit_page(current_actor(), CommentId(comment_id)))


@blueprint.post("/comments/<int:comment_id>/edit")
@signed_in
@again(_edit_again)
def change(comment_id: int) -> Answer:
    form = forms.read(request.form)
    if form.is_preview:
        return _edit(composing.edit_page(current_actor(), CommentId(comment_id), form))
    draft = form.draft()
    body = render_body(draft.source)

    def send(actor: Actor) -> Found:
        return commands.edit(actor, CommentId(comment_id), draft, body, limits=_limits(actor))

    return _once(f"comment:{comment_id}", form, send)


@blueprint.get("/comments/<int:comment_id>/history")
@public
def history(comment_id: int) -> str:
    chosen, after = (cursor_id(request.args.get(name)) for name in ("revision", "after"))
    shown = queries.page_of_revisions(CommentId(comment_id), current_actor(), chosen=chosen, after=after)
    return render_template("comments/history.html", history=shown)


@blueprint.post("/comments/<int:comment_id>/history/<int:number>/restore")
@signed_in
def restore_revision(comment_id: int, number: int) -> Answer:
    """An older version's words become the newest."""
    body = render_body(queries.get_source(CommentId(comment_id), current_actor(), number))

    def bring_back(actor: Actor) -> Found:
        return commands.restore_revision(actor, CommentId(comment_id), number, body, limits=_limits(actor))

    return _done(bring_back)


@blueprint.post("/comments/<int:comment_id>/withdraw")
@signed_in
def withdraw(comment_id: int) -> Answer:
    return _done(lambda actor: commands.withdraw(actor, CommentId(comment_id)))


@blueprint.post("/comments/<int:comment_id>/restore")
@signed_in
def restore(comment_id: int) -> Answer:
    return _done(lambda actor: commands.restore(actor, CommentId(comment_id)))


@blueprint.post("/comments/<int:comment_id>/accept")
@signed_in
def accept(comment_id: int) -> Answer:
    """`value` is on or off."""
    on = request.form.get("value") != "off"
    return _done(lambda actor: commands.accept(actor, CommentId(comment_id), on=on))


def _once(name: str, form: CommentForm, send: Callable[[Actor], Placed]) -> Answer:
    """Sent twice, done once, and answered with the comment's place both times."""
    key = request.form.get("idempotency_key", "")
    with acting() as actor:
        address = keys.once(actor.id, name, key, form.words, lambda: queries.page_address(send(actor)))
    return see(address)


def _done(act: Callable[[Actor], Found]) -> Answer:
    with acting() as actor:
        address = queries.page_address(act(actor))
    return see(address)


def _limits(actor: Actor) -> TrustLimits:
    return limits_for(actor, lifted=not config.current().rate_limits)


def _words_only(form: CommentForm) -> CommentForm:
    """Without a preview: what was refused may be what can't be rendered."""
    return replace(form, is_preview=False)


def _write(page: WritePage) -> str:
    return render_template("comments/reply.html", page=page, form=page.form, errors=page.errors or {})


def _edit(page: EditPage) -> str:
    return render_template("comments/edit.html", page=page, form=page.form, errors=page.errors or {})


def _kept(error: ForumError, form: CommentForm) -> str:
    return render_template("comments/kept.html", message=error.message, body=form.body)
