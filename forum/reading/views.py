"""A page tells what was seen of it; a member says that all of it was."""

from __future__ import annotations

from flask import Blueprint, Response, request

from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, see
from forum.kernel.ids import PostId
from forum.posts.addresses import address_of
from forum.reading import commands, forms
from forum.reading.buffer import SEEN

blueprint = Blueprint("reading", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.post("/posts/<int:post_id>/seen")
@signed_in
def tell_seen(post_id: int) -> Answer:
    """Sent by the page's script when the reader leaves."""
    SEEN.put(forms.read(current_actor().id, PostId(post_id), request.form))
    return Response(status=204)


@blueprint.get("/posts/<int:post_id>/seen")
@signed_in
def show_seen(post_id: int) -> Answer:
    """Asked for by a browser without scripts, as a picture that isn't there. The buffer writes it later."""
    SEEN.put(forms.read(current_actor().id, PostId(post_id), request.args))
    return Response(status=204)


@blueprint.post("/posts/<int:post_id>/read")
@signed_in
def mark_all_read(post_id: int) -> Answer:
    with acting() as actor:
        post = commands.mark_all_read(actor, PostId(post_id))
        address = address_of(post.id, post.slug)
    return see(f"{address}#comments")
