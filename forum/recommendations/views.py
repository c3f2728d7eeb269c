"""Recommend a post or a comment."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import lazy_gettext as _

from forum.comments.queries import address_of as address_of_comment
from forum.kernel.access import acting, signed_in
from forum.kernel.answers import Answer, see
from forum.kernel.errors import Invalid
from forum.kernel.ids import CommentId, PostId
from forum.posts import queries as posts
from forum.recommendations import commands

blueprint = Blueprint("recommendations", __name__)


@blueprint.post("/posts/<int:post_id>/recommend")
@signed_in
def recommend_post(post_id: int) -> Answer:
    with acting() as actor:
        count = commands.recommend_post(actor, PostId(post_id), on=_is_on())
        address = posts.get_address(PostId(post_id))
    return _answer(count, address)


@blueprint.post("/comments/<int:comment_id>/recommend")
@signed_in
def recommend_comment(comment_id: int) -> Answer:
    with acting() as actor:
        count = commands.recommend_comment(actor, CommentId(comment_id), on=_is_on())
    return _answer(count, address_of_comment(CommentId(comment_id)))


def _is_on() -> bool:
    value = request.form.get("value")
    if value not in {"on", "off"}:
        raise Invalid(_("Send value=on to recommend, or value=off to take it back."))
    return value == "on"


def _answer(count: int, address: str) -> Answer:
    """A script asks for JSON and stays where it is; a form goes back to the text."""
    if request.accept_mimetypes.best == "application/json":
        return {"value": request.form["value"], "count": count}
    return see(address)
