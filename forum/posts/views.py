"""Write a post, change it, look at its history, take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response as AnyResponse

from forum import config
from forum.kernel import keys
from forum.kernel.access import Actor, acting, current_actor, public, signed_in
from forum.kernel.errors import ForumError
from forum.kernel.ids import PostId
from forum.kernel.limits import often
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again
from forum.kernel.text import Rendered
from forum.posts import commands, composing, forms, policy, queries
from forum.posts.addresses import address_of, edit_address, slug_for
from forum.posts.advice import advice_on
from forum.posts.calendar import calendar_of
from forum.posts.composing import ComposePage
from forum.posts.draft import Draft
from forum.posts.errors import ChangedMeanwhile, NoSuchPost
from forum.posts.forms import Act, PostForm
from forum.posts.models import PostState
from forum.posts.policy import TrustLimits
from forum.posts.rendering import render_body

blueprint = Blueprint("posts", __name__)


def _again(error: ForumError, post_id: int | None = None) -> str:
    """The same form with its words; a post that can't be changed any more leaves them in a form for a new one."""
    actor, form = current_actor(), forms.read(request.form)
    if isinstance(error, ChangedMeanwhile):
        form = replace(form, revision="")  # sent again, it's meant
    try:
        page = composing.edit_page(actor, PostId(post_id), form) if post_id else composing.new_page(actor, form)
    except ForumError:
        page = composing.new_page(actor, form)
    return _compose(page.refused(error))


@blueprint.get("/posts/new")
@signed_in
def new() -> str:
    form = PostForm(kind=forms.kind_of(request.args.get("kind")), language=str(get_locale()).replace("_", "-"))
    return _compose(composing.new_page(current_actor(), form))


@blueprint.post("/posts/new")
@signed_in
@again(_again)
def create() -> str | AnyResponse:
    form = forms.read(request.form)
    if form.is_redrawn:
        return _compose(composing.new_page(current_actor(), form))
    draft, body = _written(form)

    def send(actor: Actor) -> PostId:
        if form.act is Act.SAVE:
            return commands.save_draft(actor, draft, body)
        if form.act is Act.SCHEDULE:
            return commands.schedule(actor, None, draft, body, limits=_limits(actor))
        return commands.publish(actor, draft, body, limits=_limits(actor))

    return _once("post:new", form, send)


@blueprint.get("/posts/<int:post_id>/edit")
@signed_in
def edit(post_id: int) -> str:
    return _compose(composing.edit_page(current_actor(), PostId(post_id)), just_saved="saved" in request.args)


@blueprint.post("/posts/<int:post_id>/edit")
@signed_in
@again(_again)
def change(post_id: int) -> str | AnyResponse:
    form = forms.read(request.form)
    if form.is_redrawn:
        return _compose(composing.edit_page(current_actor(), PostId(post_id), form))
    draft, body = _written(form)

    def send(actor: Actor) -> PostId:
        if form.act is Act.SAVE:
            return commands.save_again(actor, PostId(post_id), draft, body)
        if form.act is Act.SCHEDULE:
            return commands.schedule(actor, PostId(post_id), draft, body, limits=_limits(actor))
        return commands.send(actor, PostId(post_id), draft, body, limits=_limits(actor))

    return _once(f"post:{post_id}", form, send)


@blueprint.get("/posts/<int:post_id>/history")
@public
def history(post_id: int) -> str:
    chosen, after = cursor_id(request.args.get("revision")), request.args.get("after")
    shown = queries.page_of_revisions(PostId(post_id), current_actor(), chosen=chosen, after=after)
    return render_template("posts/history.html", history=shown)


@blueprint.post("/posts/<int:post_id>/history/<int:number>/restore")
@signed_in
def restore_revision(post_id: int, number: int) -> AnyResponse:
    """An older version's words become the newest."""
    old = queries.get_revision(PostId(post_id), current_actor(), number)
    body = render_body(old.source)
    with acting() as actor:
        limits = _limits(actor)
        address = queries.get_address(commands.restore_revision(actor, PostId(post_id), number, body, limits=limits))
    return redirect(address, 303)


@blueprint.post("/posts/<int:post_id>/withdraw")
@signed_in
def withdraw(post_id: int) -> AnyResponse:
    with acting() as actor:
        post = commands.withdraw(actor, PostId(post_id))
    return redirect(address_of(post.id, post.slug) if post.published_at else "/drafts", 303)


@blueprint.post("/posts/<int:post_id>/restore")
@signed_in
def restore(post_id: int) -> AnyResponse:
    with acting() as actor:
        post = commands.restore(actor, PostId(post_id))
    return redirect(edit_address(post.id) if post.state == PostState.DRAFT else address_of(post.id, post.slug), 303)


@blueprint.post("/posts/<int:post_id>/answered")
@signed_in
def answered(post_id: int) -> AnyResponse:
    """A request was met: `value` is on or off."""
    with acting() as actor:
        post = commands.mark_answered(actor, PostId(post_id), answered=request.form.get("value") != "off")
    return redirect(address_of(post.id, post.slug), 303)


@blueprint.post("/posts/<int:post_id>/comment-mode")
@signed_in
def comment_mode(post_id: int) -> AnyResponse:
    """`value` is open or closed."""
    with acting() as actor:
        post = commands.set_comment_mode(actor, PostId(post_id), request.form.get("value", ""))
    return redirect(f"{address_of(post.id, post.slug)}#comments", 303)


@blueprint.get("/posts/<int:post_id>/event.ics")
@public
def event(post_id: int) -> Response:
    entry = queries.get_calendar_entry(PostId(post_id), current_actor(), config.current().base_url)
    answer = Response(calendar_of(entry), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug_for(entry.title)}.ics"'
    return answer


@blueprint.get("/posts/<slug>")
@public
def old_address(slug: str) -> AnyResponse:
    """Where a post was before it came here, or before its title changed."""
    address = queries.find_by_slug(slug, current_actor())
    if address is None:
        raise NoSuchPost
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    answer = redirect(address + query, 301)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.post("/preview")
@signed_in
@often
@again(lambda error: render_template("posts/_preview.html", html="", message=error.message, advice=None))
def preview() -> str:
    """A text as readers will see it, and advice on it, as pieces of HTML: for scripts, while somebody types."""
    source, language = request.form.get("body", ""), request.form.get("language", "")
    html = render_body(source).html
    advice = advice_on(source, language) if language else None
    return render_template("posts/_preview.html", html=html, message="", advice=advice)


def _compose(page: ComposePage, *, just_saved: bool = False) -> str:
    page = composing.shown(page)
    return render_template("posts/compose.html", page=page, form=page.form, errors=page.errors or {}, saved=just_saved)


def _written(form: PostForm) -> tuple[Draft, Rendered]:
    draft = form.draft()
    return draft, render_body(draft.source)


def _once(name: str, form: PostForm, send: Callable[[Actor], PostId]) -> AnyResponse:
    """Sent twice, done once. A draft goes on being written, anything else is looked at."""

    def address(post_id: PostId) -> str:
        goes_on = form.act in {Act.SAVE, Act.SCHEDULE}
        return f"{edit_address(post_id)}?saved=yes" if goes_on else queries.get_address(post_id)

    with acting() as actor:
        key = request.form.get("idempotency_key", "")
        location = keys.once(actor.id, name, key, form.words, lambda: address(send(actor)))
    return redirect(location, 303)


def _limits(actor: Actor) -> TrustLimits:
    return policy.limits_for(actor, lifted=not config.current().rate_limits)
