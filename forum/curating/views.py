"""The curators' pages. Every act is a form; each answers with the page that it stands on."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask_babel import gettext as _

from forum.curating import commands, forms, queries
from forum.curating.words import MODES
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see, typed
from forum.kernel.errors import ForumError
from forum.kernel.ids import PostId, TopicId
from forum.kernel.paging import cursor_id
from forum.kernel.refusals import again

blueprint = Blueprint("curating", __name__)
blueprint.after_request(keep_nowhere)


def show_post(error: ForumError | None = None, post_id: int = 0) -> str:
    curation = queries.get_post_curation(PostId(post_id), current_actor())
    chosen = request.form.getlist("topics") if error else [place.label.slug for place in curation.places]
    return page("curating/post.html", error, curation=curation, chosen=chosen, modes=MODES)


@blueprint.get("/posts/<int:post_id>/curate")
@signed_in
def post(post_id: int) -> str:
    return show_post(post_id=post_id)


@blueprint.post("/posts/<int:post_id>/curate/topics")
@signed_in
@again(show_post)
def move(post_id: int) -> Answer:
    main, others = request.form.get("main", ""), request.form.getlist("topics")
    slugs = [slug for slug in (main, *others) if slug]
    with acting() as actor:
        commands.move(actor, PostId(post_id), slugs)
    return see(f"/posts/{post_id}/curate")


@blueprint.post("/posts/<int:post_id>/curate/thread")
@signed_in
@again(show_post)
def thread(post_id: int) -> Answer:
    with acting() as actor:
        commands.set_thread(actor, PostId(post_id), request.form.get("mode", ""))
    return see(f"/posts/{post_id}/curate")


@blueprint.post("/posts/<int:post_id>/curate/feature")
@signed_in
@again(show_post)
def feature(post_id: int) -> Answer:
    """`topic` is its id; `value` is on or off."""
    act = commands.unfeature if request.form.get("value") == "off" else commands.feature
    with acting() as actor:
        act(actor, _topic_id(), PostId(post_id))
    return see(_back(f"/posts/{post_id}/curate"))


@blueprint.post("/posts/<int:post_id>/curate/pin")
@signed_in
@again(show_post)
def pin(post_id: int) -> Answer:
    """`topic` is its id; `value` is on or off."""
    act = commands.unpin if request.form.get("value") == "off" else commands.pin
    with acting() as actor:
        act(actor, _topic_id(), PostId(post_id))
    return see(_back(f"/posts/{post_id}/curate"))


def show_topic(error: ForumError | None = None, topic_id: int = 0) -> str:
    curation = queries.get_topic_curation(TopicId(topic_id), current_actor())
    return page("curating/topic.html", error, curation=curation, note=typed("note", curation.note))


@blueprint.get("/topics/<int:topic_id>/curate")
@signed_in
def topic(topic_id: int) -> str:
    return show_topic(topic_id=topic_id)


@blueprint.post("/topics/<int:topic_id>/curate/note")
@signed_in
@again(show_topic)
def note(topic_id: int) -> Answer:
    source, html = forms.rendered_note(request.form.get("note", ""))
    with acting() as actor:
        commands.write_note(actor, TopicId(topic_id), source, html)
    return see(f"/topics/{topic_id}/curate")


@blueprint.post("/topics/<int:topic_id>/curate/order")
@signed_in
@again(show_topic)
def order(topic_id: int) -> Answer:
    """`post` is its id; `value` is up or down."""
    post_id = PostId(cursor_id(request.form.get("post")) or 0)
    with acting() as actor:
        commands.reorder(actor, TopicId(topic_id), post_id, up=request.form.get("value") != "down")
    return see(f"/topics/{topic_id}/curate")


@blueprint.post("/topics/<int:topic_id>/curate/merge")
@signed_in
@again(show_topic)
def merge(topic_id: int) -> Answer:
    with acting() as actor:
        commands.merge(actor, TopicId(topic_id), request.form.get("into", ""))
    flash(_("Merged. Its old address leads to the other topic; below you can undo it."), "success")
    return see(f"/topics/{topic_id}/curate")


@blueprint.post("/curating/<int:act_id>/undo")
@signed_in
def undo(act_id: int) -> Answer:
    with acting() as actor:
        act = commands.undo(actor, act_id)
    flash(_("Undone."), "success")
    return see(f"/posts/{act.post_id}/curate" if act.post_id else f"/topics/{act.topic_id}/curate")


def _topic_id() -> TopicId:
    """Out of the form; 0, which no topic has, for anything that isn't a number."""
    return TopicId(cursor_id(request.form.get("topic")) or 0)


def _back(otherwise: str) -> str:
    """To the topic's page where the button stood there."""
    return f"/topics/{_topic_id()}/curate" if request.form.get("from") == "topic" else otherwise
