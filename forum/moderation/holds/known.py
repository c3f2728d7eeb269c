"""What the checks know beside the text: the site's settings, its watched words, and what the author sent before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlsplit

from sqlalchemy import func, select

from forum.comments.models import READABLE, Comment
from forum.kernel import clock, settings
from forum.kernel.db import db
from forum.kernel.ids import OrganisationId
from forum.moderation import watching
from forum.moderation.holds.text import Text
from forum.moderation.watching import Found
from forum.posts.models import Post, PostState

# Shorter texts are said twice by honest people: thanks, agreed, me too.
REPEATABLE = 40
# How many of an author's latest texts are compared.
COMPARED = 20


@dataclass
class Known:
    """`base_host` is the site's own; `watches_habits` is off for drills and benchmarks, as the trust limits are."""

    author_id: int
    base_host: str
    lifted: bool

    @cached_property
    def _values(self) -> dict[str, str]:
        return settings.values()

    @property
    def first_contributions_wait(self) -> bool:
        return self._is_on(settings.FIRST_CONTRIBUTIONS_WAIT)

    @property
    def newcomers_links_wait(self) -> bool:
        return self._is_on(settings.NEWCOMERS_LINKS_WAIT)

    @property
    def watches_habits(self) -> bool:
        return not self.lifted and self._is_on(settings.HABITS_WATCHED)

    def _is_on(self, setting: settings.Setting[bool]) -> bool:
        return setting.read(self._values[setting.name])

    def watched_in(self, text: str) -> Sequence[Found]:
        return watching.find_in(text)

    def is_own(self, link: str) -> bool:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
        return host == self.base_host

    def said_for(self, organisation_id: OrganisationId) -> int:
        """How much of the author's, in the organisation's name, readers see."""
        posts = select(func.count(Post.id)).where(
            Post.organisation_id == organisation_id, Post.author_id == self.author_id,
            Post.state == PostState.PUBLISHED,
        )  # fmt: skip
        comments = select(func.count(Comment.id)).where(
            Comment.organisation_id == organisation_id, Comment.author_id == self.author_id,
            Comment.state.in_(READABLE),
        )  # fmt: skip
        return int(db.session.scalars(select(posts.scalar_subquery() + comments.scalar_subquery())).one())

    def same_words(self, text: Text) -> int:
        """How many of the author's comments of the last day say the same."""
        if len(text.words) < REPEATABLE:
            return 0
        latest = (
            select(Comment.id, Comment.source)
            .where(Comment.author_id == self.author_id, Comment.created_at > clock.now() - timedelta(days=1))
            .order_by(Comment.created_at.desc())
            .limit(COMPARED)
        )
        wanted = _print_of(text.words)
        rows = db.session.execute(latest).all()
        return sum(row.id != text.id and _print_of(row.source) == wanted for row in rows)

    def sent_in_a_minute(self, text: Text) -> int:
        """The author's comments of the last minute, this one not counted."""
        since = clock.now() - timedelta(minutes=1)
        some = select(Comment.id).where(Comment.author_id == self.author_id, Comment.created_at > since)
        ids = db.session.scalars(some.limit(COMPARED)).all()
        return len([one for one in ids if one != text.id])


def _print_of(words: str) -> str:
    """The same for texts that differ in spaces and capitals only."""
    return hashlib.blake2b(" ".join(words.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()
