"""An event for somebody's calendar."""

from __future__ import annotations

from urllib.parse import urlsplit

from forum.kernel.access import Actor
from forum.kernel.ids import PostId
from forum.posts.calendar import Entry
from forum.posts.errors import NoSuchPost
from forum.posts.queries.article import get_article


def get_calendar_entry(post_id: PostId, actor: Actor, base_url: str) -> Entry:
    """Raises NoSuchPost where it isn't an event with a time, or not for this reader."""
    post = get_article(post_id, actor)
    happening = post.happening
    if happening is None:
        raise NoSuchPost
    return Entry(
        post_id=post.id, title=post.title, summary=post.standfirst or post.excerpt, starts=happening.starts,
        ends=happening.ends, place=happening.place, link=happening.link, address=base_url + post.address,
        host=urlsplit(base_url).hostname or "localhost", changed_at=post.edited_at or post.published_at,
        revision=post.revision,
    )  # fmt: skip
