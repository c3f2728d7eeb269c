"""What programs ask for: feeds, the map of the site, and what robots may look at."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from flask_babel import force_locale

from forum import config
from forum.feeds import queries, robots, sitemap
from forum.feeds.entries import Place
from forum.feeds.queries import Asked
from forum.feeds.tags import authority_of
from forum.kernel import settings
from forum.kernel.access import public
from forum.kernel.errors import NotFound
from forum.kernel.ids import PostId
from forum.organisations import queries as organisations
from forum.pages import shared
from forum.pages.made import Made
from forum.pages.packing import pack_pieces
from forum.pages.queries.lists import Turn
from forum.topics import queries as topics

blueprint = Blueprint("feeds", __name__)
XML = "application/xml; charset=utf-8"
VARIES = {"Vary": "Accept-Encoding"}


@blueprint.get("/feeds/latest.atom")
@public
def latest() -> Response:
    return _feed(queries.latest)


@blueprint.get("/feeds/topics/<slug>.atom")
@public
def topic(slug: str) -> Response:
    try:
        return _feed(lambda asked: queries.of_topic(asked, slug))
    except NotFound:
        return _moved("/feeds/topics", topics.find_moved(slug))


@blueprint.get("/feeds/organisations/<slug>.atom")
@public
def organisation(slug: str) -> Response:
    try:
        return _feed(lambda asked: queries.of_organisation(asked, slug))
    except NotFound:
        return _moved("/feeds/organisations", organisations.find_moved(slug))


@blueprint.get("/feeds/members/<username>.atom")
@public
def member(username: str) -> Response:
    return _feed(lambda asked: queries.of_member(asked, username))


@blueprint.get("/feeds/posts/<int:post_id>.atom")
@public
def post(post_id: int) -> Response:
    return _feed(lambda asked: queries.of_post(asked, PostId(post_id)))


@blueprint.get("/sitemap.xml")
@public
def site_map() -> Response:
    return Response(sitemap.index(config.current().base_url), content_type=XML)


@blueprint.get("/sitemaps/<name>-<int:number>.xml")
@public
def site_map_part(name: str, number: int) -> Response:
    pieces = sitemap.part(config.current().base_url, name, number)
    if request.accept_encodings["gzip"]:
        return Response(pack_pieces(pieces), content_type=XML, headers={"Content-Encoding": "gzip", **VARIES})
    return Response("".join(pieces), content_type=XML, headers=VARIES)


@blueprint.get("/robots.txt")
@public
def for_robots() -> Response:
    return Response(robots.rules(config.current().base_url), content_type="text/plain; charset=utf-8")


def _feed(make: Callable[[Asked], Made]) -> Response:
    """In the site's first language: a feed at one address is the same for everybody."""
    site = config.current()
    turn = Turn(request.args.get("after"), request.args.get("before"))
    with force_locale(site.languages[0].replace("-", "_")):
        return shared.answer(lambda: make(_asked(site, turn)))


def _asked(site: config.Settings, turn: Turn) -> Asked:
    authority = authority_of(site.base_url, settings.get(settings.FEED_IDS))
    return Asked(Place(site.base_url, authority), site.site_name, site.languages[0], turn)


def _moved(folder: str, slug: str | None) -> Response:
    """To the feed's present address. Raises the NotFound that is being handled where there is none."""
    if slug is None:
        raise NotFound
    return redirect(f"{folder}/{slug}.atom", 301)  # type: ignore[return-value]  # werkzeug's Response, which Flask's is
