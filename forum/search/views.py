"""Search: the page, suggestions while typing, and posts like a text."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from forum.kernel.access import current_actor, public
from forum.kernel.ids import PostId
from forum.kernel.paging import cursor_id
from forum.posts.cards import PostCard
from forum.search import queries
from forum.search.controls import controls, sorts
from forum.search.forms import read_wish

blueprint = Blueprint("search", __name__, url_prefix="/search")


@blueprint.get("")
@public
def results() -> str:
    wish = read_wish(request.args)
    found = queries.page_of_results(wish, current_actor())
    return render_template(
        "search/results.html", found=found, wish=wish, controls=controls(wish, current_actor()), sorts=sorts(found),
        clear=wish.cleared.address, topics=queries.topics_to_try() if not found.results else (),
    )  # fmt: skip


@blueprint.get("/suggest")
@public
def suggest() -> str:
    """A list of options for the search box, without a page around it."""
    found = queries.suggestions(request.args.get("q", ""), current_actor())
    return render_template("search/_suggestions.html", suggestions=found)


@blueprint.get("/similar")
@public
def similar() -> str | Response:
    """Posts like a post (`post`) or like words (`title`, `text`, `language`): a part of a page, a page, or JSON."""
    cards = _similar()
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify([{"title": card.title, "address": card.address, "language": card.language} for card in cards])
    is_part = request.headers.get("X-Requested-With") == "fetch"
    return render_template("search/_similar.html" if is_part else "search/similar.html", posts=cards)


def _similar() -> tuple[PostCard, ...]:
    asked, actor = request.args, current_actor()
    post_id = cursor_id(asked.get("post"))
    if post_id is not None:
        return queries.similar_to(PostId(post_id), actor)
    return queries.similar_posts(asked.get("title", ""), asked.get("text", ""), language=asked.get("language", "")[:10])
