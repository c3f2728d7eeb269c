"""Feeds, each a shared page: only what every reader may see, and as true as the page it is of."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from forum.accounts import queries as accounts
from forum.comments import queries as comments
from forum.feeds.entries import Place, entries_of_posts, entry_of_comment, entry_of_page
from forum.feeds.records import Entry, Feed
from forum.kernel.ids import CommentId, PostId
from forum.kernel.paging import Page, cursor_id
from forum.organisations import queries as organisations
from forum.pages.made import Made
from forum.pages.queries.lists import Turn
from forum.posts import queries as posts
from forum.posts.queries import Among, PostCard, Sort
from forum.topics import queries as topics

# Whole texts, so fewer than a page of a list has: twenty of ordinary length are some 100 KB.
ENTRIES = 20
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """Which page of which feed, in the language that the site's feeds have."""

    place: Place
    site_name: str
    language: str
    turn: Turn


@dataclass(frozen=True)
class _Head:
    """A feed without its entries. `self_at` and `page_at` are paths; `keys` are versions of what it shows itself."""

    kind: str
    key: object
    title: str
    subtitle: str
    self_at: str
    page_at: str
    keys: tuple[str, ...]


def latest(asked: Asked) -> Made:
    """The newest posts of the site."""
    subtitle = _("Cities, universities and residents on what they tried, and what came of it.")
    head = _Head("feeds", "latest", asked.site_name, subtitle, "/feeds/latest.atom", "/", ("site", "home"))
    return _of_posts(asked, head, Among())


def of_topic(asked: Asked, slug: str) -> Made:
    """Raises NotFound; ask topics.find_moved then."""
    topic = topics.get_topic_head(slug)
    path = f"/topics/{topic.label.slug}"
    keys = ("site", f"topic:{topic.id}")
    head = _Head("topics", topic.id, topic.label.name, topic.description, f"/feeds{path}.atom", path, keys)
    return _of_posts(asked, head, Among(topic_id=topic.id))


def of_organisation(asked: Asked, slug: str) -> Made:
    """Posts in its name. Raises NotFound; ask organisations.find_moved then."""
    organisation = organisations.get_organisation(slug)
    path = f"/organisations/{organisation.slug}"
    title, keys = organisation.name, ("site", "home")
    head = _Head("organisations", organisation.id, title, "", f"/feeds{path}.atom", path, keys)
    return _of_posts(asked, head, Among(organisation_id=organisation.id))


def of_member(asked: Asked, username: str) -> Made:
    """Raises NotFound."""
    card = accounts.get_profile(username).card
    path = f"/members/{card.username}"
    head = _Head("members", card.id, card.name, card.headline, f"/feeds{path}.atom", path, ("site", "home"))
    return _of_posts(asked, head, Among(author_id=card.id))


def of_post(asked: Asked, post_id: PostId) -> Made:
    """The post, and its comments, newest first. Raises NotFound."""
    post = posts.get_article(post_id)
    after = cursor_id(asked.turn.after)
    page = comments.page_of_newest(post_id, CommentId(after) if after is not None else None)
    replies = tuple(entry_of_comment(asked.place, post, row) for row in page.rows)
    title = _("Discussion: %(title)s", title=post.title)
    self_at, subtitle = f"/feeds/posts/{post.id}.atom", post.standfirst or post.excerpt
    head = _Head("discussions", post.id, title, subtitle, self_at, post.address, ("site", f"post:{post.id}"))
    first = () if after is not None else (entry_of_page(asked.place, post),)
    return _made(asked, head, (*first, *replies), Page((), after=page.after))


def _of_posts(asked: Asked, head: _Head, among: Among) -> Made:
    page = posts.page_of_posts(Sort.NEWEST, among, after=asked.turn.after, before=asked.turn.before, limit=ENTRIES)
    return _made(asked, head, entries_of_posts(asked.place, page.rows), page)


def _made(asked: Asked, head: _Head, entries: tuple[Entry, ...], page: Page[PostCard]) -> Made:
    """Where there is another page it says so, and where the first is (RFC 5005, section 3)."""
    first = asked.place.at(head.self_at)
    turn = asked.turn
    query = f"?after={turn.after}" if turn.after else f"?before={turn.before}" if turn.before else ""
    feed = Feed(
        id=asked.place.tag(head.kind, head.key),
        title=head.title if head.title == asked.site_name else f"{head.title} · {asked.site_name}",
        subtitle=head.subtitle,
        language=asked.language,
        page_at=asked.place.at(head.page_at),
        self_at=first + query,
        first=first,
        newer=f"{first}?before={page.before}" if page.before else "",
        older=f"{first}?after={page.after}" if page.after else "",
        entries=entries,
    )
    keys = (*head.keys, *(f"post:{card.id}" for card in page.rows))
    return Made("feeds/feed.xml", {"feed": feed}, keys, content_type=ATOM)
