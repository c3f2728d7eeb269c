"""Follow a topic, an organisation, a member or a post; and what one follows."""

from __future__ import annotations

from flask import Blueprint, request

from forum.accounts import queries as accounts
from forum.accounts.local_paths import local_path
from forum.following import commands, forms, queries
from forum.following.models import TargetKind
from forum.following.words import LEVELS, THREAD_LEVELS
from forum.kernel.access import acting, current_actor, signed_in
from forum.kernel.answers import Answer, keep_nowhere, page, see
from forum.kernel.ids import PostId
from forum.organisations import queries as organisations
from forum.posts import queries as posts
from forum.posts.addresses import address_of
from forum.topics import queries as topics

blueprint = Blueprint("following", __name__)
blueprint.after_request(keep_nowhere)


@blueprint.post("/topics/<slug>/follow")
@signed_in
def follow_topic(slug: str) -> Answer:
    level = forms.read_level(request.form)
    with acting() as actor:
        topic = topics.get_topic(slug, actor)
        commands.follow(actor, TargetKind.TOPIC, topic.id, level)
    return _back(f"/topics/{topic.slug}")


@blueprint.post("/organisations/<slug>/follow")
@signed_in
def follow_organisation(slug: str) -> Answer:
    level = forms.read_level(request.form)
    with acting() as actor:
        organisation = organisations.get_organisation(slug, actor)
        commands.follow(actor, TargetKind.ORGANISATION, organisation.id, level)
    return _back(f"/organisations/{organisation.slug}")


@blueprint.post("/members/<username>/follow")
@signed_in
def follow_member(username: str) -> Answer:
    level = forms.read_level(request.form)
    with acting() as actor:
        member = accounts.get_member(username, actor)
        commands.follow(actor, TargetKind.MEMBER, member.id, level)
    return _back(f"/members/{member.username}")


@blueprint.post("/posts/<int:post_id>/follow")
@signed_in
def follow_post(post_id: int) -> Answer:
    level = forms.read_level(request.form)
    with acting() as actor:
        post = posts.get_post(PostId(post_id), actor)
        commands.follow(actor, TargetKind.POST, post.id, level)
    return _back(address_of(post.id, post.slug))


@blueprint.get("/settings/following")
@signed_in
def show_followed() -> str:
    found = queries.page_of_follows(current_actor(), request.args.get("after"))
    return page("following/settings.html", found=found, levels=LEVELS, thread_levels=THREAD_LEVELS)


@blueprint.post("/settings/following/<int:follow_id>/stop")
@signed_in
def stop(follow_id: int) -> Answer:
    with acting() as actor:
        commands.stop(actor, follow_id)
    return see("/settings/following")


def _back(address: str) -> Answer:
    return see(local_path(request.form.get("next"), address))
