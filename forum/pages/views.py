"""Screens composed of several features."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request

from forum.comments.place import Place
from forum.comments.place import Sort as ThreadSort
from forum.kernel.access import current_actor, public
from forum.kernel.errors import NotFound
from forum.kernel.ids import CommentId, PostId
from forum.kernel.paging import cursor_id
from forum.organisations import queries as organisations
from forum.pages import shared
from forum.pages.made import Moved
from forum.pages.queries.discussion import discussion
from forum.pages.queries.for_you import for_you
from forum.pages.queries.home import FOR_YOU, home
from forum.pages.queries.lists import Turn
from forum.pages.queries.people import member_page, organisation_page
from forum.pages.queries.tabs import Part
from forum.pages.queries.topic import topic_page
from forum.posts.queries import Sort
from forum.topics import queries as topics

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@public
def show_home() -> Response:
    if request.args.get("tab") == FOR_YOU:
        return shared.private(lambda: for_you(current_actor(), request.args.get("after")))
    return shared.answer(lambda: home(_sort(), _turn()))


@blueprint.get("/topics/<slug>")
@public
def show_topic(slug: str) -> Response:
    try:
        return shared.answer(lambda: topic_page(slug, _sort(), _turn()))
    except NotFound:
        moved = topics.find_moved(slug)
        if moved is None:
            raise
        return _moved(f"/topics/{moved}")


@blueprint.get("/posts/<int:post_id>/")
@blueprint.get("/posts/<int:post_id>/<slug>")
@public
def show_discussion(post_id: int, slug: str = "") -> Response:
    """A published post is one page for all; anything else is shown to those who may see it, and never kept."""
    wanted, place, actor = (PostId(post_id), slug), _place(), current_actor()
    try:
        return shared.answer(lambda: discussion(wanted, place))
    except NotFound:
        if actor.is_anonymous:
            raise
        return shared.private(lambda: discussion(wanted, place, actor))
    except Moved as moved:
        return _moved(moved.address)


@blueprint.get("/members/<username>")
@public
def show_member(username: str) -> Response:
    return shared.private(lambda: member_page(username, _part(), _turn(), current_actor()))


@blueprint.get("/organisations/<slug>")
@public
def show_organisation(slug: str) -> Response:
    actor = current_actor()
    try:
        return shared.private(lambda: organisation_page(slug, _part(), _turn(), actor))
    except NotFound:
        moved = organisations.find_moved(slug, actor)
        if moved is None:
            raise
        return _moved(f"/organisations/{moved}")


def _moved(address: str) -> Response:
    """To the canonical address, with what was asked of it."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(address + query, 301)  # type: ignore[return-value]  # werkzeug's Response, which Flask's is


def _sort() -> Sort:
    tab = request.args.get("tab", Sort.LATEST)
    if tab not in list(Sort):
        abort(404)
    return Sort(tab)


def _part() -> Part:
    tab = request.args.get("tab", Part.POSTS)
    if tab not in list(Part):
        abort(404)
    return Part(tab)


def _turn() -> Turn:
    return Turn(request.args.get("after"), request.args.get("before"))


def _place() -> Place:
    """Values that mean nothing are left aside: they show the first page."""
    asked = request.args
    sort = asked.get("sort", "")
    return Place(
        sort=ThreadSort(sort) if sort in list(ThreadSort) else ThreadSort.OLDEST,
        after=_comment("after"),
        before=_comment("before"),
        branch=_comment("branch"),
        last="last" in asked,
    )


def _comment(name: str) -> CommentId | None:
    number = cursor_id(request.args.get(name))
    return CommentId(number) if number is not None else None
