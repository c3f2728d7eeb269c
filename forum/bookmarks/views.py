"""Keep a post or a comment, and one's own page of what was kept."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import gettext as _

from forum.bookmarks import commands, forms, queries
from forum.comments.queries import address_of as address_of_comment
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see, typed
from forum.kernel.errors import ForumError
from forum.kernel.ids import BookmarkId, CommentId, PostId
from forum.kernel.refusals import again
from forum.posts import queries as posts

blueprint = Blueprint("bookmarks", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.post("/posts/<int:post_id>/bookmark")
@signed_in
def keep_post(post_id: int) -> Answer:
    on = forms.read_switch(request.form)
    with acting() as actor:
        commands.bookmark_post(actor, PostId(post_id), on=on)
        address = posts.get_address(PostId(post_id))
    return _answer(address)


@blueprint.post("/comments/<int:comment_id>/bookmark")
@signed_in
def keep_comment(comment_id: int) -> Answer:
    on = forms.read_switch(request.form)
    with acting() as actor:
        commands.bookmark_comment(actor, CommentId(comment_id), on=on)
    return _answer(address_of_comment(CommentId(comment_id)))


@blueprint.get("/bookmarks")
@signed_in
def bookmarks() -> str:
    actor, words, after = current_actor(), request.args.get("q", ""), request.args.get("after")
    return page(
        "bookmarks/index.html",
        asked=words,
        kept=queries.page_of_bookmarks(actor, words, after),
        due=() if words or after else queries.due_bookmarks(actor),
    )


def show_one(error: ForumError | None = None, bookmark_id: int = 0) -> str:
    kept = queries.get_bookmark(current_actor(), BookmarkId(bookmark_id))
    given = {"note": typed("note", kept.note), "remind_on": typed("remind_on", forms.day_of(kept.remind_at))}
    return page("bookmarks/edit.html", error, kept=kept, given=given)


@blueprint.get("/bookmarks/<int:bookmark_id>")
@signed_in
def edit(bookmark_id: int) -> str:
    return show_one(bookmark_id=bookmark_id)


@blueprint.post("/bookmarks/<int:bookmark_id>")
@signed_in
@again(show_one)
def save(bookmark_id: int) -> Answer:
    kept = queries.get_bookmark(current_actor(), BookmarkId(bookmark_id))
    note, remind_at = forms.read_note(request.form, kept.remind_at)
    with acting() as actor:
        commands.annotate(actor, BookmarkId(bookmark_id), note, remind_at)
    flash(_("Saved."), "success")
    return see("/bookmarks")


@blueprint.post("/bookmarks/<int:bookmark_id>/remove")
@signed_in
def remove(bookmark_id: int) -> Answer:
    with acting() as actor:
        commands.remove(actor, BookmarkId(bookmark_id))
    flash(_("The bookmark is removed."), "success")
    return see("/bookmarks")


def _answer(address: str) -> Answer:
    """A script asks for JSON and stays where it is; a form goes back to the text."""
    if request.accept_mimetypes.best == "application/json":
        return {"value": request.form["value"]}
    return see(address)
